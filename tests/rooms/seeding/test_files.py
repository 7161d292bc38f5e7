import csv
import io
import os
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.errors import InvalidInput, NotFound, NovaError, TooLarge, UnsupportedFile
from nova.seeding.sources.files import Read, read_records, write_records
from tests.rooms.seeding.hostile_files import corpus

HOSTILE = corpus()
TABLE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff"), min_size=1, max_size=12).filter(
    lambda one: bool(one.strip())
)


def read(tmp_path: Path, data: bytes, name: str = "a.csv") -> Read:
    path = tmp_path / name
    path.write_bytes(data)
    return read_records(path)


def told(found: Read) -> str:
    return " ".join(f"{one.what}:{one.count}:{one.places}" for one in found.problems)


def book(rows: list[list[object]], *more: str) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    for name in more:
        made.create_sheet(name).append(["x", "y"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_hostile_files_are_refused_or_read_in_part(tmp_path: Path) -> None:
    taken = 0
    refused: list[tuple[str, NovaError]] = []
    assert len({name for name, _, _ in HOSTILE}) == len(HOSTILE) >= 500
    for name, file, data in HOSTILE:
        try:
            found = read(tmp_path, data, file)
        except NovaError as error:
            refused.append((name, error))
            continue
        taken += 1
        assert found.frame["id"].is_unique().all() and not found.frame["id"].null_count(), name
        assert set(found.frame.dtypes) == {pl.String}, name
        assert found.provenance.rows == found.frame.height, name
        assert found.provenance.sha256 == sha256(data).hexdigest(), name
    assert all(error.message.endswith(".") and error.status in (400, 413) for _, error in refused)
    assert taken > 50 and len(refused) > 50


BY_NAME = {name: (file, data) for name, file, data in HOSTILE}


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("empty", InvalidInput),
        ("million columns", TooLarge),
        ("too many columns", TooLarge),
        ("long line", TooLarge),
        ("long line of fields", TooLarge),
        ("open quote", InvalidInput),
        ("pdf as csv", UnsupportedFile),
        ("noise as csv", UnsupportedFile),
        ("nuls", UnsupportedFile),
        ("deep json", InvalidInput),
        ("json many keys", TooLarge),
        ("xlsx far cell", TooLarge),
        ("xlsx far row", TooLarge),
        ("zip bomb", TooLarge),
        ("zip that lies", InvalidInput),
        ("zip of text", UnsupportedFile),
        ("parquet footer length", InvalidInput),
        ("parquet many rows", TooLarge),
        ("parquet many columns", TooLarge),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(tmp_path: Path, name: str, error: type[NovaError]) -> None:
    file, data = BY_NAME[name]
    with pytest.raises(error):
        read(tmp_path, data, file)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("duplicate headers", "mehrfach vergeben"),
        ("empty headers", "ohne Namen"),
        ("ragged", "zu wenigen"),
        ("ragged", "zu vielen"),
        ("open short quote", "Anführungszeichen"),
        ("formulas", "Formel"),
        ("duplicate ids", "#2"),
        ("nul bytes", "NUL"),
        ("mixed encodings", "Windows-1252"),
        ("deep jsonl", "kein lesbares"),
        ("json twice keys", "mehrfach in einem Objekt"),
        ("xlsx formula", "Formel"),
        ("parquet as csv", "NaN"),
    ],
)
def test_what_is_odd_is_told(tmp_path: Path, name: str, problem: str) -> None:
    file, data = BY_NAME[name]
    assert problem in told(read(tmp_path, data, file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_umlauts_come_through_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "id;name\n1;Müller, Straße €\n2;Özdemir\n".encode(encoding))
    assert found.frame["name"].to_list() == ["Müller, Straße €", "Özdemir"]


def test_lines_of_two_encodings_keep_both_umlauts(tmp_path: Path) -> None:
    found = read(tmp_path, "id;name\n1;Müller\n".encode() + "2;Jäger\n".encode("cp1252"))
    assert found.frame["name"].to_list() == ["Müller", "Jäger"]


@TABLE
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), sign=st.sampled_from(";,\t|"))
def test_a_written_table_reads_back(tmp_path: Path, rows: list[tuple[str, str, str]], sign: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL).writerows([("aa", "bb", "cc"), *rows])
    path = tmp_path / "t.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    found = read_records(path, delimiter=sign).frame
    assert found.select("aa", "bb", "cc").rows() == rows


@TABLE
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.jsonl", "a.json", "a.xlsx", "a.parquet"]))
def test_any_bytes_give_a_table_or_an_error_with_a_name(tmp_path: Path, data: bytes, name: str) -> None:
    try:
        found = read(tmp_path, data, name)
    except NovaError:
        return
    assert found.frame["id"].is_unique().all()


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_records_survive_writing_and_reading(tmp_path: Path, suffix: str) -> None:
    frame = pl.DataFrame({"id": ["1", "2"], "text": ['a;"b"\nc', None], "n": ["1,5", "=1+1"]})
    write_records(frame, tmp_path / f"x{suffix}")
    assert read_records(tmp_path / f"x{suffix}").frame.equals(frame)
    assert [one.name for one in tmp_path.iterdir()] == [f"x{suffix}"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    with pytest.raises(pl.exceptions.PolarsError):
        write_records(pl.DataFrame({"id": ["1"], "nested": [[1, 2]]}), path)
    assert path.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_formulas_are_guarded_only_where_asked(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["1", "2", "3"], "a": ["=1+1", "-5,2", "@x"]})
    write_records(frame, tmp_path / "x.csv", guard_formulas=True)
    assert read_records(tmp_path / "x.csv").frame["a"].to_list() == ["'=1+1", "-5,2", "'@x"]


def test_an_id_made_from_content_is_stable_and_independent_of_order(tmp_path: Path) -> None:
    one = read(tmp_path, b"a;b\n1;2\n3;4\n").frame
    two = read(tmp_path, b"b;a\n4;3\n2;1\n").frame
    assert sorted(one["id"]) == sorted(two["id"])
    assert one.filter(pl.col("a") == "1")["id"].item() == two.filter(pl.col("a") == "1")["id"].item()


def test_a_row_that_stands_twice_has_two_ids_and_a_report(tmp_path: Path) -> None:
    found = read(tmp_path, b"a;b\n1;2\n1;2\n")
    assert found.frame["id"][1] == found.frame["id"][0] + "#2"
    assert "steht mehrfach" in told(found)


def test_missing_ids_are_made_and_given_ones_stay(tmp_path: Path) -> None:
    found = read(tmp_path, b"ID;b\nA;2\n;3\n")
    assert found.frame["id"][0] == "A" and len(found.frame["id"][1]) == 20
    assert found.frame.columns == ["id", "b"]


def test_numbers_and_days_of_a_workbook_are_canonical_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [["id", "n", "day", "at"], [1, 2.5, date(2026, 3, 1), datetime(2026, 3, 1, 2, 30)], [2, 3.0, None, None]]
    frame = read(tmp_path, book(rows), "a.xlsx").frame
    assert frame.rows() == [("1", "2.5", "2026-03-01", "2026-03-01 02:30:00"), ("2", "3", None, None)]


def test_merged_headers_and_title_lines_of_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Kundenliste 2026", None, None, None],
        ["Kunde", None, "Vertrag", None],
        ["Name", "Ort", "Nummer", "Ort"],
        ["Ada", "Essen", "V1", "Bonn"],
    ]
    found = read(tmp_path, book(rows, "Zweites"), "a.xlsx")
    assert found.frame.columns[1:] == ["Kunde Name", "Kunde Ort", "Vertrag Nummer", "Vertrag Ort"]
    assert "Zweites" in told(found) and "übersprungen" in told(found)


def test_numbers_of_parquet_are_canonical_text(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "id": [1, 2],
            "f": [5.0, 1234.25],
            "d": [date(2026, 3, 1), None],
            "t": [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), None],
            "l": [[1, 2], None],
            "s": [{"x": "ä"}, None],
        }
    ).with_columns(pl.col("t").dt.convert_time_zone("Europe/Berlin"))
    frame.write_parquet(tmp_path / "a.parquet")
    rows = read_records(tmp_path / "a.parquet").frame.rows()
    assert rows[0] == ("1", "5", "2026-03-01", "2026-10-25T02:30:00+02:00", "[1,2]", '{"x":"ä"}')
    assert rows[1] == ("2", "1234.25", None, None, None, None)


def test_json_objects_become_columns_and_numbers_stay_as_they_stand(tmp_path: Path) -> None:
    data = b'{"data": [{"id": 1, "kunde": {"name": "A", "plz": "01067"}, "n": 12345678901234567.125, "tags": ["x", 1], "an": true}]}'
    found = read(tmp_path, data, "a.json")
    assert found.frame.to_dicts() == [
        {"id": "1", "kunde.name": "A", "kunde.plz": "01067", "n": "12345678901234567.125", "tags": '["x", 1]', "an": "true"}
    ]


def test_no_links_pipes_or_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("id;a\n1;2\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("link.csv", "pipe.csv", "."):
        with pytest.raises(InvalidInput):
            read_records(tmp_path / name)
    with pytest.raises(NotFound):
        read_records(tmp_path / "none.csv")


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id;a\n" + b"1;2\n" * 1000)
    with pytest.raises(TooLarge):
        read_records(tmp_path / "a.csv", most_bytes=1000)


def test_a_row_of_words_below_a_header_with_gaps_is_data_in_a_text_table(tmp_path: Path) -> None:
    found = read(tmp_path, b"id;;name\nA;B;C\nD;E;F\n")
    assert found.frame.rows() == [("A", "B", "C"), ("D", "E", "F")]
