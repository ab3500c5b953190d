"""What a class is asked, and what its phones have answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import mean
from typing import Literal, NamedTuple

from latentlab.classroom.drawings import Drawings, Place
from latentlab.errors import LatentlabError

Kind = Literal["wait", "vote", "rank", "draw", "guess", "consent"]
Phase = Literal["open", "frozen", "revealed"]

YES = 0
CONSENT_CHOICES = ("Yes, save mine too", "No, leave mine out")


class AnswerError(LatentlabError):
    """What a phone said cannot be taken; the message is for its screen."""


@dataclass(frozen=True)
class Activity:
    """What the phones are asked to do.

    Attributes
    ----------
    kind : {"wait", "vote", "rank", "draw", "guess", "consent"}
    prompt : str
        The question, as it stands on every phone.
    choices : tuple of str
        Of a vote or a ranking.
    answer : int or None
        The right choice, where there is one.
    checkpoint : str
        Fingerprint of the network on whose map drawings and guesses land.
    row : int or None
        Of a guess: the image's row in the latent index.
    label : int or None
        Of drawings: the class that everybody draws.
    shape : tuple of int
        Height, width, channels of what the network takes.
    """

    kind: Kind = "wait"
    prompt: str = ""
    choices: tuple[str, ...] = ()
    answer: int | None = None
    checkpoint: str = ""
    row: int | None = None
    label: int | None = None
    shape: tuple[int, ...] = ()


class Mine(NamedTuple):
    """What one phone has answered.

    Attributes
    ----------
    choice : int or None
        Of a vote, from 0.
    ranking : tuple of int or None
        All choices, the first one first.
    place : (float, float) or None
        Guessed, on the map.
    has_drawn : bool
    """

    choice: int | None
    ranking: tuple[int, ...] | None
    place: Place | None
    has_drawn: bool


@dataclass
class Answers:
    """What the phones have answered to one activity, by the phone's number.

    Attributes
    ----------
    phase : {"open", "frozen", "revealed"}
    votes : dict of int to int
        The choice.
    rankings : dict of int to tuple of int
        All choices, the first one first.
    guesses : dict of int to (float, float)
        A place on the map.
    drawings : Drawings
    hidden : set of int
        Phones whose drawing or guess the teacher does not show.
    """

    phase: Phase = "open"
    votes: dict[int, int] = field(default_factory=dict)
    rankings: dict[int, tuple[int, ...]] = field(default_factory=dict)
    guesses: dict[int, Place] = field(default_factory=dict)
    drawings: Drawings = field(default_factory=Drawings)
    hidden: set[int] = field(default_factory=set)

    @property
    def n(self) -> int:
        """How many phones have answered."""
        return len(self.votes) + len(self.rankings) + len(self.guesses) + len(self.drawings)

    def counts(self, n_choices: int) -> tuple[int, ...]:
        """Return the votes for each choice.

        Parameters
        ----------
        n_choices : int

        Returns
        -------
        tuple of int (n_choices,)
        """
        votes = list(self.votes.values())
        return tuple(votes.count(choice) for choice in range(n_choices))

    def mean_ranks(self, n_choices: int) -> tuple[float, ...]:
        """Return the mean rank of each choice.

        Parameters
        ----------
        n_choices : int

        Returns
        -------
        tuple of float (n_choices,)
            From 1; empty until somebody has ranked them.
        """
        ranked = range(n_choices if self.rankings else 0)
        orders = self.rankings.values()
        return tuple(1 + mean(order.index(choice) for order in orders) for choice in ranked)

    def of(self, phone: int) -> Mine:
        """Return what one phone has answered.

        Parameters
        ----------
        phone : int
            Its number, whether it has answered or not.

        Returns
        -------
        Mine
        """
        return Mine(
            self.votes.get(phone),
            self.rankings.get(phone),
            self.guesses.get(phone),
            phone in self.drawings,
        )


@dataclass(frozen=True)
class View:
    """The class at one moment.

    Attributes
    ----------
    number : int
        Of the activity; grows when another begins or the answers are cleared.
    activity : Activity
    phase : {"open", "frozen", "revealed"}
    n_answers : int
    counts : tuple of int
        Votes for each choice.
    mean_ranks : tuple of float
        Of each choice, from 1 for the first; empty until somebody has ranked them.
    guesses : dict of int to (float, float)
        By the phone's number, without the hidden ones.
    hidden : frozenset of int
    ended : bool
    """

    number: int
    activity: Activity
    phase: Phase
    n_answers: int
    counts: tuple[int, ...]
    mean_ranks: tuple[float, ...]
    guesses: Mapping[int, Place]
    hidden: frozenset[int]
    ended: bool
