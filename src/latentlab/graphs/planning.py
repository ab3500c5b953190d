"""What a graph would compute: of which shapes and at what cost, for one input.

Nothing of the graph is run. Shapes are inferred operator by operator; what depends on shapes alone
is computed by onnx's reference implementation, as long as it is small.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import helper, numpy_helper, shape_inference
from onnx.reference import ReferenceEvaluator

from latentlab.errors import NetworkError
from latentlab.graphs.bounds import (
    MOST_FOLDED,
    MOST_IN_ALL,
    MOST_STEPS,
    MOST_VALUES,
    MOST_WORK,
)
from latentlab.graphs.reading import Array, Graph, Shape, too_many
from latentlab.images import printable

RANDOM = {
    *("RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"),
    *("Bernoulli", "Multinomial"),
}
WITH_KERNEL = {
    "Conv",
    "ConvTranspose",
    "MatMul",
    "Gemm",
    "ConvInteger",
    "MatMulInteger",
    "QLinearConv",
}


@dataclass(frozen=True)
class Plan:
    """What is computed for one image.

    Attributes
    ----------
    steps : tuple of onnx.NodeProto
        What depends on the input and is needed for the outputs, in order.
    needed : tuple of onnx.NodeProto
        These, and what computes shapes and constants for them.
    constants : dict of str to array
        Weights, and what follows from weights and shapes.
    shapes : dict of str to tuple of int
        Of everything that depends on the input.
    work : float
        Multiplications, about.
    """

    steps: tuple[onnx.NodeProto, ...]
    needed: tuple[onnx.NodeProto, ...]
    constants: dict[str, Array]
    shapes: dict[str, Shape]
    work: float


def plan(graph: Graph, shape: Shape, outputs: Sequence[str]) -> Plan:
    """Work out what is computed for one input, without computing it.

    Parameters
    ----------
    graph : Graph
    shape : tuple of int
        Of its one input, the number of images included.
    outputs : sequence of str
        What is wanted; the rest is left out.

    Returns
    -------
    Plan

    Raises
    ------
    NetworkError
        If the shapes contradict each other, or it costs too much.
    """
    return _Walk(graph, shape).plan(outputs)


@dataclass
class _Walk:
    graph: Graph
    shape: Shape
    constants: dict[str, Array] = field(default_factory=dict)
    types: dict[str, onnx.TypeProto] = field(default_factory=dict)
    steps: list[onnx.NodeProto] = field(default_factory=list)
    folded: int = 0

    def plan(self, outputs: Sequence[str]) -> Plan:
        self.constants = self.graph.constants
        given = self.graph.inputs[0]
        self.types[given.name] = helper.make_tensor_type_proto(given.type, self.shape)
        needed = self._needed(outputs)
        for node in needed:
            self._take(node)
        shapes = {name: self._shape(name) for name in self.types}
        work = sum(self._work(node, shapes) for node in self.steps)
        if work > MOST_WORK:
            raise NetworkError(
                f"{self.graph.what} needs {work / 1e9:,.0f} thousand million multiplications for "
                f"one image, and {MOST_WORK / 1e9:.0f} are the most: bring a smaller network, or "
                "only its latents (--latents)."
            )
        if sum(math.prod(shape) for shape in shapes.values()) > MOST_IN_ALL:
            raise NetworkError(
                f"{self.graph.what} fills too much memory for one image: bring a smaller network, "
                "or only its latents (--latents)."
            )
        return Plan(tuple(self.steps), tuple(needed), self.constants, shapes, work)

    def _needed(self, outputs: Sequence[str]) -> list[onnx.NodeProto]:
        """Return the operators that the outputs need, in order."""
        wanted, kept = set(outputs), []
        for node in reversed(self.graph.model.graph.node):
            if wanted.intersection(node.output):
                kept.append(node)
                wanted.update(node.input)
        random = next((node.op_type for node in kept if node.op_type in RANDOM), None)
        if random:
            raise NetworkError(
                f"{self.graph.what} draws random numbers ({random}), so its answer is never the "
                "same: export the mean, in evaluation mode."
            )
        if len(kept) > MOST_STEPS:
            raise too_many(self.graph.what, len(kept))
        missing = next((o for o in outputs if o not in {n for k in kept for n in k.output}), None)
        if missing is not None:
            raise NetworkError(f"{self.graph.what} does not compute '{printable(missing)}'.")
        return kept[::-1]

    def _take(self, node: onnx.NodeProto) -> None:
        if node.op_type == "Shape" and node.input[0] in self.types:
            between = {a.name: a.i for a in node.attribute}
            shape = self._shape(node.input[0])[between.get("start", 0) : between.get("end")]
            self.constants[node.output[0]] = np.array(shape, np.int64)
        elif all(not name or name in self.constants for name in node.input):
            self._fold(node)
        else:
            self._infer(node)
            self.steps.append(node)

    def _fold(self, node: onnx.NodeProto) -> None:
        """Compute what depends on no image, once its size is known to be small."""
        if node.op_type == "Constant":
            small = True
        else:
            self._infer(node)
            sizes = [math.prod(self._shape(name)) for name in node.output if name]
            read = sum(self.constants[name].size for name in node.input if name)
            self.folded += sum(sizes) + read
            small = self.folded <= 16 * MOST_FOLDED and max(sizes) <= MOST_FOLDED
            for name in node.output:
                self.types.pop(name, None)
        if not small:
            raise NetworkError(
                f"{self.graph.what} computes large constants ({node.op_type}): export it with "
                "do_constant_folding=True."
            )
        given = {name: self.constants[name] for name in node.input if name}
        try:
            results = ReferenceEvaluator(node, opsets={"": self.graph.opset}).run(None, given)
        except Exception as error:
            raise self._contradiction(node, error) from None
        self.constants |= {
            name: np.asarray(array) for name, array in zip(node.output, results, strict=True)
        }

    def _infer(self, node: onnx.NodeProto) -> None:
        schema = onnx.defs.get_schema(node.op_type, self.graph.opset)
        known = {name: self.constants[name] for name in node.input if name in self.constants}
        types = {name: self.types[name] for name in node.input if name in self.types}
        types |= {
            name: helper.make_tensor_type_proto(helper.np_dtype_to_tensor_dtype(a.dtype), a.shape)
            for name, a in known.items()
        }
        data = {n: numpy_helper.from_array(a, n) for n, a in known.items() if a.size <= 4096}
        try:
            found = shape_inference.infer_node_outputs(
                schema,
                node,
                types,
                data,
                opset_imports=[helper.make_opsetid("", self.graph.opset)],
                ir_version=self.graph.model.ir_version,
            )
        except Exception as error:
            raise self._contradiction(node, error) from None
        for name in node.output:
            if not name:
                continue
            if name not in found:
                raise self._unknown(node)
            self.types[name] = found[name]
            if math.prod(self._shape(name)) > MOST_VALUES:
                raise NetworkError(
                    f"{self.graph.what} makes {math.prod(self._shape(name)):,} values at once "
                    f"({node.op_type}), and {MOST_VALUES:,} are the most."
                )

    def _shape(self, name: str) -> Shape:
        tensor = self.types[name].tensor_type
        sides = [side.dim_value for side in tensor.shape.dim]
        known = tensor.HasField("shape") and all(s.HasField("dim_value") for s in tensor.shape.dim)
        if not known:
            raise NetworkError(
                f"What {self.graph.what[0].lower()}{self.graph.what[1:]} computes has no fixed "
                "size: export it for images of one size."
            )
        return tuple(sides)

    def _work(self, node: onnx.NodeProto, shapes: Mapping[str, Shape]) -> float:
        """Estimate multiplications: of each output value, one for each weight it meets."""
        outputs = float(sum(math.prod(shapes[name]) for name in node.output if name in shapes))
        if node.op_type not in WITH_KERNEL:
            return outputs
        sides = [self._shape_of(name) for name in node.input[:2]]
        if node.op_type == "ConvTranspose":
            return float(math.prod(sides[0]) * math.prod(sides[1][1:]))
        if "Conv" in node.op_type:
            weights = sides[0] if node.op_type == "QLinearConv" else sides[1]
            return outputs * math.prod(weights[1:])
        inner = max(sides[0][-2:] or (1,)) if node.op_type == "Gemm" else (sides[0] or (1,))[-1]
        return outputs * inner

    def _shape_of(self, name: str) -> Shape:
        return self.constants[name].shape if name in self.constants else self._shape(name)

    def _contradiction(self, node: onnx.NodeProto, error: Exception) -> NetworkError:
        words = printable(str(error).strip().splitlines()[-1] if str(error).strip() else "", 120)
        return NetworkError(
            f"{self.graph.what} does not fit together at the operator {node.op_type} for an input "
            f"of shape {self.shape} ({words})."
        )

    def _unknown(self, node: onnx.NodeProto) -> NetworkError:
        return NetworkError(
            f"The size of what {node.op_type} gives cannot be known beforehand in "
            f"{self.graph.what[0].lower()}{self.graph.what[1:]}: export it without."
        )
