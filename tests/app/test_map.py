"""The Map page: what each click shows, whatever the checkpoint carries."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import screens
from screens import start
from streamlit.testing.v1 import AppTest
from tiny import write_tiny

from latentlab.analysis.support import Support
from latentlab.checkpoints import (
    SPLIT_CODES,
    Checkpoint,
    Contents,
    open_checkpoint,
    write_checkpoint,
)
from latentlab.figures.theme import LIGHT
from latentlab.jobs import JobError, manager
from latentlab.jobs import maps as jobs
from latentlab.jobs.folder import Job, Status
from latentlab.jobs.map_request import Asked, parse
from latentlab.training.variants import with_inverses
from latentlab.ui.input import Query
from latentlab.ui.input import query as queries
from latentlab.ui.input.history import _key
from latentlab.ui.input.reconstruction import reconstruct
from latentlab.ui.map import companion, maps, new_map, new_point, seeds, selection
from latentlab.ui.shell import available, cache, state

PAGE = "map.py"


def add_maps(checkpoint: Checkpoint, **manifest: object) -> Checkpoint:
    """Write a tiny checkpoint again with a UMAP, variants and a line-up, as training would."""
    index, found = checkpoint.index(), checkpoint.manifest.model_copy(update=manifest)
    generator = np.random.default_rng(0)
    place = index.latents[:, :2] + 0.1 * generator.normal(size=(len(index), 2))
    place = place.astype(np.float32)
    names = [f"seed/{i}" for i in range(5)] + ["neighbors/5", "neighbors/50", "lineup/real"]
    names += [f"lineup/noise-{i}" for i in range(1, 8)]
    variants = {
        name: (place + 0.2 * generator.normal(size=place.shape)).astype(np.float32)[:40]
        for name in names
    }
    index = replace(
        index,
        projections={**index.projections, "umap": place},
        variants=variants,
        factors={"slant_angle": np.linspace(0, 1, len(index), dtype=np.float32)},
    )
    contents = Contents(
        config=found.config,
        image_shape=found.image_shape,
        class_names=found.class_names,
        n_parameters=found.n_parameters,
        n_train=found.n_train,
        metrics=found.metrics,
        run=found.run,
        weights=checkpoint.weights(),
        index=with_inverses(index, seed=0),
        history=checkpoint.history(),
        timeline=checkpoint.timeline(),
        samples=checkpoint.samples(),
    )
    return open_checkpoint(
        write_checkpoint(checkpoint.path.parent, checkpoint.name, contents, replace=True)
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one checkpoint that carries every kind of map."""
    root = tmp_path_factory.mktemp("maps") / "checkpoints"
    root.mkdir()
    add_maps(write_tiny(root, "digits-vae-z5", latent_dim=5))
    return root


@pytest.fixture
def checkpoint(shown: Path, monkeypatch: pytest.MonkeyPatch) -> Checkpoint:
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(shown))
    cache.forget()
    return open_checkpoint(shown / "digits-vae-z5")


@pytest.fixture
def app(checkpoint: Checkpoint) -> AppTest:
    opened = start(PAGE)
    assert not opened.exception
    assert not opened.error
    return opened


def visible_text(app: AppTest) -> str:
    headings = [str(element.value) for element in app.get("subheader")]
    return "\n".join([screens.visible_text(app), *headings])


def did(app: AppTest, checkpoint: Checkpoint, shown_map: str = "umap", **pick: object) -> AppTest:
    """Let the companion say what a visitor did on the map."""
    said = {**pick, "of": checkpoint.fingerprint[:16], "map": shown_map}
    app.session_state[companion.KEY] = {"pick": said}
    app.run()
    assert not app.exception
    assert not app.error
    return app


def choose(app: AppTest, label: str, value: str) -> AppTest:
    control = next(c for c in app.get("button_group") if c.label == label)
    control.set_value(value).run()
    assert not app.exception
    assert not app.error
    return app


def chart(app: AppTest) -> str:
    return str(app.get("plotly_chart")[0].proto.spec)


def test_the_first_look_says_what_one_may_do(app):
    text = visible_text(app)
    assert "Every point is an image" in text
    assert "All 60 stored images are shown." in text


def test_a_clicked_point_has_a_card_with_its_own_drawing_and_neighbors(app, checkpoint):
    text = visible_text(did(app, checkpoint, kind="point", row=7, before=None))
    index = checkpoint.index()
    assert f"image {index.numbers[7]}" in text
    assert "Image" in text
    assert "Reconstruction" in text
    assert "Nearest neighbors in latent space" in text
    distance = np.linalg.norm(index.latents[index.neighbors[7][0]] - index.latents[7])
    assert f"{distance:#.3g}" in text


def test_two_clicks_measure_three_distances(app, checkpoint):
    text = visible_text(did(app, checkpoint, kind="point", row=7, before=3))
    for space in ("in pixel space", "in latent space", "on this map"):
        assert space in text
    assert text.count("of random pairs") == 3


def test_the_figure_stays_the_same_bytes_when_a_point_is_clicked(app, checkpoint):
    before = chart(app)
    assert chart(did(app, checkpoint, kind="point", row=7, before=None)) == before


def test_the_address_holds_the_points_that_were_clicked(app, checkpoint):
    card = "Nearest neighbors in latent space"
    did(app, checkpoint, kind="point", row=7, before=None)
    did(app, checkpoint, kind="point", row=9, before=7)
    assert app.query_params["point"] == "9_7"
    linked = start("map.py", checkpoint=checkpoint.name, point="9_7")
    assert visible_text(linked).count("of random pairs") == 3
    app.query_params["point"] = "7"  # the browser went back, and again
    assert f"image {checkpoint.index().numbers[7]}" in visible_text(app.run())
    did(app, checkpoint, kind="loop", corners=[[-9, -9], [9, -9], [9, 9], [-9, 9]])
    assert "point" not in app.query_params
    assert card not in visible_text(app)


def test_the_address_holds_an_empty_place_for_its_map_alone(app, checkpoint):
    did(app, checkpoint, "pca", kind="place", at=[0.0, 0.0])  # of another map
    assert "place" not in app.query_params
    did(app, checkpoint, kind="place", at=[0.123456, -0.2])
    written = app.query_params["place"]
    assert re.fullmatch(r"0\.12\d*_-0\.2", written), written
    linked = start("map.py", checkpoint=checkpoint.name, map="umap", place=written)
    assert "UMAP has no inverse" in visible_text(linked)
    assert linked.query_params["place"] == written
    assert "Every point is an image" in visible_text(choose(linked, "Map", "pca"))
    assert "place" not in linked.query_params


def test_the_address_holds_a_lasso_which_selects_the_same_images_again(app, checkpoint):
    turns = np.linspace(0, 2 * np.pi, companion.MOST_CORNERS, endpoint=False)
    corners = np.stack([np.cos(turns) * 0.9, np.sin(turns) * 0.7], axis=1).tolist()
    drawn = did(app, checkpoint, kind="loop", corners=corners)
    [selected] = [title.value for title in drawn.subheader if "selected" in title.value]
    assert not selected.startswith(("0 ", f"{len(checkpoint.index())} "))
    written = app.query_params["place"]
    assert len(written) <= state.MAX_ADDRESS_VALUE
    linked = start("map.py", checkpoint=checkpoint.name, map="umap", place=written)
    assert selected in [title.value for title in linked.subheader]
    did(app, checkpoint, kind="point", row=7, before=None)
    assert "place" not in app.query_params


@pytest.mark.parametrize("odd", ["1", "1_2_3_4", "a_b", "nan_1", "1e99_1", "_", "1_2" * 99])
def test_an_odd_place_in_the_address_is_none(root, checkpoint, odd):
    app = start("map.py", checkpoint=checkpoint.name, place=odd)
    assert not app.exception
    assert "Every point is an image" in [heading.value for heading in app.subheader]
    assert "place" not in app.query_params


@pytest.mark.parametrize("odd", ["60", "-1", "7.5", "x", "9" * 400, "_", "٣"])
def test_an_odd_point_in_the_address_is_none(root, checkpoint, odd):
    app = start("map.py", checkpoint=checkpoint.name, point=odd)
    assert not app.exception
    assert "Every point is an image" in [heading.value for heading in app.subheader]


def test_a_card_stays_when_the_map_changes_and_a_place_does_not(app, checkpoint):
    did(app, checkpoint, kind="point", row=7, before=None)
    assert "Nearest neighbors in latent space" in visible_text(choose(app, "Map", "pca"))
    did(app, checkpoint, "pca", kind="place", at=[0.0, 0.0])
    assert "A latent on the PCA plane" in visible_text(app)
    assert "Every point is an image" in visible_text(choose(app, "Map", "umap"))


def test_empty_space_of_umap_has_three_substitutes_that_disagree(app, checkpoint):
    text = visible_text(did(app, checkpoint, kind="place", at=[0.3, -0.2]))
    assert "UMAP has no inverse" in text
    assert "three estimates" in text
    for letter in "ABC":
        assert f"{letter}: " in text
    assert "The distance between them in latent space" in text


def test_empty_space_of_a_computed_map_counts_its_two_substitutes(checkpoint):
    """No regression was fitted to it."""
    computed_map = replace(maps.all_maps(checkpoint)["umap"], name="umap-n7-d0.10-s4")
    app = AppTest.from_function(_show_empty_space, args=(checkpoint, computed_map)).run()
    assert not app.exception
    text = visible_text(app)
    assert "two estimates" in text
    assert "C: " not in text


def _show_empty_space(checkpoint, shown):
    from latentlab.ui.map import empty_space

    empty_space.show(checkpoint, shown, (0.3, -0.2))


def test_a_far_place_of_a_real_latent_space_is_drawn_and_warned_of(open_app):
    app = open_app(PAGE, checkpoint="digits-vae-z2")
    good, _ = available.checkpoints()
    here = next(c for c in good if c.name == "digits-vae-z2")
    text = visible_text(did(app, here, "native", kind="place", at=[900.0, 900.0]))
    assert "A latent without an image" in text
    assert "No training image is near" in text


def test_a_loop_gathers_classes_means_and_files(app, checkpoint):
    everywhere = [[-99, -99], [99, -99], [99, 99], [-99, 99]]
    text = visible_text(did(app, checkpoint, kind="loop", corners=everywhere))
    assert "60 images selected" in text
    assert "Mean image" in text
    assert "Decoded mean of the latents" in text
    assert len(app.get("download_button")) == 2
    nowhere = [[50, 50], [51, 50], [51, 51]]
    assert "contains no point" in visible_text(did(app, checkpoint, kind="loop", corners=nowhere))


def test_gathered_images_go_home_as_a_table_and_as_arrays(checkpoint):
    umap = maps.all_maps(checkpoint)["umap"]
    rows = np.array([4, 9])
    table = selection.as_csv(checkpoint, umap, rows).decode().splitlines()
    assert table[0].startswith("split,number,label,class,x,y,error,slant_angle,z1,")
    assert len(table) == 3
    with np.load(io.BytesIO(selection.as_npz(checkpoint, umap, rows))) as arrays:
        assert np.array_equal(arrays["latents"], checkpoint.index().latents[rows])
        assert arrays["images"].shape == (2, *checkpoint.manifest.image_shape)
        assert arrays["splits"].tolist() == ["train", "train"]


@pytest.mark.parametrize(
    "pick",
    [
        {"kind": "point", "row": 60},
        {"kind": "point", "row": -1},
        {"kind": "point", "row": "7"},
        {"kind": "point", "row": True},
        {"kind": "place", "at": [float("nan"), 0]},
        {"kind": "place", "at": [1e300, 0]},
        {"kind": "place", "at": "here"},
        {"kind": "loop", "corners": [[0, 0]] * 5000},
        {"kind": "loop", "corners": [[0], [1, 2], [3]]},
        {"kind": "dance"},
        {},
    ],
)
def test_what_cannot_be_is_ignored(app, checkpoint, pick):
    assert "Every point is an image" in visible_text(did(app, checkpoint, **pick))


@pytest.mark.parametrize("color", ["class", "error", "lost", "split", "factor:slant_angle"])
def test_points_can_be_colored_by_everything_that_is_known(app, color):
    app.selectbox[0].set_value(color).run()
    assert not app.exception
    assert not app.error
    assert ("toggleothers" in chart(app)) == (color in ("class", "split"))


def test_trust_stands_beside_what_chance_would_give(app):
    choose(app, "What to do", "trust")
    text = visible_text(app)
    assert "Neighbors kept" in text
    assert "of the nearest neighbors are lost" in text
    assert "random layout" in str(app.get("plotly_chart")[-1].proto.spec)


def test_the_line_up_tells_only_after_the_guess(app):
    choose(app, "What to do", "lineup")
    assert "0.5: uniformly random" not in visible_text(app)
    choose(app, "Your guess", "C")
    assert "0.5: uniformly random" in visible_text(app)
    told = [*app.success, *app.info]
    assert len(told) == 1


def test_maps_drawn_again_say_how_much_changed(app, checkpoint):
    choose(app, "What to do", "seeds")
    assert "UMAP of the same latents" in visible_text(app)
    message = seeds._message(checkpoint, LIGHT)
    assert b"Seed 5" in message
    assert b"50 neighbors" in message
    assert b"of each point's 15 neighbors are the same" in message


def test_a_checkpoint_without_variants_says_how_to_have_them(open_app):
    app = open_app(PAGE, checkpoint="digits-vae-z5-beta4")
    for lesson in ("seeds", "lineup"):
        choose(app, "What to do", lesson)
        assert "--map-variants true" in visible_text(app)


def test_a_new_image_is_placed_with_its_doubt(app, checkpoint):
    choose(app, "What to do", "new")
    text = visible_text(app)
    assert "already on the map" in text
    assert "mean of the places" not in text
    brought = Query(np.ones(checkpoint.manifest.image_shape, np.float32), "a blank sheet")
    app.session_state[_key(checkpoint)] = (brought,)
    app.run()
    text = visible_text(app)
    assert "A blank sheet" in text
    assert "of the map's radius around it" in text
    assert "weighted mean position of the 15 nearest latents" in text


def test_a_stored_image_is_judged_by_what_is_stored_of_it(checkpoint, monkeypatch):
    """Without the originals its pixels are a drawing, and to encode that again is no answer."""
    monkeypatch.setattr(cache, "originals", lambda checkpoint: None)
    asked = queries.stored(checkpoint, 7)
    monkeypatch.setattr(new_point, "image_input", lambda *args, **settings: asked)
    shown, index = maps.all_maps(checkpoint)["umap"], checkpoint.index()
    guest = new_point.ask(checkpoint, shown)
    assert guest.seen.error == index.reconstruction_error[7]
    assert np.array_equal(guest.seen.latent, index.latents[7])
    assert guest.placement.xy[0] == pytest.approx(shown.coordinates[7], abs=1e-3)
    assert len(guest.rows) == new_point.N_NEIGHBORS
    assert 7 not in guest.rows
    assert guest.seen.nearness.distance == index.nearest_train_distance[7]


def test_a_new_image_is_measured_from_training_images_alone(checkpoint, monkeypatch):
    splits = np.full(60, SPLIT_CODES["test"], np.uint8)
    splits[::20] = SPLIT_CODES["train"]
    index = replace(checkpoint.index(), splits=splits)
    monkeypatch.setattr(cache, "index", lambda checkpoint: index)
    monkeypatch.setattr(cache, "support", lambda checkpoint: Support(index))
    brought = Query(np.ones(checkpoint.manifest.image_shape, np.float32), "a blank sheet")
    seen = reconstruct(checkpoint, brought)
    distances = np.linalg.norm(index.latents - seen.latent, axis=1)
    assert seen.nearness.distance == pytest.approx(distances[::20].min(), rel=1e-4)
    assert seen.nearness.distance > distances.min()


def test_many_classes_get_a_search_box(root):
    names = tuple(f"class {i}" for i in range(12))
    add_maps(write_tiny(root, "many"), class_names=names)
    app = start(PAGE)
    assert not app.error
    app.multiselect[0].set_value([3]).run()
    assert not app.exception
    assert not app.error


def test_another_map_is_computed_in_a_process_of_its_own(root):
    made = write_tiny(root, "mine", latent_dim=5)
    job = jobs.start(made, Asked("umap", seed=4, n_neighbors=7))
    with pytest.raises(JobError, match="Another map"):
        jobs.start(made, Asked("umap", seed=5))
    status = job.wait(110)
    assert (status.state, status.problem) == ("done", None)
    assert list(jobs.finished(made)) == ["umap-n7-d0.10-s4"]
    found = maps.all_maps(made)["umap-n7-d0.10-s4"]
    assert found.title == "UMAP (7 neighbors, min_dist 0.10, seed 4)"
    assert found.coordinates.shape == (60, 2)
    assert not (made.path / "umap-n7-d0.10-s4.npy").exists()


def test_the_settings_name_the_map_that_they_ask_for(app, checkpoint):
    there = checkpoint.path.parent.parent / "runs" / "maps" / checkpoint.fingerprint[:16]
    there.mkdir(parents=True)
    made = Asked("umap", metric="cosine", densmap=True)
    np.save(there / f"{made.name}.npy", np.zeros((60, 2), np.float32))
    choose(app, "What to do", "compute")
    app.selectbox(key="map-new-metric").set_value("cosine").run()
    assert app.button(key="map-new-start")
    app.toggle(key="map-new-densmap").set_value(True).run()
    assert not app.exception
    assert "This map exists already" in visible_text(app)
    shutil.rmtree(there)


def test_a_cancelled_map_leaves_nothing(root):
    made = write_tiny(root, "mine", latent_dim=5)
    job = jobs.start(made, Asked("tsne"))
    manager.cancel(job)
    status = job.status()
    assert (status.state, status.problem) == ("cancelled", None)
    assert jobs.finished(made) == {}


def test_a_map_that_cannot_be_computed_says_why(root):
    made = write_tiny(root, "mine", latent_dim=5)
    shutil.rmtree(made.path)
    status = jobs.start(made, Asked("umap")).wait(110)
    assert status.state == "failed"
    assert "mine" in str(status.problem)


@pytest.mark.parametrize(
    "asked",
    [
        Asked("umap", 3, n_neighbors=50),
        Asked("umap", 3, metric="cosine"),
        Asked("umap", 3, min_dist=0.5, densmap=True),
        Asked("umap", 3, metric="manhattan", densmap=True),
        Asked("tsne", 9, perplexity=5),
    ],
)
def test_a_name_says_how_a_map_was_made(asked):
    assert parse(asked.name) == asked
    for name in (
        "umap",
        "../umap-n5-d0.10-s1",
        "umap-n5-d0.10-euclidean-s1",
        "umap-n5-d0.10-s1.npy",
        "tsne-p-1-s0",
    ):
        assert parse(name) is None


def test_files_that_are_no_map_of_these_latents_are_left_out(root):
    made = write_tiny(root, "mine", latent_dim=5)
    folder = jobs._folder(made)
    folder.mkdir(parents=True)
    np.save(folder / "umap-n7-d0.10-s1.npy", np.zeros((9, 2), np.float32))
    np.save(folder / "umap-n7-d0.10-s2.npy", np.array([{"a": 1}]), allow_pickle=True)
    (folder / "tsne-p9-s1.npy").write_bytes(b"nonsense")
    (folder / "..evil.npy").write_bytes(b"")
    assert set(maps.all_maps(made)) == {"pca"}


@pytest.mark.parametrize(("mine", "at_the_machine"), [(True, False), (False, True), (False, False)])
def test_only_who_started_a_map_or_sits_at_the_machine_may_cancel_it(
    root, monkeypatch, mine, at_the_machine
):
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(root))
    job = jobs.start(write_tiny(root, "mine", latent_dim=5), Asked("umap"))
    monkeypatch.setattr(state, "is_at_the_machine", lambda: at_the_machine)
    monkeypatch.setattr(Job, "status", lambda _: Status("running", 1, 3, "looking"))
    app = AppTest.from_function(_show_progress, args=(root / "mine",))
    if mine:
        app.session_state[new_map._STARTED] = job.id
    app.run()
    assert bool(app.button) is (mine or at_the_machine)
    assert not app.exception


def _show_progress(path):
    from latentlab.checkpoints import open_checkpoint
    from latentlab.ui.map import new_map

    new_map._progress(open_checkpoint(path))
