"""Rows in, which of them say what another says, and which must stay together, out.

A row is text by column (`id, kind, source, question, answer, person, session, template`). What says the same is found first; what is left
is one group where somebody, a session, a template or a question is the same, or where one row would give the other away.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nova.language.fold import fold
from nova.training.leaks import find_leaks

SAME = ("verbatim", "near")
ORDER = ("curated", "preference", "review", "answer", "conversation", "document", "regulation")
SHARED = ("person", "session", "template")
ROUNDS, MANY = 6, 5
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Twin:
    """A row that says what another (`kept`) says: "verbatim", or "near" where a few letters or words differ; `score` 0 to 1."""

    id: str
    kept: str
    kind: str
    score: float


def twins(rows: Sequence[Row]) -> list[Twin]:
    """Rows to leave out, each for one that stays. What editors stand for stays before what only was answered, then the smallest id."""
    place = {row["id"]: (_rank(row), row["id"]) for row in rows}
    found = _same(rows, place)
    gone: dict[str, Twin] = {}
    for id_ in sorted(found, key=lambda one: place[one]):
        there = [one for one in found[id_] if one.kept not in gone]
        if there:
            gone[id_] = min(there, key=lambda one: place[one.kept])
    return list(gone.values())


def _same(rows: Sequence[Row], place: Mapping[str, tuple[int, str]]) -> dict[str, list[Twin]]:
    """By row those of the same kind that say the same and come before it."""
    found: dict[str, list[Twin]] = {}
    for kind in sorted({row["kind"] for row in rows}):
        some = [_bare(row) for row in rows if row["kind"] == kind]
        for one, other, how, score in _pairs(some, some):
            if how in SAME and place[one] < place[other]:
                found.setdefault(other, []).append(Twin(other, one, how, score))
    return found


def _pairs(some: Sequence[Row], others: Sequence[Row]) -> Iterator[tuple[str, str, str, float]]:
    """Ids of rows, the second of which gives the first away or is given away by it, in which way, and how sure that is."""
    if some and others:
        for one in find_leaks(some, others).pairs:
            if one.train is not None and one.test is not None:
                yield one.train, one.test, one.kind, one.score


def given_away(rows: Sequence[Row], sets: Sequence[Row]) -> set[str]:
    """Ids of rows that give away a row of `sets`, or ask what it asks, whatever they answer."""
    questions = {fold(row["question"]) for row in sets}
    asked = [{"id": f"set:{at}", "question": row["question"], "answer": row["answer"]} for at, row in enumerate(sets)]
    same = {row["id"] for row in rows if fold(row["question"]) in questions}
    return same | {one for one, *_ in _pairs([_bare(row) for row in rows], asked)}


def _rank(row: Row) -> int:
    return ORDER.index(row["source"]) if row["source"] in ORDER else len(ORDER)


def _bare(row: Row) -> Row:
    return {name: row[name] for name in ("id", "question", "answer")}


def grouped(rows: Sequence[Row]) -> dict[str, str]:
    """The group of each row by its id. Its name tells nothing and hangs on the smallest id in it and on no place."""
    joined = Joined(row["id"] for row in rows)
    for ids in _together(rows):
        for one in ids[1:]:
            joined.join(ids[0], one)
    bare = [_bare(row) for row in rows]
    for one, other, *_ in _pairs(bare, bare):
        joined.join(one, other)
    return joined.named()


def _together(rows: Sequence[Row]) -> Iterator[Sequence[str]]:
    """Ids of rows that have a person, session, template, origin or question in common; what many ask hangs on more than its words."""
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        values = {name: row.get(name, "") for name in SHARED}
        values |= {"origin": row["id"].partition(":")[2], "question": fold(row["question"])}
        for key in values.items():
            if key[1]:
                by_key[key].append(row["id"])
    yield from (ids for (name, _), ids in by_key.items() if name != "question" or len(ids) <= MANY)


Place = Callable[[Mapping[str, str]], Mapping[str, str]]
"""Groups by row -> "train", "validation" or "test" by row."""


def apart(rows: Sequence[Row], place: Place) -> tuple[dict[str, str], dict[str, str]]:
    """Groups and places (by id), so that no row to learn from gives one away that measures: what is found on two sides becomes one group.

    What still leaks after some rounds is for a check to tell.
    """
    groups = grouped(rows)
    by_id = {row["id"]: row for row in rows}
    for _ in range(ROUNDS):
        places = dict(place(groups))
        joined = Joined(groups.values())
        for one, other in _across(by_id, places):
            joined.join(groups[one], groups[other])
        if not joined.moved:
            break
        names = joined.named()
        groups = {id_: names[group] for id_, group in groups.items()}
    return groups, dict(place(groups))


def _across(rows: Mapping[str, Row], places: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    sides = {name: [_bare(rows[id_]) for id_, at in places.items() if at == name] for name in ("train", "validation", "test")}
    for one, other in (("train", "test"), ("train", "validation"), ("validation", "test")):
        for left, right, *_ in _pairs(sides[one], sides[other]):
            yield left, right


class Joined:
    """Names that belong together (union-find with halving paths); the smallest name stands for all."""

    def __init__(self, names: Iterable[str]) -> None:
        self._above = {name: name for name in names}
        self.moved = 0

    def join(self, one: str, other: str) -> None:
        """Both are one from now on."""
        first, second = sorted((self._top(one), self._top(other)))
        if first != second:
            self._above[second] = first
            self.moved += 1

    def named(self) -> dict[str, str]:
        """What stands for each."""
        return {name: "g" + hashlib.sha256(self._top(name).encode()).hexdigest()[:12] for name in self._above}

    def _top(self, name: str) -> str:
        while self._above[name] != name:
            self._above[name] = self._above[self._above[name]]
            name = self._above[name]
        return name
