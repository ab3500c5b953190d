"""A class in memory: who answers counts once, what is closed stays closed, the end forgets."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from latentlab import classroom
from latentlab.classroom import room as rooms
from latentlab.classroom.activity import Activity, AnswerError
from latentlab.classroom.room import Room
from latentlab.classroom.said import Draw, Vote, heard

RANK = Activity("rank", "Most alike first", ("a", "b", "c"))
VOTE = Activity("vote", "Is it?", ("Yes", "No"), answer=1)
DRAW = Activity("draw", "Everyone draws: 7", shape=(2, 2, 1))
PIXELS = np.zeros((2, 2, 1), np.uint8)
NAME = "0123456789abcdef"


@pytest.fixture
def room() -> Room:
    return Room()


def land(room: Room, *phones: int) -> None:
    drawn = {k: v for k, v in room.waiting().items() if not phones or k in phones}
    seen = {
        phone: replace(drawing, latent=np.zeros(2, np.float32), place=(1.0, 2.0))
        for phone, drawing in drawn.items()
    }
    room.landed(room.view().number, seen)


def test_one_phone_has_one_vote_however_often_it_votes_or_comes_back(room):
    phone = room.admit(NAME)
    room.pose(VOTE)
    number = room.view().number
    for choice in (0, 1, 1, 0, 1):
        room.vote(phone, number, choice)
    assert room.admit(NAME) == phone
    room.vote(room.admit(NAME), number, 1)
    assert room.view().counts == (0, 1)
    assert room.mine(phone).choice == 1


def test_rankings_of_a_class_are_averaged_and_each_names_every_choice_once(room):
    first, second = room.admit(NAME), room.admit(NAME[::-1])
    room.pose(RANK)
    number = room.view().number
    assert room.view().mean_ranks == ()
    room.rank(first, number, (0, 1, 2))
    room.rank(first, number, (2, 0, 1))  # the later one counts
    room.rank(second, number, (0, 2, 1))
    assert room.view().mean_ranks == (1.5, 3.0, 1.5)
    assert room.view().n_answers == 2
    assert room.mine(first).ranking == (2, 0, 1)
    for order in ((0, 1), (0, 1, 1), (1, 2, 3), ()):
        with pytest.raises(AnswerError, match="every choice once"):
            room.rank(first, number, order)
    with pytest.raises(AnswerError, match="moved on"):
        room.vote(first, number, 0)
    room.clear()
    assert room.view().mean_ranks == ()


def test_what_is_closed_or_over_takes_no_answer(room):
    phone = room.admit(NAME)
    room.pose(VOTE)
    number = room.view().number
    for phase in ("frozen", "revealed"):
        room.set_phase(phase)
        with pytest.raises(AnswerError, match="closed"):
            room.vote(phone, number, 0)
    room.set_phase("open")
    with pytest.raises(AnswerError, match="no such choice"):
        room.vote(phone, number, 2)
    with pytest.raises(AnswerError, match="moved on"):
        room.guess(phone, number, (0.0, 0.0))
    room.pose(DRAW)
    with pytest.raises(AnswerError, match="moved on"):
        room.vote(phone, number, 0)
    assert room.view().n_answers == 0


def test_going_back_brings_the_votes_back_and_clearing_does_not(room):
    phone = room.admit(NAME)
    room.pose(VOTE)
    room.vote(phone, room.view().number, 1)
    room.set_phase("revealed")
    room.pose(Activity())
    before = room.view().number
    room.pose(VOTE)
    assert room.view().number > before
    assert room.view().counts == (0, 1)
    assert room.view().phase == "revealed"
    room.clear()
    assert room.view().counts == (0, 0)
    assert room.view().phase == "open"


def test_the_same_question_again_changes_nothing(room):
    room.pose(VOTE)
    number = room.view().number
    room.pose(replace(VOTE))
    assert room.view().number == number


def test_ten_thousand_drawings_of_one_phone_are_one(room):
    phone = room.admit(NAME)
    room.pose(DRAW)
    number = room.view().number
    for level in range(10_000):
        room.draw(phone, number, np.full((2, 2, 1), level % 256, np.uint8))
    assert len(room.waiting()) == 1
    assert room.view().n_answers == 1


def test_a_drawing_that_changes_while_it_is_encoded_waits_again_in_its_new_place(room):
    phone = room.admit(NAME)
    room.pose(DRAW)
    number = room.view().number
    room.draw(phone, number, PIXELS)
    old = room.waiting()
    room.draw(phone, number, PIXELS + 1)
    seen = replace(old[phone], latent=np.zeros(2, np.float32), place=(3.0, 4.0))
    room.landed(number, {phone: seen})
    assert room.waiting()[phone].place == (3.0, 4.0)
    assert room.placed()[phone].pixels.max() == 1
    room.landed(number - 1, {phone: seen})  # of a question that is over
    assert room.waiting()


def test_only_newer_drawings_are_told_again(room):
    first, second = room.admit(NAME), room.admit(NAME[::-1])
    room.pose(DRAW)
    for phone in (first, second):
        room.draw(phone, room.view().number, PIXELS)
    land(room)
    told = max(drawing.revision for drawing in room.placed().values())
    assert room.placed(after=told) == {}
    room.draw(second, room.view().number, PIXELS + 1)
    assert list(room.placed(after=told)) == [second]


def test_only_drawings_of_those_who_agree_and_are_shown_are_saved(room):
    phones = [room.admit(f"{NAME}{n}") for n in range(4)]
    room.pose(DRAW)
    for phone in phones:
        room.draw(phone, room.view().number, PIXELS + phone)
    land(room)
    assert room.to_save() == []
    room.hide(phones[2])
    room.ask_for_consent()
    for phone in phones[:3]:
        room.vote(phone, room.view().number, 0)
    room.vote(phones[1], room.view().number, 1)
    assert [int(pixels.max()) for pixels in room.to_save()] == [phones[0]]
    room.pose(DRAW)
    room.draw(phones[0], room.view().number, PIXELS)
    assert room.to_save() == []  # the new drawing was not asked about
    room.ask_for_consent()
    room.vote(phones[3], room.view().number, 0)
    assert len(room.to_save()) == 1
    room.pose(replace(DRAW, prompt="Another"))
    assert room.to_save() == []


def test_the_end_forgets_everything_and_lets_nobody_in():
    room = classroom.start()
    assert classroom.start() is room
    phone = room.admit(NAME)
    room.pose(VOTE)
    room.vote(phone, room.view().number, 0)
    heard_of = []
    room.listen(lambda: heard_of.append(room.view().ended), answers=False)
    classroom.end()
    assert classroom.current() is None
    assert heard_of == [True]
    assert room.view().counts == ()
    assert not room._phones
    assert not room.placed()
    with pytest.raises(AnswerError, match="ended"):
        room.admit(NAME)
    with pytest.raises(AnswerError, match="ended"):
        room.vote(phone, room.view().number, 0)
    assert classroom.start().code != room.code or classroom.start().key != room.key
    classroom.end()


def test_phones_and_old_answers_are_bounded(room, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_PHONES", 2)
    monkeypatch.setattr(rooms, "MOST_KEPT", 3)
    for n in range(2):
        room.admit(f"{NAME}{n}")
    with pytest.raises(AnswerError, match="takes no more"):
        room.admit(NAME)
    room.pose(DRAW)
    for n in range(10):
        room.pose(replace(VOTE, prompt=f"Question {n}"))
    assert len(room._kept) == 3
    assert DRAW in room._kept  # until its drawings are saved or the class ends


def test_listeners_hear_of_answers_only_if_they_want_to(room):
    phone, phones, projector = room.admit(NAME), [], []
    room.pose(VOTE)
    room.listen(lambda: phones.append(1), answers=False)
    stop = room.listen(lambda: projector.append(1), answers=True)
    room.vote(phone, room.view().number, 0)
    assert (len(phones), len(projector)) == (0, 1)
    room.set_phase("revealed")
    stop()
    room.set_phase("open")
    assert (len(phones), len(projector)) == (2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "x" * 100_000,
        '{"kind": "vote"}',
        '{"kind": "teacher", "turn": 1}',
        '{"kind": "vote", "turn": 1, "number": 1, "choice": -1}',
        '{"kind": "vote", "turn": 1, "number": 1, "choice": 0, "name": "<b>"}',
        '{"kind": "guess", "turn": 1, "number": 1, "x": 1e999, "y": 0}',
        '{"kind": "hello", "code": "000000", "phone": "<script>alert(1)</script>"}',
        json.dumps({"kind": "draw", "turn": 1, "number": 1, "pixels": "A" * 70_001}),
    ],
)
def test_what_no_phone_of_ours_says_is_refused_in_a_sentence(text):
    with pytest.raises(AnswerError) as refusal:
        heard(text)
    assert "<" not in str(refusal.value)


def test_a_drawing_has_exactly_the_networks_size():
    said = heard('{"kind": "draw", "turn": 1, "number": 1, "pixels": "AAECAw=="}')
    assert isinstance(said, Draw)
    assert said.decoded((2, 2, 1)).ravel().tolist() == [0, 1, 2, 3]
    for shape in ((28, 28, 1), ()):
        with pytest.raises(AnswerError, match="did not arrive whole"):
            said.decoded(shape)
    assert isinstance(heard('{"kind":"vote","turn":1,"number":2,"choice":0}'), Vote)
