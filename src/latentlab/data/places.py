"""Where image sets were when they were last used, remembered on this machine.

A training is told ``--data-root`` or ``--data-dir`` once; the app and every other command find the
images there afterwards. It is remembered in ``places.json`` in the user's own state folder
(LATENTLAB_STATE, else where the system keeps such things), never in a checkpoint: a path of this
machine means nothing elsewhere, and is nobody else's business.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from latentlab.scratch import beside

FILE = "places.json"
FORMAT = 1
MOST = 8  # of one image set: folders in different places may share a name

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where downloads and caches live, and where the user's own folders lie.

    Attributes
    ----------
    data_dir : Path
        Of downloads and caches.
    data_root : Path
        Of own folders.
    """

    data_dir: Path
    data_root: Path


def state_dir() -> Path:
    """Say where this machine remembers things: LATENTLAB_STATE, else the system's usual folder.

    Returns
    -------
    Path
        It may be missing.
    """
    given = os.environ.get("LATENTLAB_STATE")
    if given:
        return Path(given)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "latentlab"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "latentlab"
    return Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "latentlab"


def remembered(name: str) -> list[Place]:
    """Return where an image set was, the latest first; nothing if nothing is known.

    Parameters
    ----------
    name : str
        Of the image set.

    Returns
    -------
    list of Place
        At most `MOST`.
    """
    return [Place(Path(one[0]), Path(one[1])) for one in _read().get(name, [])]


def remember(name: str, place: Place) -> None:
    """Remember where an image set is; silently not, where nothing can be written.

    Parameters
    ----------
    name : str
        Of the image set.
    place : Place
        Made absolute.
    """
    known = _read()
    now = [str(place.data_dir.absolute()), str(place.data_root.absolute())]
    others = [one for one in known.get(name, []) if one != now]
    if known.get(name, [])[:1] == [now]:
        return
    known[name] = [now, *others][:MOST]
    try:
        target = state_dir() / FILE
        with beside(target) as folder:
            scratch = folder / FILE
            scratch.write_text(
                json.dumps({"format": FORMAT, "places": known}, indent=1) + "\n", encoding="utf-8"
            )
            scratch.replace(target)
    except (OSError, RuntimeError) as error:  # a full disk, or a user without a home
        _logger.info("Where '%s' is was not remembered (%s).", name, error)


def _read() -> dict[str, list[list[str]]]:
    """Read what is remembered; whatever is not as it was written counts as forgotten."""
    try:
        content = json.loads((state_dir() / FILE).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            return {}
        return {
            str(name): [[str(part) for part in one] for one in found if len(one) == 2]
            for name, found in content["places"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return {}
