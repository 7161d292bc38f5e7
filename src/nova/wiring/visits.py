"""Every place that an erasure visits, in this order; another one joins by a line here. And who goes there."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from nova.flows.erasure import files, rows, snapshots
from nova.flows.erasure.erase import Eraser
from nova.flows.erasure.rows import ROWS
from nova.flows.erasure.run import ErasureRun, Visit
from nova.flows.erasure.snapshots import SnapshotRules
from nova.flows.learning.unlearning import Unlearning
from nova.flows.seeding.engine_states import leave_engines
from nova.flows.traces import Traces
from nova.governance.consent_log import ConsentLog
from nova.settings import Settings
from nova.wiring.alarms import measuring_of
from nova.wiring.erasure import ledger_of, withdrawals_of
from nova.wiring.training import leaving_of

if TYPE_CHECKING:
    from nova.wiring import Nova


def _rows(nova: "Nova") -> Visit:
    return Visit(ROWS, "Zeilen löschen", partial(rows.remove_rows, nova.db, leaving_of(nova, nova.adapters).people))


def _files(nova: "Nova") -> Visit:
    log = ConsentLog(nova.db, nova.settings.NOVA_DATA)
    return Visit("files", "Dateien löschen", partial(files.remove_files, nova.db, nova.objects, withdrawals_of(nova), log))


def _seeds(nova: "Nova") -> Visit:
    def remove(run: ErasureRun) -> None:
        from nova.flows.seeding import subjects  # Polars is not loaded where nobody needs it

        subjects.remove_seeds(nova.db, nova.objects, run, partial(leave_engines, nova.jobs))

    return Visit("seeds", "Trainingsdaten bereinigen", remove)


def _adapters(nova: "Nova") -> Visit:
    return Visit("adapters", "Trainierte Modelle entfernen", leaving_of(nova, nova.adapters).visit)


def _learned(nova: "Nova") -> Visit:
    def anew(hours: Any, words: bool, ctx: Any) -> dict[str, Any]:
        return unlearning_of(nova).unlearn(hours, words=words, ctx=ctx)

    return Visit("learned", "Gelerntes neu rechnen", partial(files.remove_learned, anew))


def _index(nova: "Nova") -> Visit:
    return Visit("index", "Suchindex bereinigen", partial(files.remove_points, traces_of(nova)))


def _storage(nova: "Nova") -> Visit:
    return Visit("storage", "Speicher bereinigen", partial(files.remove_traces, traces_of(nova)))


def _snapshots(nova: "Nova") -> Visit:
    rules = _snapshot_rules(nova.settings)
    return Visit("snapshots", "Sicherungen prüfen", partial(snapshots.remove_snapshots, nova.db, nova.settings.NOVA_DATA, rules))


def _snapshot_rules(settings: Settings) -> SnapshotRules:
    """How snapshots go under these settings."""
    return SnapshotRules(settings.NOVA_ERASE_SNAPSHOTS == "on", settings.NOVA_SNAPSHOT_EVERY, settings.NOVA_SNAPSHOT_KEEP)


VISITS: "tuple[Callable[[Nova], Visit], ...]" = (_rows, _files, _seeds, _adapters, _learned, _index, _storage, _snapshots)


def visits_of(nova: "Nova") -> tuple[Visit, ...]:
    """The places of an open Nova."""
    return tuple(visit(nova) for visit in VISITS)


def eraser_of(nova: "Nova") -> Eraser:
    """Who carries out the erasures of an open Nova."""
    return Eraser(nova.db, nova.audit, ledger_of(nova), visits_of(nova), own_server=nova.embedded)


def unlearning_of(nova: "Nova") -> Unlearning:
    """Who makes anew what rested on a person's words."""
    return Unlearning(measuring_of(nova), nova.index_room, nova.settings.NOVA_DATA / "cache")


def traces_of(nova: "Nova") -> Traces:
    """What deleted rows leave behind in this installation."""

    def forget() -> None:
        nova.shelf.text.cache_clear()
        nova.answers.memory.reader.forget()

    return Traces(nova.db, nova.index_room, forget, own_server=nova.embedded)
