"""Schedules over HTTP: a plant's or a meter's day, where its numbers come from, what is kept; a meter's facts, and what goes with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from nova.energy.calendar import day_bounds, local_date, local_seconds
from nova.energy.recommend.run import recommend_all
from nova.energy.schedule import solve as schedule_solve
from nova.energy.schedule.day_plan import Days, of_values, prepare
from nova.errors import ServerAbsent
from nova.series import Product, prices, readings
from nova.store.ids import uuid7
from nova.store.series import batches, forecasts, meters, recommendations
from nova.store.series import prices as price_store
from nova.store.series import readings as reading_store
from tests.api.house import Door
from tests.fakes.running import Context
from tests.owning import give

API = "/api/v1"
TODAY = local_date(int(datetime.now(UTC).timestamp()))
TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
BATTERY = {"capacity_kwh": 10, "charge_kw": 5, "discharge_kw": 5}


LISTENING: Any = Context()
FILE = "meter_id,ts,consumption_kw\n{},2026-03-01T00:00:00Z,1\n"


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def wave(ts: Any) -> Any:
    """Dear in the evening, cheap at noon, by the local clock."""
    return 80 - 60 * np.cos(2 * np.pi * (local_seconds(ts) % 86_400 / 3600 - 20) / 24 + np.pi)


@pytest.fixture(scope="module", autouse=True)
def stored(door: Door) -> None:
    """The company's meter with PV, Anna's, and hourly prices up to tomorrow."""
    door.nova.person("anna")
    door.nova.person("ben")
    start, end = day_bounds(TODAY - timedelta(days=35))[0], day_bounds(TODAY)[0]
    quarters = np.arange(start, end, 900, dtype=np.int64)
    noon = np.where(local_seconds(quarters) % 86_400 // 3600 == 12, 3.0, 0.0)
    hours = np.arange(start, day_bounds(TOMORROW)[1], 3600, dtype=np.int64)
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT user_id FROM users WHERE external_id = 'anna'").fetchone()
        assert row
        for name, owner, made in (("firma", None, noon), ("annas", row["user_id"], None)):
            batch = batches.open(conn, batches.NewBatch("test", "columns"))
            if owner is not None:
                give(conn, name, owner)
            reading_store.put(conn, [readings(name, 900, quarters, np.full(len(quarters), 2.0), made)], batch)
            batches.close(conn, batch, {"state": "done"})
        price_store.put(conn, [prices(Product("EPEX", "DAY_AHEAD", "DE-LU", 3600), hours, wave(hours))], batch)


def test_a_plants_day_is_planned_with_the_markets_prices(door: Door) -> None:
    car = {"name": "Auto", "window": "18:00-06:00", "energy_kwh": 11, "max_kw": 11}
    plant = {"battery": BATTERY, "base": {"kw": [0.5]}, "loads": [car]}
    found = data(door.person("ben")("POST", f"{API}/data/schedule", json={"plant": plant}))
    columns, start = found["columns"], day_bounds(TOMORROW)[0]
    assert (found["day"], found["seconds"], columns["ts"][0]) == (TOMORROW.isoformat(), 900, start)
    assert {len(column) for column in (*columns.values(), *found["loads_kw"].values())} == {len(columns["ts"])}
    assert found["sources"] == {"prices": "market", "base": "plant", "pv": "none"}
    assert found["saves_eur"] == pytest.approx(found["idle_eur"] - found["cost_eur"])
    assert found["saves_eur"] > 0.3
    assert sum(found["loads_kw"]["Auto"]) / 4 == pytest.approx(11)
    assert sum(columns["idle_grid_kw"]) / 4 == pytest.approx(11 + 0.5 * len(columns["ts"]) / 4)
    assert (found["schedule_id"], found["created_at"], found["meter_id"]) == (None, None, None)
    assert data(door.person("ben")("GET", f"{API}/data/schedules"))["schedules"] == []


def test_a_meters_day_takes_its_plant_tariff_and_usual_load(door: Door) -> None:
    facts = {"plant": {"battery": BATTERY}, "tariff": {"surcharge_ct_kwh": 11.9, "vat_percent": 19, "feed_in_ct_kwh": 8}}
    data(door.admin("PATCH", f"{API}/data/meters/firma", json=facts))
    found = data(door.admin("POST", f"{API}/data/schedule", json={"meter_id": "firma"}))
    assert found["sources"] == {"prices": "market", "base": "usual", "pv": "usual"}
    columns = found["columns"]
    assert columns["base_kw"] == pytest.approx([2.0] * len(columns["ts"]))
    assert sum(columns["pv_kw"]) / 4 == pytest.approx(3.0)
    spot = wave(np.array(columns["ts"]) // 3600 * 3600) / 1000
    assert columns["buy_eur_kwh"] == pytest.approx(spot * 1.19 + 0.119)
    assert set(columns["sell_eur_kwh"]) == {0.08}
    again = data(door.admin("POST", f"{API}/data/schedule", json={"meter_id": "firma", "plant": {"base": {"kw": [1]}, "battery": BATTERY}}))
    assert (again["sources"]["base"], again["columns"]["base_kw"][0]) == ("plant", 1.0)


def test_what_a_battery_held_before_is_no_gain(door: Door) -> None:
    given = {"seconds": 3600, "eur_mwh": [100.0] * 24}
    asked = {"plant": {"battery": BATTERY, "base": {"kw": [1]}}, "day": "2026-03-03", "prices": given}
    found = data(door.admin("POST", f"{API}/data/schedule", json=asked))
    assert (found["saves_eur"], found["columns"]["stored_kwh"][-1]) == (pytest.approx(0.0, abs=1e-3), pytest.approx(5.0))
    asked["plant"]["battery"] = BATTERY | {"soc_end": 0.0}  # type: ignore[index]
    drained = data(door.admin("POST", f"{API}/data/schedule", json=asked))
    assert (drained["idle_eur"], drained["saves_eur"], drained["columns"]["stored_kwh"][-1]) == (None, None, pytest.approx(0.0, abs=1e-6))


def test_a_recommendation_says_what_the_schedule_says(door: Door) -> None:
    facts = {"plant": {"battery": BATTERY}, "tariff": {"surcharge_ct_kwh": 11.9, "vat_percent": 19, "feed_in_ct_kwh": 8}}
    data(door.admin("PATCH", f"{API}/data/meters/firma", json=facts))
    planned = data(door.admin("POST", f"{API}/data/schedule", json={"meter_id": "firma"}))
    recommend_all(door.nova.db, datetime.now(UTC), LISTENING)
    found = data(door.admin("GET", f"{API}/recommendations", params={"meter_id": "firma", "limit": 50}))["recommendations"]
    plan = next(one for one in found if one["rule"] == "batterie_fahrplan")
    told = {fact["name"]: fact["value"] for fact in plan["facts"]}
    assert plan["day"] == planned["day"]
    assert told["plan_saves_eur"] == pytest.approx(planned["saves_eur"])
    assert told["plan_eur"] == pytest.approx(planned["cost_eur"])


def test_without_prices_the_forecast_counts_and_a_fixed_price_needs_none(door: Door) -> None:
    asked = {"plant": {"battery": BATTERY}, "day": LATER.isoformat()}
    refused = door.admin("POST", f"{API}/data/schedule", json=asked)
    assert refused.status_code == 400
    assert "fehlt der Preis" in refused.json()["message"]
    target, (start, end) = "price/EPEX/DAY_AHEAD/DE-LU/3600", day_bounds(LATER)
    ts = np.arange(start, end, 3600, dtype=np.int64)
    grid = wave(ts)
    said = forecasts.Forecast(target, 3600, ts, np.full(len(ts), start - 86_400), grid - 5, grid, grid + 5, grid, grid, grid)
    with door.nova.db.transaction() as conn:
        forecasts.put(conn, said, None)
    found = data(door.admin("POST", f"{API}/data/schedule", json=asked))
    assert (found["sources"]["prices"], len(found["columns"]["ts"])) == ("forecast", len(ts) * 4)
    fixed = {"tariff": {"fixed_ct_kwh": 30, "feed_in_ct_kwh": 8}, "pv": {"kw": [1]}, "base": {"kw": [0.5]}, "battery": BATTERY}
    far = data(door.admin("POST", f"{API}/data/schedule", json={"plant": fixed, "day": "2040-01-01"}))
    assert far["sources"]["prices"] == "fixed"


def test_an_earlier_day_is_planned_with_the_market_that_had_prices_then(door: Door) -> None:
    hours = np.arange(*day_bounds(date(2024, 5, 1)), 3600, dtype=np.int64)
    with door.nova.db.transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("test", "columns"))
        price_store.put(conn, [prices(Product("ALT", "DAY_AHEAD", "DE-LU", 3600), hours, wave(hours))], batch)
    found = data(door.admin("POST", f"{API}/data/schedule", json={"plant": {"battery": BATTERY}, "day": "2024-05-01"}))
    assert found["sources"]["prices"] == "market"


def test_a_new_year_begins_without_a_peak(door: Door) -> None:
    ts = np.arange(day_bounds(date(2025, 12, 30))[0], day_bounds(date(2026, 1, 2))[0], 900, dtype=np.int64)
    power = np.where(ts < day_bounds(date(2026, 1, 1))[0], 9.0, 5.0)
    with door.nova.db.transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("test", "columns"))
        reading_store.put(conn, [readings("spitze", 900, ts, power)], batch)
        meter = replace(meters.get(conn, "spitze"), facts={"peak_eur_kw": 100.0})
        so_far = []
        for day in (date(2026, 1, 1), date(2026, 1, 2)):
            spot = of_values(day, 3600, [50.0] * 24)
            so_far.append(prepare(conn, meter, {"battery": BATTERY}, Days(day), spot).plant.tariff.peak_so_far_kw)
    assert so_far == [0.0, 5.0]


def test_a_schedule_that_is_kept_belongs_to_whom_the_meter_belongs_to_then(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    data(door.admin("POST", f"{API}/data/readings", content=FILE.format("wechselt").encode()))
    data(door.admin("PATCH", f"{API}/data/meters/wechselt", json={"owner": "anna"}))
    solved = schedule_solve.plan

    def meanwhile(*args: Any, **more: Any) -> Any:
        data(door.admin("PATCH", f"{API}/data/meters/wechselt", json={"owner": "ben"}))
        return solved(*args, **more)

    monkeypatch.setattr(schedule_solve, "plan", meanwhile)
    asked = {"meter_id": "wechselt", "plant": {"battery": BATTERY, "base": {"kw": [1]}, "pv": {"kw": [0]}}, "keep": True}
    made = data(door.admin("POST", f"{API}/data/schedule", json=asked))["schedule_id"]
    assert ben("GET", f"{API}/data/schedules/{made}").status_code == 200
    assert anna("GET", f"{API}/data/schedules/{made}").status_code == 404
    data(door.admin("PATCH", f"{API}/data/meters/wechselt", json={"owner": "anna"}))
    assert ben("POST", f"{API}/data/schedule", json=asked).status_code == 404
    assert anna("POST", f"{API}/data/schedule", json=asked).status_code == 404
    data(door.admin("DELETE", f"{API}/data/meters/wechselt"))


def test_without_a_day_it_is_the_one_that_prices_reach(door: Door) -> None:
    asked = {"plant": {"battery": BATTERY}}
    assert data(door.admin("POST", f"{API}/data/schedule", json=asked))["day"] == TOMORROW.isoformat()
    start = day_bounds(TODAY)[0]
    hours = start + 3600 * np.arange((day_bounds(TODAY)[1] - start) // 3600)
    with door.nova.db.transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("test", "columns"))
        price_store.put(conn, [prices(Product("HEUTE", "DAY_AHEAD", "DE-LU", 3600), hours, wave(hours))], batch)
    assert data(door.admin("POST", f"{API}/data/schedule", json=asked | {"market": "HEUTE"}))["day"] == TODAY.isoformat()


def test_given_prices_may_be_tried(door: Door) -> None:
    given = {"seconds": 3600, "eur_mwh": [10.0] * 12 + [200.0] * 12}
    asked = {"plant": {"battery": BATTERY, "base": {"kw": [1]}}, "day": "2026-03-03", "prices": given}
    found = data(door.admin("POST", f"{API}/data/schedule", json=asked))
    assert found["sources"]["prices"] == "given"
    assert sum(found["columns"]["battery_kw"][:48]) > 0 > sum(found["columns"]["battery_kw"][48:])
    assert max(found["columns"]["stored_kwh"]) <= 10 + 1e-6
    short = door.admin("POST", f"{API}/data/schedule", json=asked | {"prices": given | {"eur_mwh": [10.0] * 23}})
    assert short.status_code == 400


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({}, "Zähler oder eine Anlage"),
        ({"plant": {"battery": BATTERY | {"soc_start": 0.9, "soc_max": 0.8}}}, "soc_start"),
        ({"plant": {"loads": [{"name": "Auto", "energy_kwh": 5}]}}, "max_kw"),
        ({"plant": {"loads": [{"name": "Auto", "window": "10:00-10:15", "energy_kwh": 50, "max_kw": 1}]}}, "nicht genug"),
        (
            {
                "plant": {
                    "base": {"kw": [20]},
                    "grid": {"import_limit_kw": 10},
                    "battery": {"capacity_kwh": 1, "charge_kw": 1, "discharge_kw": 1},
                }
            },
            "Netzbezug",
        ),
        ({"plant": {}, "day": "1950-01-01"}, "zwischen"),
    ],
)
def test_what_contradicts_itself_is_told(door: Door, body: dict[str, Any], word: str) -> None:
    answer = door.admin("POST", f"{API}/data/schedule", json=body)
    assert (answer.status_code, answer.json()["data"]["code"]) == (400, "validation")
    assert word in answer.text


def test_schedules_are_kept_for_whom_they_belong_to(door: Door) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    assert ben("POST", f"{API}/data/schedule", json={"meter_id": "annas", "plant": {"battery": BATTERY}}).status_code == 404
    body = {"meter_id": "annas", "plant": {"battery": BATTERY}, "keep": True, "title": "Mein Plan"}
    made = data(anna("POST", f"{API}/data/schedule", json=body))
    listed = data(anna("GET", f"{API}/data/schedules", params={"meter_id": "annas"}))["schedules"]
    assert [(one["schedule_id"], one["title"], one["mine"]) for one in listed] == [(made["schedule_id"], "Mein Plan", True)]
    assert listed[0]["cost_eur"] == pytest.approx(made["cost_eur"])
    again = data(anna("GET", f"{API}/data/schedules/{made['schedule_id']}"))
    assert {name: again[name] for name in ("columns", "cost_eur", "plant")} == {
        name: made[name] for name in ("columns", "cost_eur", "plant")
    }
    assert data(ben("GET", f"{API}/data/schedules"))["schedules"] == []
    for method in ("GET", "DELETE"):
        assert ben(method, f"{API}/data/schedules/{made['schedule_id']}").status_code == 404
    by_operator = data(door.admin("POST", f"{API}/data/schedule", json=body))["schedule_id"]
    assert data(anna("DELETE", f"{API}/data/schedules/{by_operator}")) == {"deleted": True}
    rita = door.person("rita", "reviewer")
    companys = data(door.admin("POST", f"{API}/data/schedule", json={"plant": {"battery": BATTERY}, "keep": True}))["schedule_id"]
    assert data(rita("GET", f"{API}/data/schedules/{companys}"))["schedule_id"] == companys
    assert ben("GET", f"{API}/data/schedules/{companys}").status_code == 404
    assert rita("DELETE", f"{API}/data/schedules/{companys}").status_code == 404
    assert ben("DELETE", f"{API}/data/schedules/{companys}").status_code == 404


def test_a_meters_facts_are_edited_one_by_one_and_null_removes_one(door: Door) -> None:
    path = f"{API}/data/meters/annas"
    car = {"name": "Auto", "window": "18:00-06:00", "energy_kwh": 10, "max_kw": 11}
    given = {
        "region": "Berlin",
        "peak_eur_kw": 120,
        "pv_kwp": 9.5,
        "tariff": {"fixed_ct_kwh": 32.5},
        "plant": {"battery": BATTERY, "loads": [car]},
    }
    facts = data(door.admin("PATCH", path, json=given))["facts"]
    assert facts == given
    facts = data(door.admin("PATCH", path, json={"peak_eur_kw": None, "tariff": {"surcharge_ct_kwh": 5}}))["facts"]
    assert (facts["tariff"], "peak_eur_kw" in facts, facts["region"]) == ({"surcharge_ct_kwh": 5}, False, "Berlin")
    sent = door.admin("POST", f"{API}/data/import", files={"file": ("werte.csv", FILE.format("annas").encode())})
    assert sent.status_code == 201
    assert data(door.admin("GET", path))["facts"] == facts  # rows of a file change nothing of them
    for wrong in (
        {"tariff": {"fixed_ct_kwh": "30"}},
        {"tariff": {"preis": 30}},
        {"plant": {"battery": BATTERY | {"soc_min": 0.9, "soc_max": 0.2}}},
        {"plant": {"loads": [car, car]}},
        {"peak_eur_kw": -1},
        {"region": "a\0b"},
        {"facts": {}},
    ):
        assert door.admin("PATCH", path, json=wrong).status_code == 400, wrong
    assert data(door.admin("GET", path))["facts"] == facts
    gone = dict.fromkeys(("region", "pv_kwp", "tariff", "plant"))
    assert data(door.admin("PATCH", path, json=gone))["facts"] == {}


def found_of(door: Door, meter_id: str) -> dict[str, int]:
    """How many rows there are of a meter beside its readings."""
    asked = {
        "forecasts": f"target = 'meter/{meter_id}'",
        "forecast_models": f"target = 'meter/{meter_id}'",
        "forecast_scores": f"target = 'meter/{meter_id}'",
        "schedules": f"meter_id = '{meter_id}'",
        "recommendations": f"subject = '{meter_id}'",
    }
    with door.nova.db.transaction() as conn:
        return {name: conn.execute(f"SELECT count(*) AS n FROM {name} WHERE {of}").fetchone()["n"] for name, of in asked.items()}  # type: ignore[index]


def filled(door: Door, meter_id: str, owner: UUID | None) -> str:
    """A meter with a forecast, its model, a score, a schedule and a recommendation; the key of the model's object."""
    key = f"forecasts/{meter_id}.json"
    door.nova.objects.put(key, b"{}")
    ts = np.array([900], np.int64)
    one = np.ones(1)
    advice = recommendations.NewRecommendation(uuid7(), owner, "regel", meter_id, TODAY, "Titel", "Text", 1.0, None, {})
    with door.nova.db.transaction() as conn:
        meters.save(conn, meters.Meter(meter_id))
        if owner is not None:
            give(conn, meter_id, owner)
        forecasts.put_model(conn, forecasts.Model(uuid7(), f"meter/{meter_id}", "live", (), datetime.now(UTC), {}, key))
        forecasts.put(conn, forecasts.Forecast(f"meter/{meter_id}", 900, ts, ts, one, one, one, one, one, one), None)
        forecasts.put_scores(conn, f"meter/{meter_id}", [forecasts.DayScore(TODAY, "served", 1, 1.0, None, None, 0.0, 1.0, 1.0)])
        recommendations.put(conn, meter_id, TODAY, [advice])
    data(door.admin("POST", f"{API}/data/schedule", json={"meter_id": meter_id, "plant": {"battery": BATTERY}, "keep": True}))
    return key


def test_a_meter_takes_what_was_made_of_it_along(door: Door) -> None:
    key = filled(door, "geht", None)
    assert set(found_of(door, "geht").values()) == {1}
    data(door.admin("DELETE", f"{API}/data/meters/geht"))
    assert set(found_of(door, "geht").values()) == {0}
    assert not door.nova.objects.exists(key)
    assert found_of(door, "annas")["schedules"] == 1


def test_a_meter_goes_also_when_the_objects_cannot_be_reached(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(key: str) -> None:
        raise ServerAbsent(key)

    filled(door, "fern", None)
    monkeypatch.setattr(door.nova.objects, "delete", absent)
    data(door.admin("DELETE", f"{API}/data/meters/fern"))
    assert set(found_of(door, "fern").values()) == {0}


def test_what_was_made_of_a_meter_is_not_for_whoever_has_it_next(door: Door) -> None:
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT user_id FROM users WHERE external_id = 'anna'").fetchone()
    assert row
    filled(door, "wandert", row["user_id"])
    anna, ben = door.person("anna"), door.person("ben")

    def seen(person: Any) -> tuple[int, int]:
        asked = {"params": {"meter_id": "wandert"}}
        advice, plans = (data(person("GET", f"{API}/{path}", **asked)) for path in ("recommendations", "data/schedules"))
        return advice["total"], len(plans["schedules"])

    assert (seen(anna), seen(ben)) == ((1, 1), (0, 0))
    data(door.admin("PATCH", f"{API}/data/meters/wandert", json={"owner": "ben"}))
    assert (seen(anna), seen(ben)) == ((0, 1), (0, 0))  # she keeps her plan; what was computed of her readings is gone
    assert {name: number for name, number in found_of(door, "wandert").items() if number} == {"schedules": 1}
