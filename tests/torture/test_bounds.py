"""A hostile or a forgetful class does not fill memory, log or file descriptors of a running app."""

from __future__ import annotations

import asyncio
import sys

import psutil
import pytest
import websockets
from protocol import Visitor
from serving import Server, serve
from trial_contained import CHECKPOINT, HOME

from latentlab.server import startup

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process")
# Fewer descriptors than two classes need.
DESCRIPTORS, CLASS = 128, 20


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    log = tmp_path_factory.mktemp("bounds") / "server.log"
    with serve(log, checkpoints=HOME / "checkpoints") as started:
        yield started


def test_messages_that_never_end_do_not_fill_the_memory(server: Server):
    process = psutil.Process(server.process.pid)

    async def fill() -> list[int]:
        url = server.url.replace("http", "ws") + "/_stcore/stream"
        codes = []
        connections = [await websockets.connect(url, origin=server.url) for _ in range(8)]
        for connection in connections:
            with pytest.raises(websockets.ConnectionClosed):  # noqa: PT012 - any may be cut
                await connection.send([bytes(2**20)] * 95)
                await connection.recv()
                await connection.recv()
            codes.append(connection.close_code)
        return codes

    before = process.memory_info().rss
    # Some are cut off while they still send, before they can hear why.
    assert set(asyncio.run(fill())) <= {1006, 1009}
    assert process.memory_info().rss - before < 8 * 2 * startup.MOST_INCOMING


def test_a_class_that_reloads_does_not_run_out_of_descriptors(server: Server):
    process = psutil.Process(server.process.pid)
    before = process.rlimit(psutil.RLIMIT_NOFILE)
    assert before[0] >= min(before[1], 4096), "the soft limit was not raised"

    async def lesson() -> None:
        visitors = [Visitor(server.url) for _ in range(CLASS)]
        for visitor in visitors:
            await visitor.__aenter__()
        for visitor in visitors:
            answer = await visitor.open("network", f"checkpoint={CHECKPOINT}")
            assert not answer.problems()
        for visitor in visitors:
            await visitor.__aexit__()

    process.rlimit(psutil.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    for _ in range(3):
        asyncio.run(lesson())
    said = server.output()
    assert f"of {DESCRIPTORS} file descriptors are in use" in said
    assert len(said) < 10_000
    assert "Traceback" not in said
