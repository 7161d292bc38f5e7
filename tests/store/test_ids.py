"""UUIDs of version 7: layout, order, uniqueness across threads, and a clock that is set back."""

import threading
import time
from uuid import UUID

import pytest

from nova.store import ids


def test_the_fields_are_those_of_rfc_9562(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_CLOCK", ids._Clock())  # one that has seen no other test set the time
    before = time.time_ns() // 1_000_000
    made = ids.uuid7()
    after = time.time_ns() // 1_000_000
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before <= made.int >> 80 <= after


def test_each_is_greater_than_the_one_before() -> None:
    made = [ids.uuid7() for _ in range(5000)]
    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_threads_never_make_the_same() -> None:
    made: list[UUID] = []
    threads = [threading.Thread(target=lambda: made.extend(ids.uuid7() for _ in range(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000
    assert len({one.int >> 64 for one in made}) == 8000


def test_a_clock_that_is_set_back_does_not_disturb_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ids.uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    assert ids.uuid7() > first
