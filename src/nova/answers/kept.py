"""Answers that were given: the history of whoever asked, one of them as it was, and questions to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.emergency.notice import Hotlines, emergency
from nova.answers.passages.starters import COUNT, in_words, starters
from nova.answers.reopened import fact_with_names, meter_marks, names_meters, next_of, outcome_of, sentences_of, with_names
from nova.answers.suggest import first_questions, meter_question
from nova.errors import NotFound
from nova.language.inert import inert_name
from nova.records import Caller, DataFact, Sentence
from nova.store.postgres.db import Database
from nova.store.series import facts, meters, readings
from nova.store.talk.answers import StoredAnswers
from nova.turns import EMERGENCIES, Emergency, Outcome
from nova.visibility import Visible

HEADINGS = 400
HEADINGS_PER_ITEM = 40
RECENT = timedelta(days=2)
NOT_THERE = "Diese Antwort gibt es nicht."


@dataclass(frozen=True, slots=True)
class AnswerDetail:
    """An answer with its row, the numbers it gave in the order of its text, and what to do now where it was an emergency's.

    `sentences` and `next_question` are read from its text, with the names of meters that the caller may see.
    """

    row: Mapping[str, Any]
    facts: Sequence[DataFact]
    emergency: Emergency | None
    sentences: Sequence[Sentence]
    next_question: str | None
    outcome: Outcome


class KeptAnswers:
    """What is kept of answers. A person sees their own, the operator's key all; another's is not found."""

    def __init__(self, db: Database, hotlines: Hotlines) -> None:
        self._db, self._answers, self._hotlines = db, StoredAnswers(db), hotlines

    def page(self, caller: Caller, limit: int, before: datetime | None) -> tuple[list[dict[str, Any]], datetime | None]:
        """Newest first, and where the next page begins; one's own with the names of one's meters."""
        rows = self._answers.history(caller.user_id, everyone=caller.user_id is None, limit=limit, before=before)
        following = rows[-1]["ts"] if len(rows) == limit else None
        veiled = [row["answer_id"] for row in rows if caller.user_id is not None and names_meters(f"{row['question']} {row['answer']}")]
        if not veiled:
            return rows, following
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            names = _names(conn, facts.of_answers(conn, veiled, seen), seen)
        return [{**row, **{name: with_names(row[name], names) for name in ("question", "answer")}} for row in rows], following

    def one(self, caller: Caller, answer_id: UUID) -> AnswerDetail:
        """One answer with its evidence, and hotlines as they are now; NotFound."""
        row = self._answers.answer(answer_id, caller.user_id, everyone=caller.user_id is None)
        if row is None:
            raise NotFound(NOT_THERE)
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            said = facts.of_answer(conn, answer_id, seen)
            names = _names(conn, said, seen) if row["user_id"] is not None and row["user_id"] == caller.user_id else {}
        in_order = sorted(said, key=lambda fact: row["answer"].find(str(fact.fact_id)))
        told = emergency(row["emergency"], self._hotlines) if row["emergency"] in EMERGENCIES else None
        return _named(AnswerDetail(row, in_order, told, sentences_of(row), next_of(row["answer"]), outcome_of(row)), names)

    def delete(self, caller: Caller, answer_id: UUID) -> None:
        """Forget one answer; NotFound."""
        if not self._answers.delete(answer_id, caller.user_id, everyone=caller.user_id is None):
            raise NotFound(NOT_THERE)

    def starters(self, caller: Caller) -> list[str]:
        """Up to four questions to begin with: of their meters, of what people ask about the held laws, else of the documents' headings."""
        own = self._of_meters(caller)
        said = own + first_questions(self._answers.norms(caller.user_id), COUNT - len(own), staff=caller.may("company"))
        if len(said) < COUNT:
            said += map(in_words, starters(self._answers.headings(HEADINGS, HEADINGS_PER_ITEM), COUNT - len(said)))
        return said

    def _of_meters(self, caller: Caller) -> list[str]:
        """A question for yesterday's readings, where the caller has meters with such."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            held = [meter for meter in meters.page(conn, seen) if meter.is_held_by(seen)]
            newest = readings.latest(conn, [meter.meter_id for meter in held], seen)
        since = (datetime.now(UTC) - RECENT).timestamp()
        return meter_question(sum(one.ts >= since for one in newest.values()), staff=caller.may("company"))


def _names(conn: Connection[Any], said: Sequence[DataFact], seen: Visible) -> dict[str, str]:
    """What the marks in some facts stand for: the names of meters that the caller has now."""
    marks = meter_marks(said)
    titles = meters.titles(conn, sorted(set(marks.values())), seen) if marks else {}
    return {mark: inert_name(titles[meter]) for mark, meter in marks.items() if meter in titles}


def _named(one: AnswerDetail, names: Mapping[str, str]) -> AnswerDetail:
    """The answer with the names of meters in all that is read of it; its text stays as it is kept."""
    if not names:
        return one
    return replace(
        one,
        row={**one.row, "question": with_names(one.row["question"], names)},
        facts=[fact_with_names(fact, names) for fact in one.facts],
        sentences=[replace(sentence, text=with_names(sentence.text, names)) for sentence in one.sentences],
        next_question=one.next_question and with_names(one.next_question, names),
    )
