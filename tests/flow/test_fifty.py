"""Fifty fixed questions about the samples have the same citations before a snapshot and after its restore into another folder."""

import json
from pathlib import Path

import pytest

from nova.cli.documents import samples
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import Wish
from nova.flows.snapshots.probes import ProbeAnswer
from nova.jobs.snapshots.restore import restore
from nova.knowledge.intake import Labels, receive_file
from nova.settings import Settings
from nova.wiring import Nova, archive, open_nova
from nova.wiring.snapshots import maker_of, probes_of
from tests.flow.test_restore import ADMIN, settle, silent, working
from tests.folders import short_folder

FILE = Path(__file__).parents[2] / "benchmarks" / "questions" / "answerable.jsonl"
QUESTIONS = 50
ANSWERED = 25
pytestmark = pytest.mark.bars


def fixed() -> list[str]:
    """The first fifty; of those about other laws than the samples' the answer is often that there is none."""
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    held = {path.stem for path in samples.folder().iterdir()}
    rows.sort(key=lambda row: (row["law"] not in held, row["id"]))
    return [row["question"] for row in rows[:QUESTIONS]]


def asked(nova: Nova) -> list[ProbeAnswer]:
    found = probes_of(nova).ask(fixed())
    assert len(found) == QUESTIONS
    return found


@pytest.mark.parametrize("index", [False, True], ids=["rebuilt", "included"])
def test_fifty_questions_have_the_same_citations(index: bool) -> None:
    with short_folder() as folder:
        here, there = (Settings(NOVA_DATA=folder / name, NOVA_SNAPSHOT_EVERY=0) for name in ("hier", "dort"))
        with working(here) as nova:
            for path in sorted(samples.folder().iterdir()):
                with path.open("rb") as file:
                    receive_file(nova.intake, ADMIN, file, path.name, Labels())
            settle(nova)
            before = asked(nova)
            made = maker_of(nova).take(Wish(index=index), silent)
        assert sum(bool(one.places) for one in before) >= ANSWERED
        done = restore(Kept(here.NOVA_DATA).path(made), archive.Key(), there, silent)
        assert done.findings.same
        assert done.findings.problems == ()
        with open_nova(there) as nova:
            assert asked(nova) == before
