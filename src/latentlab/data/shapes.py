"""Generated color sprites of which everything is known: shape, hue, size, rotation, place.

Six shapes are drawn from signed distance functions, one pixel of edge antialiased, in colors of
equal lightness on a calm ground. All factors but the hue are independent of the shape; the hue is
the shape's own plus noise, so that a network can learn a color from a form, but never quite.
"""

from __future__ import annotations

import numpy as np

from latentlab.data.image_set import SPLITS, Dataset, Factor, ImageSet, Request
from latentlab.data.sprites import SPRITES, render
from latentlab.errors import DataError
from latentlab.images import Pixels

N_IMAGES = {"train": 20_000, "validation": 2_000, "test": 4_000}
HUE_NOISE = 0.06
"""Standard deviation around the shape's own hue, as a part of the color circle."""
RANGES = {
    "size": (0.40, 0.68),
    "rotation": (-30.0, 30.0),
    "x": (0.37, 0.63),
    "y": (0.37, 0.63),
}
"""Uniform: size is the outer diameter, x and y the center, as parts of the image's width; rotation
in degrees. 60 degrees are less than any shape's symmetry, so a picture tells its rotation; a disc
has none, and its rotation is given as 0."""

_SEED = 7
_CHUNK = 500
_MAX_BYTES = 8 * 2**30


def load(request: Request) -> ImageSet:
    """Generate the first so many sprites of a split.

    Sprite number i of a split is the same however many are asked for.

    Parameters
    ----------
    request : Request
        `size` may be anything from 16 to 128; `n_images` any number (20,000 for training, 2,000 for
        validation and 4,000 for test by default).

    Returns
    -------
    ImageSet
        Images (n, size, size, 3), labels = shape; factors "shape" (row of the class names), "hue"
        (0 to 1, a circle), "size", "rotation", "x" (to the right), "y" (downwards), see `RANGES`.

    Raises
    ------
    DataError
        If they would not fit into 8 GB.
    """
    n = request.n_images or N_IMAGES[request.split]
    if n * request.size**2 * 3 > _MAX_BYTES:
        raise DataError(f"{n:,} shapes of {request.size} pixels exceed 8 GB; ask for fewer.")
    chunks = [draw_factors(request.split, k) for k in range(-(-n // _CHUNK))]
    factors = {name: np.concatenate([part[name] for part in chunks])[:n] for name in chunks[0]}
    images = _render_all(factors, request)
    return ImageSet(
        name=request.name,
        split=request.split,
        images=images,
        labels=factors["shape"].astype(np.int64),
        class_names=DATASET.class_names,
        factors=factors,
    )


def draw_factors(split: str, chunk: int) -> dict[str, Factor]:
    """Draw the factors of one chunk of 500 sprites from a random stream of its own.

    Parameters
    ----------
    split : str
    chunk : int
        Sprites 500 * chunk to 500 * chunk + 499.

    Returns
    -------
    dict of str to float32 array (500,)
    """
    own_seed = np.random.SeedSequence([_SEED, SPLITS.index(split), chunk])
    # numpy promises never to change what RandomState draws: image numbers stay true for ever.
    rng = np.random.RandomState(np.random.PCG64(own_seed))
    shape = rng.randint(len(SPRITES), size=_CHUNK)
    hue = (shape / len(SPRITES) + HUE_NOISE * rng.standard_normal(_CHUNK)) % 1
    factors = {"shape": shape, "hue": hue}
    for name, (low, high) in RANGES.items():
        factors[name] = rng.uniform(low, high, size=_CHUNK)
    factors["rotation"][shape == 0] = 0.0
    return {name: values.astype(np.float32) for name, values in factors.items()}


def _render_all(factors: dict[str, Factor], request: Request) -> Pixels:
    n = len(factors["shape"])
    images = np.empty((n, request.size, request.size, 3), dtype=np.uint8)
    for start in range(0, n, _CHUNK):
        part = slice(start, start + _CHUNK)
        images[part] = render({name: v[part] for name, v in factors.items()}, request.size)
        request.progress("drawing shapes", min(start + _CHUNK, n), n)
    return images


DATASET = Dataset(
    name="shapes",
    title="colored shapes (generated)",
    summary="Generated color sprites whose shape, hue, size, rotation and place are known.",
    channels=3,
    size=32,
    sizes=None,
    class_names=tuple(SPRITES),
    download=None,
    defaults={
        "body": "conv",
        "hidden": (32, 64, 128),
        "likelihood": "gaussian",
        "latent_dim": 8,
        "steps": 1560,
    },
    load=load,
    is_free=True,
)
