"""Classical ways to fill what is lost, and to take a half-transparent mark off again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.images import Images
from latentlab.tasks import LOST, Degraded
from latentlab.tasks.stamping import SHADES

Floats = npt.NDArray[np.float32]

# Opacities that unblending tries: the steps of the control.
OPACITIES = np.linspace(0.05, 1, 20, dtype=np.float32)
# Below this share of the picture shining through, nothing can be divided by.
FAINT = 0.04


def biharmonic(degraded: Degraded) -> Images:
    """Inpaint by the biharmonic equation (scikit-image's ``inpaint_biharmonic``).

    Parameters
    ----------
    degraded : Degraded
        With masks; the filter is given the mask, a network is not. Without: nothing is filled.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    from skimage.restoration import inpaint_biharmonic

    def one(image: Images, lost: npt.NDArray[np.bool_]) -> Images:
        return np.asarray(inpaint_biharmonic(image, lost, channel_axis=-1), np.float32)

    return _filled(degraded, one)


def harmonic(degraded: Degraded) -> Images:
    """Inpaint by the harmonic (Laplace) equation; see `biharmonic`.

    Parameters
    ----------
    degraded : Degraded
        With masks. Without: nothing is filled.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    return _filled(degraded, _harmonic)


def unblend(degraded: Degraded) -> Images:
    """Take a mark off whose place is known, with the opacity and shade that leave least variation.

    A mark of opacity a and shade s turns x into (1 - m a) x + m a s where the mask is m. For every
    opacity in steps of 5 % and every shade that marks have, x is worked out; that with the least
    total variation is taken for the picture.

    Parameters
    ----------
    degraded : Degraded
        With masks.

    Returns
    -------
    float32 (n, h, w, c)
    """
    if degraded.masks is None:
        return degraded.images
    return np.stack(
        [
            _unblended(image, mask)
            for image, mask in zip(degraded.images, degraded.masks, strict=True)
        ]
    )


def _unblended(image: Images, mask: Floats) -> Images:
    covered = mask[None] * OPACITIES[:, None, None, None]
    through = np.maximum(1 - covered, FAINT)
    tried = np.concatenate([(image - shade * covered) / through for shade in SHADES])
    # A shade that was not there leads out of the range of pixels: that counts as variation too.
    cut = np.clip(tried, 0, 1)
    outside = np.abs(tried - cut).sum(axis=(1, 2, 3))
    steps = (np.abs(np.diff(cut, axis=axis)).sum(axis=(1, 2, 3)) for axis in (1, 2))
    best: Images = cut[np.argmin(sum(steps) + outside)]
    return best


def _filled(degraded: Degraded, fill: Any) -> Images:
    if degraded.masks is None:
        return degraded.images
    found = np.array(degraded.images)
    for image, mask in zip(found, degraded.masks, strict=True):
        lost = mask[..., 0] > LOST
        if lost.any() and not lost.all():
            image[lost] = np.clip(fill(image, lost), 0, 1)[lost]
    return found


def _harmonic(image: Images, lost: npt.NDArray[np.bool_]) -> Images:
    from scipy.sparse.linalg import spsolve

    unknown = lost.ravel()
    rows = _laplace(*lost.shape)[unknown]
    result = image.reshape(-1, image.shape[-1]).copy()
    right = -(rows[:, ~unknown] @ result[~unknown])
    result[unknown] = spsolve(rows[:, unknown].tocsc(), right).reshape(-1, image.shape[-1])
    return result.reshape(image.shape)


@lru_cache(maxsize=8)
def _laplace(height: int, width: int) -> Any:
    """Return the Laplacian of a grid whose border reflects: sparse (h * w, h * w)."""
    from scipy import sparse

    def line(n: int) -> Any:
        middle = np.full(n, 2.0)
        middle[[0, -1]] = 1.0 if n > 1 else 0.0
        beside = -np.ones(n - 1)
        return sparse.diags([beside, middle, beside], [-1, 0, 1])

    return sparse.csr_array(
        sparse.kron(line(height), sparse.eye(width)) + sparse.kron(sparse.eye(height), line(width))
    )
