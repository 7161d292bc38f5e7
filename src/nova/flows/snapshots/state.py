"""How an installation's snapshots stand: when it was saved last, and when that was last seen to be restorable."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from nova import german
from nova.flows.snapshots.kept import Kept, Proof, Snapshot
from nova.ports.watching import Finding, State

PROVEN_WITHIN = timedelta(days=14)
LATE = 2  # this many rhythms without a snapshot are too many


def check(kept: Kept, every_hours: int, now: datetime | None = None) -> Iterator[Finding]:
    """The line of the health report; `every_hours` is the rhythm, 0 for none."""
    moment, snapshots, every = now or datetime.now(UTC), kept.list(), timedelta(hours=every_hours)
    since = kept.expected_since() if every else None
    if not snapshots:
        yield _none(since, every_hours, moment)
        return
    saved = _saved(snapshots[0], every_hours, moment)
    proven = _proven(kept.last_proof(), _first(snapshots[-1].created_at, since, every), moment)
    yield _finding("ok" if saved[0] and proven[0] else "degraded", f"{saved[1]} {proven[1]}")


def _none(since: datetime | None, hours: int, now: datetime) -> Finding:
    """No snapshot at all: a fault once they ought to come by themselves and do not."""
    if since is not None and now - since > LATE * timedelta(hours=hours):
        due = f"seit dem {german.moment(since)} ist alle {hours} Stunden eine fällig"
        return _finding("degraded", f"Es gibt keine Sicherung; {due} (`nova jobs list` nennt den Grund, `nova snapshot` legt eine an).")
    return _finding("absent", "Es gibt noch keine Sicherung (`nova snapshot` legt eine an).")


def _first(oldest: datetime, since: datetime | None, every: timedelta) -> datetime:
    """When there was the first snapshot to prove; the oldest that is kept may be much younger."""
    return oldest if since is None else min(oldest, since + every)


def _saved(newest: Snapshot, hours: int, now: datetime) -> tuple[bool, str]:
    sealed = ", verschlüsselt" if newest.encrypted else ""
    said = f"Zuletzt gesichert am {german.moment(newest.created_at)} ({german.megabytes(newest.bytes)}{sealed})"
    if newest.flaws:
        return False, f"{said}; dabei fehlten oder waren beschädigt: {len(newest.flaws)} Dateien."
    if hours and now - newest.created_at > LATE * timedelta(hours=hours):
        return False, f"{said}; fällig ist alle {hours} Stunden eine."
    return True, f"{said}."


def _proven(proof: Proof | None, first: datetime, now: datetime) -> tuple[bool, str]:
    if proof is None:
        return now - first <= PROVEN_WITHIN, "Noch nie zur Probe eingespielt."
    if not proof.ok:
        return False, f"Die Probe vom {german.moment(proof.at)} misslang: {' '.join(proof.problems[:1])}"
    like = " (an einer gleich angelegten, unverschlüsselten; der Schlüssel liegt nicht hier)" if proof.what == "like" else ""
    return now - proof.at <= PROVEN_WITHIN, f"Zuletzt zur Probe eingespielt am {german.moment(proof.at)}{like}."


def _finding(status: State, detail: str) -> Finding:
    return Finding("snapshots", status, detail)
