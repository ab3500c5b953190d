"""The baseline of a checkpoint: what its metrics say was fitted when the network was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from latentlab.analysis.baselines import Fitted, Integers, candidates
from latentlab.analysis.baselines.coloring import ColorTable
from latentlab.analysis.baselines.tone import N_LEVELS, flat_tone


def stored_baseline(
    task: str, metrics: Mapping[str, Any], strength: float, labels: Integers | None = None
) -> Fitted:
    """Return the baseline that was fitted on validation images at the nearest strength.

    Parameters
    ----------
    task : str
    metrics : mapping
        Of a checkpoint; see `latentlab.training.restoring.evaluate_task`.
    strength : float
    labels : int (n,), optional
        Classes of the images to restore, where they are known: a table of colors needs them.

    Returns
    -------
    Fitted
        The first baseline of the task, with no tone curve, where none is named.
    """
    row = nearest_strength(metrics, strength)
    chosen = _chosen(metrics, row)
    tried = {str(one): one for one in candidates(task, _tables(metrics), labels)}
    if row is None or chosen not in tried:
        return Fitted(candidates(task)[0], flat_tone())
    tone = np.array(metrics.get("curve_tone") or [], np.float32)[row * N_LEVELS :][:N_LEVELS]
    if len(tone) not in (0, N_LEVELS):
        return Fitted(candidates(task)[0], flat_tone())
    return Fitted(tried[chosen], tone)


def stored_name(task: str, metrics: Mapping[str, Any], strength: float) -> str:
    """Name the baseline that was measured beside the network, at the nearest strength.

    Unlike `stored_baseline` it needs no labels: those of the test images were known.

    Parameters
    ----------
    task : str
    metrics : mapping
        Of a checkpoint; see `latentlab.training.restoring.evaluate_task`.
    strength : float
    """
    chosen = _chosen(metrics, nearest_strength(metrics, strength))
    measured = candidates(task, _tables(metrics), labels=np.empty(0, int))
    return chosen if chosen in map(str, measured) else str(candidates(task)[0])


def nearest_strength(metrics: Mapping[str, Any], strength: float) -> int | None:
    """Return which of the strengths that were measured is nearest; None where none was.

    Parameters
    ----------
    metrics : mapping
        Of the checkpoint's manifest.
    strength : float
        In the unit of the task's control.

    Returns
    -------
    int or None
        Its place in ``curve_strength``; of equally near ones the first.
    """
    strengths = metrics.get("curve_strength")
    if not isinstance(strengths, list) or not strengths:
        return None
    return int(np.argmin(np.abs(np.array(strengths) - strength)))


def _chosen(metrics: Mapping[str, Any], row: int | None) -> str:
    names, choices = metrics.get("baselines"), metrics.get("curve_choice")
    if row is None or not isinstance(names, dict) or not isinstance(choices, list):
        return ""
    return next((name for name, number in names.items() if choices[row : row + 1] == [number]), "")


def _tables(metrics: Mapping[str, Any]) -> tuple[ColorTable, ...]:
    values, shape = metrics.get("color_table"), metrics.get("color_table_shape")
    if not isinstance(values, list) or not isinstance(shape, list):
        return ()
    sides = [int(side) for side in shape]
    if len(sides) != 5 or min(sides) < 1 or int(np.prod(sides)) != len(values):
        return ()
    return (ColorTable(np.array(values, np.float32).reshape(sides)),)
