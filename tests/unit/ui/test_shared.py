"""Values made once and shared."""

import threading
import time

import pytest

from latentlab.ui.shell.shared import SharedCache


def test_a_value_is_made_once():
    made = []
    shelf = SharedCache[str](2)
    for _ in range(3):
        assert shelf.get("key", lambda: made.append(1) or "value") == "value"
    assert made == [1]


def test_nothing_is_a_value_too():
    made = []
    shelf = SharedCache[None](1)
    for _ in range(2):
        assert shelf.get("key", lambda: made.append(1)) is None
    assert made == [1]


def test_the_least_recently_used_goes():
    shelf = SharedCache[int](2)
    for key in (1, 2, 1, 3):
        shelf.get(key, lambda key=key: key)
    assert shelf.get(1, lambda: -1) == 1
    assert shelf.get(2, lambda: -1) == -1


def test_an_error_is_not_kept():
    shelf = SharedCache[int](1)

    def fail() -> int:
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        shelf.get("key", fail)
    assert shelf.get("key", lambda: 4) == 4


def test_who_asks_meanwhile_waits():
    shelf, made, found = SharedCache[int](4), [], []

    def slowly() -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    threads = [
        threading.Thread(target=lambda: found.append(shelf.get("key", slowly))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 8


def test_forgotten_values_are_made_again():
    shelf = SharedCache[int](1)
    shelf.get("key", lambda: 1)
    shelf.clear()
    assert shelf.get("key", lambda: 2) == 2
