from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from latentlab.checkpoints import (
    FILES,
    MANIFEST,
    CheckpointError,
    Contents,
    checkpoints_root,
    list_checkpoints,
    open_checkpoint,
    write_checkpoint,
)
from latentlab.codec import load_codec


@pytest.fixture
def folder(tiny_checkpoint, tmp_path) -> Path:
    return Path(shutil.copytree(tiny_checkpoint, tmp_path / "root" / "tiny"))


def edit_manifest(folder: Path, **changes: object) -> None:
    """Change the manifest as somebody would who knows how its sum is made."""
    path = folder / MANIFEST
    content = {**json.loads(path.read_text()), **changes}
    content.pop("sha256")
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    content["sha256"] = hashlib.sha256(canonical.encode()).hexdigest()
    path.write_text(json.dumps(content))


def contents_of(folder: Path) -> Contents:
    checkpoint = open_checkpoint(folder)
    m = checkpoint.manifest
    return Contents(
        m.config,
        m.image_shape,
        m.class_names,
        m.n_parameters,
        m.n_train,
        m.metrics,
        m.run,
        checkpoint.weights(),
        checkpoint.index(),
        checkpoint.history(),
        checkpoint.timeline(),
        checkpoint.samples(),
        image_sums=m.image_sums,
        warning=m.warning,
    )


def test_what_is_written_comes_back(folder):
    contents = contents_of(folder)
    again = open_checkpoint(write_checkpoint(folder.parent, "copy", contents))
    assert again.manifest == open_checkpoint(folder).manifest
    assert (folder / MANIFEST).read_bytes() == (again.path / MANIFEST).read_bytes()
    assert not [p for p in folder.parent.iterdir() if p.name.startswith(".")]


def test_arrays_from_a_checkpoint_are_read_only(folder):
    index = open_checkpoint(folder).index()
    with pytest.raises(ValueError, match="read-only"):
        index.latents[0] = 0


@pytest.mark.parametrize("file", [MANIFEST, *FILES])
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()
    with pytest.raises(CheckpointError, match=f"'tiny' is damaged: {file} is missing"):
        open_checkpoint(folder)


@pytest.mark.parametrize("file", FILES)
def test_one_flipped_bit_is_noticed(folder, file):
    path = folder / file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(bytes(data))
    with pytest.raises(CheckpointError, match=file):
        open_checkpoint(folder)


def test_a_file_that_changes_after_opening_is_noticed(folder):
    checkpoint = open_checkpoint(folder)
    (folder / "history.jsonl").write_text('{"epoch": 1}\n')
    with pytest.raises(CheckpointError, match=r"history\.jsonl has changed"):
        checkpoint.history()


@pytest.mark.parametrize("file", [MANIFEST, "weights.safetensors"])
def test_links_are_not_followed(folder, file, tmp_path):
    target = tmp_path / "elsewhere"
    (folder / file).rename(target)
    (folder / file).symlink_to(target)
    with pytest.raises(CheckpointError, match="link"):
        open_checkpoint(folder)


def test_a_surplus_file_is_refused(folder):
    (folder / "setup.py").write_text("raise SystemExit")
    with pytest.raises(CheckpointError, match=r"does not belong: 'setup\.py'"):
        open_checkpoint(folder)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 99}, "install a newer latentlab"),
        ({"format": "1"}, "not a latentlab checkpoint"),
        ({"format": True}, "not a latentlab checkpoint"),
        ({"surprise": 1}, "surprise"),
        ({"files": {}}, "exactly the files"),
        ({"n_parameters": -1}, "n_parameters"),
        ({"image_shape": [16, 16]}, "image_shape"),
    ],
)
def test_a_wrong_manifest_is_refused_in_one_sentence(folder, changes, words):
    edit_manifest(folder, **changes)
    with pytest.raises(CheckpointError, match=words) as caught:
        open_checkpoint(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{", b"[" * 100_000, b'{"format": 1, "format": 1}', b"\xff\xfe", b"NaN"]
)
def test_a_manifest_that_is_no_manifest(folder, text):
    (folder / MANIFEST).write_bytes(text)
    with pytest.raises(CheckpointError):
        open_checkpoint(folder)


def test_weights_of_another_network_are_refused(folder):
    """The sums agree, but the run config builds another network than the weights are for."""
    config = json.loads((folder / MANIFEST).read_text())["config"]
    edit_manifest(folder, config={**config, "hidden": [33]})
    with pytest.raises(CheckpointError, match="does not fit its network"):
        load_codec(open_checkpoint(folder))


def test_numbers_that_are_none_are_refused(folder, tmp_path):
    contents = contents_of(folder)
    weights = {k: v.copy() for k, v in contents.weights.items()}
    next(iter(weights.values())).flat[0] = np.nan
    bad = Contents(**{**contents.__dict__, "weights": weights})
    checkpoint = open_checkpoint(write_checkpoint(tmp_path, "nan", bad))
    with pytest.raises(CheckpointError, match="not numbers"):
        checkpoint.weights()


def test_the_list_shows_the_good_and_names_the_bad(folder):
    bad = Path(shutil.copytree(folder, folder.parent / "bad"))
    (bad / "samples.png").write_bytes(b"")
    (folder.parent / ".writing-half-1234").mkdir()
    (folder.parent / "notes.txt").write_text("not a checkpoint")
    good, refused = list_checkpoints(folder.parent)
    assert [c.name for c in good] == ["tiny"]
    assert [(r.name, "samples.png" in r.reason) for r in refused] == [("bad", True)]


def test_no_folder_is_an_empty_list(tmp_path):
    assert list_checkpoints(tmp_path / "nowhere") == ([], [])


def test_an_interrupted_replacement_is_put_back(folder):
    folder.rename(folder.parent / ".replaced-tiny-12345678")
    (folder.parent / ".writing-tiny-12345678").mkdir()  # of the process that was killed
    good, _ = list_checkpoints(folder.parent)
    assert [c.name for c in good] == ["tiny"]


def test_a_list_taken_between_the_two_renames_of_a_replacement_disturbs_nothing(
    folder, monkeypatch
):
    contents, rename = contents_of(folder), Path.rename

    def rename_and_list(path: Path, target: Path) -> Path:
        renamed = rename(path, target)
        list_checkpoints(folder.parent)
        return renamed

    monkeypatch.setattr(Path, "rename", rename_and_list)
    write_checkpoint(folder.parent, "tiny", contents, replace=True)
    assert [p.name for p in folder.parent.iterdir()] == ["tiny"]
    open_checkpoint(folder)


def test_replacing_keeps_the_old_until_the_new_is_whole(folder, monkeypatch):
    contents = contents_of(folder)
    before = (folder / MANIFEST).read_bytes()
    with pytest.raises(CheckpointError, match="already a checkpoint called 'tiny'"):
        write_checkpoint(folder.parent, "tiny", contents)

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(CheckpointError, match="No space left on device"):
        write_checkpoint(folder.parent, "tiny", contents, replace=True)
    assert (folder / MANIFEST).read_bytes() == before
    monkeypatch.undo()
    assert [p.name for p in folder.parent.iterdir()] == ["tiny"]
    write_checkpoint(folder.parent, "tiny", contents, replace=True)
    open_checkpoint(folder)


def test_of_two_that_write_one_name_the_first_stays(folder, monkeypatch):
    """Neither saw the other when it began."""
    contents = contents_of(folder)
    root, first = folder.parent, folder.rename(folder.parent / ".first")
    before = (first / MANIFEST).read_bytes()

    def meanwhile(scratch: Path, _: object) -> None:
        (scratch / MANIFEST).write_text("the second")
        first.rename(folder)

    monkeypatch.setattr("latentlab.checkpoints.writing._write_files", meanwhile)
    with pytest.raises(CheckpointError, match="already a checkpoint called 'tiny'"):
        write_checkpoint(root, "tiny", contents)
    assert (folder / MANIFEST).read_bytes() == before
    assert [path.name for path in root.iterdir()] == ["tiny"]


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "a\\b", ".hidden", "-x", "ü", "x" * 81])
def test_hostile_names_are_refused(folder, name):
    with pytest.raises(CheckpointError, match=r"cannot be called|characters"):
        write_checkpoint(folder.parent, name, contents_of(folder))


def test_the_root_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path))
    assert checkpoints_root() == tmp_path
    monkeypatch.delenv("LATENTLAB_CHECKPOINTS")
    assert checkpoints_root(tmp_path / "x") == tmp_path / "x"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_is_ever_silent(folder, data):
    """Whatever single change is made to any file, opening refuses it with our own exception."""
    file = data.draw(st.sampled_from([MANIFEST, *FILES]))
    path = folder / file
    original = path.read_bytes()
    kind = data.draw(st.sampled_from(["flip", "cut", "grow", "empty"]))
    damaged = bytearray(original)
    if kind == "flip":
        at = data.draw(st.integers(0, len(original) - 1))
        damaged[at] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "cut":
        damaged = damaged[: data.draw(st.integers(0, len(original) - 1))]
    elif kind == "grow":
        damaged += data.draw(st.binary(min_size=1, max_size=20))
    else:
        damaged = bytearray()
    path.write_bytes(bytes(damaged))
    try:
        checkpoint = open_checkpoint(folder)
    except CheckpointError:
        pass
    else:
        # Only white space of the manifest may differ.
        assert file == MANIFEST
        assert json.loads(path.read_bytes()) == json.loads(original)
        assert checkpoint.index() is not None
    finally:
        path.write_bytes(original)
