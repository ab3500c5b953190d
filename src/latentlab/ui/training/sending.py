"""Which stages a visitor is sent: each once, and of too many the latest and some of the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from latentlab.export.message import pack
from latentlab.jobs.training import Training
from latentlab.ui.shell import available, state
from latentlab.ui.shell.shared import SharedCache
from latentlab.ui.training import lookout, replay

MOST_RUNS = 2  # side by side
MOST_AT_ONCE = 40  # stages in one message
_LONGEST = 200  # of a name
_WANTED, _SENT = "latentlab:training-wanted", "latentlab:training-sent"
# What several visitors are sent who have seen the same is looked up and packed once.
_BUNDLES = SharedCache[bytes](8)
_LIVE = SharedCache["tuple[int, bytes] | None"](8)


def wants(said: object) -> None:
    """Note which runs a visitor's browser shows, and the newest stage that it has of each.

    Parameters
    ----------
    said : object
        ``{"runs": [[run, since], ...]}``, if the browser is ours.
    """
    pairs = said.get("runs") if isinstance(said, dict) else None
    wanted = {}
    for pair in pairs if isinstance(pairs, list) else []:
        match pair:
            case [str(run), int(since)] if len(run) <= _LONGEST:
                wanted[run] = since
    state.remember(_WANTED, dict(list(wanted.items())[:MOST_RUNS]))
    state.remember(_SENT, {})


def messages(runs: Path) -> list[bytes]:
    """Return what is to be on its way to this visitor: for each run the newest message.

    A run without news keeps the message that it was sent last, so that it is not sent again.

    Parameters
    ----------
    runs : Path
        The folder of trainings.
    """
    wanted: dict[str, int] = state.recall(_WANTED, {})
    packed: dict[str, bytes] = state.recall(_SENT, {})
    for run, since in wanted.items():
        found = news(runs, run, since)
        if found is not None:
            wanted[run], packed[run] = found
    state.remember(_WANTED, wanted)
    state.remember(_SENT, packed)
    return [packed[run] for run in wanted if run in packed]


def sent() -> dict[str, int]:
    """Return the number of the newest stage that this visitor was sent of each run."""
    wanted: dict[str, int] = state.recall(_WANTED, {})
    return {run: number for run, number in wanted.items() if number >= 0}


def news(runs: Path, run: str, since: int) -> tuple[int, bytes] | None:
    """Return what has come of a run, for a visitor who has its stages up to a number.

    However many visitors have seen the same, it is looked up and packed once for all of them.

    Parameters
    ----------
    runs : Path
        The folder of trainings.
    run : str
        A training or a checkpoint.
    since : int
        The newest stage that is known; -1 before the first.

    Returns
    -------
    tuple of int and bytes, or None
        The number of the newest stage, and the message.
    """
    seen = next((each for each in lookout.look(runs) if each.training.id == run), None)
    if seen is None:
        return _of_checkpoint(run, since)
    latest = seen.status.latest
    if latest < 0:  # it is only beginning, or going on after an interruption
        return _of_training(seen.training, since)
    if latest <= since:
        return None
    return _LIVE.get((run, since, latest), lambda: _of_training(seen.training, since))


def _of_checkpoint(name: str, since: int) -> tuple[int, bytes] | None:
    good, _ = available.checkpoints()
    checkpoint = next((each for each in good if each.name == name), None)
    if checkpoint is None or not replay.has_stages(checkpoint) or since >= 0:
        return None
    opening, stages = replay.messages(checkpoint)
    key = (checkpoint.fingerprint, since)
    return stages[-1][0], _BUNDLES.get(key, lambda: _packed(name, opening, stages))


def _of_training(live: Training, since: int) -> tuple[int, bytes] | None:
    files = live.stages(since)
    opening = live.opening()
    if opening is None or not files:
        return None
    read = [(files[i].number, files[i].read()) for i in _some(len(files))]
    stages = [(number, content) for number, content in read if content is not None]
    if not stages:
        return None
    return stages[-1][0], _packed(live.id, opening if since < 0 else None, stages)


def _packed(run: str, opening: bytes | None, stages: Sequence[tuple[int, bytes]]) -> bytes:
    """Put the messages of a run into one; see ``web/training/messages.ts``."""
    parts = {f"stage {number}": content for number, content in stages}
    if opening is not None:
        parts["opening"] = opening
    arrays = {name: np.frombuffer(part, np.uint8) for name, part in parts.items()}
    return pack({"id": f"stages {run}"}, arrays)


def _some(n: int) -> list[int]:
    """Return which of n stages are sent: all, or the last and others at even distances."""
    chosen = np.unique(np.rint(np.linspace(0, n - 1, min(n, MOST_AT_ONCE))).astype(int))
    return [int(i) for i in chosen]
