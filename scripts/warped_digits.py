"""Draw a folder of any number of small pictures: digits, each warped in a way of its own.

``python scripts/warped_digits.py FOLDER N`` writes N gray PNGs of 28 x 28 pixels: scikit-learn's
digits, turned, sheared, moved and brightened at random, in ten classes of a hundred subfolders.
The same number always gives the same pictures.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

SIDE, CLASSES, SUBFOLDERS = 28, 10, 100
AT_ONCE = 1_000


def draw_folder(folder: Path, n: int) -> None:
    """Write the pictures on all cores; those that are there already stay."""
    for number in range(CLASSES * SUBFOLDERS):
        _home(folder, number).mkdir(parents=True, exist_ok=True)
    starts = range(0, n, AT_ONCE)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        ends = [(start, min(start + AT_ONCE, n)) for start in starts]
        jobs = [
            pool.submit(_draw, folder, start, end)
            for start, end in ends
            if not _place(folder, end - 1).is_file()
        ]
        for job in jobs:
            job.result()


def _draw(folder: Path, begin: int, end: int) -> None:
    images, of_class = _digits()
    n = end - begin
    generator = np.random.default_rng([28, begin])
    chosen = generator.random(n)
    (angles, shears), gains = generator.normal(0, 0.2, (2, n)), generator.uniform(0.75, 1.1, n)
    scales, moves = np.exp(generator.normal(0, 0.12, (2, n))), generator.normal(0, 1.2, (2, n))
    cosines, sines = np.cos(angles), np.sin(angles)
    rows = np.empty(n, np.intp)
    for i, share in enumerate(chosen):
        of = of_class[(begin + i) % CLASSES]
        rows[i] = of[int(share * len(of))]
    # Where each pixel comes from: a rotation times a scaling with a shear, about the middle.
    y, x = np.mgrid[:SIDE, :SIDE].reshape(2, 1, -1) - (SIDE - 1) / 2 - moves[..., None]
    across = cosines[:, None] * (scales[0][:, None] * x + shears[:, None] * y)
    across -= (sines * scales[1])[:, None] * y
    down = sines[:, None] * (scales[0][:, None] * x + shears[:, None] * y)
    down += (cosines * scales[1])[:, None] * y
    warped = _bilinear(images[rows], down + (SIDE - 1) / 2, across + (SIDE - 1) / 2)
    pixels = np.minimum(warped * gains[:, None], 255).astype(np.uint8).reshape(n, SIDE, SIDE)
    for number, one in enumerate(pixels, start=begin):
        _place(folder, number).write_bytes(_png(one))


def _bilinear(images: np.ndarray, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Look up places (n, p) in images (n, side, side); nothing lies around them."""
    down, across = (np.clip(each, 0, SIDE - 1.001) for each in (down, across))
    top, left = down.astype(np.intp), across.astype(np.intp)
    below, right = down - top, across - left
    flat = images.reshape(len(images), -1)
    at = top * SIDE + left
    found = [np.take_along_axis(flat, at + step, 1) for step in (0, 1, SIDE, SIDE + 1)]
    upper = found[0] * (1 - right) + found[1] * right
    return upper * (1 - below) + (found[2] * (1 - right) + found[3] * right) * below


def _png(pixels: np.ndarray) -> bytes:
    """Write a gray PNG by hand: Pillow takes several times as long for one this small."""
    lines = np.zeros((SIDE, SIDE + 1), np.uint8)  # each begins with its filter: none
    lines[:, 1:] = pixels
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 1)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@lru_cache(maxsize=1)
def _digits() -> tuple[np.ndarray, list[np.ndarray]]:
    from sklearn.datasets import load_digits

    found = load_digits()
    small = np.rint(found.images * (255 / 16)).astype(np.uint8)
    images = np.zeros((len(small), SIDE, SIDE), np.uint8)
    for number, pixels in enumerate(small):
        images[number, 4:24, 4:24] = np.asarray(Image.fromarray(pixels).resize((20, 20)))
    return images, [np.flatnonzero(found.target == label) for label in range(CLASSES)]


def _home(folder: Path, number: int) -> Path:
    return folder / str(number % CLASSES) / f"{number // CLASSES % SUBFOLDERS:02d}"


def _place(folder: Path, number: int) -> Path:
    return _home(folder, number) / f"{number:07d}.png"


if __name__ == "__main__":
    draw_folder(Path(sys.argv[1]), int(sys.argv[2]))
