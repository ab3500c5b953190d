"""What a lesson says, field by field."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from latentlab.images import printable
from latentlab.lessons.controls import known
from latentlab.strict import Strict

LETTERS = "ABCDEF"
FIRST_PAGE = "explore"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _addressed(value: object) -> object:
    """Keep the page and what follows of an address that was copied from the browser."""
    if not isinstance(value, str):
        return value
    if len(value) > 2000:
        raise ValueError("is longer than 2,000 characters")
    parts = urlsplit(value.strip())
    page = parts.path.rstrip("/").rsplit("/", 1)[-1].lower() or FIRST_PAGE
    if not re.fullmatch(r"[a-z]{1,40}", page):
        raise ValueError(f"names no page: '{printable(value[:80])}'; copy an address of the app")
    return f"{page}?{parts.query}" if parts.query else page


Text = Annotated[str, Field(min_length=1, max_length=600)]
Line = Annotated[str, Field(min_length=1, max_length=160)]
Control = Annotated[Line, AfterValidator(known)]
Address = Annotated[str, BeforeValidator(_addressed)]


class Question(Strict):
    """What the class votes on before it sees the answer.

    Attributes
    ----------
    text : str
    choices : tuple of str
        Two to six.
    answer : str
        The letter of the choice that the experiment supports: "A" is the first; empty where no
        choice is right.
    rank : bool
        The class ranks the choices, the first one first, instead of choosing one.
    """

    text: Text
    choices: tuple[Line, ...] = Field(min_length=2, max_length=len(LETTERS))
    answer: str = Field("", pattern=f"^[{LETTERS}]?$")
    rank: bool = False

    @model_validator(mode="after")
    def _has_answer(self) -> Question:
        if self.answer and LETTERS.index(self.answer) >= len(self.choices):
            raise ValueError(f"has the answer {self.answer}, but only {len(self.choices)} choices")
        if self.answer and self.rank:
            raise ValueError("is a ranking, so no choice is the answer: leave one of the two out")
        return self


class Figure(Strict):
    """A number that a reveal states, and how to compute it again.

    Attributes
    ----------
    metric : str
        A key of ``experiments.METRICS``.
    of : dict of str to str
        What it is computed of.
    value : float
    tolerance : float
        How far another machine's value may lie from it.
    """

    metric: Line
    of: dict[str, str] = Field(default_factory=dict)
    value: float
    tolerance: float = Field(0.0, ge=0)


class Step(Strict):
    """One thing to do and to see.

    Attributes
    ----------
    open : str
        Page and parameters: ``explore?checkpoint=digits-vae-z2&A=0_0``.
    action : str
        What the presenter does there, in one sentence.
    lit : tuple of str
        Parts of the page that stay lit while everything else is dimmed; see ``lessons.controls``.
        Empty: nothing is dimmed.
    covered : tuple of str
        Parts of the page that would give the answer away: hidden until it is revealed, or until
        the presenter shows them.
    question : Question or None
    reveal : str
        What one sees and what follows. ``{name}`` stands for the value of a figure.
    figures : dict of str to Figure
    when_true : str
        When the claim is true after all.
    picture : str
        File name of a still picture beside the lesson, for the day the projector fails.
    """

    open: Address
    action: Text | None = None
    lit: tuple[Control, ...] = Field((), max_length=12)
    covered: tuple[Control, ...] = Field((), max_length=12)
    question: Question | None = None
    reveal: Text | None = None
    figures: dict[str, Figure] = Field(default_factory=dict)
    when_true: Text | None = None
    picture: str = Field("", pattern=r"^[\w.-]{0,80}$")

    @model_validator(mode="before")
    @classmethod
    def _address_alone(cls, given: object) -> object:
        return {"open": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _figures_exist(self) -> Step:
        for name in _PLACEHOLDER.findall(f"{self.reveal or ''} {self.when_true or ''}"):
            if name not in self.figures:
                raise ValueError(f"says {{{name}}}, but has no figure of that name")
        return self

    @model_validator(mode="after")
    def _covers_until_a_vote(self) -> Step:
        if self.covered and not self.question:
            raise ValueError("is covered until the class has voted, but has no question")
        return self

    @property
    def page(self) -> str:
        """The page's name, in lower case."""
        return self.open.partition("?")[0]

    @property
    def parameters(self) -> dict[str, str]:
        """What the address says after the page."""
        return dict(parse_qsl(self.open.partition("?")[2], keep_blank_values=True))

    @property
    def has_reveal(self) -> bool:
        """Whether something is shown after the question: a text, or the votes of a class."""
        return bool(self.reveal or self.question)

    @property
    def revealed(self) -> str:
        """The reveal with the values of its figures; empty where there is none."""
        return self._with_figures(self.reveal)

    @property
    def when_it_is_true(self) -> str:
        """``when_true`` with the values of its figures; empty where there is none."""
        return self._with_figures(self.when_true)

    def _with_figures(self, text: str | None) -> str:
        return _PLACEHOLDER.sub(lambda found: f"{self.figures[found[1]].value:,g}", text or "")


class Lesson(Strict):
    """A claim, and the steps that test it.

    Attributes
    ----------
    name : str
        Of its file, in the address.
    title, claim : str
    minutes : int
    checkpoint : str
        The network that steps show whose address names none.
    seed : int or None
        The same for what is random.
    steps : tuple of Step
    place : int
        In the order of a class; lessons without one come last.
    """

    name: str = Field(pattern=r"^[\w.-]{1,60}$")
    title: Line
    claim: Text
    minutes: int = Field(3, ge=1, le=60)
    checkpoint: str = Field("", max_length=200)
    seed: int | None = None
    place: int = Field(1000, ge=0)
    steps: tuple[Step, ...] = Field(min_length=1, max_length=30)

    def address(self, number: int, *, revealed: bool = False) -> str:
        """Return the address of a step, relative to any page's.

        Parameters
        ----------
        number : int
            From 1.
        revealed : bool
            Whether what the step covers is shown.

        Returns
        -------
        str
        """
        step = self.steps[number - 1]
        usual = {"checkpoint": self.checkpoint} if self.checkpoint else {}
        usual |= {"seed": str(self.seed)} if self.seed is not None else {}
        mine = {"lesson": self.name, "step": str(number)} | ({"reveal": "1"} if revealed else {})
        page = "" if step.page == FIRST_PAGE else step.page
        return f"./{page}?{urlencode(usual | step.parameters | mine)}"
