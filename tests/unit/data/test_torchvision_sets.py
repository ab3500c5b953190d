"""The published sets, with files of our own making in their formats."""

import gzip
import hashlib
import pickle
import struct
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
import torchvision.datasets

from latentlab import data
from latentlab.data import torchvision_sets
from latentlab.errors import DataError

N_TRAIN, N_TEST = 240, 60


def idx_bytes(array: np.ndarray) -> bytes:
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def mnist_files() -> dict[str, bytes]:
    rng = np.random.default_rng(0)
    files = {}
    for part, n in (("train", N_TRAIN), ("t10k", N_TEST)):
        pictures = rng.integers(0, 255, (n, 28, 28), dtype=np.uint8)
        files[f"{part}-images-idx3-ubyte"] = idx_bytes(pictures)
        files[f"{part}-labels-idx1-ubyte"] = idx_bytes(np.arange(n, dtype=np.uint8) % 10)
    return files


def put(folder: Path, *, packed: bool = False) -> None:
    folder.mkdir(parents=True)
    for name, content in mnist_files().items():
        path = folder / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(content) if packed else content)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("name", "published"),
    [("mnist", "MNIST"), ("fashion_mnist", "FashionMNIST"), ("kmnist", "KMNIST")],
)
def test_files_that_are_there_are_used(tmp_path, name, published, packed):
    assert not data.available(name, data_dir=tmp_path)
    put(tmp_path / published / "raw", packed=packed)
    assert data.available(name, data_dir=tmp_path)
    sets = [data.load(name, split, data_dir=tmp_path, download=False) for split in data.SPLITS]
    assert [one.images.shape for one in sets] == [
        (220, 28, 28, 1),
        (20, 28, 28, 1),
        (60, 28, 28, 1),
    ]
    for one in sets:
        assert np.ptp(np.bincount(one.labels)) <= 2
    together = [image.tobytes() for one in sets[:2] for image in one.images]
    assert len(set(together)) == N_TRAIN


def test_the_first_images_do_not_depend_on_how_many(tmp_path):
    put(tmp_path / "MNIST" / "raw")
    for split in data.SPLITS:
        few = data.load("mnist", split, n_images=9, data_dir=tmp_path)
        every = data.load("mnist", split, data_dir=tmp_path)
        np.testing.assert_array_equal(few.images, every.images[:9])
        np.testing.assert_array_equal(few.labels, every.labels[:9])


def test_mnist_is_read_without_torchvision(tmp_path):
    put(tmp_path / "MNIST" / "raw")
    code = (
        "import sys; from pathlib import Path; from latentlab import data;"
        f"data.load('mnist', 'train', data_dir=Path({str(tmp_path)!r}));"
        "assert not {'torch', 'torchvision', 'streamlit'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_files_that_do_not_belong_together_are_named(tmp_path):
    put(tmp_path / "MNIST" / "raw")
    labels = tmp_path / "MNIST" / "raw" / "t10k-labels-idx1-ubyte"
    labels.write_bytes(idx_bytes(np.zeros(3, np.uint8)))
    with pytest.raises(DataError, match="belong together"):
        data.load("mnist", "test", data_dir=tmp_path)


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "kmnist", "cifar10"])
@pytest.mark.parametrize("download", [False, True])
def test_what_is_missing_is_said_in_one_sentence(tmp_path, monkeypatch, name, download):
    def no_network(urls, target, *, md5, report):
        raise ConnectionError("Network is unreachable")

    monkeypatch.setattr(torchvision_sets, "fetch", no_network)
    with pytest.raises(DataError) as caught:
        data.load(name, "train", data_dir=tmp_path / "nowhere", download=download)
    message = str(caught.value)
    entry = data.DATASETS[name]
    assert f"'{name}' ({entry.download})" in message
    assert str(tmp_path / "nowhere") in message
    assert ("Network is unreachable" in message) == download
    assert message.count(". ") == 0
    assert message.endswith(".")
    assert not (tmp_path / "nowhere").exists()


@pytest.fixture
def published_mnist(monkeypatch) -> dict[str, bytes]:
    """Let torchvision's table and the network hold our small files; tells what was fetched."""
    packed = {f"{name}.gz": gzip.compress(content) for name, content in mnist_files().items()}
    sums = [(name, hashlib.md5(content).hexdigest()) for name, content in packed.items()]
    monkeypatch.setattr(torchvision.datasets.MNIST, "resources", sums)
    monkeypatch.setattr(torchvision.datasets.MNIST, "mirrors", ["http://a/", "http://b/"])

    def fetch(urls, target, *, md5, report):
        assert [url[:9] for url in urls] == ["http://a/", "http://b/"]
        content = packed.pop(target.name)
        assert hashlib.md5(content).hexdigest() == md5
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        report(len(content), len(content))

    monkeypatch.setattr(torchvision_sets, "fetch", fetch)
    return packed


def test_what_is_missing_is_fetched_once(tmp_path, published_mnist):
    told = []
    train = data.load("mnist", "train", data_dir=tmp_path, progress=lambda *args: told.append(args))
    assert len(train) == 220
    assert {what for what, *_ in told} == {f"downloading {n}.gz" for n in mnist_files()}
    assert sorted(path.name for path in (tmp_path / "MNIST" / "raw").iterdir()) == sorted(
        mnist_files()
    )
    assert published_mnist == {}
    assert len(data.load("mnist", "test", data_dir=tmp_path)) == N_TEST


def test_only_the_missing_file_is_fetched(tmp_path, published_mnist):
    put(tmp_path / "MNIST" / "raw")
    (tmp_path / "MNIST" / "raw" / "t10k-labels-idx1-ubyte").unlink()
    assert len(data.load("mnist", "test", data_dir=tmp_path)) == N_TEST
    assert len(published_mnist) == 3


def cifar_batches(folder: Path, monkeypatch) -> None:
    """Write the published layout, and put its sums into torchvision's tables."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(0)

    def write(name: str, content: object) -> list[str]:
        packed = pickle.dumps(content)
        (folder / name).write_bytes(packed)
        return [name, hashlib.md5(packed).hexdigest()]

    def batch(n: int) -> dict[str, object]:
        pictures = rng.integers(0, 255, (n, 3072), dtype=np.uint8)
        return {"data": pictures, "labels": (np.arange(n) % 10).tolist()}

    cifar = torchvision.datasets.CIFAR10
    names = [f"data_batch_{k}" for k in range(1, 6)]
    meta = write("batches.meta", {"label_names": list("abcdefghij")})
    monkeypatch.setattr(cifar, "train_list", [write(name, batch(40)) for name in names])
    monkeypatch.setattr(cifar, "test_list", [write("test_batch", batch(30))])
    monkeypatch.setattr(cifar, "meta", {**cifar.meta, "md5": meta[1]})


def test_cifar10_splits(tmp_path, monkeypatch):
    cifar_batches(tmp_path / "cifar-10-batches-py", monkeypatch)
    assert data.available("cifar10", data_dir=tmp_path)
    sets = [data.load("cifar10", split, data_dir=tmp_path) for split in data.SPLITS]
    assert [one.images.shape for one in sets] == [
        (180, 32, 32, 3),
        (20, 32, 32, 3),
        (30, 32, 32, 3),
    ]
    together = {image.tobytes() for one in sets for image in one.images}
    assert len(together) == 230
    assert len(data.load("cifar10", "test", n_images=4, data_dir=tmp_path)) == 4


def test_cifar10_is_fetched_and_unpacked(tmp_path, monkeypatch):
    cifar_batches(tmp_path / "made" / "cifar-10-batches-py", monkeypatch)
    archive = tmp_path / "made.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(tmp_path / "made" / "cifar-10-batches-py", "cifar-10-batches-py")

    def fetch(urls, target, *, md5, report):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read_bytes())

    monkeypatch.setattr(torchvision_sets, "fetch", fetch)
    where = tmp_path / "data"
    assert len(data.load("cifar10", "train", data_dir=where)) == 180
    assert [path.name for path in where.iterdir()] == ["cifar-10-batches-py"]


def test_a_damaged_cifar10_is_named(tmp_path, monkeypatch):
    cifar_batches(tmp_path / "cifar-10-batches-py", monkeypatch)
    (tmp_path / "cifar-10-batches-py" / "data_batch_3").write_bytes(b"broken")
    with pytest.raises(DataError, match="damaged"):
        data.load("cifar10", "train", data_dir=tmp_path)


def test_a_damaged_archive_is_named(tmp_path):
    (tmp_path / "cifar-10-python.tar.gz").write_bytes(b"broken")
    assert data.available("cifar10", data_dir=tmp_path)
    with pytest.raises(DataError, match="damaged"):
        data.load("cifar10", "train", data_dir=tmp_path)
