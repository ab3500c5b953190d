"""The app: start it with ``streamlit run app.py``.

This file is two things. The server imports it once and finds ``app``, which adds to Streamlit what
a classroom needs. Then it runs once per visit and click, and draws the frame around a page.

To add a page, write a file in ``pages/`` and name it in ``PAGES``.
"""

from pathlib import Path

import streamlit as st

from latentlab.ui import frame, net, server

HERE = Path(__file__).resolve().parent

# The name in the menu and the file. The first is where the app opens.
PAGES = {
    "Explore": "latent_plane.py",
    "Neighbors": "neighbors.py",
    "Map": "map.py",
    "Restore": "restore.py",
    "Anomalies": "anomalies.py",
    "Checkpoint": "overview.py",
}


def main() -> None:
    """Draw the frame, then the page that the address names."""
    pages = [
        st.Page(HERE / "pages" / file, title=title, default=number == 0)
        for number, (title, file) in enumerate(PAGES.items())
    ]
    page = st.navigation(pages, position="top")
    with net.guard():
        frame.draw()
        page.run()


server.prepare(HERE)

if __name__ == "__main__":
    main()
else:
    app = st.App(
        __file__,
        middleware=server.middleware(),
        lifespan=server.lifespan,
        on_script_error=net.report,
    )
