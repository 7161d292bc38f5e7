"""`nova seed clean|judge` on files of somebody's own: one JSON object out, every id once, the same bytes again, German errors."""

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nova.__main__ import run
from nova.seeding.sample import make

Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def tickets() -> pl.DataFrame:
    return make(300, seed=11).tables["tickets"]


@pytest.fixture
def file(tmp_path: Path, tickets: pl.DataFrame) -> Path:
    tickets.write_csv(tmp_path / "tickets.csv", separator=";")
    return tmp_path / "tickets.csv"


def cleaned(file: Path, *more: str, ending: str = "jsonl") -> tuple[int, dict[str, Path]]:
    targets = {name: file.parent / f"{name}.{ending}" for name in ("kept", "removed", "changes")}
    named = [part for name, path in targets.items() for part in (f"--{name}", str(path))]
    return run(["seed", "clean", str(file), *named, *more]), targets


def told(printed: Printed) -> dict[str, Any]:
    (line,) = printed.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_each_id_is_kept_or_removed_once(file: Path, tickets: pl.DataFrame, capsys: Printed, ending: str) -> None:
    code, targets = cleaned(file, "--json", ending=ending)
    assert code == 0
    summary = told(capsys)
    read = {"jsonl": pl.read_ndjson, "csv": pl.read_csv, "parquet": pl.read_parquet}[ending]
    kept, removed, changes = (read(targets[name]) for name in ("kept", "removed", "changes"))
    assert sorted([*kept["id"], *removed["id"]]) == sorted(tickets["id"])
    assert {"quality", "confidence", "completeness", "reasons"} <= set(kept.columns)
    assert removed.columns == ["id", "step", "kept_id", "score", "differs", "reason"] and len(removed) > 0
    assert changes.columns == ["id", "column", "before", "after", "rule"] and len(changes) > 0
    assert set(removed["kept_id"]) <= set(kept["id"])
    counts = {"rows_in": len(tickets), "kept": len(kept), "removed": len(removed), "changed": len(changes), "stopped": None}
    assert {name: summary[name] for name in counts} == counts
    assert summary["sha256"] == hashlib.sha256(targets["kept"].read_bytes()).hexdigest()
    assert summary["cpu_seconds"] > 0 and summary["problems"] == []


def test_the_same_file_gives_the_same_bytes_whatever_it_is_written_as(file: Path, tickets: pl.DataFrame, capsys: Printed) -> None:
    first = cleaned(file, "--json"), told(capsys)["sha256"]
    again = cleaned(file, "--json"), told(capsys)["sha256"]
    tickets.write_ndjson(file.with_suffix(".jsonl"))
    other = cleaned(file.with_suffix(".jsonl"), "--json"), told(capsys)["sha256"]
    assert first[1] == again[1] == other[1]


def test_a_changed_cell_is_what_stands_in_the_file_and_in_what_is_kept(file: Path, tickets: pl.DataFrame, capsys: Printed) -> None:
    _, targets = cleaned(file)
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{len(tickets)} Datensätze: ")
    kept = {row["id"]: row for row in pl.read_ndjson(targets["kept"], infer_schema_length=None).iter_rows(named=True)}
    came = {row["id"]: row for row in tickets.iter_rows(named=True)}
    changes = pl.read_ndjson(targets["changes"]).filter(pl.col("id").is_in(list(kept)))
    for identity, column, before, after, _ in changes.iter_rows():
        assert came[identity][column] == before and kept[identity][column] == after


def test_the_brake_removes_nothing_and_leaves_with_five(file: Path, tickets: pl.DataFrame, capsys: Printed) -> None:
    code, targets = cleaned(file, "--share", "0", "--json")
    assert code == 5
    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert summary["removed"] == 0 and summary["kept"] == len(tickets)
    assert summary["stopped"]["source"] == "alle" and "Angehalten" in printed.err
    assert len(pl.read_ndjson(targets["kept"], infer_schema_length=None)) == len(tickets)


def test_judging_tells_of_groups_and_of_drift(file: Path, capsys: Printed) -> None:
    make(300, seed=11).tables["tickets"].with_columns(pl.lit("30").alias("tage_offen")).write_csv(file.with_name("old.csv"))
    asked = ["--group", "ort", "--outcome", "rechtzeitig", "--against", str(file.with_name("old.csv")), "--policy", "training", "--json"]
    code = run(["seed", "judge", str(file), *asked])
    found = told(capsys)
    assert {"quality", "completeness", "consistency", "bias", "drift", "gate", "what_if"} <= set(found)
    assert code == (0 if found["gate"]["passed"] else 5)
    assert {"group", "n", "rate", "low", "high", "flagged"} <= set(found["bias"][0])
    assert {one["column"] for one in found["drift"] if one["flagged"]} == {"tage_offen"}


def test_a_policy_that_holds_leaves_with_five_and_one_that_does_not_with_none(file: Path, capsys: Printed) -> None:
    policies = file.with_name("p.yaml")
    policies.write_text("policies:\n  offen: {}\n  streng: {required: [licence]}\n", "utf-8")
    assert run(["seed", "judge", str(file), "--policy", f"{policies}:offen", "--json"]) == 0
    assert told(capsys)["gate"]["passed"] is True
    assert run(["seed", "judge", str(file), "--policy", f"{policies}:streng", "--json"]) == 5
    assert told(capsys)["gate"]["passed"] is False


def test_a_table_without_text_is_harmonised_and_told_so(tmp_path: Path, capsys: Printed) -> None:
    contracts = make(300, seed=11).tables["vertraege"]
    contracts.write_csv(tmp_path / "vertraege.csv")
    code, targets = cleaned(tmp_path / "vertraege.csv", "--json")
    summary = told(capsys)
    assert code == 0 and summary["removed"] == 0 and summary["changed"] > 0
    assert summary["problems"] == ["Keine Spalte „text“: Dubletten wurden nicht gesucht."]
    assert pl.read_ndjson(targets["kept"], infer_schema_length=None)["id"].to_list() == contracts["id"].to_list()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--text", "nirgends"], "keine Spalte „nirgends“"),
        (["--share", "2"], "share"),
        (["--kept", "x.docx"], "„.docx“"),
    ],
)
def test_wrong_usage_of_clean_is_told_in_german(file: Path, capsys: Printed, more: list[str], said: str) -> None:
    assert cleaned(file, *more)[0] == 2
    printed = capsys.readouterr()
    assert said in printed.err and not printed.out
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--policy", "keine"], "„keine“ gibt es nicht"),
        (["--group", "ort"], "gehören zusammen"),
        (["--group", "nirgends", "--outcome", "rechtzeitig"], "„nirgends“"),
    ],
)
def test_wrong_usage_of_judge_is_told_in_german(file: Path, capsys: Printed, more: list[str], said: str) -> None:
    assert run(["seed", "judge", str(file), *more]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", 2),
        ("a.csv", b"%PDF-1.7 etwas", 2),
        ("a.parquet", b"PAR1 is none PAR1", 2),
        ("a.csv", b";".join(b"s%d" % at for at in range(3000)) + b"\n", 1),
    ],
    ids=["empty", "pdf", "broken parquet", "too wide"],
)
def test_a_hostile_file_is_refused_and_nothing_is_written(tmp_path: Path, capsys: Printed, name: str, content: bytes, code: int) -> None:
    (tmp_path / name).write_bytes(content)
    got, targets = cleaned(tmp_path / name)
    assert got == code and capsys.readouterr().err.rstrip().endswith("]")
    assert not any(path.exists() for path in targets.values())
