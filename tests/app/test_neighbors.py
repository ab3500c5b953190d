"""The Neighbors page: bring an image in, see what is near, walk on."""

import base64
import io
import itertools

import numpy as np
import pytest
from PIL import Image
from screens import HOME, SECONDS, visible_text
from streamlit.testing.v1 import AppTest
from tiny import write_tiny

from latentlab import image_files
from latentlab.analysis import qdrant_index, stored_index
from latentlab.checkpoints import originals
from latentlab.export.message import unpack
from latentlab.images import png
from latentlab.ui.input import query as queries

BOARD = "neighbors-board"
SIDE = 28
CLICKS = itertools.count(1)


def a_seven() -> np.ndarray:
    pixels = np.zeros((SIDE, SIDE, 1), np.uint8)
    pixels[6:9, 7:21] = 255
    pixels[9:23, 17:20] = 255
    return pixels


def board(app):
    """What the page tells the board, as the browser would read it."""
    found = [
        element.proto
        for element in app.get("bidi_component")
        if element.proto.component_name == "latentlab_neighbors"
    ]
    assert len(found) == 1
    return unpack(found[0].bytes)


def say(app, component, **values):
    """Let a component of the browser say something, as it does after a click."""
    app.session_state[component] = values
    return app.run()


def go(app, where, number):
    """Click on a neighbor or a breadcrumb."""
    return say(app, BOARD, go={"where": where, "number": number, "click": next(CLICKS)})


def draw(app, pixels, number=1):
    text = base64.b64encode(pixels.tobytes()).decode()
    return say(app, BOARD, drawing={"id": number, "pixels": text})


@pytest.fixture
def open_page(tiny_checkpoints, monkeypatch):
    """Open the page by its own address: quicker than through the first page."""
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tiny_checkpoints))

    def open_it(**address):
        app = AppTest.from_file(str(HOME / "pages" / "neighbors.py"), default_timeout=SECONDS)
        for name, value in {"checkpoint": "digits-vae-z2", **address}.items():
            app.query_params[name] = value
        return app.run()

    return open_it


@pytest.fixture
def page(open_page):
    return open_page()


def test_page_opens_with_an_image_and_its_neighbors_in_three_spaces(page):
    assert not page.exception
    header, arrays = board(page)
    assert [space["title"] for space in header["spaces"]] == [
        "Nearest in latent space",
        "Nearest in pixel space",
        "Nearest in PCA",
    ]
    assert all(len(space["tiles"]) == 9 for space in header["spaces"])
    assert arrays["query"].shape == arrays["drawn"].shape == (SIDE, SIDE, 1)
    assert "Label agreement: " in header["spaces"][0]["agreement"]
    assert "Chance level: " in header["spaces"][0]["chance"]
    assert header["sentence"].startswith("Reconstruction error (MSE) ")
    assert "of test images" in header["sentence"]


def test_random_image_changes_the_question(page):
    before = {board(page)[0]["source"]}
    for _ in range(4):
        page.button(key="neighbors-random").click().run()
        before.add(board(page)[0]["source"])
    assert len(before) > 1
    assert "".join(page.query_params["image"]).startswith(
        "train-"
    )  # the tiny index has no test image


def test_random_image_is_always_another(page, monkeypatch):
    """Among two, chance alone would stay with the same half of the time."""
    monkeypatch.setattr(queries, "test_rows", lambda index: np.array([3, 5]))
    page.button(key="neighbors-random").click().run()
    for _ in range(6):
        before = board(page)[0]["source"]
        page.button(key="neighbors-random").click().run()
        assert board(page)[0]["source"] != before


def test_link_to_an_image_opens_it(open_page):
    app = open_page(image="train-7")
    assert board(app)[0]["source"] == "Training image 7"


@pytest.mark.parametrize("image", ["train-999999", "'; drop table"])
def test_link_to_no_image_shows_another(open_page, image):
    app = open_page(image=image)
    assert not app.exception
    assert board(app)[0]["source"].startswith("Training image")


def test_drawing_is_answered_with_its_number(page):
    draw(page, a_seven(), number=12)
    header, arrays = board(page)
    assert header["drawing"] == 12
    assert header["source"] == "Your drawing"
    assert header["label"] is None
    assert np.array_equal(arrays["query"], a_seven())


def test_a_drawing_for_another_network_is_no_trouble(open_page, monkeypatch):
    """It stays said while another network, which takes larger images, is chosen."""
    app = open_page(checkpoint="digits-vae-z2")
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(HOME / "checkpoints"))
    draw(app, a_seven())
    app.query_params["checkpoint"] = "shapes-vae-z8"
    app.run()
    assert not app.error
    assert board(app)[1]["query"].size == 32 * 32 * 3


def test_empty_drawing_changes_nothing(page):
    before = board(page)[0]["source"]
    for sent in (None, {}, "text", {"id": 1, "pixels": ""}, {"id": "x", "pixels": None}, [1]):
        say(page, BOARD, drawing=sent)
    assert not page.exception
    assert not page.error
    assert board(page)[0]["source"] == before


def test_walk_three_neighbors_and_back(page):
    first = board(page)[0]["source"]
    for step in range(1, 4):
        tile = board(page)[0]["spaces"][0]["tiles"][step]
        go(page, "walk", tile["row"])
        header = board(page)[0]
        assert len(header["steps"]) == step + 1
        assert header["source"].split()[-1] in tile["about"].split(".")[0]
    go(page, "back", 2)
    assert len(board(page)[0]["steps"]) == 3
    go(page, "back", 0)
    assert board(page)[0]["source"] == first


def test_clicks_that_lead_nowhere_are_ignored(page):
    before = board(page)[0]["source"]
    for row in (-1, 10**9, "one", None, float("nan"), True, {"a": 1}):
        go(page, "walk", row)
    go(page, "elsewhere", 1)
    go(page, "back", 7)
    say(page, BOARD, go="walk")
    assert not page.exception
    assert board(page)[0]["source"] == before


def test_settings_change_how_many_and_how_measured(page):
    euclidean = board(page)[0]["spaces"][0]["tiles"]
    page.slider(key="neighbors-k").set_value(100).run()
    page.radio(key="neighbors-metric").set_value("cosine").run()
    cosine = board(page)[0]["spaces"][0]["tiles"]
    assert len(cosine) == 59  # all but itself: the tiny index holds 60
    assert [tile["distance"] for tile in cosine[:9]] != [tile["distance"] for tile in euclidean]


def upload(page, name, content):
    page.segmented_control(key="neighbors-way").set_value("Upload").run()
    return page.file_uploader[0].upload(name, content).run()


def test_upload_of_a_dark_seven_on_paper_is_inverted_and_cut_out(page):
    paper = Image.new("L", (300, 400), 235)
    large = Image.fromarray(a_seven()[..., 0]).resize((168, 168))
    paper.paste(20, (40, 60), large)
    stream = io.BytesIO()
    paper.save(stream, "JPEG")
    upload(page, "seven.jpg", stream.getvalue())
    assert not page.error
    header, arrays = board(page)
    assert header["source"] == "Your image seven.jpg"
    assert arrays["query"][0].max() < 20
    assert arrays["query"].max() > 200
    assert [toggle.value for toggle in page.toggle] == [True, True]
    page.toggle[0].set_value(False).run()
    assert board(page)[1]["query"].mean() > 128


def test_an_upload_is_decoded_once_however_it_is_fitted(page, monkeypatch):
    decoded = []
    prepare = image_files.prepare
    monkeypatch.setattr(image_files, "prepare", lambda *args: (decoded.append(1), prepare(*args)))
    upload(page, "seven.png", png(np.tile(a_seven(), (2, 5, 1))))
    seen = [board(page)[1]["query"]]
    for way in ("pad", "stretch"):
        page.segmented_control(key="neighbors-fit").set_value(way).run()
        seen.append(board(page)[1]["query"])
    page.toggle[0].set_value(not page.toggle[0].value).run()
    assert not np.array_equal(seen[0], seen[1])
    assert not np.array_equal(seen[1], seen[2])
    assert len(decoded) == 1


def test_walking_away_from_an_upload_is_not_undone_by_it(page):
    upload(page, "seven.png", png(a_seven()))
    go(page, "walk", 3)
    page.run()
    assert len(board(page)[0]["steps"]) == 2


def test_upload_that_is_no_image_is_one_sentence_and_nothing_is_lost(page):
    before = board(page)[0]["source"]
    for content in (b"just text", b"", png(a_seven())[:60]):
        upload(page, "picture.png", content)
        assert not page.exception
        assert len(page.error) == 1
        assert board(page)[0]["source"] == before


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.png", "a" * 4000 + ".png"])
def test_hostile_file_names_are_plain_text_of_bounded_length(page, name):
    upload(page, name, png(a_seven()))
    source = board(page)[0]["source"]
    assert len(source) < 70
    assert "onerror" not in visible_text(page)


def test_pick_by_class_and_number(page):
    page.segmented_control(key="neighbors-way").set_value("Pick").run()
    page.selectbox(key="neighbors-class").set_value(3).run()
    header = board(page)[0]
    assert header["label"] == "3"
    page.number_input(key="neighbors-number").set_value(2).run()
    assert board(page)[0]["source"] != header["source"]
    assert board(page)[0]["label"] == "3"


def test_question_stays_when_another_network_of_the_same_images_is_chosen(page):
    draw(page, a_seven())
    page.button(key="pick-digits-ae-z2").click().run()
    assert page.query_params["checkpoint"] in ("digits-ae-z2", ["digits-ae-z2"])
    assert np.array_equal(board(page)[1]["query"], a_seven())


def test_images_that_are_elsewhere_leave_empty_tiles_and_it_says_so(page, monkeypatch):
    monkeypatch.setattr("latentlab.ui.shell.cache.lookup", lambda checkpoint: originals.MISSING)
    page.button(key="neighbors-random").click().run()
    header = board(page)[0]
    assert [space["title"] for space in header["spaces"]] == [
        "Nearest in latent space",
        "Nearest in PCA",
    ]
    assert "not on this machine" in header["note"]
    assert header["source"].endswith("not on this machine")


def test_database_that_holds_the_latents_is_offered_with_its_recall(root, monkeypatch):
    qdrant = pytest.importorskip("qdrant_client", reason="the extra 'qdrant' is not installed")
    client = qdrant.QdrantClient(":memory:")
    monkeypatch.setattr(qdrant_index, "_connect", lambda place: (client, qdrant.models))
    monkeypatch.setattr(qdrant_index, "_is_server", lambda place: False)
    note = stored_index.write(write_tiny(root), "http://shared:6333")
    app = AppTest.from_file(str(HOME / "pages" / "neighbors.py"), default_timeout=SECONDS).run()
    assert "finds" not in board(app)[0]["spaces"][0]["size"]
    app.toggle[0].set_value(True).run()
    size = board(app)[0]["spaces"][0]["size"]
    assert f"finds {100 * note.recall:.1f} % of the exact neighbors" in size
    app.radio(key="neighbors-metric").set_value("cosine").run()
    assert not app.toggle  # it was sent for straight lines


def test_pick_shows_the_image_that_is_asked_about(page):
    page.segmented_control(key="neighbors-way").set_value("Pick").run()
    page.selectbox(key="neighbors-class").set_value(3).run()
    row = int(page.number_input(key="neighbors-number").value)
    assert row == 1
    page.button(key="neighbors-random").click().run()
    header, _ = board(page)
    name = page.selectbox(key="neighbors-class").value
    assert header["source"].startswith("Training image")  # a tiny index holds nothing else
    assert header["label"] == str(name)
    draw(page, a_seven())
    page.run()
    assert page.selectbox(key="neighbors-class").value is None


def test_a_drawing_leaves_the_canvas_when_another_image_takes_its_place(page):
    def cleared():
        found = [
            element.proto
            for element in page.get("bidi_component")
            if element.proto.component_name == "latentlab_drawing"
        ]
        return unpack(found[0].bytes)[0]["cleared"]

    assert cleared() == 0
    draw(page, a_seven(), number=7)
    page.run()
    assert cleared() == 0
    page.button(key="neighbors-random").click().run()
    assert cleared() == 7


def test_a_picture_is_fitted_once(page, monkeypatch):
    from latentlab.analysis import preprocess

    fits = []
    fit = preprocess.fit
    monkeypatch.setattr(preprocess, "fit", lambda *a, **k: fits.append(k) or fit(*a, **k))
    page.segmented_control(key="neighbors-way").set_value("Upload").run()
    page.file_uploader(key="neighbors-file").upload("seven.png", png(a_seven()), "image/png").run()
    page.run()
    assert len(fits) == 1
    inverted = page.toggle[0].value
    page.toggle[0].set_value(not inverted).run()
    assert len(fits) == 2


def test_the_address_holds_how_many_neighbors_and_which_map(open_page):
    app = open_page(k="3", map="pca", metric="cosine")
    assert app.slider(key="neighbors-k").value == 3
    assert app.query_params["map"] == "pca"
    app.slider(key="neighbors-k").set_value(5).run()
    assert app.query_params["k"] == "5"


def test_an_odd_number_of_neighbors_in_the_address_is_the_usual_one(open_page):
    for k in ("0", "many", "1e9"):
        assert open_page(k=k).slider(key="neighbors-k").value == 9
