"""``latentlab query``: the training images nearest to a picture, in words and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import typer
from rich.console import Console
from rich.text import Text

from latentlab import __version__
from latentlab.analysis import neighbors, support
from latentlab.analysis.support import Nearness
from latentlab.checkpoints import SPLIT_CODES, Checkpoint, LatentIndex, originals
from latentlab.cli.experiment import about_checkpoint
from latentlab.cli.ledger import Ledger, key_of
from latentlab.cli.options import (
    REPORTS,
    RUNS,
    Reports,
    Runs,
)
from latentlab.cli.output import plain_console
from latentlab.errors import LatentlabError
from latentlab.images import Pixels, printable, read, to_float, to_pixels
from latentlab.wording import support as nearness_words

ANSWER = "query"
FILE = "query.png"
N_NEIGHBORS = 9
DRAWN_COLUMNS = 20  # characters across a picture in the terminal


@dataclass(frozen=True)
class Answer:
    """A picture and its nearest training images.

    Attributes
    ----------
    title : str
        What was asked about.
    query, reconstruction : uint8 (h, w, c)
        The network input and its reconstruction.
    pictures : uint8 (9, h, w, c)
        The nearest first; all training images where there are fewer.
    labels : tuple of str
        Of the neighbors.
    numbers : tuple of int
        Their image numbers.
    distances : tuple of float
        Euclidean, in latent space.
    label : str or None
        Of the query, where it is known.
    nearness : Nearness
        Of the query to the training images.
    n_same : int or None
        How many of the neighbors have its label, where that can be said.
    note : str
        What the reader must know of the pictures; may be empty.
    """

    title: str
    query: Pixels
    reconstruction: Pixels
    pictures: Pixels
    labels: tuple[str, ...]
    numbers: tuple[int, ...]
    distances: tuple[float, ...]
    label: str | None
    nearness: Nearness
    n_same: int | None
    note: str


@about_checkpoint
def query(
    checkpoint: Checkpoint,
    image: Annotated[
        Path | None,
        typer.Option(help="An image of your own; a random test image by default."),
    ] = None,
    invert: Annotated[
        bool, typer.Option("--invert", help="Invert the image, for ink on white paper.")
    ] = False,
    seed: Annotated[int | None, typer.Option(help="Seed for the choice of the test image.")] = None,
    reports: Reports = REPORTS,
    runs: Runs = RUNS,
) -> None:
    """Find the nine nearest training images of a random test image, or of your own image."""
    answer = ask(checkpoint, image, invert=invert, seed=seed)
    console = plain_console()
    show_answer(answer, console)
    path = draw_answer(checkpoint, answer, reports, Ledger(runs))
    console.print(f"Drawn: {path}", soft_wrap=True)


def answer_key(checkpoint: Checkpoint) -> str:
    """Return the fingerprint of what an answer about a random image is made from."""
    return key_of(step=ANSWER, checkpoint=checkpoint.fingerprint, version=__version__)


def ask(
    checkpoint: Checkpoint, image: Path | None, *, invert: bool = False, seed: int | None = None
) -> Answer:
    """Find the nearest training images in latent space.

    Parameters
    ----------
    checkpoint : Checkpoint
    image : Path, optional
        A picture of any size and kind; by default one of the indexed test images.
    invert : bool
        Invert your own image.
    seed : int, optional
        Of the choice of a test image.

    Returns
    -------
    Answer

    Raises
    ------
    LatentlabError
        If the picture cannot be read, or the checkpoint indexes no training image.
    """
    from latentlab.cli.pictures import indexed_pictures
    from latentlab.codec import load_codec

    index, codec = checkpoint.index(), load_codec(checkpoint)
    manifest = checkpoint.manifest
    pictures, why_not = indexed_pictures(checkpoint, index)
    near = support.Support(index, manifest.metrics)
    train = np.flatnonzero(index.splits == SPLIT_CODES["train"])
    if not len(train):
        raise LatentlabError(f"'{checkpoint.name}' indexes no training image; train it again.")
    label: str | None = None
    if image is None:
        row = _random_test_row(index, seed)
        asked, latent = pictures[row], index.latents[row]
        label = manifest.class_name(int(index.labels[row]))
        title = f"Test image {index.numbers[row]}" + (f" ({label})" if label else "")
        nearness = near.of_row(row)
    else:
        asked = _read(image, manifest.image_shape, invert=invert)
        latent = codec.encode(to_float(asked)[None])[0]
        title = printable(image.name)
        nearness = near.of_latents(latent)[0]
    found = neighbors.nearest(index.latents[train], latent, min(N_NEIGHBORS, len(train)))
    rows = train[found.rows[0]]
    labels = tuple(manifest.class_name(label) or "" for label in index.labels[rows].tolist())
    # Where there is one class, or none is known, nothing can agree.
    is_known = label is not None and len(manifest.class_names) > 1
    return Answer(
        title=title,
        query=asked,
        reconstruction=(
            to_pixels(codec.decode(latent[None]))[0]
            if manifest.decodes
            else originals.absent(manifest.image_shape)
        ),
        pictures=pictures[rows],
        labels=labels,
        numbers=tuple(int(number) for number in index.numbers[rows]),
        distances=tuple(float(distance) for distance in found.distances[0]),
        label=label,
        n_same=sum(name == label for name in labels) if is_known else None,
        nearness=nearness,
        note=f"{why_not} Until then their tiles are empty." if why_not else "",
    )


def show_answer(answer: Answer, console: Console) -> None:
    """Print an answer; on a terminal with color the pictures too."""
    n = len(answer.labels)
    console.print(f"{answer.title}: its {n} nearest training images")
    if answer.note:
        console.print(answer.note)
    if console.is_terminal and console.color_system in ("256", "truecolor"):
        row = np.concatenate([answer.query[None], answer.reconstruction[None], answer.pictures[:3]])
        console.print(blocks(row))
        console.print("network input, reconstruction, and the three nearest", style="dim")
    rows = zip(answer.distances, answer.labels, answer.numbers, strict=True)
    for place, (distance, label, number) in enumerate(rows, start=1):
        line = f"{place}. distance {distance:.3f}  {label}  (training image {number})"
        console.print(line)
    if answer.nearness.is_far:
        console.print(nearness_words.none_near())
    console.print(nearness_words.distance(answer.nearness))
    if answer.n_same is not None:
        console.print(f"{answer.n_same} of {n} have its label.")


def draw_answer(checkpoint: Checkpoint, answer: Answer, reports: Path, ledger: Ledger) -> Path:
    """Draw an answer into the checkpoint's report folder and return the file.

    Parameters
    ----------
    checkpoint : Checkpoint
    answer : Answer
    reports : Path
        Folder of all reports.
    ledger : Ledger
        Remembers the file.

    Returns
    -------
    Path
        A PNG.
    """
    from latentlab.export.report import write_files
    from latentlab.figures.sheets import gallery_png
    from latentlab.figures.theme import LIGHT

    pictures = np.concatenate([answer.query[None], answer.reconstruction[None], answer.pictures])
    distances = (f"at {distance:.3g}" for distance in answer.distances)
    captions = [
        ("network input", answer.label or "own image"),
        ("reconstruction", ""),
        *zip(answer.labels, distances, strict=True),
    ]
    title = f"{checkpoint.name}: {answer.title}, and its nearest training images"
    sheet = gallery_png(pictures, captions, LIGHT, title=title, columns=len(pictures))
    written = write_files(reports / checkpoint.name, {FILE: sheet})
    ledger.record(ANSWER, checkpoint.name, answer_key(checkpoint), written)
    return written[0]


def blocks(pictures: Pixels) -> Text:
    """Draw pictures side by side with half blocks: each character is two pixels.

    Parameters
    ----------
    pictures : uint8 (n, h, w, 1 or 3), in [0, 255]

    Returns
    -------
    Text
        Each picture `DRAWN_COLUMNS` characters wide and half as many high.
    """
    side = DRAWN_COLUMNS
    ys = np.linspace(0, pictures.shape[1] - 1, side).round().astype(int)
    xs = np.linspace(0, pictures.shape[2] - 1, side).round().astype(int)
    small = np.broadcast_to(pictures[:, ys][:, :, xs], (len(pictures), side, side, 3))
    gap = np.full((side, 1, 3), -1)
    strip = np.concatenate([part for picture in small for part in (picture, gap)], axis=1)
    text = Text()
    for top, bottom in zip(strip[::2], strip[1::2], strict=True):
        for upper, lower in zip(top, bottom, strict=True):
            text.append(*_half_block(upper, lower))
        text.append("\n")
    return text


def _half_block(upper: np.ndarray, lower: np.ndarray) -> tuple[str, str]:
    if upper[0] < 0:
        return " ", ""
    return "▀", f"rgb({','.join(map(str, upper))}) on rgb({','.join(map(str, lower))})"


def _random_test_row(index: LatentIndex, seed: int | None) -> int:
    test = np.flatnonzero(index.splits == SPLIT_CODES["test"])
    if not len(test):
        raise LatentlabError("This checkpoint indexes no test image; give one with --image.")
    return int(np.random.default_rng(seed).choice(test))


def _read(image: Path, shape: tuple[int, int, int], *, invert: bool) -> Pixels:
    channels: Literal[1, 3] = 1 if shape[2] == 1 else 3
    pixels = read(image, size=shape[:2], channels=channels, fit="pad")
    return 255 - pixels if invert else pixels
