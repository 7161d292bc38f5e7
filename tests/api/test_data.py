"""Meters, readings and prices over HTTP: charts, who may see what, rows in and files out, feeds, the simulator, the live tail."""

import io
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest

from nova.api.tail import Tail, changes
from nova.energy.newest import NewestValues
from nova.errors import TooManyRequests
from nova.jobs.feeds import Feeder
from nova.records import Caller
from nova.series import Product, prices, readings
from nova.store.series import batches
from nova.store.series import prices as price_store
from nova.store.series import readings as reading_store
from tests.api.house import Door
from tests.owning import give

API = "/api/v1"
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
DAYS = 3
JSON = {"content-type": "application/json"}


def iso(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


RANGE = {"from": iso(START), "to": iso(START + DAYS * 86_400)}


@pytest.fixture(scope="module", autouse=True)
def stored(door: Door) -> None:
    """The company's meter (a minute each), Anna's, and day-ahead prices with a negative hour."""
    minutes = DAYS * 1440
    values = 1 + np.sin(np.arange(minutes) / 200)
    values[2000] = 9.5
    values[100:160] = np.nan
    day_ahead = 50 + np.arange(DAYS * 96) % 96 / 2
    day_ahead[48:52] = -10.0
    person = door.nova.person("anna")
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT user_id FROM users WHERE external_id = %s", (person,)).fetchone()
        assert row
        for name, owner, grid in (("firma", None, values), ("annas", row["user_id"], values / 2)):
            batch = batches.open(conn, batches.NewBatch("test", "columns"))
            if owner is not None:
                give(conn, name, owner)
            reading_store.put(conn, [readings(name, 60, START + 60 * np.arange(minutes), grid)], batch)
            batches.close(conn, batch, {"state": "done"})
        quarters = START + 900 * np.arange(DAYS * 96)
        price_store.put(conn, [prices(Product("EPEX", "DAY_AHEAD"), quarters, day_ahead)], batch)


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


@pytest.mark.parametrize("path", ["smartmeter", "smart_meter"])
def test_a_chart_of_a_meter_has_few_points_the_peak_and_the_qualities(door: Door, path: str) -> None:
    found = data(door.admin("GET", f"{API}/data/{path}", params={"meter_id": "firma", **RANGE}))
    columns = found["columns"]
    assert len({len(columns[name]) for name in ("ts", "min", "mean", "max")}) == 1
    assert 100 < len(columns["ts"]) <= 2000
    assert (found["unit"], found["resolution"]) == ("kW", 300)
    assert found["peak"] == {"value": 9.5, "ts": START + 2000 * 60}
    assert max(value for value in columns["max"] if value is not None) == 9.5
    assert None in columns["mean"]
    assert sum(found["quality"].values()) == DAYS * 1440
    assert found["production"] is None


def test_a_short_range_shows_single_intervals(door: Door) -> None:
    asked = {"meter_id": "firma", "from": iso(START), "to": iso(START + 3600)}
    found = data(door.admin("GET", f"{API}/data/smartmeter", params=asked))
    assert found["resolution"] == 60
    assert found["columns"]["ts"] == list(range(START, START + 3600, 60))
    assert found["columns"]["mean"][0] == 1.0


def test_prices_come_with_base_and_peak_of_local_days(door: Door) -> None:
    found = data(door.admin("GET", f"{API}/data/market", params={"market": "EPEX", **RANGE}))
    assert (found["unit"], found["resolution"], found["product"]) == ("EUR/MWh", 900, "DAY_AHEAD")
    assert min(found["columns"]["min"]) == -10.0
    base = data(door.admin("GET", f"{API}/data/market_prices", params={"product": "BASE", **RANGE}))
    peak = data(door.admin("GET", f"{API}/data/market", params={"product": "PEAK", **RANGE}))
    assert (base["resolution"], peak["resolution"]) == (86_400, 86_400)
    assert base["columns"]["ts"] == [START + 82_800, START + 82_800 + 86_400]  # the first local day is not whole
    assert len(peak["columns"]["ts"]) == 2  # 2026-03-01 is a Sunday
    assert peak["columns"]["mean"][0] > base["columns"]["mean"][0]
    assert door.admin("GET", f"{API}/data/market", params={"market": "NIRGENDS"}).status_code == 404


def test_products_are_those_that_have_prices(door: Door) -> None:
    found = [one for one in data(door.admin("GET", f"{API}/data/products"))["products"] if one["market"] == "EPEX"]
    assert [(one["product"], one["derived"], one["seconds"]) for one in found] == [
        ("DAY_AHEAD", False, [900]),
        ("BASE", True, [86_400]),
        ("PEAK", True, [86_400]),
    ]
    assert {(one["since"], one["until"]) for one in found} == {(START, START + DAYS * 86_400)}
    for one in found:
        asked = {name: one[name] for name in ("market", "product", "zone")}
        assert data(door.admin("GET", f"{API}/data/market", params=asked | RANGE))["product"] == one["product"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"meter_id": "../x"},
        {"meter_id": "firma", "from": "gestern"},
        {"meter_id": "firma", "from": RANGE["to"], "to": RANGE["from"]},
        {"meter_id": "firma", "from": "1950-01-01"},
        {"meter_id": "firma", "was": "1"},
    ],
)
def test_questions_that_make_no_sense_are_named(door: Door, asked: dict[str, str]) -> None:
    answer = door.admin("GET", f"{API}/data/smartmeter", params=asked)
    assert (answer.status_code, answer.json()["data"]["code"]) == (400, "validation")


def test_a_customer_sees_their_own_meters_and_who_works_for_the_company_its_own(door: Door) -> None:
    anna, ben, rita = door.person("anna"), door.person("ben"), door.person("rita", "reviewer")
    assert {one["meter_id"]: one["mine"] for one in data(anna("GET", f"{API}/data/meters"))["meters"]} == {"annas": True}
    assert data(ben("GET", f"{API}/data/meters")) == {"meters": [], "total": 0}
    assert [(one["meter_id"], one["customer"]) for one in data(rita("GET", f"{API}/data/meters"))["meters"]] == [("firma", None)]
    everything = data(door.admin("GET", f"{API}/data/meters"))["meters"]
    assert {one["meter_id"]: one["customer"] for one in everything} == {"annas": "anna", "firma": None}
    assert [one["meter_id"] for one in data(door.admin("GET", f"{API}/data/meters", params={"assigned": False}))["meters"]] == ["firma"]
    for path, asked in (
        ("data/smartmeter", {"meter_id": "annas", **RANGE}),
        ("data/figures", {"meter_id": "annas", **RANGE}),
        ("data/meters/annas", {}),
        ("data/export", {"meter_id": "annas", **RANGE}),
    ):
        assert anna("GET", f"{API}/{path}", params=asked).status_code == 200
        refused = ben("GET", f"{API}/{path}", params=asked)
        unknown = ben("GET", f"{API}/{path.replace('annas', 'keiner')}", params={**asked, **({"meter_id": "keiner"} if asked else {})})
        assert refused.status_code == unknown.status_code == 404
        assert refused.json()["message"] == unknown.json()["message"]
    for path in ("data/smartmeter", "data/figures", "data/export"):
        assert ben("GET", f"{API}/{path}", params={"meter_id": "firma", **RANGE}).status_code == 404
    assert ben("PATCH", f"{API}/data/meters/firma", json={"title": "Meiner"}).status_code == 403
    assert ben("POST", f"{API}/data/readings", content=b"[]").status_code == 403
    assert ben("GET", f"{API}/sim").status_code == 403


def test_a_meter_tells_its_last_value_and_its_gaps(door: Door) -> None:
    found = data(door.admin("GET", f"{API}/data/meters/firma"))
    assert found["last"]["ts"] == START + (DAYS * 1440 - 1) * 60
    assert found["gaps"] == [{"start": START + 6000, "end": START + 9600}]
    assert found["missing_s"] == 3600
    assert found["first"] == START


def test_a_meter_is_changed_and_deleted_by_the_operator(door: Door) -> None:
    body = f"meter_id,ts,consumption_kw\nweg,{iso(START)},1\nweg,{iso(START + 900)},2\n".encode()
    data(door.admin("POST", f"{API}/data/readings", content=body))
    changed = data(
        door.admin("PATCH", f"{API}/data/meters/weg", json={"title": "Halle 3", "kind": "business", "keep_days": 30, "owner": "anna"})
    )
    assert (changed["title"], changed["kind"], changed["keep_days"]) == ("Halle 3", "business", 30)
    assert data(door.person("anna")("GET", f"{API}/data/meters/weg"))["mine"]
    again = data(door.admin("PATCH", f"{API}/data/meters/weg", json={"keep_days": None, "owner": None}))
    assert (again["title"], again["keep_days"]) == ("Halle 3", None)
    assert door.admin("PATCH", f"{API}/data/meters/weg", json={}).status_code == 400
    data(door.admin("DELETE", f"{API}/data/meters/weg"))
    assert door.admin("GET", f"{API}/data/meters/weg").status_code == 404


def test_figures_tell_energy_peak_and_costs(door: Door) -> None:
    asked = {"meter_id": "firma", "fixed_ct_kwh": "30", "market": "EPEX", **RANGE}
    found = {one["name"]: one for one in data(door.admin("GET", f"{API}/data/figures", params=asked))["figures"]}
    assert found["energy"]["unit"] == "kWh"
    assert 0 < found["energy"]["covered"] < 1
    assert any(one["value"] == 9.5 and one["at"] == START + 2000 * 60 for one in found.values())


def test_pushed_rows_are_stored_once_whatever_their_form(door: Door) -> None:
    rows = [{"meter_id": "gesendet", "ts": iso(START + at * 900), "consumption_kw": 0.5 + at} for at in range(4)]
    first = data(door.admin("POST", f"{API}/data/readings", content=json.dumps(rows), headers=JSON))["report"]
    assert (first["state"], first["stored"]["new"]) == ("done", 4)
    again = data(door.admin("POST", f"{API}/data/readings", content=json.dumps(rows), headers=JSON))["report"]
    assert (again["state"], again["stored"]["new"]) == ("known", 0)
    table = "meter_id;ts;consumption_kw\n" + "".join(
        f"gesendet;{one['ts']};{str(one['consumption_kw']).replace('.', ',')}\n" for one in rows
    )
    other = data(door.admin("POST", f"{API}/data/readings", content=table.encode()))["report"]
    assert (other["stored"]["new"], other["stored"]["same"]) == (0, 4)
    feed = next(one for one in data(door.admin("GET", f"{API}/data/feeds"))["feeds"] if one["name"] == "push")
    assert feed["rows"] >= 4


@pytest.mark.parametrize("body", [b"", b" ", b"[1]", b'[{"zaehler": 1}]', b"[", b"[" * 100_000])
def test_a_push_that_is_none_is_named(door: Door, body: bytes) -> None:
    assert door.admin("POST", f"{API}/data/readings", content=body, headers=JSON).status_code == 400


@pytest.mark.parametrize("body", [b"Hallo", b"\x00\xff\x00", b"{}", b"meter_id,ts,consumption_kw\nx,y,z\n"])
def test_a_push_that_nobody_can_read_is_refused_with_a_report(door: Door, body: bytes) -> None:
    report = data(door.admin("POST", f"{API}/data/readings", content=body))["report"]
    assert report["state"] == "refused"
    assert report["reasons"]


def test_a_file_is_stored_by_a_job_and_its_report_stays(door: Door) -> None:
    lines = "".join(f"datei,{iso(START + at * 900)},{at},0,230,measured\n" for at in range(8))
    table = f"meter_id,ts,consumption_kw,production_kw,voltage,quality\n{lines}datei,{iso(START + 9000)},viel,0,230,measured\n"
    files = {"file": ("C:\\werte\\januar.csv", table.encode())}
    found = data(door.admin("POST", f"{API}/data/import", files=files), 201)
    assert (found["report"]["stored"]["new"], found["report"]["refused"]) == (8, 1)
    until = time.monotonic() + 10
    while (left := [key for key in door.nova.objects.held if key.startswith("series/")]) and time.monotonic() < until:
        time.sleep(0.05)  # the job says that it is done, then its file goes
    assert not left
    newest = next(one for one in data(door.admin("GET", f"{API}/data/imports"))["imports"] if one["source"] == "upload")
    assert (newest["name"], newest["state"], newest["job_id"]) == ("januar.csv", "done", found["job_id"])
    assert data(door.admin("GET", f"{API}/data/imports/{newest['batch_id']}"))["report"]["refused"] == 1
    again = data(door.admin("POST", f"{API}/data/import", files=files), 201)["report"]
    assert (again["state"], again["stored"]["new"]) == ("known", 0)


def test_a_customers_file_writes_into_meters_of_their_own_and_nothing_else(door: Door) -> None:
    anna, ben = door.person("anna"), door.person("ben")

    def table(meter: str) -> dict[str, Any]:
        return {"file": ("x.csv", f"meter_id,ts,consumption_kw\n{meter},{iso(START)},1\n{meter},{iso(START + 900)},2\n".encode())}

    path = f"{API}/data/meters/annas-zweiter"
    assert anna("POST", f"{API}/data/import", files=table("annas-zweiter")).status_code == 403
    assert door.admin("GET", path).status_code == 404
    given = [{"customer": "anna", "from": "2020-01-01", "to": None}]
    assert data(door.admin("PUT", f"{path}/assignments", json=given))["assignments"][0]["customer"] == "anna"
    data(anna("POST", f"{API}/data/import", files=table("annas-zweiter")), 201)
    assert data(anna("GET", path))["mine"]
    assert ben("GET", path).status_code == 404
    market = f"market,product,zone,ts,price_eur_mwh,seconds\nEPEX,DAY_AHEAD,DE-LU,{iso(START)},-499,900\n".encode()
    for person, files in ((ben, table("annas")), (ben, table("firma")), (anna, table("firma")), (anna, {"file": ("p.csv", market)})):
        refused = person("POST", f"{API}/data/import", files=files)
        assert refused.status_code == 403
        assert refused.json()["data"]["code"] == "not_allowed"
    assert data(door.admin("GET", f"{API}/data/history", params={"market": "EPEX", "ts": iso(START)}))["versions"][-1]["values"] == {
        "price_eur_mwh": 50.0,
        "volume": None,
    }
    mine = data(anna("GET", f"{API}/data/imports"))["imports"]
    assert "x.csv" in [one["name"] for one in mine]
    foreign = next(one["batch_id"] for one in mine if one["name"] == "x.csv")
    assert ben("GET", f"{API}/data/imports/{foreign}").status_code == 404
    assert anna("POST", f"{API}/data/import", files={"file": ("leer.csv", b"")}).status_code == 400


@pytest.mark.parametrize(("form", "begins"), [("csv", b"meter_id,"), ("csv_de", b"\xef\xbb\xbfZ"), ("json", b"{"), ("parquet", b"PAR1")])
def test_stored_rows_leave_as_files(door: Door, form: str, begins: bytes) -> None:
    answer = door.admin("GET", f"{API}/data/export", params={"meter_id": ["firma", "annas"], "format": form, **RANGE})
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert "attachment" in answer.headers["content-disposition"]
    if form == "parquet":
        import polars

        assert len(polars.read_parquet(io.BytesIO(answer.content))) == 2 * DAYS * 1440


def test_an_export_needs_a_meter_or_a_market(door: Door) -> None:
    assert door.admin("GET", f"{API}/data/export", params=RANGE).status_code == 400
    assert door.admin("GET", f"{API}/data/export", params={"what": "prices", "market": "X"}).status_code == 404
    found = door.admin("GET", f"{API}/data/export", params={"what": "prices", **RANGE})
    assert found.text.splitlines()[1].startswith("EPEX,DAY_AHEAD,2026-03-01T00:00:00Z,50")


def test_the_simulator_starts_runs_and_stops(door: Door) -> None:
    from nova.energy.delivery.feeds import Intake
    from nova.energy.delivery.imports import feed_store
    from nova.wiring.feeds import sources

    begun = data(door.admin("POST", f"{API}/sim/run", json={"action": "start", "meters": 2, "days": 0, "seed": 7}))
    assert (begun["running"], begun["meters"], begun["seed"], begun["markets"]) == (True, 2, 7, ["EEX", "APX"])
    listed = data(door.admin("GET", f"{API}/data/meters", params={"simulated": True}))["meters"]
    assert [(one["meter_id"], one["last"]) for one in listed] == [("sim-home-001", None), ("sim-home-002", None)]
    nova = door.nova
    source = next(one for one in sources(nova.settings, nova.db) if one.name == "simulator")
    feeder = Feeder(Intake(nova.db, feed_store(nova.children)), source, lambda _: None)
    feeder.step()
    feeder.close()
    stood = data(door.admin("GET", f"{API}/sim"))
    assert stood["last_error"] is None
    assert stood["rows"] > 96
    recent = {"market": "APX", "from": iso(int(time.time()) - 86_400), "to": iso(int(time.time()) + 86_400)}
    assert data(door.admin("GET", f"{API}/data/market", params=recent))["quality"].keys() == {"simulated"}
    assert not data(door.admin("POST", f"{API}/sim/run", json={"action": "stop"}))["running"]
    feeds = {one["name"]: one for one in data(door.admin("GET", f"{API}/data/feeds"))["feeds"]}
    assert (feeds["simulator"]["enabled"], feeds["simulator"]["settings"]["seed"]) == (False, 7)
    assert door.admin("POST", f"{API}/sim/run", json={"action": "start", "meters": 1000}).status_code == 400
    assert door.admin("POST", f"{API}/sim/run", json={}).status_code == 400


def test_a_deleted_simulated_meter_stays_away_until_the_simulator_is_started_anew_and_has_its_rows_then(door: Door) -> None:
    from nova.energy.delivery.feeds import Intake
    from nova.energy.delivery.imports import feed_store
    from nova.wiring.feeds import sources

    nova = door.nova
    source = next(one for one in sources(nova.settings, nova.db) if one.name == "simulator")

    def moved(back: int = 0) -> list[str]:
        if back:  # as if this much time went by
            with nova.db.transaction() as conn:
                cursor = dict(batches.feed(conn, "simulator", lock=True).cursor)
                batches.advance(conn, "simulator", cursor | {"to": cursor["to"] - back}, 0)
        feeder = Feeder(Intake(nova.db, feed_store(nova.children)), source, lambda _: None)
        feeder.step()
        feeder.close()
        assert data(door.admin("GET", f"{API}/sim"))["last_error"] is None
        return [one["meter_id"] for one in data(door.admin("GET", f"{API}/data/meters", params={"simulated": True}))["meters"]]

    start = {"action": "start", "meters": 2, "days": 1, "seed": 7}
    data(door.admin("POST", f"{API}/sim/run", json=start))
    assert moved() == ["sim-home-001", "sim-home-002"]
    before = data(door.admin("GET", f"{API}/data/meters/sim-home-002"))
    data(door.admin("DELETE", f"{API}/data/meters/sim-home-002"))
    assert moved(back=3600) == ["sim-home-001"]
    data(door.admin("POST", f"{API}/sim/run", json=start))
    assert moved() == ["sim-home-001", "sim-home-002"]
    again = data(door.admin("GET", f"{API}/data/meters/sim-home-002"))
    assert (again["first"], again["title"], again["missing_s"]) == (int(time.time()) // 86_400 * 86_400 - 86_400, before["title"], 0)
    history = data(door.admin("GET", f"{API}/data/imports", params={"source": "simulator", "limit": 1}))["imports"][0]["report"]["stored"]
    assert history["corrected"] == 0
    data(door.admin("POST", f"{API}/sim/run", json={"action": "stop"}))


def test_feeds_are_switched_by_name(door: Door) -> None:
    assert door.admin("POST", f"{API}/data/feeds/smard", json={"action": "start"}).status_code == 409
    assert not data(door.admin("POST", f"{API}/data/feeds/smard", json={"action": "stop"}))["enabled"]
    assert door.admin("POST", f"{API}/data/feeds/wetter", json={"action": "start"}).status_code == 404
    assert data(door.admin("POST", f"{API}/data/feeds/simulator", json={"action": "start"}))["enabled"]
    assert not data(door.admin("POST", f"{API}/data/feeds/simulator", json={"action": "stop"}))["enabled"]


def test_the_tail_tells_new_readings_to_those_who_may_see_them(door: Door, address: str) -> None:
    headers = door.person("rita", "reviewer").headers
    with httpx.Client(timeout=10) as client, client.stream("GET", f"{address}{API}/data/live", headers=headers) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: readings"
        first = {one["meter_id"] for one in json.loads(next(lines).removeprefix("data: "))["readings"]}
        assert "firma" in first
        assert "annas" not in first
        row = f"meter_id,ts,consumption_kw\nneuer,{iso(START)},3\nneuer,{iso(START + 900)},4\n"
        assert door.admin("POST", f"{API}/data/readings", content=row.encode()).status_code == 200
        told = next(json.loads(line.removeprefix("data: ")) for line in lines if line.startswith('data: {"readings"'))
        assert [(one["meter_id"], one["consumption_kw"]) for one in told["readings"]] == [("neuer", 4.0)]


def test_the_tail_says_only_what_changed_and_has_its_bounds(door: Door) -> None:
    before = NewestValues(door.nova.db).of(Caller("admin"))
    assert changes(before, before) == []
    assert [event.name for event in changes({}, {"feed/x": {"name": "x"}, "readings/m": {"ts": 1}})] == ["readings", "feed"]
    tail = Tail(NewestValues(door.nova.db).of)
    caller = Caller("customer", uuid4(), "ben")
    streams = [tail.stream(caller) for _ in range(20)]
    with pytest.raises(TooManyRequests):
        tail.stream(caller)
    for one in streams:
        assert one._done
        one._done()
    tail.stream(caller)


def test_who_asks_for_too_much_is_told(door: Door) -> None:
    asked = {"meter_id": "firma", "from": iso(START - 500 * 86_400), "to": RANGE["to"]}
    assert door.admin("GET", f"{API}/data/figures", params=asked).status_code == 400
    assert door.admin("GET", f"{API}/data/smartmeter", params=asked).status_code == 200


def test_voltage_comes_in_the_same_buckets_where_it_is_asked_for(door: Door) -> None:
    asked = {"meter_id": "firma", "from": iso(START), "to": iso(START + 86_400)}
    assert data(door.admin("GET", f"{API}/data/smartmeter", params=asked))["voltage"] is None
    found = data(door.admin("GET", f"{API}/data/smartmeter", params=asked | {"voltage": "true"}))
    assert len(found["voltage"]["mean"]) == len(found["columns"]["ts"])
    long = asked | {"voltage": "true", "to": iso(START + 32 * 86_400)}
    assert door.admin("GET", f"{API}/data/smartmeter", params=long).status_code == 400


def test_prices_say_what_was_traded(door: Door) -> None:
    hours = data(door.admin("GET", f"{API}/data/market", params={"market": "EPEX", **RANGE}))
    assert len(hours["volume"]) == len(hours["columns"]["ts"])
