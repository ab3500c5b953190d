"""Layers of vectors, activations, and what changes the shape alone, recognized in a graph."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import onnx

from latentlab.graphs.chaining import Chaining, attributes
from latentlab.graphs.reading import Array
from latentlab.models import layers as described
from latentlab.models.layers import Layer


def _nothing(chain: Chaining) -> bool:
    if any(chain.takes(op) for op in ("Identity", "Cast", "Dropout")):
        return chain.go(1)
    return False


def _layer_norm(chain: Chaining) -> bool:
    node = chain.takes("LayerNormalization")
    if node is None or len(chain.shape) != 1 or attributes(node).get("axis", -1) not in (-1, 1):
        return False
    n = chain.shape[0]
    weight, bias = chain.constant(node, 1), chain.constant(node, 2)
    if weight is None:
        return False
    return chain.finish(
        described.GroupNorm(1, n, attributes(node).get("epsilon", 1e-5)),
        weight=np.asarray(weight, np.float32),
        bias=np.zeros(n, np.float32) if bias is None else np.asarray(bias, np.float32),
    )


def _shape_only(chain: Chaining) -> bool:
    """Follow what changes the shape alone."""
    node = next(
        (n for op in ("Reshape", "Flatten", "Squeeze", "Unsqueeze") if (n := chain.takes(op))), None
    )
    if node is None or node.input[0] != chain.current:
        return False
    before, after = chain.shape, chain.plan.shapes[node.output[0]][1:]
    if before != after:
        if len(before) == 3:
            last = chain.is_last
            chain.add(described.FlattenLast() if last else described.Flatten())
            chain.is_last = False
        if len(after) == 3:
            following = chain.takes("Transpose", 1, node.output[0])
            chain.is_last = following is not None and _turns_first(following)
            sides = (after[0], after[1], after[2])
            chain.add(
                described.UnflattenLast(sides) if chain.is_last else described.Unflatten(sides)
            )
    return chain.go(1)


def _turns_first(node: onnx.NodeProto) -> bool:
    return list(attributes(node).get("perm", ())) == [0, 3, 1, 2]


def _transpose(chain: Chaining) -> bool:
    node = chain.takes("Transpose")
    if node is None:
        return False
    if chain.is_last and _turns_first(node):
        chain.is_last = False
    elif chain.is_image and list(attributes(node).get("perm", ())) == [0, 2, 3, 1]:
        chain.is_last = True
    else:
        return False
    return chain.go(1)


def _linear(chain: Chaining) -> bool:
    if len(chain.shape) != 1:
        return False
    node, n_steps, bias = chain.takes("MatMul"), 1, None
    if node is not None and node.input[0] == chain.current:
        weight = chain.constant(node, 1)
        if weight is None or weight.ndim != 2:
            return False
        matrix = weight.T
        following = chain.takes("Add", 1, node.output[0])
        bias = None if following is None else chain.other(following, node.output[0])
        n_steps += bias is not None
    else:
        node = chain.takes("Gemm")
        weight = None if node is None else chain.constant(node, 1)
        if node is None or weight is None or node.input[0] != chain.current:
            return False
        asked = attributes(node)
        if asked.get("alpha", 1) != 1 or asked.get("beta", 1) != 1 or asked.get("transA", 0):
            return False
        matrix, bias = weight if asked.get("transB") else weight.T, chain.constant(node, 2)
    n_out, n_in = matrix.shape
    shift = np.zeros(n_out, np.float32) if bias is None else np.asarray(bias, np.float32)
    return chain.finish(
        described.Linear(n_in, n_out),
        n_steps,
        weight=matrix,
        bias=np.ascontiguousarray(np.broadcast_to(shift.reshape(-1), n_out)),
    )


def _silu(chain: Chaining) -> bool:
    node = chain.takes("Sigmoid")
    following = node and chain.takes("Mul", 1, node.output[0])
    if not following or chain.current not in following.input:
        return False
    return chain.finish(described.SiLU(), 2)


def _gelu(chain: Chaining) -> bool:
    """Recognize GELU: one operator, or x / sqrt 2, erf, + 1, times x, times a half."""
    if (node := chain.takes("Gelu")) and attributes(node).get("approximate", "none") == "none":
        return chain.finish(described.GELU())
    first = chain.takes("Div")
    divisor = None if first is None else chain.other(first)
    if first is None or divisor is None or not np.allclose(divisor, math.sqrt(2)):
        return False
    given = first.output[0]
    for ahead, (op, value) in enumerate((("Erf", None), ("Add", 1.0), ("Mul", None), ("Mul", 0.5))):
        node = chain.takes(op, ahead + 1, given)
        other = None if node is None or value is None else chain.other(node, given)
        if node is None or (value is not None and (other is None or not np.allclose(other, value))):
            return False
        if ahead == 2 and chain.current not in node.input:
            return False
        given = node.output[0]
    return chain.finish(described.GELU(), 5)


def _activation(chain: Chaining) -> bool:
    node = chain.step()
    if node is None or node.input[0] != chain.current:
        return False
    asked = attributes(node)
    layer: Layer | None = None
    match node.op_type:
        case "Relu":
            layer = described.ReLU()
        case "LeakyRelu":
            layer = described.LeakyReLU(float(asked.get("alpha", 0.01)))
        case "Elu":
            layer = described.ELU(float(asked.get("alpha", 1.0)))
        case "Sigmoid":
            layer = described.Sigmoid()
        case "Tanh":
            layer = described.Tanh()
        case "Softplus":
            layer = described.Softplus()
    return layer is not None and chain.finish(layer)


def _ends(chain: Chaining) -> bool:
    """Recognize what keeps values between two ends; after a sigmoid nothing lies beyond [0, 1]."""
    node = chain.step()
    if node is None or chain.current not in node.input:
        return False
    low, high, n_steps = -math.inf, math.inf, 1
    if node.op_type == "Clip":
        asked = attributes(node)
        ends = [chain.constant(node, place) for place in (1, 2)]
        low = float(asked.get("min", low) if ends[0] is None else ends[0])
        high = float(asked.get("max", high) if ends[1] is None else ends[1])
    elif node.op_type == "Max" and (end := chain.other(node)) is not None and end.size == 1:
        low = float(end.reshape(()))
        following = chain.takes("Min", 1, node.output[0])
        other = None if following is None else chain.other(following, node.output[0])
        if other is not None and other.size == 1:
            high, n_steps = float(other.reshape(())), 2
    if not (math.isfinite(low) and math.isfinite(high)):
        return False
    if low <= 0 and high >= 1 and chain.layers and isinstance(chain.layers[-1], described.Sigmoid):
        return chain.go(n_steps)
    return chain.finish(described.Hardtanh(low, high), n_steps)


def _residual(chain: Chaining) -> bool:
    """Recognize the end of a residual block."""
    node = chain.takes("Add")
    kept = None if node is None else [n for n in node.input if n in chain.slots]
    if not kept or kept == [chain.current] or chain.is_last:
        return False
    return chain.finish(described.Add(chain.slots[kept[0]]))


def _affine(chain: Chaining) -> bool:
    """Recognize what multiplies and adds by channel."""
    node = chain.step()
    if node is None or node.op_type not in ("Add", "Sub", "Mul", "Div"):
        return False
    other = chain.other(node) if chain.current in node.input else None
    if other is None or (node.input[0] != chain.current and node.op_type in ("Sub", "Div")):
        return False
    n = chain.channels
    values = _by_channel(chain, np.asarray(other, np.float64))
    if values is None:
        return False
    one, zero = np.ones(n), np.zeros(n)
    scale, shift = {
        "Add": (one, values),
        "Sub": (one, -values),
        "Mul": (values, zero),
        "Div": (1 / np.where(values == 0, np.nan, values), zero),
    }[node.op_type]
    return chain.finish(described.Affine(n), weight=scale, bias=shift)


def _by_channel(chain: Chaining, values: npt.NDArray[np.float64]) -> Array | None:
    """Return one value for each channel, where that is what a constant has."""
    n, shape = chain.channels, values.shape
    if values.size == 1:
        return np.full(n, float(values.reshape(())))
    axis = -1 if chain.is_last or len(chain.shape) == 1 else -3
    fits = values.size == n and len(shape) >= -axis and shape[axis] == n
    return values.reshape(-1) if fits else None


def _batch_norm(chain: Chaining) -> bool:
    node = chain.takes("BatchNormalization")
    if node is None or chain.is_last:
        return False
    names = ("weight", "bias", "running_mean", "running_var")
    found = {name: chain.constant(node, place) for place, name in enumerate(names, start=1)}
    if any(array is None for array in found.values()):
        return False
    kind = described.BatchNorm2d if chain.is_image else described.BatchNorm1d
    layer = kind(chain.channels, float(attributes(node).get("epsilon", 1e-5)))
    chain.add(layer, **{k: np.asarray(v, np.float32) for k, v in found.items()})
    return chain.go(1)


READERS = (
    _nothing,
    _layer_norm,
    _silu,
    _gelu,
    _activation,
    _shape_only,
    _transpose,
    _linear,
    _ends,
    _residual,
    _affine,
    _batch_norm,
)
