"""The Anomalies page: with measurements, without them, and what it is told by a visitor."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tiny
from screens import start, visible_text
from streamlit.testing.v1 import AppTest

from latentlab.analysis.support import FAR, Nearness
from latentlab.checkpoints import KINDS, Anomalies, Checkpoint, Group, open_checkpoint, originals
from latentlab.checkpoints.writing import write_checkpoint
from latentlab.config import RunConfig
from latentlab.export.message import unpack
from latentlab.ui.anomalies import (
    board,
    error_map,
    image_panel,
    image_scores,
    page,
    ranking,
    titles,
)
from latentlab.ui.input.query import Query

SCORES = ("mse", "ssim", "elbo", "distance", "both", "pca", "forest", "pixels")
SIZES = {"normal": 40, "unseen": 8, "other": 6, "noise": 6, "blank": 4, "corrupted": 10}


def write_measured(root: Path, name: str = "no7") -> Checkpoint:
    """A checkpoint that never saw a seven: noise scores high, a blank page scores low."""
    config = RunConfig(
        dataset="digits",
        model="vae",
        latent_dim=2,
        hidden=(8,),
        epochs=3,
        projections=("pca",),
        normal_classes=("0", "1", "2", "3", "4", "5", "6", "8", "9"),
    )
    contents = replace(tiny._contents(config), anomalies=_anomalies())
    return open_checkpoint(write_checkpoint(root, name, contents))


def _anomalies() -> Anomalies:
    random = np.random.default_rng(0)
    shift = {"noise": 3.0, "blank": -3.0, "unseen": 0.5}

    def group(kind: str) -> Group:
        n = SIZES[kind]
        scores = {
            score: (10 + random.normal(shift.get(kind, 0.0), 0.5, n)).astype(np.float32)
            for score in SCORES
        }
        labels = np.full(n, 7 if kind == "unseen" else 3, np.int32)
        latents = random.normal(size=(n, 2)).astype(np.float32)
        return Group(latents, labels, np.arange(n, dtype=np.int32), scores)

    curve = {kind: np.array([0.9, 0.95, 0.4], np.float32) for kind in KINDS[1:]}
    return Anomalies(
        groups={kind: group(kind) for kind in KINDS},
        typical_error=0.02,
        typical_distance=0.1,
        curve_sizes=np.array([1, 8, 32], np.int32),
        curves={"mse": curve, "pca": curve},
    )


@pytest.fixture
def measured(root: Path) -> Checkpoint:
    return write_measured(root)


def test_page_asks_what_the_network_was_never_shown(measured):
    app = start("anomalies.py")
    assert not app.exception
    assert not app.error
    text = visible_text(app)
    assert "trained without **7**" in text
    assert "Predicted normal" in text or "predicted anomalous" in text or "no training" in text
    assert "32 latent dimensions are too many: detection is better with 8 for 7 (left out" in text
    [chart] = app.get("plotly_chart")
    assert "Blank goes from 0.9 to 0.4" in chart.proto.alt


def test_board_carries_every_score_of_every_kind(measured):
    header, arrays = unpack(board.message(measured))
    assert [kind["name"] for kind in header["kinds"]] == list(KINDS)
    assert [score["name"] for score in header["scores"]] == list(SCORES)
    for score in SCORES:
        for kind in KINDS:
            values = arrays[f"{score}/{kind}"]
            assert len(values) == SIZES[kind]
            assert (np.diff(values.astype(np.float32)) >= 0).all()


def test_distance_names_how_many_latents_it_is_measured_to(measured):
    header, _ = unpack(board.message(measured))
    meanings = {score["name"]: score["meaning"] for score in header["scores"]}
    assert meanings["distance"].endswith("the nearest of 60 stored training latents.")


def test_board_says_where_a_score_misleads(measured):
    header, _ = unpack(board.message(measured))
    verdicts = {kind["name"]: kind["verdict"] for kind in header["kinds"]}
    assert verdicts["blank"]["mse"].startswith("Worse than chance: in 100 of 100 pairs")
    assert verdicts["noise"]["mse"].startswith("In 100 of 100 pairs the anomalous image")
    assert verdicts["normal"] == {}


def test_board_ranks_test_images_and_marks_the_unseen_class(measured):
    header, arrays = unpack(board.message(measured))
    ends = header["ranking"]["mse"]
    found = ranking.ranked(measured).scores["mse"]
    assert [tile["row"] for tile in ends["unusual"]] == np.argsort(-found).tolist()[:12]
    assert [tile["row"] for tile in ends["usual"]] == np.argsort(found).tolist()[:12]
    for tile in [*ends["unusual"], *ends["usual"]]:
        assert tile["unseen"] == (tile["name"] == "7")
        assert tile["tile"] < len(arrays["tiles"])


def test_where_images_are_missing_tiles_are_empty_and_it_is_said(measured, monkeypatch):
    monkeypatch.setattr("latentlab.data.available", lambda *args, **kwargs: False)
    app = start("anomalies.py")
    assert not app.error
    assert "not on this machine, so there is no reconstruction error map" in visible_text(app)
    header, arrays = unpack(board.message(measured))
    assert "empty" in header["note"]
    empty = originals.absent(measured.manifest.image_shape)
    assert all(np.array_equal(tile, empty) for tile in arrays["tiles"])


def test_a_network_that_saw_everything_still_ranks_and_names_others(root):
    write_measured(root)
    plain = tiny.write_tiny(root)
    header, arrays = unpack(board.message(plain))
    assert header["kinds"] == []
    assert [score["name"] for score in header["scores"]] == ["mse", "distance"]
    assert list(arrays) == ["tiles"]
    app = start("anomalies.py", checkpoint=plain.name)
    assert not app.error
    assert "trained on every class" in visible_text(app)
    app.button(key="anomalies-of-no7").click().run()
    assert app.query_params["checkpoint"] == "no7"
    assert "trained without **7**" in visible_text(app)


@pytest.mark.parametrize("name", list(image_panel.MADE_UP))
def test_something_it_never_saw_is_one_click_away(measured, name):
    app = start("anomalies.py")
    app.button(key=f"anomaly-{name}").click().run()
    assert not app.exception
    assert not app.error
    source = {"Noise": "Noise", "Blank": "A blank page", "Other set": "One of the"}[name]
    assert source in visible_text(app)


def test_a_picked_image_is_asked_about(measured, monkeypatch):
    app = start("anomalies.py")
    _say(monkeypatch, app, 3)
    assert "Test image 3" in visible_text(app)


@pytest.mark.parametrize("said", [-1, 10**9, True, "x", None, float("nan")])
def test_what_the_browser_says_is_not_believed(measured, monkeypatch, said):
    monkeypatch.setattr("latentlab.ui.shell.state.said_by", lambda key, name: said)
    assert board.picked(measured) is None


def test_an_image_is_judged_as_training_judged_it(root):
    checkpoint = tiny.write_tiny(root)
    image = np.random.default_rng(0).random(checkpoint.manifest.image_shape, dtype=np.float32)
    found = image_scores.judge(checkpoint, Query(image, "noise"))
    assert found.scores["mse"] == pytest.approx(((found.drawn - image) ** 2).mean(), rel=1e-5)
    assert list(found.scores) == ["mse", "distance"]
    assert all(0 <= share <= 100 for share in found.percentiles.values())


@pytest.mark.parametrize(
    ("error", "distance", "was_learned", "said"),
    [
        (99.5, 10, False, "predicted anomalous"),
        (99.5, 10, True, "this is a training image"),
        (50, 99.5, False, "error is small"),
        (98, 99.5, False, "error is not unusual"),
        (98, 98, False, "Predicted normal"),
    ],
)
def test_no_more_is_said_than_the_scores_say(error, distance, was_learned, said):
    percentiles = {"mse": error, "distance": distance}
    nearness = Nearness(1.0, distance, distance > FAR)
    found = image_scores.Judged(np.zeros((2, 2, 1), np.float32), {}, percentiles, nearness)
    assert said in image_panel.sentence(found, was_learned=was_learned)


def test_the_glow_is_where_the_drawing_is_wrong():
    image = np.zeros((8, 8, 1), np.float32)
    drawn = image.copy()
    drawn[2, 3] = 1
    heat = error_map.heat_map(image, drawn).astype(int).sum(axis=-1)
    assert np.unravel_index(heat.argmax(), heat.shape) == (2, 3)
    assert (heat > 0).sum() == 1


def test_a_curve_is_described_as_it_was_measured():
    n = {"normal": 300, "Blank": 100, "Noise": 100}
    falling, steady = {"Blank": [0.9, 0.4]}, {"Noise": [1.0, 1.0]}
    said = page.curve_meaning("PCA error", [1, 8], falling, n)
    assert said.startswith("By PCA error, 8 latent dimensions are too many: detection is better")
    assert "better with 1 for blank." in said
    assert "no kind" in page.curve_meaning("Reconstruction error", [1, 8], steady, n)
    assert "learned" not in page.curve_meaning("Distance", [1, 8], falling, n)


def test_a_curve_that_falls_within_its_sampling_error_does_not_fall():
    curves = {"Blank": [0.9, 0.85]}
    few, many = ({"normal": n, "Blank": n} for n in (40, 4000))
    assert "no kind is detected worse" in page.curve_meaning("Distance", [1, 8], curves, few)
    assert "too many" in page.curve_meaning("Distance", [1, 8], curves, many)


def test_every_score_has_a_title():
    assert set(titles.SCORES) == set(SCORES)


def _say(monkeypatch: pytest.MonkeyPatch, app: AppTest, row: int) -> None:
    """Do what a click on an image does; AppTest cannot click into a component."""
    monkeypatch.setattr(board, "picked", lambda checkpoint: row)
    monkeypatch.setattr(board, "show", lambda checkpoint, on_pick: on_pick())
    app.run()
