"""TensorBoard's files, read back by TensorBoard's own readers, and the Projector's limits."""

import datetime
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentlab.export import tensorboard
from latentlab.export.tensorboard import Board, files_of, metadata_tsv, sprite_of

N = 7


def board(**changes: object) -> Board:
    sheet = io.BytesIO()
    Image.new("RGB", (8, 6)).save(sheet, "PNG")
    fields: dict[str, object] = {
        "name": 'a "tab\there"',
        "latents": np.arange(2.0 * N, dtype=np.float32).reshape(N, 2),
        "columns": {"class": ["x\ty"] * N, "split": ["test"] * N},
        "thumbnails": np.full((N, 16, 20, 1), 200, np.uint8),
        "colors": np.tile(np.array([255, 0, 0], np.uint8), (N, 1)),
        "projections": {"umap": np.zeros((N, 2), np.float32), "native": np.zeros((N, 2))},
        "history": [
            {"epoch": 1, "step": 5, "loss": 3.0, "validation_loss": 4.0, "seconds": 1.0},
            {"epoch": 2, "step": 9, "loss": 2.0, "validation_loss": 3.5, "seconds": 2.0},
        ],
        "samples": sheet.getvalue(),
        "config": {"dataset": "digits"},
        "ended": datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC),
    }
    return Board(**{**fields, **changes})  # type: ignore[arg-type]


def test_the_projector_reads_the_config_and_every_file_it_names(tmp_path: Path) -> None:
    from google.protobuf import text_format
    from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig

    files = files_of(board())
    config = text_format.Parse(files[tensorboard.CONFIG].decode(), ProjectorConfig())
    (embedding,) = config.embeddings
    named = (
        embedding.tensor_path,
        embedding.metadata_path,
        embedding.bookmarks_path,
        embedding.sprite.image_path,
    )
    assert all(name in files for name in named)
    assert "\t" not in embedding.tensor_name
    lines = files[tensorboard.TENSORS].decode().splitlines()
    assert len(lines) == N
    assert lines[1].split("\t") == ["2", "3"]
    side = embedding.sprite.single_image_dim[0]
    with Image.open(io.BytesIO(files[tensorboard.SPRITE])) as sprite:
        assert sprite.size == (3 * side, 3 * side)  # seven thumbnails in three by three
        assert sprite.getpixel((0, 0)) == (255, 0, 0)
        assert sprite.getpixel((side // 2, side // 2)) == (200, 200, 200)


def test_labels_hold_no_tab_and_no_line_break() -> None:
    lines = metadata_tsv({"a": ["x\ty", "", "é\nz"], "b": ["1", "2", "3"]}).decode().splitlines()
    assert lines == ["a\tb", "x y\t1", "-\t2", "é z\t3"]
    assert metadata_tsv({"only": ["x"]}) == b"x\n"


def test_a_large_sprite_stays_below_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensorboard, "MAX_SPRITE", 819)
    thumbnails = np.zeros((100, 128, 128, 1), np.uint8)
    sprite, side = sprite_of(thumbnails, np.zeros((100, 3), np.uint8))
    with Image.open(io.BytesIO(sprite)) as picture:
        assert max(picture.size) <= tensorboard.MAX_SPRITE
        assert side == 81


def test_bookmarks_carry_the_maps_the_projector_knows() -> None:
    (bookmark,) = json.loads(files_of(board())[tensorboard.BOOKMARKS])
    assert bookmark["selectedProjection"] == "umap"
    assert bookmark["dataSetDimensions"] == [N, 2]
    assert len(bookmark["projections"]) == N


def test_a_line_of_latents_becomes_a_plane() -> None:
    files = files_of(board(latents=np.ones((N, 1), np.float32)))
    assert files[tensorboard.TENSORS].decode().splitlines()[0] == "1\t0"


def test_curves_pictures_and_settings_can_be_read_back(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    ((name, content),) = tensorboard.events(board()).items()
    assert name.endswith(tensorboard.SUFFIX)
    (tmp_path / name).write_bytes(content)
    found = EventAccumulator(str(tmp_path))
    found.Reload()
    assert [event.value for event in found.Scalars("loss/training")] == [3.0, 2.0]
    assert [event.step for event in found.Scalars("loss/validation")] == [1, 2]
    assert (found.Images("samples")[0].width, found.Images("samples")[0].height) == (8, 6)
