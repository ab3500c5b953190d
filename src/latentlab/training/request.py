"""What a run is asked: its config, its name, where, and who looks on."""

from __future__ import annotations

from dataclasses import dataclass, field

from latentlab.config import RunConfig, checkpoint_name
from latentlab.training.preparation import Places
from latentlab.training.reporting import Reporter, Silent
from latentlab.training.stage_watcher import Audience
from latentlab.training.watching import Control


@dataclass(frozen=True)
class RunRequest:
    """Everything that `run` needs to know.

    Attributes
    ----------
    config : RunConfig
        What to train; what it leaves open, the recipe chooses.
    name : str, optional
        Of the checkpoint; made from the config by default.
    places : Places
        Where to read and write.
    replace : bool
        Replace an existing checkpoint of that name, and forget an interrupted run.
    resuming : bool, optional
        Continue an interrupted run. None: only if one of the same settings and images is there.
    device : str, optional
        "cpu", "cuda", "mps"; the fastest present by default.
    n_threads : int, optional
        CPU threads; torch's own choice by default.
    reporter : Reporter
        Told how it goes; nobody by default.
    control : Control, optional
        Looked at before every step: pause, go on, stop and keep.
    audience : Audience, optional
        Sees the network at stages of the training.
    """

    config: RunConfig
    name: str | None = None
    places: Places = field(default_factory=Places)
    replace: bool = False
    resuming: bool | None = False
    device: str | None = None
    n_threads: int | None = None
    reporter: Reporter = field(default_factory=Silent)
    control: Control | None = None
    audience: Audience | None = None

    @property
    def checkpoint(self) -> str:
        """The name of the checkpoint to be."""
        return self.name or checkpoint_name(self.config)
