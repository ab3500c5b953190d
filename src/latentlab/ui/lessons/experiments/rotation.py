"""Whether a latent's axes mean something: the same latents in axes turned by any angle."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.analysis.fidelity import squared_errors
from latentlab.analysis.planes import turned
from latentlab.checkpoints import Checkpoint
from latentlab.images import to_pixels
from latentlab.ui.lessons.experiments import pictures, tiles
from latentlab.ui.shell import cache, state
from latentlab.wording import words
from latentlab.wording.glossary import meaning

ANGLES = tuple(f"{angle}" for angle in range(0, 91, 15))
N_STEPS = 9
RANGE = (5, 95)  # percentiles of the latents, between which an axis is traversed


def show(checkpoint: Checkpoint) -> None:
    """Show traversals of the first two axes, and the error, at an angle that can be changed."""
    state.follow_address("angle", "experiment-angle", ANGLES, "0")
    angle = st.select_slider(
        "Rotate the axes by (degrees)",
        list(ANGLES),
        key="experiment-angle",
        width=520,
        help=meaning("Rotation of the axes"),
    )
    state.to_address(angle=angle)
    latents = cache.index(checkpoint).latents
    codec = cache.codec(checkpoint)
    turn = turned(latents.shape[1], float(angle))
    in_new_axes = latents @ turn.T
    for axis in range(2):
        low, high = np.percentile(in_new_axes[:, axis], RANGE).tolist()
        places = np.repeat(np.median(in_new_axes, axis=0)[None], N_STEPS, 0)
        places[:, axis] = np.linspace(low, high, N_STEPS)
        st.markdown(f"**Axis {axis + 1}**, from its {RANGE[0]}th to its {RANGE[1]}th percentile")
        decoded = codec.decode(np.asarray(places @ turn, np.float32))
        tiles.show(to_pixels(decoded), columns=N_STEPS, share=0.35, key=f"rotation-{axis}")
    rows = pictures.test_rows(checkpoint)
    back = codec.decode(np.asarray(in_new_axes[rows] @ turn, np.float32))
    error = squared_errors(back, pictures.images(checkpoint, rows)).mean()
    with st.container(key="rotation-error"):
        st.markdown(
            f"**Reconstruction error (MSE) {words.figure(float(error))}** for {len(rows)} test "
            "images: the same at every angle, because the decoder's first layer can rotate the "
            "axes back."
        )
