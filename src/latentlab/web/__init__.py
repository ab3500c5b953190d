"""What the browser is given: scripts, styles and HTML, built from the project in ``web/``.

Never edit these files; ``make web`` makes them, and ``make check`` fails where they are not what
their sources give.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> str:
    """Return the text of a built file.

    Parameters
    ----------
    name : str
        A component of ``web/build.ts`` with ``.js``, ``.css`` or ``.html``: "explore.js".

    Returns
    -------
    str
        Without any address to load from: it can stand inside a page.

    Raises
    ------
    FileNotFoundError
        If no such file is built.
    """
    return (files(__name__) / name).read_text(encoding="utf-8")
