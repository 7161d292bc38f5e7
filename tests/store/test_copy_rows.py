"""Columns to PostgreSQL's binary COPY and back as sent arrays, against the real server; and the format's words one by one."""

import math
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.store.postgres.db import Database
from nova.store.series import copy_rows
from nova.store.series.copy_rows import Texts

TABLE = "CREATE TEMP TABLE kept (no int, name text, ts timestamptz, power float8, label text, counts int[], batch bigint) ON COMMIT DROP"
COPY = "COPY kept FROM STDIN (FORMAT binary)"
HELD = "SELECT name, ts, power, label, counts, batch FROM kept ORDER BY no"
SENT = "SELECT array_send(array_agg(ts ORDER BY no)) AS ts, array_send(array_agg(coalesce(power, 'NaN') ORDER BY no)) AS power FROM kept"
INSTANTS = st.integers(-1_000_000_000, 4_000_000_000)
POWERS = st.one_of(st.floats(), st.sampled_from([0.0, -0.0, math.nan, math.inf]))
ROWS = st.lists(
    st.tuples(INSTANTS, POWERS, st.integers(0, 3), st.lists(st.integers(-(2**31), 2**31 - 1), min_size=2, max_size=2)), max_size=60
)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, NAMES, st.integers(-(2**63), 2**63 - 1))
def test_what_goes_in_comes_out(database: Database, rows: list[tuple[int, float, int, list[int]]], name: str, batch: int) -> None:
    count = len(rows)
    ts = np.array([row[0] for row in rows], np.int64)
    power = np.array([row[1] for row in rows], float)
    labels = (None, "", name, "Wärmepumpe")
    columns: list[copy_rows.Column] = [
        copy_rows.Field(np.arange(count).astype(">i4")),
        copy_rows.text(name, count),
        copy_rows.times(ts),
        copy_rows.numbers(power),
        Texts(np.array([row[2] for row in rows], np.uint8), labels),
        copy_rows.integers(np.array([row[3] for row in rows], np.int64).reshape(count, 2)),
        copy_rows.integer(batch, count, 8),
    ]
    with database.transaction() as conn:
        conn.execute(TABLE)
        with conn.cursor().copy(COPY) as copy:
            for part in (copy_rows.HEADER, copy_rows.encode(columns), copy_rows.TRAILER):
                copy.write(part)
        found = conn.execute(HELD).fetchall()
        sent = conn.execute(SENT, binary=True).fetchone()
    known = [value if math.isfinite(value) else None for value in power.tolist()]
    assert [row["name"] for row in found] == [name] * count
    assert [int(row["ts"].timestamp()) for row in found] == ts.tolist()
    assert [row["power"] for row in found] == known
    assert [row["label"] for row in found] == [labels[row[2]] for row in rows]
    assert [row["counts"] for row in found] == [row[3] for row in rows]
    assert [row["batch"] for row in found] == [batch] * count
    assert sent is not None
    assert copy_rows.instants(sent["ts"]).tolist() == ts.tolist()
    np.testing.assert_array_equal(copy_rows.array(sent["power"], ">f8"), [math.nan if value is None else value for value in known])


def test_a_row_has_the_words_of_the_documented_format() -> None:
    encoded = copy_rows.encode([copy_rows.text("ab", 2), copy_rows.numbers(np.array([1.5, math.nan])), copy_rows.integer(7, 2, 4)])
    first = struct.pack(">hi2sidii", 3, 2, b"ab", 8, 1.5, 4, 7)
    second = struct.pack(">hi2siii", 3, 2, b"ab", -1, 4, 7)
    assert encoded == first + second
    assert b"PGCOPY\n\377\r\n\0" + struct.pack(">ii", 0, 0) == copy_rows.HEADER
    assert struct.pack(">h", -1) == copy_rows.TRAILER


def test_no_rows_are_no_bytes() -> None:
    assert copy_rows.encode([copy_rows.text("x", 0), copy_rows.numbers(np.empty(0))]) == b""
    assert len(copy_rows.array(None, ">f8")) == 0


def test_arrays_of_arrays_come_one_after_the_other_and_nulls_are_refused(database: Database) -> None:
    with database.transaction() as conn:
        row = conn.execute(
            "SELECT array_send(ARRAY[1, NULL]) AS broken, array_send(ARRAY[[1, 2], [3, 4]]) AS whole", binary=True
        ).fetchone()
    assert row is not None
    assert copy_rows.array(row["whole"], ">i4").tolist() == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="NULLs"):
        copy_rows.array(row["broken"], ">i4")


@given(st.integers(0, 1000), st.integers(1, 100))
def test_slices_make_up_the_rows(rows: int, most: int) -> None:
    parts = [list(range(rows))[part] for part in copy_rows.slices(rows, most)]
    assert [row for part in parts for row in part] == list(range(rows))
    assert all(0 < len(part) <= most for part in parts)
