"""Snapshots in the JSON shapes of `models.snapshots`, and as files."""

from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from nova.api.protocol.files import SANDBOX
from nova.flows.snapshots.kept import Kept, Snapshot
from nova.settings import Settings


def listed(settings: Settings) -> dict[str, Any]:
    """Every snapshot, the last proof, and how snapshots are made here."""
    kept = Kept(settings.NOVA_DATA)
    return {
        "folder": str(kept.folder.resolve()),
        "snapshots": kept.list(),
        "last_proof": kept.last_proof(),
        "every_hours": settings.NOVA_SNAPSHOT_EVERY,
        "keep": settings.NOVA_SNAPSHOT_KEEP,
        "recipient": settings.NOVA_SNAPSHOT_RECIPIENT,
    }


def as_file(snapshot: Snapshot, path: Path) -> Response:
    """The file, streamed from the disk."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": SANDBOX}
    return FileResponse(path, media_type="application/octet-stream", filename=snapshot.file, headers=headers)
