"""Open knowledge gaps in, those whose questions the company's documents answer by now closed: asked again, as people asked.

Only gaps since whose first question a document came or changed are asked again, and only so many at a time; the next hour takes others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nova.answers.replay import margin
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.understand.learned import Learned
from nova.answers.understand.vocabulary import Vocabulary
from nova.courtesy import make_way
from nova.kpi.gaps import find as gaps
from nova.kpi.measure.hour import WEAK_MARGIN
from nova.language.analyser import Analyser
from nova.ports import Index
from nova.ports.jobs import JobContext
from nova.store import gaps as rows
from nova.store.answers import StoredAnswers
from nova.store.db import Database
from nova.wiring import Workshop, documents_of
from nova.wiring.learning import StoredLearning

ENOUGH = 0.8  # share of a gap's questions, from which on it is closed
MOST_GAPS, MOST_QUESTIONS = 20, 10
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Library:
    """What answers questions here: documents, how questions are read, and what was learned."""

    db: Database
    index: Index
    analyser: Callable[[], Analyser]
    vocabulary: Callable[[], Vocabulary]
    learned: Callable[[], Learned] = Learned

    def answers(self) -> Callable[[str], bool]:
        """Whether the company's documents answer a question, and not weakly; of now."""
        learned = self.learned()
        vocabulary = learned.widened(self.vocabulary())
        sources = Sources(StoredAnswers(self.db), self.index, self.analyser(), vocabulary, Memory(), None, learned)
        return lambda question: margin(question, sources) >= WEAK_MARGIN


def library_of(shop: Workshop) -> Library:
    """The open workshop's."""
    return Library(shop.db, documents_of(shop.index), shop.analysers.current, shop.vocabulary, StoredLearning(shop.db))


def close_answered(library: Library, now: datetime, ctx: JobContext) -> int:
    """Close the gaps whose questions are answered by now; how many. Somebody asking in vain after `now` opens one again."""
    with library.db.transaction() as conn:
        due = rows.to_ask_again(conn)
    chosen, answers, closed = _turn(due, now), library.answers(), 0
    for number, gap_id in enumerate(chosen):
        ctx.progress("lücken", number, len(chosen))
        with library.db.transaction() as conn:
            asked = rows.questions(conn, gap_id, MOST_QUESTIONS)
        share = gaps.answered_share(asked, lambda question: _politely(answers, question))
        if share is not None and share >= ENOUGH:
            with library.db.transaction() as conn:
                closed += gaps.close(conn, gap_id, now)
    return closed


def _politely(answers: Callable[[str], bool], question: str) -> bool:
    make_way()
    return answers(question)


def _turn(due: list[UUID], now: datetime) -> list[UUID]:
    """Of many gaps those whose turn it is in this hour."""
    if len(due) <= MOST_GAPS:
        return due
    first = int(now.timestamp()) // HOUR_S * MOST_GAPS % len(due)
    return [*due[first:], *due[:first]][:MOST_GAPS]
