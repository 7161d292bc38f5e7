"""The flywheel turned once for real, as `nova smoke` does: whole at the command line, and a shorter turn within the usual tests."""

import json
import re
from pathlib import Path

import pytest

from nova.cli.operation import smoke
from nova.cli.rehearsal import people, ranking, wheel
from nova.cli.rehearsal.script import script
from nova.cli.rehearsal.stage import Stage, StepMissed, StepReport, stage
from nova.errors import InvalidInput
from nova.settings import Settings
from tests.flow.conftest import run

pytestmark = pytest.mark.slow

SMOKE_S = 180.0  # the bar; several times what it takes on a machine with nothing else to do
SESSIONS = 300
SOURCES = Path(wheel.__file__).parents[2]


@pytest.mark.bars
def test_smoke_turns_the_whole_wheel(tmp_path: Path) -> None:
    done = run(tmp_path / "unused", "smoke", "--json", timeout=SMOKE_S)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["citation"]["page"] >= 1
    assert "22 Kilowatt" in " ".join(told["citation"]["quote"].split())
    steps = {step["step"]: step for step in told["steps"]}
    assert list(steps) == list(wheel.STEPS)
    assert steps["Alltag"]["alerts"] == 0
    assert steps["Wissenslücke"]["weak_share"] > 0.30 > steps["Alltag"]["weak_share"]
    assert steps["Wissenslücke"]["beyond"] == 3  # the third evaluation beyond the threshold fires, none before
    assert steps["Ticket"]["right"] == steps["Ticket"]["questions"] > 20
    assert "Balkonkraftwerk" in steps["Ticket"]["terms"]
    assert steps["Heilung"]["sessions"] == SESSIONS
    assert steps["Heilung"]["weak_share"] < 0.1
    assert steps["Heilung"]["cleared_after_h"] >= 3
    assert steps["Abschluss"]["verdict"] == "better"
    assert steps["Lernen"]["ndcg_after"] >= steps["Reihenfolge"]["ndcg"] + 10
    assert steps["Lernen"]["worst_other"] >= -1
    assert steps["Rücknahme"]["orders"] == steps["Reihenfolge"]["held_out"] + 15
    assert len(steps["Löschung"]["receipt"]) == 64
    assert SESSIONS / 5 - 5 < steps["Protokoll"]["delivered"] < SESSIONS / 5  # without those of the person who was erased
    assert not (tmp_path / "unused").exists()


def test_a_planted_ranking_is_learned_and_taken_back_over_http(tmp_path: Path) -> None:
    names = ("Reihenfolge", "Lernen", "Rücknahme", "Löschung", "Protokoll")
    with stage(Settings(NOVA_DATA=tmp_path / "unused")) as place:
        place.take("sample.pdf", "stromgvv.md", "nav.md")
        answer = place.client.post("/rag/ask", {"question": smoke.QUESTION})
        assert smoke.checked(place.client, answer, place.items["sample.pdf"])["page"] >= 1
        place.write({"gap": place.texts.gap_page})
        people.join(place, themselves=ranking.LEARNERS, by_hook=2)
        for person in place.people[:2]:
            people.call(place, person, place.clock, place.texts.everyday[0], pleased=True)
        steps = {step["step"]: step for step in wheel.turn(place, {name: wheel.STEPS[name] for name in names})}
    assert steps["Lernen"]["ndcg_after"] >= steps["Reihenfolge"]["ndcg"] + 10
    assert steps["Lernen"]["subjects"] == ranking.LEARNERS
    assert steps["Protokoll"]["delivered"] == 1  # the other call was of the person who was erased
    assert not (tmp_path / "unused").exists()


def test_a_step_that_misses_is_named(tmp_path: Path) -> None:
    def refuse(_: Stage) -> StepReport:
        raise InvalidInput("Das geht nicht.")

    nowhere: Stage = object.__new__(Stage)
    with pytest.raises(StepMissed, match=r"^Reihenfolge: Das geht nicht") as missed:
        list(wheel.turn(nowhere, {"Reihenfolge": refuse}))
    assert missed.value.exit_code == 5


def test_nothing_but_the_rehearsal_sets_rows_back() -> None:
    files = {path: path.read_text("utf-8") for path in SOURCES.rglob("*.py")}
    asking = [path for path, text in files.items() if re.search(r"Queries\(.rehearsal.\)", text)]
    assert [path.parent.name for path in asking] == ["rehearsal"]
    coming = [path.name for path, text in files.items() if "nova.cli.rehearsal" in text and path.parent.name != "rehearsal"]
    assert coming == ["smoke.py"]


def test_the_texts_are_many_and_apart() -> None:
    texts = script()
    assert len(set(texts.everyday)) == 60
    assert len(set(texts.gap_questions)) == 30
    for topic in (texts.planted, *texts.others):
        assert not set(topic.asked) & set(topic.held_out)
    assert people.CALLER not in str(texts)
