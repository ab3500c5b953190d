"""What the canvas is told of a checkpoint, as messages for the browser.

The first message is enough for the first picture; the encoder, the linear baseline and the original
images follow in messages of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from latentlab.analysis.kernel_density import rounded, scott_bandwidth, typical_density
from latentlab.analysis.support import Support
from latentlab.checkpoints import Checkpoint, FullIndex, LatentIndex
from latentlab.checkpoints.manifest import FULL
from latentlab.export.message import pack
from latentlab.figures import theme
from latentlab.images import Pixels, mosaic, png
from latentlab.ui.shell import families
from latentlab.ui.shell.pictures import reduced
from latentlab.wording import glossary, words

if TYPE_CHECKING:
    from latentlab.export.browser import Networks

COLUMNS = 100
# Of the glossary: what the canvas shows as a heading, a control or the name of a figure.
TERMS = (
    "Active dimension",
    "Chance level",
    "Cross-fade",
    "Density",
    "Distance from the slice",
    "Equal-probability spacing",
    "Extrapolation",
    "Latent",
    "Local sensitivity",
    "Cosine similarity",
    "KL divergence",
    "Latent arithmetic",
    "PCA",
    "Posterior",
    "Prior",
    "Re-encoding",
    "Rotation of the axes",
    "Re-encoding distance",
    "Reconstruction error",
    "Slerp",
    "Slice",
    "Support (near, far)",
    "Traversal",
)
# `steps` says in another way what `epochs` and `batch_size` say.
_NOT_RECIPE = {"seed", "steps", "projections", "map_variants", "index_size", "timeline_mb"}
MOST_BYTES = 16 * 2**20  # of all latents: a million images of 16 dimensions
LARGEST_TILE = 32  # pixels; web/explore/thumbs.ts reduces what it decodes in the same way


def network(
    checkpoint: Checkpoint,
    index: LatentIndex,
    networks: Networks | None,
    support: Support,
    *,
    others: Sequence[Checkpoint],
    reencoders: Sequence[Checkpoint],
    originals: bool,
) -> bytes:
    """Pack what the map and the pointer need: the decoder and where the images landed.

    Parameters
    ----------
    checkpoint : Checkpoint
    index : LatentIndex
    networks : Networks or None
        The decoder is sent; where the browser cannot run it, the canvas asks the server.
    support : Support
        Says which distances are far.
    others : sequence of Checkpoint
        Trained on the same images; offered for comparison.
    reencoders : sequence of Checkpoint
        Of the same images and with a latent, whatever their task; offered for re-encoding.
    originals : bool
        Whether the images themselves will follow.

    Returns
    -------
    bytes
        For ``web/latent/space.ts``.
    """
    decoder = networks.decoder if networks else None
    header = {
        **_described(checkpoint),
        "id": f"network {checkpoint.fingerprint}",
        "class_names": list(checkpoint.manifest.class_names),
        "looks": {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)},
        "others": [_described(other) for other in others],
        "reencoders": [_described(other) for other in reencoders],
        "originals": originals,
        "sample_of": _sample_of(checkpoint),
        "meanings": glossary.meanings(*TERMS),
        "decoder": decoder.header() if decoder else None,
        "far": support.far_distance,
        "usual": support.percentiles.tolist(),
    }
    arrays: dict[str, Any] = {
        "latents": index.latents,
        "labels": index.labels,
        "splits": index.splits,
        "numbers": index.numbers,
        "errors": index.reconstruction_error,
    }
    if index.stds is not None:
        arrays["stds"] = index.stds
    if decoder:
        arrays["weights"] = decoder.weights
    return pack(header, arrays)


def extras(checkpoint: Checkpoint, index: LatentIndex, networks: Networks | None) -> bytes:
    """Pack what the round trip and the linear baseline need: encoder and PCA."""
    encoder = networks.encoder if networks else None
    arrays: dict[str, Any] = {
        "mean": index.pca.mean,
        "components": index.pca.components,
        "latents": index.pca.latents,
    }
    if encoder:
        arrays["encoder_weights"] = encoder.weights
    header = {
        "id": f"extras {checkpoint.fingerprint}",
        "encoder": encoder.header() if encoder else None,
    }
    return pack(header, arrays)


def everything(checkpoint: Checkpoint, index: LatentIndex, full: FullIndex) -> bytes:
    """Pack the latents of all images, so that the density is theirs and not the sample's.

    Parameters
    ----------
    checkpoint : Checkpoint
    index : LatentIndex
        The sample.
    full : FullIndex
        If there are more than `MOST_BYTES` have room for, a random part of them is taken.

    Returns
    -------
    bytes
        For ``web/latent/plane_density.ts``.
    """
    latents, n = full.latents, len(index)
    most = max(n, MOST_BYTES // latents.shape[1])
    if len(latents) > most:
        others = np.random.default_rng(0).choice(len(latents) - n, most - n, replace=False)
        latents = np.concatenate([latents[:n], latents[n + np.sort(others)]])
    # The sample's, so that the density is as smooth before all have arrived as after; that of all,
    # for a million in two dimensions, would be no more than two steps of a byte.
    bandwidth = scott_bandwidth(index.latents)
    found = rounded(latents)
    header = {
        "id": f"all {checkpoint.fingerprint}",
        "n": len(latents),
        "bandwidth": bandwidth,
        "typical": typical_density(latents, n, bandwidth),
    }
    return pack(header, {"low": found.low, "step": found.step, "steps": found.steps})


def reencoder(checkpoint: Checkpoint, networks: Networks | None) -> bytes:
    """Pack both halves of a network; neither where the browser cannot run it."""
    header = {**_described(checkpoint), "id": f"reencoder {checkpoint.fingerprint}"}
    if networks is None or networks.encoder is None or networks.decoder is None:
        return pack({**header, "encoder": None, "decoder": None}, {})
    halves = {"encoder": networks.encoder, "decoder": networks.decoder}
    specs = {name: half.header() for name, half in halves.items()}
    weights = {f"{name}_weights": half.weights for name, half in halves.items()}
    return pack({**header, **specs}, weights)


def originals(checkpoint: Checkpoint, pixels: Pixels) -> bytes:
    """Pack the indexed images as one PNG, in rows of a hundred.

    Parameters
    ----------
    checkpoint : Checkpoint
    pixels : uint8 (n, h, w, c)
        Larger images than 32 pixels a side are reduced by a whole factor.

    Returns
    -------
    bytes
        As ``export.message`` packs it.
    """
    picture = png(mosaic(reduced(pixels, LARGEST_TILE), COLUMNS))
    header = {"id": f"originals {checkpoint.fingerprint}"}
    return pack(header, {"png": np.frombuffer(picture, dtype=np.uint8)})


def answer(checkpoint: Checkpoint, asked: str, images: Pixels) -> bytes:
    """Pack images that the server decoded because the browser cannot.

    Parameters
    ----------
    checkpoint : Checkpoint
    asked : str
        The question's own name.
    images : uint8 (n, h, w, c)

    Returns
    -------
    bytes
        As ``export.message`` packs it.
    """
    header = {"id": f"answer {checkpoint.fingerprint}", "answer": asked, "rows": len(images)}
    return pack(header, {"images": images})


def address(checkpoint: Checkpoint, values: dict[str, str]) -> bytes:
    """Pack what the address said before the visitor left the page."""
    return pack({"id": f"address {checkpoint.fingerprint}", "values": values}, {})


def _sample_of(checkpoint: Checkpoint) -> int | None:
    """Say of how many images the latent index is a sample; None where it holds all of them."""
    spec = checkpoint.manifest.tensors.get(f"{FULL}/latents")
    return spec.shape[0] if spec else None


def _described(checkpoint: Checkpoint) -> dict[str, Any]:
    manifest, family = checkpoint.manifest, families.of(checkpoint)
    return {
        "name": checkpoint.name,
        "fingerprint": checkpoint.fingerprint,
        "line": words.line(checkpoint),
        "short": ", ".join(words.line(checkpoint).split(", ")[:2]),
        "model": manifest.config.model,
        "beta": manifest.config.beta,
        "latent_dim": manifest.config.latent_dim,
        "image": list(manifest.image_shape),
        "task": manifest.config.task,
        "seed": manifest.config.seed,
        "recipe": _recipe(checkpoint),
        "family": family.name if family else None,
    }


def _recipe(checkpoint: Checkpoint) -> str:
    """Return all that was asked for but the seed, and what changes nothing in the network."""
    return checkpoint.manifest.config.model_dump_json(exclude=_NOT_RECIPE)
