"""Layers of which a graph uses some outputs: the mean, or the log-variance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latentlab.graphs.chaining import Chaining, attributes
from latentlab.graphs.reading import Array
from latentlab.models import layers as described


def _some_outputs(chain: Chaining) -> bool:
    """Let a layer give only the outputs that are used: the mean, or the log-variance."""
    last = chain.layers[-1] if chain.layers else None
    found = _gathered(chain) or _split(chain) or _sliced(chain)
    if found is None or chain.is_last or not isinstance(last, described.Linear | described.Conv2d):
        return False
    rows, name = found
    chain.tensors[-1] = {key: array[rows] for key, array in chain.tensors[-1].items()}
    if isinstance(last, described.Linear):
        chain.layers[-1] = replace(last, out_features=len(rows))
    else:
        chain.layers[-1] = replace(last, out_channels=len(rows))
    chain.current, chain.at = name, chain.at + 1
    return True


def _gathered(chain: Chaining) -> tuple[Array, str] | None:
    node = chain.takes("Gather")
    rows = None if node is None else chain.constant(node, 1)
    if node is None or rows is None or len(chain.shape) != 1 or rows.ndim != 1:
        return None
    return (rows, node.output[0]) if attributes(node).get("axis", 0) == 1 else None


def _sliced(chain: Chaining) -> tuple[Array, str] | None:
    node = chain.takes("Slice")
    ends = [] if node is None else [chain.constant(node, place) for place in (1, 2, 3)]
    if node is None or any(end is None or end.size != 1 for end in ends):
        return None
    start, end, axis = (int(np.asarray(end).reshape(())) for end in ends)
    step = chain.constant(node, 4)
    if axis != 1 or (step is not None and int(step.reshape(())) != 1):
        return None
    return np.arange(chain.channels)[start:end], node.output[0]


def _split(chain: Chaining) -> tuple[Array, str] | None:
    node = chain.takes("Split")
    if node is None or attributes(node).get("axis", 0) != 1:
        return None
    later = {name for step in chain.plan.steps[chain.at + 1 :] for name in step.input}
    used = [number for number, name in enumerate(node.output) if name in later]
    if len(used) != 1:
        return None
    sizes = [chain.plan.shapes[name][1] for name in node.output]
    start = sum(sizes[: used[0]])
    return np.arange(start, start + sizes[used[0]]), node.output[used[0]]


READERS = (_some_outputs,)
