"""Named queries: the form of the files, and that every query fits the migrated schema."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.errors import Error

from nova.store import queries
from nova.store.postgres.db import Database
from tests.store.drift import require_fit

ALL = [(room, name) for room in queries.rooms() for name in queries.load(room)]


@pytest.mark.parametrize(("room", "name"), ALL, ids=[f"{room}.{name}" for room, name in ALL])
def test_every_query_fits_the_schema(database: Database, room: str, name: str) -> None:
    with database.transaction() as connection:
        try:
            require_fit(connection, queries.load(room)[name])
        except Error as error:
            pytest.fail(f"{room}.{name}: {error}")


def test_a_file_becomes_a_mapping_without_comments() -> None:
    found = queries.parse(
        "-- Of this room.\n\n-- name: one\n-- Says one.\nSELECT 1;\n\n-- name: two\n-- Says two\n-- at length.\nSELECT\n  2\n", "x"
    )
    assert found == {"one": "SELECT 1", "two": "SELECT\n  2"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("SELECT 1", "before the first"),
        ("-- name: One\n-- Says one.\nSELECT 1", "snake_case"),
        ("-- name: one\n-- a\nSELECT 1\n-- name: one\n-- b\nSELECT 2", "twice"),
        ("-- name: one\nSELECT 1", "no sentence"),
        ("-- name: one\n-- Says one.\n", "no SQL"),
    ],
)
def test_a_broken_file_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(queries.BrokenQueries, match=complaint):
        queries.parse(text, "x")


def test_an_unknown_query_says_what_there_is() -> None:
    items = queries.load("items")
    with pytest.raises(queries.UnknownQuery, match=r"no query 'nope'; it has .*insert_item"):
        items["nope"]
    assert "nope" not in items
    assert len(items) == len(list(items))


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), st.integers(0, 999), max_size=8))
def test_whatever_is_written_in_the_form_is_read_back(wanted: dict[str, int]) -> None:
    text = "\n".join(f"-- name: {name}\n-- A number.\nSELECT {value};\n" for name, value in wanted.items())
    assert queries.parse(text, "x") == {name: f"SELECT {value}" for name, value in wanted.items()}
