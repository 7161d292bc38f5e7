"""A conversation with Luna goes on with a person: its owner hands it to a colleague or to whoever serves customers, with what it rests on.

Whoever hands it over says so for this one conversation; nothing else of theirs is shown. A consumer's complaint has to be answered within
four weeks from when it came in (§ 111a EnWG), counted as § 188 BGB does: the same day of the week, four weeks later.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nova.german import BERLIN
from nova.ports import Audit
from nova.ports.letters import Letter, LetterWriter, Quote
from nova.records import Caller
from nova.roles import may
from nova.store.ids import uuid7
from nova.store.people import accounts
from nova.store.people import governance as people
from nova.store.postgres.db import Database
from nova.store.talk import handovers as rows
from nova.store.talk.conversations import NOT_KEPT
from nova.store.talk.handovers import Box, HandoverKind, HandoverState
from nova.store.talk.handovers import HandedAnswer as HandedAnswer
from nova.store.talk.handovers import Handover as Handover

COMPLAINT_WEEKS = 4
OLDEST = timedelta(days=365)
MOST_ANSWERS = 50
NOBODY = "Der Betriebsschlüssel führt keine Gespräche. Melden Sie sich mit Ihrem Namen an."
MISSING = "Diese Übergabe gibt es nicht."
TO_SERVICE = "Übergeben Sie dem Kundenservice: Lassen Sie dafür frei, an wen es geht."
UNKEPT = (
    "Von diesem Gespräch ist nichts gespeichert, weil Sie dem nicht zugestimmt haben. Stimmen Sie unter „Meine Daten“ zu, und fragen Sie "
    "noch einmal; oder schreiben Sie Ihr Anliegen in die Notiz."
)


@dataclass(frozen=True, slots=True)
class NewHandover:
    """What to hand over (an answer or a whole conversation) and to whom; `to` None: whoever serves customers."""

    answer_id: UUID | None = None
    conversation_id: UUID | None = None
    to: str | None = None
    kind: HandoverKind = "question"
    note: str = ""
    received_on: date | None = None


class Handovers:
    """What people hand to each other."""

    def __init__(self, db: Database, audit: Audit, letters: LetterWriter, redact: Callable[[str], str], company: str) -> None:
        self._db, self._audit, self._letters, self._redact, self._company = db, audit, letters, redact, company

    def hand_over(self, caller: Caller, new: NewHandover) -> UUID:
        """Its number. NotFound for what is not the caller's or for an unknown colleague, Conflict where nothing of it is kept.

        A note is stored as questions are: without names and numbers of persons. NotAllowed for a customer who names a colleague: names
        of who works here are not theirs to try.
        """
        from_user, note = _person(caller), self._redact(new.note.strip())
        if new.to and not caller.may("company"):
            raise NotAllowed(TO_SERVICE, data={"field": "to"})
        with self._db.transaction() as conn:
            found = _own_answers(conn, from_user, new)
            if not note and all(one.question == NOT_KEPT for one in found):
                raise Conflict(UNKEPT)
            to_user = _colleague(conn, new.to) if new.to else None
            received = _received(new.received_on)
            due = received + timedelta(weeks=COMPLAINT_WEEKS) if new.kind == "complaint" else None
            row = rows.NewHandoverRow(uuid7(), from_user, to_user, new.kind, note, received, due)
            rows.insert(conn, row, [one.answer_id for one in found])
            facts: dict[str, Any] = {"kind": new.kind, "answers": len(found), "to": str(to_user) if to_user else "service"}
            self._audit.record(caller, "handover.made", str(row.handover_id), facts, connection=conn)
        return row.handover_id

    def page(self, caller: Caller, box: Box, states: Sequence[HandoverState], limit: int, offset: int) -> tuple[list[Handover], int]:
        """What the caller handed over ("out") or what lies with them ("in"); what is due first. The operator's key has nothing."""
        if caller.user_id is None:
            return [], 0
        with self._db.transaction() as conn:
            return rows.page(conn, rows.HandoverQuery(_person(caller), box, caller.may("serve"), states, limit, offset))

    def one(self, caller: Caller, handover_id: UUID) -> tuple[Handover, list[HandedAnswer]]:
        """One with its answers, for who handed it over and for whom it lies with; NotFound. Who reads it before taking it is noted."""
        with self._db.transaction() as conn:
            found = self._seen(conn, caller, handover_id)
            if caller.user_id not in (found.from_user, found.taken_by):
                self._audit.record(caller, "handover.read", str(handover_id), connection=conn)
            return found, rows.turns(conn, handover_id)

    def move(self, caller: Caller, handover_id: UUID, state: HandoverState) -> Handover:
        """Take it, give it back, finish it (for whom it lies with), or take it away again (for who handed it over). NotFound, Conflict."""
        with self._db.transaction() as conn:
            found = self._seen(conn, caller, handover_id)
            sender = found.from_user == caller.user_id
            before: Sequence[HandoverState] = ("open", "taken", "done", "returned") if state == "withdrawn" else ("open", "taken")
            if state == "withdrawn" and not sender:
                raise NotAllowed("Zurücknehmen kann eine Übergabe nur, wer sie gemacht hat.")
            if state != "withdrawn" and not self._lies_with(caller, found):
                raise NotAllowed("Darum kümmert sich, wem es übergeben wurde.")
            if state == "taken":
                before = ("open",)
            if not rows.move(conn, handover_id, _person(caller), state, before):
                raise Conflict("Das ist inzwischen anders: Jemand hat es übernommen, erledigt oder zurückgenommen.")
            self._audit.record(caller, f"handover.{state}", str(handover_id), connection=conn)
            return self._seen(conn, caller, handover_id)

    def letter(self, caller: Caller, answer_id: UUID) -> bytes:
        """A draft of a letter (Word) from an answer that is one's own or lies with one; NotFound."""
        with self._db.transaction() as conn:
            found = rows.handed_answer(conn, answer_id, caller.user_id, serves=caller.may("serve")) if caller.user_id else None
            if found is None:
                raise NotFound("Diese Antwort gibt es nicht.")
            account = accounts.find(conn, _person(caller))
            self._audit.record(caller, "letter.drafted", str(answer_id), connection=conn)
        quotes = [_quote(one) for one in found.citations]
        question = "" if found.question == NOT_KEPT else found.question
        signed = account.name if account and account.name else ""
        return self._letters.write(Letter(self._company, datetime.now(BERLIN).date(), question, found.answer, quotes, signed))

    def _seen(self, conn: Connection[Any], caller: Caller, handover_id: UUID) -> Handover:
        for box in ("in", "out") if caller.user_id else ():
            query = rows.HandoverQuery(_person(caller), box, caller.may("serve"), limit=1)
            found, _ = rows.page(conn, query, handover_id)
            if found:
                return found[0]
        raise NotFound(MISSING)

    def _lies_with(self, caller: Caller, found: Handover) -> bool:
        anybodys = found.to_service and found.taken_by in (None, caller.user_id)
        return caller.may("serve") and (anybodys or caller.user_id in (found.to_user, found.taken_by))


def _quote(citation: Mapping[str, Any]) -> Quote:
    number, token = int(citation["number"]), str(citation["chunk_id"])
    return Quote(number, token, str(citation["title"]), str(citation["section"]), str(citation["quote"]))


def _person(caller: Caller) -> UUID:
    if caller.user_id is None:
        raise NotAllowed(NOBODY)
    return caller.user_id


def _own_answers(conn: Connection[Any], user_id: UUID, new: NewHandover) -> list[rows.OwnAnswer]:
    found = rows.own_answers(conn, user_id, new.answer_id, new.conversation_id)[-MOST_ANSWERS:]
    if not found:
        raise NotFound("Diese Antwort gibt es nicht.")
    return found


def _colleague(conn: Connection[Any], name: str) -> UUID:
    """Somebody who takes over conversations, by the name they sign in with; NotFound, also for who has left."""
    user = people.find_user(conn, name)
    account = accounts.find(conn, user.user_id) if user else None
    if user is None or not may(user.role, "serve") or (account is not None and account.state == "left"):
        raise NotFound("Diese Person übernimmt hier keine Gespräche.", data={"field": "to"})
    return user.user_id


def _received(day: date | None) -> date:
    today = datetime.now(UTC).astimezone(BERLIN).date()
    if day is None:
        return today
    if not today - OLDEST <= day <= today:
        raise InvalidInput("Eingegangen ist eine Beschwerde heute oder in den letzten zwölf Monaten.", data={"field": "received_on"})
    return day
