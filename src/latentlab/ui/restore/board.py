"""The board: a slider, a row of pictures with their figures, a wipe between two, and a curve.

Every word on it is written here; the script lays out, paints and reports what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from latentlab import web
from latentlab.checkpoints import Checkpoint
from latentlab.images import to_pixels
from latentlab.tasks import TASKS
from latentlab.ui.restore.answer import Asked, Panel, picture_id
from latentlab.ui.shell import state
from latentlab.wording import glossary

KEY = "restore-board"
FIGURES = ("strength", "input", "network", "baseline")
# A panel's name, and the term that explains it.
TERMS = {"Degraded": "Degradation", "Classical": "Classical baseline"}
# What a picture may be restored by.
METHODS = (
    *("Biharmonic inpainting", "Harmonic inpainting", "Non-local means", "Sliding DCT"),
    *("Total variation", "U-Net", "Unblending", "Wavelet shrinkage"),
)

_BOARD = st.components.v2.component(
    "latentlab_restore",
    html='<div id="restore"></div>',
    css=web.read("restore.css"),
    js=web.read("restore.js"),
)


def said() -> object:
    """Return what the visitor asked for last on the board, or None."""
    return state.said_by(KEY, "asked")


def show(
    checkpoint: Checkpoint,
    source: str,
    asked: Asked,
    panels: list[Panel],
    *,
    on_ask: Callable[[], None],
) -> None:
    """Show an answer.

    Parameters
    ----------
    checkpoint : Checkpoint
    source : str
        Where the clean picture came from.
    asked : Asked
    panels : list of Panel
    on_ask : callable
        Called when the visitor moves the slider or paints.
    """
    _BOARD(key=KEY, data=message(checkpoint, source, asked, panels), on_asked_change=on_ask)


def message(checkpoint: Checkpoint, source: str, asked: Asked, panels: list[Panel]) -> bytes:
    """Pack an answer for the browser; the parameters are those of `show`."""
    from latentlab.export.message import pack

    name = checkpoint.manifest.config.task
    task = TASKS[name]
    header = {
        "id": asked.number,
        "task": name,
        "picture": picture_id(checkpoint, source),
        "shape": list(checkpoint.manifest.image_shape),
        "strength": asked.strength,
        "maximum": task.maximum,
        "step": task.step,
        "control": task.control,
        "written": [task.written(step * task.step) for step in range(task.n_steps + 1)],
        "help": task.help,
        "kind": asked.kind,
        "kinds": list(task.kinds) if len(task.kinds) > 1 else [],
        "seed": asked.seed,
        "paints": task.paint is not None,
        "painted": asked.paint is not None,
        "warning": warning(checkpoint, asked),
        "panels": [_facts(panel, source) for panel in panels],
        "curve": curve(checkpoint),
    }
    stacked = np.stack([to_pixels(panel.image) for panel in panels])
    return pack(header, {"images": stacked})


def warning(checkpoint: Checkpoint, asked: Asked) -> str:
    """Say so when the degradation is unlike those that the network was trained on."""
    task = TASKS[checkpoint.manifest.config.task]
    low, high = task.training
    if asked.strength == 0 and asked.paint is None:
        return "The input is not degraded: every change that a network makes is an error."
    if asked.kind != task.kinds[0]:
        return f"The network was trained on {task.kinds[0]} noise, not on {asked.kind} noise."
    if low < high and asked.strength > high + 1e-6:
        return (
            "Stronger than any degradation in training, where "
            f"“{task.control}” was at most {task.written(high)}."
        )
    return ""


def curve(checkpoint: Checkpoint) -> dict[str, list[float]] | None:
    """Return PSNR against strength as measured at training; None where it was not."""
    metrics = checkpoint.manifest.metrics
    found = {name: metrics.get(f"curve_{name}") for name in FIGURES}
    lists = {name: values for name, values in found.items() if isinstance(values, list)}
    return lists if len(lists) == len(FIGURES) and len(lists["strength"]) > 1 else None


def _facts(panel: Panel, source: str) -> dict[str, Any]:
    figures = "" if panel.psnr is None else f"PSNR {panel.psnr:.1f} dB"
    structure = "" if panel.ssim is None else f"SSIM {panel.ssim:.2f}"
    return {
        "name": panel.name,
        "meanings": {
            panel.name: glossary.help_for(TERMS.get(panel.name, panel.name)),
            **glossary.meanings(*METHODS, "PSNR", "SSIM"),
        },
        "about": source if panel.name == "Clean" else panel.about,
        "psnr": figures,
        "ssim": structure,
    }
