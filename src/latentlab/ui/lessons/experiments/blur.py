"""Where the blur of a VAE comes from: the decoded mean beside decoded samples and a class mean."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.analysis import sampling
from latentlab.analysis.edits import sharpness
from latentlab.analysis.support import training_rows
from latentlab.checkpoints import Checkpoint
from latentlab.errors import LatentlabError
from latentlab.images import Images, to_pixels
from latentlab.ui.lessons.experiments import networks, pictures, tiles
from latentlab.ui.shell import cache, state
from latentlab.wording import words
from latentlab.wording.glossary import meaning

N_SAMPLES, COLUMNS, USUAL = 20, 10, 4


def show(checkpoint: Checkpoint) -> None:
    """Show one test image, what the network decodes from its latent, and around it.

    Parameters
    ----------
    checkpoint : Checkpoint

    Raises
    ------
    LatentlabError
        If it is no VAE, or its images are not on this machine.
    """
    index = cache.index(checkpoint)
    if index.stds is None:
        raise LatentlabError("A plain autoencoder has no posterior to sample from. Choose a VAE.")
    rows = pictures.test_rows(checkpoint)
    row = int(rows[pictures.chosen(rows, USUAL)])
    original = pictures.images(checkpoint, np.array([row]))
    decoded = cache.codec(checkpoint).decode(index.latents[[row]])
    samples = sampling.spread(
        cache.codec(checkpoint),
        index.latents[row],
        index.stds[row],
        n=N_SAMPLES,
        seed=networks.seed(),
    )
    average = class_mean(checkpoint, int(index.labels[row]))
    of = sharpness(original)
    left, right = st.columns([4, 10], gap="large")
    with left:
        st.markdown("**One image**; sharpness relative to the original", help=meaning("Sharpness"))
        tiles.show(
            to_pixels(np.concatenate([original, decoded, average])),
            captions=[
                "original",
                f"decoded mean: {words.share(sharpness(decoded) / of)}",
                f"mean image of its class: {words.share(sharpness(average) / of)}",
            ],
            key="blur-one",
        )
    with right, st.container(key="blur-posterior"):
        st.markdown(
            f"**{N_SAMPLES} samples from its posterior**; "
            f"sharpness {words.share(sharpness(samples) / of)}",
            help=meaning("Posterior"),
        )
        tiles.show(to_pixels(samples), columns=COLUMNS, key="blur-samples")
    with st.container(horizontal=True):
        st.button("Sample again", icon=":material/casino:", on_click=networks.draw_again)
        st.button("Another image", icon=":material/skip_next:", on_click=_next, args=(len(rows),))


@cache.kept
def class_mean(checkpoint: Checkpoint, label: int) -> Images:
    """Return the mean of the stored training images of a class.

    Parameters
    ----------
    checkpoint : Checkpoint
    label : int

    Returns
    -------
    float32 (1, h, w, c), 0 to 1

    Raises
    ------
    LatentlabError
        If they are not on this machine.
    """
    index = cache.index(checkpoint)
    rows = training_rows(index)
    found = pictures.images(checkpoint, rows[index.labels[rows] == label])
    return np.asarray(found.mean(axis=0, keepdims=True))


def _next(n: int) -> None:
    state.to_address(image=str((pictures.chosen(np.arange(n), USUAL) + 1) % n))
