"""The sections of a report: each asks the checkpoint one question and draws the answer twice.

Once as a PNG, for print, and where a pointer can ask more, once as a Plotly chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.analysis import AnalysisError, Codec, planes, spacing
from latentlab.analysis.projections import PROJECTIONS
from latentlab.analysis.stored_maps import stored_maps
from latentlab.checkpoints import SPLIT_CODES, Checkpoint, LatentIndex, originals
from latentlab.export.report import Section
from latentlab.figures import bars, curves, label_map, offline, sheets, static
from latentlab.figures.look import Look
from latentlab.figures.styled import Drawing
from latentlab.figures.theme import class_glyph
from latentlab.images import Pixels, enlarge, mosaic, png, to_pixels
from latentlab.wording import metrics, words

COLUMNS = 10
GRID = 20
STEPS = 11
MOST_TRAVERSALS = 16
SHEET_PIXELS = 1000  # about how wide a sheet of pictures becomes


@dataclass(frozen=True)
class Subject:
    """Everything the sections are drawn from.

    Attributes
    ----------
    checkpoint : Checkpoint
    index : LatentIndex
    codec : Codec
    originals : uint8 (n, h, w, c) or None
        The indexed images, where the image set is on this machine.
    look : Look
    """

    checkpoint: Checkpoint
    index: LatentIndex
    codec: Codec
    originals: Pixels | None
    look: Look


def sections(subject: Subject) -> list[Section]:
    """Return every section that says something about this checkpoint."""
    drawn = SECTIONS if subject.checkpoint.manifest.decodes else WITHOUT_DECODER
    return [section for draw in drawn for section in draw(subject)]


def reconstructions(subject: Subject) -> Iterator[Section]:
    """Show test images and, below each, what the network makes of it."""
    rows = np.flatnonzero(subject.index.splits == SPLIT_CODES["test"])[: 3 * COLUMNS]
    if not len(rows):
        return
    drawn = to_pixels(subject.codec.decode(subject.index.latents[rows]))
    parts: list[Pixels] = []
    tile = originals.absent(subject.checkpoint.manifest.image_shape)
    above = np.broadcast_to(tile, drawn.shape)
    if subject.originals is not None:
        above = subject.originals[rows]
    for start in range(0, len(rows), COLUMNS):
        parts.append(_full_row(above[start : start + COLUMNS]))
        parts.append(_full_row(drawn[start : start + COLUMNS]))
    names = ["original", "reconstruction"]
    scale = _scale(COLUMNS, drawn.shape[2])
    picture = sheets.rows_png(parts, (names * len(parts))[: len(parts)], subject.look, scale=scale)
    pairs = "Test images, each above its reconstruction."
    alone = f"{pairs} The original images are not on this machine: their tiles are empty."
    yield Section(
        "reconstructions",
        "Reconstructions",
        pairs if subject.originals is not None else alone,
        f"{len(rows)} reconstructions of test images.",
        picture,
    )


def latent_grid(subject: Subject) -> Iterator[Section]:
    """Decode a lattice of places on a plane through the latents."""
    plane, where = plane_of(subject)
    extent = planes.extent(plane, subject.index.latents)
    is_vae = subject.checkpoint.manifest.config.model == "vae"
    xs = _ticks(extent.x_low, extent.x_high, gaussian=is_vae)
    n_rows = 1 if subject.codec.latent_dim == 1 else GRID
    ys = _ticks(extent.y_low, extent.y_high, gaussian=is_vae)[:n_rows]
    latents = plane.grid(xs, ys[::-1]) if n_rows > 1 else plane.grid(xs, np.zeros(1, np.float32))
    pictures = to_pixels(subject.codec.decode(latents))
    spread = "with equal-probability spacing" if is_vae else "with linear spacing"
    sheet = mosaic(pictures, GRID)
    yield Section(
        "latent-grid",
        "The latent space, decoded",
        f"{len(latents)} latents on {where}, decoded, {spread}.",
        f"A grid of {n_rows} by {GRID} decoded images.",
        png(enlarge(sheet, _scale(GRID, pictures.shape[2]))),
    )


def traversals(subject: Subject) -> Iterator[Section]:
    """Move along one latent dimension at a time, from the middle of the latents."""
    order, names = _dimensions(subject)
    middle = subject.index.latents.mean(axis=0)
    rows = []
    for dimension in order[:MOST_TRAVERSALS]:
        low, high = np.quantile(subject.index.latents[:, dimension], [0.01, 0.99])
        latents = np.repeat(middle[None], STEPS, axis=0)
        latents[:, dimension] = np.linspace(low, high, STEPS)
        rows.append(to_pixels(subject.codec.decode(latents)))
    left_out = len(order) - len(rows)
    more = f" The other {left_out} have a smaller KL divergence." if left_out else ""
    yield Section(
        "traversals",
        "Traversals",
        "Each row changes one latent dimension, from the 1st to the 99th percentile of "
        f"the data, and keeps the others at their mean.{more}",
        f"{len(rows)} rows of {STEPS} decoded images.",
        sheets.rows_png(
            rows,
            [names[dimension] for dimension in order[:MOST_TRAVERSALS]],
            subject.look,
            scale=_scale(STEPS + 2, rows[0].shape[2]),
        ),
    )


def maps(subject: Subject) -> Iterator[Section]:
    """Draw the latents in two dimensions: their own, where they have two, and every stored map."""
    for name, coordinates in stored_maps(subject.index).items():
        known = PROJECTIONS[name]
        yield _map(subject, name, coordinates, f"{known.title} map", known.summary)


def losses(subject: Subject) -> Iterator[Section]:
    """Draw how the loss fell."""
    epochs, found = metrics.learning(subject.checkpoint.history())
    if not found:
        return
    unit = "loss, nats per image"
    drawing = curves.learning_curves(epochs, found, subject.look, unit=unit, height=360)
    picture = static.curves_png(epochs, found, subject.look, x_title="epoch", unit=unit)
    caption = metrics.learning_meaning(found, subject.checkpoint.manifest)
    yield _charted("loss", "Loss curves", caption, drawing, picture, subject.look)


def kl(subject: Subject) -> Iterator[Section]:
    """Draw how much each latent dimension carries; a plain autoencoder has no such measure."""
    found = metrics.kl_per_dimension(subject.checkpoint)
    if not found:
        return
    idle = metrics.idle_dimensions(found)
    unit = "KL, nats"
    drawing = bars.columns(found, subject.look, unit=unit, muted=idle, height=320)
    picture = static.columns_png(found, subject.look, unit=unit, muted=idle)
    caption = metrics.kl_meaning(found)
    yield _charted("kl", "KL divergence per dimension", caption, drawing, picture, subject.look)


SECTIONS: tuple[Callable[[Subject], Iterator[Section]], ...] = (
    reconstructions,
    latent_grid,
    traversals,
    maps,
    losses,
    kl,
)
WITHOUT_DECODER = SECTIONS[3:]


def plane_of(subject: Subject) -> tuple[planes.Plane, str]:
    """Return the plane the lattice lies on, and its name in a sentence.

    Parameters
    ----------
    subject : Subject

    Returns
    -------
    plane : Plane
    where : str
        Words for a sentence.
    """
    latent_dim = subject.codec.latent_dim
    if latent_dim == 1:
        return planes.native(1), "its one dimension"
    if latent_dim == 2:
        return planes.native(), "the plane of its two dimensions"
    middle = subject.index.latents.mean(axis=0)
    words = f"a plane through the {latent_dim} dimensions, along their two principal components"
    return planes.principal(subject.index.latents, middle), words


def _map(
    subject: Subject, slug: str, coordinates: npt.NDArray[np.float32], title: str, caption: str
) -> Section:
    names, labels = subject.checkpoint.manifest.class_names, subject.index.labels
    drawing = label_map.label_map(coordinates, labels, names, subject.look, glyph=class_glyph)
    shown = min(len(labels), label_map.MOST_POINTS)
    if shown < len(labels):
        caption += f" The chart shows {shown:,} of {len(labels):,} images, the picture all."
    picture = static.map_png(coordinates, labels, names, subject.look)
    return _charted(f"map-{slug}", title, caption, drawing, picture, subject.look)


def _charted(
    slug: str, title: str, caption: str, drawing: Drawing, picture: bytes, look: Look
) -> Section:
    return Section(
        slug,
        title,
        caption,
        drawing.alt,
        picture,
        offline.fragment(drawing, f"chart-{slug}"),
        offline.page(drawing, title, look),
    )


def _dimensions(subject: Subject) -> tuple[list[int], list[str]]:
    """Order the dimensions by what they carry, most first, and name them all."""
    found = subject.checkpoint.manifest.metrics.get("kl_per_dimension")
    if isinstance(found, list):
        values, unit = np.array(found), "nats"
    else:
        values, unit = subject.index.latents.std(axis=0), "spread"
    names = [
        f"{words.coordinate(number + 1)}: {value:.2g} {unit}" for number, value in enumerate(values)
    ]
    return [int(i) for i in np.argsort(-values, kind="stable")], names


def _ticks(low: float, high: float, *, gaussian: bool) -> npt.NDArray[np.float32]:
    if gaussian:
        try:
            return spacing.ticks("gaussian", GRID, low, high)
        except AnalysisError:
            pass  # far from the prior: only equal steps make sense
    return spacing.ticks("linear", GRID, low, high)


def _full_row(pictures: Pixels) -> Pixels:
    """Fill a last, shorter row up with white."""
    missing = COLUMNS - len(pictures)
    white = np.full((missing, *pictures.shape[1:]), 255, np.uint8)
    return np.concatenate([pictures, white])


def _scale(columns: int, width: int) -> int:
    return max(1, round(SHEET_PIXELS / (columns * width)))
