"""Thresholds, alerts and tickets."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from nova.api.approving import WANTED, twice
from nova.api.doors import DoorRoute, ForConfiguration, ForMeasures, InHouse, for_measures
from nova.api.models.quality import alerts as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import alerts, tickets
from nova.kpi.tickets.board import TicketFilter
from nova.kpi.tickets.changes import Patch, Wish

router = APIRouter(prefix="/api/v1/admin", tags=["Alarme"], route_class=DoorRoute, dependencies=[Depends(for_measures)])
Rule = Annotated[shapes.RuleName, Path()]


@router.get("/thresholds", response_model=Envelope[shapes.ThresholdData], summary="Schwellen der Kennzahlen")
def get_thresholds(house: InHouse, filters: Annotated[shapes.ThresholdFilters, Query()]) -> Response:
    """The text in force or a saved one, its rules, and who saved which."""
    found = house.cases.kpi.threshold_texts.read(filters.version)
    return ok(alerts.thresholds_view(found), headers={"ETag": f'"{found.version}"'})


@router.put("/thresholds", response_model=Envelope[shapes.ThresholdData], responses=WANTED, summary="Schwellen ersetzen")
def put_thresholds(house: InHouse, who: ForConfiguration, body: shapes.NewThresholds) -> Response:
    """The whole text; 409 when it was changed since the version that was edited."""

    def save() -> Response:
        found = house.cases.kpi.threshold_texts.save(who, body.text, body.version)
        return ok(alerts.thresholds_view(found), headers={"ETag": f'"{found.version}"'})

    return twice(house, who, "thresholds.change", "thresholds", {"text": body.text, "version": body.version}, save)


@router.post("/thresholds/backtest", response_model=Envelope[shapes.BacktestData], summary="Schwellen an der Vergangenheit prüfen")
def backtest_thresholds(house: InHouse, body: shapes.BacktestRequest) -> Response:
    """How often each rule would have fired, when and for how long; nothing changes."""
    return ok(alerts.backtest_view(house.cases.kpi.threshold_texts.backtest(body.text, body.rule, body.days)))


@router.get("/alerts", response_model=Envelope[shapes.AlertList], summary="Wo jede Regel steht")
def list_alerts(house: InHouse) -> Response:
    """The worst first, each with its explanation and ticket; and what was told lately."""
    return ok(alerts.overview_view(house.cases.kpi.alert_board.overview()))


@router.get("/alerts/history", response_model=Envelope[shapes.ChangeList], summary="Verlauf der Alarme")
def list_alert_history(house: InHouse, filters: Annotated[shapes.HistoryFilters, Query()]) -> Response:
    """Newest first."""
    board, events = house.cases.kpi.alert_board, filters.events
    return ok(alerts.history_view(*board.history(filters.rule, events=events, limit=filters.limit, offset=filters.offset)))


@router.post("/alerts/run", response_model=Envelope[shapes.Evaluation], summary="Alle Regeln jetzt bewerten")
def run_alerts(house: InHouse, who: ForMeasures, body: shapes.RunRequest) -> Response:
    """What the job does every quarter of an hour; with `dry_run` nothing changes, and what would follow is said. Without, operator only."""
    return ok(alerts.outcome_view(house.cases.kpi.alert_board.run(who, dry_run=body.dry_run)))


@router.post("/alerts/{rule}/silence", response_model=Envelope[shapes.Silenced], summary="Eine Regel stumm schalten")
def silence_alert(house: InHouse, who: ForConfiguration, rule: Rule, body: shapes.SilenceRequest) -> Response:
    """It goes on being evaluated and opens its ticket; nobody is told."""
    return ok({"rule": rule, "silent_until": house.cases.kpi.alert_board.silence(who, rule, body.hours)})


@router.get("/tickets", response_model=Envelope[shapes.TicketList], summary="Tickets")
def list_tickets(house: InHouse, filters: Annotated[shapes.TicketFilters, Query()]) -> Response:
    """The latest changed first, with how many there are by state."""
    wanted = TicketFilter(filters.state, filters.owner, filters.kind)
    return ok(tickets.page_view(house.cases.kpi.ticket_board.page(wanted, filters.limit, filters.offset)))


@router.post("/tickets", response_model=Envelope[shapes.TicketDetail], status_code=201, summary="Ein Ticket eröffnen")
def open_ticket(house: InHouse, who: ForMeasures, body: shapes.NewTicket) -> Response:
    """By hand; 409 where the gap has an open one."""
    wish = Wish(body.title, body.text, body.kind, body.owner, body.gap_id)
    return ok(tickets.file_view(house.cases.kpi.ticket_board.open(who, wish)), status=201)


@router.get("/tickets/{ticket_id}", response_model=Envelope[shapes.TicketDetail], summary="Ein Ticket")
def get_ticket(house: InHouse, who: ForMeasures, ticket_id: UUID) -> Response:
    """With history and alerts; the questions of its gap are for the operator alone."""
    return ok(tickets.file_view(house.cases.kpi.ticket_board.one(who, ticket_id)))


@router.patch("/tickets/{ticket_id}", response_model=Envelope[shapes.TicketDetail], summary="Ein Ticket ändern")
def change_ticket(house: InHouse, who: ForMeasures, ticket_id: UUID, body: shapes.TicketPatch) -> Response:
    """State, owner, a comment; closing it as done measures the effect on its figure."""
    patch = Patch(body.state, body.owner, body.comment, body.version)
    return ok(tickets.file_view(house.cases.kpi.ticket_board.change(who, ticket_id, patch)))
