"""No column that points at a person may be missing in the registry of what is exported and erased."""

import re

from nova.store.people import personal
from nova.store.people.personal import PERSONAL
from nova.store.postgres.db import Database
from nova.store.postgres.purge import COMPANIONS

COLUMNS = """
SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
# What a column is called that holds somebody, or something that is somebody's.
POINTS = re.compile(r"user_id|subject_id|owner|actor|approver|customer|external_id|lookups?|conversation_id|answer_id|meter_id|\w+_by")
# Columns of such a name that hold nobody, and why.
NOBODY = {
    ("tickets", "owner"): "one of four roles of the papers",
    ("subject_keys", "wrapped_by"): "a key's name",
    ("users", "external_id"): "goes with the row",
    ("subjects", "lookup"): "goes with the row",
    ("erasures", "lookup"): "stays with the ledger",
    ("conversations", "conversation_id"): "the conversation itself, found by whose it is",
    ("meter_assignments", "meter_id"): "found by the customer",
}


def test_every_column_that_points_at_a_person_is_in_the_registry(database: Database) -> None:
    known = {(one.table, one.column) for one in PERSONAL} | set(NOBODY)
    numbers = ("bigint", "integer", "timestamp with time zone", "double precision")
    found = {
        (row["table"], row["column"])
        for row in database.fetch_all(COLUMNS)
        if POINTS.fullmatch(row["column"]) and row["type"] not in numbers
    }
    assert sorted(found - known) == []


def test_the_registry_names_only_what_there_is(database: Database) -> None:
    there = {(row["table"], row["column"]) for row in database.fetch_all(COLUMNS)}
    assert sorted({(one.table, one.column) for one in PERSONAL} - there) == []
    tables = {table for table, _ in there}
    assert {name for table, names in COMPANIONS.items() for name in (table, *names)} <= tables
    with database.transaction() as conn:
        assert personal.there(conn) == PERSONAL


def test_what_is_kept_says_why_and_what_is_cleared_says_how() -> None:
    assert all(bool(one.why) == (one.how == "keep") and bool(one.clear) == (one.how == "clear") for one in PERSONAL)
