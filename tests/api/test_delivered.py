"""Sophia's sessions from the door to the figures: what she measured turns the wheel, and goes with who withdraws."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.house import Door
from tests.api.test_hook import agreed, counts, send, session, turn
from tests.api.test_kpi import API, data, measured

QUESTIONS = (
    "Welche Förderung gibt es für Wärmepumpen?", "Wie hoch ist die Förderung einer Wärmepumpe?", "Wer fördert meine Wärmepumpe?",
    "Wie beantrage ich die Wärmepumpenförderung?", "Gibt es Zuschüsse zur Förderung der Wärmepumpe?", "Was wird bei Wärmepumpen gefördert?",
)  # fmt: skip
BAD = {"useful": False, "refused": True, "latency_ms": 1840.0, "dwell_ms": 5000, "cost_eur": 0.01}


@pytest.fixture(autouse=True)
def _clean(door: Door) -> Iterator[None]:
    yield
    door.nova.db.execute("TRUNCATE kpi_hours, kpi_measured, knowledge_gaps, answers, conversations CASCADE")


def deliver(door: Door, question: str) -> str:
    """A session that began half an hour ago; whose it is."""
    at = datetime.now(UTC) - timedelta(minutes=30)
    body = session(consent=agreed(analytics=True, at=at - timedelta(minutes=1)))
    body["turns"] = [turn(0, question, at=at), turn(1, "Dazu weiß ich nichts.", "assistant", at + timedelta(seconds=5), **BAD)]
    assert counts(send(door, body))["stored"] == 2
    return str(body["user"])


def figures(door: Door) -> dict[str, Any]:
    measured(door)
    return {one["name"]: one for one in data(door.admin("GET", f"{API}/kpis"))["kpis"]}


def test_sessions_that_went_badly_move_the_figures_and_are_a_gap(door: Door) -> None:
    people = [deliver(door, question) for question in QUESTIONS]
    found = figures(door)
    assert (found["useful_share"]["value"], found["useful_share"]["n"]) == (0, 6)
    assert (found["refused_share"]["value"], found["refused_share"]["n"]) == (1, 6)
    assert (found["dwell_s"]["value"], found["latency_p50_ms"]["n"]) == (5, 0)
    (gap,) = data(door.admin("GET", f"{API}/gaps"))["gaps"]
    assert (gap["questions"], gap["people"]) == (6, 6)
    asked = data(door.admin("GET", f"{API}/gaps/{gap['gap_id']}"))["asked"]
    assert {one["question"] for one in asked} == set(QUESTIONS)
    rows = data(door.admin("GET", f"{API}/conversations"))["conversations"]
    assert sum(row["not_useful"] for row in rows) == 6

    door.nova.agree(people[0], ("service",), given=False)
    found = figures(door)
    assert (found["useful_share"]["n"], found["refused_share"]["n"]) == (5, 5)
    assert [one["questions"] for one in data(door.admin("GET", f"{API}/gaps"))["gaps"]] == [5]
