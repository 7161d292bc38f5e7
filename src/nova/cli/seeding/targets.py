"""What a server measured -> the targets of paper 002, each with its value, as `nova seed report` shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from nova import german

TARGETS = {"target": "Ziel (002)", "wanted": "Soll", "measured": "Gemessen"}
NOT_YET = "noch nichts gemessen"
WARM = "misst nur `python -m benchmarks.seeding_models --started`"
Row = Mapping[str, Any]


def of_runs(runs: Sequence[Row], versions: Sequence[Row], share: float | None) -> list[dict[str, str]]:
    """What the last runs measured; `share` of proposals were decided by hand."""
    rows = sum(one["counts"]["rows_in"] for one in runs)
    seconds = sum(_seconds(one) for one in runs)
    mean = {name: _mean(runs, name) for name in ("quality", "completeness", "confidence")}
    return _told({
        "Datenmenge": ("100.000+ Datensätze", german.number(rows, 0) if runs else NOT_YET),
        "Verarbeitung": ("10.000+ Datensätze je Minute", f"{german.number(60 * rows / seconds, 0)} je Minute" if seconds else NOT_YET),
        "Güte": ("im Mittel 85 % und mehr", mean["quality"]),
        "Vollständigkeit": ("mindestens 80 %, je Datensatz", mean["completeness"]),
        "Sicherheit": ("mindestens 70 %, je Datensatz", mean["confidence"]),
        "Herkunft": ("lückenlos", "jede Zeile jeder Fassung" if versions else NOT_YET),
        "Fassungen und Rücknahme": ("vorhanden", f"{len(versions)} Fassungen" if versions else NOT_YET),
        "Aufwand von Hand": (
            "60 % weniger als von Hand",
            NOT_YET if share is None else f"{german.percent(share)} der Vorschläge von Hand entschieden",
        ),
    })  # fmt: skip


def of_engines(engines: Sequence[Row], models: Sequence[Row], coverage: Row) -> list[dict[str, str]]:
    """What engines, their last deliveries and their models measured; a model says by `better` which way its metric is good."""
    last = [one["last"] for one in engines if one["last"]]
    live = sum(one["live"] is not None for one in engines)
    return _told({
        "Engines": ("10+ zugleich", f"{live} von {len(engines)} lesen einen Datensatz" if live else NOT_YET),
        "Spalten, die Engines bekommen": ("alle", f"{coverage['delivered']} von {coverage['needed']}"),
        "Auslieferung": ("unter 2 Sekunden", _longest(last)),
        "Zurückgenommene Lieferungen": ("schlechte bleiben nie", _lost(last)),
        "Verfügbarkeit der Engines": ("99,9 %", _reached(engines)),
        "Genauigkeit der Modelle": ("5 % besser als der Vergleich", _gains(models)),
        "Trainingszeit": ("50 % kürzer", WARM),
    })  # fmt: skip


def _longest(last: Sequence[Row]) -> str:
    return f"die längste der letzten {german.number(max(float(one['seconds']) for one in last), 2)} s" if last else NOT_YET


def _lost(last: Sequence[Row]) -> str:
    return f"{sum(one['state'] in ('taken_back', 'refused') for one in last)} der letzten {len(last)}" if last else NOT_YET


def _reached(engines: Sequence[Row]) -> str:
    reached, missed = (sum(one[name] for one in engines) for name in ("reached", "missed"))
    return f"{german.percent(reached / (reached + missed), 1)} in sieben Tagen" if reached + missed else NOT_YET


def _gains(models: Sequence[Row]) -> str:
    """How many models are proven better than what they have to beat, and by how much on average."""
    told = [(one["better"], one["score"]) for one in models if one["score"]]
    if not told:
        return NOT_YET
    shares = [
        (score["value"] - score["baseline"]) * (1 if way == "up" else -1) / abs(score["baseline"])
        for way, score in told
        if score["baseline"]
    ]
    better = sum(score["verdict"] == "better" for _, score in told)
    mean = f", im Mittel um {german.percent(sum(shares) / len(shares))}" if shares else ""
    return f"{better} von {len(told)} nachweislich besser{mean}"


def _told(measured: Mapping[str, tuple[str, str]]) -> list[dict[str, str]]:
    return [{"target": name, "wanted": wanted, "measured": value} for name, (wanted, value) in measured.items()]


def _mean(runs: Sequence[Row], name: str) -> str:
    means = [(one["counts"][name]["mean"], one["counts"]["kept"]) for one in runs if one["counts"].get(name)]
    total = sum(count for _, count in means)
    return f"{german.number(sum(value * count for value, count in means) / total)} %" if total else NOT_YET


def _seconds(one: Row) -> float:
    begun, ended = (datetime.fromisoformat(one[name]) for name in ("started_at", "ended_at"))
    return max((ended - begun).total_seconds(), 0.001)
