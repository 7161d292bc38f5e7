"""The audit log: ids and tokens only, newest first, never changed."""

from uuid import uuid4

import psycopg
import pytest

from nova.governance.audit import AuditLog, list_audit
from nova.records import Caller
from nova.store.postgres.db import Database


def test_entries_name_who_did_what_to_which_thing(database: Database) -> None:
    person, thing = uuid4(), str(uuid4())
    AuditLog(database).record(Caller("customer", person, "a@b.de"), "item.deleted", thing, {"chunks": 3, "files": ["ab12", None]})
    entry = list_audit(database, limit=1)[0]
    assert (entry.actor, entry.action, entry.target) == (f"user:{person}", "item.deleted", thing)
    assert entry.facts == {"chunks": 3, "files": ["ab12", None]}
    assert entry.ts.utcoffset() is not None


@pytest.mark.parametrize("fact", ["zwei Worte", "erika@example.org", "Zeile\n", "ä", {"a": 1}, b"x", "a" * 129])
def test_text_is_refused(database: Database, fact: object) -> None:
    before = len(list_audit(database))
    with pytest.raises(ValueError, match="audit fact"):
        AuditLog(database).record(Caller("admin"), "x", "y", {"fact": fact})
    assert len(list_audit(database)) == before


def test_pages_go_back_in_time(database: Database) -> None:
    log = AuditLog(database)
    for number in range(5):
        log.record(Caller("admin"), "page", str(number))
    first = list_audit(database, limit=2)
    second = list_audit(database, before=first[-1].seq, limit=2)
    assert [entry.target for entry in first + second] == ["4", "3", "2", "1"]


@pytest.mark.parametrize("change", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"])
def test_the_table_refuses_changes(database: Database, change: str) -> None:
    AuditLog(database).record(Caller("admin"), "x", "y")
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        database.execute(change)
