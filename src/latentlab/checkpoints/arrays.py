"""The arrays of a checkpoint: what they mean, and how they become tensors in a file and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints.casting import family, floats, integers, small
from latentlab.checkpoints.manifest import TensorSpec, damaged
from latentlab.images import Images

SPLIT_CODES = {"train": 0, "validation": 1, "test": 2}

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class ImagePCA:
    """Principal components of the training images: the honest baseline of the same size.

    Attributes
    ----------
    mean : float32 (n_pixels,)
    components : float32 (latent_dim, n_pixels)
        Orthonormal rows.
    latents : float32 (n, latent_dim)
        The indexed images in these components.
    """

    mean: Floats
    components: Floats
    latents: Floats

    def coordinates(self, images: Images) -> Floats:
        """Express images in these components.

        Parameters
        ----------
        images : float32 (n, h, w, c), 0 to 1

        Returns
        -------
        float32 (n, latent_dim)
        """
        flat = images.reshape(len(images), -1)
        return np.asarray((flat - self.mean) @ self.components.T, np.float32)


@dataclass(frozen=True)
class MapInverse:
    """An estimate of the latent at a place of a map that has no inverse (see `analysis.inverse`).

    Attributes
    ----------
    centers : float32 (n_centers, 2)
        Places on the map.
    weights : float32 (n_centers, latent_dim)
    width : float
        Of the Gaussians around the centers, in map units.
    explained : float
        Share of the latents' variance that it recovers for points it was not fitted on; at most 1,
        below 0 where it is worse than always guessing the mean.
    """

    centers: Floats
    weights: Floats
    width: float
    explained: float


@dataclass(frozen=True)
class LatentIndex:
    """Latents of up to 10,000 images and what is known of each; all arrays are read-only.

    Attributes
    ----------
    latents : float32 (n, latent_dim)
        Encoder means.
    stds : float32 (n, latent_dim) or None
        Posterior standard deviations of a VAE.
    labels : int32 (n,)
    splits : uint8 (n,)
        0 train, 1 validation, 2 test.
    numbers : int32 (n,)
        Image number: the row in its split.
    neighbors : int32 (n, 9)
        Rows of the nearest other latents, nearest first; fewer where there are fewer.
    nearest_train_distance : float32 (n,)
        Distance to the nearest other stored training latent, Euclidean.
    reconstruction_error : float32 (n,)
        Mean squared error per pixel.
    projections : dict of str to float32 (n, 2)
    factors : dict of str to float32 (n,)
    pca : ImagePCA
    variants : dict of str to float32 (m, 2)
        More maps of the first m rows: see `analysis.variants` and `analysis.lineup`. May be empty.
    inverses : dict of str to MapInverse
        By name of the projection. May be empty.
    """

    latents: Floats
    stds: Floats | None
    labels: Integers
    splits: npt.NDArray[np.uint8]
    numbers: Integers
    neighbors: Integers
    nearest_train_distance: Floats
    reconstruction_error: Floats
    projections: dict[str, Floats]
    factors: dict[str, Floats]
    pca: ImagePCA
    variants: dict[str, Floats] = field(default_factory=dict)
    inverses: dict[str, MapInverse] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the indexed images."""
        return len(self.latents)


def index_tensors(index: LatentIndex) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays of an index as they are stored.

    Parameters
    ----------
    index : LatentIndex

    Returns
    -------
    dict of str to array
        float32, or float16 where half precision is enough; integers in as few bytes as they need.
    """
    tensors: dict[str, npt.NDArray[Any]] = {
        "latents": index.latents,
        "labels": small(index.labels),
        "splits": index.splits,
        "numbers": small(index.numbers),
        "neighbors": small(index.neighbors),
        "nearest_train_distance": index.nearest_train_distance,
        "reconstruction_error": index.reconstruction_error,
        "pca/mean": index.pca.mean,
        # As exact as the latents it gives.
        "pca/components": index.pca.components.astype(np.float16),
        # Half precision is ample for a baseline that is only looked at.
        "pca/latents": index.pca.latents.astype(np.float16),
    }
    if index.stds is not None:
        tensors["stds"] = index.stds.astype(np.float16)
    tensors |= {f"projection/{name}": array for name, array in index.projections.items()}
    tensors |= {f"factor/{name}": array for name, array in index.factors.items()}
    # Only looked at, never measured with: half precision is a thousandth of the map.
    tensors |= {f"variant/{name}": map_.astype(np.float16) for name, map_ in index.variants.items()}
    for name, inverse in index.inverses.items():
        tensors |= {
            f"inverse/{name}/centers": inverse.centers,
            f"inverse/{name}/weights": inverse.weights,
            f"inverse/{name}/figures": np.array([inverse.width, inverse.explained], np.float32),
        }
    return {name: np.ascontiguousarray(array) for name, array in tensors.items()}


def index_from(tensors: dict[str, npt.NDArray[Any]], name: str) -> LatentIndex:
    """Put an index together from stored tensors whose axes are proven (see `schema`).

    Parameters
    ----------
    tensors : dict of str to array
    name : str
        Of the checkpoint, for the sentence.

    Returns
    -------
    LatentIndex

    Raises
    ------
    CheckpointError
        If an array is missing, or the maps do not belong together.
    """
    stds = tensors.get("stds")
    try:
        index = LatentIndex(
            latents=floats(tensors["latents"]),
            stds=None if stds is None else floats(stds),
            labels=integers(tensors["labels"]),
            splits=tensors["splits"],
            numbers=integers(tensors["numbers"]),
            neighbors=integers(tensors["neighbors"]),
            nearest_train_distance=floats(tensors["nearest_train_distance"]),
            reconstruction_error=floats(tensors["reconstruction_error"]),
            projections=family(tensors, "projection/"),
            factors=family(tensors, "factor/"),
            pca=ImagePCA(
                floats(tensors["pca/mean"]),
                floats(tensors["pca/components"]),
                floats(tensors["pca/latents"]),
            ),
            variants=family(tensors, "variant/"),
            inverses=_inverses(tensors),
        )
    except KeyError as error:
        raise damaged(name, f"the latent index has no {error.args[0]!r}") from None
    if len(index.inverses) * 3 != sum(key.startswith("inverse/") for key in tensors):
        raise damaged(name, "the inverse of a map is not whole")
    _check_index(index, name)
    return index


def _check_index(index: LatentIndex, name: str) -> None:
    """Prove what no schema can say of the maps."""
    if any(len(array) > len(index) for array in index.variants.values()):
        raise damaged(name, "the variants of the map do not show the same points")
    for projection, inverse in index.inverses.items():
        if projection not in index.projections or not _fits(inverse, index.latents.shape[1]):
            raise damaged(name, f"the inverse of the map {projection!r} does not fit")


def _inverses(tensors: dict[str, npt.NDArray[Any]]) -> dict[str, MapInverse]:
    found = {}
    for key, centers in tensors.items():
        if key.startswith("inverse/") and key.endswith("/centers"):
            start = key.removesuffix("centers")
            width, explained = (float(value) for value in tensors[f"{start}figures"])
            weights = floats(tensors[f"{start}weights"])
            found[start.split("/")[1]] = MapInverse(floats(centers), weights, width, explained)
    return found


def _fits(inverse: MapInverse, latent_dim: int) -> bool:
    n_centers = len(inverse.centers)
    shapes = (inverse.centers.shape, inverse.weights.shape)
    fit = shapes == ((n_centers, 2), (n_centers, latent_dim))
    return fit and n_centers > 0 and inverse.width > 0 and inverse.explained <= 1


def check_tensors(
    tensors: dict[str, npt.NDArray[Any]], wanted: dict[str, TensorSpec], name: str, file: str
) -> None:
    """Prove that a file holds exactly the tensors the manifest names, finite, and freeze them.

    Parameters
    ----------
    tensors : dict of str to array
    wanted : dict of str to TensorSpec
        What the manifest says of this file.
    name, file : str
        Of the checkpoint and of the file, for the sentence.

    Raises
    ------
    CheckpointError
        For the first tensor that is missing, surplus, of another shape or type, or not finite.
    """
    if set(tensors) != set(wanted):
        odd = sorted(set(tensors) ^ set(wanted))[0]
        raise damaged(name, f"the tensor {odd!r} of {file} is missing or surplus")
    for key, array in tensors.items():
        spec = wanted[key]
        if array.shape != spec.shape or array.dtype.name != spec.dtype:
            raise damaged(name, f"the tensor {key!r} of {file} has the wrong shape or type")
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise damaged(name, f"the tensor {key!r} of {file} holds values that are not numbers")
        array.flags.writeable = False
