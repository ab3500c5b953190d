"""The glossary: the field's terms that the screen uses, each with what it means.

One entry, one record of ``glossary.toml``. The app shows it behind "?", terms on screen carry it as
help, and ``scripts/glossary.py`` writes it to ``docs/glossary.md``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Entry:
    """One term.

    Attributes
    ----------
    term : str
        As a textbook writes it.
    text : str
        Two sentences: what it is, and how to read it.
    where : str
        Where on screen it appears.
    formula : str
        In LaTeX; empty where there is none.
    """

    term: str
    text: str
    where: str
    formula: str = ""


_TABLE = files("latentlab.wording") / "glossary.toml"
GLOSSARY = tuple(
    Entry(**record) for record in tomllib.loads(_TABLE.read_text(encoding="utf-8"))["entry"]
)

_BY_TERM = {entry.term.lower(): entry for entry in GLOSSARY}


def meaning(term: str) -> str:
    """Return what a term means, as the help of the element that shows it.

    Parameters
    ----------
    term : str
        One of the glossary, in any case.

    Returns
    -------
    str
        One or a few sentences.

    Raises
    ------
    KeyError
        If the glossary has no such term.

    Examples
    --------
    >>> meaning("epoch").split(".")[0]
    'One pass over all training images'
    """
    return _BY_TERM[term.lower()].text


def meanings(*terms: str) -> dict[str, str]:
    """Return what terms mean, by term: for the browser, which has no glossary of its own.

    Parameters
    ----------
    *terms : str
        Of the glossary, in any case.

    Returns
    -------
    dict of str to str

    Raises
    ------
    KeyError
        If the glossary has no such term.
    """
    return {term: meaning(term) for term in terms}


@lru_cache(maxsize=1024)  # a page asks for the same dozens at every run
def help_for(label: str) -> str | None:
    """Return what the longest term in a label means; None where there is none.

    Parameters
    ----------
    label : str
        A heading, or the name of a metric.

    Returns
    -------
    str or None
        As `meaning` gives it.

    Examples
    --------
    >>> help_for("KL divergence per dimension") == meaning("KL divergence")
    True
    >>> help_for("2 active dimensions") == meaning("Active dimension")
    True
    >>> help_for("Train it again")
    """
    found = [
        term for term in _BY_TERM if re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", label.lower())
    ]
    return meaning(max(found, key=len)) if found else None


def helps(*labels: str) -> dict[str, str]:
    """Return what the terms in labels mean, by label: for the browser; see ``web/lib/term.ts``.

    Parameters
    ----------
    *labels : str
        Headings, or names of metrics.

    Returns
    -------
    dict of str to str

    Raises
    ------
    KeyError
        If the glossary has no term for a label.

    Examples
    --------
    >>> list(helps("Latent dimensions", "Beta"))
    ['Latent dimensions', 'Beta']
    """
    found = {label: help_for(label) for label in labels}
    if missing := [label for label, meaning in found.items() if meaning is None]:
        raise KeyError(f"The glossary has no term for {missing[0]!r}.")
    return {label: meaning for label, meaning in found.items() if meaning is not None}


def matching(text: str) -> tuple[Entry, ...]:
    """Return the entries whose term or text contains some text, in alphabetical order.

    Parameters
    ----------
    text : str
        In any case; empty for all entries.

    Returns
    -------
    tuple of Entry

    Examples
    --------
    >>> [entry.term for entry in matching("slerp")]
    ['Slerp']
    """
    wanted = text.strip().lower()
    return tuple(e for e in GLOSSARY if wanted in f"{e.term} {e.text}".lower())


def as_markdown(entries: tuple[Entry, ...] = GLOSSARY) -> str:
    """Write entries as Markdown, with formulas between dollar signs."""
    return "\n\n".join(_written(entry) for entry in entries)


def _written(entry: Entry) -> str:
    formula = f"\n\n$${entry.formula}$$" if entry.formula else ""
    return f"## {entry.term}\n\n{entry.text}{formula}\n\n*On screen: {entry.where}.*"
