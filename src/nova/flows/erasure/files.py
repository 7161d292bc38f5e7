"""Further visits of an erasure: stored files, what was learned, the index, and what deleted rows leave in the database's own files."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from nova.errors import JobWaits
from nova.flows.erasure.run import ErasureRun
from nova.flows.traces import Traces, told
from nova.flows.withdrawals import Withdrawals
from nova.governance.consent_log import ConsentLog
from nova.knowledge.files import count_needed, release_files
from nova.ports import Objects
from nova.ports.jobs import JobContext
from nova.store.people import personal
from nova.store.postgres.db import Database

WAIT_S = 30
BEING_MADE = "Es wird gerade eine Sicherung angelegt, die noch Gelöschtes enthalten kann; danach geht es weiter."
Unlearn = Callable[[Sequence[datetime], bool, JobContext], Mapping[str, Any]]


def remove_files(db: Database, objects: Objects, withdrawals: Withdrawals, log: ConsentLog, run: ErasureRun) -> None:
    """JobWaits while a snapshot keeps files that nobody needs any more."""
    held = run.pending
    raw, texts = held.get("raw", ()), held.get("texts", ())
    for key in held.get("objects", ()):
        objects.delete(key)
    withdrawals.drop(run.entry.subject_id)
    log.refresh()  # it names the pseudonym
    removed = release_files(db, objects, raw, texts)
    if removed + count_needed(db, raw, texts) < len(raw) + len(texts):
        raise JobWaits(BEING_MADE, data={"retry_after": WAIT_S})
    run.receipt["files"] = {"deleted": removed + len(held.get("objects", ())), "shared": len(raw) + len(texts) - removed}


def remove_learned(unlearn: Unlearn, run: ErasureRun) -> None:
    """Figures and what was learned are computed anew, as if the person had never been here."""
    held = run.pending
    hours = [datetime.fromisoformat(hour) for hour in held.get("hours", ())]
    run.receipt["learned"] = dict(unlearn(hours, bool(held.get("words")), run.ctx))


def remove_points(traces: Traces, run: ErasureRun) -> None:
    """The points go, also from files; and what this process remembers of texts."""
    rewritten = traces.forget_points()
    run.receipt["index"] = {"rewritten": rewritten, "points": traces.points()}


def remove_traces(traces: Traces, run: ErasureRun) -> None:
    """Pages of tables in which deleted rows lay are written anew, as far as that can be done now."""
    touched = [table for table, number in run.receipt["rows"].items() if number]
    tables = {one.table for one in personal.PERSONAL if one.how != "keep"} | {"stream_messages", "index_outbox"}
    since = datetime.fromisoformat(run.receipt["rows_at"])
    run.receipt["storage"] = told(traces.purge(tables, touched, since))
