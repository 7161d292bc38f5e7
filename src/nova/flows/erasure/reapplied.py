"""A restored database in; whom it brought back erased again, and withdrawals unknown to it noted again, before anybody is served."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from psycopg import Connection

from nova.errors import ServerAbsent
from nova.flows import consents
from nova.flows.erasure.erase import FIRST
from nova.flows.erasure.ledger import Ledger
from nova.flows.erasure.requests import Erasures
from nova.flows.erasure.rows import ROWS, erase_rows
from nova.flows.erasure.run import Leave
from nova.flows.withdrawals import Withdrawals
from nova.governance import consent
from nova.logs import get_logger
from nova.ports.jobs import Jobs
from nova.records import Erasure
from nova.store.people import people
from nova.store.people import rights as rows
from nova.store.people.people import ConsentEnd
from nova.store.postgres.db import Database

SOURCE = "ledger"
log = get_logger(__name__)


class Reapplication:
    """What the files beside the snapshots know and a restored database does not."""

    def __init__(self, db: Database, jobs: Jobs, erasures: Erasures, ledger: Ledger, withdrawals: Withdrawals, leave: Leave) -> None:
        self._db, self._jobs, self._erasures, self._ledger, self._withdrawals = db, jobs, erasures, ledger, withdrawals
        self._leave = leave

    def reapply(self) -> int:
        """Erase again whom a restored database brought back, before anybody is served; how many. Raises whatever stands in the way.

        Then every withdrawal is noted again that it does not know, and those are written down that the file beside it does not.
        What is left to do in files is the job's, which starts here too where it does not wait already.
        """
        entries = {one.erasure_id: one for one in self._ledger.all()}
        with self._db.transaction() as conn:
            rows.take_over(conn, entries.values())
            here = rows.still_there(conn, entries.values())
        for erasure_id in sorted(here):
            self._erase_again(entries[erasure_id])
        with self._db.transaction() as conn:
            self._ledger.take_over(rows.every_erasure(conn))
        if again := self.withdraw_again():
            log.warning("withdrawn_again", withdrawals=again)
        with self._db.transaction() as conn:
            held = people.withdrawn(conn)
        self._withdrawals.take_over(held)
        self._erasures.resume()
        return len(here)

    def withdraw_again(self) -> int:
        """Note every withdrawal that the database does not know, and do what follows; how many."""
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            missing = self._withdrawals.unknown(conn)
        for one in missing:
            self._db.retry(partial(self._withdraw, one, now))
        return len(missing)

    def require_none_back(self) -> None:
        """ServerAbsent while the database holds somebody whom the ledger names, or lacks a withdrawal: the Nova that serves mends it."""
        entries = self._ledger.all()
        with self._db.transaction() as conn:
            back = rows.still_there(conn, [one for one in entries if one.done_at is not None]) if entries else set()
            unknown = self._withdrawals.unknown(conn)
        if back or unknown:
            raise ServerAbsent(
                "Die Datenbank enthält Personen, die schon gelöscht wurden, oder kennt Widerrufe nicht: Eine ältere Sicherung wurde "
                "eingespielt. Starten Sie zuerst das Nova, das antwortet; es holt beides nach."
            )

    def _withdraw(self, one: ConsentEnd, now: datetime, conn: Connection[Any]) -> None:
        text = consent.shipped()
        known = one.lookup is None
        subject_id = one.subject_id if known else people.ensure_subject(conn, one.subject_id, one.lookup or b"", None, None)
        statement = consent.Statement({one.purpose: False}, text.version, text.sha256, min(one.at, now), SOURCE)
        consents.note(conn, self._jobs, subject_id, statement, now)

    def _erase_again(self, entry: Erasure) -> None:
        """Delete the rows once more; the receipt of an erasure that was done is set aside until this one is."""
        with self._db.long_transaction() as conn:
            held = rows.erasure(conn, entry.erasure_id)
            known = entry if held is None or entry.done_at is not None else held
            receipt = dict[str, Any]() if known.done_at is None else {FIRST: dict(known.receipt)}
            erase_rows(conn, entry, receipt, self._leave)
            rows.note(conn, entry.erasure_id, {**receipt, "steps": [ROWS]})
        log.warning("person_erased_again", erasure_id=str(entry.erasure_id))
