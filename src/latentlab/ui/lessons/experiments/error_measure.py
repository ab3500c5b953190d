"""Whether an error measure sees like us: four changes to an image, ranked by eye and by measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from latentlab.analysis.edits import EDITS
from latentlab.analysis.fidelity import squared_errors, ssim
from latentlab.checkpoints import Checkpoint
from latentlab.images import Images, to_pixels
from latentlab.ui.classroom import questions
from latentlab.ui.lessons.experiments import pictures, tiles
from latentlab.ui.shell import state
from latentlab.wording import words
from latentlab.wording.glossary import meaning

USUAL = 4
EYE = "experiment-eye"


def show(checkpoint: Checkpoint) -> None:
    """Show an image and its changes; the measures come after the visitor has ranked them."""
    rows = pictures.test_rows(checkpoint)
    original = pictures.images(checkpoint, rows[[pictures.chosen(rows, USUAL)]])
    changed = {name: edit(original) for name, edit in EDITS.items()}
    mine: list[str] = st.multiselect(
        "Rank them by eye, the most similar to the original first",
        list(EDITS),
        key=EYE,
        placeholder="Choose all four in order",
        help=f"MSE: {meaning('MSE')} SSIM: {meaning('SSIM')}",
    )
    told = len(mine) == len(EDITS) or state.from_address("reveal") == "1"
    measures = measured(original, changed)
    tiles.show(
        to_pixels(np.concatenate([original, *changed.values()])),
        captions=["original", *(_caption(name, measures, told) for name in changed)],
        key="errors-row",
    )
    if told:
        _rankings(mine, measures)


def measured(original: Images, changed: dict[str, Images]) -> dict[str, tuple[float, float]]:
    """Return the MSE and the SSIM of each change, by its name.

    Parameters
    ----------
    original : float32 (1, h, w, c), 0 to 1
    changed : dict of str to float32 (1, h, w, c), 0 to 1

    Returns
    -------
    dict of str to (float, float)
        MSE of values from 0 to 1, and SSIM from -1 to 1.
    """
    return {
        name: (float(squared_errors(image, original)[0]), float(ssim(image, original)[0]))
        for name, image in changed.items()
    }


def _caption(name: str, measures: dict[str, tuple[float, float]], told: bool) -> str:
    mse, similarity = measures[name]
    figures = f": MSE {words.figure(mse)}, SSIM {words.figure(similarity)}"
    return f"{name}{figures if told else ''}"


def _rankings(mine: Sequence[str], measures: dict[str, tuple[float, float]]) -> None:
    ranks, n_phones = questions.mean_ranks(tuple(EDITS))
    rankings = {
        "by eye": list(mine),
        f"by the class ({words.counted(n_phones, 'phone')}, mean rank)": sorted(
            ranks, key=lambda name: ranks[name]
        ),
        "by MSE": sorted(measures, key=lambda name: measures[name][0]),
        "by SSIM": sorted(measures, key=lambda name: -measures[name][1]),
    }
    st.markdown(
        "  \n".join(
            f"Ranking {how}: {', '.join(f'**{number + 1}** {name}' for number, name in order)}"
            for how, ranking in rankings.items()
            if (order := list(enumerate(ranking)))
        )
    )
