"""The stages of a training as files that a browser can be sent as they are.

``opening.llm`` says what is the same at every stage; ``stages/<number>-<step>.llm`` follow as they
happen, each written beside and renamed. Both are messages (``export.message``):

==============  ===================================================================================
opening         ``id run model beta latent_dim image class_names n_steps n_epochs seconds decoder``
                (layers for the browser's runtime), arrays ``labels splits numbers`` of the probe
                images, ``shown`` (test images)
stage           ``id number step epoch seconds terms history`` (names of its columns), arrays
                ``latents`` (n_probe, z), ``reconstructions`` of the shown images, ``history``
                (epochs, columns), and the decoder: ``weights`` and ``scale``, see
                `export.stage_decoders.in_bytes`
==============  ===================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from latentlab.analysis.support import FAR
from latentlab.export.message import pack
from latentlab.jobs.folder import replace

if TYPE_CHECKING:
    from latentlab.export.stage_decoders import DecoderStages
    from latentlab.training.stage_watcher import Opening, Stage

OPENING, FOLDER, ENDING = "opening.llm", "stages", ".llm"
# Above this, every second one goes: a slider needs no more.
MOST_STAGES, MOST_BYTES, FEWEST_STAGES = 400, 200 * 2**20, 50


@dataclass(frozen=True)
class StageFile:
    """One stage on disk.

    Attributes
    ----------
    number : int
        Rising; some are missing.
    step : int
        Steps done.
    path : Path
    """

    number: int
    step: int
    path: Path

    def read(self) -> bytes | None:
        """Return the message for the browser, or None if it has just been thinned out.

        Returns
        -------
        bytes or None
            As ``export.message`` packs it.
        """
        try:
            return self.path.read_bytes()
        except OSError:
            return None


def listed(job: Path, since: int = -1) -> list[StageFile]:
    """Return the stages of a training with a higher number than ``since``, oldest first.

    Parameters
    ----------
    job : Path
        The training's folder.
    since : int
        -1 for all stages.

    Returns
    -------
    list of StageFile
    """
    found = []
    for path in (job / FOLDER).glob(f"*{ENDING}"):
        number, _, step = path.stem.partition("-")
        if number.isdigit() and step.isdigit() and int(number) > since:
            found.append(StageFile(int(number), int(step), path))
    return sorted(found, key=lambda stage: stage.number)


class StageWriter:
    """Write the stages of one training into its folder, in the worker.

    Parameters
    ----------
    job : Path
        The job's folder.
    """

    def __init__(self, job: Path) -> None:
        self._job = job
        self._files = listed(job)
        self.latest = self._files[-1].number if self._files else -1
        self._decoder: DecoderStages | None = None

    def open(self, opening: Opening) -> None:
        """Write what is the same at every stage.

        Parameters
        ----------
        opening : Opening

        Raises
        ------
        OSError
            If the disk refuses.
        """
        from latentlab.export.stage_decoders import DecoderStages

        self._decoder = DecoderStages(opening.config, opening.image_shape)
        config = opening.config
        header = {
            "id": f"opening {self._job.name}",
            "run": self._job.name,
            "model": config.model,
            "beta": config.beta,
            "latent_dim": config.latent_dim,
            "image": list(opening.image_shape),
            "class_names": list(opening.class_names),
            "n_steps": opening.n_steps,
            "n_epochs": opening.n_epochs,
            "seconds": opening.seconds,
            "far": FAR / 100,
            "decoder": self._decoder.network().header(),
        }
        arrays: dict[str, npt.NDArray[Any]] = {
            "labels": opening.labels.astype(np.int32),
            "splits": opening.splits.astype(np.uint8),
            "numbers": opening.numbers.astype(np.int32),
            "shown": opening.shown,
        }
        (self._job / FOLDER).mkdir(exist_ok=True)
        replace(self._job / OPENING, pack(header, arrays))

    def write(self, stage: Stage, history: list[dict[str, float]]) -> None:
        """Write a stage; those of a later step are from before an interruption, and go.

        Parameters
        ----------
        stage : Stage
        history : list of dict
            One for each finished epoch.

        Raises
        ------
        OSError
            If the disk refuses.
        """
        self._remove([each for each in self._files if each.step >= stage.step])
        number = self.latest + 1
        message = self._message(number, stage, history)
        path = self._job / FOLDER / f"{number:06}-{stage.step:08}{ENDING}"
        replace(path, message)
        self.latest = number
        most = min(MOST_STAGES, max(FEWEST_STAGES, MOST_BYTES // len(message)))
        if len(self._files) >= most:
            self._remove(self._files[1::2])
        self._files.append(StageFile(number, stage.step, path))

    def _remove(self, superfluous: list[StageFile]) -> None:
        for each in superfluous:
            each.path.unlink(missing_ok=True)
        self._files = [each for each in self._files if each not in superfluous]

    def _message(self, number: int, stage: Stage, history: list[dict[str, float]]) -> bytes:
        values, scale = self._weights(stage)
        names = list(history[0]) if history else []
        header = {
            "id": f"stage {self._job.name} {number}",
            "number": number,
            "step": stage.step,
            "epoch": stage.epoch,
            "seconds": stage.seconds,
            "terms": stage.terms,
            "history": names,
        }
        table = [[entry.get(name, np.nan) for name in names] for entry in history]
        arrays: dict[str, npt.NDArray[Any]] = {
            "latents": stage.latents.astype(np.float16),
            "reconstructions": stage.reconstructions,
            "history": np.array(table, np.float32).reshape(len(table), len(names)),
            "weights": values,
            "scale": scale,
        }
        return pack(header, arrays)

    def _weights(self, stage: Stage) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
        from latentlab.export.stage_decoders import in_bytes

        if self._decoder is None:
            raise ValueError("Stages follow the opening.")
        weights = {name: packed.unpack() for name, packed in stage.decoder.items()}
        return in_bytes(self._decoder.network(weights).weights)
