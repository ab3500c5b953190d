"""The same again, once; every kind of network is in ``trial_same``."""

from __future__ import annotations

import datetime

import pytest
import trial_same

from latentlab.errors import TrainingError
from latentlab.training.reporting import fixed_time


@pytest.mark.timeout(300)  # it imports torch anew
def test_two_processes_write_the_same_files_to_the_last_byte(tmp_path):
    flags = "--hidden 16 --projections pca --epochs 2 --n-images 64 --index-size 100 --threads 1"
    one, two = (
        trial_same.hashes(trial_same.train(tmp_path / name, *flags.split()))
        for name in ("one", "two")
    )
    assert len(one) == 6
    assert trial_same.different(one, two) == []
    assert trial_same.different(one, {**two, "samples.png": "0", "more": "1"}) == [
        "more",
        "samples.png",
    ]


def test_a_fixed_time_is_asked_for_or_refused_in_a_sentence(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert fixed_time() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "60")
    assert fixed_time() == datetime.datetime(1970, 1, 1, 0, 1, tzinfo=datetime.UTC)
    for wrong in ("soon", "", "1e400", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(TrainingError, match=r"^SOURCE_DATE_EPOCH is .*\.$"):
            fixed_time()
