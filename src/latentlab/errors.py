"""The exceptions a user may meet; every message is a sentence made for the screen.

A message says what happened, with which value, and what to do next. They are caught in exactly two
places: around the page in ``app.py`` and around the command in ``cli/__init__.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

# More names than this are no help in a sentence: only the closest are told.
MOST_NAMES, CLOSEST = 8, 3


class LatentlabError(Exception):
    """Anything that went wrong for a reason the user can understand."""


class ImageError(LatentlabError):
    """A picture that cannot be read or does not fit."""


class DataError(LatentlabError):
    """An image set that is unknown, missing or unusable."""


class ConfigError(LatentlabError):
    """A run config that asks for something impossible."""


class CheckpointError(LatentlabError):
    """A checkpoint folder that is damaged, foreign or newer than this program."""


class NetworkError(LatentlabError):
    """A network from elsewhere that cannot be used."""


class TrainingError(LatentlabError):
    """A training that had to stop."""


def unknown_name(kind: str, name: object, valid: Iterable[str]) -> str:
    """Say that a name is unknown, with the nearest guess and the valid ones, or the closest three.

    Parameters
    ----------
    kind : str
        What was asked for, as the user would call it ("image set", "model").
    name : object
        What the user wrote.
    valid : iterable of str
        The names that exist.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> unknown_name("model", "vea", ["ae", "vae"])
    "There is no model called 'vea'. Did you mean 'vae'? Valid names: ae, vae."
    """
    names = sorted(valid)
    shown = str(name) if len(str(name)) <= 80 else str(name)[:77] + "..."
    guess = get_close_matches(shown, names, n=1, cutoff=0.5)
    hint = f" Did you mean '{guess[0]}'?" if guess else ""
    listed = f"Valid names: {', '.join(names)}."
    if len(names) > MOST_NAMES:
        closest = closest_names(shown, names)
        listed = f"The closest of {len(names)} names: {', '.join(closest)}."
    return f"There is no {kind} called '{shown}'.{hint} {listed}"


def closest_names(name: str, valid: Collection[str]) -> list[str]:
    """Return the three names that are written most like another, the nearest first.

    Parameters
    ----------
    name : str
        What the user wrote.
    valid : collection of str
        The names that exist.

    Returns
    -------
    list of str

    Examples
    --------
    >>> closest_names("mpa", ["picker", "image", "map", "input"])
    ['map', 'image', 'input']
    """
    return get_close_matches(name, valid, n=CLOSEST, cutoff=0)
