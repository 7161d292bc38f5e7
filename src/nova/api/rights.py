"""People's rights as the rooms know them in, shapes of the answers out."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from nova.api.doors import House
from nova.api.models.people.rights import Correction, Format
from nova.api.protocol.files import PIECE, SANDBOX
from nova.errors import InvalidInput
from nova.flows.corrections import QuestionText, TurnText
from nova.flows.erasure.requests import StartedErasure
from nova.governance import rights
from nova.governance.export import Exported
from nova.governance.retention import Retention
from nova.records import Caller, ErasureStanding, ErasureState, Person

STATES: Mapping[ErasureState, str] = {
    "queued": "wartet",
    "running": "läuft",
    "done": "gelöscht",
    "failed": "gescheitert",
    "cancelled": "abgebrochen",
    "stopped": "unterbrochen",
}


def own_export(house: House, caller: Caller, form: Format) -> Response:
    """All that is kept of the caller, as a download."""
    return _export(house, caller, house.cases.people.directory.own(caller), form)


def export_of(house: House, caller: Caller, subject_id: UUID, form: Format) -> Response:
    """The same of somebody, for the operator."""
    return _export(house, caller, house.cases.people.directory.find(str(subject_id)), form)


def correct(house: House, caller: Caller, wanted: Correction) -> dict[str, int]:
    """Replace what the caller said by what they meant."""
    turn, answer = wanted.turn, wanted.answer
    said = None if turn is None else TurnText(turn.conversation_id, turn.seq, turn.text)
    asked = None if answer is None else QuestionText(answer.answer_id, answer.question)
    return {"corrected": house.cases.people.corrections.correct(caller, said, asked)}


def own_erasure(house: House, caller: Caller, confirm: str | None, *, body: bool) -> dict[str, Any]:
    """Without a confirmation one to send back; with it the erasure starts. InvalidInput for one in a `body`."""
    if body:
        raise InvalidInput("Die Bestätigung gehört in die Adresse: DELETE /api/v1/me?confirm=...", data={"field": "confirm"})
    done = house.cases.people.erasure_requests.own(caller, confirm)
    return {"confirm": done, "expires_in": rights.CONFIRM_S} if isinstance(done, str) else _started(house, done)


def erase_somebody(house: House, caller: Caller, name: str, *, purge_snapshots: bool) -> dict[str, Any]:
    """The operator erases a person, by any of their names."""
    return _started(house, house.cases.people.erasure_requests.of_somebody(caller, name, purge_snapshots=purge_snapshots))


def person_view(who: Person) -> dict[str, Any]:
    """Who somebody is."""
    return {"subject_id": who.subject_id, "user_id": who.user_id, "external_id": who.external_id}


def erasure_view(one: ErasureStanding) -> dict[str, Any]:
    """An entry of the ledger with its receipt."""
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


def own_erasure_view(one: ErasureStanding | None) -> dict[str, Any]:
    """How one's own erasure stands; all None where there is none."""
    if one is None:
        return {"erasure_id": None, "asked_at": None, "state": None, "state_text": None}
    entry = one.erasure
    return {"erasure_id": entry.erasure_id, "asked_at": entry.asked_at, "state": one.state, "state_text": STATES[one.state]}


def retention_view(retention: Retention) -> dict[str, Any]:
    """The rules of retention, and how many rows are past each."""
    policy, due = retention.standing()
    told = [{"name": rule.name, "title": rule.title, "days": rule.days, "due": due.get(rule.name, 0)} for rule in policy.rules]
    return {"rules": told, "file": str(retention.path), "own": policy.own}


def retain(retention: Retention, caller: Caller, *, dry_run: bool) -> dict[str, Any]:
    """Count what is past the rules, or start the job that removes it."""
    due, job_id = (retention.standing()[1], None) if dry_run else retention.start(caller)
    return {"dry_run": dry_run, "due": due, "job_id": job_id}


def _started(house: House, done: StartedErasure) -> dict[str, Any]:
    house.identities.forget()
    return {"confirm": None, "expires_in": None, "erasure_id": done.erasure_id, "job_id": done.job_id}


def _export(house: House, caller: Caller, who: Person, form: Format) -> Response:
    made = house.cases.people.data_export.make(caller, who, packed=form == "zip")
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
