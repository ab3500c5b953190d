"""How long a training takes on this machine: measured, and kept beside the trainings."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from latentlab.config import RunConfig
from latentlab.jobs.folder import replace

FILE = "estimates.json"
# What decides how long a step takes, and how many there are in an epoch.
_PACE = (
    *("dataset", "image_size", "n_images", "task", "model", "body", "hidden", "latent_dim"),
    *("likelihood", "batch_size", "precision", "projections", "augment"),
)


@dataclass(frozen=True)
class Pace:
    """What was measured.

    Attributes
    ----------
    epoch_seconds : float
        Of one epoch, validation included.
    n_epochs : int
        As many as suit the images, where no number is asked for.
    rest_seconds : float
        From the last epoch to the finished checkpoint; 0 before it was seen.
    """

    epoch_seconds: float
    n_epochs: int
    rest_seconds: float = 0.0

    def seconds(self, epochs: int | None) -> float:
        """Return how long a training takes.

        Parameters
        ----------
        epochs : int

        Returns
        -------
        float
            Wall-clock time.
        """
        return self.epoch_seconds * (epochs or self.n_epochs) + self.rest_seconds


def pace(folder: Path, config: RunConfig) -> Pace | None:
    """Return what was measured for such a network and such images, or None.

    Parameters
    ----------
    folder : Path
        Of all trainings.
    config : RunConfig
        As asked for; epochs, learning rate, beta and seed do not matter.

    Returns
    -------
    Pace or None
    """
    try:
        return Pace(**_read(folder)[_key(config)])
    except (KeyError, TypeError):
        return None


def note(folder: Path, config: RunConfig, measured: Pace) -> None:
    """Keep what was measured; a disk that refuses costs only the estimate.

    Parameters
    ----------
    folder : Path
        Of all trainings.
    config : RunConfig
        As asked for.
    measured : Pace
        Replaces what was measured before.
    """
    entries = _read(folder)
    entries[_key(config)] = asdict(measured)
    with suppress(OSError):
        replace(folder / FILE, json.dumps(entries).encode())


def _read(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(config: RunConfig) -> str:
    asked = config.model_dump(mode="json")
    decisive = {name: asked[name] for name in _PACE} | {"cores": os.cpu_count()}
    return hashlib.sha256(json.dumps(decisive).encode()).hexdigest()[:16]
