"""Questions in, those that ask for the same together out. Pure; the order of the questions does not matter.

Questions of the same words count as one with their number. The fullest lead; each of the others joins the leader it is most like, or
leads itself. Then each goes once more to the nearest centre, and centres that are alike are joined until none are (average linkage).
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from nova.language.topics import Topic, likeness, unit

LIKE = 0.42
SAME = 0.5


@dataclass(frozen=True, slots=True)
class TopicalQuestion:
    """A question by its id, and what it speaks of."""

    answer_id: UUID
    topic: Topic


@dataclass(slots=True)
class _Kind:
    """Questions of the same words."""

    topic: Topic
    ids: list[UUID]


@dataclass(slots=True)
class _Group:
    kinds: list[_Kind]
    centre: Topic


def clusters(questions: Iterable[TopicalQuestion]) -> list[list[UUID]]:
    """The ids of each cluster, ascending; the clusters by size and first id. Questions that speak of nothing are in none."""
    kinds = _kinds(questions)
    groups = _joined(_settled(kinds, [_Group([kind], kind.topic) for kind in _leaders(kinds)]))
    found = [sorted(one for kind in group.kinds for one in kind.ids) for group in groups]
    return sorted(found, key=lambda ids: (-len(ids), ids[0]))


def _kinds(questions: Iterable[TopicalQuestion]) -> list[_Kind]:
    """By their words, the most asked first; then by the words themselves, so that the order given does not matter."""
    known: dict[tuple[tuple[int, float], ...], _Kind] = {}
    for one in questions:
        if one.topic:
            known.setdefault(tuple(one.topic.items()), _Kind(one.topic, [])).ids.append(one.answer_id)
    return [kind for _, kind in sorted(known.items(), key=lambda pair: (-len(pair[1].ids), pair[0]))]


def _leaders(kinds: Sequence[_Kind]) -> list[_Kind]:
    leaders: list[_Kind] = []
    by_term: dict[int, list[int]] = defaultdict(list)
    for kind in kinds:
        near = {at for term in kind.topic for at in by_term[term]}
        if any(likeness(kind.topic, leaders[at].topic) >= LIKE for at in near):
            continue
        for term in kind.topic:
            by_term[term].append(len(leaders))
        leaders.append(kind)
    return leaders


def _settled(kinds: Sequence[_Kind], groups: Sequence[_Group]) -> list[_Group]:
    """Each kind with the nearest centre (of two as near, the first)."""
    by_term: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        for term in group.centre:
            by_term[term].append(at)
    members: list[list[_Kind]] = [[] for _ in groups]
    for kind in kinds:
        near = sorted({at for term in kind.topic for at in by_term[term]})
        members[max(near, key=lambda at: (round(likeness(kind.topic, groups[at].centre), 9), -at))].append(kind)
    return [_Group(some, _centre(some)) for some in members if some]


def _centre(kinds: Sequence[_Kind]) -> dict[int, float]:
    sums: dict[int, list[float]] = defaultdict(list)
    for kind in kinds:
        for term, weight in kind.topic.items():
            sums[term].append(weight * math.sqrt(len(kind.ids)))
    return unit((term, math.fsum(weights)) for term, weights in sums.items())


def _joined(groups: Sequence[_Group]) -> list[_Group]:
    """The two most alike become one, as long as there are any alike enough."""
    joining = _Joining()
    for group in sorted(groups, key=_first):
        joining.add(group)
    return joining.run()


def _first(group: _Group) -> UUID:
    return min(min(kind.ids) for kind in group.kinds)


class _Joining:
    """Groups that are being joined; which two are next is known from a heap, the more alike first, then the earlier."""

    def __init__(self) -> None:
        self._groups: dict[int, _Group] = {}
        self._by_term: dict[int, set[int]] = defaultdict(set)
        self._pairs: list[tuple[float, int, int]] = []
        self._next = 0

    def add(self, group: _Group) -> None:
        """One more group, held against all that share a term with it."""
        at, self._next = self._next, self._next + 1
        for other in sorted({other for term in group.centre for other in self._by_term[term]}):
            like = round(likeness(group.centre, self._groups[other].centre), 9)
            if like >= SAME:
                heapq.heappush(self._pairs, (-like, other, at))
        self._groups[at] = group
        for term in group.centre:
            self._by_term[term].add(at)

    def _take(self, at: int) -> _Group:
        group = self._groups.pop(at)
        for term in group.centre:
            self._by_term[term].discard(at)
        return group

    def run(self) -> list[_Group]:
        """Join until no two are alike enough."""
        while self._pairs:
            _, left, right = heapq.heappop(self._pairs)
            if left in self._groups and right in self._groups:
                kinds = sorted(self._take(left).kinds + self._take(right).kinds, key=lambda kind: min(kind.ids))
                self.add(_Group(kinds, _centre(kinds)))
        return list(self._groups.values())
