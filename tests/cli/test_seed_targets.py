"""`nova seed report`: each target of paper 002 with what was measured, and what nothing measured yet."""

from typing import Any

from nova.cli.seeding.targets import NOT_YET, WARM, of_engines, of_models, of_runs


def engine(name: str, reached: int = 0, missed: int = 0, recall_since: str | None = None) -> dict[str, Any]:
    return {"name": name, "reached": reached, "missed": missed, "recall_since": recall_since}


def delivery(name: str, state: str, seconds: float) -> dict[str, Any]:
    return {"engine": name, "state": state, "seconds": seconds}


def model(title: str, value: float, baseline: float, better: str, verdict: str = "better") -> dict[str, Any]:
    return {"title": title, "metric": "Fehler", "better": better, "score": {"value": value, "baseline": baseline, "verdict": verdict}}


def told(rows: list[dict[str, str]]) -> dict[str, str]:
    return {one["target"]: one["measured"] for one in rows}


def test_what_nothing_measured_is_said_to_be_so() -> None:
    found = told(of_runs([], [], None)) | told(of_engines([engine("roi")], [], {"delivered": 0, "needed": 4})) | told(of_models([], []))
    assert {name for name, value in found.items() if value != NOT_YET} == {"Abdeckung", "Trainingszeit"}
    assert found["Abdeckung"] == "0,0 % der Spalten, die Engines brauchen (0 von 4)"
    assert found["Trainingszeit"] == WARM
    assert WARM.startswith(NOT_YET)


def test_engines_are_told_by_what_they_were_given_and_how_they_answered() -> None:
    engines = [engine("roi", 166, 2), engine("churn", recall_since="2026-03-01T08:00:00Z"), engine("x")]
    came = (("roi", "live", 0.25), ("roi", "taken_back", 1.5), ("churn", "refused", 0.0), ("x", "unreachable", 2.0))
    deliveries = [delivery(*one) for one in came]
    rows = of_engines(engines, deliveries, {"delivered": 13, "needed": 20})
    assert told(rows) == {
        "Engines": "1 von 3 beliefert",
        "Abdeckung": "65,0 % der Spalten, die Engines brauchen (13 von 20)",
        "Auslieferung": "im Mittel 0,88 s, die längste 1,50 s (2 Lieferungen)",
        "Zurückgenommene Lieferungen": "2 von 4",
        "Rückruf nach Austritt": "bei 1 von 3 steht noch etwas aus",
        "Verfügbarkeit der Engines": "98,8 % in sieben Tagen",
    }
    assert all(one["wanted"] for one in rows)


def test_each_model_stands_beside_what_it_has_to_beat_and_policies_beside_what_was_shown() -> None:
    models = [model("A", 0.22, 0.2, "up"), model("B", 8.0, 10.0, "down"), model("C", 5.0, 5.0, "down", "useless"), {"score": None}]
    policies = [{"state": "live", "gate": {"verdict": "better"}}, {"state": "candidate", "gate": {"verdict": "worse"}}]
    found = told(of_models(models, policies))
    assert found["Genauigkeit der Modelle"] == "2 von 3 nachweislich besser, im Mittel um 10,0 %"
    assert found["Modell B"] == "Fehler 8,000, Vergleich 10,000: nachweislich besser (20,0 %)"
    assert found["Modell C"] == "Fehler 5,000, Vergleich 5,000: nicht nachweislich besser (0,0 %)"
    assert "Modell D" not in found
    assert found["Regeln für Empfehlungen"] == "1 von 2 nachweislich besser, 1 in Gebrauch"
