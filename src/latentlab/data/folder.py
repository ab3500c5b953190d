"""A user's own images: ``folder:<name>`` is the folder of that name under the data root.

Subfolders are classes; a folder without any is one class. Where ``train`` and ``test`` or ``val``
lie at the top, they are the splits (one that is missing is a tenth of train); otherwise they are
80, 10 and 10 percent, decided for each picture by its content alone. How a folder was understood
is said in the notes of its image sets (see ``folder_layout.py``). Pictures become squares of any
size from 16 to 128 pixels, and gray if every picture is gray.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import numpy as np

from latentlab.data.folder_cache import Cache, build_cache, drop_siblings, open_cache
from latentlab.data.folder_crops import load_crops as cut_crops
from latentlab.data.folder_files import Listing, fingerprint, list_files
from latentlab.data.folder_layout import composed, understand
from latentlab.data.image_set import Dataset, ImageSet, Progress, Request
from latentlab.errors import DataError
from latentlab.images import Pixels, printable

PREFIX = "folder:"

_LONGEST_NAME = 100
# Fingerprints of the folders that were looked at, inside `looked_at_once`.
_SEEN: ContextVar[dict[Path, str] | None] = ContextVar("seen", default=None)
_logger = logging.getLogger(__name__)


def dataset(name: str) -> Dataset:
    """Describe the image set of a folder; no disk is touched.

    Parameters
    ----------
    name : str
        ``folder:<name>``.

    Returns
    -------
    Dataset
        Class names and channels are left open: only the images know.

    Raises
    ------
    DataError
        If the name is not that of a single folder.
    """
    own = folder_name(name)
    return Dataset(
        name=name,
        title=f"own images ({own})",
        summary=f"The images in the folder '{own}'.",
        channels=None,
        size=32,
        sizes=None,
        class_names=(),
        download=None,
        defaults={
            "body": "conv",
            "hidden": (32, 64, 128),
            "latent_dim": 32,
            # On photographs 1.8 dB better than "bernoulli".
            "likelihood": "gaussian",
            "augment": None,
        },
        load=load,
        is_here=_is_here,
        load_crops=load_crops,
    )


def load(request: Request) -> ImageSet:
    """Load one split of a folder; the first time, every picture is read.

    Parameters
    ----------
    request : Request

    Returns
    -------
    ImageSet
        Images (n, size, size, 1 or 3), mapped from the cache; `skipped` names the files of the
        folder that could not be used, and why.

    Raises
    ------
    DataError
        If the folder is not there or holds too few readable pictures.
    """
    return load_folder(_find(request), request)


def load_folder(folder: Path, request: Request, listing: Listing | None = None) -> ImageSet:
    """Load one split of any folder, or of what is listed of it.

    Parameters
    ----------
    folder : Path
    request : Request
        Its name becomes that of the set.
    listing : Listing, optional
        The files to take; all pictures in the folder by default.

    Returns
    -------
    ImageSet
        As `load` gives it.

    Raises
    ------
    DataError
        If the folder cannot be opened or holds too few readable pictures.
    """
    cache = _cache(folder, request, listing)
    begin, end = cache.rows[request.split]
    whole: str | None = cache.sums[request.split]
    if request.n_images is not None:
        end, whole_end = min(end, begin + request.n_images), end
        whole = whole if end == whole_end else None
    return ImageSet(
        name=request.name,
        split=request.split,
        images=np.asarray(cache.images[begin:end]),
        labels=cache.labels[begin:end],
        class_names=cache.class_names,
        skipped=cache.skipped,
        notes=cache.notes,
        whole=whole,
    )


def load_crops(request: Request, smallest: float) -> Pixels | None:
    """Return random crops of the training pictures: see `folder_crops.load_crops`.

    Parameters
    ----------
    request : Request
        Of the training split.
    smallest : float
        Side of the smallest crop as a share of the picture's shorter side, from 0 (as small as the
        network's images) to 1.

    Returns
    -------
    uint8 (n, n_crops, size, size, c) or None
        None where no crops are needed: see `folder_crops.load_crops`.

    Raises
    ------
    DataError
        If the folder is not there or holds too few readable pictures.
    """
    folder = _find(request)
    listing = list_files(folder, request.progress)
    cache = _cache(folder, request)
    begin, end = cache.rows["train"]
    prefix = f"crops-{_prefix(folder, request)}{smallest:g}-"
    target = _place(request, prefix, listing.fingerprint)
    crops = cut_crops(
        folder,
        listing.files,
        understand(folder.name, listing.files),
        cache.images[begin:end],
        target,
        smallest=smallest,
        progress=request.progress,
    )
    drop_siblings(target, prefix)
    return crops


def folder_name(name: str) -> str:
    """Return the folder's name out of ``folder:<name>``.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        The name of one folder, without any path.

    Raises
    ------
    DataError
        If it is empty, hidden, too long, or could lead out of the data root.
    """
    own = name.removeprefix(PREFIX)
    if not own or own.startswith(".") or len(own) > _LONGEST_NAME or not own.isprintable():
        raise DataError(f"'{printable(name)}' is not a folder's name; write {PREFIX}<name>.")
    if any(mark in own for mark in '/\\:*?"<>|'):
        raise DataError(f"'{printable(name)}' is a path; write the name of one folder only.")
    return own


def _find(request: Request) -> Path:
    folder = _named(request.data_root, folder_name(request.name))
    if folder.is_symlink():
        raise DataError(f"'{folder}' is a link, and links are not followed; use a real folder.")
    if not folder.is_dir():
        raise DataError(
            f"There is no folder '{folder.name}' in '{request.data_root}'; put your images there "
            "or choose another --data-root."
        )
    return folder


def _named(root: Path, name: str) -> Path:
    """Return where a folder lies, whichever form of Unicode its name is written in."""
    folder = root / name
    if folder.exists() or name.isascii() or not root.is_dir():
        return folder
    return next((path for path in root.iterdir() if composed(path.name) == composed(name)), folder)


def _is_here(request: Request) -> bool:
    folder = _named(request.data_root, folder_name(request.name))
    return folder.is_dir() and not folder.is_symlink()


def _cache(folder: Path, request: Request, listing: Listing | None = None) -> Cache:
    prefix = _prefix(folder, request)
    known = listing.fingerprint if listing else _fingerprint(folder, request.progress)
    found = open_cache(_place(request, prefix, known))
    if found is not None:
        return found
    listing = listing or list_files(folder, request.progress)
    target = _place(request, prefix, listing.fingerprint)
    layout = understand(folder.name, listing.files)
    build_cache(folder, listing, layout, target, size=request.size, progress=request.progress)
    drop_siblings(target, prefix)
    built = open_cache(target)
    if built is None:
        raise DataError(f"'{target}' was written but cannot be read; check the disk.")
    if built.skipped:
        path, why = built.skipped[0]
        _logger.warning(
            "%d files of '%s' were skipped, the first being %s (%s); all are listed in %s",
            len(built.skipped),
            folder.name,
            printable(path),
            why,
            target / "skipped.txt",
        )
    return built


def _prefix(folder: Path, request: Request) -> str:
    where = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{folder.name}-{request.size}-{where[:8]}-"


def _place(request: Request, prefix: str, fingerprint: str) -> Path:
    return request.data_dir / "cache" / "folders" / (prefix + fingerprint[:16])


@contextmanager
def looked_at_once() -> Iterator[None]:
    """Look only once whether a folder has changed, however many of its splits are loaded here."""
    token = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(token)


def _fingerprint(folder: Path, progress: Progress) -> str:
    seen = _SEEN.get()
    if seen is None:
        return fingerprint(folder, progress)
    if folder not in seen:
        seen[folder] = fingerprint(folder, progress)
    return seen[folder]
