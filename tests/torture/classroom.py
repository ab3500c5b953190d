"""A class at work without browsers: students who each ask for something of their own, and check it.

A student explores (places pins, asks the server to decode), draws, or uploads, about once a second.
What each asks is different from what all others ask, so that an answer meant for somebody else is
noticed: the expected answer is computed here, apart from the app.
"""

from __future__ import annotations

import asyncio
import base64
import io
import math
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from protocol import Answer, ProtocolError, Visitor

from latentlab.analysis import preprocess
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec
from latentlab.images import to_float, to_pixels

ROLES = ("explore", "draw", "explore", "draw", "upload")
ROUNDING = 2  # of 255: the server decodes one by one, here it may be many at once


class WrongAnswer(Exception):
    """An answer that belongs to somebody else, or is not right."""


@dataclass
class Record:
    """What was measured in one class: seconds by kind of action, and whatever went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    n_actions: int = 0
    n_checked: int = 0

    def all(self) -> np.ndarray:
        """Return every time, of all kinds but the first page."""
        return np.concatenate([[], *(s for kind, s in self.seconds.items() if kind != "arrive")])


class Expected:
    """What the right answers are, from the checkpoint alone."""

    def __init__(self, folder: Path) -> None:
        self.checkpoint = open_checkpoint(folder)
        self.codec = load_codec(self.checkpoint)
        self.index = self.checkpoint.index()
        self.shape = self.checkpoint.manifest.image_shape

    @cached_property
    def image_statistics(self) -> preprocess.ImageStatistics:
        """How the images of the set look, found as the app finds it."""
        from latentlab.ui.input import image_statistics

        return image_statistics.image_statistics(self.checkpoint)

    def check_drawn(self, latents: np.ndarray, images: np.ndarray) -> None:
        """Prove that images are these latents, decoded."""
        off = np.abs(to_pixels(self.codec.decode(latents)).astype(int) - images).max()
        if off > ROUNDING:
            raise WrongAnswer(f"decoded images are {off} off")

    def check_neighbors(
        self, sent: np.ndarray | bytes, query: np.ndarray, rows: Sequence[int]
    ) -> None:
        """Prove that a picture was answered with its own latent's nearest; bytes: as uploaded."""
        if isinstance(sent, bytes):
            picture = preprocess.read_once(sent, self.image_statistics)
            sent = to_pixels(preprocess.fit(picture.pixels, self.image_statistics).image)
        sent = sent.reshape(self.shape)
        if not np.array_equal(sent, query):
            raise WrongAnswer("the picture is somebody else's")
        distances = np.linalg.norm(
            self.index.latents - self.codec.encode(to_float(sent)[None]), axis=1
        )
        nearest = np.sort(distances)[: len(rows)]
        if not np.allclose(np.sort(distances[list(rows)]), nearest, rtol=1e-3, atol=1e-4):
            raise WrongAnswer("those are not the nearest latents")


class Student:
    """One session, its role, and what it has said so far."""

    def __init__(self, visitor: Visitor, number: int, expected: Expected, other: str) -> None:
        self.visitor, self.number, self.expected = visitor, number, expected
        self.role = ROLES[number % len(ROLES)]
        self.names = (expected.checkpoint.name, other)
        self._fingerprint = expected.checkpoint.fingerprint
        self.rng = np.random.default_rng([7, number])
        self.turn = 0
        self.steps = 0
        self.rows: list[int] = []
        self.checks: list[Callable[[], None]] = []  # after the lesson: they would delay the others

    async def arrive(self) -> Answer:
        """Open the page of one's role, and answer as the page's scripts would."""
        page = "" if self.role == "explore" else "neighbors"
        answer = await self.visitor.open(page, f"checkpoint={self.names[0]}")
        if self.role != "explore":
            await self.visitor.say("neighbors-board", "drawing", {"has": self._fingerprint})
            if self.role == "upload":
                await self.visitor.choose("neighbors-way", "Upload")
        return answer

    def next(self) -> tuple[str, Callable[[], Awaitable[float]]]:
        """Choose what to do next."""
        self.turn += 1
        chances = {
            "explore": {"pin": 6, "decode": 6, "switch": 1, "reload": 1},
            "draw": {"draw": 8, "random": 2, "walk": 2},
            "upload": {"upload": 4, "random": 1, "walk": 2},
        }[self.role]
        weights = np.array(list(chances.values())) / sum(chances.values())
        kind = str(self.rng.choice(list(chances), p=weights))
        return kind, getattr(self, kind)

    async def pin(self) -> float:
        pin = "_".join(f"{value:.3f}" for value in self.rng.normal(size=2))
        said = {"A": pin, "turn": self.turn, "solo": str(self.number % 4)}
        answer = await self.visitor.say("canvas-address", "address", said)
        _same(answer.address or "", f"&A={pin}", "the address", part=True)
        return answer.seconds

    async def decode(self) -> float:
        latents = self.rng.normal(size=(4, self.expected.codec.latent_dim)).astype(np.float32)
        asked = f"student-{self.number}-{self.turn}"
        question = {"id": asked, "latents": latents.ravel().tolist()}
        answer = await self.visitor.say("canvas-ask", "ask", question)
        header, arrays = answer.message("canvas-feed-answer")
        _same(header["answer"], asked, "the question")
        self.checks.append(lambda: self.expected.check_drawn(latents, arrays["images"]))
        return answer.seconds

    async def switch(self) -> float:
        answer = await self.visitor.press(f"pick-{self.names[1]}")
        _same(answer.message("canvas")[0]["name"], self.names[1], "the checkpoint")
        back = await self.visitor.press(f"pick-{self.names[0]}")
        _same(back.message("canvas")[0]["name"], self.names[0], "the checkpoint")
        return max(answer.seconds, back.seconds)

    async def reload(self) -> float:
        answer = await self.visitor.open("", f"checkpoint={self.names[0]}")
        _same(answer.message("canvas")[0]["name"], self.names[0], "the checkpoint")
        return answer.seconds

    async def draw(self) -> float:
        pixels = self._picture(1)
        text = base64.b64encode(pixels.tobytes()).decode()
        said = {"id": self.turn, "pixels": text, "has": self._fingerprint}
        answer = await self.visitor.say("neighbors-board", "drawing", said)
        header, arrays = self._board(answer, "Your drawing")
        self._check_later(pixels, arrays["query"])
        _same(header["drawing"], self.turn, "the drawing")
        return answer.seconds

    async def upload(self) -> float:
        name, stream = f"student-{self.number}-{self.turn}.png", io.BytesIO()
        Image.fromarray(self._picture(5)).save(stream, "PNG")
        content = stream.getvalue()
        answer = await self.visitor.upload("neighbors-file", name, content)
        _, arrays = self._board(answer, f"Your image {name}")
        self._check_later(content, arrays["query"])
        return answer.seconds

    async def random(self) -> float:
        answer = await self.visitor.press("neighbors-random")
        header, _ = self._board(answer, "Test image")
        number = header["source"].split()[2].replace(",", "").rstrip(",")
        _same(self.visitor.query, f"image=test-{number}", "the address", part=True)
        return answer.seconds

    async def walk(self) -> float:
        if not self.rows:
            return await self.random()
        row = int(self.rng.choice(self.rows))
        steps = self.steps
        go = {"where": "walk", "number": row, "click": self.turn}
        answer = await self.visitor.say("neighbors-board", "go", go)
        header, _ = answer.message("neighbors-board")
        _same(len(header["steps"]), steps + 1, "the walk")
        number = int(self.expected.index.numbers[row])
        _same(header["source"], f"image {number:,}", "the image walked to", part=True)
        self._keep(header)
        return answer.seconds

    def _board(self, answer: Answer, source: str) -> tuple[dict[str, Any], dict[str, Any]]:
        header, arrays = answer.message("neighbors-board")
        _same(header["source"], source, "the picture's name", part=True)
        self._keep(header)
        return header, arrays

    def _check_later(self, sent: np.ndarray | bytes, query: np.ndarray) -> None:
        rows = self.rows
        self.checks.append(lambda: self.expected.check_neighbors(sent, query, rows))

    def _keep(self, header: dict[str, Any]) -> None:
        self.steps = len(header["steps"])
        self.rows = [tile["row"] for tile in header["spaces"][0]["tiles"]]

    def _picture(self, times: int) -> np.ndarray:
        """Paint four by four blocks that nobody else has, so many times the network's size."""
        height, width, channels = self.expected.shape
        blocks = self.rng.integers(0, 256, (4, 4, channels), dtype=np.uint8)
        sides = (times * height // 4, times * width // 4)
        return blocks.repeat(sides[0], axis=0).repeat(sides[1], axis=1).squeeze()


async def lesson(
    url: str,
    expected: Expected,
    other: str,
    *,
    students: int,
    seconds: float,
    pause: float = 1.0,
    actions: float = math.inf,
    check: bool = True,
) -> Record:
    """Let a class work for some seconds, or until it has done so much.

    Each student does something about once in every ``pause`` seconds. With ``check``, what has to
    be worked out to know the right answer is worked out at the end.
    """
    record = Record()
    visitors = [Visitor(url) for _ in range(students)]
    pupils = [Student(v, number, expected, other) for number, v in enumerate(visitors)]
    try:
        await asyncio.gather(*(visitor.__aenter__() for visitor in visitors))
        await asyncio.gather(*(_timed(record, "arrive", pupil.arrive) for pupil in pupils))
        end = time.perf_counter() + seconds
        until = (end, actions)
        await asyncio.gather(*(_attend(pupil, record, until, pause, check) for pupil in pupils))
    finally:
        await asyncio.gather(*(visitor.__aexit__() for visitor in visitors))
    for work_out in (each for pupil in pupils for each in pupil.checks):
        try:
            work_out()
        except WrongAnswer as error:
            record.wrong.append(str(error))
        record.n_checked += 1
    return record


async def _attend(
    pupil: Student, record: Record, until: tuple[float, float], pause: float, check: bool
) -> None:
    """Do one thing after the other until the lesson ends; late answers delay what follows."""
    end, actions = until
    due = time.perf_counter() + pause * pupil.rng.random()
    while due < end and record.n_actions < actions:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        due = max(due + pause, time.perf_counter())
        kind, act = pupil.next()
        await _timed(record, kind, act)
        if not check:
            pupil.checks.clear()


async def _timed(record: Record, kind: str, act: Callable[[], Awaitable[Any]]) -> None:
    record.n_actions += 1
    try:
        done = await act()
        record.seconds[kind].append(done.seconds if isinstance(done, Answer) else done)
    except WrongAnswer as error:
        record.wrong.append(f"{kind}: {error}")
    except (ProtocolError, TimeoutError, OSError, KeyError, StopIteration) as error:
        record.errors.append(f"{kind}: {type(error).__name__}: {error}")


def _same(found: object, wanted: object, what: str, *, part: bool = False) -> None:
    matches = str(wanted) in str(found) if part else found == wanted
    if not matches:
        raise WrongAnswer(f"{what} is {found!r}, not {wanted!r}")
