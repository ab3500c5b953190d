"""Encoding all images, where these are more than the latent index holds."""

import numpy as np
import pytest
from tests.conftest import tiny_config
from tests.unit.training.test_parallel import Part

from latentlab.checkpoints import CheckpointError, full_index, open_checkpoint
from latentlab.checkpoints.manifest import FORMAT, FULL, MANIFEST
from latentlab.codec import load_codec
from latentlab.data import SPLITS
from latentlab.images import to_float
from latentlab.training import encoding, indexing
from latentlab.training.indexing import select
from latentlab.training.preparation import load_splits
from latentlab.training.reporting import Silent
from latentlab.training.run import Places, RunRequest, run


@pytest.fixture
def few(monkeypatch):
    """Call 300 images many, and map 120 of them."""
    monkeypatch.setattr(indexing, "MOST_MAPPED", 300)
    monkeypatch.setattr(indexing, "SAMPLE", 120)
    monkeypatch.setattr(encoding, "BLOCK", 50)
    monkeypatch.setattr(full_index, "BLOCK", 70)


@pytest.fixture
def trained(few, tmp_path):
    config = tiny_config(index_size=10_000, epochs=1)
    result = run(RunRequest(config, name="all", places=Places(tmp_path / "c", tmp_path / "r")))
    return open_checkpoint(result.path)


def test_every_image_has_a_latent_and_the_index_is_the_first_part(trained):
    trained.prove()
    config = trained.manifest.config
    sets = load_splits(config, Places(), Silent())
    total = sum(map(len, sets.values()))
    index, everything = trained.index(), trained.full_index()
    assert trained.manifest.format == FORMAT
    assert len(index) == 120
    assert len(everything) == total
    pairs = set(zip(everything.splits.tolist(), everything.numbers.tolist(), strict=True))
    assert len(pairs) == total
    np.testing.assert_array_equal(everything.numbers[:120], index.numbers)
    codec = load_codec(trained)
    for code, split in enumerate(SPLITS):
        rows = np.flatnonzero(everything.splits == code)
        numbers = everything.numbers[rows]
        np.testing.assert_array_equal(everything.labels[rows], sets[split].labels[numbers])
        latents = codec.encode(to_float(sets[split].images[numbers]))
        np.testing.assert_allclose(everything.latents[rows], latents, atol=1e-5)


def test_arrays_are_mapped_and_cannot_be_written(trained):
    latents = trained.full_index().latents
    assert isinstance(latents, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        latents[0] = 0


def test_a_small_index_holds_all_and_nothing_lies_beside_it(tmp_path):
    result = run(
        RunRequest(tiny_config(epochs=1), name="few", places=Places(tmp_path / "c", tmp_path / "r"))
    )
    checkpoint = open_checkpoint(result.path)
    assert checkpoint.full_index() is None
    assert not (checkpoint.path / FULL).exists()
    assert checkpoint.manifest.format == 1


def test_shares_of_several_processes_make_up_the_file_of_one(few, tmp_path):
    config = tiny_config(index_size=10_000)
    sets = load_splits(config, Places(), Silent())
    selection = select(sets, config.index_size, seed=0)

    class Codec:
        latent_dim = 3

        def encode(self, images):
            return images.reshape(len(images), -1)[:, 20:23]

    whole = encoding.encode_all(Codec(), selection, sets, tmp_path)
    alone = np.array(whole.latents)
    (tmp_path / "two").mkdir()
    for rank in range(2):
        found = encoding.encode_all(Codec(), selection, sets, tmp_path / "two", world=Part(rank, 2))
    np.testing.assert_array_equal(found.latents, alone)
    assert np.ptp(alone) > 0


def spoiled(checkpoint, change):
    path = checkpoint.path / FULL
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("opened_before", [True, False])
def test_a_changed_byte_is_refused(trained, opened_before):
    def change(content):
        content[-1] ^= 1

    spoiled(trained, change)
    with pytest.raises(CheckpointError, match="damaged"):
        trained.full_index() if opened_before else open_checkpoint(trained.path)


@pytest.mark.parametrize(
    ("array", "change", "said"),
    [
        ("latents", lambda a: a.__setitem__((5, 0), np.nan), "not numbers"),
        ("labels", lambda a: a.__setitem__(400, 77), "does not exist"),
        ("splits", lambda a: a.__setitem__(400, 3), "impossible"),
        ("numbers", lambda a: a.__setitem__(0, a[1]), "not a part"),
    ],
)
def test_what_a_stranger_wrote_is_proven(trained, array, change, said):
    """Whoever writes a file can write its sum too."""
    found = trained.full_index()
    tensors = {key: np.array(value) for key, value in full_index.full_tensors(found).items()}
    change(tensors[array])
    with pytest.raises(CheckpointError, match=said):
        full_index.full_index_from(
            tensors, trained.index(), len(trained.manifest.class_names), "all"
        )


@pytest.mark.parametrize("harm", [b"\xff" * 8, b"\0" * 8])
def test_a_header_that_is_none_is_refused(trained, harm):
    spoiled(trained, lambda content: content.__setitem__(slice(0, 8), harm))
    specs = {
        key.removeprefix(f"{FULL}/"): spec
        for key, spec in trained.manifest.tensors.items()
        if key.startswith(FULL)
    }
    with (trained.path / FULL).open("rb") as file, pytest.raises(CheckpointError, match="read"):
        full_index.map_full(file, specs, "all")


def test_a_manifest_that_names_the_file_and_not_its_tensors_is_refused(trained):
    text = (trained.path / MANIFEST).read_text()
    assert f'"{FULL}/latents"' in text
    (trained.path / FULL).unlink()
    with pytest.raises(CheckpointError, match="missing"):
        open_checkpoint(trained.path)
