"""Database and files in; proof out that several processes see the same files by the same settings, and that servers hold what is ours."""

from collections.abc import Mapping

from nova.errors import Misconfigured, ServerAbsent
from nova.ports import Objects
from nova.store.documents import items, outbox
from nova.store.ids import uuid7
from nova.store.postgres.db import Database

FACT = "objects"
NAME = "name"
TERMS = "terms"
MARKS = "installation/"
NOT_YET = "Nova hat diese Datenbank noch nicht in Betrieb genommen. Starten Sie zuerst `nova up`."


def own_name(db: Database) -> str:
    """What tells this installation from others that use the same servers; made at the first use, and kept in snapshots."""
    with db.transaction() as conn:
        outbox.lock(conn)
        name = items.get_fact(conn, NAME)
        if name is None:
            name = uuid7().hex
            items.set_fact(conn, NAME, name)
        return str(name)


def leave_mark(db: Database, objects: Objects, terms: Mapping[str, str]) -> None:
    """Note the settings that processes share, and put this installation's mark beside its files, again when it is gone; ServerAbsent."""
    with db.transaction() as conn:
        items.set_fact(conn, TERMS, dict(terms))
    mark = _mark(db) or uuid7().hex
    if not objects.exists(MARKS + mark):
        objects.put(MARKS + mark, mark.encode())
    with db.transaction() as conn:
        items.set_fact(conn, FACT, mark)


def require_mark(db: Database, objects: Objects, place: str, terms: Mapping[str, str]) -> None:
    """Nothing when the mark lies beside the files here and the settings are the same; `place` names the files for people.

    ServerAbsent when there is no mark yet or the store does not answer, Misconfigured when these are other files or settings.
    """
    mark = _mark(db)
    if mark is None:
        raise ServerAbsent(NOT_YET)
    if not objects.exists(MARKS + mark):
        raise Misconfigured(
            f"Dieser Arbeitsprozess sieht nicht die Dateien, die Nova ablegt ({place}). Geben Sie beiden dasselbe NOVA_S3_URL "
            "oder denselben gemeinsamen Ordner unter NOVA_DATA."
        )

    _require_terms(db, terms)


def _require_terms(db: Database, terms: Mapping[str, str]) -> None:
    with db.transaction() as conn:
        noted = items.get_fact(conn, TERMS)
    if noted is None:
        raise ServerAbsent(NOT_YET)
    other = sorted(name for name, value in terms.items() if value != noted.get(name, ""))
    if other:
        found = "; ".join(f"{name} ist bei Nova {noted.get(name) or 'leer'}, hier {terms[name] or 'leer'}" for name in other)
        raise Misconfigured(f"Dieser Arbeitsprozess hat andere Einstellungen als Nova: {found}. Geben Sie beiden dieselben.")


def _mark(db: Database) -> str | None:
    with db.transaction() as conn:
        mark = items.get_fact(conn, FACT)
    return None if mark is None else str(mark)
