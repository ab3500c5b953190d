"""What a visitor has chosen: the only place that touches session state and the address.

The address carries what a link should carry (the checkpoint, the place on the map); the session
keeps it while the visitor walks from page to page, where Streamlit would drop it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import streamlit as st

Value = TypeVar("Value")

CHECKPOINT = "checkpoint"
MAX_ADDRESS_VALUE = 500

_FRAME_DRAWN = "latentlab:frame-drawn"
_ADDRESS = "latentlab:address:"


def from_address(name: str) -> str | None:
    """Return one value of the address, or what it was before the visitor changed page.

    Parameters
    ----------
    name : str
        The parameter's name.

    Returns
    -------
    str or None
        None if it was never given; at most 500 characters, since anybody can write an address.
    """
    given = st.query_params.get(name)
    if given is None:
        kept = st.session_state.get(_ADDRESS + name)
        return kept if isinstance(kept, str) else None
    value = given[:MAX_ADDRESS_VALUE]
    st.session_state[_ADDRESS + name] = value
    return value


def to_address(**values: str | None) -> None:
    """Write values into the address and keep them across pages; None removes one.

    Nothing is sent to the browser for a value that is there already.
    """
    for name, value in values.items():
        if value is None:
            st.session_state.pop(_ADDRESS + name, None)
            if name in st.query_params:
                del st.query_params[name]
            continue
        st.session_state[_ADDRESS + name] = value
        if st.query_params.get(name) != value:
            st.query_params[name] = value


def chosen_checkpoint() -> str | None:
    """Return the name of the checkpoint that was asked for, which may not exist."""
    return from_address(CHECKPOINT)


def choose_checkpoint(name: str) -> None:
    """Choose a checkpoint, in the session and in the address.

    What the address says of the checkpoint left behind (a place on its map) goes with it.
    """
    if name != chosen_checkpoint():
        forget_address(keep=(CHECKPOINT,))
    to_address(checkpoint=name)


def forget_address(*, keep: Iterable[str] = ()) -> None:
    """Remove everything from the address but the names to keep."""
    kept = set(keep)
    known = {key.removeprefix(_ADDRESS) for key in _session_keys() if key.startswith(_ADDRESS)}
    for name in (known | set(st.query_params)) - kept:
        to_address(**{name: None})


def frame_drawn() -> bool:
    """Say whether the frame of the app has been drawn for this visitor."""
    return bool(st.session_state.get(_FRAME_DRAWN, False))


def set_frame_drawn() -> None:
    """Note that ``app.py`` draws the frame, so that pages need not draw their own picker."""
    st.session_state[_FRAME_DRAWN] = True


def remember(key: str, value: object) -> None:
    """Keep a value for this visitor until the tab is closed."""
    st.session_state[key] = value


def recall(key: str, default: Value) -> Value:
    """Return what was remembered, or the default if nothing was or it is of another type."""
    value = st.session_state.get(key, default)
    return value if isinstance(value, type(default)) else default


def holds(key: str, value: object) -> bool:
    """Say whether exactly this value was remembered."""
    return key in st.session_state and bool(st.session_state[key] == value)


def choice(key: str) -> bool | None:
    """Return what a switch was set to, or None if it has never been on the screen."""
    value = st.session_state.get(key)
    return value if isinstance(value, bool) else None


def _session_keys() -> list[str]:
    return [str(key) for key in st.session_state]


def is_at_the_machine() -> bool:
    """Say whether the visitor sits at the machine that runs the app.

    What changes things for everybody (fetching image sets, stopping what others have started) is
    offered only there. Whoever comes through a proxy on that machine counts as sitting at it.
    """
    return st.context.ip_address is None  # so Streamlit says for 127.0.0.1 and ::1


def in_address(name: str) -> bool:
    """Say whether the address holds a value of this name now."""
    return name in st.query_params


def said_by(key: str, name: str) -> object:
    """Return what a component of the page has said under a name, or None."""
    component = st.session_state.get(key)
    return component.get(name) if isinstance(component, Mapping) else None


def is_on_screen(key: str) -> bool:
    """Say whether the widget with this key was drawn in the visitor's last run."""
    return key in st.session_state


def is_news(key: str, value: object) -> bool:
    """Say whether this visitor's value is another one than at the last call with this key.

    What a component said stays its value in every later run; it must be acted on only once.
    """
    if st.session_state.get(key) == value:
        return False
    st.session_state[key] = value
    return True
