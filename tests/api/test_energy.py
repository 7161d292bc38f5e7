"""Forecasts, recommendations and facts over HTTP: what was served beside what came, decisions with a way back, numbers recomputed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from nova.energy.calendar import day_bounds, local_date
from nova.energy.explain.tool import DataAnswers
from nova.energy.forecast.target import price_target
from nova.records import DataFact, Scope
from nova.series import Product, prices, readings
from nova.store.ids import uuid7
from nova.store.series import batches, facts, forecasts, recommendations
from nova.store.series import prices as price_store
from nova.store.series import readings as reading_store
from tests.api.house import Door
from tests.owning import give

API = "/api/v1"
NOW = datetime.now(UTC)
TODAY = local_date(int(NOW.timestamp()))
PRODUCT = Product("EPEX", "DAY_AHEAD", "DE-LU", 3600)
PRICE, METER = price_target(PRODUCT), "meter/annas"
BACK = 40


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def user(door: Door, name: str) -> UUID:
    door.nova.person(name)
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT user_id FROM users WHERE external_id = %s", (name,)).fetchone()
    assert row
    found: UUID = row["user_id"]
    return found


def served(target: str, seconds: int, day: Any, level: float) -> forecasts.Forecast:
    start, end = day_bounds(day)
    ts = np.arange(start, end, seconds, dtype=np.int64)
    issued = np.full(len(ts), start - 14 * 3600, np.int64)
    grid = np.full(len(ts), level)
    return forecasts.Forecast(target, seconds, ts, issued, grid - 1, grid, grid + 1, grid + 0.1, grid - 2, grid + 2)


@pytest.fixture(scope="module", autouse=True)
def stored(door: Door) -> None:
    """The company's meter and Anna's, hourly prices up to tomorrow, and forecasts of both with the scores of three days."""
    anna = user(door, "anna")
    start, end = day_bounds(TODAY - timedelta(days=BACK))[0], day_bounds(TODAY)[0]
    quarters = np.arange(start, end, 900, dtype=np.int64)
    hours = np.arange(start, day_bounds(TODAY + timedelta(days=1))[1], 3600, dtype=np.int64)
    with door.nova.db.transaction() as conn:
        for name, owner, level in (("firma", None, 2.0), ("annas", anna, 1.0)):
            batch = batches.open(conn, batches.NewBatch("test", "columns"))
            if owner is not None:
                give(conn, name, owner)
            reading_store.put(conn, [readings(name, 900, quarters, level + np.sin(quarters / 13_751))], batch)
            batches.close(conn, batch, {"state": "done"})
        price_store.put(conn, [prices(PRODUCT, hours, 80 + 60 * np.sin(hours / 13_751))], batch)
        for target, seconds, level in ((PRICE, 3600, 90.0), (METER, 900, 1.2)):
            model = forecasts.Model(uuid7(), target, "live", ("lags",), NOW, {}, f"forecasts/{target}.json")
            forecasts.put_model(conn, model)
            for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
                forecasts.put(conn, served(target, seconds, day, level), model.model_id)
            days = [
                forecasts.DayScore(TODAY - timedelta(days=back), "served", 24 * back, 2.0 * back, 4.0, 3.0, 0.5, 10.0, 0.9)
                for back in (1, 2, 3)
            ]
            unknown = forecasts.DayScore(TODAY - timedelta(days=31), "served", 24, 99.0, 1.0, 1.0, 0.0, 1.0, 0.0)
            forecasts.put_scores(conn, target, [*days, unknown])


def test_a_forecast_comes_with_what_came_its_band_and_its_scores(door: Door) -> None:
    found = data(door.admin("GET", f"{API}/data/forecasts", params={"market": "EPEX"}))
    assert (found["target"], found["kind"], found["unit"], found["resolution"]) == (PRICE, "price", "EUR/MWh", 3600)
    columns = found["columns"]
    length = len(columns["ts"])
    assert {len(column) for column in columns.values()} == {length}
    assert length in (47, 48, 49)
    assert (columns["median"][0], columns["low"][0], columns["high"][0], columns["mean"][0]) == (90.0, 89.0, 91.0, 90.1)
    assert columns["actual"][0] == pytest.approx(80 + 60 * np.sin(columns["ts"][0] / 13_751), abs=1e-5)
    assert datetime.fromisoformat(found["issued_at"]).timestamp() == day_bounds(TODAY + timedelta(days=1))[0] - 14 * 3600
    assert found["model"]["features"] == ["lags"]
    scores = found["scores"]
    assert scores["days"] == 3
    assert scores["mae"] == pytest.approx((2 * 1 + 4 * 2 + 6 * 3) / 6)
    assert scores["rmae"] == pytest.approx(scores["mae"] / 4)
    assert scores["seasonal_rmae"] == pytest.approx(0.75)
    assert (scores["inside"], scores["bias"]) == (pytest.approx(0.9), pytest.approx(0.05))
    assert [one["day"] for one in found["days"]] == [(TODAY - timedelta(days=back)).isoformat() for back in (3, 2, 1)]


def test_a_meters_forecast_is_asked_for_by_target_or_id_and_seen_by_whom_it_belongs_to(door: Door) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    by_id = data(anna("GET", f"{API}/data/forecasts", params={"meter_id": "annas"}))
    assert by_id == data(anna("GET", f"{API}/data/forecasts", params={"target": METER}))
    assert (by_id["meter_id"], by_id["unit"], by_id["resolution"]) == ("annas", "kW", 900)
    assert by_id["columns"]["actual"][0] is not None
    assert by_id["columns"]["actual"][-1] is None  # tomorrow
    for asked in ({"meter_id": "annas"}, {"target": METER}, {"target": "meter/keiner"}, {"target": "price/X/DAY_AHEAD/DE-LU/900"}):
        assert ben("GET", f"{API}/data/forecasts", params=asked).status_code == 404
    assert [one["target"] for one in data(anna("GET", f"{API}/data/forecasts/targets"))["targets"]] == [METER, PRICE]
    told = data(ben("GET", f"{API}/data/forecasts/targets"))["targets"]
    assert [(one["target"], one["scores"]["rmae"]) for one in told] == [(PRICE, pytest.approx(14 / 3 / 4))]


def test_without_a_forecast_the_reason_is_told(door: Door) -> None:
    found = data(door.admin("GET", f"{API}/data/forecasts", params={"meter_id": "firma"}))
    assert (found["columns"]["ts"], found["model"], found["issued_at"]) == ([], None, None)
    assert "zu wenige Tage" in found["reason"]
    old = {"target": PRICE, "from": "2020-01-01", "to": "2020-01-02"}
    assert "Zeitraum" in data(door.admin("GET", f"{API}/data/forecasts", params=old))["reason"]


@pytest.mark.parametrize(
    "asked",
    [
        {"meter_id": "annas", "target": METER},
        {"from": "2026-01-01", "to": "2026-03-01"},
        {"from": "2026-01-02", "to": "2026-01-01"},
        {"target": "wetter/x"},
    ],
)
def test_questions_that_make_no_sense_are_named(door: Door, asked: dict[str, str]) -> None:
    answer = door.admin("GET", f"{API}/data/forecasts", params=asked)
    assert (answer.status_code, answer.json()["data"]["code"]) == (400, "validation")


@pytest.mark.parametrize("path", ["data/forecasts/run", "recommendations/run"])
def test_the_operator_starts_a_job_and_only_one(door: Door, path: str) -> None:
    first = data(door.admin("POST", f"{API}/{path}"))["job_id"]
    assert data(door.admin("POST", f"{API}/{path}"))["job_id"] == first
    assert door.person("anna")("POST", f"{API}/{path}").status_code == 403


EVIDENCE = {
    "facts": [{"name": "eur", "value": 1.5, "unit": "EUR", "said": "1,50", "label": "erwarteter Betrag", "start": 0, "end": 0, "rows": 0}],
    "terms": ["§ 14a EnWG", "Netzentgelt"],
}


def recommend(door: Door, owner: UUID | None, eur: float | None = 1.5, **more: Any) -> str:
    """A recommendation in the table."""
    made = uuid7()
    told = {
        "rule": f"r{made.hex}",
        "subject": "annas" if owner else "firma",
        "day": TODAY,
        "title": "Titel",
        "text": "Modul 2 des § 14a EnWG.",
    }
    new = recommendations.NewRecommendation(recommendation_id=made, owner=owner, eur=eur, kwh=None, evidence=EVIDENCE, **(told | more))
    with door.nova.db.transaction() as conn:
        conn.execute("DELETE FROM recommendations WHERE rule = %s AND day = %s", (new.rule, new.day))
        recommendations.put(conn, f"keiner {made}", TODAY, [new])
    return str(made)


@pytest.fixture
def clean(door: Door) -> None:
    with door.nova.db.transaction() as conn:
        conn.execute("DELETE FROM recommendations")


@pytest.mark.usefixtures("clean")
def test_the_three_best_open_recommendations_come_with_evidence(door: Door) -> None:
    anna = user(door, "anna")
    for eur in (1.0, 5.0, None, 3.0):
        recommend(door, anna, eur)
    found = data(door.person("anna")("GET", f"{API}/recommendations"))
    assert ([one["eur"] for one in found["recommendations"]], found["total"]) == ([5.0, 3.0, 1.0], 4)
    best = found["recommendations"][0]
    assert (best["meter_id"], best["norms"], best["terms"]) == ("annas", ["§ 14a EnWG"], EVIDENCE["terms"])
    assert best["facts"] == EVIDENCE["facts"]
    assert (best["valid_from"], best["valid_to"]) == day_bounds(TODAY)
    assert best["may_decide"]
    assert data(door.person("ben")("GET", f"{API}/recommendations"))["recommendations"] == []
    behind = data(door.admin("GET", f"{API}/recommendations", params={"offset": 200, "meter_id": "annas"}))
    assert (behind["total"], behind["recommendations"]) == (4, [])
    assert data(door.admin("GET", f"{API}/recommendations", params={"meter_id": "firma"}))["total"] == 0


@pytest.mark.usefixtures("clean")
def test_of_a_rule_only_the_newest_day_is_open(door: Door) -> None:
    anna = user(door, "anna")
    recommend(door, anna, 1.0, rule="eine")
    newest = recommend(door, anna, 2.0, rule="eine", day=TODAY + timedelta(days=1))
    ask = door.person("anna")
    assert [one["recommendation_id"] for one in data(ask("GET", f"{API}/recommendations"))["recommendations"]] == [newest]
    data(ask("POST", f"{API}/recommendations/{newest}/decision", json={"decision": "uebernehmen"}))
    assert data(ask("GET", f"{API}/recommendations"))["recommendations"] == []  # nor is the day before offered now
    taken = data(ask("GET", f"{API}/recommendations", params={"state": ["taken", "later"]}))["recommendations"]
    assert [one["recommendation_id"] for one in taken] == [newest]


def decided(door: Door) -> list[dict[str, Any]]:
    with door.nova.db.transaction() as conn:
        rows = conn.execute("SELECT user_id, meta FROM events WHERE meta ->> 'about' = 'recommendation' ORDER BY ts").fetchall()
    return [dict(row) for row in rows]


@pytest.mark.usefixtures("clean")
def test_a_decision_is_kept_as_an_event_and_can_be_taken_back(door: Door) -> None:
    anna = user(door, "anna")
    one, ask = recommend(door, anna), door.person("anna")
    path = f"{API}/recommendations/{one}/decision"
    before = len(decided(door))
    assert ask("POST", path, json={"decision": "passt_nicht", "reason": " "}).status_code == 400
    said = data(ask("POST", path, json={"decision": "passt_nicht", "reason": "Mail an max@example.org"}))
    assert (said["state"], said["may_decide"]) == ("declined", True)
    assert "max@example.org" not in said["reason"]
    assert data(ask("POST", path, json={"decision": "spaeter"}))["state"] == "later"
    back = data(ask("DELETE", path))
    assert (back["state"], back["reason"], back["decided_at"]) == ("open", None, None)
    assert data(ask("DELETE", path))["state"] == "open"
    assert data(ask("GET", f"{API}/recommendations"))["total"] == 1
    events = decided(door)[before:]
    assert [(row["user_id"], row["meta"]["decision"]) for row in events] == [
        (anna, "passt_nicht"),
        (anna, "spaeter"),
        (anna, "zurueck"),
    ]
    assert events[0]["meta"]["recommendation_id"] == one
    assert "max@example.org" not in str(events)


@pytest.mark.usefixtures("clean")
def test_the_companys_are_decided_on_by_the_operator_and_what_is_over_by_nobody(door: Door) -> None:
    companys, ben, rita = recommend(door, None), door.person("ben"), door.person("rita", "reviewer")
    assert data(ben("GET", f"{API}/recommendations"))["recommendations"] == []
    assert data(rita("GET", f"{API}/recommendations"))["recommendations"][0]["may_decide"] is False
    for method in ("POST", "DELETE"):
        body = {"json": {"decision": "spaeter"}} if method == "POST" else {}
        assert ben(method, f"{API}/recommendations/{companys}/decision", **body).status_code == 404
        assert rita(method, f"{API}/recommendations/{companys}/decision", **body).status_code == 403
        assert ben(method, f"{API}/recommendations/{uuid4()}/decision", **body).status_code == 404
    assert data(door.admin("POST", f"{API}/recommendations/{companys}/decision", json={"decision": "spaeter"}))["state"] == "later"
    assert decided(door)[-1]["user_id"] is None
    old = recommend(door, None, rule="alte", day=TODAY - timedelta(days=2))
    assert door.admin("POST", f"{API}/recommendations/{old}/decision", json={"decision": "uebernehmen"}).status_code == 409
    assert [one["may_decide"] for one in data(door.admin("GET", f"{API}/recommendations"))["recommendations"]] == [False]
    assert door.admin("DELETE", f"{API}/recommendations/{old}/decision").status_code == 409
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE recommendations SET state = 'past' WHERE recommendation_id = %s", (old,))
    assert door.admin("POST", f"{API}/recommendations/{old}/decision", json={"decision": "spaeter"}).status_code == 409


def said(door: Door, owner: UUID | None, meter: str) -> str:
    """A fact of an answer about a meter's day, as the room computes it."""
    day = TODAY - timedelta(days=2)
    told = DataAnswers(door.nova.db).answer(
        f"Wie hoch war der Verbrauch von {meter} am {day:%d.%m.%Y}?", Scope(owner=owner, staff=owner is None), NOW
    )
    assert told is not None, meter
    assert told.status == "answered"
    with door.nova.db.transaction() as conn:
        facts.insert(conn, None, owner, told.facts)
    return str(told.facts[0].fact_id)


def test_a_fact_opens_with_its_query_and_is_recomputed(door: Door) -> None:
    one, ask = said(door, user(door, "anna"), "annas"), door.person("anna")
    found = data(ask("GET", f"{API}/data/facts/{one}"))
    assert (found["meter_id"], found["unit"], found["rows"]) == ("annas", "kWh", 96)
    assert (found["since"], found["until"]) == day_bounds(TODAY - timedelta(days=2))
    assert found["query"]["tool"] == "energy"
    assert len(found["chart"]["ts"]) > 10
    again = data(ask("POST", f"{API}/data/facts/{one}/recompute"))
    assert (again["equal"], again["value_now"], again["text_now"], again["reason"]) == (True, found["value"], found["text"], "")
    with door.nova.db.transaction() as conn:
        conn.execute(
            "UPDATE smart_meter_readings SET consumption_kw = consumption_kw + 4 WHERE meter_id = 'annas' AND ts = to_timestamp(%s)",
            (found["since"],),
        )
    changed = data(ask("POST", f"{API}/data/facts/{one}/recompute"))
    assert (changed["equal"], changed["value"]) == (False, found["value"])
    assert changed["value_now"] == pytest.approx(found["value"] + 1)


def test_a_fact_is_seen_by_whom_the_meter_is_seen_by(door: Door) -> None:
    anna, ben, rita = door.person("anna"), door.person("ben"), door.person("rita", "reviewer")
    own, companys = said(door, user(door, "anna"), "annas"), said(door, None, "firma")
    for method, tail in (("GET", ""), ("POST", "/recompute")):
        assert ben(method, f"{API}/data/facts/{own}{tail}").status_code == 404
        assert ben(method, f"{API}/data/facts/{companys}{tail}").status_code == 404
        assert rita(method, f"{API}/data/facts/{companys}{tail}").status_code == 200
        assert door.admin(method, f"{API}/data/facts/{own}{tail}").status_code == 200
    both = DataFact(uuid4(), "Summe", 1.0, "kWh", "1 kWh", {"tool": "energy", "meters": ["firma", "annas"]}, 2)
    with door.nova.db.transaction() as conn:
        facts.insert(conn, None, None, [both])
    for person in (anna, ben, rita):
        assert person("GET", f"{API}/data/facts/{both.fact_id}").status_code == 404
    data(door.admin("PATCH", f"{API}/data/meters/firma", json={"owner": "anna"}))
    for person in (anna, ben, rita):  # what the company asked is not Anna's, and the meter is no longer the company's
        assert person("GET", f"{API}/data/facts/{companys}").status_code == 404
    data(door.admin("PATCH", f"{API}/data/meters/firma", json={"owner": None}))


def test_of_a_meter_that_is_gone_ones_own_numbers_stay_without_a_new_one(door: Door) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    query = {"tool": "energy", "meter": "weg", "from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}
    own, companys = (DataFact(uuid4(), "Verbrauch", 1.0, "kWh", "1 kWh", query, 2) for _ in range(2))
    with door.nova.db.transaction() as conn:
        facts.insert(conn, None, user(door, "anna"), [own])
        facts.insert(conn, None, None, [companys])
    again = data(anna("POST", f"{API}/data/facts/{own.fact_id}/recompute"))
    assert (again["equal"], again["value"], again["value_now"]) == (False, 1.0, None)
    assert "nicht mehr" in again["reason"]
    assert ben("GET", f"{API}/data/facts/{companys.fact_id}").status_code == 404
    assert door.admin("GET", f"{API}/data/facts/{companys.fact_id}").status_code == 200
