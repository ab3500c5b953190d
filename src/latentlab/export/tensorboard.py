"""A checkpoint as TensorBoard reads it: the Projector's points, the curves, sample pictures.

The Projector has limits of its own: one sprite of at most 8,192 pixels a side, square thumbnails,
and a table of labels that breaks at a tab or at a new line. A ``bookmark`` opens the map that the
checkpoint carries, so that nobody waits for a second UMAP. Classes are told apart by frames in the
sprite: the Projector itself opens without color, and tints whole pictures when asked for one.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from latentlab.images import Pixels, mosaic, png

Floats = npt.NDArray[np.floating]

TENSORS = "tensors.tsv"
METADATA = "metadata.tsv"
SPRITE = "sprite.png"
BOOKMARKS = "bookmarks.json"
CONFIG = "projector_config.pbtxt"
SUFFIX = ".latentlab"
"""Ends the names of our event files, so that a newer one replaces them and no others."""

NO_COLOR = "No color map"  # as the Projector spells it
MAX_SPRITE = 8192
MAX_POINTS = 10_000  # the Projector becomes unusable far above
# Of an orthographic camera that looks at the whole map, as the Projector's own view does.
_CAMERA = {"orthographic": True, "position": [0, 0, 10], "target": [0, 0, 0], "zoom": 1}


@dataclass(frozen=True)
class Board:
    """What TensorBoard is to show of one checkpoint.

    Attributes
    ----------
    name : str
    latents : float32 (n, z)
    columns : mapping of str to sequence of str (n,)
        The table of labels; the first column names the points.
    thumbnails : uint8 (n, h, w, c)
        In [0, 255].
    colors : uint8 (n, 3)
        Of each thumbnail's frame: the Projector itself opens without any color.
    projections : mapping of str to float32 (n, 2)
        Maps the checkpoint carries; "umap", "tsne" and "pca" can be bookmarked.
    history : sequence of mapping of str to float
        One per epoch.
    samples : bytes
        PNG of sample pictures.
    config : mapping of str to str
        The run config in words.
    ended : datetime
        When the training was over.
    """

    name: str
    latents: Floats
    columns: Mapping[str, Sequence[str]]
    thumbnails: Pixels
    colors: npt.NDArray[np.uint8]
    projections: Mapping[str, Floats]
    history: Sequence[Mapping[str, float]]
    samples: bytes
    config: Mapping[str, str]
    ended: datetime.datetime


def files_of(board: Board) -> dict[str, bytes]:
    """Return every file of a TensorBoard run by name.

    Parameters
    ----------
    board : Board

    Returns
    -------
    dict of str to bytes
        The event file's name holds the time; it ends with ``SUFFIX``.
    """
    n = min(len(board.latents), MAX_POINTS)
    sprite, side = sprite_of(board.thumbnails[:n], board.colors[:n])
    columns = {name: values[:n] for name, values in board.columns.items()}
    points = at_least_two(board.latents[:n])
    maps = {name: places[:n] for name, places in board.projections.items()}
    return {
        TENSORS: tensors_tsv(points),
        METADATA: metadata_tsv(columns),
        SPRITE: sprite,
        BOOKMARKS: json.dumps(bookmarks(maps, points.shape[1], next(iter(columns)))).encode(),
        CONFIG: projector_config(board.name, side),
        **events(board),
    }


def sprite_of(thumbnails: Pixels, colors: npt.NDArray[np.uint8]) -> tuple[bytes, int]:
    """Lay square, framed thumbnails out in one picture, as large as the Projector can take.

    Parameters
    ----------
    thumbnails : uint8 (n, h, w, c)
    colors : uint8 (n, 3)
        Of the frames.

    Returns
    -------
    sprite : bytes
        PNG; a square of thumbnails, row by row.
    side : int
        Of one thumbnail, in pixels.
    """
    n, height, width, _ = thumbnails.shape
    columns = math.ceil(math.sqrt(n))
    inner = max(height, width)
    frame = max(1, inner // 14)
    side = min(inner + 2 * frame, MAX_SPRITE // columns)
    inner = side - 2 * frame
    full = np.zeros((columns * columns, side, side, 3), np.uint8)
    full[:n] = colors[:, None, None]
    for row, picture in enumerate(thumbnails):
        full[row, frame : frame + inner, frame : frame + inner] = _fitted(picture, inner)
    return png(mosaic(full, columns)), side


def tensors_tsv(latents: Floats) -> bytes:
    """Return latents (n, z) as the Projector reads them: one line each, tabs between.

    Parameters
    ----------
    latents : float32 (n, z)

    Returns
    -------
    bytes
        UTF-8.
    """
    buffer = io.BytesIO()
    np.savetxt(buffer, latents, fmt="%.6g", delimiter="\t")
    return buffer.getvalue()


def at_least_two(latents: Floats) -> Floats:
    """Give a one-dimensional latent a second number, 0: the Projector cannot draw a line.

    Parameters
    ----------
    latents : float32 (n, z)

    Returns
    -------
    float32 (n, max(z, 2))
    """
    if latents.shape[1] > 1:
        return latents
    return np.hstack([latents, np.zeros_like(latents)])


def metadata_tsv(columns: Mapping[str, Sequence[str]]) -> bytes:
    """Return the table of labels; a single column has no header, as the Projector wants it."""
    names = [one_cell(name) for name in columns]
    lines = [
        "\t".join(one_cell(str(v)) for v in row) for row in zip(*columns.values(), strict=True)
    ]
    header = ["\t".join(names)] if len(names) > 1 else []
    return ("\n".join([*header, *lines]) + "\n").encode()


def one_cell(text: str) -> str:
    r"""Return text fit for one cell: no tab, no new line, never empty.

    Examples
    --------
    >>> one_cell("a\tb\n"), one_cell("")
    ('a b', '-')
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()) or "-"


def projector_config(name: str, side: int) -> bytes:
    """Return the file that tells the Projector what belongs together; `side` is in pixels."""
    quoted = json.dumps(one_cell(name))
    return (
        "embeddings {\n"
        f"  tensor_name: {quoted}\n"
        f'  tensor_path: "{TENSORS}"\n'
        f'  metadata_path: "{METADATA}"\n'
        f'  bookmarks_path: "{BOOKMARKS}"\n'
        "  sprite {\n"
        f'    image_path: "{SPRITE}"\n'
        f"    single_image_dim: {side}\n"
        f"    single_image_dim: {side}\n"
        "  }\n}\n"
    ).encode()


def bookmarks(
    projections: Mapping[str, Floats], latent_dim: int, label_by: str
) -> list[dict[str, Any]]:
    """Return a bookmark per map, with the checkpoint's own places, float32 (n, 2)."""
    titles = {"umap": "UMAP of latentlab", "tsne": "t-SNE of latentlab", "pca": "PCA of latentlab"}
    known = [name for name in titles if name in projections]
    return [
        _bookmark(titles[name], name, projections[name], latent_dim, label_by) for name in known
    ]


def _bookmark(
    title: str, kind: str, places: Floats, latent_dim: int, label_by: str
) -> dict[str, Any]:
    shown = np.round(places - places.mean(axis=0), 4)
    state: dict[str, Any] = {
        "label": title,
        "projections": [{f"{kind}-0": float(x), f"{kind}-1": float(y)} for x, y in shown],
        "selectedProjection": kind,
        "dataSetDimensions": [len(places), latent_dim],
        "tSNEIteration": 0,
        "tSNEPerplexity": 30,
        "tSNELearningRate": 10,
        "tSNEis3d": False,
        "umapIs3d": False,
        "umapNeighbors": 15,
        "umapMinDist": 0.1,
        "pcaComponentDimensions": [0, 1],
        "selectedPoints": [],
        "cameraDef": _CAMERA,
        "selectedColorOptionName": NO_COLOR,
        "forceCategoricalColoring": False,
        "selectedLabelOption": label_by,
        "customSelectedSearchByMetadataOption": label_by,
    }
    for side in ("XLeft", "XRight", "YUp", "YDown"):
        state |= {f"custom{side}Text": "", f"custom{side}Regex": False}
    return state


def events(board: Board) -> dict[str, bytes]:
    """Return an event file with the curves, the sample pictures and the run config."""
    from torch.utils.tensorboard import SummaryWriter

    total = max((epoch.get("seconds", 0.0) for epoch in board.history), default=0.0)
    began = board.ended.timestamp() - total
    # Where the temporary folder cannot be emptied (a virus scanner), that is no reason to fail.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        with contextlib.closing(_writer(SummaryWriter, scratch)) as writer:
            for epoch in board.history:
                when = began + epoch.get("seconds", total)
                for tag, value in _scalars(epoch):
                    writer.add_scalar(tag, value, int(epoch["epoch"]), walltime=when)
            sheet = np.asarray(Image.open(io.BytesIO(board.samples)).convert("RGB"))
            ended = board.ended.timestamp()
            writer.add_image("samples", sheet, dataformats="HWC", walltime=ended)
            rows = "\n".join(f"| {key} | {value} |" for key, value in board.config.items())
            writer.add_text("run config", f"| setting | value |\n|---|---|\n{rows}", walltime=ended)
        written = Path(scratch).iterdir()
        return {file.name: file.read_bytes() for file in written}


def _writer(kind: Any, folder: str) -> Any:
    return kind(log_dir=folder, filename_suffix=SUFFIX)


def _scalars(epoch: Mapping[str, float]) -> list[tuple[str, float]]:
    """Name the terms so that training and other images stand in one chart's group."""
    result = []
    for key, value in epoch.items():
        if key in ("epoch", "step", "seconds"):
            continue
        term = key.removeprefix("validation_")
        result.append((f"{term}/{'validation' if term != key else 'training'}", value))
    return result


def _fitted(picture: Pixels, side: int) -> Pixels:
    """Reduce a picture to fit a square and lay it in the middle, on black."""
    height, width, channels = picture.shape
    if (height, width) == (side, side):
        return picture
    shown = Image.fromarray(picture[..., 0] if channels == 1 else picture)
    shown.thumbnail((side, side))
    small = np.asarray(shown).reshape(shown.height, shown.width, channels)
    square = np.zeros((side, side, channels), np.uint8)
    top, left = (side - shown.height) // 2, (side - shown.width) // 2
    square[top : top + shown.height, left : left + shown.width] = small
    return square
