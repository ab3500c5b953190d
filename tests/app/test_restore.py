"""The Restore page: what it says for each kind of network, and what it answers."""

import base64

import numpy as np
import pytest
from screens import HOME, start, visible_text
from tiny import write_tiny

from latentlab.checkpoints import Checkpoint, open_checkpoint, originals
from latentlab.color import chroma
from latentlab.errors import ImageError
from latentlab.images import png
from latentlab.tasks import TASKS
from latentlab.ui.input import query
from latentlab.ui.input.out_of_set import OUT_OF_SET, out_of_set_for
from latentlab.ui.input.query import Query
from latentlab.ui.restore import answer, board, held, networks, photograph
from latentlab.ui.shell import needs, picker

CURVE = {
    "curve_strength": [0.1, 0.2],
    "curve_input": [20.0, 14.0],
    "curve_network": [22.0, 19.0],
    "curve_baseline": [25.0, 18.0],
    "curve_gap_low": [-4.0, -0.5],
    "curve_gap_high": [-2.0, 2.5],
    "baselines": {"non-local means 0.1": 0.0, "sliding DCT 0.4": 1.0},
    "curve_choice": [1.0, 0.0],
}


@pytest.fixture
def restorer(root) -> Checkpoint:
    return write_tiny(root, "digits-denoise", model="ae", task="denoise", latent_dim=4)


def asked(**changes):
    fields = {"strength": 0.2, "seed": 1, "kind": "gaussian", "paint": None, "number": 1}
    return answer.Asked(**{**fields, **changes})


def test_page_says_how_to_train_when_no_network_restores(root):
    write_tiny(root, "digits-vae-z2")
    app = start("restore.py")
    assert not app.exception
    assert "No network here restores images" in visible_text(app)
    assert "--task denoise" in visible_text(app)


def test_page_shows_the_first_restorer_when_another_network_is_chosen(root, restorer):
    write_tiny(root, "digits-vae-z2")
    app = start("restore.py", checkpoint="digits-vae-z2")
    assert not app.exception
    assert not app.error
    assert app.query_params["checkpoint"] == "digits-vae-z2"
    assert app.query_params["network"] == "digits-denoise"


def test_the_address_holds_the_degradation(root, restorer, monkeypatch):
    shown = []
    monkeypatch.setattr(board, "show", lambda *given, **_: shown.append(given[2]))
    link = {"strength": "0.4", "degradation_kind": "speckle", "degradation_seed": "1073741823"}
    app = start("restore.py", **link)
    assert (shown[-1].strength, shown[-1].kind, shown[-1].seed) == (0.4, "speckle", 1073741823)
    assert {name: app.query_params[name] for name in link} == link
    moved = {"task": "denoise", "strength": 0, "kind": "gaussian", "seed": 5}
    monkeypatch.setattr(board, "said", lambda: moved)
    app.run()
    assert (shown[-1].strength, shown[-1].kind, shown[-1].seed) == (0, "gaussian", 5)
    assert [app.query_params[name] for name in link] == ["0", "gaussian", "5"]
    write_tiny(root, "digits-other", model="ae", task="denoise", latent_dim=2)
    app.run()
    app.button(key="pick-digits-other").click().run()
    assert (shown[-1].strength, shown[-1].kind, shown[-1].seed) == (0.2, "gaussian", 0)


@pytest.mark.parametrize("odd", ["nan", "-9", "x" * 900, "inf"])
def test_an_odd_degradation_in_the_address_is_the_usual_one(root, restorer, odd):
    app = start("restore.py", strength=odd, degradation_kind=odd, degradation_seed=odd)
    assert not app.exception
    assert float(app.query_params["strength"]) in (0, 0.2)
    assert app.query_params["degradation_kind"] == "gaussian"
    assert "degradation_seed" not in app.query_params


def test_networks_that_differ_only_in_size_are_one_entry_with_their_sizes(root, restorer):
    for size in (1, 2, 4):
        fields = {"model": "ae", "task": "denoise", "latent_dim": size, "hidden": (6,)}
        write_tiny(root, f"sweep-denoise-z{size}", **fields)
    app = start("restore.py", network="digits-denoise")
    offered = app.selectbox(key="restore-network-digits-denoise")
    assert offered.options == [
        "digits-denoise: Autoencoder, z = 4",
        "sweep-denoise: Autoencoder, 3 sizes",
    ]
    assert not [group for group in app.button_group if group.label == "z"]
    offered.select_index(1).run()
    assert app.query_params["network"] == "sweep-denoise-z4"
    sizes = app.button_group(key="restore-size-sweep-denoise-z4")
    assert sizes.value == 4
    sizes.set_value(2).run()
    assert app.query_params["network"] == "sweep-denoise-z2"
    assert not app.exception
    # Beside it stands a network of another kind, if there is one.
    shown = open_checkpoint(root / "sweep-denoise-z2")
    assert [each.name for each in networks.row(shown)] == ["sweep-denoise-z2", "digits-denoise"]


def test_page_opens_with_the_network_that_is_farthest_ahead_of_its_baseline(root):
    good = [write_tiny(root, "digits-vae-z2")]
    for name, low in (("digits-a", -4.0), ("digits-b", 1.5), ("digits-c", 0.2)):
        one = write_tiny(root, name, model="ae", task="denoise", latent_dim=4)
        gap = {"difference": low + 0.1, "low": low, "high": low + 0.2}
        metrics = {**one.manifest.metrics, "psnr_gap": gap}
        manifest = one.manifest.model_copy(update={"metrics": metrics})
        good.append(Checkpoint(one.path, manifest, one.fingerprint))
    need = needs.of("Restore")
    assert picker._chosen(tuple(good), need)[1].name == "digits-b"
    assert picker._chosen(tuple(good), needs.of("Explore"))[1].name == "digits-vae-z2"


def test_app_opens_with_a_network_that_reconstructs(root, restorer):
    write_tiny(root, "zzz-vae-z2")
    assert start().query_params["checkpoint"] == "zzz-vae-z2"


def test_something_it_never_saw_is_brought_in(restorer):
    app = start("restore.py")
    app.button(key="restore-out-of-set-Pure noise").click().run()
    assert not app.exception
    assert not app.error


def test_only_what_is_unlike_its_own_images_is_offered_as_never_seen(restorer):
    app = start("restore.py")
    offered = {button.label for button in app.button} & set(OUT_OF_SET)
    assert offered == set(OUT_OF_SET) - {"A handwritten digit"}
    assert "A handwritten digit" not in out_of_set_for("mnist")
    assert "A colored shape" not in out_of_set_for("shapes")
    assert out_of_set_for("folder:mine") == list(OUT_OF_SET)


@pytest.mark.parametrize("name", OUT_OF_SET)
@pytest.mark.parametrize("shape", [(28, 28, 1), (32, 32, 3)])
def test_strangers_fit_every_network(name, shape):
    image = OUT_OF_SET[name](shape, np.random.default_rng(0))
    assert image.shape == shape
    assert image.dtype == np.float32
    assert 0 <= image.min() < image.max() <= 1


def test_panels_are_clean_damaged_restored_and_filtered(restorer):
    clean = Query(np.zeros(restorer.manifest.image_shape, np.float32), "black")
    found = answer.panels(restorer, clean, asked())
    assert [panel.name for panel in found] == ["Clean", "Degraded", "Restored", "Classical"]
    assert found[0].psnr is None
    assert found[1].psnr == pytest.approx(16.9, abs=1)
    assert found[2].about == "Autoencoder, z = 4"


def test_an_image_that_is_not_here_is_not_restored(restorer, monkeypatch):
    assert "nothing to restore" not in visible_text(start("restore.py"))
    monkeypatch.setattr("latentlab.ui.shell.cache.lookup", lambda checkpoint: originals.MISSING)
    text = visible_text(start("restore.py"))
    assert "nothing to restore" in text
    assert "PSNR" not in text


def test_an_image_of_a_known_class_is_painted_by_the_table_of_colors():
    shipped = open_checkpoint(HOME / "checkpoints" / "shapes-colorize")
    table = {
        "curve_strength": [1.0],
        "curve_choice": [0.0],
        "curve_tone": [],
        "baselines": {"mean color by class": 0.0},
        "color_table_shape": [6.0, 1.0, 1.0, 1.0, 2.0],
        "color_table": [40.0] * 12,
    }
    metrics = shipped.manifest.model_copy(update={"metrics": table})
    checkpoint = Checkpoint(shipped.path, metrics, shipped.fingerprint)
    found = answer.panels(checkpoint, query.stored(checkpoint, 0), asked(strength=1.0, kind=""))
    assert found[-1].about == "mean color by class"
    assert chroma(found[1].image).max() < 1 < chroma(found[-1].image).mean()
    own = answer.panels(checkpoint, Query(found[0].image, "yours"), asked(strength=1.0, kind=""))
    assert own[-1].about == "gray copy"  # of a picture from outside the class is not known


def test_the_baseline_is_the_one_that_was_best_at_the_nearest_strength(restorer):
    manifest = restorer.manifest.model_copy(update={"metrics": CURVE})
    checkpoint = Checkpoint(restorer.path, manifest, restorer.fingerprint)
    black = Query(np.zeros(manifest.image_shape, np.float32), "black")
    names = [str(answer.baseline(checkpoint, black, at).baseline) for at in (0, 0.12, 0.9)]
    assert names == ["sliding DCT 0.4", "sliding DCT 0.4", "non-local means 0.1"]
    assert board.curve(checkpoint) is not None
    assert board.curve(restorer) is None
    assert "worse than sliding DCT 0.4" in answer.verdict(checkpoint, 0.1)
    assert "no difference" in answer.verdict(checkpoint, 0.2)
    assert answer.verdict(restorer, 0.2) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"strength": 0.0}, "The input is not degraded"),
        ({"strength": 0.8}, "Stronger than any degradation"),
        ({"kind": "speckle"}, "not on speckle noise"),
        ({}, ""),
    ],
)
def test_damage_it_did_not_learn_on_is_named(restorer, changes, words):
    found = board.warning(restorer, asked(**changes))
    assert words in found
    assert bool(words) == bool(found)


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        {"task": "denoise", "strength": "x", "seed": None, "kind": "<b>", "id": -4},
        {"task": "denoise", "strength": float("nan"), "seed": 1e40},
        {"task": "inpaint", "strength": 0.7},
    ],
)
def test_nonsense_from_the_browser_becomes_the_usual_damage(restorer, said):
    found = answer.read(said, restorer, "an image")
    assert found.strength == TASKS["denoise"].usual
    assert found.kind == "gaussian"
    assert 0 <= found.seed < 2**31


def test_paint_is_read_and_broken_paint_refused(restorer):
    height, width, _ = restorer.manifest.image_shape
    whole = base64.b64encode(bytes(height * width)).decode()
    said = {"task": "denoise", "picture": answer.picture_id(restorer, "an image"), "paint": whole}
    read = answer.read(said, restorer, "an image")
    assert read.paint is not None
    assert read.paint.shape == (height, width, 1)
    with pytest.raises(ImageError, match="one more stroke"):
        answer.read({**said, "paint": whole[:8]}, restorer, "an image")


def test_paint_stays_with_its_picture_and_its_network():
    small, large = (
        open_checkpoint(HOME / "checkpoints" / name)
        for name in ("digits-inpaint", "cifar10-inpaint-unet")
    )
    height, width, _ = large.manifest.image_shape
    said = {
        "task": "inpaint",
        "strength": 0.3,
        "picture": answer.picture_id(large, "an image"),
        "paint": base64.b64encode(bytes(height * width)).decode(),
    }
    assert answer.read(said, large, "an image").paint is not None
    assert answer.read(said, large, "another image").paint is None
    assert answer.read(said, small, "an image").paint is None
    assert answer.read(said, small, "an image").strength == 0.3


def test_photographs_that_cannot_be_restored_are_refused_in_one_sentence():
    for shape, words in (((2, 13_000, 1), "make it smaller"), ((1, 1, 1), "at least 4")):
        with pytest.raises(ImageError, match=words):
            photograph.prepare(png(np.zeros(shape, np.uint8)), "flower", 3)
    assert photograph.prepare(None, "flower", 1).shape == (427, 640, 1)


def upload(app, pixels):
    app.segmented_control(key="restore-way").set_value("Upload").run()
    return app.file_uploader(key="restore-file").upload("picture.png", png(pixels)).run()


@pytest.mark.parametrize(
    ("shape", "name", "words"),
    [
        ((40, 40, 1), "cifar10-denoise-unet", "The image is gray"),
        ((1, 1, 1), "digits-denoise", "has 1 x 1 pixels; it is enlarged to the 28 x 28"),
        ((90, 20_000, 1), "digits-denoise", "20,000 x 90 pixels and the network takes 28 x 28"),
        ((40, 40, 1), "digits-denoise", ""),
    ],
)
def test_a_picture_unlike_the_networks_own_is_used_and_one_sentence_says_how(shape, name, words):
    app = upload(start("restore.py", checkpoint=name), np.full(shape, 90, np.uint8))
    assert not app.exception
    assert not app.error
    said = [caption.value for caption in app.caption if "The image" in caption.value]
    assert len(said) == bool(words)
    assert words in "".join(said)


def test_a_grey_photograph_restored_in_color_is_told(monkeypatch):
    # AppTest knows no rerun of a fragment: what was restored is shown by the next run.
    monkeypatch.setattr("streamlit.rerun", lambda **scope: None)
    app = start("restore.py", checkpoint="cifar10-denoise-unet")
    app.segmented_control(key="photograph-source").set_value("Yours").run()
    colors = np.random.default_rng(0).integers(0, 255, (40, 50, 3), np.uint8)
    for pixels, words in ((colors[..., :1], True), (colors, False)):
        app.file_uploader(key="photograph-file").upload("mine.png", png(pixels)).run()
        app.button(key="photograph-start").click().run()
        app.run()
        assert not app.exception
        assert "50 x 40" in "".join(button.label for button in app.get("download_button"))
        assert ("The image is gray" in visible_text(app)) == words


def test_a_restored_photograph_is_held_in_bytes_and_its_visitor_told_when_it_made_room(monkeypatch):
    monkeypatch.setattr("streamlit.rerun", lambda **scope: None)
    first, second = (start("restore.py", checkpoint="cifar10-denoise-unet") for _ in range(2))
    colors = np.random.default_rng(0).integers(0, 255, (40, 50, 3), np.uint8)
    monkeypatch.setattr(held, "MOST_OF_ALL", 3 * colors.nbytes)
    for app in (first, second):
        app.segmented_control(key="photograph-source").set_value("Yours").run()
        app.file_uploader(key="photograph-file").upload("mine.png", png(colors)).run()
        app.button(key="photograph-start").click().run()
        assert app.run().get("download_button")
        (kept,) = app.session_state[photograph.HELD]
        assert kept.n_bytes == 2 * colors.nbytes
    assert held.GONE not in visible_text(second.run())
    assert held.GONE in visible_text(first.run())
    assert not first.exception
    first.button(key="photograph-start").click().run()
    assert held.GONE not in visible_text(first.run())
