"""A running app for the quick parts: one small checkpoint, one server for all of them."""

import shutil
from collections.abc import Iterator

import pytest
from serving import HOME, Server, serve


@pytest.fixture(scope="session")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with two small checkpoints that ship."""
    root = tmp_path_factory.mktemp("checkpoints")
    for name in ("digits-vae-z2", "shapes-vae-z8"):
        shutil.copytree(HOME / "checkpoints" / name, root / name)
    with serve(tmp_path_factory.mktemp("server") / "server.log", checkpoints=root) as server:
        yield server
        assert "Traceback" not in server.output(), server.output()
