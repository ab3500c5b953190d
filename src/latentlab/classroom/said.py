"""What a phone may say. It comes from anybody's browser: believe nothing."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from latentlab.classroom.activity import AnswerError
from latentlab.images import Pixels
from latentlab.strict import Strict

# A drawing is at most 128 x 128 x 3 bytes, in base64.
LONGEST = 70_000
MOST_RANKED = 20
Count = Annotated[int, Field(ge=0, le=2**31)]


class Hello(Strict):
    """The first word: which class, and a random text by which the phone is known again."""

    kind: Literal["hello"]
    code: Annotated[str, StringConstraints(max_length=20)]
    phone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


class Ping(Strict):
    """A phone that has slept asks whether it is still connected."""

    kind: Literal["ping"]
    turn: Count


class Vote(Strict):
    """A choice; `turn` comes back with the answer, `number` is that of the activity."""

    kind: Literal["vote"]
    turn: Count
    number: Count
    choice: Count


class Rank(Strict):
    """All choices in an order, the first one first."""

    kind: Literal["rank"]
    turn: Count
    number: Count
    order: Annotated[list[Count], Field(max_length=MOST_RANKED)]


class Guess(Strict):
    """A place on the map."""

    kind: Literal["guess"]
    turn: Count
    number: Count
    x: float
    y: float


class Draw(Strict):
    """A drawing as the network sees it, in base64."""

    kind: Literal["draw"]
    turn: Count
    number: Count
    pixels: Annotated[str, StringConstraints(max_length=LONGEST)]

    def decoded(self, shape: tuple[int, ...]) -> Pixels:
        """Return the pixels.

        Parameters
        ----------
        shape : (int, int, int)
            Height, width, channels: of the activity.

        Returns
        -------
        uint8 (h, w, c), 0 to 255
            Read-only.

        Raises
        ------
        AnswerError
            If what came is no base64, or of another size.
        """
        try:
            content = base64.b64decode(self.pixels, validate=True)
            return np.frombuffer(content, np.uint8).reshape(shape)
        except (binascii.Error, ValueError):
            raise AnswerError("Your drawing did not arrive whole; draw one more stroke.") from None


Said = Hello | Ping | Vote | Rank | Guess | Draw
_SAID: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="kind")])


def heard(text: str) -> Said:
    """Read what a phone says.

    Parameters
    ----------
    text : str
        JSON, from anywhere.

    Returns
    -------
    Hello, Ping, Vote, Rank, Guess or Draw

    Raises
    ------
    AnswerError
        If it is nothing that our page says.
    """
    try:
        if len(text) > LONGEST + 1000:
            raise AnswerError("This is too long.")
        return _SAID.validate_json(text)
    except ValidationError:
        raise AnswerError("Your phone's page does not fit this class; reload it.") from None
