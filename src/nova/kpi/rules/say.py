"""Decisions in, German out: what each rule looked at, what it is held against, where it stands and what follows. For people and as data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from nova import german
from nova.crowd import TOO_FEW
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules.decide import Decision, Event
from nova.kpi.rules.thresholds import Rule, said

STATES: Mapping[str, str] = {
    "ok": "in Ordnung",
    "pending": "auffällig, noch kein Alarm",
    "warn": "Warnung",
    "critical": "kritisch",
    "clearing": "erholt sich",
    "no_data": "zu wenig Daten",
}
EVENTS: Mapping[Event, str] = {
    "": "",
    "warn": "Warnung",
    "critical": "Kritisch",
    "eased": "Entspannt, weiter Warnung",
    "recovered": "Alarm beendet",
    "lost": "Alarm ohne Daten beendet",
}
METHODS = {"threshold": "Wert des Zeitraums", "ewma": "gleitendes Mittel", "cusum": "Abdrift vom Üblichen"}


def number(kpi: str, value: float | None, *, drift: bool = False) -> str:
    """A value of a KPI as people read it; a drift is in standard deviations."""
    if value is None:
        return "keine Angabe"
    if drift:
        return f"{german.plain(value)} σ"
    known = KPIS[kpi]
    if known.kind == "share" or known.unit == "%":
        return german.percent(value)
    return german.number(value, known.digits) + (f" {known.unit}" if known.unit else "")


def of_rule(rule: Rule, value: float | None) -> str:
    """A value as a rule measures it."""
    return number(rule.kpi, value, drift=rule.method == "cusum")


def threshold(rule: Rule) -> str:
    """What a rule is held against."""
    side = "unter" if rule.direction == "below" else "über"
    parts = [f"Warnung {side} {of_rule(rule, rule.warn)}"]
    if rule.critical is not None:
        parts.append(f"kritisch {side} {of_rule(rule, rule.critical)}")
    calm = rule.warn + rule.clear if rule.direction == "below" else rule.warn - rule.clear
    end = "ab" if rule.direction == "below" else "bis"
    return f"{', '.join(parts)}, Ende {end} {of_rule(rule, calm)}, je {rule.times}x in Folge"


def measured(rule: Rule, value: Estimate) -> str:
    """What was measured, with bounds and cases, where enough people are behind it."""
    if value.few:
        return TOO_FEW
    if value.value is None:
        return f"{'ohne Vergleich' if value.n else 'nichts gemessen'} (n = {value.n})"
    bounds = f" [{of_rule(rule, value.low)} bis {of_rule(rule, value.high)}]" if value.low is not None and value.high is not None else ""
    return f"{of_rule(rule, value.value)}{bounds} (n = {value.n})"


_UNITS = {"s": "Sekunden", "m": "Minuten", "h": "Stunden", "d": "Tage"}


def spoken(duration: str) -> str:
    """A duration of the file in words: `7d` is "7 Tage", `1h` "1 Stunde"."""
    count, unit = duration[:-1], _UNITS[duration[-1]]
    return f"{count} {unit if count != '1' else unit.removesuffix('e' if unit == 'Tage' else 'n')}"


def sentence(decision: Decision) -> str:
    """One decision in one or two sentences."""
    rule, after = decision.rule, decision.after
    title = KPIS[rule.kpi].title + (f" [{rule.segment}]" if rule.segment else "")
    what = f"{title} über {spoken(said(rule.window))}: {measured(rule, decision.measured)}."
    if not decision.counted:
        return f"{what} Die letzte Bewertung ist zu frisch; diese zählt nicht."
    if after.state == "no_data":
        return f"{what} {_lacking(decision)}"
    if after.state == "pending":
        return f"{what} Das {max(after.hits, 1)}. Mal jenseits der Schwelle; Alarm beim {rule.times}. Mal."
    if after.state == "clearing":
        return f"{what} Das {after.calm}. Mal wieder gut; Ende beim {rule.times}. Mal."
    return f"{what} {threshold(rule)}."


def _lacking(decision: Decision) -> str:
    """What it takes to judge."""
    least = decision.rule.least
    if decision.measured.n >= least:
        return "Für ein Urteil fehlt, was davor üblich war."
    return f"Für ein Urteil braucht es {cases(least)}."


def cases(count: int) -> str:
    """So many cases in words."""
    return "1 Fall" if count == 1 else f"{german.number(count, 0)} Fälle"


def explanation(decision: Decision, follows: str = "") -> dict[str, Any]:
    """Everything of a decision as plain values: rule, window, n, value with bounds, threshold, states, what follows."""
    rule, value = decision.rule, decision.measured.shown
    return {
        "rule": rule.name,
        "text": rule.text,
        "kpi": rule.kpi,
        "title": KPIS[rule.kpi].title,
        "segment": rule.segment,
        "method": rule.method,
        "window": said(rule.window),
        "from": decision.start.isoformat(),
        "to": decision.end.isoformat(),
        "n": value.n,
        "least": rule.least,
        "few": value.few,
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "direction": rule.direction,
        "warn": rule.warn,
        "critical": rule.critical,
        "clear": rule.clear,
        "times": rule.times,
        "first": decision.first,
        "before": decision.before.state,
        "after": decision.after.state,
        "event": decision.event,
        "counted": decision.counted,
        "value_text": measured(rule, value),
        "threshold_text": threshold(rule),
        "sentence": sentence(decision),
        "action": follows,
    }


def headline(decision: Decision) -> str:
    """The title of a message about a decision."""
    return f"{EVENTS[decision.event]}: {KPIS[decision.rule.kpi].title}"


def message(decision: Decision, ticket: int | None) -> str:
    """The text of a message about a decision."""
    rule = decision.rule
    lines = [rule.text, sentence(decision)]
    if ticket is not None:
        lines.append(f"Ticket {ticket}.")
    return "\n".join(lines)


def local(at: datetime) -> str:
    """A moment as it is written into reports (UTC)."""
    return at.strftime("%d.%m.%Y %H:%M UTC")
