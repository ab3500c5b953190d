"""A graph rewritten to the stored form (`stored`), whatever the form it came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from latentlab.graphs.forms import LAYOUTS, Latent, Range
from latentlab.graphs.planning import Plan
from latentlab.graphs.reading import Graph, Shape
from latentlab.graphs.stored import IMAGE, LATENT, LOG_VARIANCE

INNER = "network/"  # before every name of the original, so that none is taken twice


@dataclass
class Rewriting:
    """Nodes laid before and after a graph.

    Attributes
    ----------
    graph : Graph
        The original.
    plan : Plan
        What is computed of it.
    outputs : tuple of str
        Names of its outputs that are wanted.
    one_by_one : bool
        Whether it takes exactly one image at a time.
    nodes, tensors : list
        The graph to be, in order, and its constants.
    """

    graph: Graph
    plan: Plan
    outputs: tuple[str, ...]
    one_by_one: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    tensors: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, op: str, inputs: Sequence[str], output: str = "", **attributes: Any) -> str:
        """Append an operator and return the name of its output."""
        name = output or f"value_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], **attributes))
        return name

    def constant(self, value: npt.NDArray[Any]) -> str:
        """Store an array and return its name."""
        name = f"constant_{len(self.tensors)}"
        self.tensors.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def reshape(self, name: str, shape: Shape, output: str = "") -> str:
        """Give every image another shape.

        Parameters
        ----------
        name : str
        shape : tuple of int
            Without the number of images, which stays open.
        output : str
            A name of one's own; made up by default.

        Returns
        -------
        str
            Name of the output.
        """
        wanted = self.constant(np.array([-1, *shape], np.int64))
        return self.add("Reshape", [name, wanted], output)

    def affine(self, name: str, scale: float, shift: float) -> str:
        """Multiply and add, where that does anything.

        Parameters
        ----------
        name : str
        scale, shift : float

        Returns
        -------
        str
            Name of ``name * scale + shift``; `name` itself where that is the same.
        """
        if scale != 1:
            name = self.add("Mul", [name, self.constant(np.array(scale, np.float32))])
        if shift:
            name = self.add("Add", [name, self.constant(np.array(shift, np.float32))])
        return name

    def cast(self, name: str, to: int) -> str:
        """Change the type."""
        return self.add("Cast", [name], to=to)

    def float32(self, name: str) -> str:
        """Bring an output of the graph to the stored type.

        Parameters
        ----------
        name : str
            An output of the embedded graph.

        Returns
        -------
        str
            `name` itself where it is float32 already.
        """
        types = {INNER + value.name: value.type for value in self.graph.outputs}
        return name if types.get(name) == TensorProto.FLOAT else self.cast(name, TensorProto.FLOAT)

    def flat(self, name: str) -> str:
        """Bring an output to the stored type, and every image's part of it to one axis."""
        return self.add("Flatten", [self.float32(name)], axis=1)

    def embed(self, given: str) -> dict[str, str]:
        """Append the graph itself, its one input bound; return the new names of its outputs.

        Operators that compute shapes stay, so that the number of images stays open.

        Parameters
        ----------
        given : str
            Name of a float32 value, for the input.

        Returns
        -------
        dict of str to str
            By the names that the outputs had.
        """
        original = self.graph.inputs[0]
        if original.type != TensorProto.FLOAT:
            given = self.cast(given, original.type)
        names = {original.name: given, "": ""}
        wanted = {name for node in self.plan.needed for name in node.input}
        for tensor in self.graph.model.graph.initializer:
            if tensor.name in wanted:
                copied = onnx.TensorProto()
                copied.CopyFrom(tensor)
                copied.name = INNER + tensor.name
                self.tensors.append(copied)
        for node in self.plan.needed:
            self.nodes.append(_copied(node, names))
        return {name: INNER + name for name in self.outputs}

    def finish(self, given: str, shape: Shape, outputs: Mapping[str, Shape]) -> bytes:
        """Write the graph.

        Parameters
        ----------
        given : str
            Name of the input.
        shape : tuple of int
            Of the input, without the number of images.
        outputs : mapping of str to tuple of int
            Names and shapes of the outputs, likewise.

        Returns
        -------
        bytes
            Of an ONNX file.
        """
        sides = (1 if self.one_by_one else "n",)
        model = helper.make_model(
            helper.make_graph(
                self.nodes,
                "latentlab",
                [helper.make_tensor_value_info(given, TensorProto.FLOAT, [*sides, *shape])],
                [
                    helper.make_tensor_value_info(name, TensorProto.FLOAT, [*sides, *shape])
                    for name, shape in outputs.items()
                ],
                self.tensors,
            ),
            opset_imports=[helper.make_opsetid("", self.graph.opset)],
            ir_version=self.graph.model.ir_version,
            producer_name="latentlab",
        )
        return bytes(model.SerializeToString())


def _copied(node: onnx.NodeProto, names: dict[str, str]) -> onnx.NodeProto:
    copied = onnx.NodeProto()
    copied.CopyFrom(node)
    copied.ClearField("doc_string")
    copied.ClearField("name")
    del copied.metadata_props[:], copied.input[:], copied.output[:]
    copied.input.extend(names.get(name, INNER + name) for name in node.input)
    copied.output.extend(INNER + name if name else "" for name in node.output)
    return copied


def stored_encoder(
    rewriting: Rewriting,
    image_shape: tuple[int, int, int],
    layout: str,
    values: Range,
    latent: Latent,
) -> bytes:
    """Rewrite an encoder to the stored form.

    Parameters
    ----------
    rewriting : Rewriting
        Of its graph, with nothing added yet.
    image_shape : (int, int, int)
        Height, width, channels.
    layout : str
        A name in `LAYOUTS`: how it takes images.
    values : Range
        What it takes for black and white.
    latent : Latent
        Which outputs are the latent.

    Returns
    -------
    bytes
        Of an ONNX file.
    """
    height, width, channels = image_shape
    name = rewriting.affine(IMAGE, values.scale, values.shift)
    if LAYOUTS[layout].last:
        name = rewriting.add("Transpose", [name], perm=[0, 2, 3, 1])
    if layout not in ("nchw", "nhwc"):
        name = rewriting.reshape(name, LAYOUTS[layout].shape(height, width, channels))
    found = rewriting.embed(name)
    outputs: dict[str, Shape] = {LATENT: (latent.size,)}
    mean = rewriting.flat(found[latent.mean])
    if latent.halves:
        parts = np.arange(2 * latent.size).reshape(2, -1)
        for part, half in zip(parts, (LATENT, LOG_VARIANCE), strict=True):
            rewriting.add("Gather", [mean, rewriting.constant(part)], half, axis=1)
        outputs[LOG_VARIANCE] = (latent.size,)
    else:
        rewriting.reshape(mean, (latent.size,), LATENT)
    if latent.log_variance:
        log_variance = rewriting.flat(found[latent.log_variance])
        rewriting.reshape(log_variance, (latent.size,), LOG_VARIANCE)
        outputs[LOG_VARIANCE] = (latent.size,)
    return rewriting.finish(IMAGE, (channels, height, width), outputs)


def stored_decoder(
    rewriting: Rewriting,
    image_shape: tuple[int, int, int],
    layout: str,
    values: Range,
    latent: Latent,
    *,
    clipped: bool = True,
) -> bytes:
    """Rewrite a decoder to the stored form.

    Parameters
    ----------
    rewriting : Rewriting
        Of its graph, with nothing added yet.
    image_shape : (int, int, int)
        Height, width, channels.
    layout : str
        A name in `LAYOUTS`: how it gives images.
    values : Range
        What it gives for black and white.
    latent : Latent
        How it takes the latent.
    clipped : bool
        Whether values are cut to [0, 1]; to look at what it gives, they can be left as they are.

    Returns
    -------
    bytes
        Of an ONNX file.
    """
    height, width, channels = image_shape
    name = rewriting.reshape(LATENT, latent.shape) if len(latent.shape) != 1 else LATENT
    (found,) = rewriting.embed(name).values()
    name = rewriting.float32(found)
    if LAYOUTS[layout].last:
        name = rewriting.reshape(name, (height, width, channels))
        name = rewriting.add("Transpose", [name], perm=[0, 3, 1, 2])
    elif layout != "nchw":
        name = rewriting.reshape(name, (channels, height, width))
    if values.logits:
        name = rewriting.add("Sigmoid", [name])
    name = rewriting.affine(name, 1 / values.scale, -values.shift / values.scale)
    if not clipped:
        rewriting.add("Identity", [name], IMAGE)
        return rewriting.finish(LATENT, (latent.size,), {IMAGE: (channels, height, width)})
    ends = [rewriting.constant(np.array(end, np.float32)) for end in (0, 1)]
    # The smallest of nothing but one and the largest: `Clip` has changed its form, these never.
    rewriting.add("Min", [rewriting.add("Max", [name, ends[0]]), ends[1]], IMAGE)
    return rewriting.finish(LATENT, (latent.size,), {IMAGE: (channels, height, width)})
