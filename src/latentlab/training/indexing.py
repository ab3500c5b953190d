"""The latent index: which images it holds, and everything about them that the app would compute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.analysis.neighbors import nearest
from latentlab.checkpoints import SPLIT_CODES, ImagePCA, LatentIndex
from latentlab.codec import Network
from latentlab.data import ImageSet
from latentlab.errors import TrainingError
from latentlab.images import Pixels, to_float

N_NEIGHBORS = 9
# Every training image has a nearest other one, and some test image asks for its neighbors.
FEWEST = {"train": 2, "test": 1}
# A principal component analysis needs no more images than this, and large ones fill the memory.
PCA_BYTES = 256 * 2**20
# Neighbors and maps of more images than this take too long: of these a sample stands for all.
MOST_MAPPED = 100_000
SAMPLE = 20_000

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Selection:
    """The images an index holds, in a seeded random order, so that any first part is a sample.

    Attributes
    ----------
    pixels : uint8 (n, height, width, channels)
    labels, numbers : int32 (n,)
    splits : uint8 (n,)
        See ``SPLIT_CODES``.
    factors : dict of str to float32 (n,)
    others : dict of str to int32 (m,)
        By split, the rows of images of which nothing but the latent is stored. Empty unless these
        are a sample of many.
    """

    pixels: Pixels
    labels: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int32]
    splits: npt.NDArray[np.uint8]
    factors: dict[str, Floats]
    others: dict[str, npt.NDArray[np.int32]] = field(default_factory=dict)


def select(sets: Mapping[str, ImageSet], size: int, *, seed: int) -> Selection:
    """Draw images from all splits, in proportion to their sizes, without repeats.

    Parameters
    ----------
    sets : mapping of split name to ImageSet
    size : int
        How many images at most.
    seed : int

    Returns
    -------
    Selection
    """
    lengths = {split: len(images.images) for split, images in sets.items()}
    total = sum(lengths.values())
    rng = np.random.default_rng([seed, 1])
    splits, numbers = [], []
    for split, length in lengths.items():
        n = length if total <= size else round(size * length / total)
        chosen = np.sort(rng.choice(length, n, replace=False))
        numbers.append(chosen.astype(np.int32))
        splits.append(np.full(n, SPLIT_CODES[split], np.uint8))
    rows, codes = np.concatenate(numbers), np.concatenate(splits)
    order = rng.permutation(len(rows))
    others = {}
    if len(order) > MOST_MAPPED:
        rest = np.sort(order[SAMPLE:])
        others = {split: rows[rest[codes[rest] == SPLIT_CODES[split]]] for split in sets}
        order = order[:SAMPLE]
    rows, codes = rows[order], codes[order]

    def taken(part: Callable[[ImageSet], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        """Take a part of each chosen image; only the chosen ones of a mapped set are read."""
        arrays = {SPLIT_CODES[split]: part(image_set) for split, image_set in sets.items()}
        like = next(iter(arrays.values()))
        result = np.empty((len(rows), *like.shape[1:]), like.dtype)
        for code, array in arrays.items():
            here = np.flatnonzero(codes == code)
            result[here] = array[rows[here]]
        return result

    def factor(name: str) -> Callable[[ImageSet], npt.NDArray[Any]]:
        return lambda images: images.factors[name]

    names = next(iter(sets.values())).factors
    return Selection(
        pixels=taken(lambda images: images.images),
        labels=taken(lambda images: images.labels).astype(np.int32),
        numbers=taken(lambda images: images.numbers).astype(np.int32),
        splits=codes,
        factors={name: taken(factor(name)).astype(np.float32) for name in names},
        others=others,
    )


def check_selection(selection: Selection) -> None:
    """Refuse images that are too few for neighbors to be found among their latents.

    Parameters
    ----------
    selection : Selection

    Raises
    ------
    TrainingError
        If too few of them are training or test images.
    """
    total = len(selection.splits)
    for split, fewest in FEWEST.items():
        n = int((selection.splits == SPLIT_CODES[split]).sum())
        if n < fewest:
            raise TrainingError(
                f"Of {total} images in the index, {n} would be of the {split} split, and {fewest} "
                f"must be: give a larger --index-size or more {split} images."
            )


def build_index(
    codec: Network, selection: Selection, train: Pixels, projections: Mapping[str, Floats]
) -> LatentIndex:
    """Encode the selection and work out everything that is stored about it.

    Parameters
    ----------
    codec : Network
        The trained network, with weights as they will be stored.
    selection : Selection
    train : uint8 (n, height, width, channels)
        Training images, for the principal components.
    projections : mapping of str to float32 (n, 2)
        Of this selection's latents.

    Returns
    -------
    LatentIndex
    """
    images = to_float(selection.pixels)
    latents, stds = codec.encode_stats(images)
    error = codec.reconstruct(images) - images if codec.decodes else np.zeros_like(images[:, :1])
    if codec.latent_dim:
        n_others = min(N_NEIGHBORS, len(latents) - 1)
        neighbors = nearest(latents, latents, n_others, exclude_self=True).rows
        distances = nearest_train_distance(latents, selection.splits)
    else:
        # Without a latent nothing is near; the index still says which images are meant.
        neighbors = np.zeros((len(latents), 0), np.int32)
        distances = np.zeros(len(latents), np.float32)
    return LatentIndex(
        latents=latents,
        stds=stds,
        labels=selection.labels,
        splits=selection.splits,
        numbers=selection.numbers,
        neighbors=neighbors.astype(np.int32),
        nearest_train_distance=distances,
        reconstruction_error=np.asarray((error**2).mean(axis=(1, 2, 3)), np.float32),
        projections=dict(projections),
        factors=selection.factors,
        # Two components prove which images are meant, where there is no latent to compare with.
        pca=image_pca(train, selection.pixels, codec.latent_dim or 2),
    )


def nearest_train_distance(latents: Floats, splits: npt.NDArray[np.uint8]) -> Floats:
    """Return each latent's distance to the nearest other latent of the training split.

    Parameters
    ----------
    latents : float32 (n, latent_dim)
    splits : uint8 (n,)

    Returns
    -------
    float32 (n,)
        Euclidean.
    """
    is_train = splits == SPLIT_CODES["train"]
    train = latents[is_train]
    result = np.empty(len(latents), np.float32)
    result[is_train] = nearest(train, train, 1, exclude_self=True).distances[:, 0]
    if not is_train.all():
        result[~is_train] = nearest(train, latents[~is_train], 1).distances[:, 0]
    return result


def image_pca(train: Pixels, pixels: Pixels, n_components: int) -> ImagePCA:
    """Fit principal components to training images: the baseline with as many dimensions.

    Parameters
    ----------
    train : uint8 (n, height, width, channels)
        To fit on; as many of the first ones as fit a quarter of a gigabyte.
    pixels : uint8 (m, height, width, channels)
        To express in the components.
    n_components : int
        Fewer are returned where there are fewer images or pixels.

    Returns
    -------
    ImagePCA
    """
    from sklearn.decomposition import PCA

    n_pixels = train[0].size
    n_fit = max(n_components + 1, PCA_BYTES // (4 * n_pixels))
    rows = to_float(np.asarray(train[:n_fit])).reshape(-1, n_pixels)
    pca = PCA(min(n_components, n_pixels, len(rows)), svd_solver="auto", random_state=0)
    pca.fit(rows)
    latents = pca.transform(to_float(pixels).reshape(-1, n_pixels))
    return ImagePCA(
        mean=pca.mean_.astype(np.float32),
        components=pca.components_.astype(np.float32),
        latents=latents.astype(np.float32),
    )
