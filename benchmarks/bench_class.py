"""A class of sixty phones and a projector: how soon each answer is taken, and whether any is lost.

The app runs as a user starts it. The projector is a real Chromium on the same machine, the phones
are WebSocket clients that say what the phones' page says: sixty join within ten seconds, vote
within three, and draw thirty strokes each, every stroke told at once. Ten more know only the code
of a class that has ended.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import websockets
from playwright.sync_api import Page, sync_playwright
from serving import ARGUMENTS, Server, find_browser, serve, settle

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.data import load
from latentlab.images import Pixels

CHECKPOINT = "digits-vae-z2"
PHONES, OUTSIDERS, STROKES = 60, 10, 30
JOIN_SECONDS, VOTE_SECONDS, DRAW_SECONDS = 10.0, 3.0, 30.0
P95_BAR, FRAMES_BAR = 300.0, 20
COUNT_FRAMES = """() => {
  window.frames = [];
  const tick = (now) => { window.frames.push(now); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
# Frames in each whole second.
FRAMES = """() => {
  const first = window.frames[0];
  const seconds = Math.floor((window.frames.at(-1) - first) / 1000);
  const counts = Array(seconds).fill(0);
  for (const now of window.frames) counts[Math.floor((now - first) / 1000)] += 1;
  return counts.slice(0, seconds);
}"""
# The pixels that stand on the map, read back from the screen.
THUMBS = """() => {
  const roots = [...document.querySelectorAll('*')].map((each) => each.shadowRoot);
  const place = roots.find((root) => root?.querySelector('#projector'));
  return [...place.querySelectorAll('.thumb canvas')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [...data].filter((_, i) => i % 4 === 0);
  });
}"""


@dataclass
class Phone:
    """One phone: its connection, and what it has been told."""

    number: int
    code: str
    address: str
    socket: Any = None
    state: dict[str, Any] = field(default_factory=dict)
    waits: dict[str, list[float]] = field(default_factory=dict)
    turn: int = 0
    last: Pixels | None = None
    is_refused: bool = False

    async def join(self) -> None:
        """Connect and say the code; note the wait for the first word."""
        began = time.perf_counter()
        self.socket = await websockets.connect(self.address, max_size=None)
        name = f"phone-{self.number:012d}"
        await self.socket.send(json.dumps({"kind": "hello", "code": self.code, "phone": name}))
        said = await self.hear("state", "refused")
        self.is_refused = said["kind"] == "refused"
        self._note("join", began)

    async def answer(self, kind: str, **said: object) -> None:
        """Give an answer, and wait until it is taken."""
        self.turn += 1
        message = {"kind": kind, "turn": self.turn, "number": self.state["number"], **said}
        began = time.perf_counter()
        await self.socket.send(json.dumps(message))
        while (await self.hear("taken"))["turn"] != self.turn:
            pass
        self._note(kind, began)

    async def hear(self, *kinds: str) -> dict[str, Any]:
        """Return the next message of some kinds; what is asked is noted on the way."""
        while True:
            content = await asyncio.wait_for(self.socket.recv(), 60)
            if isinstance(content, bytes):
                continue
            said: dict[str, Any] = json.loads(content)
            if said["kind"] == "state":
                self.state = said
            if said["kind"] in kinds:
                return said

    async def until_asked(self, activity: str) -> None:
        """Wait until the class is asked for something."""
        while self.state["activity"] != activity:
            await self.hear("state")

    def _note(self, kind: str, began: float) -> None:
        self.waits.setdefault(kind, []).append(1000 * (time.perf_counter() - began))


class Spent:
    """How long the processors worked for the server and for the browser, whatever else they did."""

    def __init__(self, server: Server) -> None:
        self.server = psutil.Process(server.process.pid)
        every = psutil.Process().children(recursive=True)
        self.browser = [each for each in every if "chrom" in each.name().lower()]
        self.before = self._now()

    def since(self) -> tuple[float, float]:
        """Return the seconds of both."""
        server, browser = self._now()
        return server - self.before[0], browser - self.before[1]

    def _now(self) -> tuple[float, float]:
        times = [sum(each.cpu_times()[:2]) for each in (self.server, *self.browser)]
        return times[0], sum(times[1:])


class Phones:
    """Sixty phones in a thread of their own, beside the browser."""

    def __init__(self, server: Server, code: str, old_code: str) -> None:
        address = f"ws://localhost:{server.port}/class/phone"
        self.inside = [Phone(n, code, address) for n in range(PHONES)]
        self.outside = [Phone(1000 + n, old_code, address) for n in range(OUTSIDERS)]
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.images = load("digits", "test").images

    def begin(self, work: Callable[[Phone], Coroutine[Any, Any, None]], phones: list[Phone]) -> Any:
        """Let some phones do something at once; return a future."""

        async def all_of_them() -> None:
            await asyncio.gather(*(work(phone) for phone in phones))

        return asyncio.run_coroutine_threadsafe(all_of_them(), self.loop)

    async def join(self, phone: Phone) -> None:
        """Join at a moment of one's own within the time."""
        await asyncio.sleep(phone.number % PHONES / PHONES * JOIN_SECONDS)
        await phone.join()

    async def vote(self, phone: Phone) -> None:
        """Vote at a moment of one's own within the time."""
        await phone.until_asked("vote")
        await asyncio.sleep(phone.number / PHONES * VOTE_SECONDS)
        await phone.answer("vote", choice=phone.number % 2)

    async def draw(self, phone: Phone) -> None:
        """Draw a picture whose strokes come evenly, each told when it is done."""
        await phone.until_asked("draw")
        due = time.perf_counter() + phone.number / PHONES
        for stroke in range(1, STROKES + 1):
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            due += DRAW_SECONDS / STROKES
            phone.last = self._drawn(phone.number, stroke)
            await phone.answer("draw", pixels=base64.b64encode(phone.last.tobytes()).decode())

    def _drawn(self, number: int, stroke: int) -> Pixels:
        """Return a digit that comes to light, with a corner that nobody else has."""
        image = self.images[number].copy()
        shown = np.arange(image.size).reshape(image.shape) < image.size * stroke / STROKES
        drawn = np.where(shown, image, 0).astype(np.uint8)
        drawn[0, 0, 0] = number
        return drawn

    def waits(self, kind: str) -> list[float]:
        """Return how long every answer of a kind took, in milliseconds."""
        return [wait for phone in self.inside for wait in phone.waits.get(kind, [])]


def press(page: Page, name: str) -> None:
    """Press a button of the teacher's page."""
    page.get_by_role("button", name=name, exact=True).click()


def ask(page: Page, way: str) -> None:
    """Choose what to ask the class."""
    page.locator(".st-key-class-ask").get_by_text(way, exact=True).click()
    settle(page)


def started(page: Page) -> str:
    """Start a class; return its code."""
    press(page, "Start a class")
    return page.locator("#projector .code").inner_text(timeout=60_000)


def measure(page: Page, server: Server) -> list[Row]:
    """Play the class; return what it came to."""
    old_code = started(page)
    press(page, "End the class")
    phones = Phones(server, started(page), old_code)
    phones.begin(phones.join, phones.inside + phones.outside).result(120)

    ask(page, "Vote")
    page.get_by_label("Question").fill("Even or odd?")
    page.get_by_label("Question").press("Enter")
    settle(page)
    voted = phones.begin(phones.vote, phones.inside)
    press(page, "Ask")
    voted.result(120)
    press(page, "Reveal")
    counts = page.locator("#projector .bars .count")
    counts.first.wait_for(timeout=60_000)
    n_votes = sum(int(text.split()[0]) for text in counts.all_inner_texts())

    ask(page, "Draw")
    drawn = phones.begin(phones.draw, phones.inside)
    spent = Spent(server)
    page.evaluate(COUNT_FRAMES)
    press(page, "Let them draw")
    while not drawn.done():
        page.wait_for_timeout(200)  # Playwright's own messages are worked off here
    drawn.result()
    of_server, of_browser = spent.since()
    frames = page.evaluate(FRAMES)
    n_landed = landed(page, phones)
    return [
        *(answered(phones, kind, what) for kind, what in KINDS.items()),
        Row("votes lost", "0", str(PHONES - n_votes), n_votes == PHONES),
        Row("drawings lost", "0", str(PHONES - n_landed), n_landed == PHONES),
        wrong_room(phones),
        Row(
            "the server's own time for each stroke, encoding and projector included",
            "",
            f"{1000 * of_server / (PHONES * STROKES):.1f} ms",
            None,
        ),
        Row(
            f"the browser's own time, while {PHONES} draw",
            "",
            f"{100 * of_browser / DRAW_SECONDS:.0f} % of one core",
            None,
        ),
        Row(
            f"projector, while {PHONES} draw: frames in the median second (the worst)",
            f"{FRAMES_BAR}",
            f"{np.median(frames):.0f} ({min(frames)})",
            bool(np.median(frames) >= FRAMES_BAR),
        ),
    ]


KINDS = {
    "join": f"{PHONES} phones join in {JOIN_SECONDS:g} s",
    "vote": f"{PHONES} votes in {VOTE_SECONDS:g} s",
    "draw": f"{PHONES} drawings of {STROKES} strokes in {DRAW_SECONDS:g} s",
}


def answered(phones: Phones, kind: str, what: str) -> Row:
    """Say how long an answer takes."""
    waits = phones.waits(kind)
    p95 = float(np.percentile(waits, 95))
    found = f"{p95:.0f} ms (median {np.median(waits):.0f}, n = {len(waits)})"
    return Row(f"{what}: p95 of an answer", f"{P95_BAR:g} ms", found, p95 < P95_BAR)


def landed(page: Page, phones: Phones) -> int:
    """Count the phones whose last stroke stands on the map, pixel for pixel."""
    wanted = {
        tuple(phone.last.ravel().tolist()) for phone in phones.inside if phone.last is not None
    }
    found: set[tuple[int, ...]] = set()
    end = time.perf_counter() + 20
    while found != wanted and time.perf_counter() < end:
        page.wait_for_timeout(200)
        found = {tuple(pixels) for pixels in page.evaluate(THUMBS)}
    return len(found & wanted)


def wrong_room(phones: Phones) -> Row:
    """Say how many phones came in that should not have, or did not that should have."""
    wrong = sum(phone.is_refused for phone in phones.inside)
    wrong += sum(not phone.is_refused for phone in phones.outside)
    return Row(f"in the wrong room, of {PHONES + OUTSIDERS}", "0", str(wrong), wrong == 0)


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        with serve(Path(folder) / "server.log") as server:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{server.url}/neighbors?checkpoint={CHECKPOINT}")  # waits for torch
            settle(page)
            page.goto(f"{server.url}/lessons?checkpoint={CHECKPOINT}")
            settle(page)
            rows = measure(page, server)
        browser.close()
    note = (
        "Server, phones and the projector's Chromium (software rendering) share this machine. "
        f"{setting('streamlit', 'websockets', 'playwright')}"
    )
    return record("Class mode", "python -m benchmarks class", rows, note)


if __name__ == "__main__":
    sys.exit(main())
