"""What a visitor asks of a training: start, steer, keep. What comes from a browser is checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from latentlab.errors import LatentlabError
from latentlab.jobs import JobError, training
from latentlab.jobs.recipe import Recipe
from latentlab.jobs.training import Training
from latentlab.ui.shell import available, state
from latentlab.ui.training import rights

_RECIPE, _ANSWER = "latentlab:training-recipe", "latentlab:training-answer"
_TYPES: Mapping[str, tuple[type, ...]] = {
    "images": (str,),
    "model": (str,),
    "latent_dim": (int,),
    "beta": (int, float),
    "epochs": (int, type(None)),
    "learning_rate": (int, float),
    "seed": (int,),
}
NOT_YOURS = (
    "Only the visitor who started this training, or the machine that runs the app, can control it."
)


def obey(said: dict[str, Any], runs: Path) -> None:
    """Do what a visitor's browser says; what came of it is kept for `answer`.

    Parameters
    ----------
    said : dict
        ``{"turn": str, "order": str, ...}``, if the browser is ours.
    runs : Path
        The folder of trainings.
    """
    order = str(said.get("order"))
    answer: dict[str, object] = {"turn": str(said.get("turn"))[:40], "order": order[:20]}
    try:
        answer |= _done(order, said, runs)
    except LatentlabError as error:
        answer["problem"] = str(error)
    state.remember(_ANSWER, answer)


def answer() -> dict[str, object]:
    """Return what came of the last order: its ``turn``, and ``problem`` where it failed."""
    return state.recall(_ANSWER, {})


def recipe() -> Recipe | None:
    """Return the recipe that the visitor has set, or None before there is one."""
    values: dict[str, Any] = state.recall(_RECIPE, {})
    return Recipe(**values) if values else None


def _done(order: str, said: dict[str, Any], runs: Path) -> dict[str, object]:
    if not rights.may_train():
        raise JobError(rights.NOT_HERE)
    if order in ("recipe", "start"):
        return _with_recipe(order, said.get("recipe"), runs)
    one = next((t for t in training.all_trainings(runs) if t.id == said.get("run")), None)
    if one is None:
        raise JobError("This training is not there any more.")
    if not rights.may_steer(one, is_live=one.status().is_live):
        raise JobError(NOT_YOURS)
    if order == "keep":
        kept = training.keep(one, str(said.get("name") or ""), available.root())
        return {"kept": kept.name}
    if order in _STEERING:
        _STEERING[order](one)
    return {"run": one.id}


def _with_recipe(order: str, asked: object, runs: Path) -> dict[str, object]:
    wanted = _recipe_from(asked)
    state.remember(_RECIPE, vars(wanted))
    if order == "recipe":
        training.warm(runs, wanted)
        return {}
    one = training.start(runs, wanted)
    rights.note_started(one)
    return {"run": one.id}


def _command(word: training.Command) -> Callable[[Training], None]:
    return lambda one: training.command(one, word)


def _resume(one: Training) -> None:
    training.resume(one)
    rights.note_started(one)


_STEERING: Mapping[str, Callable[[Training], None]] = {
    "pause": _command("pause"),
    "resume": _command("resume"),
    "step": _command("step"),
    "stop": _command("stop"),
    "discard": training.discard,
    "again": _resume,
}


def _recipe_from(asked: object) -> Recipe:
    values: dict[str, Any] = {}
    for field in fields(Recipe):
        value = asked.get(field.name) if isinstance(asked, dict) else None
        fits = isinstance(value, _TYPES[field.name]) and not isinstance(value, bool)
        if not fits or (isinstance(value, float) and not math.isfinite(value)):
            title = field.name.replace("_", " ")
            raise JobError(f"The field {title} is empty or no number; set it and try again.")
        values[field.name] = value[:200] if isinstance(value, str) else value
    return Recipe(**values)
