"""The teacher's panel of class mode: start a class, ask it something, save its drawings, end it.

What the class answers is shown by the projector, a component with a connection of its own to the
server: no vote makes a page run again.
"""

from __future__ import annotations

from dataclasses import asdict

import segno
import streamlit as st

from latentlab import classroom, web
from latentlab.checkpoints import Checkpoint
from latentlab.classroom import Room
from latentlab.figures import theme
from latentlab.ui.classroom import access, notices, questions, saving
from latentlab.ui.shell import hosts, state

ABOUT = (
    "In class mode, students take part by phone: they vote on the lesson questions, draw "
    "on the map, and guess where an image is encoded. No names are collected."
)
IN_MEMORY = (
    "All votes, drawings and guesses are kept in memory only. They are deleted when you end the "
    "class, and every phone says so."
)
ONLY_HERE = "A class can be started only on the machine that runs the app."
CLOSED = (
    ":orange[Phones cannot reach this app: it listens on this machine only. Start it again with] "
    "`latentlab app --server.address 0.0.0.0`"
)
PORT = "If no phone can open the address, allow port {port} in this machine's firewall."

_PROJECTOR = st.components.v2.component(
    "latentlab_projector",
    html='<div id="projector"></div>',
    css=web.read("class_projector.css"),
    js=web.read("class_projector.js"),
)


@st.fragment
def render(checkpoint: Checkpoint) -> None:
    """Draw the panel.

    Parameters
    ----------
    checkpoint : Checkpoint
        The network on whose map the class draws and guesses.
    """
    room = classroom.current()
    with st.container(key="classroom"):
        notices.show()
        if not state.is_at_the_machine():
            _for_visitors(room)
        elif room is None:
            _offer()
        else:
            _run(room, checkpoint)


def _for_visitors(room: Room | None) -> None:
    if room is None:
        st.caption(ONLY_HERE)
    else:
        st.markdown(f"A class is running. [Take part]({access.address()}).")


def _offer() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button("Start a class", icon=":material/groups:", on_click=_start, key="class-start")
        st.markdown(ABOUT)


def _start() -> None:
    classroom.start()


def _run(room: Room, checkpoint: Checkpoint) -> None:
    if hosts.is_loopback(hosts.bound_to()):
        st.markdown(CLOSED, width=1100)
    questions.ask(room, checkpoint)
    _PROJECTOR(key="projector", data=_told(room))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button("End the class", icon=":material/stop:", on_click=_end, key="class-end")
        st.caption(f"{IN_MEMORY} {PORT.format(port=hosts.port())}")
    saving.offer(room)


def _end() -> None:
    classroom.end()
    notices.leave("The class has ended. Everything that the phones sent was deleted.")


def _told(room: Room) -> dict[str, object]:
    """Say what the projector has to know; it hears the rest from the server."""
    matrix = segno.make(f"{access.address()}#{room.code}", error="m", micro=False).matrix
    return {
        **access.of(room),
        "qr": ["".join(str(int(cell)) for cell in row) for row in matrix],
        "looks": {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)},
    }
