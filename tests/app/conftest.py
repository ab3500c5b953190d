"""For tests of the screen: tiny checkpoints, and the app as Streamlit's AppTest runs it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from screens import start
from streamlit.testing.v1 import AppTest
from tiny import write_tiny

from latentlab.ui.network import hourglass
from latentlab.ui.shell import cache, state

# AppTest puts a page's folder on the path, and pandas imports a "bottleneck" wherever it finds one.
sys.modules["bottleneck"] = None  # type: ignore[assignment]


@pytest.fixture(scope="session")
def tiny_checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one plain autoencoder and two VAEs; not to be changed."""
    root = tmp_path_factory.mktemp("checkpoints")
    write_tiny(root, "digits-ae-z2", model="ae")
    write_tiny(root, "digits-vae-z2")
    write_tiny(root, "digits-vae-z5-beta4", latent_dim=5, beta=4.0)
    return root


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of checkpoints that the app looks at."""
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(folder))
    cache.forget()
    return folder


@pytest.fixture
def open_app(tiny_checkpoints: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open the app on the tiny checkpoints; parameters of the address as keywords."""
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tiny_checkpoints))
    cache.forget()
    return start


@pytest.fixture(autouse=True)
def _at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the visitor sit at the machine that runs the app; AppTest has no address of its own."""
    monkeypatch.setattr(state, "is_at_the_machine", lambda: True)


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the hourglass be on screen: AppTest has no browser that would say so."""
    monkeypatch.setattr(hourglass, "is_drawn", lambda checkpoint: True)


@pytest.fixture(autouse=True)
def _no_older_router(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach every page through ``app.py``, as the server does (see ``server.lifespan``).

    AppTest turns Streamlit's older router on again before every run.
    """

    def run_main(path: str) -> None:
        code = compile(Path(path).read_text(encoding="utf-8"), path, "exec")
        exec(code, {"__name__": "__main__", "__file__": path})

    monkeypatch.setattr("streamlit.runtime.scriptrunner.script_runner._mpa_v1", run_main)
