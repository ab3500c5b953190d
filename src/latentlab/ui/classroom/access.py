"""How the teacher's page reaches the class, and how a phone does."""

from __future__ import annotations

from latentlab.classroom import Room
from latentlab.ui.shell import hosts


def of(room: Room) -> dict[str, object]:
    """Say what the teacher's components have to know; nobody else is told."""
    base = f"/{hosts.base_path()}" if hosts.base_path() else ""
    return {
        "path": f"{base}/class/projector",
        "key": room.key,
        "code": room.code,
        "address": address().removeprefix("http://"),
    }


def address() -> str:
    """Return the address of the phones' page: in the network, where the app is open to it."""
    return f"{hosts.addresses()[-1]}class"
