"""The table of promises: what was asked, what was measured, on which machine.

``docs/promises.md`` is written only by the commands that measure. Each owns one section between two
marks, and replaces only that.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "promises.md"
HEAD = """# Promises, measured

`make torture` and `make bench` write this page: each section is replaced by the command that it
names, with the machine it ran on. Nothing here is typed by hand.
"""


@dataclass(frozen=True)
class Row:
    """One promise and what came of it.

    Attributes
    ----------
    promise : str
        What is promised, in a few words.
    bar : str
        The figure asked for.
    measured : str
        The figure found, with its unit.
    kept : bool or None
        Whether the bar was met; None where no bar was set.
    """

    promise: str
    bar: str
    measured: str
    kept: bool | None


def machine() -> str:
    """Return the machine in one line: processor, cores, system, Python."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{_processor()}, {os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def record(section: str, command: str, rows: Sequence[Row], note: str = "") -> int:
    """Print the rows as a table and replace their section of ``docs/promises.md``.

    Parameters
    ----------
    section : str
        The heading; sections are kept in alphabetical order.
    command : str
        What to type to measure them again.
    rows : sequence of Row
    note : str
        Settings, in a sentence or two.

    Returns
    -------
    int
        The exit status: 0 if every bar was met.
    """
    table = ["| promise | bar | measured | |", "|---|---|---|---|"]
    words = {True: "kept", False: "**fell short**", None: ""}
    table += [f"| {r.promise} | {r.bar} | {r.measured} | {words[r.kept]} |" for r in rows]
    about = f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, {machine()}. {note}".strip()
    body = "\n".join([f"## {section}", "", *table, "", about])
    print(body, flush=True)
    text = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else HEAD
    sections = dict(re.findall(r"<!-- (.+?) -->\n(.*?)\n<!-- end -->", text, re.DOTALL))
    sections[section] = body
    parts = [f"<!-- {name} -->\n{sections[name]}\n<!-- end -->\n" for name in sorted(sections)]
    PAGE.write_text("\n".join([HEAD, *parts]), encoding="utf-8")
    return 0 if all(row.kept is not False for row in rows) else 1


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()
