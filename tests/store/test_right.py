"""The right to be the only one: one of two has it, who was refused rests before they ask again, and what was taken over is noticed."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from nova.errors import ServerAbsent
from nova.jobs.right import ExclusiveRight
from nova.store.postgres import holder
from nova.store.postgres.db import Database
from nova.store.postgres.holder import hold

NUMBER, NEVER_AGAIN_S = 73_000_001, 3600.0


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def right(database: Database, opened: ExitStack, again_s: float) -> ExclusiveRight:
    return opened.enter_context(closing(ExclusiveRight(database, NUMBER, again_s)))


def test_one_of_two_has_it_and_the_other_asks_again_after_a_rest(database: Database, opened: ExitStack) -> None:
    first, eager, patient = (right(database, opened, again_s) for again_s in (0.0, 0.0, NEVER_AGAIN_S))
    assert [one.held() for one in (first, eager, patient, first)] == [True, False, False, True]
    first.close()
    assert [patient.held(), eager.held()] == [False, True]


def test_what_another_took_over_is_noticed_and_asked_for_again(
    database: Database, opened: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holder, "PATIENCE", 0.0)
    mine = right(database, opened, 0.0)
    assert mine.held()
    assert mine._hold is not None and mine._hold._connection is not None
    mine._hold._connection.close()  # as where the database ends it
    other = hold(database, NUMBER, 5.0)
    assert other is not None
    with closing(other):
        with pytest.raises(ServerAbsent):
            mine.confirm()
        assert not mine.held()
    assert mine.held()
