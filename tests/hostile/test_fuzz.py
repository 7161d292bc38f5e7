"""Broken files by the thousand: each is read or refused by name, in a child that stays confined and within its limits."""

import os
import re
from pathlib import Path

import pytest

from nova.engines.extract.sandbox.runner import Children
from nova.errors import NovaError
from tests.hostile.found import FOUND
from tests.hostile.fuzz import MEDIA_TYPES, Tally, fuzz, read

pytestmark = pytest.mark.slow

EXECUTIONS = 20_000
QUICK = {"pdf": 150, "docx": 100, "xlsx": 100, "pptx": 80, "html": 200, "md": 200, "txt": 200, "csv": 200, "png": 5, "jpg": 5, "tif": 5}
CHILD_BYTES = 1024**3
WALL_S = 31.5
UNNAMED = re.compile(r"\(\w+\)|abgestürzt")  # an error or a signal that no reader foresaw


def children() -> dict[str, str]:
    """This process's readers and the children nobody has waited for, by process id: state and command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()
            words = (entry / "cmdline").read_bytes()
        except (OSError, NotADirectoryError):
            continue
        if entry.name.isdecimal() and int(state[1]) == os.getpid() and (state[0] == "Z" or b"sandbox.child" in words):
            found[entry.name] = f"{state[0]} {words!r}"
    return found


def fuzzed(kind: str, executions: int) -> Tally:
    """Read that many and leave no child behind; whoever was there before is not the readers'."""
    before = children()
    tally = fuzz(kind, executions, good_enough=lambda outcome: not UNNAMED.search(outcome))
    assert {pid: state for pid, state in children().items() if pid not in before} == {}
    return tally


def check(tally: Tally, executions: int) -> None:
    assert tally.executions == executions
    assert tally.odd == {}, tally
    assert tally.slowest_s <= WALL_S, tally
    assert max(one.peak_bytes for one in tally.ends) <= CHILD_BYTES and tally.started_bytes <= CHILD_BYTES, tally
    assert tally.closed
    assert all(all(closed.values()) for closed in tally.closed), tally.closed


@pytest.mark.parametrize("kind", QUICK)
def test_broken_files_are_read_or_refused_by_name(kind: str) -> None:
    check(fuzzed(kind, QUICK[kind]), QUICK[kind])


@pytest.mark.bars
@pytest.mark.parametrize("kind", QUICK)
def test_twenty_thousand_broken_files_of_a_kind(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    tally = fuzzed(kind, EXECUTIONS)
    with capsys.disabled():
        print(f"\n{tally}")
    check(tally, EXECUTIONS)


@pytest.mark.parametrize(("kind", "data"), FOUND.values(), ids=FOUND)
def test_what_was_found_once_stays_mended(kind: str, data: bytes) -> None:
    children = Children(size=1)
    message = ""
    try:
        assert read(children, kind, data, "found").media_type == MEDIA_TYPES[kind]
    except NovaError as error:
        message = error.message
    children.close()
    assert not UNNAMED.search(message), message
