"""What every test may use: tiny trained checkpoints and a synthetic run config."""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from latentlab.config import RunConfig, make_config

# How long an example takes says more about the machine than about the code.
settings.register_profile("latentlab", deadline=None)
settings.load_profile("latentlab")

# What a test remembers of this machine; the processes it starts look there too.
STATE = tempfile.TemporaryDirectory(prefix="latentlab-state-")

# A shell ignores Ctrl-C for what it starts in the background (``nohup make test &``), and all that
# is started from there inherits it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Before anything imports torch: tests share two cores with a browser.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Forget what the last test's app said to its process, and remember no place for the user."""
    os.environ.pop("LATENTLAB_CHECKPOINTS", None)
    own = hashlib.sha256(item.nodeid.encode()).hexdigest()[:16]
    os.environ["LATENTLAB_STATE"] = str(Path(STATE.name) / own)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their number: made in each worker, they may differ (gzip writes the time)."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None


def tiny_config(**changes: object) -> RunConfig:
    """A run config that trains in well under a second."""
    settings: dict[str, object] = {
        "dataset": "digits",
        "n_images": 256,
        "image_size": 16,
        "hidden": (32,),
        "latent_dim": 2,
        "epochs": 3,
        "batch_size": 64,
        "projections": ("pca",),
        "index_size": 300,
        "timeline_mb": 1.0,
    }
    return make_config(**{**settings, **changes})


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete small checkpoint; read it, never change it."""
    from latentlab.training.run import Places, RunRequest, run

    root = tmp_path_factory.mktemp("tiny")
    result = run(
        RunRequest(tiny_config(), name="tiny", places=Places(root / "checkpoints", root / "runs"))
    )
    assert result.path is not None
    return result.path
