"""The latent index as one NumPy file, for a notebook."""

from __future__ import annotations

import io

import numpy as np

from latentlab.checkpoints import LatentIndex


def npz(index: LatentIndex, class_names: tuple[str, ...]) -> bytes:
    """Return everything known of the indexed images as a compressed ``.npz``.

    Parameters
    ----------
    index : LatentIndex
    class_names : tuple of str
        What the labels mean.

    Returns
    -------
    bytes
        Read it with ``numpy.load(path)``: it needs no pickle. ``latents`` (n, z), ``labels``,
        ``splits`` (0 train, 1 validation, 2 test), ``numbers`` (the row of the image in its split),
        ``neighbors`` (n, 9), ``reconstruction_error``, ``nearest_train_distance``, ``class_names``,
        ``stds`` of a VAE, ``map_<projection>`` (n, 2) and ``factor_<name>``.
    """
    arrays: dict[str, np.ndarray] = {
        "latents": index.latents,
        "labels": index.labels,
        "splits": index.splits,
        "numbers": index.numbers,
        "neighbors": index.neighbors,
        "reconstruction_error": index.reconstruction_error,
        "nearest_train_distance": index.nearest_train_distance,
        "class_names": np.array(class_names, dtype=np.str_),
    }
    if index.stds is not None:
        arrays["stds"] = index.stds
    arrays |= {f"map_{name}": places for name, places in index.projections.items()}
    arrays |= {f"factor_{name}": values for name, values in index.factors.items()}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()
