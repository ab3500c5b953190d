"""The Training page's conversation: who may do what, what is sent, what a browser may say."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from tests.tiny import write_tiny

from latentlab.checkpoints import SPLIT_CODES, Checkpoint, checkpoints_root, open_checkpoint
from latentlab.export.message import pack, unpack
from latentlab.jobs import manager, training
from latentlab.jobs.folder import STATUS, Job, Status, write_status
from latentlab.jobs.recipe import Recipe
from latentlab.jobs.stage_files import FOLDER, OPENING
from latentlab.ui.shell import cache, state
from latentlab.ui.training import lookout, orders, replay, rights, sending, stored


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """One visitor, who sits at the machine."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(state, "remember", kept.__setitem__)
    monkeypatch.setattr(state, "recall", kept.get)
    monkeypatch.setattr(state, "holds", lambda key, value: kept.get(key) == value)
    monkeypatch.setattr(state, "is_at_the_machine", lambda: True)
    monkeypatch.delenv(rights.CLASS_VARIABLE, raising=False)
    lookout.look_again()
    return kept


@pytest.fixture
def shipped() -> Checkpoint:
    return open_checkpoint(checkpoints_root() / "digits-ae-z2")


def job(runs: Path, name: str, status: Status, n_stages: int = 0) -> training.Training:
    """Write the folder of a training that nobody works on any more."""
    folder = manager.place(runs, "training") / name
    (folder / FOLDER).mkdir(parents=True)
    write_status(folder, status)
    (folder / OPENING).write_bytes(pack({"id": f"opening {name}"}, {}))
    for number in range(n_stages):
        message = pack({"number": number, "step": number}, {})
        (folder / FOLDER / f"{number:06}-{number:08}.llm").write_bytes(message)
    assert (folder / STATUS).exists()
    return training.Training(Job(folder))


def said(order: str, **more: object) -> dict[str, object]:
    return {"turn": "1", "order": order, **more}


def parts(message: bytes) -> list[str]:
    return list(unpack(message)[1])


def test_a_checkpoint_is_replayed_as_a_live_training_is_watched(shipped):
    opening, stages = replay.messages(shipped)
    header, arrays = unpack(opening)
    timeline, index = shipped.timeline(), shipped.index()
    assert header["n_steps"] == timeline.steps[-1]
    assert (index.splits[header["rows"]] == SPLIT_CODES["test"]).all()
    assert arrays["shown"].shape[0] == len(header["rows"]) == replay.N_SHOWN
    assert len(stages) == len(timeline.steps)
    for (_, message), step, latents in zip(stages, timeline.steps, timeline.latents, strict=True):
        stage, found = unpack(message)
        assert stage["step"] == step
        np.testing.assert_allclose(found["latents"], latents, atol=1e-2)
    last, found = unpack(stages[-1][1])
    assert last["history"].count("reconstruction") == 1
    assert len(found["history"]) == len(shipped.history())
    # The last stage decodes as the network itself does.
    networks = cache.networks(shipped)
    scale = np.repeat(found["scale"], 64)[: len(found["weights"])]
    weights = (found["weights"].astype(np.float32) - 128) * scale
    np.testing.assert_allclose(weights, networks.decoder.weights, atol=scale.max())


def test_what_is_known_is_not_sent_again(tmp_path):
    runs = tmp_path / "runs"
    one = job(runs, "one", Status("done"), n_stages=3)
    sending.wants({"runs": [["one", -1], ["other", -1]]})
    assert sending.sent() == {}
    [message] = sending.messages(runs)
    assert sending.sent() == {"one": 2}
    assert sorted(parts(message)) == ["opening", "stage 0", "stage 1", "stage 2"]
    assert sending.messages(runs) == [message]  # the same bytes: Streamlit sends nothing
    new = one.job.folder / FOLDER / "000003-00000003.llm"
    new.write_bytes(pack({"number": 3}, {}))
    [message] = sending.messages(runs)
    assert parts(message) == ["stage 3"]
    sending.wants({"runs": [["one", 2]]})  # the browser says what it has
    assert parts(sending.messages(runs)[0]) == ["stage 3"]


def test_who_comes_late_is_sent_the_last_stage_and_some_of_the_others(tmp_path):
    runs = tmp_path / "runs"
    job(runs, "long", Status("done"), n_stages=300)
    sending.wants({"runs": [["long", -1]]})
    names = parts(sending.messages(runs)[0])
    assert len(names) == sending.MOST_AT_ONCE + 1
    assert {"stage 0", "stage 299", "opening"} <= set(names)


def test_what_is_new_is_looked_up_once_for_all_who_watch(tmp_path, monkeypatch):
    runs, looked = tmp_path / "runs", []
    job(runs, "one", Status("done", latest=2), n_stages=3)
    listed = training.Training.stages

    def counted(self, since=-1):
        looked.append(since)
        return listed(self, since)

    monkeypatch.setattr(training.Training, "stages", counted)
    found = [sending.news(runs, "one", -1) for _ in range(30)]
    assert {id(each) for each in found} == {id(found[0])}
    number, message = found[0]
    assert number == 2
    assert parts(message) == ["stage 0", "stage 1", "stage 2", "opening"]
    assert sending.news(runs, "one", 2) is None  # nobody who has the newest makes it look again
    assert looked == [-1]


@pytest.mark.parametrize(
    "nonsense",
    [None, 3, {}, {"runs": 1}, {"runs": [1, ["a"], ["a", "b"], [1, 2], ["x" * 999, 1]]}],
)
def test_nonsense_is_sent_nothing(tmp_path, nonsense):
    sending.wants(nonsense)
    assert sending.messages(tmp_path) == []
    sending.wants({"runs": [["../../etc", -1], ["nobody", -1], ["one too many", -1]]})
    assert sending.messages(tmp_path) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("images", None),
        ("latent_dim", "2"),
        ("latent_dim", True),
        ("beta", float("nan")),
        ("learning_rate", None),
        ("seed", 1.5),
        ("epochs", "many"),
    ],
)
def test_a_field_that_is_no_number_is_refused_by_name(tmp_path, field, value):
    orders.obey(said("start", recipe={**asdict(Recipe()), field: value}), tmp_path)
    assert field.replace("_", " ") in str(orders.answer()["problem"])
    orders.obey(said("start", recipe=None), tmp_path)
    assert orders.answer()["problem"]


def test_an_impossible_recipe_is_refused_with_the_reason(tmp_path):
    orders.obey(said("start", recipe={**asdict(Recipe()), "images": "nothing"}), tmp_path)
    assert "nothing" in str(orders.answer()["problem"])
    assert not (tmp_path / "jobs").exists()


def test_only_who_may_train_is_obeyed(tmp_path, monkeypatch, session):
    runs = tmp_path / "runs"
    one = job(runs, "one", Status("done"))
    monkeypatch.setattr(state, "is_at_the_machine", lambda: False)
    for order in ("start", "recipe", "stop", "discard", "keep"):
        orders.obey(said(order, run="one", recipe=asdict(Recipe())), runs)
        assert orders.answer()["problem"] == rights.NOT_HERE
    monkeypatch.setenv(rights.CLASS_VARIABLE, "1")  # now everybody may, each their own
    orders.obey(said("discard", run="one"), runs)
    assert orders.answer()["problem"] == orders.NOT_YOURS
    rights.note_started(one)
    orders.obey(said("discard", run="one"), runs)
    assert "problem" not in orders.answer()
    assert not one.job.folder.exists()


def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path):
    runs = tmp_path / "runs"
    job(runs, "one", Status("done"))
    orders.obey(said("pause", run="one"), runs)
    assert "ended already" in str(orders.answer()["problem"])
    orders.obey(said("keep", run="one", name=""), runs)
    assert "Only a finished training" in str(orders.answer()["problem"])
    orders.obey(said("stop", run="another"), runs)
    assert "not there any more" in str(orders.answer()["problem"])
    orders.obey(said("fly", run="one"), runs)
    assert "problem" not in orders.answer()


def test_trainings_are_looked_up_once_for_all(tmp_path, monkeypatch):
    runs = tmp_path / "runs"
    job(runs, "one", Status("running"))
    looks = []
    found = training.all_trainings
    monkeypatch.setattr(lookout.time, "monotonic", lambda: 100.0)
    monkeypatch.setattr(training, "all_trainings", lambda runs: looks.append(1) or found(runs))
    for _ in range(5):
        [seen] = lookout.look(runs)
    assert seen.status.state == "interrupted"  # nobody holds its lock
    assert len(looks) == 1
    lookout.look_again()
    lookout.look(runs)
    assert len(looks) == 2


def test_runs_are_offered_in_the_picker_s_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for size in (1, 2, 16):
        write_tiny(tmp_path, f"a-z{size}", model="ae", latent_dim=size)
    write_tiny(tmp_path, "b-other", latent_dim=2)
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path))
    monkeypatch.setattr(replay, "has_stages", lambda checkpoint: True)
    cache.forget()
    found = stored.offered()
    assert [each["run"] for each in found] == ["b-other", "a-z1", "a-z2", "a-z16"]
    groups = [each["group"] for each in found]
    assert groups[0].startswith("Handwritten digits")
    assert groups[1].startswith("a: Autoencoder, z = 1 to 16")
    assert groups[1] == groups[2] == groups[3]
