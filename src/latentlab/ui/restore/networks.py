"""Which checkpoints restore images, and which of them belong in one row."""

from __future__ import annotations

from latentlab.checkpoints import Checkpoint, Family
from latentlab.tasks import RECONSTRUCT, TASKS
from latentlab.ui.shell import available, families
from latentlab.wording import words

# More would not fit beside the clean and the degraded picture.
MOST_RIVALS = 2


def restorers() -> list[Checkpoint]:
    """Return the checkpoints that were trained for restoration, by name."""
    good, _ = available.checkpoints()
    return [checkpoint for checkpoint in good if checkpoint.manifest.config.task != RECONSTRUCT]


def by_image_set() -> dict[str, dict[str, list[Checkpoint]]]:
    """Return the networks by the title of their image set, then by their task."""
    found: dict[str, dict[str, list[Checkpoint]]] = {}
    for task in TASKS:
        for checkpoint in restorers():
            if checkpoint.manifest.config.task == task:
                of_set = found.setdefault(image_set(checkpoint), {})
                of_set.setdefault(task, []).append(checkpoint)
    return found


def image_set(checkpoint: Checkpoint) -> str:
    """Name the images that a network was trained on."""
    return words.image_set(checkpoint.manifest.config)


def row(checkpoint: Checkpoint) -> list[Checkpoint]:
    """Return a checkpoint and its rivals: the same task and images, another network."""
    rivals = [other for other in restorers() if _same(other, checkpoint)]
    # What differs only in the size of the latent says least.
    family = families.of(checkpoint) or ()
    rivals.sort(key=lambda other: other in family)
    others = [other for other in rivals if other.name != checkpoint.name]
    return [checkpoint, *others[: MOST_RIVALS - 1]]


def title(entry: Checkpoint | Family) -> str:
    """Name a network, or networks that differ only in the size of the latent."""
    if isinstance(entry, Checkpoint):
        return f"{entry.name}: {kind(entry)}"
    model = entry.members[0].manifest.config.model
    return f"{entry.name}: {words.SHORT_MODELS.get(model, model)}, {len(entry.sizes)} sizes"


def kind(checkpoint: Checkpoint) -> str:
    """Name a network by what it is: "U-Net", "Autoencoder, z = 64"."""
    config = checkpoint.manifest.config
    name = words.SHORT_MODELS.get(config.model, config.model)
    if not config.latent_dim:
        return name
    return f"{name}, z = {config.latent_dim}"


def _same(other: Checkpoint, checkpoint: Checkpoint) -> bool:
    a, b = other.manifest, checkpoint.manifest
    return (a.config.task, a.config.dataset, a.image_shape) == (
        b.config.task,
        b.config.dataset,
        b.image_shape,
    )
