"""What a kind of job is; ``table.JOBS`` lists them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latentlab.jobs.work import Work

Request = Mapping[str, Any]


def _nothing(*_: object) -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Kind:
    """One kind of job.

    Attributes
    ----------
    busy : str
        What somebody reads who starts a second one.
    work : callable
        Does it, in the worker: ``work(work)``. What it needs it imports inside.
    warm : callable
        Imports in the worker what every job of the kind needs, before there is one.
    prepare : callable
        ``prepare(folder, request, is_wanted)``: gets ready for a likely request, and returns early
        once ``is_wanted()`` is true.
    n_kept : int
        How many ended jobs keep their folders, beside the newest job.
    """

    busy: str
    work: Callable[[Work], None]
    warm: Callable[[], None] = _nothing
    prepare: Callable[..., None] = _nothing
    n_kept: int = 0
