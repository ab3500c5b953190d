"""The published sets that torchvision knows: MNIST, Fashion-MNIST, KMNIST and CIFAR-10.

torchvision says where they are published, with which sums, and lays them out on disk; files that
are already there in its layout are used as they are. It is imported only when it is needed: the
MNIST family is read without it. Of the published training file, every twelfth image (every tenth of
CIFAR-10), stratified by class, is validation; the published test file is test.
"""

from __future__ import annotations

import tarfile
import tempfile
import zlib
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from latentlab.data import idx
from latentlab.data.download import fetch
from latentlab.data.image_set import Dataset, ImageSet, Labels, Progress, Request
from latentlab.data.splits import stratified
from latentlab.errors import DataError
from latentlab.images import Pixels

_SPLIT_SEED = 60000
_MNIST_SHARES = (11, 1)  # 55,000 and 5,000
_CIFAR_SHARES = (9, 1)  # 45,000 and 5,000
_CIFAR_FOLDER = "cifar-10-batches-py"
_CIFAR_ARCHIVE = "cifar-10-python.tar.gz"
_FILES = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}


def load_mnist_like(published: str, request: Request) -> ImageSet:
    """Load a split of a set in MNIST's format from ``<data_dir>/<published>/raw``.

    Parameters
    ----------
    published : str
        The name of torchvision's class.
    request : Request

    Returns
    -------
    ImageSet
        Images (n, 28, 28, 1): 55,000 train, 5,000 validation, 10,000 test.

    Raises
    ------
    DataError
        If the files are neither here nor to be had, or damaged.
    """
    folder = _raw(published, request)
    if not _mnist_here(published, request):
        _fetch_mnist(published, folder, request)
    of_train = request.split != "test"
    images_name, labels_name = _FILES["train" if of_train else "test"]
    images, labels = _read_pair(folder, images_name, labels_name)
    if of_train:
        rows = _train_or_validation(labels, _MNIST_SHARES, request)
        return _image_set(request, images[rows][..., None], labels[rows])
    kept = slice(request.n_images)
    return _image_set(request, np.array(images[kept])[..., None], labels[kept])


def load_cifar10(request: Request) -> ImageSet:
    """Load a split of CIFAR-10 from ``<data_dir>/cifar-10-batches-py``.

    Parameters
    ----------
    request : Request

    Returns
    -------
    ImageSet
        Images (n, 32, 32, 3): 45,000 train, 5,000 validation, 10,000 test.

    Raises
    ------
    DataError
        If the files are neither here nor to be had, or damaged.
    """
    if not (request.data_dir / _CIFAR_FOLDER).is_dir():
        _fetch_cifar10(request)
    from torchvision.datasets import CIFAR10

    try:
        published = CIFAR10(str(request.data_dir), train=request.split != "test", download=False)
    except (RuntimeError, OSError, EOFError, KeyError, ValueError) as error:
        where = request.data_dir / _CIFAR_FOLDER
        raise DataError(f"'{where}' is damaged; delete it and load the set again.") from error
    images: Pixels = published.data
    labels = np.asarray(published.targets, dtype=np.int64)
    rows: Any = slice(request.n_images)
    if request.split != "test":
        rows = _train_or_validation(labels, _CIFAR_SHARES, request)
    return _image_set(request, np.array(images[rows]), labels[rows])


def _image_set(request: Request, images: Pixels, labels: Labels) -> ImageSet:
    names = next(entry.class_names for entry in TABLE if entry.name == request.name)
    return ImageSet(request.name, request.split, images, labels, names)


def _train_or_validation(labels: Labels, shares: tuple[int, int], request: Request) -> Any:
    train, validation = stratified(labels, shares, seed=_SPLIT_SEED)
    return (train if request.split == "train" else validation)[: request.n_images]


def _raw(published: str, request: Request) -> Path:
    return request.data_dir / published / "raw"


def _mnist_here(published: str, request: Request) -> bool:
    folder = _raw(published, request)
    return all(idx.find(folder, name) for pair in _FILES.values() for name in pair)


def _cifar10_here(request: Request) -> bool:
    where = request.data_dir
    return (where / _CIFAR_FOLDER).is_dir() or (where / _CIFAR_ARCHIVE).is_file()


def _read_pair(folder: Path, images_name: str, labels_name: str) -> tuple[Pixels, Labels]:
    paths = [path for name in (images_name, labels_name) if (path := idx.find(folder, name))]
    images, labels = (idx.read_idx(path) for path in paths)
    if images.ndim != 3 or labels.shape != images.shape[:1]:
        raise DataError(f"'{paths[0]}' and '{paths[1].name}' do not belong together; delete both.")
    return images, labels.astype(np.int64)


def _fetch_mnist(published: str, folder: Path, request: Request) -> None:
    where = f"the four .gz files of its publisher in '{folder}'"
    _refuse_unless_allowed(request, where)
    import torchvision.datasets

    source = getattr(torchvision.datasets, published)
    for name, md5 in source.resources:
        plain = name.removesuffix(".gz")
        if idx.find(folder, plain):
            continue
        urls = [mirror + name for mirror in source.mirrors]
        _fetch(urls, folder / name, md5, request, where)
        idx.unpack(folder / name)


def _fetch_cifar10(request: Request) -> None:
    from torchvision.datasets import CIFAR10
    from torchvision.datasets.utils import check_integrity

    archive = request.data_dir / _CIFAR_ARCHIVE
    brought = archive.is_file()  # by the user, who may want to keep it
    if not brought:
        where = f"{_CIFAR_ARCHIVE} of its publisher in '{request.data_dir}'"
        _refuse_unless_allowed(request, where)
        _fetch([CIFAR10.url], archive, CIFAR10.tgz_md5, request, where)
    elif not check_integrity(str(archive), CIFAR10.tgz_md5):
        raise DataError(f"'{archive}' is damaged; delete it and load the set again.")
    request.progress(f"unpacking {_CIFAR_ARCHIVE}", 0, 1)
    _unpack_tar(archive, request.data_dir)
    if not brought:
        archive.unlink()
    request.progress(f"unpacking {_CIFAR_ARCHIVE}", 1, 1)


def _unpack_tar(archive: Path, where: Path) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix=".cifar10-", dir=where) as beside:
            with tarfile.open(archive) as tar:
                tar.extractall(beside, filter="data")
            (Path(beside) / _CIFAR_FOLDER).replace(where / _CIFAR_FOLDER)
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise DataError(f"'{archive}' cannot be unpacked; delete it and try again.") from error


def _refuse_unless_allowed(request: Request, where: str) -> None:
    if not request.download:
        raise _missing(request, "and downloading was not allowed", where)


def _fetch(urls: list[str], target: Path, md5: str, request: Request, where: str) -> None:
    try:
        fetch(urls, target, md5=md5, report=partial(_report, request.progress, target.name))
    except ConnectionError as error:
        raise _missing(request, f"and could not be downloaded ({error})", where) from error


def _report(progress: Progress, name: str, done: int, total: int) -> None:
    progress(f"downloading {name}", done, total)


def _missing(request: Request, why: str, where: str) -> DataError:
    entry = next(entry for entry in TABLE if entry.name == request.name)
    return DataError(
        f"The images of '{entry.name}' ({entry.download}) are not on this machine {why}; "
        f"try again with a network, or put {where}."
    )


def _mnist_entry(
    name: str, published: str, title: str, summary: str, download: str, classes: tuple[str, ...]
) -> Dataset:
    return Dataset(
        name=name,
        title=title,
        summary=summary,
        channels=1,
        size=28,
        sizes=(28,),
        class_names=classes,
        download=download,
        defaults={
            "body": "dense",
            "hidden": (512, 512),
            "likelihood": "bernoulli",
            "steps": 8560,
        },
        load=partial(load_mnist_like, published),
        is_here=partial(_mnist_here, published),
    )


TABLE = (
    _mnist_entry(
        "mnist",
        "MNIST",
        "handwritten digits (MNIST)",
        "70,000 handwritten digits of 28 by 28 gray pixels, the classic of the field.",
        "11 MB",
        tuple("0123456789"),
    ),
    _mnist_entry(
        "fashion_mnist",
        "FashionMNIST",
        "clothes (Fashion-MNIST)",
        "70,000 photographs of clothes, shoes and bags, 28 by 28 gray pixels.",
        "31 MB",
        (
            "T-shirt/top",
            "trouser",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle boot",
        ),
    ),
    _mnist_entry(
        "kmnist",
        "KMNIST",
        "cursive Japanese characters (KMNIST)",
        "70,000 characters from classical Japanese books, 28 by 28 gray pixels.",
        "21 MB",
        ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
    ),
    Dataset(
        name="cifar10",
        title="small photographs (CIFAR-10)",
        summary="60,000 color photographs of animals and vehicles, 32 by 32 pixels.",
        channels=3,
        size=32,
        sizes=(32,),
        class_names=(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck",
        ),
        download="170 MB",
        defaults={
            "body": "conv",
            "hidden": (32, 64, 128),
            "likelihood": "gaussian",
            "latent_dim": 64,
            "steps": 7000,
            "augment": True,
        },
        load=load_cifar10,
        is_here=_cifar10_here,
    ),
)
