"""The table of the papers' promises holds: every place and test it names exists, no promise stands twice, reasons are few."""

import ast
import json
import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from nova.settings import Settings
from scripts import papers, reference
from tests.house.places import DOCS, ROOT, tracked

TABLE = papers.load()
HERE = [row for row in TABLE.promises if row.standing == "here"]
PLACES = sorted({where for row in HERE for where in row.where})
FEWEST, MOST_REASONS = 250, 8
SCHEMA = ROOT / "src" / "nova" / "store" / "postgres" / "schema.sql"


@cache
def commands() -> dict[str, str]:
    """Each command of the reference page with its part of the page."""
    parts = re.split(r"^## `(nova [^`]+)`$", (reference.TARGET / "commands.md").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def defaults() -> dict[str, str]:
    """Each setting of the reference page with its default as it is written there."""
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? *\|", (reference.TARGET / "settings.md").read_text("utf-8"), re.MULTILINE)
    return dict(rows)


@cache
def described() -> Any:
    """The committed description of the API."""
    return json.loads((DOCS / "openapi.json").read_text("utf-8"))


@cache
def columns() -> dict[str, str]:
    """Each table and view of the recorded schema with what stands between its brackets."""
    text = SCHEMA.read_text("utf-8")
    return dict(re.findall(r"^CREATE (?:TABLE|VIEW|MATERIALIZED VIEW) public\.(\w+)(.*?);$", text, re.MULTILINE | re.DOTALL))


@cache
def titles(path: Path) -> set[str]:
    """Names of the tests in a file: functions in Python, quoted titles in the web's languages."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    return {title for _, title in re.findall(r"\b(?:it|test|browse|describe)\((['\"`])(.*?)\1,", text)}


def elsewhere(name: str) -> list[str]:
    """Files of tests in which there is a test of this name now."""
    return [path.relative_to(ROOT).as_posix() for path in tracked_files() if path.match("test_*.py") and name in titles(path)]


def exists(where: str) -> bool:
    """Whether there is such a place."""
    kind, name = papers.place(where)
    if kind == "file":
        return any(path == ROOT / name or ROOT / name in path.parents for path in tracked_files())
    if kind == "route":
        method, path = name.split(" ")
        return method.lower() in described()["paths"].get(path, {})
    if kind == "field":
        field, _, value = name.partition("=")
        shape, _, part = field.partition(".")
        fields = described()["components"]["schemas"].get(shape, {}).get("properties", {})
        return part in fields and (not value or json.dumps(fields[part].get("default")).strip('"') == value)
    if kind == "command":
        words, _, option = name.partition(" --")
        return words in commands() and (not option or f"`--{option}`" in commands()[words])
    if kind == "setting":
        setting, _, value = name.partition("=")
        return setting in Settings.model_fields and (not value or as_written(defaults()[setting]) == value)
    if kind == "table":
        table, _, column = name.partition(".")
        return table in columns() and (not column or bool(re.search(rf"^    {column} ", columns()[table], re.MULTILINE)))
    if kind == "service":
        return name in yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    if kind == "target":
        return bool(re.search(rf"^{name}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    return kind == "metric" and f"| `{name}` |" in (reference.TARGET / "metrics.md").read_text("utf-8")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the repository."""
    return tuple(tracked())


def as_written(default: str) -> str:
    """A default as `.env` has it: lists with commas."""
    return ",".join(re.findall(r"'([^']*)'", default)) or default


def test_every_place_is_there() -> None:
    assert {papers.place(where)[0] for where in PLACES} == set(papers.KINDS)
    assert [where for where in PLACES if not exists(where)] == []


@pytest.mark.parametrize(
    "where",
    [
        *(
            "file docs/none.md",
            "route GET /api/v1/none",
            "route PUT /api/v1/system/info",
            "command nova none",
            "command nova alerts --none",
        ),
        *("setting NOVA_NONE", "setting API_PORT=1", "table none", "table users.none", "service none", "target none", "metric nova_none"),
    ],
)
def test_a_place_that_is_none_is_found_out(where: str) -> None:
    assert not exists(where)


def test_every_test_is_there() -> None:
    named = {test: test.split("::", 1) for test in sorted({row.test for row in HERE if row.test})}
    lost = {test: name for test, (path, name) in named.items() if ROOT / path not in tracked_files() or name not in titles(ROOT / path)}
    assert {test: elsewhere(name) for test, name in lost.items()} == {}, "the row in papers.yaml wants the path that stands beside it"


def test_no_promise_stands_twice() -> None:
    assert [promise for promise, times in Counter(row.promise.casefold() for row in TABLE.promises).items() if times > 1] == []


def test_every_paper_has_its_promises() -> None:
    assert {row.paper for row in TABLE.promises} == set(TABLE.papers) == {"000", "001", "002", "003", "004"}
    assert len(TABLE.promises) >= FEWEST


def test_reasons_are_few_and_each_is_used() -> None:
    assert {row.reason for row in TABLE.promises if row.reason} == set(TABLE.reasons)
    assert len(TABLE.reasons) <= MOST_REASONS


def test_every_decision_that_is_cited_is_there() -> None:
    cited = {number for row in TABLE.promises for number in row.decisions}
    assert cited - {path.name[:4] for path in (DOCS / "decisions").glob("0*.md")} == set()


def test_promises_of_a_paper_and_section_stand_together() -> None:
    runs = Counter(place for place, _ in groupby((row.paper, row.section) for row in TABLE.promises))
    assert [place for place, times in runs.items() if times > 1] == []


@pytest.mark.parametrize(
    "row",
    [
        {"standing": "here", "where": ["file README.md"]},
        {"standing": "here", "test": "tests/house/test_papers.py::test_every_place_is_there"},
        {"standing": "here", "where": ["file README.md"], "test": "t", "reason": "better"},
        {"standing": "next", "subject": "training"},
        {"standing": "next", "missing": "all of it"},
        {"standing": "not"},
        {"standing": "not", "reason": "better", "decision": "0001"},
        {"standing": "perhaps"},
    ],
)
def test_a_row_without_what_its_standing_needs_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        papers.Promise.model_validate({"paper": "000", "section": "1", "promise": "Something"} | row)
