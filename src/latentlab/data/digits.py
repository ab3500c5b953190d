"""scikit-learn's 1,797 real handwritten digits, enlarged from 8 by 8 pixels.

They come with scikit-learn, so this is the set that always works, without any network.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image

from latentlab.data.image_set import SPLITS, Dataset, ImageSet, Request
from latentlab.data.splits import stratified
from latentlab.errors import DataError
from latentlab.images import Images, Pixels, to_pixels

_SPLIT_SEED = 20240229
_SHARES = (7, 1, 2)  # train, validation, test


def load(request: Request) -> ImageSet:
    """Load one split of the digits, white on black.

    Parameters
    ----------
    request : Request
        `size` may be anything from 16 to 128.

    Returns
    -------
    ImageSet
        Images (n, size, size, 1): 1,260 train, 179 validation, 358 test; factors empty.
    """
    values = _stored()
    labels = values[:, -1].astype(np.int64)
    parts = dict(zip(SPLITS, stratified(labels, _SHARES, seed=_SPLIT_SEED), strict=True))
    rows = parts[request.split][: request.n_images]
    gray = (values[rows, :-1].reshape(-1, 8, 8) / 16).astype(np.float32)
    return ImageSet(
        name=request.name,
        split=request.split,
        images=enlarged(gray, request.size),
        labels=labels[rows],
        class_names=DATASET.class_names,
    )


def _stored() -> Images:
    """Read scikit-learn's own file (n, 65), as its ``load_digits`` does, without its 2 s import."""
    package = find_spec("sklearn")
    if package is None or package.origin is None:
        raise DataError("The digits come with scikit-learn, which is missing: run make setup.")
    file = Path(package.origin).parent / "datasets" / "data" / "digits.csv.gz"
    return np.loadtxt(file, delimiter=",", dtype=np.float32)


def enlarged(gray: Images, size: int) -> Pixels:
    """Enlarge 8 by 8 digits to a frame with a narrow margin, as MNIST has it.

    Each original pixel is the ink in a block of a finer scan, so enlarging alone gives fog; the
    contrast around half ink is steepened afterwards, which brings the edge of the stroke back.

    Parameters
    ----------
    gray : float32 array (n, 8, 8), 0 to 1
    size : int
        Height and width of the result in pixels.

    Returns
    -------
    uint8 array (n, size, size, 1), 0 to 255
    """
    framed = np.pad(gray, ((0, 0), (1, 1), (1, 1)))  # (n, 10, 10)
    weights = _weights(framed.shape[1], size)  # (size, 10)
    ink = np.clip((weights @ framed @ weights.T - 0.15) / 0.7, 0, 1)
    return to_pixels(ink * ink * (3 - 2 * ink))[..., None]


def _weights(n_from: int, n_to: int) -> Images:
    """Return bicubic enlargement as a matrix (n_to, n_from): Pillow's answer to unit vectors."""
    unit = Image.fromarray(np.eye(n_from, dtype=np.float32))
    return np.asarray(unit.resize((n_from, n_to), Image.Resampling.BICUBIC))


DATASET = Dataset(
    name="digits",
    title="handwritten digits (small set)",
    summary="1,797 real handwritten digits that come with scikit-learn, enlarged from 8 by 8.",
    channels=1,
    size=28,
    sizes=None,
    class_names=tuple("0123456789"),
    download=None,
    defaults={
        "body": "dense",
        # Narrow at the image: 64 pixels are all these digits ever had.
        "hidden": (64, 256, 128),
        "likelihood": "bernoulli",
        "steps": 1140,
        "weight_decay": 0.05,
    },
    load=load,
    is_free=True,
)
