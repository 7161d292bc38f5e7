"""Forecasts, recommendations, schedules and facts in, the shapes of `models.energy` out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from nova.api.views.records import fact_view, named
from nova.energy.charts.charts import POWER, PRICE
from nova.energy.explain.kept_facts import FactState, Recomputation
from nova.energy.forecast.served import ForecastTarget, ModelledTarget, ServedForecast
from nova.energy.recommend.recommendations import RecommendationState
from nova.energy.schedule.schedules import KeptSchedule
from nova.language.inert import inert, inert_name

RECOMMENDATION_FIELDS = (
    "recommendation_id", "rule", "day", "title", "text", "eur", "kwh", "state", "reason", "created_at", "decided_at",
)  # fmt: skip
DAY_FIELDS = ("day", "origin", "mae", "naive", "seasonal", "inside")


def forecast_view(served: ServedForecast) -> dict[str, Any]:
    """The served forecast of a range."""
    model = served.model
    return _target(served.target) | {
        "resolution": served.resolution,
        "columns": _columns(served),
        "scores": asdict(served.scores),
        "stale": served.said.stale,
        "issued_at": served.issued_at,
        "days": [{name: getattr(one, name) for name in DAY_FIELDS} for one in served.days],
        "model": None if model is None else {name: getattr(model, name) for name in ("trained_to", "created_at", "features")},
        "reason": served.reason,
    }


def _target(one: ForecastTarget) -> dict[str, Any]:
    product = one.product
    traded = {name: product and getattr(product, name) for name in ("market", "product", "zone")}
    told = {"target": one.name, "kind": "price" if product else "meter", "title": inert_name(one.title)}
    return told | {"unit": PRICE if product else POWER} | traded | {"meter_id": one.meter_id}


def _columns(served: ServedForecast) -> dict[str, Any]:
    said = served.said
    columns = {"mean": said.mean, "median": said.middle, "low": said.low, "high": said.high, "naive": said.naive, "seasonal": said.seasonal}
    return {"ts": said.ts.tolist()} | {name: np.round(part, 6).tolist() for name, part in (columns | {"actual": served.actual}).items()}


def targets_view(found: Sequence[ModelledTarget]) -> dict[str, Any]:
    """Targets with a model."""
    models = [{"scores": asdict(one.scores), "trained_to": one.trained_to, "created_at": one.created_at} for one in found]
    return {"targets": [_target(one.target) | model for one, model in zip(found, models, strict=True)]}


def recommendations_view(found: Sequence[RecommendationState], total: int, kept: Mapping[str, float]) -> dict[str, Any]:
    """A page of recommendations; `kept`: by rule, how much of what they promise was measured."""
    return {"recommendations": [recommendation_view(one, kept) for one in found], "total": total}


def recommendation_view(state: RecommendationState, kept: Mapping[str, float]) -> dict[str, Any]:
    """A recommendation with what it rests on."""
    row, evidence = state.row, state.row.evidence
    told = {name: getattr(row, name) for name in RECOMMENDATION_FIELDS} | {"text": inert(row.text), "norms": state.norms}
    told |= {"facts": evidence.get("facts", []), "terms": evidence.get("terms", [])}
    told |= {"days": evidence.get("days"), "year_share": evidence.get("year_share")}
    told |= {"meter_id": row.subject, "meter_title": inert_name(state.meter_title)}
    share = kept.get(row.rule)
    told |= {"eur_measured": None if share is None or row.eur is None else round(row.eur * share, 2)}
    return told | {"valid_from": state.valid_from, "valid_to": state.valid_to, "may_decide": state.may_decide}


def schedules_view(found: Sequence[KeptSchedule]) -> dict[str, Any]:
    """Kept schedules."""
    names = ("schedule_id", "meter_id", "title", "created_at", "cost_eur", "idle_eur")
    return {"schedules": [named({name: getattr(one.listed, name) for name in names}) | {"mine": one.mine} for one in found]}


def kept_fact_view(state: FactState) -> dict[str, Any]:
    """A fact with its answer and its window."""
    kept = state.kept
    told = {"answer_id": kept.answer_id, "created_at": kept.created_at, "meter_id": kept.fact.query.get("meter"), "renewed": kept.renewed}
    return fact_view(kept.fact) | told | {"since": state.since, "until": state.until}


def recomputed_view(found: Recomputation) -> dict[str, Any]:
    """A fact's number then and now."""
    then = {name: getattr(found.fact, name) for name in ("fact_id", "value", "unit", "text", "rows")}
    now = {"equal": found.equal, "value_now": found.value, "unit_now": found.unit, "text_now": found.text, "rows_now": found.rows}
    return then | now | {"chart": found.chart, "reason": found.reason, "computed_at": found.at}
