"""What the defaults make of a student's own pictures: ``latentlab train`` and nothing else.

Two folders: 600 random parts of 96 x 96 pixels of the two photographs that come with scikit-learn
(they overlap, which makes it an easy case), and, where they are on this machine, the photographs
under ``photos`` in the data folder. Each trains a VAE and a denoising network (sigma 0.2),
both as ``make_config`` and the recipe settle them. Figures are those of the checkpoint, on test
images. Seconds are the processor's, of training alone: a busy machine stretches them least.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
from PIL import Image

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab import data
from latentlab.checkpoints import open_checkpoint
from latentlab.config import make_config
from latentlab.data.photos import NAMES, sample_photo
from latentlab.training.reporting import Silent
from latentlab.training.run import Places, RunRequest, run

N_PARTS, PART = 600, 96
# On both cores of the machine these bars are for: three minutes of the clock.
MOST_SECONDS = 2 * 180


@dataclass(frozen=True)
class Bars:
    """Decibels that are asked for.

    Attributes
    ----------
    vae : float
        Above the mean image.
    gain, lead : float
        Of denoising, above its input and above the best classical baseline.
    """

    vae: float
    gain: float
    lead: float


BARS = {"parts": Bars(10, 9, 2), "photos": Bars(4.5, 7.5, 1.5)}


class Timed(Silent):
    """Count the processor's seconds of each stage."""

    def __init__(self) -> None:
        self._last = ("", time.process_time())
        self.seconds: dict[str, float] = {}

    def stage(self, text: str) -> None:
        name, began = self._last
        now = time.process_time()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - began
        self._last = (text, now)


def cut_parts(folder: Path) -> None:
    """Write 600 random parts of the two photographs, one folder for each."""
    generator = np.random.default_rng(0)
    for number in range(N_PARTS):
        name = NAMES[number % len(NAMES)]
        photo = sample_photo(name)
        top, left = (int(generator.integers(side - PART + 1)) for side in photo.shape[:2])
        (folder / name).mkdir(parents=True, exist_ok=True)
        part = photo[top : top + PART, left : left + PART]
        Image.fromarray(part).save(folder / name / f"{number:03}.png")


def measure(folder: str, bars: Bars, places: Places) -> list[Row]:
    rows = []
    for task in ("reconstruct", "denoise"):
        timed = Timed()
        request = RunRequest(
            make_config(dataset=f"folder:{folder}", task=task),
            name=f"{folder}-{task}",
            places=places,
            reporter=timed,
        )
        checkpoint = open_checkpoint(run(request).path or places.checkpoints)
        metrics, config = checkpoint.manifest.metrics, checkpoint.manifest.config
        figures = {name: value for name, value in metrics.items() if isinstance(value, float)}
        above = "psnr_mean_image" if task == "reconstruct" else "psnr_input"
        wanted = {above: bars.vae if task == "reconstruct" else bars.gain}
        if task == "denoise":
            wanted["psnr_baseline"] = bars.lead
        for other, bar in wanted.items():
            gain = figures["psnr"] - figures[other]
            told = f"{figures['psnr']:.1f} dB, {gain:+.1f} above {figures[other]:.1f}"
            title = f"{folder}, {task}: above {other.removeprefix('psnr_').replace('_', ' ')}"
            rows.append(Row(title, f"{bar:g} dB", told, gain >= bar))
        spent = timed.seconds["training"]
        steps = int(checkpoint.history()[-1]["step"])
        told = f"{spent:.0f} s for {steps:,} steps of {config.batch_size} images"
        kept = spent <= MOST_SECONDS
        rows.append(Row(f"{folder}, {task}: processor time", f"{MOST_SECONDS} s", told, kept))
        for row in rows[-len(wanted) - 1 :]:
            met = "met" if row.kept else "missed"
            print(f"{met}: {row.promise}, {row.measured} (asked: {row.bar})", flush=True)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", default=list(BARS), help="parts, photos")
    asked = parser.parse_args()
    status = 0
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        places = Places(root / "checkpoints", root / "runs", root / "data", root / "images")
        for folder in asked.folders:
            if folder == "parts":
                cut_parts(root / "images" / folder)
            elif (data.data_dir() / folder).is_dir():
                shutil.copytree(data.data_dir() / folder, root / "images" / folder)
            else:
                print(f"'{folder}' is not measured: there is none in {data.data_dir()}.")
                continue
            rows = measure(folder, BARS[folder], places)
            note = f"`latentlab train` with nothing but --dataset and --task. {setting('torch')}"
            section = f"Quality: the default recipe, {folder}"
            status |= record(section, f"python -m benchmarks.bench_recipe {folder}", rows, note)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
