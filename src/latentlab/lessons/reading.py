"""Lessons as files: those that come with latentlab, and a teacher's own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from latentlab.errors import LatentlabError
from latentlab.images import printable
from latentlab.lessons.schema import Lesson

OWN_VARIABLE = "LATENTLAB_LESSONS"
"""Environment variable that names a folder of a teacher's own lessons."""
# At the top of a checkout; in an installed wheel they travel inside the package.
PLACES = (Path(__file__).parents[3] / "lessons", Path(__file__).parents[1] / "_app" / "lessons")
LARGEST_FILE = 100_000  # bytes
# What a mistake is called where pydantic speaks of Python.
_PLAIN = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of a lesson",
    "tuple_type": "has to be a list",
    "list_type": "has to be a list",
    "string_type": "has to be text",
    "int_parsing": "has to be a whole number",
    "float_parsing": "has to be a number",
    "model_type": "has to be a list of fields",
    "dict_type": "has to be a list of fields",
}


class LessonError(LatentlabError):
    """A lesson that cannot be read, with the file and the field."""


@dataclass(frozen=True)
class RefusedLesson:
    """A file that is no lesson, and why, in one sentence.

    Attributes
    ----------
    name : str
        Of the file.
    reason : str
    """

    name: str
    reason: str


def read_lesson(path: Path) -> Lesson:
    """Read a lesson from a file.

    Parameters
    ----------
    path : Path
        YAML: the fields of `Lesson`, or a list of addresses.

    Returns
    -------
    Lesson

    Raises
    ------
    LessonError
        If it cannot be read; names the file and each field that is wrong.
    """
    given = _parsed(path)
    if isinstance(given, list):
        title = path.stem.replace("-", " ").capitalize()
        given = {"title": title, "claim": title, "steps": given}
    if not isinstance(given, dict):
        raise LessonError(f"{path.name} is no lesson: it holds neither fields nor addresses.")
    try:
        return Lesson.model_validate({"claim": given.get("title"), **given, "name": path.stem})
    except ValidationError as error:
        raise LessonError(f"{path.name}: {_mistakes(error)}") from None


def read_folders(*places: Path) -> tuple[list[Lesson], list[RefusedLesson]]:
    """Read all lessons of some folders, in the order of a class.

    Parameters
    ----------
    *places : Path
        Of two lessons of one name, the later folder's counts. A missing folder is an empty one.

    Returns
    -------
    lessons : list of Lesson
    refused : list of RefusedLesson
    """
    lessons: dict[str, Lesson] = {}
    refused: list[RefusedLesson] = []
    for path in (path for folder in places for path in sorted(folder.glob("*.y*ml"))):
        try:
            stat = path.stat()
            lessons[path.stem] = _unchanged(path, stat.st_mtime_ns, stat.st_size)
        except OSError:
            continue  # gone since the folder was listed
        except LessonError as error:
            refused.append(RefusedLesson(path.stem, str(error)))
    return sorted(lessons.values(), key=lambda lesson: (lesson.place, lesson.name)), refused


def library() -> tuple[list[Lesson], list[RefusedLesson]]:
    """Read the lessons that come with latentlab, and a teacher's own; see `read_folders`.

    Returns
    -------
    lessons : list of Lesson
    refused : list of RefusedLesson
    """
    return read_folders(*folders())


def folders() -> list[Path]:
    """Return the folders that hold lessons; a teacher's own comes last.

    Returns
    -------
    list of Path
        One's own, from the environment, is listed even if it is missing.
    """
    given = os.environ.get(OWN_VARIABLE)
    own = [Path(given).expanduser()] if given else []
    return [place for place in PLACES if place.is_dir()] + own


@lru_cache(256)
def _unchanged(path: Path, changed: int, size: int) -> Lesson:
    """Return a lesson without reading its file again."""
    return read_lesson(path)


def _parsed(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise LessonError(f"{path.name} is larger than {LARGEST_FILE // 1000} kB.")
        text = path.read_text(encoding="utf-8")
        # An alias could stand for more than any memory holds.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise LessonError(f"{path.name} uses an alias (*name): write the text out.")
        # Every value as it was written: to YAML itself, a choice that reads No would be false.
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes only text
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LessonError(f"{path.name} is no YAML: line {line}, {error.problem}.") from None
    except (yaml.YAMLError, OSError, ValueError, RecursionError):
        raise LessonError(f"{path.name} cannot be read as YAML in UTF-8.") from None


def _mistakes(error: ValidationError) -> str:
    """Say what is wrong with each field, one sentence a field."""
    found = {mistake["loc"]: mistake for mistake in error.errors()}
    # A list with a mistake in it is called too short as well.
    inner = {location[:end] for location in found for end in range(len(location))}
    return " ".join(
        f"{_where(location)} {_what(mistake)}."
        for location, mistake in found.items()
        if location not in inner or not location
    )


def _where(location: tuple[int | str, ...]) -> str:
    parts = [f"{part + 1}" if isinstance(part, int) else printable(part) for part in location]
    return " ".join(parts) if parts else "The lesson"


def _what(mistake: Any) -> str:
    if mistake["type"] == "value_error":
        return str(mistake["ctx"]["error"])
    if mistake["type"] == "too_short":
        return f"needs at least {mistake['ctx']['min_length']} of them"
    plain = _PLAIN.get(mistake["type"])
    return plain or f"is wrong: {str(mistake['msg'])[:1].lower()}{str(mistake['msg'])[1:]}"
