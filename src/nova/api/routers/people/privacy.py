"""People's rights as the operator grants them: exports, erasures with their receipts, and how long rows are kept."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from nova.api import rights
from nova.api.approving import twice
from nova.api.doors import Costly, DoorRoute, ForRights, InHouse, for_audit, for_rights
from nova.api.entering import Recent
from nova.api.models.people import rights as shapes
from nova.api.protocol.envelope import Envelope, ok

router = APIRouter(prefix="/api/v1/admin", tags=["Rechte"], route_class=DoorRoute)
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {}, "application/zip": {}}}}
AUDIT, RIGHTS = [Depends(for_audit)], [Depends(for_rights)]


@router.post("/subjects/find", response_model=Envelope[shapes.SubjectData], summary="Eine Person finden")
def find_subject(house: InHouse, _who: ForRights, body: shapes.FindSubject) -> Response:
    """By pseudonym, external id or the id that a sender uses; in the body, so that no log holds it."""
    return ok(rights.person_view(house.cases.people.directory.find(body.subject)))


@router.get(
    "/subjects/{subject_id}/export", response_class=Response, responses=FILE, dependencies=RIGHTS, summary="Auskunft über eine Person"
)
async def export_subject(
    house: InHouse, by: Costly, subject_id: UUID, form: Annotated[shapes.Format, Query(alias="format")] = "json"
) -> Response:
    """As JSON, or as a ZIP with the person's documents."""
    return await by.run(rights.export_of, house, by.caller, subject_id, form)


@router.patch("/subjects/{subject_id}", response_model=Envelope[shapes.SubjectData], summary="Kennung einer Person berichtigen")
def change_subject(house: InHouse, who: ForRights, _: Recent, subject_id: UUID, body: shapes.SubjectChange) -> Response:
    """Other systems know the person by another name from now on. Their tokens are withdrawn and they are signed out."""
    renamed = house.cases.people.directory.rename(who, subject_id, body.external_id)
    house.identities.forget()
    return ok(rights.person_view(renamed))


@router.get("/erasures", response_model=Envelope[shapes.ErasureList], dependencies=AUDIT, summary="Löschverzeichnis")
def list_erasures(house: InHouse, asked: Annotated[shapes.ErasureFilters, Query()]) -> Response:
    """Newest first, a page at a time."""
    entries, total = house.cases.people.erasures.page(asked.subject, asked.limit, asked.offset)
    return ok({"erasures": [rights.erasure_view(one) for one in entries], "total": total})


@router.post("/erasures", response_model=Envelope[shapes.ErasureStarted], status_code=202, summary="Eine Person löschen")
def erase_subject(house: InHouse, who: ForRights, body: shapes.NewErasure) -> Response:
    """A job that leaves nothing of them and ends with a receipt; it cannot be undone."""
    subject = house.cases.people.directory.find(body.subject).subject_id
    args = {"subject_id": str(subject), "purge_snapshots": body.purge_snapshots}
    erase = partial(rights.erase_somebody, house, who, str(subject), purge_snapshots=body.purge_snapshots)
    return twice(house, who, "person.erase", str(subject), args, lambda: ok(erase(), status=202))


@router.get("/erasures/{erasure_id}", response_model=Envelope[shapes.ErasureData], dependencies=AUDIT, summary="Löschbeleg")
def get_erasure(house: InHouse, erasure_id: UUID) -> Response:
    """What went where, when, what stays and why."""
    return ok(rights.erasure_view(house.cases.people.erasures.one(erasure_id)))


@router.post("/erasures/{erasure_id}/retry", response_model=Envelope[shapes.ErasureData], summary="Eine Löschung noch einmal versuchen")
def retry_erasure(house: InHouse, who: ForRights, erasure_id: UUID) -> Response:
    """For one that failed, was cancelled or has stopped; it goes on where it was."""
    return ok(rights.erasure_view(house.cases.people.erasures.retry(who, erasure_id)))


@router.get("/retention", response_model=Envelope[shapes.RetentionData], dependencies=AUDIT, summary="Aufbewahrung")
def get_retention(house: InHouse) -> Response:
    """How long rows are kept, and how many are past it."""
    return ok(rights.retention_view(house.cases.people.retention))


@router.post("/retention", response_model=Envelope[shapes.RetentionDone], summary="Aufbewahrung jetzt anwenden")
def run_retention(house: InHouse, who: ForRights, body: shapes.RetentionRun) -> Response:
    """With `dry_run` only what would go is counted; else a job removes it."""
    return ok(rights.retain(house.cases.people.retention, who, dry_run=body.dry_run))
