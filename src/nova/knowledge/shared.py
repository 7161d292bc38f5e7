"""Database and files in; proof out that several processes see the same files: the serving one leaves a mark, the others look for it."""

from nova.errors import Misconfigured, ServerAbsent
from nova.ports import Objects
from nova.store import items
from nova.store.db import Database
from nova.store.ids import uuid7

FACT = "objects"
MARKS = "installation/"


def leave_mark(db: Database, objects: Objects) -> None:
    """Put this installation's mark beside its files, again when it is gone; ServerAbsent."""
    mark = _mark(db) or uuid7().hex
    if not objects.exists(MARKS + mark):
        objects.put(MARKS + mark, mark.encode())
    with db.transaction() as conn:
        items.set_fact(conn, FACT, mark)


def require_mark(db: Database, objects: Objects, place: str) -> None:
    """Nothing when the mark lies beside the files here; `place` names them for people.

    ServerAbsent when there is no mark yet or the store does not answer, Misconfigured when these are other files.
    """
    mark = _mark(db)
    if mark is None:
        raise ServerAbsent("Nova hat diese Datenbank noch nicht in Betrieb genommen. Starten Sie zuerst `nova up`.")
    if not objects.exists(MARKS + mark):
        raise Misconfigured(
            f"Dieser Arbeitsprozess sieht nicht die Dateien, die Nova ablegt ({place}). Geben Sie beiden dasselbe NOVA_S3_URL "
            "oder denselben gemeinsamen Ordner unter NOVA_DATA."
        )


def _mark(db: Database) -> str | None:
    with db.transaction() as conn:
        mark = items.get_fact(conn, FACT)
    return None if mark is None else str(mark)
