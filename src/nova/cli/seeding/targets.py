"""What a server measured -> the targets of paper 002, each with its value, as `nova seed report` shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from nova import german

TARGETS = {"target": "Ziel (002)", "wanted": "Soll", "measured": "Gemessen"}
NOT_YET = "noch nicht gemessen"
WARM = f"{NOT_YET}; das misst `python -m benchmarks.seeding_models --started`"
TRIED, LOST, KEPT = ("live", "taken_back"), ("taken_back", "refused"), ("live", "unchanged")
Row = Mapping[str, Any]
Told = list[dict[str, str]]


def of_runs(runs: Sequence[Row], versions: Sequence[Row], share: float | None) -> Told:
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


def of_engines(engines: Sequence[Row], deliveries: Sequence[Row], coverage: Row) -> Told:
    """What engines and their deliveries measured, and which columns reach them."""
    given = {one["engine"] for one in deliveries if one["state"] in KEPT}
    lost = [one for one in deliveries if one["state"] in LOST]
    delivered, needed = coverage["delivered"], coverage["needed"]
    covered = f"{_percent(delivered / max(1, needed))} der Spalten, die Engines brauchen ({delivered} von {needed})"
    return _told({
        "Engines": ("10+ zugleich", f"{len(given)} von {len(engines)} beliefert" if given else NOT_YET),
        "Abdeckung": ("95 % und mehr", covered),
        "Auslieferung": ("im Mittel unter 2 Sekunden", _times([one["seconds"] for one in deliveries if one["state"] in TRIED])),
        "Zurückgenommene Lieferungen": ("schlechte von selbst", f"{len(lost)} von {len(deliveries)}" if deliveries else NOT_YET),
        "Rückruf nach Austritt": ("vollständig", _recalls(engines) if given else NOT_YET),
        "Verfügbarkeit der Engines": ("99,9 %", _answered(engines)),
    })  # fmt: skip


def of_models(models: Sequence[Row], policies: Sequence[Row]) -> Told:
    """What models and policies measured, each model beside what it has to beat; it says by `better` which way its metric is good."""
    scored = [one for one in models if one["score"]]
    told = _told({"Genauigkeit der Modelle": ("5 % besser als der Vergleich", _gains(scored)), "Trainingszeit": ("50 % kürzer", WARM)})
    told += _told({f"Modell {one['title']}": ("5 % besser als der Vergleich", _scored(one)) for one in scored})
    better, live = sum(one["gate"]["verdict"] == "better" for one in policies), sum(one["state"] == "live" for one in policies)
    found = f"{better} von {len(policies)} nachweislich besser, {live} in Gebrauch" if policies else NOT_YET
    return told + _told({"Regeln für Empfehlungen": ("besser als das Gezeigte", found)})


def _recalls(engines: Sequence[Row]) -> str:
    waiting = sum(one["recall_since"] is not None for one in engines)
    return f"bei {waiting} von {len(engines)} steht noch etwas aus"


def _answered(engines: Sequence[Row]) -> str:
    reached, missed = (sum(one[name] for one in engines) for name in ("reached", "missed"))
    return f"{_percent(reached / (reached + missed))} in sieben Tagen" if reached + missed else NOT_YET


def _percent(share: float) -> str:
    return f"{german.number(100 * share)} %"


def _times(seconds: Sequence[float]) -> str:
    if not seconds:
        return NOT_YET
    mean, longest = (german.number(one, 2) for one in (sum(seconds) / len(seconds), max(seconds)))
    return f"im Mittel {mean} s, die längste {longest} s ({len(seconds)} Lieferungen)"


def _gains(scored: Sequence[Row]) -> str:
    """How many models are proven better than what they have to beat, and by how much on average."""
    if not scored:
        return NOT_YET
    better = sum(one["score"]["verdict"] == "better" for one in scored)
    shares = [gain for one in scored if (gain := _gain(one)) is not None]
    mean = f", im Mittel um {_percent(sum(shares) / len(shares))}" if shares else ""
    return f"{better} von {len(scored)} nachweislich besser{mean}"


def _gain(one: Row) -> float | None:
    """By which share of its baseline a model is better; None beside 0."""
    score = one["score"]
    over = (score["value"] - score["baseline"]) * (1 if one["better"] == "up" else -1)
    return over / abs(score["baseline"]) if score["baseline"] else None


def _scored(one: Row) -> str:
    score, gain = one["score"], _gain(one)
    value, baseline = (german.number(score[name], 3) for name in ("value", "baseline"))
    verdict = "nachweislich besser" if score["verdict"] == "better" else "nicht nachweislich besser"
    return f"{one['metric']} {value}, Vergleich {baseline}: {verdict}" + ("" if gain is None else f" ({_percent(gain)})")


def _told(measured: Mapping[str, tuple[str, str]]) -> Told:
    return [{"target": name, "wanted": wanted, "measured": value} for name, (wanted, value) in measured.items()]


def _mean(runs: Sequence[Row], name: str) -> str:
    means = [(one["counts"][name]["mean"], one["counts"]["kept"]) for one in runs if one["counts"].get(name)]
    total = sum(count for _, count in means)
    return f"{german.number(sum(value * count for value, count in means) / total)} %" if total else NOT_YET


def _seconds(one: Row) -> float:
    begun, ended = (datetime.fromisoformat(one[name]) for name in ("started_at", "ended_at"))
    return max((ended - begun).total_seconds(), 0.001)
