"""What a larger beta costs: reconstructions, KL per dimension and samples of stored networks."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.errors import LatentlabError
from latentlab.figures import bars
from latentlab.images import to_pixels
from latentlab.presets import BETAS
from latentlab.ui.lessons.experiments import networks, pictures, samples, tiles
from latentlab.ui.shell import cache, charts, state, theme
from latentlab.wording import metrics, words
from latentlab.wording.glossary import meaning

OTHERWISE = [f"lesson-digits-vae-z8-beta{beta:g}" for beta in BETAS]
BETA = "beta"
N_SAMPLES = 10


def show(_checkpoint: Checkpoint) -> None:
    """Show the network of one beta, and let the visitor slide to the others.

    Raises
    ------
    LatentlabError
        If none of the networks is a VAE.
    """
    found = [each for each in networks.named(OTHERWISE) if each.manifest.config.model == "vae"]
    if not found:
        raise LatentlabError("A plain autoencoder has no KL term. Name VAEs in the address.")
    by_beta = {f"{checkpoint.manifest.config.beta:g}": checkpoint for checkpoint in found}
    state.follow_address(BETA, "experiment-beta", by_beta, next(iter(by_beta)))
    beta = st.select_slider(
        "Beta, the weight of the KL term",
        list(by_beta),
        key="experiment-beta",
        width=520,
        help=meaning("Beta"),
    )
    state.to_address(beta=beta)
    _network(by_beta[beta])


def _network(checkpoint: Checkpoint) -> None:
    index, codec = cache.index(checkpoint), cache.codec(checkpoint)
    rows = pictures.test_rows(checkpoint)
    kl = metrics.kl_per_dimension(checkpoint)
    idle = metrics.idle_dimensions(kl)
    measured = checkpoint.manifest.metrics
    left, right = st.columns([8, 4], gap="large")
    with left:
        st.markdown(
            f"**Test images and their reconstructions**: MSE {_figure(measured.get('mse'))}",
            help=meaning("MSE"),
        )
        originals = to_pixels(pictures.images(checkpoint, rows))
        decoded = to_pixels(codec.decode(index.latents[rows]))
        tiles.show(
            np.concatenate([originals, decoded]), columns=len(rows), share=0.54, key="beta-rows"
        )
        st.markdown("**Samples from the prior**", help=meaning("Prior"))
        drawn = samples.drawn(checkpoint, networks.seed())
        tiles.show(
            to_pixels(drawn.images[:N_SAMPLES]), columns=N_SAMPLES, share=0.27, key="beta-samples"
        )
    with right:
        st.markdown(
            f"**KL divergence {_figure(measured.get('kl'))} nats**; at least {metrics.IDLE_NATS} "
            f"nats in {len(kl) - len(idle)} of {len(kl)} latent dimensions",
            help=meaning("KL divergence"),
        )
        drawing = bars.columns(kl, theme.current(), unit="KL, nats", muted=idle, height=220)
        charts.show(drawing, key=f"beta-kl-{checkpoint.name}")


def _figure(value: object) -> str:
    return words.figure(value) if isinstance(value, float) else "not measured"
