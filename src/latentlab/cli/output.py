"""Where commands print: names from outside stay as they are written, and no line is cut."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

WIDEST = 10_000


def plain_console(*, stderr: bool = False) -> Console:
    """Return a console that takes no text for markup, an emoji or a number to color."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def print_table(console: Console, table: Table) -> None:
    """Print a table as wide as it is: a terminal wraps its lines, a file has no edge.

    Parameters
    ----------
    console : Console
    table : Table
    """
    before = console.width
    options = console.options.update(max_width=WIDEST)
    console.width = max(before, Measurement.get(console, options, table).maximum)
    console.print(table, soft_wrap=True)
    console.width = before


def survive_narrow_encodings() -> None:
    """Let the terminal's streams escape what their encoding does not have, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # else somebody has put their own in its place
            stream.reconfigure(errors="backslashreplace")
