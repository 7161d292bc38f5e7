"""Database and files in; proof out that several processes see the same files, and that servers hold what is this installation's."""

from nova.errors import Misconfigured, ServerAbsent
from nova.ports import Objects
from nova.store import items, outbox
from nova.store.db import Database
from nova.store.ids import uuid7

FACT = "objects"
NAME = "name"
MARKS = "installation/"


def own_name(db: Database) -> str:
    """What tells this installation from others that use the same servers; made at the first use, and kept in snapshots."""
    with db.transaction() as conn:
        outbox.lock(conn)
        name = items.get_fact(conn, NAME)
        if name is None:
            name = uuid7().hex
            items.set_fact(conn, NAME, name)
        return str(name)


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
