"""What a look around finds: room on the disk, the index beside the database, who does the jobs, files that the operator writes."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nova import german
from nova.errors import Misconfigured, NovaError, PrivacyError
from nova.knowledge.index import IndexRoom, missing
from nova.kpi.rules import thresholds
from nova.ports.watching import Finding
from nova.store.jobs import WorkerRow

LEAST_FREE_BYTES = 1_000_000_000


def disk(folder: Path) -> Iterator[Finding]:
    """How much is free in the data folder."""
    free = shutil.disk_usage(folder).free
    yield Finding("disk", "degraded" if free < LEAST_FREE_BYTES else "ok", f"{german.size(free)} frei im Datenordner")


def index_level(room: IndexRoom) -> Iterator[Finding]:
    """Whether the index holds as many passages as Postgres; looked at twice, because a change that is just applied may count."""
    try:
        apart = missing(room) and missing(room)
    except NovaError:
        yield Finding("index", "degraded", "Der Stand ist nicht prüfbar, solange ein Dienst fehlt")
        return
    detail = f"{apart} Passagen weichen von der Datenbank ab" if apart else "Gleichauf mit der Datenbank"
    yield Finding("index", "degraded" if apart else "ok", detail)


def workers(listed: Callable[[], Sequence[WorkerRow]]) -> Iterator[Finding]:
    """Who does the jobs, where that need not be this process."""
    try:
        found = listed()
    except NovaError as error:
        yield Finding("workers", "failed", error.message)
        return
    slots = sum(worker.slots for worker in found)
    if found:
        yield Finding("workers", "ok", f"{len(found)} Prozesse erledigen bis zu {slots} Aufträge zugleich")
    else:
        yield Finding("workers", "degraded", "Niemand erledigt Aufträge: NOVA_JOB_WORKERS ist 0 und kein `nova worker` läuft.")


def rules(path: Path) -> Iterator[Finding]:
    """Named only where the operator's own file is wrong, because no rule is evaluated then."""
    try:
        thresholds.load(path)
    except Misconfigured as error:
        yield Finding("thresholds", "degraded", f"Keine Regel wird bewertet. {error.message}")


def own_file(name: str, read: Callable[[], Any]) -> Iterator[Finding]:
    """Named only where a file of the operator's cannot be read any more; what it said before holds until then."""
    try:
        read()
    except (Misconfigured, OSError, UnicodeError) as error:
        said = error.message if isinstance(error, Misconfigured) else str(error)
        yield Finding(name, "degraded", f"Es gilt der Stand davor. {said}")


def master_data(read: Callable[[], Any]) -> Iterator[Finding]:
    """Named only where the company's dictionary cannot be read: nothing is stored unchecked, so no words are stored."""
    try:
        read()
    except PrivacyError as error:
        yield Finding("master_data", "degraded", f"Was Personen sagen, wird nicht gespeichert. {error.message}")
