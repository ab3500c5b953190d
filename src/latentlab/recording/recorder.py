"""``latentlab.record``: a network of one's own, from a notebook into a checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from latentlab import data
from latentlab.checkpoints import check_checkpoint_name, checkpoints_root
from latentlab.checkpoints.writing import name_taken
from latentlab.config import RunConfig, parse_config
from latentlab.data import ImageSet, Place, arrays
from latentlab.errors import DataError
from latentlab.images import Pixels
from latentlab.models import OWN
from latentlab.recording.images import (
    Given,
    image_set,
    known_set,
    labels_of,
    split_sets,
    understand,
)
from latentlab.recording.networks import Found, from_functions
from latentlab.recording.writing import write
from latentlab.training.preparation import Places, load_splits
from latentlab.training.reporting import Reporter, Silent

# Of a known image set, no more training images than this are measured.
MOST_OF_KNOWN = 10_000
PROJECTIONS = ("pca", "umap")


@dataclass(frozen=True)
class Recording:
    """What was recorded.

    Attributes
    ----------
    path : Path
        The checkpoint.
    metrics : dict
        What was measured on test images.
    notes : tuple of str
        How images and network were understood.
    """

    path: Path
    metrics: Mapping[str, Any]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        """Say what a notebook shows: where it is, how good it is, how it was understood."""
        error = self.metrics.get("mse")
        said = f", reconstruction error (MSE) {error:.4g}" if error is not None else ""
        lines = [f"Checkpoint: {self.path}{said}.", *self.notes, "Look at it: latentlab app"]
        return "\n".join(lines)


@dataclass(frozen=True)
class Subject:
    """The images that a network is recorded with.

    Attributes
    ----------
    given : Given
        Some of them, in the form in which they came.
    sets : mapping of split name to ImageSet
    asked : dict
        Fields of the run config that find them again: ``dataset``, ``n_images``, ``image_size``.
    notes : tuple of str
    """

    given: Given
    sets: Mapping[str, ImageSet]
    asked: Mapping[str, Any]
    notes: tuple[str, ...]


def record(
    name: str,
    *,
    encode: Callable[..., Any],
    decode: Callable[..., Any] | None = None,
    images: Any = None,
    labels: Any = None,
    train: Any = None,
    test: Any = None,
    class_names: Sequence[str] = (),
    checkpoints: Path | str | None = None,
    replace: bool = False,
) -> Recording:
    """Record a network that was trained anywhere, so that every page of the app can show it.

    Parameters
    ----------
    name : str
        Of the checkpoint: letters, digits, "-", "_" and ".".
    encode : callable
        A torch module, or a function on tensors or arrays: from images to latents, or for a VAE to
        mean and log-variance. It is called with images in the form in which they are given here.
    decode : callable, optional
        From latents to images. Without one, the latents are all there is to see.
    images : array_like or str
        (n, h, w, c) or (n, c, h, w), uint8 or float in [0, 1]; or the name of an image set that
        latentlab knows ("mnist", "folder:photos").
    labels : array_like (n,), optional
        Whole numbers or names.
    train, test : array_like, or pair of images and labels, optional
        Instead of `images`, where there are several sets.
    class_names : sequence of str
        Names of labels that are numbers.
    checkpoints : Path, optional
        The folder of checkpoints; else LATENTLAB_CHECKPOINTS, else ``./checkpoints``.
    replace : bool
        Whether a checkpoint of that name may be replaced.

    Returns
    -------
    Recording
        It says how images and network were understood.

    Raises
    ------
    LatentlabError
        One sentence: images, labels or network that do not fit, a name that is taken.

    Notes
    -----
    Images that are given as arrays are kept on this machine, in ``<data folder>/arrays``; a
    checkpoint carries none. Torch modules are kept in the checkpoint as ONNX, beside a sum; other
    functions cannot be, and then only what they gave is recorded.

    Examples
    --------
    >>> latentlab.record("my-vae", encode=model.encoder, decode=model.decoder,
    ...                  images=x_test, labels=y_test)           # doctest: +SKIP
    """
    root = Path(checkpoints) if checkpoints is not None else checkpoints_root()
    check_name(root, name, replace=replace)
    if isinstance(images, str):
        subject = known_subject(images)
    else:
        subject = subject_of(images, labels, train=train, test=test, class_names=class_names)
    found = from_functions(encode, decode, subject.given)
    return keep(root, name, found, subject, replace=replace)


def check_name(root: Path, name: str, *, replace: bool) -> None:
    """Refuse a name before anything is measured: one that is taken, unless it may be replaced.

    Raises
    ------
    CheckpointError
        If it is impossible or taken.
    """
    if (root / check_checkpoint_name(name)).exists() and not replace:
        raise name_taken(name)


def known_subject(
    dataset: str,
    *,
    image_size: int | None = None,
    places: Places | None = None,
    reporter: Reporter | None = None,
) -> Subject:
    """Take an image set that latentlab knows, by name."""
    asked = {"dataset": dataset, "image_size": image_size, "n_images": MOST_OF_KNOWN}
    config = _config(asked, latent_dim=2, model="ae")
    sets = load_splits(config, places or Places(), reporter or Silent())
    return Subject(understand(sets["test"].images), sets, asked, sets["train"].notes)


def subject_of(
    images: Any,
    labels: Any,
    *,
    train: Any = None,
    test: Any = None,
    class_names: Sequence[str] = (),
    recognize: bool = True,
) -> Subject:
    """Take images that came as arrays.

    Where they are those of an image set that latentlab knows, that set is taken, unless `recognize`
    is false.

    Parameters
    ----------
    images, labels : array_like or None
    train, test : array_like, or pair of images and labels, optional
    class_names : sequence of str
        As for `record`.
    recognize : bool

    Returns
    -------
    Subject
        Unknown images are kept in the data folder, as ``latentlab.data.arrays`` does.

    Raises
    ------
    DataError
        If they are no images, or none came.
    """
    came = {"train": train, "test": test} if images is None else {"images": (images, labels)}
    pairs = {name: _pair(value) for name, value in came.items() if value is not None}
    if not pairs:
        raise DataError("No images were given: give images=, or train= and test=.")
    given = {name: understand(value) for name, (value, _) in pairs.items()}
    first = given.get("test") or next(iter(given.values()))
    shapes = {one.pixels.shape[1:] for one in given.values()}
    if len(shapes) > 1:
        raise DataError(f"The images of train and test have different shapes: {shapes}.")
    notes = tuple(one.note for one in given.values())
    known = known_set({name: one.pixels for name, one in given.items()}) if recognize else ""
    if known:
        side = first.pixels.shape[1]
        subject = known_subject(
            known, image_size=side if side != data.dataset(known).size else None
        )
        said = f"They are images of '{known}', so it can be compared with other networks of it."
        return Subject(first, subject.sets, subject.asked, (*notes, said))
    sets = _sets({name: (given[name].pixels, pairs[name][1]) for name in pairs}, class_names)
    where = data.data_dir()
    dataset = arrays.keep(sets, where)
    data.remember(dataset, Place(where, data.data_root(None, where)))
    if len(pairs) == 1:
        counts = ", ".join(f"{len(one):,} {split}" for split, one in sets.items())
        notes += (f"They were divided into {counts}.",)
    loaded = {split: data.load(dataset, split, data_dir=where) for split in data.SPLITS}
    return Subject(first, loaded, {"dataset": dataset}, notes)


def keep(
    root: Path,
    name: str,
    found: Found,
    subject: Subject,
    *,
    replace: bool,
    reporter: Reporter | None = None,
) -> Recording:
    """Measure a network with its images, and write the checkpoint."""
    config = _config(subject.asked, latent_dim=found.codec.latent_dim, model=found.model)
    notes = (*subject.notes, *found.notes)
    path, metrics = write(
        root,
        name,
        found,
        subject.sets,
        config,
        notes=notes,
        reporter=reporter or Silent(),
        replace=replace,
    )
    return Recording(path, metrics, notes)


def _config(asked: Mapping[str, Any], *, latent_dim: int, model: str) -> RunConfig:
    return parse_config(
        {
            **asked,
            "model": model,
            "body": OWN,
            "latent_dim": latent_dim,
            "projections": PROJECTIONS,
        }
    )


def _pair(value: Any) -> tuple[Any, Any]:
    """Split images and labels, where both came."""
    if isinstance(value, tuple) and len(value) == 2:
        return value
    return value, None


def _sets(
    came: Mapping[str, tuple[Pixels, Any]], class_names: Sequence[str]
) -> dict[str, ImageSet]:
    """Make the three splits; validation images are a share of the training images."""
    if len(came) == 1:
        ((pixels, labels),) = came.values()
        numbers, names = labels_of(labels, class_names, len(pixels))
        return split_sets(pixels, numbers, names)
    labeled = {
        name: labels_of(labels, class_names, len(pixels)) for name, (pixels, labels) in came.items()
    }
    names = max((names for _, names in labeled.values()), key=len)
    if any(not set(own) <= set(names) for _, own in labeled.values()):
        raise DataError("The labels of train and test name different classes.")
    parts = split_sets(came["train"][0], labeled["train"][0], names)
    test = image_set("test", came["test"][0], labeled["test"][0], names)
    return {**parts, "test": test}
