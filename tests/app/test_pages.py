"""Promises that every page keeps, by whatever way it is reached."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from screens import HOME, SECONDS, page_table, start, visible_text
from streamlit.testing.v1 import AppTest
from tiny import damage, write_tiny

from latentlab.ui.network import messages
from latentlab.ui.shell import available, picker
from latentlab.wording import words

PAGES = list(page_table().values())
DUMMY = """
import streamlit as st
from latentlab.ui.shell import picker
st.caption(f"A page about {picker.current('Dummy').name}")
"""


def test_every_page_has_a_file_and_every_file_a_place_in_the_menu():
    assert sorted(PAGES) == sorted(path.name for path in (HOME / "pages").glob("*.py"))


def test_a_page_is_one_file_and_one_line(root, tmp_path):
    write_tiny(root, "digits-vae-z2")
    menu = (HOME / "app.py").read_text(encoding="utf-8")
    (tmp_path / "app.py").write_text(menu.replace('"Lessons",', '"Lessons",\n    "Dummy",'))
    shutil.copytree(HOME / "pages", tmp_path / "pages")
    (tmp_path / "pages" / "dummy.py").write_text(DUMMY)
    app = AppTest.from_file(str(tmp_path / "app.py"), default_timeout=SECONDS).run()
    app.switch_page("pages/dummy.py").run()
    assert not app.exception
    assert "A page about digits-vae-z2" in visible_text(app)
    assert "Dummy" in [link.label for link in app.get("page_link")]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("checkpoint", ["digits-ae-z2", "digits-vae-z2", "digits-vae-z5-beta4"])
def test_page_opens_for_every_kind_of_checkpoint(open_app, page, checkpoint):
    app = open_app(page, checkpoint=checkpoint)
    assert not app.exception
    assert not app.error
    assert app.query_params["checkpoint"] == checkpoint


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_without_the_frame(open_app, page):
    app = AppTest.from_file(str(HOME / "pages" / page), default_timeout=SECONDS).run()
    assert not app.exception
    assert not app.error
    assert [b.key for b in app.button if b.key and b.key.startswith("pick-")], "no picker"


@pytest.mark.parametrize("page", PAGES)
def test_page_says_what_to_do_when_there_is_no_checkpoint(root, page):
    app = start(page)
    assert not app.exception
    assert "No checkpoint yet" in visible_text(app)
    assert "latentlab train" in visible_text(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_survives_hostile_addresses(open_app, page):
    app = open_app(page, checkpoint="../../<b>*nope*" + "x" * 2000, pin="nan,inf", z="[[")
    assert not app.exception
    assert app.query_params["checkpoint"] == "digits-vae-z2"


def test_the_front_page_is_pinned_and_can_be_set(root, monkeypatch):
    for name in ("a-copy", "digits-vae-z2", "mine"):
        write_tiny(root, name)
    assert start().query_params["checkpoint"] == "digits-vae-z2"
    monkeypatch.setenv("LATENTLAB_CHECKPOINT", "mine")
    assert start().query_params["checkpoint"] == "mine"
    monkeypatch.setenv("LATENTLAB_CHECKPOINT", "gone")
    assert start().query_params["checkpoint"] == "digits-vae-z2"


def test_new_checkpoint_appears_without_a_restart(root):
    app = start("network.py")
    assert "No checkpoint yet" in visible_text(app)
    write_tiny(root, "digits-vae-z2")
    app.run()
    assert "No checkpoint yet" not in visible_text(app)
    assert app.header[0].value.startswith(r"digits-vae-z2\: a variational")


def test_retrained_checkpoint_is_noticed(root):
    write_tiny(root, "mine", epochs=3)
    app = start("network.py")
    assert "3 epochs" in visible_text(app)
    shutil.rmtree(root / "mine")
    write_tiny(root, "mine", epochs=7)
    app.run()
    assert "7 epochs" in visible_text(app)


def test_damaged_checkpoint_is_refused_in_one_sentence_and_the_others_are_shown(root):
    write_tiny(root, "good")
    damage(write_tiny(root, "bad"))
    app = start("network.py", checkpoint="bad")
    assert not app.exception
    assert app.query_params["checkpoint"] == "good"
    assert [c.value for c in app.caption if "'bad' is damaged" in c.value], "no row in the picker"


def test_unknown_checkpoint_is_named_once_and_the_nearest_state_shown(open_app):
    app = open_app(checkpoint="digits-vae-z3")
    assert "no checkpoint called 'digits-vae-z3'" in app.warning[0].value
    assert "digits-vae-z2" in app.warning[0].value
    app.run()
    assert not app.warning


def test_picking_keeps_the_choice_across_pages_and_in_the_address(open_app):
    app = open_app()
    app.button(key="pick-digits-vae-z5-beta4").click().run()
    assert app.query_params["checkpoint"] == "digits-vae-z5-beta4"
    app.switch_page("pages/network.py").run()
    assert app.query_params["checkpoint"] == "digits-vae-z5-beta4"
    assert "is 4 instead of 1" in visible_text(app)


def test_picking_forgets_what_belonged_to_the_last_checkpoint(open_app):
    app = open_app("network.py", checkpoint="digits-ae-z2", pin="1,2")
    app.button(key="pick-digits-vae-z2").click().run()
    assert set(app.query_params) == {"checkpoint", "image"}
    assert app.query_params["checkpoint"] == "digits-vae-z2"


def test_errors_of_a_page_become_one_sentence(open_app, monkeypatch):
    def fail(checkpoint: object) -> str:
        raise RuntimeError("secret: /home/teacher")

    monkeypatch.setattr("latentlab.wording.about.title", fail)
    app = open_app("network.py")
    assert not app.exception
    assert len(app.error) == 1
    assert "secret" not in visible_text(app)


def test_checkpoint_that_vanishes_while_it_is_shown(root):
    made = write_tiny(root, "gone")
    write_tiny(root, "stays")
    app = start("network.py", checkpoint="gone")
    shutil.rmtree(made.path)
    app.run()
    assert not app.exception
    assert app.query_params["checkpoint"] == "stays"


def test_names_from_outside_are_not_read_as_markup(root: Path):
    write_tiny(root, "a_b_c")
    app = start("network.py")
    assert r"a\_b\_c" in app.button(key="pick-a_b_c").label


def test_restore_has_a_network_of_its_own_and_leaves_the_apps_alone(root):
    write_tiny(root, "digits-vae-z2")
    for task in ("denoise", "inpaint"):
        write_tiny(root, f"digits-{task}", model="ae", task=task, latent_dim=4)
    app = start("restore.py", checkpoint="digits-vae-z2", network="digits-inpaint")
    assert "Restore · digits-inpaint" in visible_text(app)
    app.button(key="pick-digits-denoise").click().run()
    assert app.query_params["network"] == "digits-denoise"
    assert app.query_params["checkpoint"] == "digits-vae-z2"
    assert app.button(key="pick-digits-vae-z2").disabled
    app.switch_page("pages/map.py").run()
    assert "Map · digits-vae-z2" in visible_text(app)


def test_restore_keeps_the_image_set_when_it_opens_and_across_its_tasks(root):
    write_tiny(root, "mnist-vae-z2", dataset="mnist")
    restores = {"model": "ae", "latent_dim": 4}
    write_tiny(root, "digits-denoise", task="denoise", **restores)
    for task in ("inpaint", "denoise"):
        write_tiny(root, f"mnist-{task}", dataset="mnist", task=task, **restores)
    app = start("restore.py", checkpoint="mnist-vae-z2")
    first = app.segmented_control[0]
    assert sorted(first.options) == ["Denoise", "Inpaint"]
    assert app.selectbox[0].value == "handwritten digits (MNIST)"
    other = "Inpaint" if first.value == "denoise" else "Denoise"
    app.segmented_control[0].set_value(other.lower()).run()
    assert f"Restore · mnist-{other.lower()}" in visible_text(app)
    assert app.selectbox[0].value == "handwritten digits (MNIST)"
    assert app.query_params["checkpoint"] == "mnist-vae-z2"


def test_the_picker_offers_no_network_that_the_page_cannot_show_and_says_why(root):
    write_tiny(root, "digits-vae-z2")
    write_tiny(root, "digits-colorless", model="unet", task="denoise", latent_dim=0)
    picked = start("map.py").button(key="pick-digits-colorless")
    assert picked.disabled
    assert "no latent" in picked.label
    assert not start("network.py").button(key="pick-digits-colorless").disabled


def test_the_picker_groups_networks_by_their_images_and_marks_new_ones(root, monkeypatch):
    class DayOfTheTraining(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 11, 21, 13, tzinfo=UTC)

    monkeypatch.setattr(words, "datetime", DayOfTheTraining)
    for name, images in (("a", "mnist"), ("digits-vae-z2", "digits"), ("z", "mnist")):
        write_tiny(root, name, dataset=images)
    app = start("network.py", checkpoint="digits-vae-z2")
    picks = [button for button in app.button if (button.key or "").startswith("pick-")]
    assert [pick.key for pick in picks] == ["pick-digits-vae-z2", "pick-a", "pick-z"]
    assert ["trained today" in pick.label for pick in picks] == [False, True, True]
    titles = ["Handwritten digits (small set)", "Handwritten digits (MNIST)"]
    assert [c.value.replace("\\", "") for c in app.caption if "Handwritten" in c.value] == titles


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_one_first_heading_that_names_its_network(open_app, page):
    app = open_app(page, checkpoint="digits-vae-z5-beta4")
    assert len(app.title) == 1
    assert "digits" in app.title[0].value or page in ("restore.py", "bottleneck.py")


def test_a_link_to_the_map_reproduces_projection_color_and_test(open_app):
    chosen = {"map": "pca", "color": "error", "beside": "trust"}
    app = open_app("map.py", checkpoint="digits-vae-z5-beta4", **chosen)
    assert {name: app.query_params[name] for name in chosen} == chosen
    assert "Trustworthiness" in [heading.value for heading in app.subheader]
    app.query_params["color"] = "class"  # the browser went back
    app.run()
    assert app.query_params["color"] == "class"
    assert "the legend" in visible_text(app)


def test_a_page_is_drawn_before_the_picker_is_filled(open_app, monkeypatch):
    order, (choices, carried) = [], (picker._choices, messages.network)
    monkeypatch.setattr(picker, "_choices", lambda *a: order.append("choices") or choices(*a))
    monkeypatch.setattr(messages, "network", lambda c: order.append("network") or carried(c))
    app = open_app("network.py")
    assert order[-2:] == ["network", "choices"]
    assert "pick-digits-ae-z2" in [button.key for button in app.button]


@pytest.mark.parametrize("page", PAGES)
def test_a_run_of_a_page_looks_at_the_folder_once(root, monkeypatch, page):
    looked, listed = [], available.folders.folders
    monkeypatch.setattr(available.folders, "folders", lambda *a: looked.append(1) or listed(*a))
    for name in ("digits-vae-z2", "a", "b", "c"):
        write_tiny(root, name)
    app = start(page)
    looked.clear()
    app.run()
    assert len(looked) == 1
