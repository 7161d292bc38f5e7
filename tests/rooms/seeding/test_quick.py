"""What is read at once is what would be read row by row, or it is not read at once."""

import csv
import io
import json
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nova.seeding.sources.json_rows import read_json_lines
from nova.seeding.sources.quick import quick_json_lines, quick_table
from nova.seeding.sources.reading import Problems
from nova.seeding.sources.tables import read_table

SIGNS = st.sampled_from(["a", "b", "7", " ", '"', '""', ";", ";", ",", "\t", "\n", "\r\n", "\r", "ä", "'", "#", "\\", "\x1c", "\u2028"])
CELLS = st.lists(SIGNS, max_size=4).map("".join)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False), st.text(max_size=6))


def agrees(data: bytes) -> bool:
    """Whether a table was read at once; fails where it was read otherwise than row by row."""
    found = quick_table(io.BytesIO(data))
    if found is None:
        return False
    problems = Problems()
    frame, sign = read_table(io.StringIO(data.decode(), newline=""), problems)
    assert found[1] == sign and not problems.told()
    assert found[0].equals(frame) and found[0].schema == frame.schema
    return True


@settings(max_examples=150)
@given(st.lists(SIGNS, max_size=40).map("".join))
@example('a;b\n"x;y";2\n')
@example("a;b\nx;2\n\n")
@example('"')
@example('a;b\nx;"2\n"\n')
@example("a;b\nx\n2;3;4\n")
def test_any_text_is_read_as_row_by_row_or_not_at_once(text: str) -> None:
    agrees(text.encode())
    agrees(("id;text;b\n" + text).encode())


@settings(max_examples=80)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.sampled_from([";", ",", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_what_a_writer_writes_is_read_alike(rows: list[tuple[str, str, str]], sign: str, end: str) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=sign, lineterminator=end).writerows([("id", "text", "wert"), *rows])
    agrees(target.getvalue().encode())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_well_formed_tables_are_read_at_once(end: str) -> None:
    rows = ["id;text;wert", '1;"a ""b""; c";2,5', '2;"zwei\nZeilen";', ";;", "3;ä;7"]
    assert agrees(end.join(rows).encode())
    assert agrees(b"\xef\xbb\xbf" + (end.join(rows) + end).encode()) if end == "\n" else True


@pytest.mark.parametrize("rows", ["1;2;3\n4;5\n", "1;2\n", '1;"2;3\n', '1;a"b;3\n', "1;2;3\n\n4;5;6\n", "1;2;3\r4;5;6\n"])
def test_what_is_not_well_formed_is_left_to_the_other_reader(rows: str) -> None:
    assert quick_table(io.BytesIO(("id;b;c\n" + rows).encode())) is None


def lines_agree(data: str) -> bool:
    found = quick_json_lines(io.BytesIO(data.encode()))
    if found is None:
        return False
    problems = Problems()
    frame = read_json_lines(io.StringIO(data, newline=""), problems)
    assert not problems.told()
    assert found.equals(frame) and found.schema == frame.schema
    return True


@settings(max_examples=150)
@given(st.lists(st.fixed_dictionaries({"id": SCALARS, "text": st.text(max_size=8), "b c": SCALARS}), min_size=1, max_size=6), st.booleans())
def test_objects_are_read_as_line_by_line_or_not_at_once(rows: list[dict[str, Any]], ascii_only: bool) -> None:
    lines_agree("\n".join(json.dumps(row, ensure_ascii=ascii_only) for row in rows))


def test_flat_objects_are_read_at_once() -> None:
    rows = [
        {"id": "1", "n": 5, "ja": True, "leer": None, "text": 'ä "b" \\ \n'},
        {"id": "2", "n": -7, "ja": None, "leer": None, "text": ""},
    ]
    assert lines_agree("\n".join(json.dumps(row) for row in rows) + "\n")
    assert lines_agree(pl.DataFrame(rows).write_ndjson())


@pytest.mark.parametrize(
    "line",
    ['{"id": 1.50}', '{"id": [1]}', '{"id": {"a": 1}}', '{"id": 1, "id": 2}', '{"id": "\\u0000"}', '{"id": "\\ud83d"}', '{"id": 01}', "7"],
)
def test_lines_that_are_more_than_flat_objects_are_left_to_the_other_reader(line: str) -> None:
    assert quick_json_lines(io.BytesIO(('{"id": "x"}\n' + line).encode())) is None
