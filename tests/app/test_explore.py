"""Explore without a browser: the page runs, answers plausible questions and shrugs off the rest."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from screens import sent
from streamlit.testing.v1 import AppTest
from tiny import write_tiny

from latentlab.export.message import unpack
from latentlab.ui.explore import page as explore
from latentlab.ui.shell import available


@pytest.fixture
def root(tmp_path, monkeypatch):
    write_tiny(tmp_path, "digits-vae-z2")
    write_tiny(tmp_path, "digits-ae-z2", model="ae")
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path))
    return tmp_path


def page() -> None:
    """Run as the page does; AppTest takes the text of this function."""
    from latentlab.ui.explore import page
    from latentlab.ui.shell import picker

    page.render(picker.current())


def messages(app: AppTest) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return what the components were given, by the kind of message."""
    found = {}
    for blob in sent(app):
        header, arrays = unpack(blob)
        found[header["id"].split()[0]] = (header, arrays)
    return found


def run(**state: Any) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params["checkpoint"] = "digits-vae-z2"
    for key, value in state.items():
        app.session_state[key.replace("_", "-")] = value
    return app.run()


def test_the_canvas_gets_network_encoder_and_images(root):
    app = run()
    assert not app.exception
    found = messages(app)
    header, arrays = found["network"]
    assert header["name"] == "digits-vae-z2"
    assert [other["name"] for other in header["others"]] == ["digits-ae-z2"]
    assert header["originals"] is True
    assert arrays["latents"].shape == (60, 2)
    assert found["extras"][0]["encoder"]["input"] == [28, 28, 1]
    assert found["originals"][1]["png"][:4].tobytes() == b"\x89PNG"
    json.dumps(header)


def test_the_same_page_gives_the_same_bytes(root):
    checkpoint = available.checkpoints()[0][1]
    assert explore._network(checkpoint) is explore._network(checkpoint)


def test_a_question_is_answered_with_images(root):
    app = run(canvas_ask={"ask": {"id": "q-1", "latents": [0.0, 1.0, 2.0, 3.0]}})
    assert not app.exception
    header, arrays = messages(app)["answer"]
    assert (header["answer"], header["rows"]) == ("q-1", 2)
    assert arrays["images"].shape == (2, 28, 28, 1)
    assert arrays["images"].dtype == np.uint8


@pytest.mark.parametrize(
    "question",
    [
        "a string",
        {},
        {"latents": []},
        {"latents": [1.0]},
        {"latents": [1.0, float("nan")]},
        {"latents": [1.0, "2"]},
        {"latents": [1.0, None]},
        {"latents": [0.0] * 2 * (explore.MOST_ROWS + 1)},
        {"latents": {"0": 1.0}},
    ],
)
def test_an_implausible_question_is_ignored(root, question):
    app = run(canvas_ask={"ask": question})
    assert not app.exception
    assert "answer" not in messages(app)


def test_networks_to_compare_are_sent_when_asked_for(root):
    app = run(canvas_load={"load": ["digits-ae-z2", "../../etc", "nobody", 7]})
    assert not app.exception
    headers = [unpack(blob)[0] for blob in sent(app)]
    networks = [header["name"] for header in headers if header["id"].startswith("network")]
    assert networks == ["digits-vae-z2", "digits-ae-z2"]


def test_networks_that_re_encode_are_of_any_task_and_sent_whole(root):
    write_tiny(root, "digits-denoise", model="ae", task="denoise", latent_dim=4)
    app = run(canvas_reencode_ask={"reencode": ["digits-denoise", "nobody"]})
    assert not app.exception
    header, _ = messages(app)["network"]
    assert [other["name"] for other in header["others"]] == ["digits-ae-z2"]
    assert [other["name"] for other in header["reencoders"]] == ["digits-ae-z2", "digits-denoise"]
    sent, arrays = messages(app)["reencoder"]
    assert (sent["name"], sent["task"], sent["latent_dim"]) == ("digits-denoise", "denoise", 4)
    assert sent["encoder"]["input"] == sent["decoder"]["output"] == [28, 28, 1]
    assert arrays["encoder_weights"].size
    assert arrays["decoder_weights"].size


def test_a_second_seed_has_the_same_recipe(root):
    write_tiny(root, "seed1", seed=1, timeline_mb=0)
    write_tiny(root, "beta4", beta=4)
    header, _ = messages(run())["network"]
    same = [other["name"] for other in header["others"] if other["recipe"] == header["recipe"]]
    assert same == ["seed1"]


def test_what_the_canvas_says_goes_into_the_address(root):
    said = {"A": "1_2", "grid": "20", "shade": None, "evil": "x", "fog": 1, "turn": 3}
    app = run(canvas_address={"address": said})
    assert not app.exception
    assert app.query_params["A"] in ("1_2", ["1_2"])
    assert "evil" not in app.query_params
    assert "fog" not in app.query_params


def test_back_takes_away_what_was_said_and_nothing_brings_it_again(root):
    app = run(canvas_address={"address": {"A": "1_2", "turn": 1}})
    del app.query_params["A"]
    app.run()
    app.run()
    assert "A" not in app.query_params
    assert "address" not in messages(app)


def test_the_address_comes_back_after_another_page(root):
    app = run()
    app.session_state["latentlab:address:A"] = "1_2"
    del app.session_state["canvas-address"]
    app.run()
    assert app.query_params["A"] in ("1_2", ["1_2"])
    assert messages(app)["address"][0]["values"] == {"A": "1_2"}


def test_a_network_without_latents_is_explained(root, monkeypatch):
    monkeypatch.setattr(explore, "_latent_size", lambda checkpoint: 0)
    app = run()
    assert not app.exception
    assert "no map to explore" in app.info[0].value


def test_large_images_are_reduced_for_thumbnails():
    from latentlab.ui.shell.pictures import reduced

    pixels = np.zeros((2, 64, 48, 3), np.uint8)
    pixels[0, :2, :2] = 100
    pixels[1, 0, 0] = 4
    small = reduced(pixels, 32)
    assert small.shape == (2, 32, 24, 3)
    assert small[0, 0, 0].tolist() == [100, 100, 100]
    assert small[1, 0, 0].tolist() == [1, 1, 1]
    assert reduced(pixels, 64) is pixels
