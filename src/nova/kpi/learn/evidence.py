"""Stored judgements and events of people who agreed in, what each says of a passage for a question out, as signed weights.

A judgement of an answer counts for what it cited; a click or "solved" for its passage, more where few look that far, and a little against
what stood above it.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

OPERATOR = "admin"
OPERATOR_WORTH = 3.0  # the operator's own judgement is explicit teaching
USED: Mapping[str, float] = {"like": 1.0, "solve": 1.5, "click": 0.3, "view": 0.2}
LIKED, DISLIKED = 1.0, 0.6
WRONG: Mapping[str, float] = {"falsch": 1.0, "quelle": 1.0, "unvollstaendig": 0.3, "ton": 0.0}  # a tone is no passage's fault
PASSED_OVER = 0.3  # of the weight of what was used instead
MOST_PASSED_OVER = 3
RAREST_LOOK = 1 / 3  # a place that fewer look at than this is not trusted more for it
SHORT_LOOK_MS, LONG_LOOK_MS = 3_000, 30_000
SILENT = re.compile(r"^\s*(?:\(nicht gespeichert\))?\s*$")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One stored row: a judgement (`kind` "feedback") or an event on `chunk_id`. `shown` are the passages of the answer, best first.

    `subject` is a pseudonym or `OPERATOR`; `question` is as it is kept (redacted).
    """

    id: UUID
    at: datetime
    subject: str
    question: str
    kind: str
    useful: bool | None
    reason: str | None
    dwell_ms: int | None
    chunk_id: UUID | None
    cited: tuple[UUID, ...]
    shown: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """What one row says: of a passage for a question's topic, `up` and `down` in judgements' worth."""

    at: datetime
    subject: str
    question: str
    chunk_id: UUID
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Consents:
    """Who agreed to training, when: by pseudonym the moments of every statement, ascending, and what each said."""

    said: Mapping[str, tuple[tuple[datetime, ...], tuple[bool, ...]]]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, datetime, bool]]) -> "Consents":
        """From rows in order of time."""
        found: dict[str, tuple[list[datetime], list[bool]]] = {}
        for subject, at, given in rows:
            times, answers = found.setdefault(subject, ([], []))
            times.append(at)
            answers.append(given)
        return cls({subject: (tuple(times), tuple(answers)) for subject, (times, answers) in found.items()})

    def allow(self, subject: str, at: datetime) -> bool:
        """Whether somebody had agreed then, and still does. The operator teaches on their own behalf."""
        if subject == OPERATOR:
            return True
        times, answers = self.said.get(subject, ((), ()))
        before = bisect_right(times, at)
        return bool(before and answers[before - 1] and answers[-1])


def signals(rows: Iterable[Judgement], consents: Consents, cutoff: datetime, without: frozenset[str] = frozenset()) -> list[Signal]:
    """What the rows up to `cutoff` say, of those who agreed and are not in `without`, in order of time."""
    counted = [
        row
        for row in rows
        if row.at <= cutoff and row.subject not in without and not SILENT.match(row.question) and consents.allow(row.subject, row.at)
    ]
    counted.sort(key=lambda row: (row.at, row.id))
    return [signal for row in counted for signal in _read(row)]


def _read(row: Judgement) -> list[Signal]:
    worth = OPERATOR_WORTH if row.subject == OPERATOR else 1.0
    found = _judged(row) if row.kind == "feedback" else _used(row)
    return [Signal(row.at, row.subject, row.question, chunk, worth * up, worth * down) for chunk, up, down in found if up or down]


def _judged(row: Judgement) -> list[tuple[UUID, float, float]]:
    """A judgement is of what the answer said first, and less of each citation after it."""
    shares = [(chunk, 1 / rank) for rank, chunk in enumerate(row.cited, 1)]
    if row.useful:
        return [(chunk, LIKED * share, 0.0) for chunk, share in shares]
    wrong = DISLIKED if row.reason is None else WRONG.get(row.reason, DISLIKED)
    return [(chunk, 0.0, wrong * share) for chunk, share in shares]


def _used(row: Judgement) -> list[tuple[UUID, float, float]]:
    """What was used speaks for itself, and a little against the passages that stood above it."""
    if row.chunk_id is None or not _looked(row):
        return []
    weight = USED.get(row.kind, 0.0)
    rank = row.shown.index(row.chunk_id) if row.chunk_id in row.shown else 0
    chance = max(RAREST_LOOK, 1 / math.log2(rank + 2))
    above = [(chunk, 0.0, PASSED_OVER * weight) for chunk in row.shown[: min(rank, MOST_PASSED_OVER)]]
    return [(row.chunk_id, weight / chance, 0.0), *(above if row.kind != "view" else [])]


def _looked(row: Judgement) -> bool:
    """Whether somebody stayed: a view counts by its length, a click unless it was left at once."""
    if row.kind == "view":
        return row.dwell_ms is not None and row.dwell_ms >= LONG_LOOK_MS
    return row.kind in USED and (row.kind != "click" or row.dwell_ms is None or row.dwell_ms >= SHORT_LOOK_MS)


def split(rows: Sequence[Signal], held_out: frozenset[str]) -> tuple[list[Signal], list[Signal]]:
    """Signals of others, and of those held out."""
    return [row for row in rows if row.subject not in held_out], [row for row in rows if row.subject in held_out]
