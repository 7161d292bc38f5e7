"""A connection and a cut-off in, the evidence that learning is computed from out, and what was taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.kpi.learn.candidate import Block, learn, leave_out
from nova.kpi.learn.evidence import Consents, Judgement, Signal, signals
from nova.kpi.learn.terms import Rephrasing, pairs
from nova.language.analyser import Analyser
from nova.language.topics import Topic
from nova.ports.learning import Lessons
from nova.store.quality import learning as rows

WINDOW = timedelta(days=365)  # six half-lives: what is older weighs less than a fiftieth


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stood in the tables at `cutoff`: signals in order of time, rephrasings, who agreed, what was taken back, or measured worse."""

    cutoff: datetime
    signals: Sequence[Signal]
    rephrased: Sequence[Rephrasing]
    consents: Consents
    blocks: Sequence[Block]
    without: frozenset[str] = frozenset()
    left_out: Sequence[Topic] = ()

    def lessons(self, analyser: Analyser, cutoff: datetime | None = None, blocks: Collection[UUID] | None = None) -> Lessons:
        """What follows from it; up to an earlier moment, and with only some of what was taken back, where that is given."""
        until = cutoff or self.cutoff
        begin = until - WINDOW
        terms = pairs([row for row in self.rephrased if row.at > begin], self.consents, until, analyser, self.without)
        young = [signal for signal in self.signals if signal.at > begin]
        counting = [one for one in self.blocks if blocks is None or one.entry_id in blocks]
        return leave_out(learn(young, until, analyser, counting, terms), self.left_out)


def read(conn: Connection[Any], cutoff: datetime, without: frozenset[str] = frozenset(), since: datetime | None = None) -> Evidence:
    """Everything up to `cutoff` (from `since`, else a window before it), without some people."""
    begin = since or cutoff - WINDOW
    consents = Consents.of(rows.training_consents(conn))
    judged = signals(map(_judgement, rows.judgements(conn, begin, cutoff)), consents, cutoff, without)
    rephrased = [Rephrasing(row["at"], row["subject"], row["before"], row["after"]) for row in rows.rephrased(conn, begin, cutoff)]
    return Evidence(cutoff, judged, rephrased, consents, blocks(conn), without)


def left_out(release: rows.LearnedState) -> list[Topic]:
    """The topics that a release leaves out because they measured worse."""
    return [{int(term): weight for term, weight in topic} for topic in release.left_out]


def blocks(conn: Connection[Any]) -> list[Block]:
    """What was taken back on its own."""
    return [Block(row["entry_id"], dict(zip(row["terms"], row["weights"], strict=True)), row["until"]) for row in rows.blocks(conn)]


def _judgement(row: dict[str, Any]) -> Judgement:
    return Judgement(
        row["id"], row["at"], row["subject"], row["question"], row["kind"], row["useful"], row["reason"], row["dwell_ms"], row["chunk_id"],
        tuple(row["cited"]), tuple(row["shown"]),
    )  # fmt: skip
