"""What 10,000 interactions leave behind in the server, and what a session costs that only waits."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

# Before torch: what is worked out here beside the class needs one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import psutil
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from classroom import Expected, Record, Student, lesson
from protocol import Visitor
from serving import serve

HOME = Path(__file__).resolve().parents[2]
NAME, OTHER = "digits-vae-z2", "shapes-vae-z8"
WARM, INTERACTIONS = 1_500, 10_000
STUDENTS = 10
FORGET = ("--server.disconnectedSessionTTL", "2")  # seconds after which who has left is forgotten
FORGOTTEN = 5.0
IDLE = 30
MOST_SECONDS = 240.0


def main() -> int:
    checkpoints = HOME / "checkpoints"
    expected = Expected(checkpoints / NAME)
    _ = expected.habits
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log", *FORGET, checkpoints=checkpoints) as server,
    ):
        process = psutil.Process(server.process.pid)
        # Before there is memory that was given back and can be used again.
        asyncio.run(idle(server.url, expected, process))
        per_session = asyncio.run(idle(server.url, expected, process)) / IDLE
        asyncio.run(worked(server.url, expected, WARM))
        before = used(process)
        done = asyncio.run(worked(server.url, expected, INTERACTIONS))
        after = used(process)
    n = done.n_actions
    growth = (after - before) / before
    faults = len(done.errors) + len(done.wrong)
    for fault in [*done.errors[:5], *done.wrong[:5]]:
        print(f"    {fault}")
    megabytes = f"{before / 1e6:.0f} to {after / 1e6:.0f} MB"
    rows = [
        Row("interactions", f"{INTERACTIONS:,}", f"{n:,}", n >= INTERACTIONS),
        Row("growth over them", "5 % at most", f"{growth:+.1%} ({megabytes})", growth <= 0.05),
        Row("errors, answers of another session", "0", str(faults), faults == 0),
        Row(
            "memory of a session that waits",
            "50 kB to 1 MB",
            f"{per_session / 1e3:.0f} kB",
            50e3 <= per_session <= 1e6,
        ),
    ]
    note = (
        f"Unique memory of the server's process (USS), after {WARM:,} interactions and again after "
        f"{INTERACTIONS:,} more, by {STUDENTS} students on {NAME} who were forgotten both times. "
        f"{IDLE} sessions that opened a page and wait. {setting('streamlit', 'torch')}"
    )
    return record("Load: memory", "python tests/torture memory", rows, note)


async def worked(url: str, expected: Expected, interactions: int) -> Record:
    """Let a class work without pauses until it has done so much; a new class every time."""
    return await lesson(
        url,
        expected,
        OTHER,
        students=STUDENTS,
        seconds=MOST_SECONDS,
        pause=0.0,
        actions=interactions,
        check=False,
    )


async def idle(url: str, expected: Expected, process: psutil.Process) -> float:
    """Return what so many sessions take that have opened a page and do nothing more."""
    await asyncio.sleep(FORGOTTEN)
    async with Visitor(url) as last:  # when somebody leaves, Streamlit forgets those before
        await last.open()
    async with AsyncExitStack() as stack:
        before = await asyncio.to_thread(used, process)
        for number in range(IDLE):
            visitor = await stack.enter_async_context(Visitor(url))
            await Student(visitor, number, expected, OTHER).arrive()
        return await asyncio.to_thread(used, process) - before


def used(process: psutil.Process) -> float:
    """Return the bytes that this process alone holds, after those who left are forgotten."""
    time.sleep(FORGOTTEN)
    return float(process.memory_full_info().uss)


if __name__ == "__main__":
    sys.exit(main())
