"""Thresholds, back-tests and alerts in, the JSON shapes of `models.alerts` out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from nova.api.models.quality import alerts as shapes
from nova.kpi.alerts.alarms import AlertOverview
from nova.kpi.alerts.evaluation import Outcome
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules import say
from nova.kpi.rules.backtest import Firing, Replay
from nova.kpi.rules.text import Backtest, ThresholdText
from nova.kpi.rules.thresholds import Rule, said


def thresholds_view(found: ThresholdText) -> dict[str, Any]:
    """A text with its rules."""
    rules = found.found.rules if found.found else ()
    told = {"text": found.text, "version": found.version, "own": found.own, "path": str(found.path), "history": found.history}
    every = said(found.found.every) if found.found else ""
    return told | {"rules": [_rule(rule) for rule in rules], "missing": found.missing, "every": every, "problem": found.problem}


def backtest_view(found: Backtest) -> dict[str, Any]:
    """What rules would have done."""
    return {"since": found.since, "until": found.until, "rules": [_replayed(one, found.until) for one in found.rules]}


def overview_view(found: AlertOverview) -> dict[str, Any]:
    """Where every rule stands, and what was told lately."""
    told = [asdict(one) | {"title": str(one.body.get("title", ""))} for one in found.notices]
    return {
        "alerts": [row | {"state_text": say.STATES[row["state"]]} for row in found.rules],
        "counts": found.counts,
        "channels": found.channels,
        "notices": [{name: one[name] for name in shapes.NoticeData.model_fields} for one in told],
    }


def history_view(rows: Sequence[Mapping[str, Any]], total: int) -> dict[str, Any]:
    """Changes of rules' states."""
    return {"changes": [{**row, "event_text": say.EVENTS[row["event"]]} for row in rows], "total": total}


def outcome_view(outcome: Outcome) -> dict[str, Any]:
    """What an evaluation said."""
    return asdict(outcome) | {"critical": outcome.critical}


def _rule(rule: Rule) -> dict[str, Any]:
    names = ("name", "kpi", "segment", "least", "direction", "warn", "critical", "clear", "times", "method", "text")
    told = {"title": KPIS[rule.kpi].title, "window": said(rule.window), "threshold_text": say.threshold(rule)}
    return {name: getattr(rule, name) for name in names} | told | {"action": asdict(rule.action)}


def _replayed(found: Replay, until: datetime) -> dict[str, Any]:
    firings = [_firing(one, until) for one in found.firings]
    return {
        "rule": found.rule.name,
        "kpi": found.rule.kpi,
        "sentence": found.sentence,
        "fired": len(firings),
        "critical": sum(one["worst"] == "critical" for one in firings),
        "evaluations": found.evaluations,
        "blind": found.blind,
        "hours": sum(one["hours"] for one in firings),
        "firings": firings,
    }


def _firing(one: Firing, until: datetime) -> dict[str, Any]:
    return asdict(one) | {"hours": ((one.ended or until) - one.started).total_seconds() / 3600}
