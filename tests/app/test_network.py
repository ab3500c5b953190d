"""The Network page: what it says of a checkpoint, and how it fetches missing images."""

import threading
from collections.abc import Callable, Iterator

import pytest
from screens import start, visible_text
from tiny import write_tiny

from latentlab import data
from latentlab.errors import DataError
from latentlab.ui.shell import downloads, state


@pytest.fixture(autouse=True)
def _no_earlier_download() -> Iterator[None]:
    downloads._STARTED.clear()
    yield
    downloads._STARTED.clear()


@pytest.fixture
def missing_images(monkeypatch: pytest.MonkeyPatch) -> None:
    """The digits are an image set of 11 MB that is not on this machine."""
    monkeypatch.setattr(data, "available", lambda *args, **kwargs: False)
    monkeypatch.setitem(
        data.DATASETS, "digits", data.DATASETS["digits"].__class__(**_as_download())
    )


def _as_download() -> dict[str, object]:
    entry = data.DATASETS["digits"]
    return {**vars(entry), "download": "11 MB"}


def test_plain_autoencoder_is_never_called_a_vae(open_app):
    text = visible_text(open_app("network.py", checkpoint="digits-ae-z2"))
    assert r"digits-ae-z2\: a plain autoencoder of handwritten digits" in text
    assert "variational" not in text.lower()
    assert "KL" not in text


def test_figures_come_with_unit_and_meaning(open_app):
    text = visible_text(open_app("network.py", checkpoint="digits-vae-z5-beta4"))
    assert "0.0183 per pixel" in text
    assert "4 of 5" in text
    assert "137 nats" in text
    assert "UMAP 0.950, PCA 0.900" in text
    assert "87 % have the class of the test image" in text


def test_charts_have_a_text_alternative(open_app):
    app = open_app("network.py", checkpoint="digits-vae-z5-beta4")
    spoken = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert len(spoken) == 3
    assert any("training images goes from 200 to 66.7" in alt for alt in spoken)
    assert any("chance level 9" in alt for alt in spoken)
    assert any("z₁ 3, z₂ 1.5" in alt for alt in spoken)


def test_command_repeats_the_training(open_app):
    app = open_app("network.py", checkpoint="digits-vae-z2")
    command = app.code[0].value
    assert command.startswith("latentlab train --config ")
    assert command.endswith("checkpoint.json --name digits-vae-z2-again")


def test_images_that_are_here_are_not_offered(open_app):
    app = open_app("network.py")
    assert "not on this machine" not in visible_text(app)


def test_missing_images_are_fetched_in_the_background(root, missing_images, monkeypatch):
    write_tiny(root, "digits-vae-z2")
    asked, go_on = [], threading.Event()
    monkeypatch.setattr(data, "load", _slow_load(asked, go_on))
    app = start("network.py")
    assert "not on this machine" in visible_text(app)
    assert "11 MB" in app.button(key="download").label

    app.button(key="download").click().run()
    download = downloads.find("digits")
    assert download is not None
    assert download.running
    assert not [button for button in app.button if button.key == "download"]
    assert app.button(key="cancel-download").label == "Cancel"

    go_on.set()
    assert download.wait(10)
    assert download.problem is None
    assert asked == ["train", "validation", "test"]


def test_downloads_are_for_those_who_sit_at_the_machine(root, missing_images, monkeypatch):
    write_tiny(root, "digits-vae-z2")
    monkeypatch.setattr(state, "is_at_the_machine", lambda: False)
    app = start("network.py")
    assert "can be downloaded on the machine that runs this app" in visible_text(app)
    assert not [button for button in app.button if button.key == "download"]


def test_download_can_be_canceled(root, missing_images, monkeypatch):
    write_tiny(root, "digits-vae-z2")
    asked, go_on = [], threading.Event()
    monkeypatch.setattr(data, "load", _slow_load(asked, go_on))
    app = start("network.py")
    app.button(key="download").click().run()
    app.button(key="cancel-download").click().run()
    go_on.set()
    download = downloads.find("digits")
    assert download is not None
    assert download.wait(10)
    assert asked == ["train"]
    app.run()
    assert app.button(key="download").label.startswith("Download")
    assert not app.error


def test_failed_download_is_one_sentence(root, missing_images, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise DataError("The images could not be fetched: no network.")

    write_tiny(root, "digits-vae-z2")
    monkeypatch.setattr(data, "load", fail)
    app = start("network.py")
    app.button(key="download").click().run()
    download = downloads.find("digits")
    assert download is not None
    assert download.wait(10)
    app.run()
    assert [error.value for error in app.error] == [
        r"The images could not be fetched\: no network."
    ]
    assert app.button(key="download").label.startswith("Download")


def _slow_load(asked: list[str], go_on: threading.Event) -> Callable[..., None]:
    def load(name: str, split: str, *, progress: data.Progress, download: bool) -> None:
        asked.append(split)
        progress("Fetching", 1, 10)
        assert go_on.wait(10)
        progress("Fetching", 10, 10)

    return load
