"""What waits for a second operator's word."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForPeople, InHouse
from nova.api.entering import Recent
from nova.api.models.people import approvals as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.accounts import path_of
from nova.governance.accounts.invitations import NewInvitation
from nova.governance.approvals import ACTIONS, Approval
from nova.records import Caller

router = APIRouter(prefix="/api/v1/admin/approvals", tags=["Personen"], route_class=DoorRoute)


@router.get("", response_model=Envelope[shapes.ApprovalList], summary="Was auf ein zweites Wort wartet")
def list_approvals(house: InHouse, caller: ForPeople, filters: Annotated[shapes.ApprovalFilters, Query()]) -> Response:
    """The newest first, with what came of those that were decided."""
    found, total = house.cases.approvals.page(tuple(filters.state), filters.limit, filters.offset)
    wanted = sorted(house.cases.approvals.wanted())
    return ok({"approvals": [_view(one, caller) for one in found], "total": total, "wanted": wanted})


@router.post("/{approval_id}", response_model=Envelope[shapes.ApprovalDecided], summary="Bestätigen oder ablehnen")
def decide_approval(house: InHouse, caller: ForPeople, _: Recent, approval_id: UUID, body: shapes.ApprovalDecision) -> Response:
    """A yes carries it out as the caller; 403 for who asked for it, 409 when it is decided, else what the action itself answers."""
    approvals = house.cases.approvals
    decided, result = approvals.approve(caller, approval_id) if body.approve else (approvals.refuse(caller, approval_id), None)
    house.identities.forget()
    path = path_of(result) if isinstance(result, NewInvitation) else None
    return ok(_view(decided, caller) | {"path": path})


def _view(one: Approval, caller: Caller) -> dict[str, Any]:
    return {
        "approval_id": one.approval_id,
        "action": one.action,
        "title": ACTIONS[one.action].title,
        "target": one.target,
        "state": one.state,
        "asked_by": one.asked_by,
        "asker": one.asker,
        "asked_at": one.asked_at,
        "decided_by": one.decided_by,
        "decider": one.decider,
        "decided_at": one.decided_at,
        "told": one.told,
        "expires_at": one.expires_at,
        "person": one.person,
        "args": dict(one.args),
        "mine": one.asked_by == caller.token,
    }
