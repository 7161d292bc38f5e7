"""Whose a meter was, is and will be, as the operator sets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from nova.energy.meters import assigning
from nova.energy.meters.meters import EnsurePerson
from nova.german import BERLIN
from nova.ports import Audit
from nova.records import Caller
from nova.store.people import usage
from nova.store.postgres.db import Database
from nova.store.series import assignments, meters
from nova.store.series.assignments import Assignment as Assignment


@dataclass(frozen=True, slots=True)
class WantedAssignment:
    """A meter is a customer's from a day or moment on (None: from the beginning) up to another, excluded (None: until further notice)."""

    customer: str
    since: datetime | date | None
    to: datetime | date | None


class MeterAssignments:
    """Assignments of meters to customers. `allowed` is what each person may keep."""

    def __init__(self, db: Database, audit: Audit, person: EnsurePerson, allowed: usage.Amounts) -> None:
        self._db, self._audit, self._person, self._allowed = db, audit, person, allowed

    def of(self, meter_id: str) -> list[Assignment]:
        """Those of a meter in order of time; in between it is the company's. NotFound."""
        with self._db.transaction() as conn:
            meters.get(conn, meter_id)
            return assignments.of_meter(conn, meter_id)

    def replace(self, caller: Caller, meter_id: str, given: Sequence[WantedAssignment]) -> list[Assignment]:
        """Make these the assignments of a meter, all or none; an unknown one is made. InvalidInput, QuotaExceeded."""
        wanted = [self._assignment(one) for one in given]
        with self._db.transaction() as conn:
            if assigning.assign(conn, meter_id, wanted, self._allowed):
                facts = {"customers": sorted({str(one.user_id) for one in wanted}), "assignments": len(wanted)}
                self._audit.record(caller, "meter.assigned", meter_id, facts, connection=conn)
        return self.of(meter_id)

    def _assignment(self, given: WantedAssignment) -> Assignment:
        user = self._person(given.customer)
        starts = assigning.FIRST if given.since is None else moment(given.since)
        return Assignment(user.external_id, user.user_id, starts, None if given.to is None else moment(given.to))


def moment(given: datetime | date) -> datetime:
    """A day begins at midnight in Berlin; a time is itself."""
    return given if isinstance(given, datetime) else datetime.combine(given, time(), BERLIN).astimezone(UTC)
