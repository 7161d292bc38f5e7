"""Questions about tickets in, what they answer with out: the board, one ticket with all that belongs to it, what people change."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nova.api.doors import House
from nova.api.models import alerts as shapes
from nova.api.views import named
from nova.jobs.alerts import alarms_of
from nova.kpi.tickets import changes
from nova.records import Caller
from nova.store import tickets as store

QUESTIONS = 50
DELETED = "(gelöscht)"


def listed(house: House, asked: shapes.TicketFilters) -> dict[str, Any]:
    """A page of the board, and how many there are by state."""
    wanted = store.Wanted((asked.state,) if asked.state else None, asked.owner, asked.kind)
    with house.nova.db.transaction() as conn:
        rows, counted = store.page(conn, wanted, asked.limit, asked.offset), store.counts(conn, wanted)
    counts = {state: counted.get(state, 0) for state in changes.STATES}
    total = counts[asked.state] if asked.state else sum(counts.values())
    return {"tickets": [_view(row) for row in rows], "counts": counts, "total": total}


def shown(house: House, caller: Caller, ticket_id: UUID) -> dict[str, Any]:
    """One ticket with history and alerts, for the operator with the questions of its gap; NotFound."""
    with house.nova.db.transaction() as conn:
        row = store.get(conn, ticket_id)
        asked = store.questions(conn, row.gap_id, QUESTIONS) if row.gap_id and row.gap_questions and caller.role == "admin" else []
        more = {"history": store.changes(conn, ticket_id), "episodes": store.episodes(conn, ticket_id)}
    return _view(row) | more | {"questions": [one | {"question": one["question"] or DELETED} for one in asked]}


def opened(house: House, caller: Caller, asked: shapes.NewTicket) -> dict[str, Any]:
    """A ticket by hand; Conflict where its gap has an open one."""
    wish = changes.Wish(asked.title, asked.text, asked.kind, asked.owner, asked.gap_id)
    actor, tell, clean = caller.token, alarms_of(house.nova).around.tell, house.nova.answers.redact
    with house.nova.db.transaction() as conn:
        ticket_id = changes.open_by_hand(conn, wish, actor, datetime.now(UTC), tell, clean)
        house.nova.audit.record(caller, "ticket.opened", str(ticket_id), {"kind": asked.kind, "owner": asked.owner}, connection=conn)
    return shown(house, caller, ticket_id)


def changed(house: House, caller: Caller, ticket_id: UUID, asked: shapes.TicketPatch) -> dict[str, Any]:
    """Move, hand on or comment; NotFound, Conflict when somebody was quicker."""
    patch = changes.Patch(asked.state, asked.owner, asked.comment, asked.version)
    actor, tell, clean = caller.token, alarms_of(house.nova).around.tell, house.nova.answers.redact
    with house.nova.db.transaction() as conn:
        changes.change(conn, ticket_id, patch, actor, datetime.now(UTC), tell, clean)
        facts = {"state": asked.state, "owner": asked.owner, "commented": bool(asked.comment)}
        house.nova.audit.record(caller, "ticket.changed", str(ticket_id), facts, connection=conn)
    return shown(house, caller, ticket_id)


def _view(row: store.TicketRow) -> dict[str, Any]:
    told = asdict(row) | {"state_text": changes.STATES[row.state], "gap_terms": list(row.gap_terms or ())}  # type: ignore[index]
    return named({name: told[name] for name in shapes.TicketData.model_fields})
