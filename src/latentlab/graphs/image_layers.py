"""Layers of images, recognized in a graph."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx

from latentlab.graphs.chaining import Chaining, attributes
from latentlab.graphs.reading import Array
from latentlab.models import layers as described


def _group_norm(chain: Chaining) -> bool:
    """Recognize GroupNorm as it is written before opset 18, and normalization by channel."""
    if not chain.is_image:
        return False
    before, n_steps = chain.shape, 1
    node = chain.takes("InstanceNormalization")
    groups = chain.channels
    if node is None:
        first = chain.takes("Reshape")
        if first is None:
            return False
        node = chain.takes("InstanceNormalization", 1, first.output[0])
        back = node and chain.takes("Reshape", 2, node.output[0])
        if not node or not back or chain.plan.shapes[back.output[0]][1:] != before:
            return False
        groups, n_steps = chain.plan.shapes[first.output[0]][1], 3
    inner = [chain.constant(node, place) for place in (1, 2)]
    if any(array is None for array in inner):
        return False
    weight, bias = (np.asarray(a, np.float32) for a in inner)
    if n_steps == 3 and not (np.all(weight == 1) and np.all(bias == 0)):
        return False
    n = chain.channels
    if n_steps == 3:
        weight, bias = np.ones(n, np.float32), np.zeros(n, np.float32)
    layer = described.GroupNorm(groups, n, attributes(node).get("epsilon", 1e-5))
    return chain.finish(layer, n_steps, weight=weight, bias=bias)


def _conv(chain: Chaining) -> bool:
    node = chain.takes("Conv")
    weight = None if node is None else chain.constant(node, 1)
    if node is None or weight is None or not chain.is_image or weight.ndim != 4:
        return False
    asked = attributes(node)
    pads = asked.get("pads", [0, 0, 0, 0])
    if asked.get("auto_pad", "NOTSET") not in ("NOTSET", "VALID"):
        return False
    weight = _dense(_spread(weight, asked.get("dilations", [1, 1])), asked.get("group", 1))
    n_out, n_in, *kernel = weight.shape
    padding = (pads[0], pads[1])
    if (pads[2], pads[3]) != padding:
        chain.add(described.ZeroPad2d((pads[1], pads[3], pads[0], pads[2])))
        padding = (0, 0)
    layer = described.Conv2d(
        n_in, n_out, _pair(kernel), _pair(asked.get("strides", [1, 1])), padding
    )
    return chain.finish(layer, weight=weight, bias=_bias(chain, node, n_out))


def _conv_transpose(chain: Chaining) -> bool:
    node = chain.takes("ConvTranspose")
    weight = None if node is None else chain.constant(node, 1)
    if node is None or weight is None or not chain.is_image or weight.ndim != 4:
        return False
    asked = attributes(node)
    pads = asked.get("pads", [0, 0, 0, 0])
    if asked.get("auto_pad", "NOTSET") not in ("NOTSET", "VALID") or "output_shape" in asked:
        return False
    weight = _spread(weight, asked.get("dilations", [1, 1]))
    if groups := asked.get("group", 1) - 1:
        weight = _dense(weight.transpose(1, 0, 2, 3), groups + 1, flipped=True)
    n_in, n_out, *kernel = weight.shape
    # What is cut off at the end less than at the beginning is more output, and the other way round.
    extra = asked.get("output_padding", [0, 0])
    extra = (extra[0] + pads[0] - pads[2], extra[1] + pads[1] - pads[3])
    layer = described.ConvTranspose2d(
        n_in, n_out, _pair(kernel), _pair(asked.get("strides", [1, 1])), (pads[0], pads[1]), extra
    )
    return chain.finish(layer, weight=weight, bias=_bias(chain, node, n_out))


def _pad(chain: Chaining) -> bool:
    """Recognize zeros around an image."""
    node = chain.takes("Pad")
    if node is None or not chain.is_image:
        return False
    asked = attributes(node)
    pads, value = chain.constant(node, 1), chain.constant(node, 2)
    if asked.get("mode", "constant") != "constant" or (value is not None and value.any()):
        return False
    around = list(asked.get("pads", [])) if pads is None else pads.tolist()
    if len(around) != 8 or min(around) < 0 or any(around[axis] for axis in (0, 1, 4, 5)):
        return False
    return chain.finish(described.ZeroPad2d((around[3], around[7], around[2], around[6])))


def _pool(chain: Chaining) -> bool:
    kinds = {"MaxPool": described.MaxPool2d, "AveragePool": described.AvgPool2d}
    node = next((found for op in kinds if (found := chain.takes(op))), None)
    if not chain.is_image:
        return False
    if node is None:
        if chain.takes("GlobalAveragePool") is None:
            return False
        sides = (chain.shape[1], chain.shape[2])
        return chain.finish(described.AvgPool2d(sides, sides))
    asked = attributes(node)
    plain = not any(asked.get("pads", [])) and not asked.get("ceil_mode", 0)
    if not plain or set(asked.get("dilations", [1])) != {1}:
        return False
    if asked.get("auto_pad", "NOTSET") not in ("NOTSET", "VALID"):
        return False
    kernel = _pair(asked["kernel_shape"])
    return chain.finish(kinds[node.op_type](kernel, _pair(asked.get("strides", [1, 1]))))


def _upsample(chain: Chaining) -> bool:
    """Recognize the repetition of pixels by a whole factor, the same both ways."""
    node = chain.takes("Resize") or chain.takes("Upsample")
    if node is None or not chain.is_image or node.input[0] != chain.current:
        return False
    asked = attributes(node)
    before, after = chain.shape, chain.plan.shapes[node.output[0]][1:]
    factor = after[1] // before[1]
    if asked.get("mode", "nearest") != "nearest" or after[0] != before[0] or factor < 1:
        return False
    if after[1:] != (factor * before[1], factor * before[2]):
        return False
    where = asked.get("coordinate_transformation_mode", "half_pixel")
    rounding = asked.get("nearest_mode", "round_prefer_floor")
    if node.op_type == "Resize" and (where, rounding.split("_")[0]) not in REPEATING:
        return False
    return chain.finish(described.Upsample(factor))


REPEATING = {
    ("asymmetric", "floor"),
    ("half_pixel", "round"),
    ("pytorch_half_pixel", "round"),
}


def _pixel_shuffle(chain: Chaining) -> bool:
    node = chain.takes("DepthToSpace")
    if node is None or not chain.is_image or attributes(node).get("mode", "DCR") != "CRD":
        return False
    return chain.finish(described.PixelShuffle(int(attributes(node)["blocksize"])))


def _bias(chain: Chaining, node: onnx.NodeProto, n_out: int) -> Array:
    bias = chain.constant(node, 2)
    return np.zeros(n_out, np.float32) if bias is None else np.asarray(bias, np.float32)


def _spread(weight: Array, dilations: list[int]) -> Array:
    """Write the zeros between the weights of a dilated kernel."""
    if list(dilations) == [1, 1]:
        return weight
    height, width = ((k - 1) * d + 1 for k, d in zip(weight.shape[2:], dilations, strict=True))
    spread = np.zeros((*weight.shape[:2], height, width), np.float32)
    spread[:, :, :: dilations[0], :: dilations[1]] = weight
    return spread


def _dense(weight: Array, groups: int, *, flipped: bool = False) -> Array:
    """Write the zeros of a convolution in groups: (out, in / groups, ...) to (out, in, ...)."""
    if groups == 1:
        return weight
    if flipped:  # of a transposed one: (out / groups, in, ...) to (in, out, ...)
        n_out, n_in = weight.shape[0], weight.shape[1] // groups
        dense = np.zeros((groups * n_in, groups * n_out, *weight.shape[2:]), np.float32)
        for group in range(groups):
            rows = slice(group * n_in, (group + 1) * n_in)
            dense[rows, group * n_out : (group + 1) * n_out] = weight[:, rows].transpose(1, 0, 2, 3)
        return dense
    n_out, n_in = weight.shape[0] // groups, weight.shape[1]
    dense = np.zeros((weight.shape[0], groups * n_in, *weight.shape[2:]), np.float32)
    for group in range(groups):
        rows = slice(group * n_out, (group + 1) * n_out)
        dense[rows, group * n_in : (group + 1) * n_in] = weight[rows]
    return dense


def _pair(values: Any) -> tuple[int, int]:
    return int(values[0]), int(values[1])


READERS = (_group_norm, _conv, _conv_transpose, _pad, _pool, _upsample, _pixel_shuffle)
