"""The kinds of jobs: one file each, whose ``KIND`` says how, and one line each here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from latentlab.jobs.kind import Kind

# Imported when one is needed: a worker of one kind has no use for what another kind imports.
JOBS: Mapping[str, str] = {
    "map": "latentlab.jobs.maps",
    "training": "latentlab.jobs.training",
}


def kind(name: str) -> Kind:
    """Return a kind of job by its name in ``JOBS``.

    Parameters
    ----------
    name : str
        A key of ``JOBS``.

    Returns
    -------
    Kind
        Its module is imported now.
    """
    found: Kind = import_module(JOBS[name]).KIND
    return found
