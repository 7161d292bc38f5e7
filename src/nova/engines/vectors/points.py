"""What the engines of the search index share: a point's payload fields, vectors checked beforehand, and what a server may refuse."""

import math
from collections.abc import Sequence

from nova.errors import ServerAbsent
from nova.records import Point, Scope, SparseVector

LEXICAL = "lexical"
DENSE = "dense"
COMPANY = ""  # the owner field of what belongs to everybody
OPEN_END = 253402300800000  # valid_to of current points: the first millisecond of the year 10000
LAYOUT = 2
KEYWORDS = ("owner", "kind", "tags", "item_id")
TIMES = ("valid_from", "valid_to")


class Refused(ServerAbsent):
    """A person has to change something: the key, the address, the server's version or the collection's name."""


class NoCollection(ServerAbsent):
    """The collection is not there (any more)."""


def payload(point: Point) -> dict[str, str | int | list[str]]:
    """The fields that searches filter by."""
    return {
        "owner": COMPANY if point.owner is None else str(point.owner),
        "kind": point.kind,
        "tags": list(point.tags),
        "item_id": str(point.item_id),
        "valid_from": point.valid_from,
        "valid_to": OPEN_END if point.valid_to is None else point.valid_to,
    }


def keywords(scope: Scope) -> dict[str, list[str]]:
    """What the keyword fields of a point inside a scope hold: each of them one of these."""
    wanted = {
        "owner": [COMPANY] if scope.owner is None else [COMPANY, str(scope.owner)],
        "kind": list(scope.kinds),
        "tags": list(scope.tags),
        "item_id": [str(item_id) for item_id in scope.items],
    }
    return {field: values for field, values in wanted.items() if values}


def checked_sparse(vector: SparseVector) -> tuple[list[int], list[float]]:
    """Ids and weights; ValueError for a crooked vector."""
    indices, values = list(vector.indices), list(vector.values)
    if len(indices) != len(values) or len(set(indices)) != len(indices) or not math.isfinite(sum(values)):
        raise ValueError("a sparse vector needs unique ids and as many finite weights")
    return indices, values


def checked_dense(vector: Sequence[float]) -> list[float]:
    """The values; ValueError for what is no direction."""
    values = list(vector)
    if not math.isfinite(sum(values)) or not any(values):
        raise ValueError("a dense vector needs finite values that are not all zero")
    return values
