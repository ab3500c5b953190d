"""Which names and addresses mean this machine itself, and where the app can be opened."""

from __future__ import annotations

import ipaddress
import socket

from streamlit import config


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this machine only."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bound_to() -> str:
    """Return the address that the server listens on."""
    return str(config.get_option("server.address") or "0.0.0.0")  # noqa: S104 - Streamlit's own


def addresses() -> list[str]:
    """Return the addresses at which the app can be opened, this machine's own first."""
    hosts = ["localhost"] if is_loopback(bound_to()) else ["localhost", *_own_addresses()]
    # An IPv6 address is written in brackets.
    shown = [f"[{host}]" if ":" in host else host for host in hosts]
    return [f"http://{host}:{port()}/{base_path()}" for host in shown]


def port() -> int:
    """Return the port that the server listens on."""
    return int(config.get_option("server.port"))


def base_path() -> str:
    """Return where the app lives on its host, without slashes around it; empty for the top."""
    return str(config.get_option("server.baseUrlPath") or "").strip("/")


def _own_addresses() -> list[str]:
    """Return this machine's address in the local network, found without sending anything."""
    bound = bound_to()
    if bound not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return [bound]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation; UDP sends no packet here
            return [str(probe.getsockname()[0])]
        except OSError:
            return [socket.gethostname()]
