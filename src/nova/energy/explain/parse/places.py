"""Places in a text, and whether one is still free."""

from collections.abc import Sequence

Place = tuple[int, int]  # from, to (excluded)


def is_free(place: Place, taken: Sequence[Place]) -> bool:
    """Whether nothing that is taken overlaps it."""
    start, end = place
    return all(end <= left or right <= start for left, right in taken)


def is_inside(place: Place, other: Place) -> bool:
    """Whether it lies within another one and is not the same."""
    return place != other and other[0] <= place[0] and place[1] <= other[1]
