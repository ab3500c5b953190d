"""Thirty students watch one training; and what fifty trainings leave behind in the server."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# Before torch: the app has one of its own.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import psutil
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from protocol import Answer, Visitor
from serving import serve
from trial_memory import FORGET, used

from latentlab.export.message import unpack
from latentlab.jobs.recipe import Recipe

HOME = Path(__file__).resolve().parents[2]
NAME = "digits-vae-z2"
STUDENTS, EPOCHS = 30, 60
TRAININGS, FIRST = 50, 10
MOST_SECONDS = 300.0
LIVE = ("starting", "running", "paused")


@dataclass
class Watcher:
    """One session on the Training page, as its browser behaves: it asks again and again.

    Attributes
    ----------
    seconds : list of float
        From asking until everything had come.
    stages : dict of int to int
        The step of each stage that came, by its number.
    status : dict
        What was said of all trainings last.
    """

    visitor: Visitor
    seconds: list[float] = field(default_factory=list)
    stages: dict[int, int] = field(default_factory=dict)
    status: dict[str, Any] = field(default_factory=dict)
    opened: bool = False
    _last: bytes = b""
    _turn: int = 0

    async def arrive(self) -> None:
        """Open the page."""
        self._take(await self.visitor.open("training", f"checkpoint={NAME}", waits=False))

    async def look(self) -> None:
        """Ask what is new."""
        interval = self.visitor.pause
        began = time.perf_counter()
        answer = await self.visitor.again()
        self.seconds.append(time.perf_counter() - began - interval)
        self._take(answer)

    async def watch(self, run: str) -> None:
        """Show a run from its beginning."""
        self.stages, self.opened = {}, False
        await self._say("watch", runs=[[run, -1]])

    async def order(self, order: str, **more: object) -> dict[str, Any]:
        """Give an order; return what came of it."""
        await self._say("order", order=order, **more)
        answer: dict[str, Any] = self.status["answer"]
        if "problem" in answer:
            raise RuntimeError(answer["problem"])
        return answer

    def training(self, run: str) -> dict[str, Any] | None:
        """Return what is said of a training."""
        found = (each for each in self.status["trainings"] if each["run"] == run)
        return next(found, None)

    async def follow(self, run: str) -> None:
        """Look until a training is over and its last stage is here."""
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end:
            await self.look()
            told = self.training(run)
            if told and told["state"] not in LIVE:
                await self.look()
                return
        raise TimeoutError(f"The training is not over after {MOST_SECONDS:.0f} s.")

    async def _say(self, name: str, **said: object) -> None:
        self._turn += 1
        key = f"training-{name}"
        self._take(await self.visitor.say(key, name, {"turn": f"{id(self)}-{self._turn}", **said}))

    def _take(self, answer: Answer) -> None:
        if answer.problems():
            raise RuntimeError(answer.problems()[0])
        for delta in answer.deltas:
            body = delta.new_element.bidi_component
            if body.id.endswith("-training-status"):
                self.status = json.loads(body.json)["value"]
            elif "-training-stages-" in body.id and body.bytes != self._last:
                self._last = body.bytes
                _, parts = unpack(body.bytes)
                self.opened = self.opened or "opening" in parts
                for name in parts.keys() - {"opening"}:
                    header, _ = unpack(parts[name].tobytes())
                    self.stages[header["number"]] = header["step"]


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(HOME / "checkpoints" / NAME, folder / "checkpoints" / NAME)
        with serve(folder / "log", *FORGET, checkpoints=folder / "checkpoints") as server:
            alone = asyncio.run(watched(server.url, folder, 0))[1]
            watchers, seconds = asyncio.run(watched(server.url, folder, STUDENTS))
            process = psutil.Process(server.process.pid)
            before, after = asyncio.run(repeated(server.url, process, TRAININGS))
            tracebacks = server.output().count("Traceback")
    growth = (after - before) / before
    lost = sum(not is_whole(watcher) for watcher in watchers)
    waits = [wait for watcher in watchers for wait in watcher.seconds]
    seen = [len(watcher.stages) for watcher in watchers]
    rows = [
        Row(
            f"{STUDENTS} websocket clients watch one training: without its opening or last stage",
            "0",
            str(lost),
            lost == 0,
        ),
        Row("stages that each was sent", "", f"{min(seen)} to {max(seen)}", None),
        Row(
            "an answer to a client that asks what is new",
            "",
            f"median {1e3 * statistics.median(waits):.0f} ms, p95 {1e3 * p95(waits):.0f} ms",
            None,
        ),
        Row(
            "training with all of them / with the starter alone", "", f"{seconds / alone:.2f}", None
        ),
        Row(
            f"memory of the server after {TRAININGS} trainings",
            "5 % more at most",
            f"{growth:+.1%} ({before / 1e6:.0f} to {after / 1e6:.0f} MB)",
            growth <= 0.05,
        ),
        Row("tracebacks in the server's log", "0", str(tracebacks), tracebacks == 0),
    ]
    note = (
        f"Digits, VAE, z = 2, {EPOCHS} epochs, all on the same cores; the clients ask as often as "
        f"the page does. Memory: what the server's process itself holds after {FIRST} trainings of "
        f"one epoch and after {TRAININGS} more, each watched to its end and discarded. "
        f"{setting('streamlit', 'torch')}"
    )
    return record("Load: watching a training", "python tests/torture watching", rows, note)


async def watched(
    url: str, folder: Path, students: int, epochs: int = EPOCHS
) -> tuple[list[Watcher], float]:
    """Train once before so many; return them, and the seconds of training."""
    async with AsyncExitStack() as stack:

        async def come() -> Watcher:
            watcher = Watcher(await stack.enter_async_context(Visitor(url)))
            await watcher.arrive()
            return watcher

        starter = await come()
        others = await asyncio.gather(*(come() for _ in range(students)))
        run = await started(starter, Recipe(epochs=epochs))

        async def attend(watcher: Watcher) -> None:
            await watcher.watch(run)
            await watcher.follow(run)

        await asyncio.gather(*map(attend, (starter, *others)))
        told = starter.training(run)
        if told is None or told["state"] != "done":
            raise RuntimeError(f"The training ended as {told}.")
        seconds = trained_seconds(folder, run)
        await starter.order("discard", run=run)
    return [starter, *others], seconds


async def started(starter: Watcher, recipe: Recipe) -> str:
    """Start a training; return its name."""
    return str((await starter.order("start", recipe=asdict(recipe)))["run"])


def trained_seconds(folder: Path, run: str) -> float:
    """Return the network's own seconds, as its history says."""
    job = folder / "runs" / "jobs" / "training" / run
    (history,) = job.glob("checkpoint/*/history.jsonl")
    return float(json.loads(history.read_text().splitlines()[-1])["seconds"])


def is_whole(watcher: Watcher) -> bool:
    """Say whether a client was sent the beginning and the end of the training."""
    return watcher.opened and max(watcher.stages.values(), default=0) == EPOCHS * 19


async def repeated(url: str, process: psutil.Process, trainings: int) -> tuple[int, int]:
    """Train, watch and discard so many times; return the memory after the first few and the end."""
    async with Visitor(url) as visitor:
        watcher = Watcher(visitor)
        await watcher.arrive()
        before = 0
        for number in range(FIRST + trainings):
            if number == FIRST:
                before = used(process)
            run = await started(watcher, Recipe(epochs=1, seed=number))
            await watcher.watch(run)
            await watcher.follow(run)
            await watcher.order("discard", run=run)
        return before, used(process)


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return float(np.percentile(values, 95))


if __name__ == "__main__":
    sys.exit(main())
