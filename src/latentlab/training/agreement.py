"""How far the nearest of all training images share a test image's class, in three spaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.analysis import quality
from latentlab.analysis.comparison import paired
from latentlab.analysis.neighbors import Neighbors, nearest
from latentlab.checkpoints import ImagePCA
from latentlab.codec import Network
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.data.classes import labeled
from latentlab.images import Images, Pixels, to_float
from latentlab.training.evaluation import by_normality

K = 9
# Products of numbers that the search in pixels may cost; with it all of MNIST asks all of MNIST.
MOST_PRODUCTS = 5e11
FEWEST_QUERIES = 500
_BLOCK_BYTES = 2**27  # of training images as floats at a time

Floats = npt.NDArray[np.float32]
Space = Callable[[Images], Floats]


def label_agreement(
    codec: Network, config: RunConfig, sets: Mapping[str, ImageSet], pca: ImagePCA
) -> dict[str, Any]:
    """Measure how far neighbors agree in label.

    Parameters
    ----------
    codec : Network
    config : RunConfig
        Test images of classes it leaves out do not ask.
    sets : mapping of split name to ImageSet
        All training images are searched. Test images ask: all of them, or in very large sets as
        many as time allows, drawn at random.
    pca : ImagePCA
        The linear map to as many numbers.

    Returns
    -------
    dict
        ``label_agreement``: share of the 9 nearest training images that have the test image's
        label, in ``latent`` space, in ``pixel`` space, in the ``pca`` of the same size, and
        ``shuffled``: what is expected where labels are shuffled. ``label_agreement_gap``: latent
        less pixel with its paired interval. ``label_agreement_n``: how many images ``asked`` and
        how many were ``searched``. Empty where there are no latents, or fewer than two classes to
        tell apart; images of unknown class neither ask nor answer.
    """
    if not codec.latent_dim:
        return {}
    train, (test, _) = sets["train"], by_normality(config, sets["test"])
    known, ask = labeled(train), np.flatnonzero(labeled(test))
    if not len(ask) or len(np.unique(train.labels[known])) < 2:
        return {}
    images, labels = train.images[known] if not known.all() else train.images, train.labels[known]
    rows = ask[_asking(len(images), len(ask), int(test.images[0].size), config.seed)]
    queries, asked = to_float(np.asarray(test.images[rows])), test.labels[rows]
    spaces: dict[str, Space] = {
        "latent": codec.encode,
        "pixel": lambda images: images.reshape(len(images), -1),
        "pca": pca.coordinates,
    }
    found = {
        name: quality.agreements(_search(space, images, queries), labels, asked)
        for name, space in spaces.items()
    }
    gap = paired(found["latent"], found["pixel"], seed=config.seed)
    shares = {name: float(each.mean()) for name, each in found.items()}
    return {
        "label_agreement": {**shares, "shuffled": quality.expected_agreement(labels, asked)},
        "label_agreement_gap": asdict(gap),
        "label_agreement_n": {"asked": float(len(rows)), "searched": float(len(images))},
    }


def _asking(n_train: int, n_test: int, n_values: int, seed: int) -> npt.NDArray[np.int64]:
    affordable = max(FEWEST_QUERIES, int(MOST_PRODUCTS / (n_train * n_values)))
    drawn = np.random.default_rng([seed, 3]).permutation(n_test)
    return np.sort(drawn[:affordable])


def _search(space: Space, train: Pixels, queries: Images) -> npt.NDArray[np.int64]:
    """Return the rows (q, k) of the nearest training images, searched block by block."""
    asked = space(queries)
    parts = [
        Neighbors(found.rows + start, found.distances)
        for start, block in _blocks(train)
        for found in [nearest(space(to_float(block)), asked, min(K, len(block)))]
    ]
    rows = np.concatenate([part.rows for part in parts], axis=1)
    order = np.argsort(np.concatenate([part.distances for part in parts], axis=1), axis=1)
    return np.take_along_axis(rows, order[:, :K], axis=1)


def _blocks(train: Pixels) -> Iterator[tuple[int, Pixels]]:
    size = max(K, _BLOCK_BYTES // (4 * int(train[0].size)))
    for start in range(0, len(train), size):
        yield start, np.asarray(train[start : start + size])
