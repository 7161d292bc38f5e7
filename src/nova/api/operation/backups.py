"""The snapshots of an installation in, what people and health checks are told of them out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from nova import german
from nova.api.protocol.files import SANDBOX
from nova.flows.snapshots.kept import Kept, Proof, Snapshot
from nova.settings import Settings

PROVEN_WITHIN = timedelta(days=14)
LATE = 2  # this many rhythms without a snapshot are too many


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


def check(settings: Settings, now: datetime | None = None) -> dict[str, str]:
    """The line of the health report: when it was saved last, and when that was last seen to be restorable."""
    kept, moment = Kept(settings.NOVA_DATA), now or datetime.now(UTC)
    snapshots, every = kept.list(), timedelta(hours=settings.NOVA_SNAPSHOT_EVERY)
    since = kept.expected_since() if every else None
    if not snapshots:
        return _none(since, settings, moment)
    saved = _saved(snapshots[0], settings, moment)
    proven = _proven(kept.last_proof(), _first(snapshots[-1].created_at, since, every), moment)
    good = saved[0] and proven[0]
    return _line("ok" if good else "degraded", f"{saved[1]} {proven[1]}")


def _none(since: datetime | None, settings: Settings, now: datetime) -> dict[str, str]:
    """No snapshot at all: a fault once they ought to come by themselves and do not."""
    hours = settings.NOVA_SNAPSHOT_EVERY
    if since is not None and now - since > LATE * timedelta(hours=hours):
        due = f"seit dem {_day(since)} ist alle {hours} Stunden eine fällig"
        return _line("degraded", f"Es gibt keine Sicherung; {due} (`nova jobs list` nennt den Grund, `nova snapshot` legt eine an).")
    return _line("absent", "Es gibt noch keine Sicherung (`nova snapshot` legt eine an).")


def _first(oldest: datetime, since: datetime | None, every: timedelta) -> datetime:
    """When there was the first snapshot to prove; the oldest that is kept may be much younger."""
    return oldest if since is None else min(oldest, since + every)


def _saved(newest: Snapshot, settings: Settings, now: datetime) -> tuple[bool, str]:
    sealed = ", verschlüsselt" if newest.encrypted else ""
    said = f"Zuletzt gesichert am {_day(newest.created_at)} ({_size(newest.bytes)}{sealed})"
    if newest.flaws:
        return False, f"{said}; dabei fehlten oder waren beschädigt: {len(newest.flaws)} Dateien."
    every = timedelta(hours=settings.NOVA_SNAPSHOT_EVERY)
    if every and now - newest.created_at > LATE * every:
        return False, f"{said}; fällig ist alle {settings.NOVA_SNAPSHOT_EVERY} Stunden eine."
    return True, f"{said}."


def _proven(proof: Proof | None, first: datetime, now: datetime) -> tuple[bool, str]:
    if proof is None:
        return now - first <= PROVEN_WITHIN, "Noch nie zur Probe eingespielt."
    if not proof.ok:
        return False, f"Die Probe vom {_day(proof.at)} misslang: {' '.join(proof.problems[:1])}"
    like = " (an einer gleich angelegten, unverschlüsselten; der Schlüssel liegt nicht hier)" if proof.what == "like" else ""
    said = f"Zuletzt zur Probe eingespielt am {_day(proof.at)}{like}"
    return now - proof.at <= PROVEN_WITHIN, f"{said}."


def _line(status: str, detail: str) -> dict[str, str]:
    return {"name": "snapshots", "status": status, "detail": detail}


def _day(moment: datetime) -> str:
    return german.moment(moment)


def _size(count: int) -> str:
    return german.megabytes(count)
