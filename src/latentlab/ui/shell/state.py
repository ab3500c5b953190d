"""What a visitor has chosen: the only place that touches session state and the address.

The address carries what a link should carry (the checkpoint, the place on the map); the session
keeps it while the visitor walks from page to page, where Streamlit would drop it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import TypeVar

import streamlit as st

Value = TypeVar("Value")

CHECKPOINT = "checkpoint"
RESTORER = "network"  # the Restore page's own
# Of its degradation: how strong, of which kind, and placed by which seed.
DEGRADATION = ("strength", "degradation_kind", "degradation_seed")
# The lesson that runs, its step, whether the answer is revealed and the frame hidden.
LESSON = ("lesson", "step", "reveal", "full")
MAX_ADDRESS_VALUE = 500

_PAGE = "latentlab:page"
_ADDRESS = "latentlab:address:"
_SAID = "latentlab:said:"
_SHOWN = "latentlab:shown:"


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

    The browser hears of all of them at once, and of none that is there already: each message to it
    would be a step of Back.
    """
    address = dict(st.query_params)
    for name, value in values.items():
        if value is None:
            st.session_state.pop(_ADDRESS + name, None)
            address.pop(name, None)
        else:
            st.session_state[_ADDRESS + name] = value
            address[name] = value
    if address != dict(st.query_params):
        st.query_params.from_dict(address)


def follow_address(
    name: str,
    key: str,
    options: Collection[object],
    default: object = None,
    *,
    read: Callable[[str], object] = str,
) -> None:
    """Give a widget the value that the address names; call it before the widget is drawn.

    The address wins when it has changed since it was last read or written: a link was opened, or
    the visitor went back. Otherwise the widget keeps what it was set to, and so does one that was
    moved for this very run: what the browser then says of the address may be older than the
    movement before. After the widget, write what it says with `to_address`.

    Parameters
    ----------
    name : str
        The parameter's name in the address.
    key : str
        The widget's.
    options : collection
        What the widget can be set to.
    default : optional
        Its value where the address names none of them.
    read : callable
        Makes one of the options from text, such as ``int``; a ValueError means that it names none.
    """
    changed, given = read_anew(name)
    is_moved = st.session_state.get(key) != st.session_state.get(_SHOWN + key)
    if key not in st.session_state or (changed and not is_moved):
        value = None
        with suppress(ValueError):
            value = None if given is None else read(given)
        st.session_state[key] = value if value in options else default
    st.session_state[_SHOWN + key] = st.session_state[key]


def latest(name: str, said: str | None) -> str | None:
    """Return what was said or read last: a component's word, or that of the address.

    Parameters
    ----------
    name : str
        The parameter's name in the address, which is written as well.
    said : str or None
        What the component says now; it stays its word until it says another.
    """
    changed, given = read_anew(name)
    # Who speaks again acts faster than the browser learns of the address.
    speaks_again = st.session_state.get(_SAID + name) is not None
    is_new = is_news(_SAID + name, said) and (speaks_again or not changed)
    value = said if is_new and said is not None else given
    to_address(**{name: value})
    return value


def read_anew(name: str) -> tuple[bool, str | None]:
    """Return whether the address says something new under a name, and what it says."""
    kept = st.session_state.get(_ADDRESS + name)
    given = from_address(name)
    return given != kept, given


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


def choose_restorer(name: str) -> None:
    """Choose the network of the Restore page; the one that the other pages show stays."""
    to_address(**{RESTORER: name, **dict.fromkeys(DEGRADATION)})


def forget_address(*, keep: Iterable[str] = ()) -> None:
    """Remove everything from the address but the names to keep, and a lesson that runs."""
    kept = {*keep, *LESSON}
    known = {key.removeprefix(_ADDRESS) for key in _session_keys() if key.startswith(_ADDRESS)}
    to_address(**dict.fromkeys((known | set(st.query_params)) - kept))


def only_address() -> None:
    """Forget what the session keeps beside the address: it was opened as a link is."""
    for key in _session_keys():
        if key.startswith(_ADDRESS) and not in_address(key.removeprefix(_ADDRESS)):
            del st.session_state[key]


def page() -> str:
    """Return the title of the page that is shown; empty where no frame was drawn around it."""
    return recall(_PAGE, "")


def set_page(title: str) -> None:
    """Note that ``app.py`` draws the frame around this page: it need not draw its own picker."""
    st.session_state[_PAGE] = title


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
