"""The job `wipe`: withdrawals in, no trace of the words that went with them out, in points, pages, statistics and the log.

A withdrawal deletes words in its own transaction; this removes what is left of the deleted rows in files. One job does it for all
withdrawals before it began: each asks for one, unless one waits. Begun again after a kill it finds less to do.
"""

from datetime import UTC, datetime
from typing import Any, Protocol, runtime_checkable

from nova.errors import DiskFull
from nova.jobs.kind import SERVING, JobKind
from nova.knowledge.index import drain
from nova.ports.jobs import JobContext, JobHandler, Kind
from nova.store.holder import ERASING, alone
from nova.store.purge import Purged, purge
from nova.wiring import Nova

WIPE = Kind("wipe", "Spuren nach einem Widerruf beseitigen")
WORDS = frozenset({
    "turns", "answers", "rag_feedback", "events", "recommendations", "recommendation_log", "knowledge_gaps", "sentiment_labels", "vault",
})  # fmt: skip
"""Tables with words that end with a consent; what goes with their rows is `nova.store.purge.COMPANIONS`."""
ITEMS, PASSAGES = "items", frozenset({"items", "jobs"})
"""Further ones where passages or what was published went: they hold the company's documents too and may be large."""


@runtime_checkable
class Renewable(Protocol):
    """An index whose files are here and can be written anew."""

    def pack(self, *, renew: bool = False) -> bool:
        """Write the files anew from the points held, now; False without room for that."""
        ...


def handler(nova: Nova) -> JobHandler:
    """Arguments: `tables`, from which rows went; only those of them that are large are written anew, and all small ones with words.

    Erasures write the same tables anew, so one waits for the other.
    """

    def run(ctx: JobContext) -> None:
        with alone(nova.db, ERASING):
            since = datetime.now(UTC)
            ctx.progress("Suchindex bereinigen", 0, 2)
            forget_points(nova)
            ctx.progress("Speicher bereinigen", 1, 2)
            touched = frozenset(map(str, ctx.args["tables"]))
            touched |= PASSAGES if ITEMS in touched else frozenset()
            done = purge(nova.db, WORDS | touched, touched, since, own_server=nova.embedded)
        ctx.finish(told(done))

    return run


def forget_points(nova: Nova) -> bool:
    """Deleted passages go from the index, also from its files, and from what this process remembers; whether the files are ours.

    DiskFull without room to write them anew.
    """
    drain(nova.index_room)
    ours = isinstance(nova.index, Renewable)
    if isinstance(nova.index, Renewable) and not nova.index.pack(renew=True):
        raise DiskFull("Für das Neuschreiben des Suchindexes fehlt Platz; es wird noch einmal versucht.")
    nova.shelf.text.cache_clear()
    nova.answers.memory.reader.forget()
    return ours


def told(done: Purged) -> dict[str, Any]:
    """What was written anew, as a result of a job and in a receipt."""
    return {"rewritten": len(done.rewritten), "left": list(done.left), "log": done.log}


JOBS = (JobKind(WIPE, handler, runs_on=(SERVING,)),)
