"""Somebody leaves in, every adapter that learned from them out of service and off the disk; and what became of each, for a receipt.

What a model has learned no file gives back, so its weights go as a whole. The run stays, with their hash, and no step back leads to it.
"""

import logging
import shutil
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova import journal
from nova.errors import NovaError
from nova.flows.erasure.run import ErasureRun, stamp
from nova.flows.training.guarding import GUARD, Guard, title_of
from nova.flows.training.running import PLACE
from nova.flows.training.trials import FAMILY
from nova.ports import Audit
from nova.ports.training import Adapter
from nova.store import releases
from nova.store.people import rights
from nova.store.postgres.db import Database
from nova.store.quality import tickets
from nova.store.training import runs as rows
from nova.store.training.runs import TrainRun
from nova.training.card import place_of

REMOVED = "Die Gewichte sind entfernt: Jemand hat die Daten verlassen, aus denen sie lernten."
TOLD = "adapters"
WRITTEN = ("host", "shadow")  # folders below `models` in which hosts find what is written for them
LOG = logging.getLogger(__name__)


class Leaving:
    """`people` and `out` work in the caller's transaction; `sweep` follows it, and may be called again at any time.

    `drop` has the host let go of an adapter.
    """

    def __init__(self, db: Database, audit: Audit, guard: Guard, data: Path, drop: Callable[[Adapter], None] = lambda _: None) -> None:
        self._db, self._audit, self._guard, self._data, self._drop = db, audit, guard, data, drop

    def people(self, conn: Connection[Any], lookups: Collection[bytes], receipt: dict[str, Any]) -> None:
        """Some people leave: what learned from them serves no more when the transaction ends. The receipt says so of each run."""
        self.tell(conn, rows.taught(conn, lookups), receipt)

    def tell(self, conn: Connection[Any], names: Collection[str], receipt: dict[str, Any]) -> None:
        """Take these runs out, and say in the receipt what became of those of which it says nothing yet."""
        known = {one["run"]: one for one in receipt.get(TOLD, ()) if one["removed_at"]}
        found, answers = self.out(conn, names, datetime.now(UTC))
        if answers:
            counts = receipt.setdefault("rows", {})
            counts["train_answers"] = counts.get("train_answers", 0) + answers
        if found:
            receipt[TOLD] = sorted(({one["run"]: one for one in found} | known).values(), key=lambda one: str(one["run"]))

    def visit(self, run: ErasureRun) -> None:
        """That of an erasure, once datasets are rewritten: runs that began or ended meanwhile are out too, and the disk is swept."""
        names = {one["run"] for one in run.receipt.get(TOLD, ())} | set(run.receipt.get("seeds", {}).get("adapters", ()))
        with self._db.transaction() as conn:
            self.tell(conn, sorted(names), run.receipt)
            rights.note(conn, run.entry.erasure_id, run.receipt)
            run.ctx.guard(conn)
        if names:
            run.receipt["rows_at"] = stamp()  # pages are written anew after this moment
        self.sweep()

    def out(self, conn: Connection[Any], names: Collection[str], now: datetime) -> tuple[list[dict[str, Any]], int]:
        """Take these runs out of service, with a ticket for each that served; what became of each, and how many answers of theirs went."""
        if not names:
            return [], 0
        self._guard.settle(conn, now, names)
        told, answers = list[dict[str, Any]](), 0
        for name in names:
            run = rows.hold(conn, name)
            answers += rows.remove(conn, run.run_id, REMOVED, now)
            after = rows.get(conn, run.run_id)
            if run.removed_at is None and after.removed_at is not None:
                self._audit.record(GUARD, "training.removed", f"run:{name}", {"adapter": run.adapter_sha256}, connection=conn)
            told.append(_told(conn, after))
        return told, answers

    def sweep(self) -> int:
        """Remove from the disk what is left of runs that have no weights (any more), and say so on their cards; of how many."""
        with self._db.transaction() as conn:
            found = rows.removed(conn)
        return sum(self._removed(Adapter(name, self._data / PLACE / name, sha256), gone=gone) for name, sha256, gone in found)

    def _removed(self, adapter: Adapter, *, gone: bool) -> bool:
        """What is left of a run goes, with what was written for a host; whether there was anything."""
        written = (path for name in WRITTEN for path in (self._data / "models" / name).glob("*/*") if _is_of(path, adapter))
        left = [path for path in (adapter.folder, *written) if path.exists()]
        if left:
            self._let_go(adapter)
            self._noted(place_of(adapter.name), gone=gone)
        for path in left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return bool(left)

    def _let_go(self, adapter: Adapter) -> None:
        """No host has a run without weights."""
        try:
            if adapter.sha256:
                self._drop(adapter)
        except NovaError as error:
            LOG.warning("a host keeps an adapter", extra={"adapter": adapter.name, "reason": error.message})

    def _noted(self, place: str, *, gone: bool) -> None:
        """The card says that somebody left."""
        card = journal.read(self._data, place)
        if card and gone and REMOVED not in card:
            journal.write(self._data, place, f"> {REMOVED}\n\n{card}")


def _is_of(path: Path, adapter: Adapter) -> bool:
    """Whether a file or folder was written for a host that is to answer with an adapter."""
    return bool(adapter.sha256) and (path.name == adapter.key or path.name.startswith(f"{adapter.key}."))


def _told(conn: Connection[Any], run: TrainRun) -> dict[str, Any]:
    """What a receipt says of a run: no word of anybody."""
    release = releases.get(conn, FAMILY, run.name)
    served = release is not None and (release.live_at or release.trial_at) is not None
    live, ticket = releases.live(conn, FAMILY), tickets.newest_titled(conn, "training", title_of(run.name))
    left = release.left_at or run.removed_at if release is not None and served else None
    return {
        "run": run.name, "dataset": run.dataset, "version": run.version, "adapter_sha256": run.adapter_sha256, "served": served,
        "left_at": left.isoformat() if left else None, "answers_now": live.name if live else "", "ticket": ticket,
        "removed_at": run.removed_at.isoformat() if run.removed_at else None,
    }  # fmt: skip
