"""A checkpoint's stored stages as the messages that a live training sends.

Those are of ``jobs/stage_files.py``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.analysis.support import FAR
from latentlab.checkpoints import SPLIT_CODES, Checkpoint, Timeline
from latentlab.export.layers import UnsupportedLayerError
from latentlab.export.message import pack
from latentlab.export.stage_decoders import DecoderStages, in_bytes
from latentlab.ui.shell import cache
from latentlab.wording import words

N_SHOWN = 10
_LATENTS = "timeline.safetensors/latents"

Messages = tuple[bytes, tuple[tuple[int, bytes], ...]]


def has_stages(checkpoint: Checkpoint) -> bool:
    """Say whether a checkpoint carries stages of its training, from the manifest alone."""
    spec = checkpoint.manifest.tensors.get(_LATENTS)
    return (
        words.shows_latents(checkpoint)
        and spec is not None
        and len(spec.shape) == 3
        and min(spec.shape) > 0
        and spec.shape[0] > 1
    )


@cache.kept
def messages(checkpoint: Checkpoint) -> Messages:
    """Return the opening and the numbered stages of a checkpoint that has stages.

    The test images are rows of the index, so that the browser decodes their latents itself: unlike
    a live training, a checkpoint does not carry reconstructions of each stage.
    """
    timeline, history = cache.timeline(checkpoint), cache.history(checkpoint)
    decoders = _decoders(checkpoint, timeline)
    stages = []
    for number, step in enumerate(timeline.steps.tolist()):
        past = [entry for entry in history if entry.get("step", 0) <= step]
        values, scale = decoders.get(step, (np.zeros(0, np.uint8), np.zeros(0, np.float32)))
        header = {
            "id": f"stage {checkpoint.name} {number}",
            "number": number,
            "step": step,
            "epoch": _epoch(history, step),
            "seconds": past[-1].get("seconds", 0.0) if past else 0.0,
            "terms": {},
            "history": list(history[0]) if history else [],
        }
        arrays: dict[str, npt.NDArray[Any]] = {
            "latents": timeline.latents[number].astype(np.float16),
            "reconstructions": np.zeros(0, np.uint8),
            "history": _table(history) if number == len(timeline.steps) - 1 else _table([]),
            "weights": values,
            "scale": scale,
        }
        stages.append((number, pack(header, arrays)))
    return _opening(checkpoint, timeline), tuple(stages)


def _opening(checkpoint: Checkpoint, timeline: Timeline) -> bytes:
    manifest, index = checkpoint.manifest, cache.index(checkpoint)
    n_probe = timeline.latents.shape[1]
    splits = index.splits[:n_probe]
    rows = np.flatnonzero(splits == SPLIT_CODES["test"])[:N_SHOWN]
    originals = cache.originals(checkpoint)
    networks = cache.networks(checkpoint)
    header = {
        "id": f"opening {checkpoint.name}",
        "run": checkpoint.name,
        "model": manifest.config.model,
        "beta": manifest.config.beta,
        "latent_dim": manifest.config.latent_dim,
        "image": list(manifest.image_shape),
        "class_names": list(manifest.class_names),
        "n_steps": int(timeline.steps[-1]),
        "n_epochs": len(cache.history(checkpoint)),
        "seconds": manifest.run.seconds,
        "decoder": networks.decoder.header() if networks and networks.decoder else None,
        "far": FAR / 100,
        "rows": rows.tolist(),
    }
    shown = np.zeros(0, np.uint8) if originals is None else originals[rows]
    arrays: dict[str, npt.NDArray[Any]] = {
        "labels": index.labels[:n_probe].astype(np.int32),
        "splits": splits.astype(np.uint8),
        "numbers": index.numbers[:n_probe].astype(np.int32),
        "shown": np.ascontiguousarray(shown),
    }
    return pack(header, arrays)


def _decoders(
    checkpoint: Checkpoint, timeline: Timeline
) -> dict[int, tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]]:
    """Return the decoder's weights by step; of a stage without, the last one has the network's."""
    networks = cache.networks(checkpoint)
    if networks is None or networks.decoder is None:
        return {}
    found = {int(timeline.steps[-1]): in_bytes(networks.decoder.weights)}
    manifest = checkpoint.manifest
    try:
        stages = DecoderStages(manifest.config, manifest.image_shape)
        for row, step in enumerate(timeline.weight_steps.tolist()):
            found[step] = in_bytes(stages.network(timeline.decoder(row)).weights)
    except UnsupportedLayerError:
        return {}
    return found


def _table(history: list[dict[str, float]]) -> npt.NDArray[np.float32]:
    names = list(history[0]) if history else []
    rows = [[entry.get(name, np.nan) for name in names] for entry in history]
    return np.array(rows, np.float32).reshape(len(rows), len(names))


def _epoch(history: list[dict[str, float]], step: int) -> float:
    per_epoch = history[0].get("step", 0) if history else 0
    return step / per_epoch if per_epoch else 0.0
