"""What a run starts from: where things are, its images, its network, its device."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from latentlab import data
from latentlab.analysis import projections
from latentlab.checkpoints.writing import name_taken
from latentlab.codec import build_for
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.data.classes import class_numbers, keep_classes
from latentlab.errors import ConfigError, DataError, TrainingError, unknown_name
from latentlab.images import Pixels
from latentlab.models import OWN
from latentlab.tasks import TASKS
from latentlab.training.defaults import smallest_crop
from latentlab.training.initialization import start_from_mean
from latentlab.training.loop import Trainer
from latentlab.training.parallel import ALONE, World
from latentlab.training.reporting import Reporter


@dataclass(frozen=True)
class Places:
    """Where a run reads and writes.

    Attributes
    ----------
    checkpoints, runs : Path
        Finished checkpoints; resume files of unfinished runs.
    data_dir, data_root : Path, optional
        Downloads; the user's own image folders.
    """

    checkpoints: Path = Path("checkpoints")
    runs: Path = Path("runs")
    data_dir: Path | None = None
    data_root: Path | None = None


def load_splits(config: RunConfig, places: Places, reporter: Reporter) -> dict[str, ImageSet]:
    """Load the three splits a run needs; only training images are limited by ``n_images``.

    Where only some classes are normal, the network is trained and chosen on these alone. How a
    folder was understood is told.

    Parameters
    ----------
    config : RunConfig
    places : Places
    reporter : Reporter
        Told how far a download or a scan is, and how a folder was understood.

    Returns
    -------
    dict of split name to ImageSet
        All three; test images are of all classes.

    Raises
    ------
    LatentlabError
        If images are missing, or cannot be used for what is asked: nothing has been trained yet.
    """
    with data.looked_at_once():
        sets = {
            split: _known(
                data.load(
                    config.dataset,
                    split,
                    size=config.image_size,
                    n_images=config.n_images if split == "train" else None,
                    data_dir=places.data_dir,
                    data_root=places.data_root,
                    progress=reporter.progress,
                )
            )
            for split in data.SPLITS
        }
    where = data.places(config.dataset, data_dir=places.data_dir, data_root=places.data_root)
    if where:
        data.remember(config.dataset, where[0])
    for note in sets["train"].notes:
        reporter.note(note)
    _check_images(config, sets)
    if config.normal_classes is None:
        return sets
    normal = class_numbers(config.normal_classes, sets["train"].class_names)
    return {
        split: image_set if split == "test" else keep_classes(image_set, normal)
        for split, image_set in sets.items()
    }


def _known(image_set: ImageSet) -> ImageSet:
    """Sum a split up once, so that whoever asks which images it has need not."""
    return replace(image_set, whole=data.split_sum(image_set))


def _check_images(config: RunConfig, sets: Mapping[str, ImageSet]) -> None:
    """Refuse what a folder's images alone can tell, before anything is trained."""
    if config.task in TASKS:
        TASKS[config.task].check_channels(sets["train"].images.shape[-1])
    test = sets["test"]
    if config.normal_classes is None:
        return
    normal = class_numbers(config.normal_classes, test.class_names)
    if not np.isin(test.labels, normal).any():
        names = ", ".join(test.class_names[label] for label in normal)
        raise DataError(
            f"No test image of '{config.dataset}' is normal ({names}), so anomalies cannot be "
            "compared with normal images: move some of them from the training to the test images."
        )


def load_crops(
    config: RunConfig, train: ImageSet, places: Places, reporter: Reporter
) -> Pixels | None:
    """Load the crops to train on.

    Parameters
    ----------
    config : RunConfig
    train : ImageSet
        The training images, of normal classes alone.
    places : Places
    reporter : Reporter

    Returns
    -------
    uint8 (n, n_crops, height, width, channels) or None
        Row for row those of `train`; None where the run config asks for none, or none are needed.
    """
    if not config.augment:
        return None
    crops = data.load_crops(
        config.dataset,
        smallest_crop(config),
        size=config.image_size,
        data_dir=places.data_dir,
        data_root=places.data_root,
        progress=reporter.progress,
    )
    return None if crops is None else crops[train.numbers]


def make_trainer(
    config: RunConfig,
    sets: Mapping[str, ImageSet],
    device: torch.device,
    world: World = ALONE,
    crops: Pixels | None = None,
) -> Trainer:
    """Build the untrained network and its trainer; the same seed gives the same weights.

    Parameters
    ----------
    config : RunConfig
    sets : mapping of split name to ImageSet
        ``train`` and ``validation``.
    device : torch.device
    world : World
    crops : uint8 (n, n_crops, height, width, channels), optional
        From `load_crops`.

    Returns
    -------
    Trainer
        Its network is on `device`; an autoencoder decodes to about the mean training image.
    """
    train = sets["train"].images
    height, width, channels = (int(side) for side in train.shape[1:])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        module = build_for(config, (height, width, channels))
    start_from_mean(module, train)
    return Trainer(module, config, train, sets["validation"].images, device, world, crops)


def choose_device(asked: str | None, world: World = ALONE) -> torch.device:
    """Return the device asked for, or the fastest one present; each process its own GPU.

    Parameters
    ----------
    asked : {"cuda", "mps", "cpu"}, optional
    world : World

    Returns
    -------
    torch.device

    Raises
    ------
    ConfigError
        If it is not on this machine.
    """
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if asked is None:
        asked = next(name for name, here in present.items() if here)
    if asked not in present:
        raise ConfigError(unknown_name("device", asked, present))
    if not present[asked]:
        raise ConfigError(f"This machine has no '{asked}' device; use --device cpu.")
    if asked == "cuda" and world.size > 1:
        return torch.device(asked, world.local_rank)
    return torch.device(asked)


def check_request(config: RunConfig, name: str, places: Places, *, replace: bool) -> None:
    """Refuse what cannot work before anything is trained.

    Parameters
    ----------
    config : RunConfig
    name : str
        Of the checkpoint to be.
    places : Places
    replace : bool
        Whether a checkpoint of that name may be replaced.

    Raises
    ------
    LatentlabError
        If a projection is unknown or cannot draw such latents, the name is taken, or a folder
        cannot be written to.
    """
    if config.body == OWN:
        raise ConfigError(
            f"The body '{OWN}' is for networks that latentlab did not train; to train one, choose "
            "dense or conv."
        )
    for projection in config.projections:
        if projection not in projections.PROJECTIONS:
            raise ConfigError(unknown_name("projection", projection, projections.PROJECTIONS))
    if config.projections and not config.latent_dim:
        raise ConfigError(
            f"The model '{config.model}' has no latent to map with {config.projections[0]}; leave "
            "--projections out."
        )
    if "native" in config.projections and config.latent_dim != 2:
        raise ConfigError(
            f"The projection 'native' needs 2 latent dimensions, and these latents have "
            f"{config.latent_dim}: choose pca, umap or tsne, or --latent-dim 2."
        )
    if (places.checkpoints / name).exists() and not replace:
        raise name_taken(name)
    for folder in (places.checkpoints, places.runs):
        existing = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
        if not (existing.is_dir() and os.access(existing, os.W_OK)):
            raise TrainingError(f"The folder {folder} cannot be written to; choose another.")


def run_folder(runs: Path, name: str) -> Path:
    """Make the folder of an unfinished run.

    Parameters
    ----------
    runs : Path
        The folder of unfinished runs.
    name : str
        Of the checkpoint to be.

    Returns
    -------
    Path
        It may have been there.

    Raises
    ------
    TrainingError
        If it cannot be made.
    """
    folder = runs / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainingError(f"The folder {folder} cannot be made: {error.strerror}.") from None
    return folder
