"""Questions of the energy routes in, what they answer with out: recommendations with decisions, facts and their recomputation, jobs."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.api.doors import House
from nova.api.models import energy as shapes
from nova.api.views import fact_view
from nova.energy.calendar import day_bounds, local_date
from nova.energy.explain.facts import recompute as measured
from nova.energy.explain.facts import same
from nova.energy.explain.parse.period import instant_of
from nova.energy.explain.stored import Stored
from nova.energy.explain.words import text_of
from nova.errors import InvalidInput, NotFound
from nova.jobs import forecasts as forecasting
from nova.jobs import recommend as recommending
from nova.language.inert import inert, inert_name
from nova.ports.jobs import Kind
from nova.records import Caller, DataFact
from nova.store import facts, meters, recommendations
from nova.store.conversations import NOT_KEPT
from nova.store.telemetry import speakers
from nova.telemetry.events import store_decision
from nova.visibility import Visible

WORDS: Mapping[shapes.Decision, recommendations.State] = {"uebernehmen": "taken", "spaeter": "later", "passt_nicht": "declined"}
NORM = re.compile(r"§\s*\d+[a-z]?(?:\s+Abs\.\s*\d+)?(?:\s+Satz\s*\d+)?(?:\s+[A-Z][A-Za-z]*(?:G|V)\b)?")
GONE = "Den Zähler dieser Angabe gibt es nicht mehr."
UNKNOWN = "Aus den gespeicherten Werten lässt sich diese Zahl nicht mehr bilden."


def recommended(house: House, caller: Caller, asked: shapes.RecommendationFilters) -> dict[str, Any]:
    """A page of the recommendations that a caller may see."""
    seen = Visible.to(caller)
    with house.nova.db.transaction() as conn:
        found = recommendations.page(conn, seen, states=asked.state, subject=asked.meter_id, limit=asked.limit, offset=asked.offset)
        total = recommendations.total(conn, seen, states=asked.state, subject=asked.meter_id)
        titles = meters.titles(conn, [one.subject for one in found], seen)
    return {"recommendations": [_recommendation(caller, one, titles) for one in found], "total": total}


def decide(house: House, caller: Caller, recommendation_id: UUID, asked: shapes.DecisionRequest) -> dict[str, Any]:
    """A decision; kept as an event, too. NotFound, NotAllowed, Conflict for a day that is over."""
    state, reason = WORDS[asked.decision], house.nova.answers.redact(asked.reason)
    with house.nova.db.transaction() as conn:
        if reason and caller.user_id is not None and caller.user_id not in speakers(conn, {caller.user_id}):
            reason = NOT_KEPT
        found = recommendations.decide(conn, recommendation_id, state, reason, _today(), Visible.to(caller))
        _keep_event(house, conn, caller, found, asked.decision)
        titles = meters.titles(conn, [found.subject], Visible.to(caller))
        facts = {"rule": found.rule, "state": state}
        house.nova.audit.record(caller, "recommendation.decided", str(recommendation_id), facts, connection=conn)
    return _recommendation(caller, found, titles)


def undo(house: House, caller: Caller, recommendation_id: UUID) -> dict[str, Any]:
    """Take a decision back; NotFound, NotAllowed, Conflict for a day that is over."""
    with house.nova.db.transaction() as conn:
        found, before = recommendations.undo(conn, recommendation_id, _today(), Visible.to(caller))
        titles = meters.titles(conn, [found.subject], Visible.to(caller))
        if before != "open":
            _keep_event(house, conn, caller, found, "zurueck")
            facts = {"rule": found.rule, "state": before}
            house.nova.audit.record(caller, "recommendation.reopened", str(recommendation_id), facts, connection=conn)
    return _recommendation(caller, found, titles)


def _keep_event(house: House, conn: Connection[Any], caller: Caller, found: recommendations.StoredRecommendation, decision: str) -> None:
    meta = {"recommendation_id": str(found.recommendation_id), "rule": found.rule, "meter_id": found.subject, "day": found.day.isoformat()}
    store_decision(conn, caller, meta | {"decision": decision, "eur": found.eur, "kwh": found.kwh}, house.nova.master)


def _recommendation(caller: Caller, one: recommendations.StoredRecommendation, titles: Mapping[str, str]) -> dict[str, Any]:
    names = ("recommendation_id", "rule", "day", "title", "text", "eur", "kwh", "state", "reason", "created_at", "decided_at")
    start, end = day_bounds(one.day)
    norms = dict.fromkeys(" ".join(norm.split()) for norm in NORM.findall(" ".join((one.text, *one.evidence.get("terms", ())))))
    told = {"facts": one.evidence.get("facts", []), "terms": one.evidence.get("terms", []), "norms": list(norms)}
    told |= {"days": one.evidence.get("days"), "year_share": one.evidence.get("year_share")}
    whose = {"meter_id": one.subject, "meter_title": inert_name(titles.get(one.subject, ""))}
    may = one.state != "past" and one.day >= _today() and (caller.role == "admin" or one.owner is not None)
    return (
        {name: getattr(one, name) for name in names}
        | {"text": inert(one.text)}
        | told
        | whose
        | {"valid_from": start, "valid_to": end, "may_decide": may}
    )


def fact(house: House, caller: Caller, fact_id: UUID) -> dict[str, Any]:
    """A fact with its answer and its window; NotFound."""
    with house.nova.db.transaction() as conn:
        found = facts.kept(conn, fact_id, Visible.to(caller))
    query = found.fact.query
    window = {"since": _instant(query.get("from")), "until": _instant(query.get("to"))}
    told = {"answer_id": found.answer_id, "created_at": found.created_at, "meter_id": query.get("meter"), "renewed": found.renewed}
    return fact_view(found.fact) | told | window


def _instant(text: Any) -> int | None:
    return instant_of(text) if isinstance(text, str) else None


def recompute(house: House, caller: Caller, fact_id: UUID) -> dict[str, Any]:
    """A fact's number from what is stored now; NotFound. Nothing is changed."""
    seen = Visible.to(caller)
    with house.nova.db.transaction() as conn:
        said = facts.get(conn, fact_id, seen)
        try:
            now = measured(Stored(conn, seen), said)
        except (NotFound, InvalidInput) as error:
            none = {"equal": False, "value_now": None, "unit_now": said.unit, "text_now": "", "rows_now": 0}
            return _then(said) | none | _at(None, GONE if isinstance(error, NotFound) else error.message)
    text = "" if now.value is None else text_of(now.value, now.unit)
    told = {"equal": same(said, now), "value_now": now.value, "unit_now": now.unit, "text_now": text, "rows_now": now.rows}
    return _then(said) | told | _at(now.chart, UNKNOWN if now.value is None else "")


def _then(said: DataFact) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ("fact_id", "value", "unit", "text", "rows")}


def _at(chart: Mapping[str, Any] | None, reason: str) -> dict[str, Any]:
    return {"chart": chart, "reason": reason, "computed_at": datetime.now(UTC)}


def run_recommendations(house: House, caller: Caller) -> dict[str, Any]:
    """The job that recommends."""
    return _once(house, caller, recommending.RECOMMEND)


def run_forecasts(house: House, caller: Caller) -> dict[str, Any]:
    """The job that forecasts."""
    return _once(house, caller, forecasting.FORECAST)


def _once(house: House, caller: Caller, kind: Kind) -> dict[str, Any]:
    """Start a job of a kind, unless one waits or runs."""
    started = house.nova.jobs.start_once(kind)
    if started.new:
        house.nova.audit.record(caller, f"{kind.name}.started", str(started.job_id))
    return {"job_id": started.job_id}


def _today() -> date:
    return local_date(int(datetime.now(UTC).timestamp()))
