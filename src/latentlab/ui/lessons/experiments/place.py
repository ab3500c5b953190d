"""Where an image is encoded, whatever it shows: it always has a latent."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.analysis.fidelity import squared_errors
from latentlab.checkpoints import Checkpoint
from latentlab.images import Images, to_pixels
from latentlab.ui.input.out_of_set import OUT_OF_SET
from latentlab.ui.input.query import test_rows
from latentlab.ui.lessons.experiments import networks, tiles
from latentlab.ui.shell import cache, state
from latentlab.wording import words
from latentlab.wording.glossary import meaning

WHAT = "what"
N_NEAREST = 5


def show(checkpoint: Checkpoint) -> None:
    """Show an image, its nearest training images, and how well it is reconstructed."""
    state.follow_address(WHAT, "experiment-what", OUT_OF_SET, "A photograph")
    what = st.segmented_control("Image", list(OUT_OF_SET), key="experiment-what", required=True)
    state.to_address(what=what)
    generator = np.random.default_rng(networks.seed())
    image = OUT_OF_SET[what or "A photograph"](checkpoint.manifest.image_shape, generator)[None]
    _landed(checkpoint, image)
    st.button("Another image", icon=":material/casino:", on_click=networks.draw_again)


def _landed(checkpoint: Checkpoint, image: Images) -> None:
    codec, index = cache.codec(checkpoint), cache.index(checkpoint)
    latent = codec.encode(image)
    decoded = codec.decode(latent)
    near = cache.support(checkpoint).of_latents(latent)[0]
    found = cache.exact_index(checkpoint).nearest(latent, N_NEAREST).rows[0]
    error = float(squared_errors(decoded, image)[0])
    share = float((index.reconstruction_error[test_rows(index)] < error).mean())
    names = [checkpoint.manifest.class_name(int(index.labels[row])) or "" for row in found]
    left, right = st.columns([5, 9], gap="large")
    with left:
        st.markdown("**The image and its reconstruction**", help=meaning("Reconstruction error"))
        tiles.show(
            to_pixels(np.concatenate([image, decoded])),
            captions=["network input", "reconstruction"],
            key="place-one",
        )
    where = "No training image is near." if near.is_far else "A training image is near."
    with right, st.container(key="place-where"):
        st.markdown(
            "**The stored images nearest to its latent**", help=meaning("Support (near, far)")
        )
        tiles.show(cache.pictures_of(checkpoint, found), captions=names, key="place-nearest")
        st.markdown(
            f"**{where}** Distance {words.figure(near.distance)}: larger than for "
            f"{near.share:.0f} % of validation images.  \n"
            f"**Reconstruction error (MSE) {words.figure(error)}**: larger than for "
            f"{words.share(share)} of test images."
        )
