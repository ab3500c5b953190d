"""The part of the address that a component of the page writes: Streamlit is told, and it is kept.

The browser's side writes the address itself and then says so as "address" (``web/lib/bus.ts``).
"""

from __future__ import annotations

from collections.abc import Collection

from latentlab.ui.shell import bus, state


def follow(names: Collection[str], key: str) -> None:
    """Take down what the component has written; call it in a fragment.

    Parameters
    ----------
    names : collection of str
        What the component may write.
    key : str
        Of the element that listens; unique on the page.
    """
    said = bus.listen("address", key=key)
    if isinstance(said, dict) and state.is_news(f"address:{key}", said):
        state.to_address(**{name: _plausible(said.get(name)) for name in names})


def returned(names: Collection[str], key: str) -> dict[str, str]:
    """Restore the address after the visitor was on another page; empty when nothing was lost.

    While the component is on screen, what is missing was taken away: by Back, or by the component.

    Parameters
    ----------
    names : collection of str
    key : str
        As in `follow`.
    """
    for name in names:
        if state.in_address(name):
            state.from_address(name)  # a link was opened: what it says is kept as well
    missing = [name for name in names if not state.in_address(name)]
    if state.is_on_screen(key):
        state.to_address(**dict.fromkeys(missing))
        return {}
    kept = {name: value for name in missing if (value := state.from_address(name)) is not None}
    state.to_address(**kept)
    return kept


def _plausible(value: object) -> str | None:
    return value[: state.MAX_ADDRESS_VALUE] if isinstance(value, str) and value else None
