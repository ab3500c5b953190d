"""A graph as a chain of layers while it is being read: what is there, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from latentlab.errors import LatentlabError
from latentlab.graphs.planning import Plan
from latentlab.graphs.reading import Array, Shape
from latentlab.models import layers as described
from latentlab.models.layers import Layer, Layers

Floats = npt.NDArray[np.float32]


class UnknownLayerError(LatentlabError):
    """A graph does something that the browser cannot."""


Tensors = dict[str, Floats]


@dataclass(frozen=True)
class Chain:
    """A network as a chain of layers.

    Attributes
    ----------
    layers : tuple of Layer
    tensors : tuple of dict of str to float32 array
        The weights of each, by torch's names.
    """

    layers: Layers
    tensors: tuple[Tensors, ...]

    @property
    def weights(self) -> Tensors:
        """All weights, by the number of the layer, a dot, and the name in the layer."""
        return {
            f"{number}.{name}": np.ascontiguousarray(array, np.float32)
            for number, tensors in enumerate(self.tensors)
            for name, array in tensors.items()
        }


Reader = Callable[["Chaining"], bool]
"""Takes the next layer if it is of its kind, and says whether it did."""


@dataclass
class Chaining:
    """What has been read of a graph.

    Attributes
    ----------
    plan : Plan
    current : str
        Name of what has been computed so far.
    at : int
        The step that comes next.
    is_last : bool
        Whether the axis of the channels is the last one, as Keras has it.
    layers, tensors : list
        What was made of it, and the weights of each.
    slots : dict of str to int
        What is kept to be added further on.
    """

    plan: Plan
    current: str
    at: int = 0
    is_last: bool = False
    layers: list[Layer] = field(default_factory=list)
    tensors: list[Tensors] = field(default_factory=list)
    slots: dict[str, int] = field(default_factory=dict)

    def run(self, output: str, readers: Sequence[Reader]) -> None:
        """Let readers take one layer after the other, up to the output.

        Parameters
        ----------
        output : str
            Name of what is to be computed.
        readers : sequence of callable
            Asked in this order.

        Raises
        ------
        UnknownLayerError
            If no reader takes a step, or the steps do not end in the output.
        """
        steps = self.plan.steps
        while self.at < len(steps) and self.current != output:
            self._keep()
            for read in readers:
                if read(self):
                    break
            else:
                raise UnknownLayerError(f"The browser cannot run {steps[self.at].op_type}.")
        if self.current != output:
            raise UnknownLayerError("The network has branches, which the browser cannot run.")

    def _keep(self) -> None:
        """Keep what is there now, where a residual block adds it further on."""
        later = (node for node in self.plan.steps[self.at + 1 :] if node.op_type == "Add")
        is_added = any(self.current in n.input and self.other(n) is None for n in later)
        if is_added and self.current not in self.slots:
            self.slots[self.current] = len(self.slots)
            self.add(described.Keep(self.slots[self.current]))

    # ---- what is there ---------------------------------------------------------------------------

    @property
    def shape(self) -> Shape:
        """Shape of what has been computed so far, without the number of images."""
        return self.plan.shapes[self.current][1:]

    @property
    def is_image(self) -> bool:
        """Whether it is an image with channels first."""
        return len(self.shape) == 3 and not self.is_last

    @property
    def channels(self) -> int:
        """How many channels it has, or numbers where it is a vector."""
        return self.shape[-1] if self.is_last or len(self.shape) == 1 else self.shape[0]

    def step(self, ahead: int = 0) -> onnx.NodeProto | None:
        """Return the next step, or one after it.

        Parameters
        ----------
        ahead : int
            0 for the next one.

        Returns
        -------
        onnx.NodeProto or None
            None behind the last step.
        """
        found = self.at + ahead
        return self.plan.steps[found] if found < len(self.plan.steps) else None

    def takes(self, op: str, ahead: int = 0, given: str | None = None) -> onnx.NodeProto | None:
        """Return a step that does this to what is there, or to `given`; None if it does not.

        Parameters
        ----------
        op : str
            The operator: "Add", say.
        ahead : int
            0 for the next step.
        given : str, optional
            Name of an input; what is there now by default.

        Returns
        -------
        onnx.NodeProto or None
        """
        node = self.step(ahead)
        wanted = self.current if given is None else given
        return node if node is not None and node.op_type == op and wanted in node.input else None

    def constant(self, node: onnx.NodeProto, place: int) -> Array | None:
        """Return a constant input.

        Parameters
        ----------
        node : onnx.NodeProto
        place : int
            Of the input, from 0.

        Returns
        -------
        array or None
            None where it has no such input, or one that depends on the image.
        """
        if place >= len(node.input):
            return None
        return self.plan.constants.get(node.input[place])

    def other(self, node: onnx.NodeProto, given: str | None = None) -> Array | None:
        """Return the constant that a two-sided operator has beside what is there.

        Parameters
        ----------
        node : onnx.NodeProto
        given : str, optional
            The input beside it; what is there now by default.

        Returns
        -------
        array or None
            None where it is no constant.
        """
        wanted = self.current if given is None else given
        names = [name for name in node.input if name != wanted]
        return self.plan.constants.get(names[0]) if len(names) == 1 else None

    # ---- what is made of it ----------------------------------------------------------------------

    def add(self, layer: Layer, **tensors: Floats) -> None:
        """Append a layer and its weights.

        Parameters
        ----------
        layer : Layer
        **tensors : float32 array
            By torch's names, in torch's shapes.
        """
        self.layers.append(layer)
        self.tensors.append(tensors)

    def go(self, n_steps: int) -> bool:
        """Go behind so many steps, the last of which gives what is there now.

        Parameters
        ----------
        n_steps : int
            1 or more.

        Returns
        -------
        bool
            Always True, for a reader to return.
        """
        self.current = self.plan.steps[self.at + n_steps - 1].output[0]
        self.at += n_steps
        return True

    def finish(self, layer: Layer, n_steps: int = 1, **tensors: Floats) -> bool:
        """Append a layer that so many steps make, and go behind them.

        Parameters
        ----------
        layer : Layer
        n_steps : int
            1 or more.
        **tensors : float32 array
            By torch's names, in torch's shapes.

        Returns
        -------
        bool
            Always True, for a reader to return.
        """
        self.add(layer, **tensors)
        return self.go(n_steps)


def attributes(node: onnx.NodeProto) -> dict[str, Any]:
    """Return the attributes of an operator as Python's values.

    Parameters
    ----------
    node : onnx.NodeProto

    Returns
    -------
    dict of str to value
        Numbers, lists of them, tensors, and bytes as text.
    """
    found = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    return {name: v.decode() if isinstance(v, bytes) else v for name, v in found.items()}
