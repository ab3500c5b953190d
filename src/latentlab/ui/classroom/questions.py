"""What a teacher can ask a class: a vote, a drawing, a guess; and the question of a lesson."""

from __future__ import annotations

import secrets

import numpy as np
import streamlit as st

from latentlab import classroom
from latentlab.checkpoints import SPLIT_CODES, Checkpoint
from latentlab.classroom import Room
from latentlab.classroom.activity import Activity, View
from latentlab.ui.classroom import notices
from latentlab.ui.shell import cache, state
from latentlab.wording import words

MOST_CHOICES = 6
LONGEST = 160  # letters of a choice; a question may have four times as many
USUAL_CHOICES = "True; False"
ANYTHING = "anything"
WAYS = ("Join", "Vote", "Draw", "Guess")
FAVORITE = "7"  # of the classes to draw: a network trained without it is shipped

_WAY, _QUESTION, _CHOICES, _LABEL = "class-way", "class-question", "class-choices", "class-label"


def ask(room: Room, checkpoint: Checkpoint) -> None:
    """Let the teacher ask the class something.

    Parameters
    ----------
    room : Room
    checkpoint : Checkpoint
        The network on whose map drawings and guesses land.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="class-ask"):
        way = st.segmented_control("Ask the class", WAYS, default="Join", key=_WAY)
        if way == "Vote":
            st.text_input("Question", max_chars=4 * LONGEST, key=_QUESTION)
            st.text_input("Choices, separated by semicolons", USUAL_CHOICES, key=_CHOICES)
            _button("Ask", _vote, room)
        elif way == "Draw" and _can_draw(checkpoint):
            names = [*checkpoint.manifest.class_names, ANYTHING]
            usual = names.index(FAVORITE) if FAVORITE in names else 0
            st.selectbox("Everyone draws", names, index=usual, key=_LABEL, width=240)
            _button("Let them draw", _draw, room, checkpoint)
        elif way == "Guess" and _can_guess(checkpoint):
            _button("Show a test image", _guess, room, checkpoint)
        elif way == "Join":
            _button("Show the code", _wait, room)


def _button(label: str, call: object, *arguments: object) -> None:
    st.button(label, type="primary", on_click=call, args=arguments, key="class-pose")  # type: ignore[arg-type]


def _wait(room: Room) -> None:
    room.pose(Activity())


def _vote(room: Room) -> None:
    lines = [line.strip()[:LONGEST] for line in state.recall(_CHOICES, "").split(";")]
    choices = tuple(line for line in lines if line)[:MOST_CHOICES]
    prompt = state.recall(_QUESTION, "").strip()
    if prompt and len(choices) > 1:
        room.pose(Activity("vote", prompt, choices))
    else:
        notices.leave("A vote needs a question and at least two choices.")


def _draw(room: Room, checkpoint: Checkpoint) -> None:
    names = list(checkpoint.manifest.class_names)
    wanted = state.recall(_LABEL, ANYTHING)
    label = names.index(wanted) if wanted in names else None
    prompt = "Everyone draws" if label is None else f"Everyone draws: {wanted}"
    room.pose(_on_map("draw", prompt, checkpoint, label=label))


def _guess(room: Room, checkpoint: Checkpoint) -> None:
    index = cache.index(checkpoint)
    rows = np.flatnonzero(index.splits == SPLIT_CODES["test"])
    rows = rows if len(rows) else np.arange(len(index))
    row = int(rows[secrets.randbelow(len(rows))])
    room.pose(_on_map("guess", "Where is this image encoded?", checkpoint, row=row))


def _on_map(
    kind: str,
    prompt: str,
    checkpoint: Checkpoint,
    *,
    row: int | None = None,
    label: int | None = None,
) -> Activity:
    return Activity(
        kind=kind,  # type: ignore[arg-type]
        prompt=prompt,
        checkpoint=checkpoint.fingerprint,
        row=row,
        label=label,
        shape=checkpoint.manifest.image_shape,
    )


def _can_draw(checkpoint: Checkpoint) -> bool:
    can = words.reconstructs(checkpoint)
    if not can:
        st.caption("This network cannot reconstruct a drawing; choose another one at the top.")
    return can


def _can_guess(checkpoint: Checkpoint) -> bool:
    if not _can_draw(checkpoint):
        return False
    if cache.originals(checkpoint) is None:
        st.caption("The images of this network are not on this machine; choose another one.")
        return False
    return True


def led_here() -> Room | None:
    """Return the class that is running, where the visitor leads it."""
    return classroom.current() if state.is_at_the_machine() else None


def follow_lesson(
    place: tuple[str, int],
    activity: Activity,
    *,
    revealed: bool,
) -> View | None:
    """Ask the class the question of a lesson's step, and return its answers once they are shown.

    Only the teacher's page leads the class, and only when it comes to another step.

    Parameters
    ----------
    place : (str, int)
        The lesson's name and the step.
    activity : Activity
        The question; where the step has none, the phones wait.
    revealed : bool

    Returns
    -------
    View or None
        None where there is no class or nothing is shown.
    """
    room = led_here()
    if room is None:
        return None
    if state.is_news("class:lesson", (room.code, place, revealed)):
        room.pose(activity)
        if activity.kind != "wait":
            room.set_phase("revealed" if revealed else "open")
    view = room.view()
    return view if revealed and view.activity == activity else None


def mean_ranks(choices: tuple[str, ...]) -> tuple[dict[str, float], int]:
    """Return the class's mean rank of each choice, and how many phones have ranked them.

    Parameters
    ----------
    choices : tuple of str
        Of the question; empty is returned where the class is asked something else, or is still
        answering.
    """
    room = led_here()
    view = room.view() if room else None
    if view is None or view.activity.choices != choices or view.phase != "revealed":
        return {}, 0
    return dict(zip(choices, view.mean_ranks, strict=False)), view.n_answers
