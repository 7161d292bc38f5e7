"""`nova seed report`: each target of paper 002 with what was measured, and what nothing measured yet."""

from typing import Any

from nova.cli.seeding.targets import NOT_YET, of_engines, of_runs


def engine(name: str, live: str | None, state: str | None, seconds: float = 0.1, **more: Any) -> dict[str, Any]:
    last = None if state is None else {"state": state, "seconds": seconds}
    return {"name": name, "live": live, "last": last, "reached": 0, "missed": 0, **more}


def model(value: float, baseline: float, better: str, verdict: str = "better") -> dict[str, Any]:
    return {"better": better, "score": {"value": value, "baseline": baseline, "verdict": verdict}}


def told(rows: list[dict[str, str]]) -> dict[str, str]:
    return {one["target"]: one["measured"] for one in rows}


def test_what_nothing_measured_is_said_to_be_so() -> None:
    found = told(of_runs([], [], None)) | told(of_engines([engine("roi", None, None)], [], {"delivered": 0, "needed": 4}))
    measured = {name for name, value in found.items() if value != NOT_YET}
    assert measured == {"Spalten, die Engines bekommen", "Trainingszeit"}
    assert found["Spalten, die Engines bekommen"] == "0 von 4"


def test_engines_are_told_by_what_they_read_and_how_they_answered() -> None:
    engines = [
        engine("roi", "a" * 64, "live", 0.25, reached=166, missed=2),
        engine("churn", None, "taken_back", 1.5),
        engine("x", None, None),
    ]
    models = [model(0.22, 0.2, "up"), model(8.0, 10.0, "down"), model(5.0, 5.0, "down", "useless"), {"better": "up", "score": None}]
    found = told(of_engines(engines, models, {"delivered": 13, "needed": 20}))
    assert found["Engines"] == "1 von 3 lesen einen Datensatz"
    assert found["Auslieferung"] == "die längste der letzten 1,50 s"
    assert found["Zurückgenommene Lieferungen"] == "1 der letzten 2"
    assert found["Verfügbarkeit der Engines"] == "98,8 % in sieben Tagen"
    assert found["Genauigkeit der Modelle"] == "2 von 3 nachweislich besser, im Mittel um 10,0 %"
