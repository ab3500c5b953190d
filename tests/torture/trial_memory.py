"""What 10,000 interactions leave behind in the server, and what a session costs that only waits."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
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
SETTLED = 5.0
FIRST, IDLE = 50, 150  # the first sessions also take what is there once for all, or free
MOST_SECONDS = 600.0


def main() -> int:
    checkpoints = HOME / "checkpoints"
    expected = Expected(checkpoints / NAME)
    _ = expected.image_statistics
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log", *FORGET, checkpoints=checkpoints) as server,
    ):
        process = psutil.Process(server.process.pid)
        per_session = asyncio.run(idle(server.url, expected, process)) / IDLE
        asyncio.run(worked(server.url, expected, WARM))
        before = asyncio.run(left(server.url, process))
        done = asyncio.run(worked(server.url, expected, INTERACTIONS))
        after = asyncio.run(left(server.url, process))
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
        f"What the server's process itself wrote to memory, after {WARM:,} interactions and again "
        f"after {INTERACTIONS:,} more, by {STUDENTS} students on {NAME} who were forgotten both "
        f"times. A session opened a page and waits; what each of {IDLE} took beside {FIRST} others "
        f"in a new server. {setting('streamlit', 'torch')}"
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


async def idle(url: str, expected: Expected, process: psutil.Process) -> int:
    """Return what so many sessions take that have opened a page and do nothing more."""
    async with AsyncExitStack() as stack:

        async def arrive(numbers: range) -> int:
            for number in numbers:
                visitor = await stack.enter_async_context(Visitor(url))
                await Student(visitor, number, expected, OTHER).arrive()
            await asyncio.sleep(SETTLED)
            return used(process)

        before = await arrive(range(FIRST))
        return await arrive(range(FIRST, FIRST + IDLE)) - before


async def left(url: str, process: psutil.Process) -> int:
    """Return what is used once Streamlit has forgotten those who left."""
    for _ in range(
        2
    ):  # it forgets when somebody else leaves: the class, then the one who saw to it
        await asyncio.sleep(SETTLED)
        async with Visitor(url) as last:
            await last.open()
    await asyncio.sleep(SETTLED)
    return used(process)


def used(process: psutil.Process) -> int:
    """Return the bytes that this process alone holds.

    Where the system tells them apart, without the pages of files: how many of torch's libraries
    are in memory for this process alone changes by tens of megabytes with whoever else runs torch.
    """
    memory = process.memory_info()
    if hasattr(memory, "shared"):
        return int(memory.rss - memory.shared)
    return int(process.memory_full_info().uss)


if __name__ == "__main__":
    sys.exit(main())
