"""An answer that was given to a person and their question in, what they agree to have kept out: the same way as conversations from outside.

Without consent the row of an answer holds numbers and evidence, and no word of what was asked or said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import Connection

from nova.errors import Conflict, NovaError
from nova.logs import get_logger
from nova.privacy.marks import MARK, beside_marks
from nova.records import DataFact
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.series import meters
from nova.store.talk import answers as answer_rows
from nova.store.talk import conversations as rows
from nova.store.talk.answers import AnswerRecord
from nova.telemetry.conversations import OWN, Desk, Turn, speak

NAMED_METERS = ("meter", "other_meter")
NAMED_LISTS = ("meters", "other_meters")
NOT_STORED = "keep_failed"
log = get_logger(__name__)
Clean = Callable[[str], str]


class ChatKeeper:
    """Keeps answers to people. Calling it never raises: an answer is given also when it cannot be kept."""

    def __init__(self, db: Database, desk: Desk) -> None:
        self.db, self.desk = db, desk

    def __call__(self, record: AnswerRecord, question: str) -> None:
        """Keep the answer and both turns of its conversation, or the bare numbers; what fails is logged and counted."""
        now = datetime.now(UTC)
        try:
            self._kept(record, question, now)
        except (NovaError, psycopg.Error) as error:
            log.warning("answer_words_not_kept", answer_id=str(record.answer_id), error=type(error).__name__)
            self._keep_bare(record, now)

    def _kept(self, record: AnswerRecord, question: str, now: datetime) -> None:
        try:
            self.db.retry(lambda conn: self._keep(conn, record, question, now))
        except (Conflict, psycopg.errors.UniqueViolation):  # a conversation of that name is somebody else's
            fresh = replace(record, conversation_id=uuid7())
            self.db.retry(lambda conn: self._keep(conn, fresh, question, now))

    def _keep(self, conn: Connection[Any], record: AnswerRecord, question: str, now: datetime) -> None:
        if record.user_id is None:
            raise ValueError("the operator's answers belong to nobody")
        people = self.desk.people
        subject_id = people.subject_of_user(conn, record.user_id)
        purposes = people.agreed(conn, subject_id)
        names = _meter_names(conn, record)
        if "service" in purposes:
            token, known = people.tokens(conn, subject_id, now), dict(people.known(conn, subject_id, now, {})) | names
            kept = cleaned(replace(record, question=question), lambda text: self.desk.redact(text, token, known), names)
        else:
            kept = bare(record, lambda text: self.desk.redact(text, None, names), names)
        kept = replace(kept, subject_id=subject_id, purposes=sorted(purposes) if "service" in purposes else ())
        answer_rows.insert(conn, kept)
        speak(conn, self.desk, str(record.conversation_id or uuid7()), subject_id, _turns(kept, now), now)

    def _keep_bare(self, record: AnswerRecord, now: datetime) -> None:
        try:
            with self.db.transaction() as conn:
                names = _meter_names(conn, record)
                answer_rows.insert(conn, bare(record, lambda text: self.desk.redact(text, None, names), names))
                rows.count_refusals(conn, OWN, {NOT_STORED: 1}, now)
        except (NovaError, psycopg.Error) as error:
            log.warning("answer_not_kept", answer_id=str(record.answer_id), error=type(error).__name__)


def bare(record: AnswerRecord, clean: Clean, names: Mapping[str, str]) -> AnswerRecord:
    """The answer without a word that was asked or said."""
    facts = tuple(_nameless(fact, clean, names) for fact in record.facts)
    return replace(
        record, question=rows.NOT_KEPT, answer="", facts=facts, retrieval=_without_places(record.retrieval), conversation_id=None
    )


def cleaned(record: AnswerRecord, clean: Clean, names: Mapping[str, str]) -> AnswerRecord:
    """The answer in words that may be stored; the places of its sentences move with them. PrivacyError."""
    text, said = _answer_text(record.answer, record.retrieval.get("said", ()), clean)
    retrieval = dict(record.retrieval) | ({"said": said} if "said" in record.retrieval else {})
    facts = tuple(_nameless(fact, clean, names) for fact in record.facts)
    return replace(record, question=clean(record.question), answer=text, retrieval=retrieval, facts=facts)


def _answer_text(text: str, said: Sequence[Sequence[Any]], clean: Clean) -> tuple[str, list[list[Any]]]:
    """An answer's text cleaned sentence by sentence, and where the sentences stand now."""
    made, moved, at = "", [], 0
    for start, end, *rest in said:
        made += beside_marks(text[at:start], clean)
        sentence = clean(text[start:end])
        moved.append([len(made), len(made) + len(sentence), *rest])
        made, at = made + sentence, end
    return made + beside_marks(text[at:], clean), moved


def _without_places(retrieval: Mapping[str, Any]) -> dict[str, Any]:
    """Where sentences stood in a text that is not kept says nothing; how many there were, and with what evidence, stays with the rest."""
    said = [[0, 0, *rest] for _, _, *rest in retrieval.get("said", ())]
    told = {"said": said, "emergency": True}  # which emergency it was is a word
    return dict(retrieval) | {name: value for name, value in told.items() if name in retrieval}


def _meter_names(conn: Connection[Any], record: AnswerRecord) -> dict[str, str]:
    """What people call the meters that an answer speaks of, or asks for: "Welchen Zähler meinen Sie: Haus am Anger oder Laden?"."""
    named = _told_of(record.facts)
    titles = meters.titles(conn, sorted(named)) if named else {}
    titles |= {} if record.passages else meters.named_in(conn, record.answer)
    return {name: "meter" for name in (*titles.values(), *titles, *named) if name}


def _told_of(facts: Sequence[DataFact]) -> set[str]:
    """The meters that facts are of."""
    named = {str(fact.query[name]) for fact in facts for name in NAMED_METERS if fact.query.get(name)}
    return named | {str(one) for fact in facts for name in NAMED_LISTS for one in fact.query.get(name) or ()}


def _nameless(fact: DataFact, clean: Clean, names: Mapping[str, str]) -> DataFact:
    """A fact whose label and chart name no meter; its query does by id, so that it can be looked up again."""
    chart = None if fact.chart is None else {name: _drawn(value, clean, names) for name, value in fact.chart.items()}
    return replace(fact, label=clean(fact.label), chart=chart)


def _drawn(value: Any, clean: Clean, names: Mapping[str, str]) -> Any:
    if isinstance(value, str) and any(name in value for name in names):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: _drawn(inner, clean, names) for name, inner in value.items()}
    return value


def _turns(record: AnswerRecord, now: datetime) -> list[Turn]:
    measures = {"refused": record.status == "refused", "latency_ms": round(record.timings_ms.get("total", 0.0), 1)}
    said = " ".join(MARK.sub("", record.answer).split())
    return [
        Turn(0, "user", now, record.question, {}, record.answer_id),
        Turn(1, "assistant", now, said, measures, record.answer_id),
    ]
