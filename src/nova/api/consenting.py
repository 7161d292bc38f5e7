"""What a person says of their words in, what holds from now on out; for themselves, and for the operator who writes it down for them."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.api.doors import House
from nova.api.models.people import ConsentChange, ConsentFilters, LogFilters, OthersConsent
from nova.errors import Conflict, NotAllowed, NotFound
from nova.governance import consent
from nova.governance.consent import Statement
from nova.jobs import consent_log, consents, withdrawn
from nova.records import Caller
from nova.store import conversations, people, rights
from nova.store import governance as users

WEB = "web"
REFUSALS_DAYS = timedelta(days=30)


def own(house: House, caller: Caller) -> dict[str, Any]:
    """What holds for the caller; NotAllowed for the operator, who belongs to nobody."""
    with house.nova.db.transaction() as conn:
        subject_id = house.nova.people.subject_of_user(conn, _person(caller))
        return _shown(conn, subject_id) | {"text": asdict(consent.shipped())}


def change_own(house: House, caller: Caller, body: ConsentChange) -> dict[str, Any]:
    """Note what the caller says now. Conflict when they say yes having seen another text than holds now."""
    text, now, user_id = consent.shipped(), datetime.now(UTC), _person(caller)
    said = body.purposes.said
    if any(said.values()) and body.version != text.version:
        raise Conflict("Der Text der Einwilligung wurde inzwischen geändert. Bitte laden Sie die Seite neu und lesen Sie ihn.")
    statement = Statement(said, text.version, text.sha256, now, WEB)

    def hear(conn: Connection[Any]) -> None:
        _hear(house, caller, conn, house.nova.people.subject_of_user(conn, user_id), statement, now)

    house.nova.db.retry(hear)
    return own(house, caller)


def everyone(house: House, asked: ConsentFilters) -> dict[str, Any]:
    """People who spoke of consent, and what was not stored lately."""
    since = datetime.now(UTC) - REFUSALS_DAYS
    with house.nova.db.transaction() as conn:
        found, total = people.agreements(conn, people.Whose(asked.subject_id, asked.purpose, asked.limit, asked.offset))
        refused = [asdict(row) | {"day": row.day.isoformat()} for row in conversations.refusals(conn, since.date())]
    return {"people": [asdict(row) for row in found], "total": total, "refusals": refused}


def log(house: House, asked: LogFilters) -> dict[str, Any]:
    """All that people said, a page at a time."""
    with house.nova.db.transaction() as conn:
        found = people.consent_log(conn, asked.limit, asked.before)
    return {"entries": [asdict(row) for row in found], "next_before": found[-1].recorded_at if len(found) >= asked.limit else None}


def one(house: House, subject_id: UUID) -> dict[str, Any]:
    """What one person said; NotFound for somebody who is not known."""
    with house.nova.db.transaction() as conn:
        if not people.lock_subject(conn, subject_id):
            raise NotFound("Diese Person ist nicht bekannt.")
        return {"subject_id": subject_id, **_shown(conn, subject_id)}


def change_others(house: House, caller: Caller, body: OthersConsent) -> dict[str, Any]:
    """Note what a person said elsewhere, and do what follows. InvalidInput for a moment in the future.

    Conflict for a version that nobody has heard of without its text's hash. Who is not `known` may withdraw too: nothing comes in then.
    """
    now = datetime.now(UTC)

    def hear(conn: Connection[Any]) -> tuple[UUID, bool]:
        text_sha256 = body.text_sha256 or consent.sha256_of(conn, body.version)
        if text_sha256 is None:
            raise Conflict("Zu einem Text, den Nova nicht kennt, gehört seine Prüfsumme (text_sha256; an der Kommandozeile --text-file).")
        known = rights.find(conn, body.user, house.nova.people.lookup(body.user)) is not None
        subject_id = _meant(house, conn, body.user)
        _hear(house, caller, conn, subject_id, Statement(body.purposes.said, body.version, text_sha256, body.at or now, body.source), now)
        return subject_id, known

    subject_id, known = house.nova.db.retry(hear)
    return one(house, subject_id) | {"known": known}


def write_log(house: House) -> dict[str, Any]:
    """Write the journal's page anew."""
    return {"page": consent_log.PLACE, "entries": consent_log.write(house.nova.db, house.nova.settings.NOVA_DATA)}


def rotate(house: House, caller: Caller, *, forget: bool) -> dict[str, Any]:
    """Make a new wrapping key and bring all people's keys under it; `forget` drops the older ones afterwards."""
    keys, done = house.nova.people.keys, 0
    name = keys.add()
    while True:
        with house.nova.db.transaction() as conn:
            some = house.nova.people.rewrap(conn)
        if not some:
            break
        done += some
    dropped = keys.drop_old() if forget else 0
    house.nova.audit.record(caller, "vault.rotated", name, {"rewrapped": done, "dropped": dropped})
    return {"key": name, "rewrapped": done, "dropped": dropped}


def _hear(house: House, caller: Caller, conn: Connection[Any], subject_id: UUID, statement: Statement, now: datetime) -> None:
    """What follows from a statement, its line outside the database if it withdraws, and its note in the audit log: all or nothing."""
    heard = consents.say(conn, house.nova.jobs, subject_id, statement, now)
    withdrawn.keep(house.nova, conn, subject_id, heard.ended)
    facts = {str(purpose): given for purpose, given in statement.purposes.items()} | {"removed": sum(heard.removed.values())}
    house.nova.audit.record(caller, "consent.recorded", str(subject_id), facts, connection=conn)


def _shown(conn: Any, subject_id: UUID) -> dict[str, Any]:
    states = [
        asdict(row) | {"title": consent.TITLES[row.purpose], "meaning": consent.MEANINGS[row.purpose]}
        for row in consent.standing(conn, subject_id)
    ]
    return {"purposes": states, "history": [asdict(row) for row in people.history(conn, subject_id)]}


def _person(caller: Caller) -> UUID:
    if caller.user_id is None:
        raise NotAllowed("Die Betriebsverwaltung ist keine Person; einwilligen kann nur, wer sich mit einem eigenen Zugang anmeldet.")
    return caller.user_id


def _meant(house: House, conn: Any, name: str) -> UUID:
    """By pseudonym, by our own id, or by the name that other systems know, made on first sight. NotFound for who was erased."""
    try:
        known = UUID(name)
    except ValueError:
        return house.nova.people.subject(conn, name)
    if people.lock_subject(conn, known):
        return known
    if rights.erasures_of(conn, known):
        raise NotFound("Diese Person wurde gelöscht.")
    if (user := users.find_user(conn, str(known))) is not None:
        return house.nova.people.subject_of_user(conn, user.user_id)
    return house.nova.people.subject(conn, name)
