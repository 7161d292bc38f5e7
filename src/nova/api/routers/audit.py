"""The audit log: who did what, and whether it is as it was written."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, for_audit
from nova.api.models.audit import ActionList, AuditFilters, AuditList, AuditVerdict
from nova.api.protocol.envelope import Envelope, ok
from nova.governance.audit.trail import AuditFilter

router = APIRouter(prefix="/api/v1/admin/audit", tags=["Protokoll"], route_class=DoorRoute, dependencies=[Depends(for_audit)])


@router.get("", response_model=Envelope[AuditList], summary="Protokoll")
def list_audit(house: InHouse, asked: Annotated[AuditFilters, Query()]) -> Response:
    """Newest first; `before` is the smallest `seq` already seen."""
    wanted = AuditFilter(asked.actor, asked.action, asked.target, asked.since, asked.until)
    return ok({"entries": house.cases.people.audit_trail.page(wanted, asked.before, asked.limit)})


@router.get("/actions", response_model=Envelope[ActionList], summary="Arten von Einträgen")
def list_actions(house: InHouse) -> Response:
    """What can be looked for."""
    return ok({"actions": house.cases.people.audit_trail.actions()})


@router.get("/verify", response_model=Envelope[AuditVerdict], summary="Protokoll nachprüfen")
def verify_audit(house: InHouse) -> Response:
    """Reads every row; names the first that was edited, deleted, inserted or moved, and a tail that is missing."""
    verdict, seconds = house.cases.people.audit_trail.verify()
    first = asdict(verdict.first) if verdict.first else None
    return ok({**asdict(verdict), "ok": verdict.ok, "first": first, "seconds": seconds})
