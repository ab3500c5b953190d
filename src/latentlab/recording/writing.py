"""What is measured of a network from elsewhere, and the checkpoint that it becomes."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints import Contents, LatentIndex, Run, Timeline, write_checkpoint
from latentlab.checkpoints.samples import GAP, SCALE
from latentlab.config import RunConfig
from latentlab.data import ImageSet, split_sum
from latentlab.images import mosaic, png
from latentlab.recording.networks import Found
from latentlab.training.indexing import check_selection, select
from latentlab.training.reporting import Clock, Reporter, fixed_time
from latentlab.training.run import measure, sheet

PACKAGES = ("latentlab", "numpy", "onnx", "onnxruntime", "scikit-learn", "umap-learn")
COLUMNS, MOST_TILES = 5, 30


def write(
    root: Path,
    name: str,
    found: Found,
    sets: Mapping[str, ImageSet],
    config: RunConfig,
    *,
    notes: tuple[str, ...],
    reporter: Reporter,
    replace: bool,
) -> tuple[Path, dict[str, Any]]:
    """Measure a network as a training does, and write its checkpoint.

    Parameters
    ----------
    root : Path
        The folder of checkpoints.
    name : str
    found : Found
        The network.
    sets : mapping of split name to ImageSet
    config : RunConfig
        With the body "own".
    notes : tuple of str
        How images and network were understood.
    reporter : Reporter
    replace : bool
        Whether a checkpoint of that name may be replaced.

    Returns
    -------
    Path
        The checkpoint.
    dict
        What was measured.

    Raises
    ------
    LatentlabError
        If the images are too few, or the disk refuses.
    """
    fixed, clock = fixed_time(), Clock(reporter)
    clock.stage("encoding")
    selection = select(sets, config.index_size, seed=config.seed)
    check_selection(selection)
    index, metrics = measure(found.codec, selection, sets, config, clock)
    clock.stage("writing the checkpoint")
    train = sets["train"]
    test = sets["test"].images
    created = fixed or datetime.datetime.now(datetime.UTC)
    seconds = 0.0 if fixed else sum(clock.seconds().values())
    contents = Contents(
        config=config,
        image_shape=found.codec.image_shape,
        class_names=train.class_names,
        n_parameters=found.n_parameters,
        n_train=len(train),
        metrics=metrics,
        run=Run(
            created=created.isoformat(timespec="seconds"),
            seconds=round(seconds, 3),
            device=f"cpu ({platform.machine()})",
            n_threads=1,
            versions={"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
        ),
        weights={},
        index=index,
        history=[],
        timeline=_no_timeline(),
        samples=(
            sheet(found.codec, config, test)
            if found.codec.decodes
            else map_sheet(index, found.codec.image_shape)
        ),
        image_sums={split: split_sum(images) for split, images in sets.items()},
        graphs=found.graphs,
        notes=notes,
    )
    return write_checkpoint(root, name, contents, replace=replace), metrics


def map_sheet(index: LatentIndex, shape: tuple[int, int, int]) -> bytes:
    """Draw where each class lies on the map, as a contact sheet: where nothing can be decoded.

    Parameters
    ----------
    index : LatentIndex
        With at least one projection.
    shape : (int, int, int)
        Of the tiles: height, width, channels.

    Returns
    -------
    bytes
        PNG.
    """
    from scipy.ndimage import gaussian_filter

    height, width, channels = shape
    places = list(index.projections.values())[-1]
    top, bottom = np.percentile(-places[:, 1], (0.5, 99.5))
    left, right = np.percentile(places[:, 0], (0.5, 99.5))

    def density(rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        counts, _, _ = np.histogram2d(
            *(-places[rows, 1], places[rows, 0]), (height, width), ((top, bottom), (left, right))
        )
        smooth = gaussian_filter(counts, max(height, width) / 40)
        levels: npt.NDArray[np.float64] = np.sqrt(smooth / max(smooth.max(), 1e-9))
        return levels

    everything = density(np.ones(len(places), bool))
    labels = np.unique(index.labels)[:MOST_TILES]
    drawn = [0.25 * everything + 0.75 * density(index.labels == label) for label in labels]
    # Two rows at least, so that the thumbnail is a square.
    drawn += [everything] * (max(2 * COLUMNS, len(drawn) + -len(drawn) % COLUMNS) - len(drawn))
    tiles = np.repeat((np.stack(drawn) * 255).astype(np.uint8)[..., None], channels, axis=-1)
    return png(mosaic(tiles, COLUMNS, gap=GAP), scale=SCALE)


def _no_timeline() -> Timeline:
    none = np.zeros(0, np.int32)
    return Timeline(none, np.zeros((0, 0, 0), np.float32), none, [])
