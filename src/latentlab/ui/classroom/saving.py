"""Saves the drawings of a class as a folder to train on: after asking every phone.

Nothing that a phone sends reaches the disk in any other way.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from latentlab import data
from latentlab.classroom import Room
from latentlab.data import drawings
from latentlab.data.folder import PREFIX, folder_name
from latentlab.errors import DataError
from latentlab.images import Pixels, png
from latentlab.naming import portable
from latentlab.scratch import beside
from latentlab.ui.classroom import notices
from latentlab.ui.shell import state
from latentlab.ui.shell.errors import plain

TITLE = drawings.DATASET.title

_NAME = "class-folder"


def offer(room: Room) -> None:
    """Offer to save the drawings, where there are any.

    Parameters
    ----------
    room : Room
    """
    if room.last_drawn is None:
        return
    with st.expander("Save the drawings", icon=":material/folder:"):
        st.markdown(
            "First, every phone is asked whether its drawing may be saved. Only the drawings of "
            "those who agree are saved, anonymously. The Training page offers all saved drawings "
            f"together as an image set: {TITLE}."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.button("Ask the class", on_click=room.ask_for_consent, key="class-consent")
            st.text_input("Folder", _usual_name(room), max_chars=60, key=_NAME, width=260)
            st.button("Save", on_click=_save, args=(room,), key="class-save", type="primary")
        st.caption(f"They are saved in a folder below {plain(str(data.data_root()))}.")


def _save(room: Room) -> None:
    drawn = room.to_save()
    if not drawn:
        notices.leave("No phone has agreed yet. Ask the class first.")
        return
    folder = save(drawn, state.recall(_NAME, ""))
    missing = drawings.problem(data.data_root())
    use = plain(missing) if missing else f"Train on them on the Training page: {TITLE}."
    notices.leave(f"{len(drawn)} drawings are saved in {plain(str(folder))}. {use}")


def _usual_name(room: Room) -> str:
    """Name a folder after what was drawn and the day: each is a class of the image set."""
    prompt = room.last_drawn.prompt if room.last_drawn else ""
    drawn = portable(prompt.partition(": ")[2]) or "class"
    return f"{drawn}-{datetime.now().astimezone():%Y-%m-%d}"


def save(drawn: list[Pixels], name: str) -> Path:
    """Write drawings as PNG files into a new folder below the data root.

    Parameters
    ----------
    drawn : list of uint8 (h, w, c)
    name : str
        Of the folder.

    Returns
    -------
    Path

    Raises
    ------
    DataError
        If the name is not that of a folder, there is one already, or the disk refuses.
    """
    target = data.data_root() / folder_name(f"{PREFIX}{name.strip()}")
    if target.exists():
        raise DataError(f"There is a folder '{target.name}' already; choose another name.")
    try:
        with beside(target) as folder:
            for number, pixels in enumerate(drawn, 1):
                (folder / drawings.file_name(number)).write_bytes(png(pixels))
            folder.rename(target)
    except OSError as error:
        raise DataError(f"The drawings cannot be saved in '{target}': {error.strerror}.") from None
    return target
