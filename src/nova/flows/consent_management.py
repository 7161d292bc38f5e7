"""What a person says of their words in, what holds from now on out; for themselves, and for the operator who writes it down for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, NotAllowed, NotFound
from nova.flows import consents
from nova.flows.withdrawals import Withdrawals
from nova.governance import consent, rights
from nova.governance.consent import Standing, Statement
from nova.governance.people import KnownPeople
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.ports.people import Purpose
from nova.records import Caller
from nova.store.people import governance as users
from nova.store.people import people
from nova.store.people import rights as right_rows
from nova.store.people.people import AgreedRow, ConsentRow
from nova.store.postgres.db import Database
from nova.store.talk import conversations
from nova.store.talk.conversations import RefusalRow

WEB = "web"
REFUSALS_DAYS = timedelta(days=30)
SHOWN = 100  # of what a person said; the export has all
NO_SHA256 = "Zu einem Text, den Nova nicht kennt, gehört seine Prüfsumme (text_sha256; an der Kommandozeile --text-file)."
NOT_KNOWN = "Diese Person ist nicht bekannt."


@dataclass(frozen=True, slots=True)
class PersonConsents:
    """What holds for one person, purpose by purpose, and all that they said. `known`: they were before they spoke."""

    subject_id: UUID
    standing: list[Standing]
    history: list[ConsentRow]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of people by pseudonym, how many there are, and what was not stored in the last thirty days."""

    people: list[AgreedRow]
    total: int
    refusals: list[RefusalRow]


@dataclass(frozen=True, slots=True)
class OthersStatement:
    """What somebody said elsewhere: by any of their names, on which text. `at` None: now."""

    user: str
    purposes: Mapping[Purpose, bool]
    version: str
    text_sha256: str | None
    at: datetime | None
    source: str


class ConsentManagement:
    """Consents as people give and withdraw them, and as the operator and auditors read them."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, known: KnownPeople, withdrawals: Withdrawals) -> None:
        self._db, self._jobs, self._audit, self._people, self._withdrawals = db, jobs, audit, known, withdrawals

    def own(self, caller: Caller) -> PersonConsents:
        """What holds for the caller; NotAllowed for the operator, who belongs to nobody."""
        with self._db.transaction() as conn:
            return _shown(conn, self._people.subject_of_user(conn, _user_of(caller)))

    def change_own(self, caller: Caller, purposes: Mapping[Purpose, bool], version: str) -> PersonConsents:
        """Note what the caller says now. Conflict when they say yes having seen another text than holds now."""
        text, now, user_id = consent.shipped(), datetime.now(UTC), _user_of(caller)
        if any(purposes.values()) and version != text.version:
            raise Conflict("Der Text der Einwilligung wurde inzwischen geändert. Bitte laden Sie die Seite neu und lesen Sie ihn.")
        statement = Statement(purposes, text.version, text.sha256, now, WEB)
        self._db.retry(lambda conn: self._note(caller, conn, self._people.subject_of_user(conn, user_id), statement, now))
        return self.own(caller)

    def object(self, caller: Caller) -> frozenset[Purpose]:
        """The caller's words are used for nothing but answering them from now on; what they still agree to. NotAllowed as `own`."""
        user_id, now = rights.user_of(caller), datetime.now(UTC)

        def noted(conn: Connection[Any]) -> frozenset[Purpose]:
            who = rights.of_user(conn, self._people, user_id)
            followed = consents.note(conn, self._jobs, who.subject_id, rights.objection(now), now)
            self._withdrawals.keep(conn, who.subject_id, followed.ended)
            self._audit.record(caller, "data.objected", str(who.subject_id), connection=conn)
            return followed.agreed

        return self._db.retry(noted)

    def overview(self, subject_id: UUID | None, purpose: Purpose | None, limit: int, offset: int) -> Overview:
        """A page of the people who spoke of consent, the latest first; of one person, or for one purpose, when given."""
        since = (datetime.now(UTC) - REFUSALS_DAYS).date()
        with self._db.transaction() as conn:
            found, total = people.agreements(conn, people.Whose(subject_id, purpose, limit, offset))
            return Overview(found, total, conversations.refusals(conn, since))

    def log(self, limit: int, before: datetime | None) -> tuple[list[ConsentRow], datetime | None]:
        """All that people said, a page at a time, and where the next one begins."""
        with self._db.transaction() as conn:
            found = people.consent_log(conn, limit, before)
        return found, found[-1].recorded_at if len(found) >= limit else None

    def one(self, subject_id: UUID) -> PersonConsents:
        """What one person said; NotFound for somebody who is not known."""
        with self._db.transaction() as conn:
            if not people.lock_subject(conn, subject_id):
                raise NotFound(NOT_KNOWN)
            return _shown(conn, subject_id)

    def change_others(self, caller: Caller, said: OthersStatement) -> PersonConsents:
        """Note what a person said elsewhere, and do what follows. InvalidInput for a moment in the future.

        Conflict for a version that nobody has heard of without its text's hash. Who is not `known` may withdraw too: nothing comes in then.
        """
        now = datetime.now(UTC)

        def noted(conn: Connection[Any]) -> tuple[UUID, bool]:
            sha256 = said.text_sha256 or consent.sha256_of(conn, said.version)
            if sha256 is None:
                raise Conflict(NO_SHA256)
            known = right_rows.find(conn, said.user, self._people.lookup(said.user)) is not None
            subject_id = self._meant(conn, said.user)
            self._note(caller, conn, subject_id, Statement(said.purposes, said.version, sha256, said.at or now, said.source), now)
            return subject_id, known

        subject_id, known = self._db.retry(noted)
        shown = self.one(subject_id)
        return PersonConsents(subject_id, shown.standing, shown.history, known)

    def _note(self, caller: Caller, conn: Connection[Any], subject_id: UUID, statement: Statement, now: datetime) -> None:
        """What follows from a statement, its line outside the database if it withdraws, and its note in the audit log: all or nothing."""
        followed = consents.note(conn, self._jobs, subject_id, statement, now)
        self._withdrawals.keep(conn, subject_id, followed.ended)
        facts = {str(purpose): given for purpose, given in statement.purposes.items()} | {"removed": sum(followed.removed.values())}
        self._audit.record(caller, "consent.recorded", str(subject_id), facts, connection=conn)

    def _meant(self, conn: Connection[Any], name: str) -> UUID:
        """By pseudonym, by our own id, or by the name that other systems know, made on first sight. NotFound for who was erased."""
        try:
            known = UUID(name)
        except ValueError:
            return self._people.subject(conn, name)
        if people.lock_subject(conn, known):
            return known
        if right_rows.erasures_of(conn, known):
            raise NotFound("Diese Person wurde gelöscht.")
        if (user := users.find_user(conn, str(known))) is not None:
            return self._people.subject_of_user(conn, user.user_id)
        return self._people.subject(conn, name)


def _shown(conn: Connection[Any], subject_id: UUID) -> PersonConsents:
    return PersonConsents(subject_id, consent.standing(conn, subject_id), people.history(conn, subject_id, SHOWN))


def _user_of(caller: Caller) -> UUID:
    if caller.user_id is None:
        raise NotAllowed("Die Betriebsverwaltung ist keine Person; einwilligen kann nur, wer sich mit einem eigenen Zugang anmeldet.")
    return caller.user_id
