"""The frame around every page: window title, wordmark, menu, checkpoint picker, glossary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files

import streamlit as st

from latentlab.ui.lessons import bar
from latentlab.ui.shell import glossary, picker, state
from latentlab.ui.shell.pictures import data_uri

_ASSETS = files("latentlab.ui.shell") / "assets"
# With addresses of their own they would be gone when a browser that goes on to the next page at
# once asks for them; and Streamlit would read and hash the files at every run.
FAVICON, WORDMARK = (
    data_uri((_ASSETS / name).read_bytes()) for name in ("favicon.png", "wordmark.png")
)
_FILLED = """
<style>
[data-testid="stApp"] [data-testid="stMainBlockContainer"] {
  padding-top: 2.25rem; padding-bottom: 0; }  /* and Streamlit's gap: where the top bar ends */
[data-testid="stMain"] { overflow: hidden; }
</style>
"""


def draw(page: st.Page, pages: Sequence[st.Page]) -> Callable[[], None]:
    """Draw what every page shares. ``app.py`` calls it once per run, before the page.

    Parameters
    ----------
    page : st.Page
        The one that is shown.
    pages : sequence of st.Page
        The menu.

    Returns
    -------
    callable
        Draws what is not seen at once; to be called after the page.
    """
    st.set_page_config(
        page_title=f"{page.title} \u00b7 latentlab",
        page_icon=FAVICON,
        layout="wide",
        initial_sidebar_state="collapsed",
        menu_items={"About": "**latentlab** shows what an autoencoder has learned."},
    )
    st.logo(WORDMARK, size="medium")
    state.set_page(page.title)
    bar.draw(page.title, [other.title for other in pages])
    _menu(page, pages)
    picker.explain_missing(page.title)
    fill_picker = picker.draw(page.title)
    glossary.button()
    return fill_picker


def fill_window() -> None:
    """Leave out Streamlit's margins, which would only add a scroll bar to a page of this size."""
    st.html(_FILLED)


def _menu(page: st.Page, pages: Sequence[st.Page]) -> None:
    """Fold the menu where the top bar has no room for it; on a wide screen it is not shown."""
    # Another key, another popover: it closes when a page was chosen.
    with (
        st.container(key="menu"),
        st.popover(page.title, icon=":material/menu:", key=f"menu-{page.title}"),
    ):
        for other in pages:
            st.page_link(other, disabled=other.title == page.title)
