"""What deleted rows leave behind in, nothing of it out: points of the index, its files, pages, statistics and the log of the database."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any, Protocol, runtime_checkable

from nova.errors import DiskFull
from nova.flows.kinds import ITEMS
from nova.knowledge.index import IndexRoom, drain
from nova.ports.jobs import JobContext
from nova.store.postgres.db import Database
from nova.store.postgres.holder import ERASING, alone
from nova.store.postgres.purge import PurgeReport, purge

WORDS = frozenset({
    "turns", "answers", "rag_feedback", "events", "recommendations", "recommendation_log", "knowledge_gaps", "sentiment_labels", "vault",
})  # fmt: skip
"""Tables with words that end with a consent; what goes with their rows is `nova.store.postgres.purge.COMPANIONS`."""
PASSAGES = frozenset({"items", "jobs"})


@runtime_checkable
class Renewable(Protocol):
    """An index whose files are here and can be written anew."""

    def pack(self, *, renew: bool = False) -> bool:
        """Write the files anew from the points held, now; False without room for that."""
        ...


class Traces:
    """`forget` lets this process forget the texts that it remembers. `own_server`: the database's log is Nova's to clean."""

    def __init__(self, db: Database, room: IndexRoom, forget: Callable[[], None], *, own_server: bool) -> None:
        self._db, self._room, self._forget, self._own_server = db, room, forget, own_server

    def wipe(self, tables: Collection[str], ctx: JobContext) -> dict[str, Any]:
        """What is left of rows that went from these tables; what was written anew.

        Only those of them that are large are written anew, and all small ones with words. Erasures write the same tables anew, so one
        waits for the other. Begun again after a kill it finds less to do.
        """
        with alone(self._db, ERASING):
            since = datetime.now(UTC)
            ctx.progress("Suchindex bereinigen", 0, 2)
            self.forget_points()
            ctx.progress("Speicher bereinigen", 1, 2)
            touched = frozenset(tables)
            touched |= PASSAGES if ITEMS in touched else frozenset()
            return told(self.purge(WORDS | touched, touched, since))

    def forget_points(self) -> bool:
        """Deleted passages go from the index, also from its files, and from what this process remembers; whether the files are ours.

        DiskFull without room to write them anew.
        """
        drain(self._room)
        index = self._room.index
        ours = isinstance(index, Renewable)
        if isinstance(index, Renewable) and not index.pack(renew=True):
            raise DiskFull("Für das Neuschreiben des Suchindexes fehlt Platz; es wird noch einmal versucht.")
        self._forget()
        return ours

    def points(self) -> int:
        """How many points the index holds."""
        return self._room.index.count()

    def purge(self, tables: Collection[str], touched: Collection[str], since: datetime) -> PurgeReport:
        """Write `tables` anew as far as they are small or `touched`. JobWaits while a transaction still sees what was there at `since`."""
        return purge(self._db, tables, touched, since, own_server=self._own_server)


def told(done: PurgeReport) -> dict[str, Any]:
    """What was written anew, as a result of a job and in a receipt."""
    return {"rewritten": len(done.rewritten), "left": list(done.left), "log": done.log}
