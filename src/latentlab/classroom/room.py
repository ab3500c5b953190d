"""The class in memory: who is in it, what it is asked, and what it has answered.

Every method may be called from any thread. Whoever wants to know of changes listens; a listener is
called in the thread that makes the change, and must only pass the word on.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence

from latentlab.classroom.activity import (
    CONSENT_CHOICES,
    YES,
    Activity,
    AnswerError,
    Answers,
    Kind,
    Mine,
    Phase,
    View,
)
from latentlab.classroom.drawings import Drawing, Place
from latentlab.images import Pixels

# A class has thirty students; a lecture hall two hundred. More phones are refused.
MOST_PHONES = 250
# Activities whose answers are kept, so that the teacher can go back; the oldest go first.
MOST_KEPT = 30
FURTHEST = 1e6  # a place on any map

Listener = Callable[[], None]


class Room:
    """One class.

    Attributes
    ----------
    code : str
        Six digits that a phone has to know.
    key : str
        A secret that the projector has to know; only the teacher's page is told.
    """

    def __init__(self) -> None:
        self.code = f"{secrets.randbelow(10**6):06d}"
        self.key = secrets.token_urlsafe(24)
        self._lock = threading.RLock()
        self._phones: dict[str, int] = {}
        self._connected: dict[int, int] = {}
        self._activity = Activity()
        self._number = 0
        self._kept: dict[Activity, tuple[int, Answers]] = {self._activity: (0, Answers())}
        self._last_drawn: Activity | None = None
        self._consent: set[int] = set()
        self._revision = 0
        self._ended = False
        self._listeners: dict[Listener, bool] = {}

    # Phones

    def admit(self, phone: str) -> int:
        """Let a phone in, and return its number: the same one whenever it comes back.

        Parameters
        ----------
        phone : str
            A random text that the phone keeps.

        Raises
        ------
        AnswerError
            If the class has ended or is full.
        """
        with self._lock:
            self._must_run()
            if phone not in self._phones and len(self._phones) >= MOST_PHONES:
                raise AnswerError(f"This class has {MOST_PHONES} phones already and takes no more.")
            return self._phones.setdefault(phone, len(self._phones) + 1)

    def connect(self, phone: int, by: int) -> None:
        """Count a phone's connections up (1) or down (-1)."""
        with self._lock:
            self._connected[phone] = self._connected.get(phone, 0) + by
            if not self._connected[phone]:
                del self._connected[phone]
        self._tell(answers=True)

    @property
    def n_connected(self) -> int:
        """How many phones are connected now."""
        return len(self._connected)

    def vote(self, phone: int, number: int, choice: int) -> None:
        """Take a phone's vote; another one replaces it, until the votes are shown.

        Raises
        ------
        AnswerError
            If nobody is asked this, any more or yet, or there is no such choice.
        """
        with self._lock:
            answers = self._open(number, "vote", "consent")
            if not 0 <= choice < len(self._activity.choices):
                raise AnswerError("There is no such choice.")
            answers.votes[phone] = choice
            if self._activity.kind == "consent":
                (self._consent.add if choice == YES else self._consent.discard)(phone)
        self._tell(answers=True)

    def rank(self, phone: int, number: int, order: Sequence[int]) -> None:
        """Take a phone's ranking of all choices, the first one first; another one replaces it."""
        with self._lock:
            answers = self._open(number, "rank")
            if sorted(order) != list(range(len(self._activity.choices))):
                raise AnswerError("A ranking has every choice once.")
            answers.rankings[phone] = tuple(order)
        self._tell(answers=True)

    def guess(self, phone: int, number: int, place: Place) -> None:
        """Take the place that a phone guesses, in map units; refused and replaced as a vote is."""
        with self._lock:
            answers = self._open(number, "guess")
            if not all(abs(value) <= FURTHEST for value in place):  # false for no number, too
                raise AnswerError("This place is not on the map.")
            answers.guesses[phone] = place
        self._tell(answers=True)

    def draw(self, phone: int, number: int, pixels: Pixels) -> None:
        """Take a phone's drawing; a later one replaces it, and gives up its right to be saved."""
        with self._lock:
            self._open(number, "draw").drawings.take(phone, pixels)
            self._consent.discard(phone)
        self._tell(answers=True)

    def mine(self, phone: int) -> Mine:
        """Return what a phone has answered to the present activity."""
        with self._lock:
            return self._answers.of(phone)

    # The teacher

    def pose(self, activity: Activity) -> None:
        """Ask the class something; what it was asked before comes back with its answers."""
        with self._lock:
            self._must_run()
            if activity == self._activity:
                return
            self._number += 1
            _, answers = self._kept.pop(activity, (0, Answers()))
            self._kept[activity] = (self._number, answers)
            self._activity = activity
            if activity.kind == "draw":
                if activity != self._last_drawn:
                    self._consent.clear()
                self._last_drawn = activity
            while len(self._kept) > MOST_KEPT:
                oldest = next(each for each in self._kept if each != self._last_drawn)
                del self._kept[oldest]
        self._tell()

    def ask_for_consent(self) -> None:
        """Ask every phone whether its drawing may be saved."""
        prompt = "May your teacher save the drawings of this class?"
        with self._lock:
            self._kept.pop(Activity("consent", prompt, CONSENT_CHOICES), None)
            self._consent.clear()
        self.pose(Activity("consent", prompt, CONSENT_CHOICES))

    def set_phase(self, phase: Phase) -> None:
        """Open the present activity, freeze it, or show its answers."""
        with self._lock:
            self._answers.phase = phase
        self._tell()

    def clear(self) -> None:
        """Forget the answers to the present activity, and ask again."""
        with self._lock:
            self._number += 1
            self._kept[self._activity] = (self._number, Answers())
            if self._activity.kind in ("draw", "consent"):
                self._consent.clear()
        self._tell()

    def hide(self, phone: int, *, hidden: bool = True) -> None:
        """Hide a phone's drawing or guess, or show it again."""
        with self._lock:
            (self._answers.hidden.add if hidden else self._answers.hidden.discard)(phone)
        self._tell()

    def view(self) -> View:
        """Return the class at this moment."""
        with self._lock:
            answers, activity = self._answers, self._activity
            n_choices = len(activity.choices)
            return View(
                number=self._number,
                activity=activity,
                phase=answers.phase,
                n_answers=answers.n,
                counts=answers.counts(n_choices),
                mean_ranks=answers.mean_ranks(n_choices),
                guesses={k: v for k, v in answers.guesses.items() if k not in answers.hidden},
                hidden=frozenset(answers.hidden),
                ended=self._ended,
            )

    def to_save(self) -> list[Pixels]:
        """Return the last drawings that may be saved and are not hidden, in a random order."""
        with self._lock:
            if self._last_drawn is None:
                return []
            answers = self._kept[self._last_drawn][1]
            found = [
                drawing.pixels
                for phone, drawing in answers.drawings.placed().items()
                if phone in self._consent - answers.hidden
            ]
        secrets.SystemRandom().shuffle(found)
        return found

    @property
    def last_drawn(self) -> Activity | None:
        """The last activity in which the class drew."""
        return self._last_drawn

    # The network

    def waiting(self) -> dict[int, Drawing]:
        """Return the drawings of the present activity that the network has not seen yet."""
        with self._lock:
            return self._answers.drawings.waiting()

    def landed(self, number: int, seen: Mapping[int, Drawing]) -> None:
        """Take what the network made of drawings of an activity; see `Drawings.landed`."""
        with self._lock:
            if number == self._number:
                self._answers.drawings.landed(seen)
        self._tell(answers=True)

    def placed(self, after: int = -1) -> dict[int, Drawing]:
        """Return the drawings of the present activity that have a place, and are newer."""
        with self._lock:
            return self._answers.drawings.placed(after)

    # Those who look on

    def listen(self, listener: Listener, *, answers: bool) -> Callable[[], None]:
        """Call somebody after each change; return what ends that.

        Parameters
        ----------
        listener : callable
        answers : bool
            Whether to call also when only an answer came.
        """
        with self._lock:
            self._listeners[listener] = answers

        def stop() -> None:
            with self._lock:
                self._listeners.pop(listener, None)

        return stop

    def end(self) -> None:
        """Forget everything and tell everybody."""
        with self._lock:
            self._ended = True
            self._number += 1
            self._activity = Activity()
            self._kept = {self._activity: (self._number, Answers())}
            self._last_drawn = None
            self._phones.clear()
            self._consent.clear()
        self._tell()

    @property
    def _answers(self) -> Answers:
        return self._kept[self._activity][1]

    def _open(self, number: int, *kinds: Kind) -> Answers:
        self._must_run()
        if number != self._number or self._activity.kind not in kinds:
            raise AnswerError("The class has moved on; here is the present question.")
        if self._answers.phase != "open":
            raise AnswerError("Your teacher has closed this question.")
        return self._answers

    def _must_run(self) -> None:
        if self._ended:
            raise AnswerError("This class has ended.")

    def _tell(self, *, answers: bool = False) -> None:
        with self._lock:
            told = [each for each, hears in self._listeners.items() if hears or not answers]
        for listener in told:
            listener()
