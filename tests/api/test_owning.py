"""Whose is it: assignments with validity, deliveries by everybody, taking back, and what a value was before."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from nova.jobs.kinds import taking_back
from nova.records import DataFact
from nova.series import Product
from nova.store.ids import uuid7
from nova.store.series import facts, forecasts, prices, readings, recommendations, rollups
from nova.store.series.recommendations import NewRecommendation
from nova.visibility import Visible
from tests.api.house import Door
from tests.fakes.running import Context

API = "/api/v1"
DAY = 86_400
MARCH = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
MOVED = MARCH + 2 * DAY + 12 * 3600  # in the middle of a day


def iso(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def table(meter: str, start: int, count: int, kw: float) -> dict[str, Any]:
    lines = [f"{meter},{iso(start + 900 * at)},{kw}" for at in range(count)]
    return {"file": (f"{meter}.csv", "\n".join(["meter_id,ts,consumption_kw", *lines]).encode())}


def market(price: float, count: int = 24) -> dict[str, Any]:
    lines = [f"EPEX,DAY_AHEAD,DE-LU,{iso(MARCH + 3600 * at)},{price + at},3600" for at in range(count)]
    return {"file": ("preise.csv", "\n".join(["market,product,zone,ts,price_eur_mwh,seconds", *lines]).encode())}


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def assign(door: Door, meter: str, *given: tuple[str, str | None, str | None]) -> Any:
    body = [{"customer": customer, "from": start, "to": end} for customer, start, end in given]
    return door.admin("PUT", f"{API}/data/meters/{meter}/assignments", json=body)


def delivered(send: Any, files: Mapping[str, Any]) -> dict[str, Any]:
    return dict(data(send("POST", f"{API}/data/import", files=files), 201)["report"])


def powers(send: Any, meter: str, start: int = MARCH, end: int = MARCH + 5 * DAY) -> list[float]:
    answer = send("GET", f"{API}/data/export", params={"meter_id": meter, "from": iso(start), "to": iso(end), "format": "csv"})
    assert answer.status_code == 200, answer.text
    return [float(row["consumption_kw"]) for row in csv.DictReader(io.StringIO(answer.text))]


def price_at(door: Door, hour: int) -> float | None:
    with door.nova.db.transaction() as conn:
        found = prices.get(conn, Product("EPEX", "DAY_AHEAD", "DE-LU", 3600), MARCH + 3600 * hour, MARCH + 3600 * (hour + 1))
    return float(found.price[0]) if len(found) else None


@pytest.fixture
def meter(door: Door) -> str:
    """Five days of a meter: Anna's until she moves out in the middle of the third, then Ben's; the company's after the fourth."""
    name = f"wohnung-{uuid4().hex[:8]}"
    door.person("anna"), door.person("ben")
    data(assign(door, name, ("ben", iso(MOVED), iso(MARCH + 4 * DAY)), ("anna", "2026-01-01", iso(MOVED))))
    delivered(door.admin, table(name, MARCH, 5 * 96, 1.0))
    return name


def test_a_reading_belongs_to_who_had_the_meter_then(door: Door, meter: str) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    assert (len(powers(anna, meter)), len(powers(ben, meter)), len(powers(door.admin, meter))) == (96 * 2 + 48, 48 + 96, 5 * 96)
    asked = {"meter_id": meter, "from": iso(MARCH), "to": iso(MARCH + 5 * DAY)}
    for person, first, last in ((anna, MARCH, MOVED - 900), (ben, MOVED, MARCH + 4 * DAY - 900)):
        found = data(person("GET", f"{API}/data/smartmeter", params=asked))
        assert sum(found["quality"].values()) == (last - first) // 900 + 1
        told = data(person("GET", f"{API}/data/meters/{meter}"))
        assert (told["first"], told["last"]["ts"], told["mine"]) == (first, last, False)
        energy = next(one for one in data(person("GET", f"{API}/data/figures", params=asked))["figures"] if one["name"] == "energy")
        assert energy["value"] == pytest.approx((last - first + 900) / 3600)
    assert anna("GET", f"{API}/data/history", params={"meter_id": meter, "ts": iso(MOVED)}).status_code == 404
    assert data(anna("GET", f"{API}/data/history", params={"meter_id": meter, "ts": iso(MARCH)}))["versions"][0]["delivery"]["name"] == ""
    rita = door.person("rita", "reviewer")
    assert len(powers(rita, meter)) == 96  # nobody has it any more: what nobody had is the company's


def test_rollups_are_cut_where_a_time_ends(door: Door, meter: str) -> None:
    anna = door.person("anna")
    with door.nova.db.transaction() as conn:
        rollups.refresh(conn)
        row = conn.execute("SELECT user_id FROM users WHERE external_id = 'anna'").fetchone()
        assert row
        for seconds in (900, 3600, 4 * 3600, DAY, 7 * DAY):
            found = readings.buckets(conn, meter, MARCH - 9 * DAY, MARCH + 9 * DAY, seconds, Visible(False, row["user_id"]))
            assert float(np.nansum(found.consumption_kwh)) == pytest.approx((MOVED - MARCH) / 3600), seconds
            whole = readings.buckets(conn, meter, MARCH - 9 * DAY, MARCH + 9 * DAY, seconds)
            assert float(np.nansum(whole.consumption_kwh)) == pytest.approx(120), seconds
    assert anna("GET", f"{API}/data/meters/{meter}").status_code == 200


def test_who_moved_out_sees_no_title_tariff_or_forecast_of_who_lives_there(door: Door) -> None:
    name, now = f"haus-{uuid4().hex[:8]}", int(datetime.now(UTC).timestamp())
    door.person("anna"), door.person("ben")
    data(assign(door, name, ("anna", "2026-01-01", None)))
    delivered(door.admin, table(name, MARCH, 96, 1.0))
    data(door.admin("PATCH", f"{API}/data/meters/{name}", json={"title": "Bei Anna", "tariff": {"fixed_ct_kwh": 31.5}}))
    assert data(door.person("anna")("GET", f"{API}/data/meters/{name}"))["facts"] == {"tariff": {"fixed_ct_kwh": 31.5}}
    data(assign(door, name, ("anna", "2026-01-01", iso(now - 60)), ("ben", iso(now - 60), None)))
    assert data(door.person("ben")("GET", f"{API}/data/meters/{name}"))["facts"] == {}  # her tariff is not his
    data(door.admin("PATCH", f"{API}/data/meters/{name}", json={"title": "Bei Ben", "tariff": {"fixed_ct_kwh": 40}}))
    told = data(door.person("anna")("GET", f"{API}/data/meters/{name}"))
    assert (told["title"], told["facts"], told["mine"]) == ("", {}, False)
    for path, more in (("forecasts", {}), ("schedule", {"plant": {}})):
        method = "POST" if more else "GET"
        asked = {"json": {"meter_id": name, **more}} if more else {"params": {"meter_id": name}}
        assert door.person("anna")(method, f"{API}/data/{path}", **asked).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        [{"customer": "anna", "from": "2026-01-01", "to": "2026-01-01"}],
        [{"customer": "anna", "from": "2026-02-01", "to": "2026-01-01"}],
        [{"customer": "anna", "from": "2026-01-01", "to": None}, {"customer": "ben", "from": "2026-06-01", "to": None}],
        [{"customer": "anna", "from": "1999-01-01", "to": None}],
        [{"customer": "anna", "from": "heute", "to": None}],
        [{"customer": "", "from": None, "to": None}],
        [{"customer": "anna"}, {"customer": "ben"}],
        [{"customer": "anna", "bis": None}],
        {"customer": "anna"},
        [{"customer": "anna und ben", "from": None, "to": None}],
    ],
)
def test_assignments_that_cannot_be_change_nothing(door: Door, given: Any) -> None:
    name = f"ungueltig-{uuid4().hex[:8]}"
    answer = door.admin("PUT", f"{API}/data/meters/{name}/assignments", json=given)
    assert (answer.status_code, answer.json()["data"]["code"]) == (400, "validation")
    assert door.admin("GET", f"{API}/data/meters/{name}").status_code == 404


def test_a_meter_is_made_by_its_assignment_and_learns_its_interval(door: Door) -> None:
    name = f"neu-{uuid4().hex[:8]}"
    door.person("anna")
    found = data(assign(door, name, ("anna", "2026-01-01", None)))
    assert [(one["customer"], one["from"], one["to"]) for one in found["assignments"]] == [("anna", "2025-12-31T23:00:00Z", None)]
    lines = [f"{name},{iso(MARCH + 1800 * at)},2,1800" for at in range(4)]
    body = "\n".join(["meter_id,ts,consumption_kw,seconds", *lines]).encode()
    delivered(door.person("anna"), {"file": ("h.csv", body)})
    assert data(door.person("anna")("GET", f"{API}/data/meters/{name}"))["seconds"] == 1800
    data(assign(door, name))
    assert door.person("anna")("GET", f"{API}/data/meters/{name}").status_code == 404
    assert data(door.admin("GET", f"{API}/data/meters/{name}"))["customer"] is None


def test_a_customer_writes_in_their_time_only_and_never_prices(door: Door, meter: str) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    report = delivered(anna, table(meter, MOVED - 2 * 900, 4, 7.0))
    assert (report["accepted"], report["refused"], report["stored"]["corrected"]) == (2, 2, 2)
    assert "nicht zugeordnet" in report["reasons"][0]["text"]
    assert powers(door.admin, meter, MOVED - 2 * 900, MOVED + 2 * 900) == [7.0, 7.0, 1.0, 1.0]
    before = price_at(door, 0)
    refused = ben("POST", f"{API}/data/import", files=market(-499))
    assert (refused.status_code, refused.json()["data"]["code"]) == (403, "not_allowed")
    assert "Betrieb" in refused.json()["message"]
    assert price_at(door, 0) == before
    tried = data(ben("GET", f"{API}/data/imports"))["imports"][0]
    assert (tried["state"], tried["may_take_back"]) == ("refused", False)
    stranger = door.person(f"ohne-{uuid4().hex[:6]}")
    assert stranger("POST", f"{API}/data/import", files=table("egal", MARCH, 1, 1.0)).status_code == 403


def test_a_delivery_of_prices_is_taken_back_and_the_genuine_file_restores(door: Door) -> None:
    genuine, wrong = market(88), market(-499)
    first = delivered(door.admin, genuine)
    assert delivered(door.admin, genuine)["state"] == "known"
    second = delivered(door.admin, wrong)
    assert (price_at(door, 0), price_at(door, 23)) == (-499, -476)
    versions = data(door.admin("GET", f"{API}/data/history", params={"market": "EPEX", "ts": iso(MARCH)}))["versions"]
    assert [(one["values"]["price_eur_mwh"], one["batch_id"]) for one in versions][-2:] == [
        (88, first["batch_id"]),
        (-499, second["batch_id"]),
    ]
    again = delivered(door.admin, genuine)
    assert (again["state"], again["stored"]["corrected"], price_at(door, 0)) == ("done", 24, 88)
    delivered(door.admin, market(-100))
    door_import = next(one for one in data(door.admin("GET", f"{API}/data/imports"))["imports"] if one["state"] == "done")
    told = data(door.admin("POST", f"{API}/data/imports/{door_import['batch_id']}/take-back"))["import"]
    assert (told["state"], told["report"]["taken_back"]["restored"], told["report"]["taken_back"]["removed"]) == ("taken_back", 24, 0)
    assert price_at(door, 0) == 88
    assert door.admin("POST", f"{API}/data/imports/{door_import['batch_id']}/take-back").status_code == 409
    assert delivered(door.admin, genuine)["state"] == "known"
    assert delivered(door.admin, market(-100))["state"] == "done"  # what was taken back may come again


def test_a_delivery_in_the_middle_goes_without_a_trace(door: Door) -> None:
    name = f"mitte-{uuid4().hex[:8]}"
    first, second, third = (delivered(door.admin, table(name, MARCH, 4, kw)) for kw in (1.0, 2.0, 3.0))
    data(door.admin("POST", f"{API}/data/imports/{second['batch_id']}/take-back"))
    assert powers(door.admin, name) == [3.0] * 4
    versions = data(door.admin("GET", f"{API}/data/history", params={"meter_id": name, "ts": iso(MARCH)}))["versions"]
    assert [(one["values"]["consumption_kw"], one["batch_id"]) for one in versions] == [(1.0, first["batch_id"]), (3.0, third["batch_id"])]
    data(door.admin("POST", f"{API}/data/imports/{third['batch_id']}/take-back"))
    assert powers(door.admin, name) == [1.0] * 4
    data(door.admin("POST", f"{API}/data/imports/{first['batch_id']}/take-back"))
    assert powers(door.admin, name) == []


def test_its_sender_takes_a_delivery_back_and_nobody_else_but_the_operator(door: Door, meter: str) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    sent = delivered(anna, table(meter, MARCH, 4, 9.0))["batch_id"]
    companys = delivered(door.admin, table(meter, MARCH + DAY, 4, 5.0))["batch_id"]
    for person in (ben, door.person("rita", "reviewer"), door.person("emil", "engineer")):
        assert person("POST", f"{API}/data/imports/{sent}/take-back").status_code in (403, 404)
    for person, status in ((anna, 404), (ben, 404), (door.person("rita", "reviewer"), 403)):
        assert person("POST", f"{API}/data/imports/{companys}/take-back").status_code == status
    assert data(anna("GET", f"{API}/data/imports/{sent}"))["may_take_back"]
    assert data(anna("POST", f"{API}/data/imports/{sent}/take-back"))["import"]["state"] == "taken_back"
    assert powers(anna, meter, MARCH, MARCH + 4 * 900) == [1.0] * 4
    assert data(door.admin("GET", f"{API}/data/imports/{sent}"))["sent_by"] == "anna"


def test_what_rests_on_a_delivery_is_stale_at_once(door: Door) -> None:
    name, now = f"morsch-{uuid4().hex[:8]}", datetime.now(UTC)
    delivered(door.admin, table(name, MARCH, 96, 1.0))
    sent = delivered(door.admin, table(name, MARCH, 96, 2.0))["batch_id"]
    today = int(now.timestamp()) // DAY * DAY
    ts, one = np.arange(today, today + 2 * DAY, 900, dtype=np.int64), np.ones(2 * 96)
    query = {"tool": "energy", "meter": name, "from": iso(MARCH), "to": iso(MARCH + DAY)}
    moved, held = (
        DataFact(uuid7(), "Verbrauch", 48.0, "kWh", "48 kWh", query, 96),
        DataFact(uuid7(), "Verbrauch", 24.0, "kWh", "24 kWh", query, 96),
    )
    advice = NewRecommendation(uuid7(), None, "regel", name, now.date(), "Titel", "Text", 1.0, None, {})
    with door.nova.db.transaction() as conn:
        forecasts.put(conn, forecasts.Forecast(f"meter/{name}", 900, ts, np.full(len(ts), today), *(one,) * 6), None)
        forecasts.put_model(conn, forecasts.Model(uuid7(), f"meter/{name}", "live", (), now, {}, f"forecasts/{name}.json"))
        facts.insert(conn, None, None, [moved, held])
        recommendations.put(conn, name, now.date(), [advice])
    told = data(door.admin("POST", f"{API}/data/imports/{sent}/take-back"))["import"]["report"]["taken_back"]
    assert (told["restored"], told["stale_facts"], told["withdrawn_recommendations"]) == (96, 2, 1)
    assert data(door.admin("GET", f"{API}/data/forecasts", params={"meter_id": name}))["stale"]
    with door.nova.db.transaction() as conn:
        model = forecasts.live(conn, f"meter/{name}")
        assert model is not None
        assert model.stale_at is not None
        assert forecasts.trained_at(conn, f"meter/{name}") is None
        assert len(forecasts.stale_days(conn, f"meter/{name}", today)) >= 2
    assert data(door.admin("GET", f"{API}/data/facts/{moved.fact_id}"))["stale_at"] is not None
    taking_back.facts_handler(door.nova.db)(Context())
    changed, same = (data(door.admin("GET", f"{API}/data/facts/{fact.fact_id}")) for fact in (moved, held))
    assert (changed["renewed"]["value"], changed["renewed"]["unit"], changed["value"]) == (24.0, "kWh", 48.0)
    assert (same["stale_at"], same["renewed"]) == (None, None)  # it still holds
    with door.nova.db.transaction() as conn:  # issued anew
        forecasts.put(conn, forecasts.Forecast(f"meter/{name}", 900, ts, np.full(len(ts), today), *(one * 2,) * 6), None)
    again = data(door.admin("GET", f"{API}/data/forecasts", params={"meter_id": name}))
    assert not again["stale"]
    assert again["columns"]["mean"][0] == 2.0


def test_imports_of_others_are_not_listed(door: Door, meter: str) -> None:
    delivered(door.person("anna"), table(meter, MARCH, 4, 3.0))
    for name in ("ben", f"fremd-{uuid4().hex[:6]}"):
        rows = json.dumps(data(door.person(name)("GET", f"{API}/data/imports")))
        assert meter not in rows
    assert meter in json.dumps(data(door.person("anna")("GET", f"{API}/data/imports")))
    assert io.StringIO(json.dumps(data(door.person("rita", "reviewer")("GET", f"{API}/data/imports")))).read().count(f'"{meter}.csv"') == 1


def test_what_the_operator_shares_everybody_reads_while_it_is_the_companys(door: Door) -> None:
    name = f"buergersolar-{uuid4().hex[:8]}"
    delivered(door.admin, table(name, MARCH, 4, 1.0))
    ben = door.person("ben")
    assert ben("GET", f"{API}/data/meters/{name}").status_code == 404
    data(door.admin("PATCH", f"{API}/data/meters/{name}", json={"shared": True}))
    assert powers(ben, name) == [1.0] * 4
    data(assign(door, name, ("anna", "2026-01-01", None)))
    assert ben("GET", f"{API}/data/meters/{name}").status_code == 404
