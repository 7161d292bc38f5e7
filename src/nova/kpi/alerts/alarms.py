"""Fresh figures and thresholds in, changed states, tickets and messages out; where every rule stands, and what people ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import InvalidInput, Misconfigured, NotAllowed
from nova.kpi.alerts.evaluation import Note, Outcome, Surroundings, run
from nova.kpi.kinds import ALERTS
from nova.kpi.measuring import Measuring
from nova.kpi.rules import say, thresholds
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import alerts as store

FIRED = ("warn", "critical")
FRESH = timedelta(hours=2)  # hours that are measured anew before an evaluation, where their rows have changed
WORST_FIRST = ("critical", "warn", "clearing", "pending", "no_data", "ok")
NOTICES = 20


class Alarms:
    """Evaluates the rules of a file, which is read anew each time."""

    def __init__(self, measuring: Measuring, path: Path, around: Surroundings) -> None:
        self._measuring, self._path, self.around = measuring, path, around

    def evaluate(self, now: datetime, *, dry_run: bool = False, note: Note | None = None) -> Outcome:
        """Every rule once. First, but not in a dry run, the last hours are measured, and gaps are found where a ticket is about to follow.

        A dry run judges the figures as they were measured last; the outcome says up to when that was. `note` is called last in the
        transaction that changes the rules' states.
        Misconfigured names a wrong line of the thresholds.
        """
        found, db = thresholds.load(self._path), self._measuring.db
        if not dry_run:
            self._measuring.since(now - FRESH, now)
            if any(rule["event"] in FIRED for rule in run(db, found, self.around, now, dry_run=True).rules):
                self._measuring.find_gaps(now)
        return run(db, found, self.around, now, dry_run=dry_run, note=note)


@dataclass(frozen=True, slots=True)
class AlertOverview:
    """Every rule's row, the worst first, how many rules stand where, the channels that are set up, and the last notices."""

    rules: Sequence[dict[str, Any]]
    counts: dict[str, int]
    channels: Sequence[str]
    notices: Sequence[store.NoticeRow]


class AlertBoard:
    """What people see of alerts, and what they may do: evaluate now, and silence."""

    def __init__(self, db: Database, alarms: Alarms, audit: Audit) -> None:
        self._db, self._alarms, self._audit = db, alarms, audit

    def overview(self) -> AlertOverview:
        """Where every rule stands, and what was told lately."""
        with self._db.transaction() as conn:
            rows, notices = store.states(conn), store.notices(conn, NOTICES)
        rows.sort(key=lambda row: (WORST_FIRST.index(row["state"]), row["rule"]))
        counts = dict.fromkeys(say.STATES, 0)
        for row in rows:
            counts[row["state"]] += 1
        return AlertOverview(rows, counts, tuple(self._alarms.around.channels), notices)

    def history(self, rule: str | None, *, events: bool, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
        """A page of the changes of rules' states, newest first, and how many there are; `events`: only those that fired or ended."""
        with self._db.transaction() as conn:
            return store.history(conn, rule, events=events, limit=limit, offset=offset)

    def run(self, caller: Caller, *, dry_run: bool) -> Outcome:
        """Evaluate every rule now; a dry run changes nothing, and only the operator may run without.

        NotAllowed; InvalidInput names a wrong line.
        """
        if not dry_run and not caller.may("configure"):
            raise NotAllowed("Scharf bewerten darf nur die Betriebsverwaltung; die Probe (dry_run) dürfen Sie.")

        def note(conn: Connection[Any], outcome: Outcome) -> None:
            self._audit.record(caller, "alerts.run", outcome.version, dict(outcome.counts), connection=conn)

        try:
            return self._alarms.evaluate(datetime.now(UTC), dry_run=dry_run, note=None if dry_run else note)
        except Misconfigured as error:
            raise InvalidInput(error.message, data=error.data) from None

    def silence(self, caller: Caller, rule: str, hours: int) -> datetime | None:
        """Tell nobody of a rule for some hours, or (0) again; until when. NotFound."""
        until = datetime.now(UTC) + timedelta(hours=hours) if hours else None
        with self._db.transaction() as conn:
            store.silence(conn, rule, until)
            self._audit.record(caller, "alerts.silenced", rule, {"hours": hours}, connection=conn)
        return until


def start_first(db: Database, jobs: Jobs) -> UUID | None:
    """Evaluate soon where no rule was ever evaluated: who has just installed Nova sees its rules. None where some were, or one waits."""
    with db.transaction() as conn:
        if store.evaluated(conn):
            return None
    started = jobs.start_once(ALERTS, states=("queued",))
    return started.job_id if started.new else None
