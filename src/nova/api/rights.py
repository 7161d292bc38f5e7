"""Callers and what they want of their data, or of somebody's, in; answers out. Every change is noted in the audit log, with ids only."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from nova.api.doors import House
from nova.api.files import PIECE, SANDBOX
from nova.api.models.rights import Correction, ErasureFilters, Format
from nova.errors import InvalidInput, NotAllowed, NotFound
from nova.governance import retention, rights
from nova.governance.export import Exported, Exporter
from nova.jobs import erase, withdrawn
from nova.jobs import retention as retaining
from nova.jobs.consents import say
from nova.knowledge.kinds import APPLY
from nova.ports.people import Purpose
from nova.records import Caller
from nova.store import rights as rows
from nova.store.rights import ErasureState, Person, Standing
from nova.wiring.chats import redactor

CORRECTED = "Berichtigtes aus dem Suchindex nehmen"
STATES: Mapping[ErasureState, str] = {
    "queued": "wartet",
    "running": "läuft",
    "done": "gelöscht",
    "failed": "gescheitert",
    "cancelled": "abgebrochen",
    "stopped": "unterbrochen",
}
NOBODY = "Der Betreiberschlüssel gehört zu keiner Person. Für eine bestimmte gibt es `nova privacy export|erase`."


def own_export(house: House, caller: Caller, form: Format) -> Response:
    """All that is kept of the caller, as a download."""
    return _export(house, caller, _self(house, caller), form)


def export_of(house: House, caller: Caller, subject_id: UUID, form: Format) -> Response:
    """The same of somebody, for the operator."""
    return _export(house, caller, _person(house, str(subject_id)), form)


def correct(house: House, caller: Caller, wanted: Correction) -> dict[str, int]:
    """Replace what the caller said by what they meant; redacted first.

    NotAllowed without consent to keep words, InvalidInput when nothing is to be corrected, NotFound.
    """
    who, redact, done = _self(house, caller), redactor(house.nova.master), 0
    with house.nova.db.transaction() as conn:
        if "service" not in house.nova.people.agreed(conn, who.subject_id):
            raise NotAllowed("Ohne Ihre Einwilligung in die Aufbewahrung speichert Nova keinen Wortlaut, auch keinen berichtigten.")
        token, known = house.nova.people.tokens(conn, who.subject_id), house.nova.people.known(conn, who.subject_id, datetime.now(UTC), {})
        if (turn := wanted.turn) is not None:
            rights.correct_turn(conn, who, turn.conversation_id, turn.seq, redact(turn.text, token, known))
            done += 1
        if (answer := wanted.answer) is not None:
            rights.correct_question(conn, who, answer.answer_id, redact(answer.question, token, known))
            done += 1
        if not done:
            raise InvalidInput("Nennen Sie, was berichtigt werden soll: `turn` oder `answer`.")
        house.nova.jobs.start(APPLY, {}, title=CORRECTED, connection=conn)
        house.nova.audit.record(caller, "data.corrected", str(who.subject_id), {"texts": done}, connection=conn)
    return {"corrected": done}


def objected(house: House, caller: Caller) -> dict[str, Any]:
    """The caller's words are used for nothing but answering them from now on."""
    who, now = _self(house, caller), datetime.now(UTC)

    def hear(conn: Connection[Any]) -> frozenset[Purpose]:
        heard = say(conn, house.nova.jobs, who.subject_id, rights.objection(now), now)
        withdrawn.keep(house.nova, conn, who.subject_id, heard.ended)
        house.nova.audit.record(caller, "data.objected", str(who.subject_id), connection=conn)
        return heard.agreed

    return {"agreed": sorted(house.nova.db.retry(hear))}


def own_erasure(house: House, caller: Caller, confirm: str | None, *, body: bool) -> dict[str, Any]:
    """Without a confirmation one to send back; with it the erasure starts. InvalidInput for one that is over, another's, or in a `body`."""
    if body:
        raise InvalidInput("Die Bestätigung gehört in die Adresse: DELETE /api/v1/me?confirm=...", data={"field": "confirm"})
    who, now, key = _self(house, caller), datetime.now(UTC), house.nova.token_key.raw_value
    if who.user_id is None:
        raise NotFound(rights.UNKNOWN)
    if confirm is None:
        return {"confirm": rights.confirmation(key, who.user_id, now), "expires_in": rights.CONFIRM_S}
    if not rights.confirmed(key, who.user_id, confirm, now):
        raise InvalidInput("Diese Bestätigung ist abgelaufen oder falsch. Fordern Sie eine neue an.", data={"field": "confirm"})
    return _erase(house, caller, who, purge_snapshots=False)


def erase_somebody(house: House, caller: Caller, name: str, *, purge_snapshots: bool) -> dict[str, Any]:
    """The operator erases a person, by any of their names; NotFound."""
    return _erase(house, caller, _person(house, name), purge_snapshots=purge_snapshots)


def found(house: House, name: str) -> dict[str, Any]:
    """Who somebody is; NotFound."""
    who = _person(house, name)
    return {"subject_id": who.subject_id, "user_id": who.user_id, "external_id": who.external_id}


def rename(house: House, caller: Caller, subject_id: UUID, external_id: str) -> dict[str, Any]:
    """Somebody is known by another name elsewhere; NotFound, Conflict."""
    nova = house.nova
    with nova.db.transaction() as conn:
        rights.rename(conn, nova.people, rights.person(conn, nova.people, str(subject_id)), external_id)
        nova.audit.record(caller, "data.renamed", str(subject_id), connection=conn)
    house.identities.forget()
    return found(house, str(subject_id))


def erasures(house: House, asked: ErasureFilters) -> dict[str, Any]:
    """A page of the ledger, newest first; of one pseudonym, one of our own ids or one erasure when given."""
    with house.nova.db.transaction() as conn:
        entries, total = rows.page(conn, asked.subject, asked.limit, asked.offset), rows.total(conn, asked.subject)
    return {"erasures": [_told(one) for one in entries], "total": total}


def receipt(house: House, erasure_id: UUID) -> dict[str, Any]:
    """One entry; NotFound."""
    with house.nova.db.transaction() as conn:
        found = [one for one in rows.page(conn, erasure_id, 1) if one.erasure.erasure_id == erasure_id]
    if not found:
        raise NotFound(erase.UNKNOWN)
    return _told(found[0])


def erase_again(house: House, caller: Caller, erasure_id: UUID) -> dict[str, Any]:
    """An erasure that failed, was cancelled or has stopped goes on; NotFound, Conflict."""
    erase.again(house.nova, caller, erasure_id)
    return receipt(house, erasure_id)


def own_erasure_state(house: House, caller: Caller) -> dict[str, Any]:
    """How the caller's own erasure stands that is asked for and not done; all None where there is none."""
    if caller.user_id is None:
        raise NotAllowed(NOBODY)
    with house.nova.db.transaction() as conn:
        found = rows.page(conn, caller.user_id, 1)
    if not found or found[0].state == "done":
        return {"erasure_id": None, "asked_at": None, "state": None, "state_text": None}
    one = found[0]
    entry = one.erasure
    return {"erasure_id": entry.erasure_id, "asked_at": entry.asked_at, "state": one.state, "state_text": STATES[one.state]}


def kept(house: House) -> dict[str, Any]:
    """The rules of retention, and how many rows are past each."""
    nova = house.nova
    policy = retention.load(nova.settings.retention_path)
    due = retention.due(nova.db, policy, datetime.now(UTC))
    told = [{"name": rule.name, "title": rule.title, "days": rule.days, "due": due.get(rule.name, 0)} for rule in policy.rules]
    return {"rules": told, "file": str(nova.settings.retention_path), "own": policy.own}


def retain(house: House, caller: Caller, *, dry_run: bool) -> dict[str, Any]:
    """Count what is past the rules, or start the job that removes it."""
    nova = house.nova
    policy = retention.load(nova.settings.retention_path)
    due = retention.due(nova.db, policy, datetime.now(UTC))
    job_id = None
    if not dry_run:
        job_id = nova.jobs.start(retaining.RETAIN, {})
        nova.audit.record(caller, "retention.started", str(job_id))
    return {"dry_run": dry_run, "due": due, "job_id": job_id}


def _erase(house: House, caller: Caller, who: Person, *, purge_snapshots: bool) -> dict[str, Any]:
    erasure_id, job_id = erase.ask(house.nova, caller, who, datetime.now(UTC), purge_snapshots=purge_snapshots)
    house.identities.forget()
    return {"confirm": None, "expires_in": None, "erasure_id": erasure_id, "job_id": job_id}


def _self(house: House, caller: Caller) -> Person:
    if caller.user_id is None:
        raise NotAllowed(NOBODY)
    return _person(house, str(caller.user_id))


def _person(house: House, name: str) -> Person:
    with house.nova.db.transaction() as conn:
        return rights.person(conn, house.nova.people, name)


def _export(house: House, caller: Caller, who: Person, form: Format) -> Response:
    nova, now = house.nova, datetime.now(UTC)
    exporter = Exporter(nova.db, nova.objects, nova.people)
    made = exporter.as_zip(who, now) if form == "zip" else exporter.as_json(who, now)
    facts = {"bytes": made.size, "zip": form == "zip", "foreign": sum(made.foreign.values())}
    nova.audit.record(caller, "data.exported", str(who.subject_id), facts)
    headers = {
        "Content-Disposition": f'attachment; filename="nova-daten-{who.subject_id}.{form}"',
        "Content-Length": str(made.size),
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
    }
    kind = "application/zip" if form == "zip" else "application/json"
    return StreamingResponse(_pieces(made), media_type=kind, headers=headers, background=BackgroundTask(made.file.close))


def _pieces(made: Exported) -> Iterator[bytes]:
    while piece := made.file.read(PIECE):
        yield piece


def _told(one: Standing) -> dict[str, Any]:
    entry = one.erasure
    return {
        "erasure_id": entry.erasure_id,
        "subject_id": entry.subject_id,
        "user_id": entry.user_id,
        "asked_at": entry.asked_at,
        "done_at": entry.done_at,
        "state": one.state,
        "state_text": STATES[one.state],
        "job_id": one.job_id,
        "error": one.error,
        "receipt": {name: value for name, value in entry.receipt.items() if name != "pending"},
    }
