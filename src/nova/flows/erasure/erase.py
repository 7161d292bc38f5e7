"""An entry of the ledger in, nothing left of the person out, and a receipt that says what went where and what stays.

Each visit is done again from its beginning after a kill and then finds less to do. The first one, the rows, is one transaction: after it
nothing of the person is found, shown or answered from. The rest removes what is left of them in files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from nova.errors import NotFound
from nova.flows.erasure.ledger import Ledger
from nova.flows.erasure.requests import UNKNOWN
from nova.flows.erasure.run import ErasureRun, Visit, stamp
from nova.flows.erasure.snapshots import PURGE
from nova.governance import rights
from nova.logs import get_logger
from nova.ports import Audit
from nova.ports.jobs import JobContext
from nova.records import Caller
from nova.store.people import rights as rows
from nova.store.postgres.db import Database
from nova.store.postgres.holder import ERASING, alone

OPERATOR = Caller("admin")
FIRST = "first"
OTHERS_LOG = "Das Schreibprotokoll (WAL) des Datenbankservers hält Gelöschtes, bis der Server es überschreibt; das regelt dessen Betrieb."
OTHERS_INDEX = "Der Qdrant-Server räumt gelöschte Punkte nach seinen eigenen Regeln aus seinen Dateien."
SNAPSHOTS = "Sicherungen von vor der Löschung. Wird eine davon eingespielt, löscht Nova die Person erneut, bevor es antwortet."
ASIDE = "Was frühere Einspielungen beiseitegelegt haben (vor-...). Löschen Sie es, sobald es nicht mehr gebraucht wird."
PAGES = "Zu große oder gerade benutzte Tabellen: Gelöschte Zeilen sind nicht mehr lesbar, ihr Platz wird nach und nach überschrieben."
log = get_logger(__name__)


class Eraser:
    """Carries erasures out. `own_server`: the database's log is Nova's to clean."""

    def __init__(self, db: Database, audit: Audit, ledger: Ledger, visits: Sequence[Visit], *, own_server: bool) -> None:
        self._db, self._audit, self._ledger, self._visits, self._own_server = db, audit, ledger, visits, own_server

    def erase(self, erasure_id: UUID, ctx: JobContext) -> None:
        """One erasure, unless it is done; one at a time, for tables and the log are written anew for each. NotFound, JobWaits."""
        with alone(self._db, ERASING):
            with self._db.transaction() as conn:
                entry = rows.erasure(conn, erasure_id)
            if entry is None:
                raise NotFound(UNKNOWN)
            if entry.done_at is None:
                self._erase(ErasureRun(entry, ctx, dict(entry.receipt)))

    def close(self, run: ErasureRun) -> None:
        """The receipt is whole: what stays and why, its hash; then the ledger outside says that it is done, last the database with its log.

        Who is killed on the way does it again, and the ledger outside then holds the receipt that the audit log knows.
        """
        entry, receipt = run.entry, whole(run.receipt, stamp())
        done_at, removed = datetime.fromisoformat(receipt["done_at"]), sum(run.receipt["rows"].values())
        with self._db.transaction() as conn:
            receipt["remains"] = _remains(receipt, rows.kept(conn, entry.person), own=self._own_server)
            run.ctx.guard(conn)
        receipt["sha256"] = rights.sealed(receipt)
        facts = {"subject": entry.subject_id, "rows": removed, "sha256": receipt["sha256"]}
        self._ledger.put(replace(entry, done_at=done_at, receipt=receipt))
        with self._db.transaction() as conn:
            rows.note(conn, entry.erasure_id, receipt, done_at)
            self._audit.record(OPERATOR, "erasure.done", str(entry.erasure_id), facts, connection=conn)
            run.ctx.guard(conn)
        log.info("person_erased", erasure_id=str(entry.erasure_id), rows=removed)

    def _erase(self, run: ErasureRun) -> None:
        for number, visit in enumerate(self._visits):
            run.ctx.progress(visit.title, number, len(self._visits))
            if visit.name not in run.receipt.get("steps", []):
                visit.remove(run)
                run.receipt["steps"] = [*run.receipt.get("steps", []), visit.name]
                self._keep(run)
        self.close(run)

    def _keep(self, run: ErasureRun) -> None:
        """The receipt so far, unless another attempt owns the job by now."""
        with self._db.transaction() as conn:
            rows.note(conn, run.entry.erasure_id, run.receipt)
            run.ctx.guard(conn)


def whole(told: Mapping[str, Any], now: str) -> dict[str, Any]:
    """The receipt as it is kept. Of somebody whom a restore brought back it is the first one, with what was removed since."""
    receipt = {name: value for name, value in told.items() if name not in ("pending", PURGE, FIRST)}
    if FIRST not in told:
        return receipt | {"done_at": now}
    first: dict[str, Any] = told[FIRST]
    again = {"at": receipt["rows_at"], "done_at": now, "rows": receipt["rows"], "files": receipt["files"]["deleted"]}
    again |= {"adapters": receipt["adapters"]} if "adapters" in receipt else {}
    gone = [*first.get("snapshots", {}).get("deleted", ()), *receipt["snapshots"]["deleted"]]
    late = {name: receipt[name] for name in ("storage", "index", "aside")} | {"snapshots": {**receipt["snapshots"], "deleted": gone}}
    return {"done_at": now, **first, **late, "reapplied": [*first.get("reapplied", ()), again]}


def _remains(receipt: Mapping[str, Any], kept: Mapping[str, tuple[int, str]], *, own: bool) -> list[dict[str, Any]]:
    told = [{"what": table, "n": number, "why": why} for table, (number, why) in kept.items()]
    if left := receipt["snapshots"]["left"]:
        told.append({"what": "snapshots", "n": len(left), "why": SNAPSHOTS})
    if left := receipt["aside"]:
        told.append({"what": "aside", "n": len(left), "why": ASIDE})
    if left := receipt["storage"]["left"]:
        told.append({"what": "pages", "n": len(left), "why": PAGES})
    if not own:
        told.append({"what": "wal", "n": 1, "why": OTHERS_LOG})
    if not receipt["index"]["rewritten"]:
        told.append({"what": "qdrant", "n": 1, "why": OTHERS_INDEX})
    return told
