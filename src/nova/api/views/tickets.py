"""Tickets in, the JSON shapes of `models.alerts` out."""

from dataclasses import asdict
from typing import Any

from nova.api.models.quality import alerts as shapes
from nova.api.views.records import named
from nova.kpi.tickets import words
from nova.kpi.tickets.board import TicketFile, TicketPage, TicketRow
from nova.kpi.tickets.changes import STATES
from nova.language.inert import inert


def page_view(page: TicketPage) -> dict[str, Any]:
    """A page of the board, and how many there are by state."""
    return {"tickets": [_view(row) for row in page.tickets], "counts": page.counts, "total": page.total}


def file_view(found: TicketFile) -> dict[str, Any]:
    """One ticket with history, alerts and questions."""
    return _view(found.ticket) | {"history": found.history, "episodes": found.episodes, "questions": found.questions}


def _view(row: TicketRow) -> dict[str, Any]:
    told = asdict(row) | {"state_text": STATES[row.state], "gap_terms": list(row.gap_terms or ())}
    told |= {"cause": words.cause(row), "cause_text": inert(words.cause_text(row))}
    return named({name: told[name] for name in shapes.TicketData.model_fields})
