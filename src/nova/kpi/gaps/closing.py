"""Open knowledge gaps in, those whose questions the company's documents answer by now closed: asked again, as people asked.

Only gaps since whose first question a document came or changed are asked again, and only so many at a time; the next hour takes others.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from nova.courtesy import make_way
from nova.kpi.gaps import find
from nova.ports.jobs import JobContext
from nova.store.postgres.db import Database
from nova.store.quality import gaps as store

ENOUGH = 0.8  # share of a gap's questions, from which on it is closed
MOST_GAPS, MOST_QUESTIONS = 20, 10
HOUR_S = 3600
# Gives whether the company's documents answer a question, and not weakly, as they are when it is called.
Answerable = Callable[[], Callable[[str], bool]]


def close_answered(db: Database, answerable: Answerable, now: datetime, ctx: JobContext) -> int:
    """Close the gaps whose questions are answered by now; how many. Somebody asking in vain after `now` opens one again."""
    with db.transaction() as conn:
        due = store.to_ask_again(conn)
    chosen, answers, closed = turn(due, now), answerable(), 0
    for number, gap_id in enumerate(chosen):
        ctx.progress("lücken", number, len(chosen))
        with db.transaction() as conn:
            asked = store.questions(conn, gap_id, MOST_QUESTIONS)
        share = find.answered_share(asked, lambda question: _politely(answers, question))
        if share is not None and share >= ENOUGH:
            with db.transaction() as conn:
                closed += find.close(conn, gap_id, now)
    return closed


def turn(due: Sequence[UUID], now: datetime) -> list[UUID]:
    """Of many gaps those whose turn it is in this hour."""
    if len(due) <= MOST_GAPS:
        return list(due)
    first = int(now.timestamp()) // HOUR_S * MOST_GAPS % len(due)
    return [*due[first:], *due[:first]][:MOST_GAPS]


def _politely(answers: Callable[[str], bool], question: str) -> bool:
    make_way()
    return answers(question)
