"""The error net: whatever goes wrong on a page becomes one sentence on the screen.

An error of ours says itself what happened and what to do. Anything else is a mistake in this
program: it is logged with its traceback, and the screen says that it was.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import category

import streamlit as st
from streamlit.errors import FragmentHandledException

from latentlab.errors import LatentlabError

LOGGER = logging.getLogger(__name__)

UNEXPECTED = (
    "This page failed because of a bug in latentlab. Nothing is lost: reload the page, or choose "
    "another checkpoint. The details are in the terminal where the app was started."
)


@contextmanager
def guard() -> Iterator[None]:
    """Show what goes wrong inside as one sentence, and let the rest of the screen stand."""
    try:
        yield
    except FragmentHandledException:
        pass  # its sentence is already on the screen
    except Exception as error:  # the net: there is nothing above it but Streamlit's traceback
        report(error)


def report(error: Exception) -> bool:
    """Show an error where the page stopped; ``st.App`` calls it for fragments and callbacks.

    Parameters
    ----------
    error : Exception
        What was raised.

    Returns
    -------
    bool
        True: Streamlit shall not show it again.
    """
    if isinstance(error, LatentlabError):
        st.error(plain(str(error)), icon=":material/error:")
    else:
        LOGGER.error("A page failed.", exc_info=error)
        st.error(UNEXPECTED, icon=":material/error:")
    return True


def plain(text: str) -> str:
    r"""Escape Markdown, so that a name from outside is read as it is written.

    A control character, such as one that reverses the order of what follows, becomes a "?".

    Examples
    --------
    >>> print(plain("a*b [c](d) $x$"))
    a\*b \[c\](d) \$x\$
    """
    shown = ("?" if category(char)[0] == "C" else char for char in text)
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~$:" else char for char in shown)
