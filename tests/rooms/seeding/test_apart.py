"""A run's work done by a process of its own: the same result, what is wrong told, ended when somebody cancels or the process is killed."""

import os
import signal
import subprocess
import threading
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from nova.errors import InvalidInput, JobCancelled, NovaError
from nova.jobs.apart import BROKE, apart
from nova.seeding.judge.policy import named
from nova.seeding.pipeline import load
from nova.seeding.work.refine import Task, refine

PIPELINE = """
name: tickets
title: Tickets
source: {sample: {table: tickets}}
licence: eigen
purpose: training
steps: [{harmonise: {texts: [text]}}, {exact: {}}, {fuzzy: {}}]
split: {train: 60}
watch: {group: ort, outcome: gut}
"""


def records(count: int) -> pl.DataFrame:
    """Tickets, each third one a copy of the one before in capitals."""
    texts = [f"Der Zähler {at // 3 * 3 + (at % 3 == 1)} steht seit dem {at // 3 % 28 + 1}.3.2026 still." for at in range(count)]
    told = [text.upper() if at % 3 == 2 else text for at, text in enumerate(texts)]
    return pl.DataFrame(
        {
            "id": [f"t{at}" for at in range(count)],
            "text": told,
            "ort": ["Nord" if at % 2 else "Süd" for at in range(count)],
            "gut": [str(at % 4 != 0) for at in range(count)],
        }
    )


def task(text: str = PIPELINE) -> Task:
    """A task on a fixed day."""
    return Task(load(text, "tickets.yaml"), named("standard"), ("t2",), date(2026, 3, 1))


def nothing(_stage: str, _left: int) -> None:
    """Nobody looks."""


def test_the_result_is_that_of_this_process() -> None:
    frame, told = records(90), list[str]()
    here, there = refine(frame, frame.head(40), task(), nothing), apart(frame, frame.head(40), task(), lambda stage, _: told.append(stage))
    assert_frame_equal(here.kept, there.kept)
    assert_frame_equal(here.removed, there.removed)
    assert here.counts == there.counts and here.stopped == there.stopped is None
    assert {row["group"] for row in there.counts["bias"]} == {"Nord", "Süd"} and there.counts["drift"]
    assert "beurteilen" in told


def test_what_the_brake_says_comes_back() -> None:
    held = apart(records(90), None, task(PIPELINE + "brake: {cluster: 1, share: 0.01}\n"), nothing)
    assert held.stopped is not None and held.removed.is_empty()


def test_what_is_wrong_with_the_records_is_told() -> None:
    with pytest.raises(InvalidInput, match="text"):
        apart(records(3).drop("text"), None, task(), nothing)


def test_who_cancels_ends_the_process_and_waits_for_no_step() -> None:
    before = children()

    def cancelled(_stage: str, _left: int) -> None:
        raise JobCancelled("Abgebrochen.")

    with pytest.raises(JobCancelled):
        apart(records(20_000), None, task(), cancelled)
    assert children() == before


def test_a_process_that_is_killed_is_told_as_such() -> None:
    before, killed = children(), threading.Event()

    def killer() -> None:
        while not (new := children() - before):
            time.sleep(0.01)
        for pid in new:
            os.kill(pid, signal.SIGKILL)
        killed.set()

    threading.Thread(target=killer, daemon=True).start()
    with pytest.raises(NovaError, match=BROKE[:20]):
        apart(records(20_000), None, task(), nothing)
    assert killed.is_set()


def children() -> set[int]:
    """The processes that this one began and that still run."""
    listed = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True, check=False).stdout
    return {int(pid) for pid in listed.split() if "nova.seeding.work.child" in _command(int(pid))}


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
