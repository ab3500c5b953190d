"""What a page needs of a network, and where it keeps which network it shows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from latentlab.checkpoints import Checkpoint
from latentlab.tasks import TASKS
from latentlab.ui.shell import families, state
from latentlab.wording import words
from latentlab.wording.verdicts import interval_of


@dataclass(frozen=True)
class Need:
    """What a page can show.

    Attributes
    ----------
    why_not : callable
        Says why a network cannot be shown: the end of a sentence about it; empty if it can.
    missing : str
        What is wrong where no network can be shown.
    train : str
        The command that trains one that can.
    slot : str
        Name in the address of the network that the page shows.
    convinces : callable
        Says how much a network is worth opening with; of one image set the largest comes first.
    """

    why_not: Callable[[Checkpoint], str]
    missing: str
    train: str
    slot: str = state.CHECKPOINT
    convinces: Callable[[Checkpoint], float] = lambda checkpoint: 0.0


def _no_latent(checkpoint: Checkpoint) -> str:
    if words.shows_latents(checkpoint):
        return ""
    if checkpoint.manifest.config.latent_dim:
        return "encodes gray images only"
    return "has no latent to show on this page"


def _not_run(checkpoint: Checkpoint) -> str:
    if words.reconstructs(checkpoint):
        return ""
    return _no_latent(checkpoint) or "has no encoder and decoder, only latents"


def _restores_nothing(checkpoint: Checkpoint) -> str:
    return "" if checkpoint.manifest.config.task in TASKS else "is not trained for restoration"


def _lead(checkpoint: Checkpoint) -> float:
    """Return by how many dB a network is surely ahead of the classical baseline, or behind it."""
    gap = interval_of(checkpoint.manifest.metrics.get("psnr_gap"))
    return gap.low if gap else -math.inf


def _no_family(checkpoint: Checkpoint) -> str:
    return (
        ""
        if families.of(checkpoint)
        else "has no family: no other network differs from it only in z, the latent dimensions"
    )


ANY = Need(
    lambda checkpoint: "",
    "No checkpoint yet",
    "latentlab train --dataset digits --model vae --latent-dim 2",
)
LATENT = Need(_no_latent, "No network here has a latent", ANY.train)
RECONSTRUCTS = Need(_not_run, "No network here reconstructs images", ANY.train)
RESTORES = Need(
    _restores_nothing,
    "No network here restores images",
    "latentlab train --dataset digits --task denoise --model ae --latent-dim 16",
    state.RESTORER,
    _lead,
)
FAMILY = Need(
    _no_family,
    "No family of three or more networks that differ only in their latent dimensions",
    "latentlab sweep --dataset digits --model ae --latent-dim 1,2,4,8,16,32,64",
)
# By a page's title. A page that is not named shows every network.
NEEDS = {
    "Explore": LATENT,
    "Neighbors": LATENT,
    "Map": LATENT,
    "Restore": RESTORES,
    "Anomalies": RECONSTRUCTS,
    "Bottleneck": FAMILY,
}


def of(page: str) -> Need:
    """Return what the page of that title needs."""
    return NEEDS.get(page, ANY)
