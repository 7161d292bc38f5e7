"""Weakly answered questions in, knowledge gaps out: clusters with an identity that lasts, so that a ticket stays with its gap.

What a gap is called (`kpi.naming`) are words of at least five people's questions, or of the shipped vocabulary, and people see a gap from
five people on: what fewer asked never leaves the table of answers. A gap closes when its questions are answered, and opens again when such
questions are answered weakly after that.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid5

from psycopg import Connection

from nova.kpi.gaps.cluster import TopicalQuestion, clusters
from nova.kpi.gaps.naming import Name, Written, name_of, stems_of, written
from nova.kpi.measure.hour import POINTS_AT_A_GAP, WEAK_MARGIN, weakness
from nova.language.analyser import Analyser
from nova.language.topics import topic
from nova.store.postgres.db import Database, Row
from nova.store.quality import gap_steps, kpi
from nova.store.quality import gaps as store
from nova.store.quality.gaps import GapView, KnownGap

LEAST_QUESTIONS = 2
MOST_QUESTIONS = 20_000
DOUBTED = 0.8
OVERLAP = 0.3
ALIKE_TERMS = 0.6
SPACE = UUID("3b1f0c5e-6a2d-5c8e-9f61-0d6f3a3c9b10")


@dataclass(frozen=True, slots=True)
class _Weak:
    row: Row
    weakness: float
    words: frozenset[Written]


def find_gaps(db: Database, now: datetime, days: int = 30, analyser: Analyser | None = None) -> int:
    """Cluster the weak questions of the last `days` before `now` and store the gaps; how many are open."""
    analyser = analyser or Analyser.builtin()
    with db.transaction() as conn:
        kpi.lock(conn)
        rows = store.weak_questions(conn, now - timedelta(days=days), now, WEAK_MARGIN, POINTS_AT_A_GAP, MOST_QUESTIONS)
        found = _found(rows, analyser)
        gaps = _identified(found, store.known(conn))
        for gap, weak in gaps:
            store.put(conn, gap, [(one.row, one.weakness) for one in weak])
        gap_steps.mark_joined(conn)
        _tidy(conn, {gap.gap_id for gap, _ in gaps}, now - timedelta(days=days), now)
    return sum(gap.state == "open" for gap, _ in gaps)


def gaps(conn: Connection[Any], state: str | None = "open", limit: int = 50) -> list[GapView]:
    """Gaps in a state (None: any), the weightiest first."""
    return store.page(conn, state, limit)[0]


def answered_share(asked: Sequence[Row], answers: Callable[[str], bool]) -> float | None:
    """The share of a gap's questions (rows of `store.questions`) that `answers` says are answered now; None for none.

    What was found well and judged to be wrong or incomplete is not answered because it is found well again.
    """
    found = [not _was_doubted(row) and answers(row["question"]) for row in asked]
    return sum(found) / len(found) if found else None


def _was_doubted(row: Row) -> bool:
    return bool(row["status"] != "refused" and row["weakness"] >= DOUBTED)


def close(conn: Connection[Any], gap_id: UUID, now: datetime) -> bool:
    """Its questions are answered now; False where it was not open."""
    return store.close(conn, gap_id, now)


def _found(rows: Sequence[Row], analyser: Analyser) -> list[list[_Weak]]:
    """The clusters of at least two questions."""
    weak = {row["answer_id"]: _weak(row, analyser) for row in rows}
    grouped = clusters(TopicalQuestion(one, topic(held.row["question"], analyser)) for one, held in weak.items())
    return [[weak[one] for one in ids] for ids in grouped if len(ids) >= LEAST_QUESTIONS]


def _weak(row: Row, analyser: Analyser) -> _Weak:
    weak = max(weakness(row["status"], row["retrieval"]), DOUBTED if row["doubted"] else 0.0)
    return _Weak(row, weak, written(row["question"], analyser))


def _identified(found: Sequence[Sequence[_Weak]], known: Sequence[KnownGap]) -> list[tuple[KnownGap, Sequence[_Weak]]]:
    """Each cluster as the known gap it shares most questions with (or nearly all terms), else as a new one."""
    named = [(name_of((one.row["who"], one.words) for one in weak), weak) for weak in found]
    free = {gap.gap_id: gap for gap in known}
    chosen = _matches(named, known)
    result: dict[UUID, tuple[KnownGap, Sequence[_Weak]]] = {}
    for at, (name, weak) in enumerate(named):
        old = free[chosen[at]] if at in chosen else None
        gap = _gap(name, weak, old)
        first = next((one for one in (*known, *(kept for kept, _ in result.values())) if one.signature == gap.signature), gap)
        if first.gap_id != gap.gap_id:  # what is called alike and is not the same
            gap = replace(gap, signature=f"{gap.signature}-{gap.gap_id.hex[:8]}")
        result[gap.gap_id] = (gap, weak)
    return list(result.values())


def _matches(named: Sequence[tuple[Name, Sequence[_Weak]]], known: Sequence[KnownGap]) -> dict[int, UUID]:
    """Which cluster is which known gap: the pairs that share most, first; each once."""
    pairs = []
    called = {gap.gap_id: stems_of(gap.terms) for gap in known}
    for at, (name, weak) in enumerate(named):
        ids, stems = {one.row["answer_id"] for one in weak}, set(name.stems)
        for gap in known:
            shared, alike = len(ids & gap.answer_ids), _jaccard(stems, called[gap.gap_id])
            if alike >= ALIKE_TERMS or _overlap(ids, gap.answer_ids) >= OVERLAP:
                pairs.append((-shared, -alike, gap.gap_id, at))
    chosen: dict[int, UUID] = {}
    for _, _, gap_id, at in sorted(pairs):
        if at not in chosen and gap_id not in chosen.values():
            chosen[at] = gap_id
    return chosen


def _overlap(one: Set[UUID], other: Set[UUID]) -> float:
    """The share of the smaller set that both hold."""
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared else 0.0


def _jaccard(one: Set[str], other: Set[str]) -> float:
    """The share of what either holds that both do."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _gap(name: Name, weak: Sequence[_Weak], old: KnownGap | None) -> KnownGap:
    times = [one.row["ts"] for one in weak]
    ids = frozenset(one.row["answer_id"] for one in weak)
    first = min(one.row["answer_id"] for one in weak)
    signature = blake2b(" ".join(name.stems or (str(first),)).encode(), digest_size=8).hexdigest()
    if old is None:
        return KnownGap(uuid5(SPACE, str(first)), signature, name.words, "open", None, min(times), max(times), ids)
    state = _state(old, max(times))
    closed_at = old.closed_at if state == "closed" else None
    return KnownGap(old.gap_id, signature, name.words, state, closed_at, min(old.first_at, *times), max(times), ids)


def _state(old: KnownGap, last_at: datetime) -> str:
    """A closed gap is open again when somebody asked in vain after that; what does not belong here stays so, whoever asks."""
    again = old.closed_at is not None and last_at > old.closed_at
    return "open" if old.state == "closed" and again else old.state


def _tidy(conn: Connection[Any], kept: set[UUID], since: datetime, now: datetime) -> None:
    """What nobody has asked for since then is closed; a gap whose questions are gone, or not its own any more, goes."""
    others = [gap for gap in store.known(conn) if gap.gap_id not in kept]
    store.drop(conn, [gap.gap_id for gap in others if not gap.answer_ids or gap.last_at >= since])
    for gap in others:
        if gap.state == "open":
            store.close(conn, gap.gap_id, now)
