"""Draw the README's picture of the benchmarks from the figures in ``docs/promises.md``.

Nothing is typed here: what `make bench` has not recorded is left out. The scales are logarithmic.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
PAGE, PICTURE = TOP / "docs" / "promises.md", TOP / "docs" / "pictures" / "benchmarks.svg"

# Section and promise in docs/promises.md; words on the picture.
FASTER = {
    ("decoded grid", "times faster than 400 axes"): "a 20 × 20 grid as PNG, against matplotlib",
    ("neighbors", "p99, times below scipy's KDTree"): "one query, 60,000 × 16, against KDTree",
    ("neighbors", "p99, times below scikit-learn"): "the same, against scikit-learn",
    ("training", "times sooner than the classic recipe"): "training, against the classic recipe",
    ("training", "times sooner than pythae's pipeline"): "the same, against pythae",
    ("UMAP", "5,000 x 16: times less CPU"): "UMAP, 5,000 × 16, against a plain call",
    ("UMAP", "60,000 x 16: times less CPU"): "UMAP, 60,000 × 16, against a plain call",
}
ON_SCREEN = {
    ("decode canvas", "event to paint, median"): "pointer to decoded image",
    ("decode canvas", "click to pinned image, p95"): "click to pinned image, p95",
    ("decode canvas", "click to honest card, p95"): "click to its card, p95",
    ("restoration", "slider to answer, median"): "slider to restored image, on the server",
    ("own image", "stroke to neighbors in three spaces"): "stroke to neighbors",
    ("own image", "12-megapixel JPEG to neighbors"): "12-megapixel upload to neighbors",
    ("map of 20,000", "click on a point to its card"): "map of 20,000: click to card",
    ("map of 20,000", "chosen in the menu: drawn"): "map of 20,000: drawn",
    ("first paint", "warm: first picture"): "second visitor: first picture",
    ("first paint", "cold: first picture"): "first visitor: first picture",
}
GROWTH = {
    ("growth", "encode"): "encoding",
    ("growth", "build the exact index"): "exact index",
    ("growth", "one query, k = 9"): "one query",
    ("growth", "memory, images included"): "memory",
}
WIDTH, LABELS, RIGHT, ROW = 960, 345, 880, 27
PAPER, INK, MUTED, LINE = "#faf7f0", "#1f2330", "#5b6072", "#d9d2c2"
ACCENT, PALE, FALLEN = "#00708a", "#cfe3e6", "#b3261e"
MILLISECONDS = {"ms": 1.0, "s": 1000.0}

Found = dict[tuple[str, str], tuple[str, str]]


def read() -> tuple[Found, str]:
    """Return (bar, measured) of every speed that is recorded, and the machine."""
    found: Found = {}
    text = PAGE.read_text(encoding="utf-8")
    for name, body in re.findall(r"<!-- Speed: (.+?) -->\n(.*?)\n<!-- end -->", text, re.DOTALL):
        for promise, bar, measured in re.findall(r"^\| (.+?) \| (.*?) \| (.+?) \|", body, re.M):
            found[name, promise] = bar, measured
    machine = re.search(r"^`.+?`, [\d-]+, (.+?, \d+ cores)", text[text.find("Speed: ") :], re.M)
    return found, machine[1] if machine else ""


def number(text: str) -> float:
    """Return the first number of a cell; a time in milliseconds."""
    match = re.match(r"([\d.,]+) ?(ms|s)?\b", text)
    assert match, text
    return float(match[1].replace(",", "")) * MILLISECONDS.get(match[2] or "", 1.0)


def words(
    x: float, y: float, text: str, *, size: int = 14, color: str = INK, more: str = ""
) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{color}" {more}>'
        f"{escape(text)}</text>"
    )


def scale(low: float, high: float, left: float, right: float) -> Callable[[float], float]:
    """Return the place of a value on a logarithmic axis."""
    span = math.log(high / low)
    return lambda value: left + (right - left) * math.log(max(value, low) / low) / span


def told(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.2g} s"


def bars(found: Found, top: float) -> tuple[list[str], float]:
    """Draw how many times faster."""
    x, parts = scale(1, 500, LABELS, RIGHT), [heading(top, "Times faster, side by side in one run")]
    y = top + 22
    for key, title in FASTER.items():
        if key not in found:
            continue
        bar, measured = found[key]
        value = number(measured)
        right = x(max(value, number(bar) if bar else 0.0))  # of the column and of the mark
        parts += [
            words(LABELS - 14, y + 15, title, more=END),
            f'<rect x="{LABELS}" y="{y:.0f}" width="{max(x(value) - LABELS, 1):.0f}" height="20" '
            f'rx="3" fill="{ACCENT if not bar or value >= number(bar) else FALLEN}"/>',
            words(right + 8, y + 15, f"{value:g}×", more='font-weight="600"'),
        ]
        parts += aim(x(number(bar)), y, 20) if bar else []
        y += ROW
    return parts, y


def dots(found: Found, top: float) -> tuple[list[str], float]:
    """Draw how long until something is on the screen."""
    x = scale(3, 30_000, LABELS, RIGHT - 40)
    parts = [heading(top, "Until it is on the screen: real Chromium, software rendering")]
    y = top + 22
    rows = [key for key in ON_SCREEN if key in found]
    for tick in (10, 100, 1000, 10_000):
        low, bottom = x(tick), y + ROW * len(rows)
        parts.append(f'<path d="M{low:.0f} {y}V{bottom}" stroke="{LINE}"/>')
        parts.append(words(low, bottom + 16, told(tick), size=12, color=MUTED, more=MIDDLE))
    for key in rows:
        bar, measured = found[key]
        value = number(measured)
        color = ACCENT if not bar or value <= number(bar) else FALLEN
        parts += [
            words(LABELS - 14, y + 18, ON_SCREEN[key], more=END),
            f'<path d="M{LABELS} {y + 13}H{x(value):.0f}" stroke="{PALE}" stroke-width="3"/>',
            *(aim(x(number(bar)), y + 3, 20) if bar else []),
            f'<circle cx="{x(value):.0f}" cy="{y + 13}" r="6" fill="{color}"/>',
            words(WIDTH - 40, y + 18, told(value), more=f'font-weight="600" {END}'),
        ]
        y += ROW
    return parts, y + 20


def lines(found: Found, top: float) -> tuple[list[str], float]:
    """Draw how each figure grows with the number of images."""
    keys = [key for key in GROWTH if key in found]
    if not keys:
        return [], top
    parts = [heading(top, "From 1,000 to 1,000,000 images")]
    pitch = (WIDTH - 80) / len(GROWTH)
    for place, key in enumerate(keys):
        left, high, low = 40 + place * pitch, top + 76, top + 150
        figures, unit, exponent = cut(found[key][1])
        step = (pitch - 50) / (len(figures) - 1)
        y = scale(min(figures), max(figures), low, high)
        points = [(left + 6 + step * i, y(value)) for i, value in enumerate(figures)]
        path = " ".join(f"{a:.0f},{b:.0f}" for a, b in points)
        ends = f"{amount(figures[0], unit)} to {amount(figures[-1], unit)}"
        parts += [
            words(left, top + 32, GROWTH[key], more='font-weight="600"'),
            words(left, top + 49, ends, size=13),
            words(left, top + 66, f"exponent {exponent}", size=12, color=MUTED),
            f'<path d="M{left} {low + 12:.0f}h{pitch - 38:.0f}" stroke="{LINE}"/>',
            f'<polyline points="{path}" fill="none" stroke="{ACCENT}" stroke-width="2.5"/>',
            *(f'<circle cx="{a:.0f}" cy="{b:.0f}" r="4" fill="{ACCENT}"/>' for a, b in points),
            words(left, low + 28, "1,000", size=12, color=MUTED),
            words(points[-1][0] + 6, low + 28, "1,000,000", size=12, color=MUTED, more=END),
        ]
    return parts, top + 182


def cut(measured: str) -> tuple[list[float], str, str]:
    """Take a row of growth apart: the figures, their unit, the exponent."""
    match = re.match(r"(.+) (\w+); exponent ([\d.-]+)", measured)
    assert match, measured
    figures = [float(figure.replace(",", "")) for figure in match[1].split(", ")]
    return figures, match[2], match[3]


def amount(figure: float, unit: str) -> str:
    """Say a figure as a person would: 0.09 ms rather than 8.7e-05 s."""
    if unit == "s" and figure < 0.1:
        figure, unit = 1000 * figure, "ms"
    return f"{figure:,.0f} {unit}" if figure >= 10 else f"{figure:.2g} {unit}"


def heading(top: float, text: str) -> str:
    return words(40, top, text, size=17, more='font-weight="650"')


def aim(x: float, y: float, height: float) -> list[str]:
    """Mark the bar that was set."""
    mark = f'<path d="M{x:.0f} {y - 2:.0f}v{height + 4:.0f}" stroke="{INK}" stroke-width="2"/>'
    return [mark]


MIDDLE, END = 'text-anchor="middle"', 'text-anchor="end"'


def main() -> int:
    found, machine = read()
    y, parts = 48.0, []
    for draw in (bars, dots, lines):
        more, y = draw(found, y)
        parts += more
        y += 34
    about = (
        "Logarithmic scales. A black line is the bar that was set; red fell short of it. "
        f"{machine}. Every figure: docs/promises.md"
    )
    parts.append(words(40, y, about, size=12, color=MUTED))
    height = y + 24
    drawn = "\n".join(parts)
    style = "font-family: system-ui, -apple-system, 'Segoe UI', sans-serif"
    PICTURE.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" style="{style}">\n'
        "<title>latentlab's benchmarks</title>\n"
        f'<rect width="100%" height="100%" rx="12" fill="{PAPER}"/>\n{drawn}\n</svg>\n',
        encoding="utf-8",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
