"""A graph, run by ONNX Runtime in this process: on one thread, batch by batch, never for long."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from latentlab.errors import NetworkError
from latentlab.graphs.bounds import LONGEST, MOST_IN_ALL
from latentlab.graphs.planning import plan
from latentlab.graphs.reading import Graph

Floats = npt.NDArray[np.float32]

LARGEST_BATCH = 256
FATAL = 4  # of what ONNX Runtime says, only what ends it


class Session:
    """A graph with one input, ready to run.

    Parameters
    ----------
    graph : Graph
        Its size and operators are proven.
    shape : tuple of int
        Of one input, without the number of images.
    outputs : tuple of str, optional
        Those that are wanted; all by default.

    Attributes
    ----------
    batch : int
        Images that are run at a time; 1 where the graph takes no more.
    """

    def __init__(
        self, graph: Graph, shape: tuple[int, ...], outputs: tuple[str, ...] | None = None
    ) -> None:
        self.graph = graph
        self.outputs = outputs or tuple(value.name for value in graph.outputs)
        self.batch = _batch(graph, shape, self.outputs)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = FATAL
        try:
            self._session: Any = onnxruntime.InferenceSession(
                graph.model.SerializeToString(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # its errors have no common class
            raise self._failed(error) from None

    def run(self, values: npt.NDArray[Any]) -> list[Floats]:
        """Run any number of inputs.

        Parameters
        ----------
        values : array (n, ...)
            As the graph takes them.

        Returns
        -------
        list of float32 arrays (n, ...)
            One for each output.

        Raises
        ------
        NetworkError
            If it fails, or takes too long.
        """
        name = self.graph.inputs[0].name
        parts = []
        for start in range(0, max(len(values), 1), self.batch):
            given = values[start : start + self.batch]
            if len(given):
                parts.append(self._run({name: np.ascontiguousarray(given)}))
        if not parts:  # the shapes of nothing
            single = self._run({name: np.zeros((1, *values.shape[1:]), values.dtype)})
            return [array[:0] for array in single]
        return [np.concatenate(arrays) for arrays in zip(*parts, strict=True)]

    def _run(self, given: dict[str, Any]) -> list[Floats]:
        options = onnxruntime.RunOptions()
        options.log_severity_level = FATAL
        timer = threading.Timer(LONGEST, lambda: setattr(options, "terminate", True))
        timer.daemon = True
        timer.start()
        try:
            found = self._session.run(list(self.outputs), given, options)
        except Exception as error:
            raise self._failed(error) from None
        finally:
            timer.cancel()
        return [np.asarray(array, np.float32) for array in found]

    def _failed(self, error: Exception) -> NetworkError:
        words = " ".join(str(error).split())[:200]
        return NetworkError(f"{self.graph.what} cannot be run by ONNX Runtime ({words}).")


def _batch(graph: Graph, shape: tuple[int, ...], outputs: tuple[str, ...]) -> int:
    """Choose how many images to run at a time: what fits the bounds, or one."""
    sides = graph.inputs[0].sides
    if sides is not None and sides[:1] == (1,):
        return 1
    single = plan(graph, (1, *shape), outputs)
    values = sum(int(np.prod(s)) for s in single.shapes.values())
    batch = max(1, min(LARGEST_BATCH, MOST_IN_ALL // max(values, 1)))
    try:
        plan(graph, (batch, *shape), outputs)
    except NetworkError:
        return 1
    return batch
