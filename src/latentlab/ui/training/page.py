"""The Training page's conversation with its component: what there is, what is asked for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from latentlab import data
from latentlab.checkpoints import Checkpoint
from latentlab.errors import DataError
from latentlab.figures import theme
from latentlab.jobs import training
from latentlab.jobs.recipe import Recipe
from latentlab.ui.shell import available, bus, frame, kept_address, state
from latentlab.ui.training import component, lookout, orders, rights, sending, stored
from latentlab.ui.training.lookout import Seen
from latentlab.wording import glossary, words

# What the page shows as a heading, a legend or a field.
TERMS = (
    "Test images",
    "Reconstructions",
    "Reconstruction term",
    "KL divergence",
    "validation images",
    "Latent dimensions",
    "Beta",
    "Epochs",
    "Learning rate",
    "Seed",
)
# What the component keeps in the address; the same names as in web/training/address.ts, and none
# that another page uses for something else.
ADDRESS = ("run", "second", "stage", "speed", "lattice", "labels", "star")
# Stages come every 0.2 s at most; while nobody trains, it is enough to notice who begins.
SECONDS_LIVE, SECONDS_IDLE = 0.2, 1.5
_WATCHED, _SAID = "latentlab:training-watched", "latentlab:training-said"


def render(checkpoint: Checkpoint) -> None:
    """Draw the page for the checkpoint whose training is replayed unless somebody trains.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    frame.fill_window()
    returned = kept_address.returned(ADDRESS, component.ADDRESS_KEY)
    component.draw(_setting(checkpoint))
    _keep_address()
    if returned:
        bus.carry({"id": "training address", "value": returned}, key="training-returned")
    live = _is_live()
    seconds = SECONDS_LIVE if live else SECONDS_IDLE
    st.fragment(_converse, run_every=seconds, key="training-talk")(live=live)


@st.fragment(key="training-keep-address")
def _keep_address() -> None:
    kept_address.follow(ADDRESS, component.ADDRESS_KEY)


def _converse(*, live: bool) -> None:
    """Do what the browser asks for and send what is new; again and again while the page is open."""
    runs = _runs()
    watched = bus.listen("watch", key="training-watch")
    if isinstance(watched, dict) and state.is_news(_WATCHED, watched):
        sending.wants(watched)
        _warm(runs)
    said = bus.listen("order", key="training-order")
    if isinstance(said, dict) and state.is_news(_SAID, said):
        if said.get("order") == "open":
            _open_on_explore(said.get("name"))
        else:
            orders.obey(said, runs)
            lookout.look_again()
    if live != _is_live():
        if live:
            _warm(runs)  # whoever trains once trains again
        # To look more often, or less. Before anything is sent: what is still on its way is lost.
        st.rerun()
    messages = sending.messages(runs)
    bus.carry({"id": "training", "value": _status(runs)}, key="training-status")
    for slot, message in enumerate(messages):
        bus.carry(message, key=f"training-stages-{slot}")


def _warm(runs: Path) -> None:
    if rights.may_train():
        training.warm(runs, orders.recipe() or Recipe())


def _open_on_explore(name: object) -> None:
    """Show a checkpoint on the page where the app opens."""
    good, _ = available.checkpoints()
    if isinstance(name, str) and name in {each.name for each in good}:
        state.choose_checkpoint(name)
        st.switch_page("pages/explore.py")


def _setting(checkpoint: Checkpoint) -> dict[str, object]:
    return {
        "looks": {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)},
        "checkpoint": checkpoint.name,
        "stored": stored.offered(),
        "sets": [{"name": name, "title": _title(name)} for name in training.image_sets()],
        "latent_dims": list(training.LATENT_DIMS),
        "recipe": asdict(Recipe()),
        "may": rights.may_train(),
        "not_here": rights.NOT_HERE,
        "meanings": glossary.helps(*TERMS),
    }


def _status(runs: Path) -> dict[str, object]:
    wanted = orders.recipe()
    return {
        "trainings": [_described(each) for each in lookout.look(runs)],
        "problems": training.problems(wanted) if wanted else {},
        "estimate": training.estimate(runs, wanted) if wanted else None,
        "answer": orders.answer(),
        "sent": sending.sent(),
    }


def _described(seen: Seen) -> dict[str, object]:
    status, recipe = seen.status, seen.recipe
    kind = words.SHORT_MODELS.get(recipe.model, recipe.model)
    return {
        "run": seen.training.id,
        "title": f"{kind}, z = {recipe.latent_dim}, {_title(recipe.images)}",
        "name": seen.name,
        "kept": seen.kept,
        "mine": rights.may_steer(seen.training, is_live=status.is_live),
        **{
            field: getattr(status, field)
            for field in ("state", "step", "n_steps", "what", "problem", "note", "seconds_left")
        },
    }


def _is_live() -> bool:
    return any(seen.status.is_live for seen in lookout.look(_runs()))


def _runs() -> Path:
    return available.root().absolute().parent / "runs"


def _title(images: str) -> str:
    try:
        return data.dataset(images).title
    except DataError:
        return f"the images in '{images.removeprefix('folder:')}'"
