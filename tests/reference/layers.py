"""Fields over a plane, in numpy: the reference that the browser's layers are compared with.

The table of Explore's layers itself is in the front end; nothing in the product imports this one.
Every layer takes a codec, a plane, ticks (w,) and (h,) along both axes in latent units and the
latent index, and returns one number per place: float32, shape (h, w), row i at ys[i]; NaN where the
layer has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from reference.density import Density

from latentlab.analysis import Codec, Latents
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.planes import Plane

if TYPE_CHECKING:
    from latentlab.checkpoints import LatentIndex

Field = NDArray[np.float32]
Ticks = NDArray[np.float32]
Compute = Callable[[Codec, Plane, Ticks, Ticks, "LatentIndex"], Field]

NO_DATA_BELOW = 0.01
"""Density (relative to that around a typical image) below which there is nothing to average."""

_BATCH_FLOATS = 4_000_000  # pixels decoded at once: 16 MB
_STEP = 0.01  # of the spread of the latents: far above float32 noise, far below any structure


def density(codec: Codec, plane: Plane, xs: Ticks, ys: Ticks, index: LatentIndex) -> Field:
    """Measure how many stored latents are around each place, see `Density`."""
    return Density(index.latents).on_plane(plane, xs, ys)


def distance(codec: Codec, plane: Plane, xs: Ticks, ys: Ticks, index: LatentIndex) -> Field:
    """Measure how far each place is from the nearest training latent: the fog.

    Compare with ``index.nearest_train_distance`` (`neighbors.percentile`) to say how unusual.
    Where no training image is stored, all stored latents count.
    """
    train = index.latents[index.splits == 0]
    known = ExactIndex(train if len(train) else index.latents)
    return known.nearest(plane.grid(xs, ys), 1).distances.reshape(len(ys), len(xs))


def reconstruction_error(
    codec: Codec, plane: Plane, xs: Ticks, ys: Ticks, index: LatentIndex
) -> Field:
    """Average the reconstruction error of the images around each place, weighted by nearness.

    The weights are the kernel of `Density` (Nadaraya 1964, Watson 1964). NaN where the density is
    below `NO_DATA_BELOW`.
    """
    crowd, mean = Density(index.latents).weighted_on_plane(
        plane, xs, ys, index.reconstruction_error
    )
    return np.asarray(np.where(crowd < NO_DATA_BELOW, np.nan, mean), dtype=np.float32)


def reencoding_distance(
    codec: Codec, plane: Plane, xs: Ticks, ys: Ticks, index: LatentIndex
) -> Field:
    """Decode each place, encode the image again, and measure how far it lands: |E(D(z)) - z|."""
    latents = plane.grid(xs, ys)
    back = np.concatenate(
        [codec.encode(codec.decode(batch)) - batch for batch in _batches(codec, latents)]
    )
    lengths = np.linalg.norm(back, axis=1).reshape(len(ys), len(xs))
    return np.asarray(lengths, dtype=np.float32)


def local_sensitivity(
    codec: Codec, plane: Plane, xs: Ticks, ys: Ticks, index: LatentIndex
) -> Field:
    """Measure how fast the image changes at each place, in the direction where it is fastest.

    This is the largest singular value of the decoder's Jacobian along the plane's two axes, by
    central differences: J u = (D(z + h u) - D(z - h u)) / 2h with h 1 % of the latents' spread.
    With the Gram matrix [[p, r], [r, q]] of J u and J v it is
    sqrt((p + q) / 2 + sqrt(((p - q) / 2)^2 + r^2)). Its ridges are where one thing turns into
    another.

    References
    ----------
    Arvanitidis, Hansen and Hauberg 2018, "Latent space oddity" (they draw the area instead, the
    square root of the determinant).
    """
    latents = plane.grid(xs, ys)
    spread = float(np.sqrt(index.latents.var(axis=0).max()))
    step = np.float32(_STEP * (spread if spread > 0 else 1.0))
    parts = [_sensitivity_at(codec, plane, batch, step) for batch in _batches(codec, latents)]
    return np.concatenate(parts).reshape(len(ys), len(xs))


def _sensitivity_at(codec: Codec, plane: Plane, latents: Latents, step: np.float32) -> Field:
    along = []
    for axis in plane.axes:
        ahead, behind = codec.decode(latents + step * axis), codec.decode(latents - step * axis)
        along.append((ahead - behind).reshape(len(latents), -1) / (2 * step))
    p, q, r = (
        np.einsum("ij,ij->i", along[i], along[j], dtype=np.float64)
        for i, j in ((0, 0), (1, 1), (0, 1))
    )
    return np.asarray(np.sqrt((p + q) / 2 + np.hypot((p - q) / 2, r)), dtype=np.float32)


def _batches(codec: Codec, latents: Latents) -> list[Latents]:
    size = max(1, _BATCH_FLOATS // int(np.prod(codec.image_shape)))
    return [latents[start : start + size] for start in range(0, len(latents), size)]


LAYERS: dict[str, Compute] = {
    "density": density,
    "distance": distance,
    "reconstruction_error": reconstruction_error,
    "reencoding_distance": reencoding_distance,
    "local_sensitivity": local_sensitivity,
}
