"""From the bytes of an ONNX file to a graph whose size and operators are proven."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from google.protobuf.message import DecodeError
from onnx import numpy_helper

from latentlab.errors import NetworkError
from latentlab.graphs.bounds import (
    MAX_BYTES,
    MOST_STEPS,
    OLDEST_OPSET,
)
from latentlab.images import printable

Array = npt.NDArray[Any]
Shape = tuple[int, ...]
Sides = tuple[int | None, ...]

STANDARD = ("", "ai.onnx")
BRANCHES = {"If", "Loop", "Scan", "SequenceMap"}
NUMBERS = {onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16, onnx.TensorProto.DOUBLE}


@dataclass(frozen=True)
class Value:
    """An input or an output.

    Attributes
    ----------
    name : str
    sides : tuple of int or None
        None where a side is left open; the first is the number of images.
    type : int
        As ``onnx.TensorProto`` numbers them.
    """

    name: str
    sides: Sides | None
    type: int


@dataclass(frozen=True)
class Graph:
    """A graph whose size and operators are proven.

    Attributes
    ----------
    what : str
        What a sentence calls it: "The encoder".
    model : onnx.ModelProto
    inputs, outputs : tuple of Value
        Inputs that have no value of their own.
    """

    what: str
    model: onnx.ModelProto
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]

    @property
    def opset(self) -> int:
        """The version of the standard operators."""
        found = [entry.version for entry in self.model.opset_import if entry.domain in STANDARD]
        return int(max(found))

    @property
    def constants(self) -> dict[str, Array]:
        """Weights by name."""
        return {t.name: numpy_helper.to_array(t) for t in self.model.graph.initializer}


def read_graph(content: bytes, what: str) -> Graph:
    """Read a graph and prove that it is small, whole and made of standard operators.

    Parameters
    ----------
    content : bytes
        Of an ONNX file.
    what : str
        What a sentence calls it: "The encoder".

    Returns
    -------
    Graph

    Raises
    ------
    NetworkError
        For the first thing that is wrong, in one sentence.
    """
    if len(content) > MAX_BYTES:
        raise too_large(what, len(content))
    try:
        model = onnx.load_model_from_string(content)
    except (DecodeError, ValueError, RuntimeError):
        model = onnx.ModelProto()
    if not model.graph.output:
        raise NetworkError(f"{what} is not an ONNX file: export it with torch.onnx.export.")
    _check_version(model, what)
    _check_tensors(model, what)
    _check_operators(model.graph.node, what)
    given = {tensor.name for tensor in model.graph.initializer}
    return Graph(
        what=what,
        model=model,
        inputs=tuple(_value(v, what) for v in model.graph.input if v.name not in given),
        outputs=tuple(_value(v, what) for v in model.graph.output),
    )


def too_large(what: str, n_bytes: int) -> NetworkError:
    """Say that a file is larger than it may be.

    Parameters
    ----------
    what : str
        Begins the sentence: "The encoder".
    n_bytes : int

    Returns
    -------
    NetworkError
        To be raised.
    """
    return NetworkError(
        f"{what} has {n_bytes / 2**20:,.0f} MB, and a network may have at most "
        f"{MAX_BYTES / 2**20:.0f} MB: bring a smaller one, or only its latents (--latents)."
    )


def _check_version(model: onnx.ModelProto, what: str) -> None:
    foreign = [entry.domain for entry in model.opset_import if entry.domain not in STANDARD]
    used = {node.domain for node in model.graph.node} - set(STANDARD)
    if used or model.functions:
        domain = printable(next(iter(used or foreign or ["its own functions"])))
        raise NetworkError(
            f"{what} uses operators that are not in the ONNX standard ({domain}): export it with "
            "standard operators only."
        )
    versions = [entry.version for entry in model.opset_import if entry.domain in STANDARD]
    newest = onnx.defs.onnx_opset_version()
    if not versions or not OLDEST_OPSET <= max(versions) <= newest:
        found = max(versions, default=0)
        raise NetworkError(
            f"{what} has opset version {found}, and {OLDEST_OPSET} to {newest} are known: export "
            "it again with opset_version=17."
        )


def _check_tensors(model: onnx.ModelProto, what: str) -> None:
    graph = model.graph
    inside = [a.t for node in graph.node for a in node.attribute if a.HasField("t")]
    if graph.sparse_initializer or any(
        a.sparse_tensor.dims for n in graph.node for a in n.attribute
    ):
        raise NetworkError(f"{what} has sparse weights: export it with dense ones.")
    for tensor in [*graph.initializer, *inside]:
        external = tensor.data_location == onnx.TensorProto.EXTERNAL or tensor.external_data
        if external:
            raise NetworkError(
                f"{what} keeps weights in another file ({printable(tensor.name, 40)}): save it as "
                "one file, with external_data=False."
            )
        if any(side < 0 for side in tensor.dims) or math.prod(tensor.dims) > MAX_BYTES:
            raise NetworkError(f"{what} has a weight of an impossible size.")
        try:
            array = numpy_helper.to_array(tensor)
        except (ValueError, TypeError, KeyError) as error:
            raise NetworkError(f"{what} has a damaged weight ({printable(str(error))}).") from None
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise NetworkError(
                f"{what} has weights that are not numbers ({printable(tensor.name, 40)}): its "
                "training ran away."
            )


def _check_operators(nodes: Sequence[onnx.NodeProto], what: str) -> None:
    if len(nodes) > 10 * MOST_STEPS:
        raise too_many(what, len(nodes))
    for node in nodes:
        op = printable(node.op_type, 40)
        if node.op_type in BRANCHES or any(a.HasField("g") or a.graphs for a in node.attribute):
            raise NetworkError(
                f"{what} has a branch or a loop ({op}), so what it will cost cannot be known: "
                "export it without."
            )
        if not onnx.defs.has(node.op_type):
            raise NetworkError(f"{what} uses the operator '{op}', which ONNX does not have.")


def too_many(what: str, n_nodes: int) -> NetworkError:
    """Say that there are more operators than are run.

    Parameters
    ----------
    what : str
        Begins the sentence: "The encoder".
    n_nodes : int

    Returns
    -------
    NetworkError
        To be raised.
    """
    return NetworkError(
        f"{what} has {n_nodes:,} operators, and {MOST_STEPS:,} are the most that are run here: "
        "bring a smaller network, or only its latents (--latents)."
    )


def _value(value: onnx.ValueInfoProto, what: str) -> Value:
    if not value.type.HasField("tensor_type"):
        raise NetworkError(f"{what} takes or gives something that is no tensor.")
    tensor = value.type.tensor_type
    sides = None
    if tensor.HasField("shape"):
        sides = tuple(side.dim_value if side.dim_value > 0 else None for side in tensor.shape.dim)
    return Value(value.name, sides, tensor.elem_type)
