"""The board: a threshold to drag over two histograms, what it costs, and the extreme test images.

All scores are in the browser, so that everything follows the hand at once. Every word is written
here; the script lays out, counts and paints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import islice

import numpy as np
import numpy.typing as npt
import streamlit as st

from latentlab import web
from latentlab.analysis import anomaly
from latentlab.checkpoints import Anomalies, Checkpoint
from latentlab.figures import theme
from latentlab.ui.anomalies import titles
from latentlab.ui.anomalies.ranking import N_SHOWN, Ranked, measured, pictures, ranked
from latentlab.ui.shell import cache, state
from latentlab.wording import glossary, words

KEY = "anomaly-board"
TERMS = ("AUC", "Precision-recall curve", "ROC curve", "Threshold", "True and false positives")

_BOARD = st.components.v2.component(
    "latentlab_anomalies",
    html='<div id="anomalies"></div>',
    css=web.read("anomalies.css"),
    js=web.read("anomalies.js"),
)


def show(checkpoint: Checkpoint, *, on_pick: Callable[[], None]) -> None:
    """Show the board.

    Parameters
    ----------
    checkpoint : Checkpoint
    on_pick : callable
        Called after a click on an image; see `picked`.
    """
    here = cache.originals(checkpoint) is not None
    _BOARD(key=KEY, data=_message(checkpoint, here), on_pick_change=on_pick)


def picked(checkpoint: Checkpoint) -> int | None:
    """Return the row of the ranked image that was clicked, proven to exist."""
    said = state.said_by(KEY, "pick")
    if isinstance(said, bool) or not isinstance(said, (int, float)):
        return None
    return int(said) if 0 <= said < len(ranked(checkpoint).numbers) else None


@cache.kept
def _message(checkpoint: Checkpoint, originals_are_here: bool) -> bytes:
    return message(checkpoint)


def message(checkpoint: Checkpoint) -> bytes:
    """Pack everything that the board shows of a checkpoint."""
    from latentlab.export.message import pack

    found, anomalies = ranked(checkpoint), measured(checkpoint)
    missed = {score: _least_unusual_unseen(checkpoint, found, score) for score in found.scores}
    ends = {row for score in found.scores for end in found.ends(score) for row in end}
    shown = sorted(ends.union(*missed.values()))
    tiles, true = pictures(checkpoint, shown)
    place = {row: number for number, row in enumerate(shown)}
    scores = {
        name: title for name, title in titles.scores(checkpoint).items() if name in found.scores
    }
    header = {
        "id": checkpoint.fingerprint,
        "shape": list(checkpoint.manifest.image_shape),
        "scores": [{"name": name, **asdict(title)} for name, title in scores.items()],
        "kinds": _kinds(checkpoint, anomalies),
        "ranking": {score: _ends(checkpoint, found, score, place) for score in found.scores},
        "missed": {
            score: [
                _tile(checkpoint, found, score, row, place[row])
                | {"score": float(found.scores[score][row])}
                for row in rows
            ]
            for score, rows in missed.items()
        },
        "meanings": glossary.meanings(*TERMS) | _score_meanings(scores.values()),
        "n": f"{words.counted(len(found.numbers), f'{found.split} image')}",
        "note": None if true else _ABSENT,
        "looks": {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)},
    }
    arrays: dict[str, npt.NDArray[np.floating] | npt.NDArray[np.uint8]] = {"tiles": tiles}
    if anomalies is not None:
        for kind, group in anomalies.groups.items():
            for score, values in group.scores.items():
                arrays[f"{score}/{kind}"] = _compact(np.sort(values))
    return pack(header, arrays)


_ABSENT = "The images themselves are not on this machine: their tiles are empty."


def _score_meanings(scores: Iterable[titles.Title]) -> dict[str, str]:
    """Return what the glossary says of scores, by their titles."""
    found = {score.title: glossary.help_for(score.title) for score in scores}
    return {title: meaning for title, meaning in found.items() if meaning}


def _kinds(checkpoint: Checkpoint, anomalies: Anomalies | None) -> list[dict[str, object]]:
    if anomalies is None:
        return []
    return [
        {"name": kind, **asdict(title), "n": len(anomalies.groups[kind])}
        | {"verdict": _verdicts(anomalies, kind)}
        for kind, title in titles.kinds(checkpoint, anomalies).items()
    ]


def _verdicts(anomalies: Anomalies, kind: str) -> dict[str, str]:
    """Say for each score how well it tells a kind from normal images."""
    groups = anomalies.groups
    if kind == "normal":
        return {}
    normal = groups["normal"].scores
    return {
        score: verdict(anomaly.auc(normal[score], values), anomaly.auc_error(normal[score], values))
        for score, values in groups[kind].scores.items()
    }


def verdict(area: float, error: float) -> str:
    """Say what an AUC means, in one sentence; `error` is its standard error.

    Examples
    --------
    >>> verdict(0.03, 0.01)
    'Worse than chance: in 97 of 100 pairs the normal image has the higher score.'
    >>> verdict(0.51, 0.01)
    'No difference from chance: AUC 0.51 (95 % interval 0.49 to 0.53).'
    """
    hits = round(100 * area)
    if abs(area - 0.5) <= anomaly.SURE * error:
        low, high = (area + sign * anomaly.SURE * error for sign in (-1, 1))
        return f"No difference from chance: AUC {area:.2f} (95 % interval {low:.2f} to {high:.2f})."
    if area < 0.5:
        pairs = f"in {100 - hits} of 100 pairs the normal image has the higher score"
        return f"Worse than chance: {pairs}."
    pairs = f"n {hits} of 100 pairs the anomalous image has the higher score."
    return f"Slightly better than chance: i{pairs}" if area < titles.OF_LITTLE_HELP else f"I{pairs}"


def _ends(
    checkpoint: Checkpoint, found: Ranked, score: str, place: dict[int, int]
) -> dict[str, list[dict[str, object]]]:
    usual, unusual = found.ends(score)
    return {
        "usual": [_tile(checkpoint, found, score, row, place[row]) for row in usual],
        "unusual": [_tile(checkpoint, found, score, row, place[row]) for row in unusual],
    }


def _least_unusual_unseen(checkpoint: Checkpoint, found: Ranked, score: str) -> list[int]:
    """Return the rows of classes left out of training, the lowest scores first."""
    order = np.argsort(found.scores[score], kind="stable").tolist()
    unseen = (row for row in order if titles.is_unseen(checkpoint, int(found.labels[row])))
    return list(islice(unseen, N_SHOWN))


def _tile(
    checkpoint: Checkpoint, found: Ranked, score: str, row: int, place: int
) -> dict[str, object]:
    label = int(found.labels[row])
    name = checkpoint.manifest.class_name(label) or ""
    value = words.figure(float(found.scores[score][row]))
    unseen = titles.is_unseen(checkpoint, label)
    never = ", a class left out of training" if unseen else ""
    about = f"{found.split.capitalize()} image {int(found.numbers[row]):,}: {name}{never}. "
    return {
        "row": row,
        "tile": place,
        "name": name,
        "value": value,
        "unseen": unseen,
        "about": f"{about}{titles.SCORES[score].title} {value}. Click to see its error map.",
    }


def _compact(values: npt.NDArray[np.float32]) -> npt.NDArray[np.floating]:
    """Send what was stored in half precision in half precision."""
    with np.errstate(over="ignore"):
        half = values.astype(np.float16)
    return half if np.array_equal(half.astype(np.float32), values) else values
