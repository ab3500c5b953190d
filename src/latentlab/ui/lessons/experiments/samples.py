"""Samples of two networks side by side, and how many have no training image near."""

from __future__ import annotations

import streamlit as st

from latentlab.analysis import sampling
from latentlab.analysis.sampling import Samples
from latentlab.checkpoints import Checkpoint
from latentlab.images import to_pixels
from latentlab.ui.lessons.experiments import networks, tiles
from latentlab.ui.shell import cache
from latentlab.ui.shell.errors import plain
from latentlab.wording import words
from latentlab.wording.glossary import meaning

N, COLUMNS = 25, 5
OTHERWISE = ["lesson-digits-ae-z8", "lesson-digits-vae-z8-beta1"]


def show(_checkpoint: Checkpoint) -> None:
    """Show the samples of each network that the address names."""
    shown = networks.named(OTHERWISE)
    seed = networks.seed()
    for column, checkpoint in zip(st.columns(len(shown), gap="large"), shown, strict=True):
        with column:
            _samples(checkpoint, seed)
    st.button("Sample again", icon=":material/casino:", on_click=networks.draw_again)


def _samples(checkpoint: Checkpoint, seed: int) -> None:
    found = drawn(checkpoint, seed)
    prior = checkpoint.manifest.config.model == "vae"
    source = "the prior N(0, I)" if prior else "a Gaussian fitted to the latents"
    error = checkpoint.manifest.metrics.get("mse")
    said = f"Reconstruction error (MSE) {words.figure(error)}. " if isinstance(error, float) else ""
    st.markdown(f"**{plain(words.line(checkpoint))}**: latents sampled from {source}.")
    with st.container(key=f"drawn-{checkpoint.fingerprint[:8]}"):
        st.markdown(
            f"{said}No training image near: **{found.n_far} of {N}** (red).",
            help=meaning("Support (near, far)"),
        )
        tiles.show(
            to_pixels(found.images),
            marks=[tiles.FAR if each.is_far else "" for each in found.nearness],
            columns=COLUMNS,
            share=0.9,
            key=f"samples-{checkpoint.fingerprint[:8]}",
        )


@cache.kept
def drawn(checkpoint: Checkpoint, seed: int) -> Samples:
    """Return the samples of one seed."""
    return sampling.draw(
        cache.codec(checkpoint),
        cache.index(checkpoint),
        cache.support(checkpoint),
        n=N,
        seed=seed,
        prior=checkpoint.manifest.config.model == "vae",
    )
