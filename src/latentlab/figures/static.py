"""Charts as PNG, drawn with Pillow: for print, for homework, where no browser is at hand.

They show the same arrays as the Plotly figures, with as little around them as a reader needs. They
are drawn at twice their size and reduced, which smooths every edge.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from latentlab.figures.look import Look

Floats = npt.NDArray[np.floating]
Point = tuple[float, float]

FINER = 2  # drawn so many times larger, then reduced
TEXT = 17
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 84, 24, 40, 62


@dataclass(frozen=True)
class Axes:
    """What a chart's two axes show.

    Attributes
    ----------
    x_range, y_range : (float, float)
        Lowest and highest value.
    x_title, y_title : str
    ticks : bool
        Whether numbers stand on the axes; a map has none.
    """

    x_range: Point
    y_range: Point
    x_title: str = ""
    y_title: str = ""
    ticks: bool = True


class Chart:
    """A sheet with axes to draw on.

    Parameters
    ----------
    axes : Axes
    look : Look
    width, height : int
        Of the finished picture in pixels.
    """

    def __init__(self, axes: Axes, look: Look, *, width: int = 900, height: int = 480) -> None:
        self.axes = axes
        self.look = look
        self.size = (width, height)
        self._sheet = Image.new("RGB", (width * FINER, height * FINER), look.background)
        self._draw = ImageDraw.Draw(self._sheet)
        left = MARGIN_LEFT if axes.ticks else 16
        bottom = MARGIN_BOTTOM if axes.ticks else 16
        self.box = (left, MARGIN_TOP, width - MARGIN_RIGHT, height - bottom)
        if axes.ticks:
            self._draw_axes()

    def place(self, x: float, y: float) -> Point:
        """Return where a value lies on the sheet, in pixels of the finished picture."""
        left, top, right, bottom = self.box
        (x_low, x_high), (y_low, y_high) = self.axes.x_range, self.axes.y_range
        across = (x - x_low) / ((x_high - x_low) or 1)
        up = (y - y_low) / ((y_high - y_low) or 1)
        return left + across * (right - left), bottom - up * (bottom - top)

    def line(self, points: Sequence[Point], color: str, *, width: float = 2.5) -> None:
        """Draw a line through values in the units of the axes; its width in pixels."""
        pixels = [_finer(self.place(x, y)) for x, y in points]
        self._draw.line(pixels, fill=color, width=round(width * FINER), joint="curve")

    def dot(self, x: float, y: float, color: str, *, radius: float = 2.5) -> None:
        """Draw a point at a value in the units of the axes; its radius in pixels."""
        cx, cy = _finer(self.place(x, y))
        r = radius * FINER
        self._draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=color)

    def bar(self, x: float, width: float, value: float, color: str) -> None:
        """Draw an upright bar from 0, around x, both in units of the axis."""
        left, top = _finer(self.place(x - width / 2, value))
        right, bottom = _finer(self.place(x + width / 2, 0))
        self._draw.rectangle((left, min(top, bottom), right, max(top, bottom)), fill=color)

    def text(
        self,
        at: Point,
        words: str,
        color: str,
        *,
        anchor: str = "lm",
        size: int = TEXT,
        halo: str | None = None,
    ) -> None:
        """Write words at a pixel of the finished picture; the anchor is Pillow's."""
        self._draw.text(
            _finer(at),
            words,
            fill=color,
            font=font(size * FINER),
            anchor=anchor,
            stroke_width=4 * FINER if halo else 0,
            stroke_fill=halo,
        )

    def png(self) -> bytes:
        """Return the finished picture as PNG."""
        return encoded(self._sheet.resize(self.size, Image.Resampling.LANCZOS))

    def _draw_axes(self) -> None:
        left, top, right, bottom = self.box
        for value in nice_ticks(*self.axes.y_range):
            _, y = self.place(0, value)
            ends = [_finer((left, y)), _finer((right, y))]
            self._draw.line(ends, fill=self.look.line, width=FINER)
            self.text((left - 10, y), f"{value:g}", self.look.muted, anchor="rm")
        self.text((left, top - 22), self.axes.y_title, self.look.muted, anchor="lm")
        middle = ((left + right) / 2, bottom + 44)
        self.text(middle, self.axes.x_title, self.look.muted, anchor="mm")

    def number_x(self) -> None:
        """Write numbers under the horizontal axis."""
        for value in nice_ticks(*self.axes.x_range):
            x, _ = self.place(value, 0)
            self.text((x, self.box[3] + 16), f"{value:g}", self.look.muted, anchor="mm")


def curves_png(
    xs: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    look: Look,
    *,
    x_title: str,
    unit: str,
) -> bytes:
    """Draw one line per curve, each named at the top right in its color.

    Parameters
    ----------
    xs : sequence of float (n,)
    curves : mapping of str to sequence of float (n,)
    look : Look
    x_title, unit : str
        What the axes say.

    Returns
    -------
    bytes
        PNG.
    """
    values = [value for curve in curves.values() for value in curve] or [0.0, 1.0]
    chart = Chart(Axes(_range(xs), _padded(values), x_title, unit), look)
    chart.number_x()
    for number, (name, curve) in enumerate(curves.items()):
        color = look.categorical[number % len(look.categorical)]
        points = list(zip(xs, curve, strict=True))
        chart.line(points, color)
        if len(points) < 30:
            for x, y in points:
                chart.dot(x, y, color, radius=4)
        at = (chart.box[2], chart.box[1] - 22 + 24 * number)
        chart.text(at, name, color, anchor="rm", halo=look.background)
    return chart.png()


def columns_png(
    values: Mapping[str, float], look: Look, *, unit: str, muted: Sequence[str] = ()
) -> bytes:
    """Draw upright bars in the order given; names that would overlap are left out.

    Parameters
    ----------
    values : mapping of str to float
    look : Look
    unit : str
        What the vertical axis says.
    muted : sequence of str
        Names whose bars are drawn without color.

    Returns
    -------
    bytes
        PNG.
    """
    names = list(values)
    low, high = min([0.0, *values.values()]), max([*values.values(), 1e-9])
    chart = Chart(Axes((-0.6, len(names) - 0.4), (low, high * 1.05), "", unit), look)
    longest = max((len(name) for name in names), default=1)
    room = (chart.box[2] - chart.box[0]) / max(len(names), 1)
    every = max(1, math.ceil((longest + 1) * 0.58 * TEXT / room))
    for number, name in enumerate(names):
        color = look.quiet if name in muted else look.categorical[0]
        chart.bar(number, 0.62, values[name], color)
        if number % every == 0:
            x, _ = chart.place(number, 0)
            chart.text((x, chart.box[3] + 16), name, look.muted, anchor="mm")
    return chart.png()


def map_png(
    coordinates: Floats,
    labels: npt.NDArray[np.integer],
    class_names: Sequence[str],
    look: Look,
    *,
    size: int = 800,
) -> bytes:
    """Draw a map of latents: a dot per image in its class's color, and each class's name.

    Parameters
    ----------
    coordinates : float (n, 2)
    labels : int (n,)
        Rows of `class_names`.
    class_names : sequence of str
    look : Look
    size : int
        Width and height in pixels.

    Returns
    -------
    bytes
        PNG; every image is drawn, in an order that favors no class.
    """
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    span = float(max(high - low)) * 1.04 or 1.0
    middle = (low + high) / 2
    ranges = [(float(m - span / 2), float(m + span / 2)) for m in middle]
    chart = Chart(Axes(ranges[0], ranges[1], ticks=False), look, width=size, height=size)
    radius = 3.2 if len(coordinates) < 3000 else 2.0
    for row in np.random.default_rng(0).permutation(len(coordinates)):
        color = look.categorical[int(labels[row]) % len(look.categorical)]
        x, y = coordinates[row]
        chart.dot(float(x), float(y), color, radius=radius)
    present = np.unique(labels)
    for label in present if len(present) <= 30 else []:
        x, y = np.median(coordinates[labels == label], axis=0)
        words = str(class_names[int(label)])[:24]
        at = chart.place(float(x), float(y))
        chart.text(at, words, look.ink, anchor="mm", size=24, halo=look.background)
    return chart.png()


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font that comes with Pillow, of a size in pixels: every machine draws the same."""
    return ImageFont.load_default(size)


def nice_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Return round values between two ends, about so many.

    Examples
    --------
    >>> nice_ticks(0, 9.7)
    [0.0, 2.0, 4.0, 6.0, 8.0]
    """
    if not high > low:
        return [low]
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def _range(values: Sequence[float]) -> Point:
    low, high = (float(min(values)), float(max(values))) if len(values) else (0.0, 1.0)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _padded(values: Sequence[float]) -> Point:
    low, high = _range(values)
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


def _finer(at: Point) -> Point:
    return at[0] * FINER, at[1] * FINER


def encoded(picture: Image.Image) -> bytes:
    """Return a picture as PNG."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
