"""Deliveries for whoever may see them: files, pulls and pushes with their reports, and taking one back."""

from dataclasses import dataclass
from uuid import UUID

from nova.energy.delivery.taking_back import may_take
from nova.energy.kinds import TAKE_BACK
from nova.errors import NotAllowed
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.store.people.governance import names_of
from nova.store.postgres.db import Database
from nova.store.series import batches, take_back
from nova.visibility import Visible


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """A delivery; `sent_by`, the sender's name, is told to who sees everything. `may_take_back`: the caller may now."""

    batch: batches.Batch
    sent_by: str | None
    may_take_back: bool


class Deliveries:
    """The company's and people's own."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit) -> None:
        self._db, self._jobs, self._audit = db, jobs, audit

    def page(self, caller: Caller, source: str | None, limit: int, offset: int) -> list[DeliveryState]:
        """Deliveries that a caller may see, the newest first; `source` None: of every way in."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            found = batches.page(conn, seen, source=source, limit=limit, offset=offset)
            names = names_of(conn, [one.sent_by for one in found]) if seen.everyone else {}
        return [_state(caller, one, names.get(one.sent_by)) for one in found]

    def one(self, caller: Caller, batch_id: int) -> DeliveryState:
        """One delivery with its report; NotFound."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            found = batches.get(conn, batch_id, seen)
            names = names_of(conn, [found.sent_by]) if seen.everyone else {}
        return _state(caller, found, names.get(found.sent_by))

    def take_back(self, caller: Caller, batch_id: int) -> UUID:
        """Start the job that takes a delivery back; its id. NotFound, NotAllowed, Conflict for one that cannot be taken back."""
        with self._db.transaction() as conn:
            found = batches.get(conn, batch_id, Visible.to(caller))
            if not may_take(caller, found):
                raise NotAllowed("Zurücknehmen darf eine Lieferung, wer sie geschickt hat, und der Betrieb.")
            take_back.lock(conn, batch_id)
            own = found.owner is not None and found.owner == caller.user_id
            title = f"Zurücknehmen: {found.name or found.source}" if own or found.owner is None else TAKE_BACK.title
            args = {"batch_id": batch_id, "by": str(caller.user_id) if own else "admin"}  # the log knows who acted for the company
            job_id = self._jobs.start(TAKE_BACK, args, title=title, owner=caller.user_id, connection=conn)
            self._audit.record(caller, "delivery.taken_back", str(batch_id), {"job_id": str(job_id)}, connection=conn)
        return job_id


def _state(caller: Caller, batch: batches.Batch, sent_by: str | None) -> DeliveryState:
    return DeliveryState(batch, sent_by, batch.state == "done" and may_take(caller, batch))
