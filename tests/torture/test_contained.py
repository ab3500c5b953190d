"""The attempts of ``trial_contained.py``, a few of each, on a running app."""

import asyncio

import trial_contained as trial
from serving import Server


def test_strangers_are_refused(small_server: Server):
    assert asyncio.run(trial.strangers_let_in(small_server.url)) == []


def test_nobody_clears_or_changes_what_others_see(small_server: Server):
    messages = trial.foreign_kinds()
    assert messages[0].WhichOneof("type") == "clear_cache"
    assert asyncio.run(trial.cleared_for_others(small_server.url, messages[:1])) == []


def test_uploads_are_seen_by_their_owner_alone(small_server: Server):
    assert asyncio.run(trial.uploads_seen_by_others(small_server.url, 1)) == []


def test_names_are_shown_as_they_are_written(small_server: Server):
    assert asyncio.run(trial.rendered_as_markup(small_server.url, trial.HOSTILE[:3])) == []


def test_no_address_gives_a_file_away_and_nothing_leaves_the_machine(small_server: Server):
    with trial.connections(small_server.process.pid) as outside:
        assert trial.files_read(small_server.url) == []
    assert outside == set()
