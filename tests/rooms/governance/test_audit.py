"""The audit log: ids and tokens only, newest first, never changed."""

import inspect
from uuid import uuid4

import psycopg
import pytest

from nova.governance.audit import AuditLog, list_audit
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from tests.noting import note


def test_entries_name_who_did_what_to_which_thing(database: Database) -> None:
    person, thing = uuid4(), str(uuid4())
    note(database, "item.deleted", thing, {"chunks": 3, "files": ["ab12", None]}, actor=Caller("customer", person, "a@b.de"))
    entry = list_audit(database, limit=1)[0]
    assert (entry.actor, entry.action, entry.target) == (f"user:{person}", "item.deleted", thing)
    assert entry.facts == {"chunks": 3, "files": ["ab12", None]}
    assert entry.ts.utcoffset() is not None


@pytest.mark.parametrize("fact", ["zwei Worte", "erika@example.org", "Zeile\n", "ä", {"a": 1}, b"x", "a" * 129])
def test_text_is_refused(database: Database, fact: object) -> None:
    before = len(list_audit(database))
    with pytest.raises(ValueError, match="audit fact"):
        note(database, "x", "y", {"fact": fact})
    assert len(list_audit(database)) == before


def test_pages_go_back_in_time(database: Database) -> None:
    for number in range(5):
        note(database, "page", str(number))
    first = list_audit(database, limit=2)
    second = list_audit(database, before=first[-1].seq, limit=2)
    assert [entry.target for entry in first + second] == ["4", "3", "2", "1"]


@pytest.mark.parametrize("change", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"])
def test_the_table_refuses_changes(database: Database, change: str) -> None:
    note(database, "x", "y")
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        database.execute(change)


@pytest.mark.parametrize("log", [AuditLog, Audit])
def test_an_entry_is_written_in_somebodys_transaction_only(log: type) -> None:
    connection = inspect.signature(log.record).parameters["connection"]
    assert (connection.kind, connection.default) == (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty)
