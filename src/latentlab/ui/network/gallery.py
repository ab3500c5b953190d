"""Rows of pictures and cards of figures, composed alike on every page."""

from __future__ import annotations

from html import escape

import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.images import Pixels
from latentlab.tasks import TASKS
from latentlab.ui.shell import cache
from latentlab.ui.shell.pictures import data_uri, strip
from latentlab.wording import words
from latentlab.wording.glossary import help_for
from latentlab.wording.metrics import Metric


def samples(checkpoint: Checkpoint) -> None:
    """Show a checkpoint's contact sheet, each row named.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    sheet = cache.sheet(checkpoint)
    above, below = _captions(checkpoint)
    if sheet.originals:
        pairs = list(zip(sheet.originals, sheet.drawn, strict=True))
        groups = [
            _row(original, above, named=number == 0) + _row(drawn, below, named=number == 0)
            for number, (original, drawn) in enumerate(pairs)
        ]
    else:
        groups = [_rows(sheet.drawn, _alone(checkpoint, below))]
    if sheet.imagined:
        groups.append(_rows(sheet.imagined, "Samples from the prior"))
    st.html(f'<div class="sheet">{"".join(f"<div>{group}</div>" for group in groups)}</div>')


def _alone(checkpoint: Checkpoint, below: str) -> str:
    if not words.has_errors(checkpoint):
        return "Where each class is on the map"
    return f"Test images, {below[0].lower()}{below[1:]}"


def _captions(checkpoint: Checkpoint) -> tuple[str, str]:
    """Name the two kinds of rows: what went in, what came out."""
    config = checkpoint.manifest.config
    if config.task in TASKS:
        return "Degraded", "Restored"
    return "Test images", "Reconstructions"


def cards(figures: list[Metric]) -> None:
    """Show figures side by side: name, value, what it means.

    Parameters
    ----------
    figures : list of Metric
    """
    written = "".join(
        f'<div><div class="name"{_help(figure.title)}>{escape(figure.title)}</div>'
        f'<div class="value">{escape(figure.value)}</div>'
        f'<div class="meaning">{escape(figure.meaning)}</div></div>'
        for figure in figures
    )
    st.html(f'<div class="figure-cards">{written}</div>')


def _help(title: str) -> str:
    """Let the name of a metric say what it means."""
    meaning = help_for(title)
    return f' title="{escape(meaning)}"' if meaning else ""


def _rows(rows: list[Pixels], caption: str) -> str:
    return "".join(_row(row, caption, named=number == 0) for number, row in enumerate(rows))


def _row(tiles: Pixels, caption: str, *, named: bool = True) -> str:
    label = escape(caption)
    return (
        f"<figure><figcaption>{label if named else ''}</figcaption>"
        f'<img src="{data_uri(strip(tiles))}" alt="{label}: {len(tiles)} pictures"></figure>'
    )
