"""A checkpoint is contained: what is wrong with it is said of it, and costs no other anything."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from odd import Parts, is_sentence
from pydantic import ValidationError
from tiny import write_tiny

from latentlab.checkpoints import (
    MANIFEST,
    CheckpointError,
    Manifest,
    list_checkpoints,
    open_checkpoint,
    proven,
)
from latentlab.checkpoints.reading import Checkpoint
from latentlab.codec import load_codec

INDEX = "index.safetensors"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("sound"), "tiny").path


@pytest.fixture
def parts(sound: Path) -> Parts:
    return Parts.of(sound)


def refusal(parts: Parts, folder: Path, **how: bool) -> str:
    parts.write(folder / "odd", **how)
    with pytest.raises(CheckpointError) as caught:
        proven(folder / "odd")
    assert is_sentence(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("splits", lambda a: a.astype(np.int64), "'splits' is not of the kind"),
        ("latents", lambda a: a.astype(np.float64), "'latents' is not of the kind"),
        ("reconstruction_error", lambda a: -a, "'reconstruction_error' holds an impossible value"),
        ("latents", lambda a: np.full_like(a, 1e20), "'latents' holds an impossible value"),
        ("pca/components", lambda a: a[:0], "the array 'pca/"),
        ("labels", lambda a: a + 10, "'labels' names something that does not exist"),
    ],
)
def test_an_array_that_no_training_writes_is_refused(parts, tmp_path, key, change, words):
    parts.tensors[INDEX][key] = change(parts.tensors[INDEX][key])
    assert words in refusal(parts, tmp_path)


def test_an_index_of_no_images_is_refused(parts, tmp_path):
    own = parts.tensors[INDEX]
    rows = len(own["latents"])
    parts.tensors[INDEX] = {k: a[:0] if len(a) == rows else a for k, a in own.items()}
    assert "is empty" in refusal(parts, tmp_path)


@pytest.mark.parametrize(
    ("metrics", "words"),
    [
        ({"mse": -0.1}, "the figure 'mse' has an impossible value"),
        ({"mse": [0.1]}, "the figure 'mse' is no number"),
        ({"curve_strength": [], "curve_choice": []}, "curves over strengths"),
        ({"kl_per_dimension": [1.0]}, "1 values where 2 belong"),
        ({"ssim": 7}, "'ssim' has an impossible value"),
    ],
)
def test_a_figure_that_was_never_measured_is_refused(parts, tmp_path, metrics, words):
    parts.content["metrics"] |= metrics
    assert words in refusal(parts, tmp_path)


def test_a_channel_that_no_image_has_and_a_class_that_does_not_exist_are_refused(parts, tmp_path):
    parts.content["image_shape"] = [28, 28, 2]
    assert "1 or 3 channels" in refusal(parts, tmp_path / "channels")
    parts.content["image_shape"] = [28, 28, 1]
    parts.content["class_names"] = [f"class {number}" for number in range(10)]
    parts.content["config"]["normal_classes"] = ["zero"]
    assert "no class called 'zero'" in refusal(parts, tmp_path / "classes")


@pytest.mark.parametrize("size", [(10, 10), (600, 20)])
def test_a_contact_sheet_without_a_whole_image_is_refused(parts, tmp_path, size):
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", size).save(stream, "PNG")
    parts.files["samples.png"] = stream.getvalue()
    assert "samples.png is no contact sheet" in refusal(parts, tmp_path)


def test_text_that_cannot_be_printed_is_refused(parts, tmp_path):
    parts.content["class_names"][0] = "\ud800"
    assert "not valid JSON" in refusal(parts, tmp_path)


def test_a_format_of_four_thousand_digits_is_not_repeated(parts, tmp_path):
    parts.content["format"] = int("9" * 4000)
    said = refusal(parts, tmp_path)
    assert "install a newer latentlab" in said
    assert len(said) < 200


@pytest.mark.parametrize(
    "field",
    [
        {"class_names": [0] * 300_000},
        {"metrics": {str(n): "x" for n in range(100_000)}},
        {"metrics": {"mse": ["x"] * 300_000}},
        {"tensors": {str(n): {} for n in range(100_000)}},
        {str(n): 0 for n in range(200_000)},
    ],
)
def test_a_million_mistakes_are_counted_to_a_few(parts, field):
    with pytest.raises(ValidationError) as caught:
        Manifest.model_validate({**parts.content, **field})
    assert caught.value.error_count() < 50


def test_mistakes_below_the_run_config_are_counted_too(parts):
    config: dict[str, Any] = parts.content["config"]
    many = {str(n): 0 for n in range(200_000)}
    for odd in (config | many, config | {"hidden": ["x"] * 300_000}):
        with pytest.raises(ValidationError) as caught:
            Manifest.model_validate({**parts.content, "config": odd})
        assert caught.value.error_count() < 50


@pytest.mark.skipif(os.name != "posix", reason="the system does not tell of memory")
def test_a_network_is_compared_before_it_is_built(parts, tmp_path):
    """The weights of this one would take 3.6 GB."""
    import resource

    parts.content["config"]["hidden"] = [8192] * 8
    parts.write(tmp_path / "odd")
    checkpoint = proven(tmp_path / "odd")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CheckpointError, match="does not fit its network"):
        load_codec(checkpoint)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_network_that_answers_beyond_all_numbers_is_refused(parts, tmp_path):
    weights = parts.tensors["weights.safetensors"]
    parts.tensors["weights.safetensors"] = {k: np.full_like(a, 1e20) for k, a in weights.items()}
    parts.write(tmp_path / "odd")
    with pytest.raises(CheckpointError, match="too large to compute with"):
        load_codec(proven(tmp_path / "odd"))


def test_a_file_longer_or_shorter_than_its_tensors_is_not_read(parts, tmp_path, monkeypatch):
    parts.write(tmp_path / "odd")
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("it was read"))
    for size, words in ((2**29, "larger"), (8, "shorter")):
        os.truncate(tmp_path / "odd" / "weights.safetensors", size)
        with pytest.raises(CheckpointError, match=words):
            open_checkpoint(tmp_path / "odd")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
@pytest.mark.parametrize("file", [MANIFEST, "weights.safetensors", "samples.png"])
def test_a_pipe_in_a_files_place_is_not_waited_for(sound, tmp_path, monkeypatch, file):
    folder = Path(shutil.copytree(sound, tmp_path / "odd"))
    (folder / file).unlink()
    os.mkfifo(folder / file)
    monkeypatch.setattr(Path, "is_file", lambda _: True)  # it became one since it was looked at
    with pytest.raises(CheckpointError, match="is no file"):
        open_checkpoint(folder)


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_linked_folder_is_not_called_damaged(sound, tmp_path):
    (tmp_path / "linked").symlink_to(sound, target_is_directory=True)
    _, refused = list_checkpoints(tmp_path)
    assert "is a link" in refused[0].reason
    assert "damaged" not in refused[0].reason


def test_a_fault_that_nobody_thought_of_stays_with_its_folder(sound, tmp_path, monkeypatch, caplog):
    for name in ("good", "bad"):
        shutil.copytree(sound, tmp_path / name)
    prove = Checkpoint.prove

    def fail(self: Checkpoint) -> None:
        if self.name == "bad":
            raise ZeroDivisionError("nobody thought of it")
        prove(self)

    monkeypatch.setattr(Checkpoint, "prove", fail)
    good, refused = list_checkpoints(tmp_path)
    assert [checkpoint.name for checkpoint in good] == ["good"]
    assert "nobody thought of it" in refused[0].reason
    assert "Traceback" in caplog.text


def test_a_root_that_cannot_be_read_is_one_sentence(tmp_path, monkeypatch):
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(CheckpointError, match="cannot be read"):
        list_checkpoints(tmp_path)
