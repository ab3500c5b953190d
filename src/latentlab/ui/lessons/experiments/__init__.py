"""Experiments that a lesson needs and no other page offers: one file each, one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.errors import LatentlabError, unknown_name
from latentlab.ui.lessons.experiments import (
    beta,
    blur,
    error_measure,
    lineup,
    place,
    rotation,
    samples,
)


@dataclass(frozen=True)
class Experiment:
    """An experiment that no page has: its title, and what draws it."""

    title: str
    show: Callable[[Checkpoint], None]


# By their names in the address.
EXPERIMENTS = {
    "samples": Experiment("25 samples of each network", samples.show),
    "blur": Experiment("Decoded mean and decoded samples", blur.show),
    "beta": Experiment("One recipe, five weights of the KL term", beta.show),
    "errors": Experiment("Four changes to one image", error_measure.show),
    "lineup": Experiment("One real map among seven of noise", lineup.show),
    "place": Experiment("Where an image is encoded", place.show),
    "rotation": Experiment("The same latents with rotated axes", rotation.show),
}


def show(name: str, checkpoint: Checkpoint) -> None:
    """Draw an experiment.

    Parameters
    ----------
    name : str
        As in the address.
    checkpoint : Checkpoint
        Shown where the address names no network of the experiment's own.

    Raises
    ------
    LatentlabError
        If there is no such experiment, or it does not suit the network.
    """
    if name not in EXPERIMENTS:
        raise LatentlabError(unknown_name("experiment", name, EXPERIMENTS))
    with st.container(key="experiment"):
        st.subheader(EXPERIMENTS[name].title, anchor=False)
        EXPERIMENTS[name].show(checkpoint)
