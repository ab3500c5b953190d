"""Networks that latentlab did not train: measured like ours, and written as a checkpoint."""

from __future__ import annotations

from latentlab.recording.recorder import Recording, record

__all__ = ["Recording", "record"]
