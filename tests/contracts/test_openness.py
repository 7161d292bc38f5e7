"""What the index remembers of whether everybody may see every point: never more than is sure, whatever comes while somebody counts."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from nova.engines.vectors.open import Openness
from nova.records import Point, SparseVector

OPEN = Point(UUID(int=1), UUID(int=2), SparseVector((1,), (1.0,)), "document", (), None, 1, None)
OWNED = replace(OPEN, owner=UUID(int=3))
ENDED = replace(OPEN, valid_to=2)


class Shard:
    """Counts, and what happens while it does so."""

    def __init__(self) -> None:
        self.changes = self.counted = 0
        self.points: list[Point] = []
        self.meanwhile: Callable[[], None] = lambda: None
        self.known = Openness()

    def bring(self, *points: Point) -> None:
        """What an index does: note the change, then change."""
        with self.known.bringing(points):
            self.changes += 1
            self.points += points

    def take(self, point: Point) -> None:
        """A point goes."""
        self.changes += 1
        self.points.remove(point)

    def equal(self) -> bool:
        """Count the open ones, then all of them."""
        self.counted += 1
        visible = sum(point.owner is None and point.valid_to is None for point in self.points)
        self.meanwhile()
        return visible == len(self.points)

    def all_open(self) -> bool:
        """Ask."""
        return self.known.all(lambda: self.changes, self.equal)


def test_what_is_open_stays_so_without_another_look() -> None:
    shard = Shard()
    shard.bring(OPEN)
    assert shard.all_open()
    shard.bring(OPEN, OPEN)
    shard.take(OPEN)
    assert shard.all_open()
    assert shard.counted == 1


@pytest.mark.parametrize("closed", [OWNED, ENDED])
def test_one_point_that_is_not_open_shuts_until_it_is_gone(closed: Point) -> None:
    shard = Shard()
    shard.bring(OPEN)
    assert shard.all_open()
    shard.bring(OPEN, closed)
    assert not shard.all_open()
    assert not shard.all_open()
    assert shard.counted == 2
    shard.take(closed)
    assert shard.all_open()


def test_a_look_while_such_a_point_comes_tells_nothing() -> None:
    shard = Shard()
    with shard.known.bringing([OWNED]):
        shard.changes += 1
        assert not shard.all_open()
        shard.points.append(OWNED)
    assert not shard.all_open()


@pytest.mark.parametrize("comes", [OPEN, OWNED])
def test_what_changes_during_a_look_makes_it_void(comes: Point) -> None:
    shard = Shard()
    shard.bring(OPEN)

    def change() -> None:
        shard.bring(comes)
        shard.take(OPEN)  # so that the numbers agree

    shard.meanwhile = change
    assert not shard.all_open()
    shard.meanwhile = lambda: None
    assert shard.all_open() is (comes is OPEN)


def test_a_search_can_tell_that_such_a_point_came_meanwhile() -> None:
    shard = Shard()
    before = shard.known.closed
    shard.bring(OPEN)
    assert shard.known.closed == before
    shard.bring(OWNED)
    assert shard.known.closed > before
