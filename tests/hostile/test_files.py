"""Hostile files of every kind: each ends as an item or by a named German reason, within the seconds and the memory of its child."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.engines.extract import sniff as kinds
from tests.folders import short_folder
from tests.hostile.judge import GERMAN, Judge, Verdict
from tests.hostile.make import elsewhere, files

WALL_S = 30.0
CHILD_BYTES = 1024**3
HERE_S = 2.0  # processor time of the process that also answers questions; spent in pieces
SLACK_S = 1.5  # until a child is started, told and collected

QUICK = (
    "pdf: page tree loop", "pdf: xref loop", "pdf: packed fifty times", "pdf: actions", "archive: overlapping", "archive: quoted",
    "archive: paths", "xml: entities that grow", "xml: entities behind a long beginning", "xml: a file outside", "xml: inclusion",
    "xml: relation outside: styles", "docx: list deeper than anything", "docx: tables in tables", "xlsx: last cell of all",
    "pptx: groups in groups", "markdown: heading and spaces", "markdown: rule of a table that is none", "text: spaces",
    "csv: quotes for the sniffer", "bytes: comments before a page", "charset: undefined",
)  # fmt: skip
READ = {  # hostile, and still read: what is wrong with them is not in the way of their text
    "pdf: page tree loop", "pdf: xref loop", "pdf: packed fifty times", "pdf: actions", "archive: paths", "xml: inclusion",
    "docx: list deeper than anything", "markdown: rule of a table that is none", "text: spaces", "csv: quotes for the sniffer",
    "bytes: comments before a page", "charset: undefined",
}  # fmt: skip


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with short_folder() as folder:
        found = Judge(folder)
        yield found
        found.close()


def temporary() -> set[str]:
    """What lies in the folders that everyone may write to."""
    return {str(path) for folder in ("/tmp", "/dev/shm", "/var/tmp") if Path(folder).is_dir() for path in Path(folder).iterdir()}


def check(verdict: Verdict) -> None:
    assert verdict.outcome in ("item", "unsupported_file", "unreadable_file", "too_large"), verdict
    assert verdict.outcome == "item" or GERMAN.search(verdict.message), verdict
    assert verdict.child_s <= WALL_S + SLACK_S, verdict
    assert verdict.peak_bytes <= CHILD_BYTES, verdict
    assert verdict.here_s <= HERE_S, verdict


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_is_read_or_refused_by_name(judge: Judge, name: str) -> None:
    filename, make = files()[name]
    verdict = judge.read(name, filename, make(), fresh=False)
    check(verdict)
    assert (verdict.outcome == "item") == (name in READ), verdict


@pytest.mark.bars
@pytest.mark.parametrize("name", sorted(files()))
def test_every_hostile_file_stays_within_its_child(judge: Judge, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = temporary()
    verdict = judge.read(name, files()[name][0], elsewhere(name))
    with capsys.disabled():
        print(f"\n{verdict}", end="")
    check(verdict)
    assert not any(path.rpartition("/")[2].startswith(("nova-hostile", "nova-attack")) for path in temporary() - before)


@pytest.mark.parametrize("repeats", [40, 4_000])
def test_the_kind_of_a_page_behind_comments_is_found_at_once(repeats: int) -> None:
    assert kinds.sniff(b"<!-- a --> " * repeats + b"<html><p>Strom</p>", "seite") == kinds.HTML
    assert kinds.sniff(b"<!-- a -->" * repeats + b"Strom", "seite.txt") == kinds.PLAIN
