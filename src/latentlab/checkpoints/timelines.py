"""The timeline of a checkpoint: what latents and decoder were at stages of the training.

Decoder weights are stored packed, all stages of one tensor together: ``weights/<name>`` with a
first axis for the stage, and ``scale/<name>`` where they are bytes. In a checkpoint the bytes are
compressed (`packing.pack_stages`): ``weights/<name>`` is then one row of uint8, and the scale is
the same at all stages. An earlier version stored ``<stage>/<name>`` in half precision; it is read
as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints.casting import Floats, Integers, floats, integers
from latentlab.checkpoints.manifest import TensorSpec, damaged
from latentlab.checkpoints.packing import Packed, pack_stages, unpack_stages

DECODER = "weights.safetensors/decoder."


@dataclass(frozen=True)
class Timeline:
    """Stages of training, most of them in the first epoch, log-spaced.

    Attributes
    ----------
    steps : int32 (n_stages,)
        The last is the one whose weights the checkpoint has.
    latents : float32 (n_stages, n_probe, latent_dim)
        Of the first ``n_probe`` rows of the index.
    weight_steps : int32 (n_weight_stages,)
        The steps at which decoder weights were kept; fewer than ``steps`` when room was short.
    weights : list of dict of str to Packed
        Decoder weights of each of these stages.
    """

    steps: Integers
    latents: Floats
    weight_steps: Integers
    weights: list[dict[str, Packed]]

    def decoder(self, stage: int) -> dict[str, Floats]:
        """Return the decoder weights of a stage (a row of ``weight_steps``), as float32.

        Parameters
        ----------
        stage : int

        Returns
        -------
        dict of str to float32 array
            By the names of the network's tensors.
        """
        return {name: packed.unpack() for name, packed in self.weights[stage].items()}


def timeline_tensors(timeline: Timeline) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays of a timeline as a run that goes on stores them: exactly as they are."""
    tensors: dict[str, npt.NDArray[Any]] = {
        "steps": timeline.steps,
        "latents": timeline.latents.astype(np.float16),
        "weight_steps": timeline.weight_steps,
    }
    for name in timeline.weights[0] if timeline.weights else ():
        stages = [weights[name] for weights in timeline.weights]
        tensors[f"weights/{name}"] = np.stack([packed.values for packed in stages])
        scales = [packed.scale for packed in stages if packed.scale is not None]
        if scales:
            tensors[f"scale/{name}"] = np.stack(scales)
    return {name: np.ascontiguousarray(array) for name, array in tensors.items()}


def compressed_tensors(timeline: Timeline) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays of a timeline as a checkpoint stores them, in a third of the room.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    dict of str to array
        Weights are a little coarser in early stages; see `pack_stages`.
    """
    tensors = timeline_tensors(timeline)
    for name, packed in timeline.weights[0].items() if timeline.weights else ():
        if packed.scale is not None:
            stages = [weights[name] for weights in timeline.weights]
            tensors[f"weights/{name}"], tensors[f"scale/{name}"] = pack_stages(stages)
    return tensors


def timeline_from(
    tensors: Mapping[str, npt.NDArray[Any]], decoder: Mapping[str, tuple[int, ...]], name: str
) -> Timeline:
    """Put a timeline together from stored tensors, and prove that they belong together.

    Parameters
    ----------
    tensors : mapping of str to array
        Axes and types of those that are no weights are proven (see `schema`).
    decoder : mapping of str to shape
        The network's decoder weights.
    name : str
        Of the checkpoint, for the sentence.

    Returns
    -------
    Timeline

    Raises
    ------
    CheckpointError
        If an array is missing, surplus, or of another shape than the network's.
    """
    steps, weight_steps = integers(tensors["steps"]), integers(tensors["weight_steps"])
    if any((np.diff(each) <= 0).any() for each in (steps, weight_steps)):
        raise damaged(name, "the stages of training are in no order")
    n_stages = len(weight_steps)
    stacked = _earlier(tensors, n_stages) or {k: v for k, v in tensors.items() if "/" in k}
    packed = {
        key: _whole(stacked.get(f"weights/{key}"), stacked.get(f"scale/{key}"), (n_stages, *shape))
        for key, shape in decoder.items()
    }
    n_known = sum(array is not None for pair in packed.values() for array in pair)
    if n_known != len(stacked) or not all(
        _fits(*packed[key], (n_stages, *shape)) for key, shape in decoder.items() if n_stages
    ):
        raise damaged(name, "the stages of training do not fit the network")
    return Timeline(
        steps=steps,
        latents=floats(tensors["latents"]),
        weight_steps=weight_steps,
        weights=[
            {
                key: Packed(values[stage], None if scale is None else scale[stage])
                for key, (values, scale) in packed.items()
                if values is not None
            }
            for stage in range(n_stages)
        ],
    )


def decoder_shapes(specs: Mapping[str, TensorSpec]) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network's decoder weights by name, from its manifest.

    Parameters
    ----------
    specs : mapping of str to TensorSpec
        Of all files.

    Returns
    -------
    dict of str to tuple of int
        Empty for a network without one.
    """
    return {k.removeprefix(DECODER): s.shape for k, s in specs.items() if k.startswith(DECODER)}


def _whole(
    values: npt.NDArray[Any] | None, scale: npt.NDArray[Any] | None, shape: tuple[int, ...]
) -> tuple[npt.NDArray[Any] | None, npt.NDArray[Any] | None]:
    """Unpack what is compressed; anything else stays."""
    if values is None or scale is None or values.dtype != np.uint8:
        return values, scale
    stages = unpack_stages(values, shape)
    if stages is None or scale.ndim != 1:
        return values, scale  # which fits nothing
    return stages, np.broadcast_to(scale, (len(stages), len(scale)))


def _fits(
    values: npt.NDArray[Any] | None, scale: npt.NDArray[Any] | None, shape: tuple[int, ...]
) -> bool:
    if values is None or values.shape != shape:
        return False
    if scale is None:
        return values.dtype.kind == "f"
    return values.dtype == np.int8 and scale.dtype.kind == "f" and scale.shape == shape[:2]


def _earlier(
    tensors: Mapping[str, npt.NDArray[Any]], n_stages: int
) -> dict[str, npt.NDArray[Any]] | None:
    """Stack the stages of a timeline as an earlier version stored it; None for a newer one."""
    names = [key.partition("/")[2] for key in tensors if key.startswith("0/")]
    keys = {f"{stage}/{name}" for name in names for stage in range(n_stages)}
    if not names or keys != {key for key in tensors if "/" in key}:
        return None
    arrays = {name: [tensors[f"{stage}/{name}"] for stage in range(n_stages)] for name in names}
    if any(len({a.shape for a in stages}) > 1 for stages in arrays.values()):
        return None
    return {f"weights/{name}": np.stack(stages) for name, stages in arrays.items()}
