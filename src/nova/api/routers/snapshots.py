"""Snapshots: make, list, download, prove, delete. To download or delete one takes more than to look at them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForConfiguration, ForOperation, InHouse, for_operation
from nova.api.models.common import Deleted, StartedJob
from nova.api.models.snapshots import SnapshotList, SnapshotRequest
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.snapshots import as_file, listed
from nova.flows.snapshots.requests import SnapshotRequest as Wanted

router = APIRouter(prefix="/api/v1/admin/snapshots", tags=["Sicherungen"], route_class=DoorRoute, dependencies=[Depends(for_operation)])
BYTES: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


@router.post("", response_model=Envelope[StartedJob], status_code=202, summary="Sicherung anlegen")
def make_snapshot(house: InHouse, who: ForOperation, body: SnapshotRequest) -> Response:
    """A job that saves database, files and on request the index while Nova goes on working."""
    wanted = Wanted(body.qdrant, body.pg_dump, body.recipient or "", body.aside)
    return ok({"job_id": house.cases.people.snapshot_requests.make(who, wanted)}, status=202)


@router.get("", response_model=Envelope[SnapshotList], summary="Sicherungen")
def list_snapshots(house: InHouse) -> Response:
    """Those in the data folder, newest first."""
    return ok(listed(house.nova.settings))


@router.get("/{snapshot_id}", response_class=Response, summary="Sicherung herunterladen", responses=BYTES)
def get_snapshot(house: InHouse, who: ForConfiguration, snapshot_id: UUID) -> Response:
    """The file: a tar archive, or one inside an age file."""
    return as_file(*house.cases.people.stored_snapshots.download(who, snapshot_id))


@router.post("/{snapshot_id}/prove", response_model=Envelope[StartedJob], status_code=202, summary="Sicherung zur Probe einspielen")
def prove_snapshot(house: InHouse, who: ForOperation, snapshot_id: UUID) -> Response:
    """A job that restores it into a throw-away folder and compares."""
    return ok({"job_id": house.cases.people.stored_snapshots.prove(who, snapshot_id)}, status=202)


@router.delete("/{snapshot_id}", response_model=Envelope[Deleted], summary="Sicherung löschen")
def delete_snapshot(house: InHouse, who: ForConfiguration, snapshot_id: UUID) -> Response:
    """The file and its record."""
    house.cases.people.stored_snapshots.delete(who, snapshot_id)
    return ok({"deleted": True})
