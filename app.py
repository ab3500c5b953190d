"""The app: start it with ``streamlit run app.py``.

This file is two things. The server imports it once and finds ``app``, which adds to Streamlit what
a classroom needs. Then it runs once per visit and click, and draws the frame around a page.

To add a page, write a file in ``pages/`` and name it in ``PAGES``.
"""

from pathlib import Path

import streamlit as st

from latentlab.server import startup
from latentlab.ui.shell import available, errors, frame

HERE = Path(__file__).resolve().parent

# The menu. A page's file is its name in lower case. The first is where the app opens.
PAGES = (
    "Explore",
    "Neighbors",
    "Map",
    "Restore",
    "Anomalies",
    "Bottleneck",
    "Training",
    "Network",
    "Lessons",
)


def main() -> None:
    """Draw the frame, then the page that the address names."""
    pages = [
        st.Page(HERE / "pages" / f"{title.lower()}.py", title=title, default=number == 0)
        for number, title in enumerate(PAGES)
    ]
    page = st.navigation(pages, position="top")
    with errors.guard(), available.looked_at_once():
        finish = frame.draw(page, pages)
        try:
            page.run()
        finally:  # a page may stop early
            finish()


startup.prepare(HERE)

if __name__ == "__main__":
    main()
else:
    app = st.App(
        __file__,
        middleware=startup.middleware(),
        lifespan=startup.lifespan,
        on_script_error=errors.report,
    )
