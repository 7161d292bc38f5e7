"""The job `erase`: an entry of the ledger in, nothing left of the person out, and a receipt that says what went where and what stays.

Each step is done again from its beginning after a kill and then finds less to do. The first one, the rows, is one transaction: after it
nothing of the person is found, shown or answered from. The rest removes what is left of them in files.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from psycopg import Connection

from nova.errors import Busy, Conflict, JobWaits, NotFound, NovaError, ServerAbsent
from nova.governance import rights
from nova.jobs import consent_log, journal, wipe, withdrawn
from nova.jobs.kept import Kept, Snapshot
from nova.jobs.kind import SERVING, JobKind
from nova.jobs.ledger import Ledger, folder_of
from nova.jobs.unlearn import unlearn
from nova.knowledge.files import count_needed, release_files
from nova.kpi.learn.forget import forget
from nova.ports.jobs import JobContext, JobHandler, Kind
from nova.records import Caller
from nova.store import items, personal, purge
from nova.store import rights as rows
from nova.store.holder import ERASING, alone
from nova.store.ids import uuid7
from nova.store.rights import Erasure, Person
from nova.wiring import Nova, Workshop

ERASE = Kind("erase", "Unfertige Löschungen fortsetzen")
SNAPSHOT_PATIENCE_S = 60.0
WAIT_S = 30
OPERATOR = Caller("admin")
ROWS, PURGE, FIRST = "rows", "purge", "first"
UNKNOWN = "Diese Löschung steht nicht im Verzeichnis."
log = structlog.get_logger(__name__)
BEING_MADE = "Es wird gerade eine Sicherung angelegt, die noch Gelöschtes enthalten kann; danach geht es weiter."
OTHERS_LOG = "Das Schreibprotokoll (WAL) des Datenbankservers hält Gelöschtes, bis der Server es überschreibt; das regelt dessen Betrieb."
OTHERS_INDEX = "Der Qdrant-Server räumt gelöschte Punkte nach seinen eigenen Regeln aus seinen Dateien."
SNAPSHOTS = "Sicherungen von vor der Löschung. Wird eine davon eingespielt, löscht Nova die Person erneut, bevor es antwortet."
ASIDE = "Was frühere Einspielungen beiseitegelegt haben (vor-...). Löschen Sie es, sobald es nicht mehr gebraucht wird."
PAGES = "Zu große oder gerade benutzte Tabellen: Gelöschte Zeilen sind nicht mehr lesbar, ihr Platz wird nach und nach überschrieben."


@dataclass
class Work:
    """One erasure under way; `receipt` grows with each step and is kept after it."""

    nova: Nova
    entry: Erasure
    ctx: JobContext
    receipt: dict[str, Any] = field(default_factory=dict)

    @property
    def pending(self) -> dict[str, Any]:
        """What the rows named that is still to be removed; gone from the receipt in the end."""
        found: dict[str, Any] = self.receipt.setdefault("pending", {})
        return found

    def keep(self) -> None:
        """The receipt so far, unless another attempt owns the job by now."""
        with self.nova.db.transaction() as conn:
            rows.note(conn, self.entry.erasure_id, self.receipt)
            self.ctx.guard(conn)


def ledger_of(nova: Workshop) -> Ledger:
    """The ledger of this installation: beside its snapshots, and among its files where these outlive the folder."""
    return Ledger(folder_of(nova.settings.NOVA_DATA), nova.objects if nova.settings.NOVA_S3_URL else None)


def ask(nova: Nova, actor: Caller, person: Person, now: datetime, *, purge_snapshots: bool = False) -> tuple[UUID, UUID]:
    """Note in both ledgers that a person is to be erased, and start the job (again); the erasure's id and the job's."""
    with nova.db.transaction() as conn:
        known = rows.open_erasure(conn, person.subject_id)
    if known is not None and (running := _running(nova, known)) is not None:
        if purge_snapshots:
            _wish(nova, actor, known, person)
        return known, running
    entry = Erasure(known or uuid7(), person.subject_id, person.user_id, person.lookup, now)
    ledger = ledger_of(nova)
    try:
        if known is None:
            ledger.put(entry)
        with nova.db.transaction() as conn:
            rows.ask(conn, entry)
            if purge_snapshots:
                rows.wish(conn, entry.erasure_id, PURGE)
            job_id = _start(nova, entry.erasure_id, conn)
            facts = {"subject": entry.subject_id, "snapshots": purge_snapshots}
            nova.audit.record(actor, "erasure.requested", str(entry.erasure_id), facts, connection=conn)
    except NovaError:
        if known is None:
            ledger.drop(entry.erasure_id)
        raise
    return entry.erasure_id, job_id


def again(nova: Nova, actor: Caller, erasure_id: UUID) -> None:
    """Start the job of an erasure again that failed or was cancelled. NotFound; Conflict when it is done or in somebody's hands."""
    with nova.db.transaction() as conn:
        entry = rows.lock_erasure(conn, erasure_id)
        if entry is None:
            raise NotFound(UNKNOWN)
        if entry.done_at is not None:
            raise Conflict("Diese Löschung ist abgeschlossen.")
        if _running(nova, erasure_id) is not None:
            raise Conflict("Diese Löschung läuft schon oder wartet darauf.")
        _start(nova, erasure_id, conn)
        nova.audit.record(actor, "erasure.retried", str(erasure_id), {"subject": entry.subject_id}, connection=conn)


def _wish(nova: Nova, actor: Caller, erasure_id: UUID, person: Person) -> None:
    """Snapshots are to go too, with an erasure that runs already."""
    with nova.db.transaction() as conn:
        rows.wish(conn, erasure_id, PURGE)
        facts = {"subject": person.subject_id, "snapshots": True}
        nova.audit.record(actor, "erasure.requested", str(erasure_id), facts, connection=conn)


def _running(nova: Nova, erasure_id: UUID) -> UUID | None:
    for job in nova.jobs.list(states=("queued", "running"), kind=ERASE.name, limit=200):
        if job.title.endswith(str(erasure_id)):
            return job.job_id
    return None


def _start(nova: Nova, erasure_id: UUID, conn: Connection[Any] | None = None) -> UUID:
    return nova.jobs.start(ERASE, {"erasure_id": str(erasure_id)}, title=f"Löschung {erasure_id}", connection=conn)


def handler(nova: Nova) -> JobHandler:
    """Arguments: `erasure_id`; without it what was left unfinished goes on. One at a time: tables and the log are written anew for each."""

    def run(ctx: JobContext) -> None:
        if "erasure_id" not in ctx.args:
            ctx.finish({"started": resume(nova)})
            return
        with alone(nova.db, ERASING):
            with nova.db.transaction() as conn:
                entry = rows.erasure(conn, UUID(str(ctx.args["erasure_id"])))
            if entry is None:
                raise NotFound(UNKNOWN)
            if entry.done_at is None:
                _erase(Work(nova, entry, ctx, dict(entry.receipt)))
        ctx.finish({"erasure_id": str(entry.erasure_id)})

    return run


def _erase(work: Work) -> None:
    steps: Mapping[str, tuple[str, Callable[[Work], Any]]] = {
        ROWS: ("Zeilen löschen", _rows),
        "files": ("Dateien löschen", _files),
        "learned": ("Gelerntes neu rechnen", _learned),
        "index": ("Suchindex bereinigen", _index),
        "storage": ("Speicher bereinigen", _storage),
        "snapshots": ("Sicherungen prüfen", _snapshots),
    }
    for number, (name, (title, step)) in enumerate(steps.items()):
        work.ctx.progress(title, number, len(steps))
        if name not in work.receipt.get("steps", []):
            step(work)
            work.receipt["steps"] = [*work.receipt.get("steps", []), name]
            work.keep()
    _close(work)


def _rows(work: Work) -> None:
    """Everything in the database, in one transaction with the note of what it was."""
    with work.nova.db.long_transaction() as conn:
        erase_rows(conn, work.entry, work.receipt)
        rows.note(conn, work.entry.erasure_id, work.receipt)
        work.ctx.guard(conn)
    work.receipt["rows_at"] = _now()  # whatever began before the commit may have seen the person


def erase_rows(conn: Connection[Any], entry: Erasure, receipt: dict[str, Any]) -> None:
    """Delete all rows of a person in the caller's transaction; counts and what is to follow go into the receipt."""
    person = rows.known(conn, entry.person)
    if not rows.lock(conn, person):
        receipt.setdefault("rows", {})
        receipt.setdefault("rows_at", _now())
        return
    found = rows.belongings(conn, person)
    counts = rows.erase(conn, person, found)
    receipt["learning"] = dict(forget(conn, entry.subject_id))
    if still := rows.left(conn, replace(person, external_id=None)):
        raise Conflict(f"Nach dem Löschen zeigen noch Zeilen auf die Person: {', '.join(sorted(still))}.", data={"left": still})
    receipt["rows"] = dict(sorted(counts.items()))
    receipt["rows_at"] = _now()
    held = receipt.setdefault("pending", {})
    for name in ("raw", "texts", "objects"):
        held[name] = sorted({*held.get(name, ()), *getattr(found, name)})
    held["hours"] = sorted({*held.get("hours", ()), *(hour.isoformat() for hour in found.hours)})
    held["words"] = held.get("words", False) or bool(found.ids.item)


def _files(work: Work) -> None:
    """JobWaits while a snapshot keeps files that nobody needs any more."""
    nova, held = work.nova, work.pending
    raw, texts = held.get("raw", ()), held.get("texts", ())
    for key in held.get("objects", ()):
        nova.objects.delete(key)
    withdrawn.of(nova).drop(work.entry.subject_id)
    if (journal.journal(nova.settings.NOVA_DATA) / consent_log.PLACE).is_file():
        consent_log.write(nova.db, nova.settings.NOVA_DATA)  # it names the pseudonym
    removed = release_files(nova.db, nova.objects, raw, texts)
    if removed + count_needed(nova.db, raw, texts) < len(raw) + len(texts):
        raise JobWaits(BEING_MADE, data={"retry_after": WAIT_S})
    work.receipt["files"] = {"deleted": removed + len(held.get("objects", ())), "shared": len(raw) + len(texts) - removed}


def _learned(work: Work) -> None:
    held = work.pending
    hours = [datetime.fromisoformat(hour) for hour in held.get("hours", ())]
    work.receipt["learned"] = unlearn(work.nova, hours, words=bool(held.get("words")), ctx=work.ctx)


def _index(work: Work) -> None:
    """The points go, also from files; and what this process remembers of texts."""
    rewritten = wipe.forget_points(work.nova)
    work.receipt["index"] = {"rewritten": rewritten, "points": work.nova.index.count()}


def _storage(work: Work) -> None:
    nova = work.nova
    touched = [table for table, number in work.receipt["rows"].items() if number]
    tables = {one.table for one in personal.PERSONAL if one.how != "keep"} | {"stream_messages", "index_outbox"}
    since = datetime.fromisoformat(work.receipt["rows_at"])
    done = purge.purge(nova.db, tables, touched, since, own_server=nova.embedded)
    work.receipt["storage"] = wipe.told(done)


def _snapshots(work: Work) -> None:
    """Delete the snapshots from before where that is wanted, or say when they go. JobWaits while one is made: it may hold the person."""
    kept, settings = Kept(work.nova.settings.NOVA_DATA), work.nova.settings
    before = datetime.fromisoformat(work.receipt["rows_at"])
    work.receipt["aside"] = _aside(work.nova)
    with work.nova.db.transaction() as conn:
        purge = settings.NOVA_ERASE_SNAPSHOTS == "on" or rows.wished(conn, work.entry.erasure_id, PURGE)
    with _none_being_made(kept):
        old = [one for one in kept.list() if one.created_at <= before]
        if purge:
            for one in old:
                kept.delete(one.snapshot_id)
            work.receipt["snapshots"] = {"deleted": [str(one.snapshot_id) for one in old], "left": []}
            return
        work.receipt["snapshots"] = {"deleted": [], "left": [_left(one, kept.list(), settings) for one in old]}


@contextmanager
def _none_being_made(kept: Kept) -> Iterator[None]:
    try:
        with kept.writing(SNAPSHOT_PATIENCE_S):
            yield
    except Busy as error:
        raise JobWaits(BEING_MADE, data={"retry_after": WAIT_S}) from error


def _aside(nova: Nova) -> list[str]:
    """What restores have set aside and nobody has deleted since: folders beside or in the data folder, and schemas."""
    data = nova.settings.NOVA_DATA.resolve()
    folders = [*data.parent.glob(f"{data.name}.vor-*"), *data.glob("vor-*")]
    with nova.db.transaction() as conn:
        return [*sorted(path.name for path in folders), *items.schemas_aside(conn)]


def _left(one: Snapshot, every: list[Snapshot], settings: Any) -> dict[str, Any]:
    """A snapshot that stays, and when it goes by itself: as soon as enough newer ones have been made by the clock."""
    expires = None
    if one.origin == "schedule" and settings.NOVA_SNAPSHOT_EVERY:
        newer = sum(1 for other in every if other.origin == "schedule" and other.created_at > one.created_at)
        expires = datetime.now(UTC) + timedelta(hours=settings.NOVA_SNAPSHOT_EVERY * max(1, settings.NOVA_SNAPSHOT_KEEP - newer))
    return {
        "snapshot_id": str(one.snapshot_id),
        "file": one.file,
        "created_at": one.created_at.isoformat(),
        "expires_at": None if expires is None else expires.isoformat(timespec="seconds"),
    }


def _close(work: Work) -> None:
    """The receipt is whole: what stays and why, its hash; then the ledger outside says that it is done, last the database with its log.

    Who is killed on the way does it again, and the ledger outside then holds the receipt that the audit log knows.
    """
    nova, receipt = work.nova, _whole(work.receipt, _now())
    done_at, removed = datetime.fromisoformat(receipt["done_at"]), sum(work.receipt["rows"].values())
    with nova.db.transaction() as conn:
        receipt["remains"] = _remains(receipt, rows.kept(conn, work.entry.person), own=nova.embedded)
        work.ctx.guard(conn)
    receipt["sha256"] = rights.sealed(receipt)
    facts = {"subject": work.entry.subject_id, "rows": removed, "sha256": receipt["sha256"]}
    ledger_of(nova).put(replace(work.entry, done_at=done_at, receipt=receipt))
    with nova.db.transaction() as conn:
        rows.note(conn, work.entry.erasure_id, receipt, done_at)
        nova.audit.record(OPERATOR, "erasure.done", str(work.entry.erasure_id), facts, connection=conn)
        work.ctx.guard(conn)
    log.info("person_erased", erasure_id=str(work.entry.erasure_id), rows=removed)


def _whole(told: Mapping[str, Any], now: str) -> dict[str, Any]:
    """The receipt as it is kept. Of somebody whom a restore brought back it is the first one, with what was removed since."""
    receipt = {name: value for name, value in told.items() if name not in ("pending", PURGE, FIRST)}
    if FIRST not in told:
        return receipt | {"done_at": now}
    first: dict[str, Any] = told[FIRST]
    again = {"at": receipt["rows_at"], "done_at": now, "rows": receipt["rows"], "files": receipt["files"]["deleted"]}
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


def reapply(nova: Nova) -> int:
    """Erase again whom a restored database brought back, before anybody is served; how many. Raises whatever stands in the way.

    Then every withdrawal is said again that it does not know, and those are written down that the file beside it does not.
    What is left to do in files is the job's, which starts here too where it does not wait already.
    """
    ledger = ledger_of(nova)
    entries = {one.erasure_id: one for one in ledger.all()}
    with nova.db.transaction() as conn:
        rows.take_over(conn, entries.values())
        here = rows.still_there(conn, entries.values())
    for erasure_id in sorted(here):
        _again(nova, entries[erasure_id])
    with nova.db.transaction() as conn:
        ledger.take_over(rows.every_erasure(conn))
    if again := withdrawn.said_again(nova):
        log.warning("withdrawn_again", withdrawals=again)
    withdrawn.made_up(nova)
    resume(nova)
    return len(here)


def resume(nova: Nova) -> int:
    """Start the job of every erasure that is wanted, not done and in nobody's hands; how many. Runs by the clock too."""
    with nova.db.transaction() as conn:
        waiting = rows.unfinished(conn)
    left = [erasure_id for erasure_id in waiting if _running(nova, erasure_id) is None]
    for erasure_id in left:
        _start(nova, erasure_id)
    return len(left)


def require_none_back(shop: Workshop) -> None:
    """ServerAbsent while the database holds somebody whom the ledger names, or lacks a withdrawal: the Nova that serves mends it."""
    entries = ledger_of(shop).all()
    with shop.db.transaction() as conn:
        back = rows.still_there(conn, [one for one in entries if one.done_at is not None]) if entries else set()
        unknown = withdrawn.unknown(conn, shop)
    if back or unknown:
        raise ServerAbsent(
            "Die Datenbank enthält Personen, die schon gelöscht wurden, oder kennt Widerrufe nicht: Eine ältere Sicherung wurde "
            "eingespielt. Starten Sie zuerst das Nova, das antwortet; es holt beides nach."
        )


def _again(nova: Nova, entry: Erasure) -> None:
    """Delete the rows once more; the receipt of an erasure that was done is set aside until this one is."""
    with nova.db.long_transaction() as conn:
        held = rows.erasure(conn, entry.erasure_id)
        known = entry if held is None or entry.done_at is not None else held
        receipt = dict[str, Any]() if known.done_at is None else {FIRST: dict(known.receipt)}
        erase_rows(conn, entry, receipt)
        rows.note(conn, entry.erasure_id, {**receipt, "steps": [ROWS]})
    log.warning("person_erased_again", erasure_id=str(entry.erasure_id))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


JOBS = (JobKind(ERASE, handler, timedelta(hours=24), runs_on=(SERVING,)),)
