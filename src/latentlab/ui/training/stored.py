"""The checkpoints whose training can be replayed, in the order of the checkpoint picker."""

from __future__ import annotations

from latentlab.checkpoints import Checkpoint
from latentlab.ui.shell import available, families
from latentlab.ui.training import replay
from latentlab.wording import words


def offered() -> list[dict[str, str]]:
    """Return the runs of checkpoints with stored stages: by image set, a family after the others.

    Returns
    -------
    list of dict
        For each its name (``run``), what it is (``title``), and what it stands under (``group``).
    """
    good, _ = available.checkpoints()
    recorded = [each for each in good if replay.has_stages(each)]
    recorded.sort(key=_place)
    return [
        {"run": each.name, "title": words.line(each), "group": _group(each)} for each in recorded
    ]


def _place(checkpoint: Checkpoint) -> tuple[str, str, int, str]:
    family = families.of(checkpoint)
    config = checkpoint.manifest.config
    name, size = (family.name, config.latent_dim) if family else ("", 0)
    return words.image_set(config), name, size, checkpoint.name


def _group(checkpoint: Checkpoint) -> str:
    family = families.of(checkpoint)
    if family is not None:
        return f"{family.name}: {words.family(family)}"
    title = words.image_set(checkpoint.manifest.config)
    return f"{title[:1].upper()}{title[1:]}"
