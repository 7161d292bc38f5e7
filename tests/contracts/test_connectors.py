"""The contract of `Connector`, run on every feed: SMARD, ENTSO-E, MQTT and a bucket (against servers on loopback), a folder, a push."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import obstore
import pytest

from nova.engines.feeds import mqtt as mqtt_feed
from nova.engines.feeds.drop import REPORT, BucketPlace, Drop
from nova.engines.feeds.entsoe import Entsoe
from nova.engines.feeds.folder import Folder
from nova.engines.feeds.mqtt import Broker, Mqtt
from nova.engines.feeds.push import Push
from nova.engines.feeds.smard import Chart, Smard
from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.engines.objects import Bucket, bucket_store
from nova.errors import InvalidInput, Misconfigured, NovaError, ServerAbsent
from nova.ports import REFUSED_PARCEL, Connector, Parcel
from tests.fakes import entsoe as entsoe_fake
from tests.fakes import mqtt as mqtt_fake
from tests.fakes import s3 as s3_fake
from tests.fakes import smard as smard_fake

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
WEEK = datetime(2026, 3, 8, 23, tzinfo=UTC)
HERE, LIMITS = ("127.0.0.1",), FetchLimits(connect_s=5, read_s=10, total_s=20)
DONE: Mapping[str, Any] = {"state": "done", "accepted": 1}


@dataclass
class Bench:
    """A feed and what stands behind it: `bring` adds something to it, `spoil` something unreadable, `leave` takes the server away."""

    feed: Connector
    bring: Callable[[int], None]
    spoil: Callable[[], None] | None = None
    leave: Callable[[], None] | None = None
    patience: float = 0.0

    def take(self, cursor: Mapping[str, Any] | None = None) -> list[Parcel]:
        """What there is, waiting for it where it takes a moment to come."""
        until = time.monotonic() + self.patience
        while True:
            found = list(self.feed.take(cursor or {}, NOW))
            if found or time.monotonic() > until:
                return found

    def drain(self, cursor: Mapping[str, Any] | None = None) -> tuple[list[Parcel], dict[str, Any]]:
        """Take and store until nothing is left."""
        reached, every = dict(cursor or {}), []
        while found := self.take(reached):
            for parcel in found:
                self.feed.stored(parcel, DONE)
                reached = dict(parcel.cursor)
                every.append(parcel)
        return every, reached


@contextmanager
def smard() -> Iterator[Bench]:
    with smard_fake.serve() as server:
        charts = (Chart(4169), Chart(410))

        def bring(number: int) -> None:
            for chart in charts:
                begin = int(WEEK.timestamp() * 1000)
                server.put(chart.number, "DE-LU", "quarterhour", begin - smard_fake.WEEK_MS, [1.0] * 672)
                server.put(chart.number, "DE-LU", "quarterhour", begin, [float(number)] * 300 + [None] * 372)

        feed = Smard(SafeFetcher(HERE, LIMITS), charts, base=server.base, since=timedelta(days=10))
        yield Bench(feed, bring, None, lambda: setattr(server, "mode", "broken"))


@contextmanager
def entsoe() -> Iterator[Bench]:
    with entsoe_fake.serve() as server:

        def bring(number: int) -> None:
            for key in ("A44", "A65", "A75-B16"):
                server.put(key, NOW - timedelta(days=40), [float(number)] * 96 * 41)

        feed = Entsoe(SafeFetcher(HERE, LIMITS), server.token, base=server.base, since=timedelta(days=60))
        yield Bench(feed, bring, None, lambda: setattr(server, "mode", "broken"))


@contextmanager
def mqtt() -> Iterator[Bench]:
    with mqtt_fake.serve("nova", "geheim") as server:
        broker = Broker.of(f"mqtt://nova:geheim@127.0.0.1:{server.port}", "nova-test")
        feed = Mqtt(broker, ["tele/{meter}/SENSOR", "nova/{meter}"], first_s=0.2, connect_s=1.0)

        def bring(number: int) -> None:
            feed.health()
            while not server.sessions["nova-test"].filters:
                time.sleep(0.01)
            row = {"ts": f"2026-03-12T{number:02}:00:00Z", "consumption_kw": 1.5}
            server.publish("nova/M1", json.dumps(row).encode())

        yield Bench(feed, bring, lambda: server.publish("nova/M1", b"{"), server.stop, patience=0.5)


@contextmanager
def folder(path: Path) -> Iterator[Bench]:
    path.mkdir()

    def bring(number: int) -> None:
        (path / f"Zähler {number}.csv").write_bytes(b"meter_id,ts,consumption_kw\n")

    yield Bench(Drop(Folder(path), 1024, still=timedelta(days=-9999)), bring, lambda: (path / "groß.csv").write_bytes(bytes(2048)), None)


def bucket_place(address: str, prefix: str = "", seconds: float = 10) -> tuple[BucketPlace, Any]:
    prefix = prefix or uuid4().hex
    store = bucket_store(Bucket(address, "nova", "key", "secret", prefix=prefix, timeout_s=seconds))
    return BucketPlace(store, f"s3://nova/{prefix}"), store


@contextmanager
def bucket() -> Iterator[Bench]:
    with s3_fake.serve() as address:
        place, store = bucket_place(address)

        def bring(number: int) -> None:
            obstore.put(store, f"Zähler {number}.csv", b"meter_id,ts,consumption_kw\n")

        yield Bench(Drop(place, 1024, still=timedelta(days=-9999)), bring, lambda: obstore.put(store, "groß.csv", bytes(2048)), None)


@contextmanager
def push() -> Iterator[Bench]:
    waiting: list[Parcel] = []
    feed = Push(waiting)
    yield Bench(feed, lambda number: feed._waiting.append(Parcel(f"p{number}", b"x")))


OPEN = {"smard": smard, "entsoe": entsoe, "mqtt": mqtt, "push": push, "bucket": bucket}


FEEDS = [*OPEN, "folder"]
AWAY, SPOILT = ("smard", "entsoe", "mqtt"), ("mqtt", "folder", "bucket")


@pytest.fixture(params=FEEDS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        opened = folder(tmp_path / "ablage") if request.param == "folder" else OPEN[request.param]()
        found = stack.enter_context(opened)
        stack.callback(found.feed.close)
        yield found


def test_what_comes_comes_again_until_it_is_stored_and_then_no_more(bench: Bench) -> None:
    assert bench.feed.name
    bench.bring(1)
    assert bench.feed.health()["name"] == bench.feed.name
    first = bench.take()
    assert first
    assert [(one.name, one.cursor) for one in bench.take()] == [(one.name, one.cursor) for one in first]
    _, cursor = bench.drain()
    assert bench.take(cursor) == []


def test_the_cursor_goes_on_behind_what_was_stored(bench: Bench) -> None:
    bench.bring(1)
    _, cursor = bench.drain()
    json.dumps(cursor)
    bench.bring(2)
    found, after = bench.drain(cursor)
    assert found
    assert bench.take(after) == []


def test_parcels_that_were_stored_do_not_come_again_when_the_rest_fails(bench: Bench) -> None:
    bench.bring(1)
    bench.bring(2)
    parcels = bench.take()
    bench.feed.stored(parcels[0], DONE)
    again = bench.take(parcels[0].cursor)
    assert len(again) <= max(len(parcels) - 1, 0)
    assert parcels[0].data not in [one.data for one in again if one.name == parcels[0].name]


@pytest.mark.parametrize("bench", AWAY, indirect=True)
def test_a_server_that_is_away_is_named(bench: Bench) -> None:
    assert bench.leave
    bench.bring(1)
    bench.drain()
    bench.leave()
    time.sleep(0.1)
    with pytest.raises(ServerAbsent):
        list(bench.feed.take({}, NOW))
    with pytest.raises(ServerAbsent):
        bench.feed.health()


@pytest.mark.parametrize("bench", SPOILT, indirect=True)
def test_what_the_feed_itself_cannot_read_is_told_and_does_not_stop_it(bench: Bench) -> None:
    assert bench.spoil
    bench.bring(1)
    bench.spoil()
    bench.bring(2)
    time.sleep(0.2)
    found, cursor = bench.drain()
    bad = [one for one in found if one.format == REFUSED_PARCEL]
    assert len(bad) == 1
    assert json.loads(bad[0].data)[0]["why"]
    assert len(found) > 1
    assert bench.take(cursor) == []


def test_smard_takes_a_file_again_when_its_values_change_and_not_when_it_was_only_made_anew() -> None:
    with smard() as bench:
        bench.bring(1)
        found, cursor = bench.drain()
        assert [one.name.split("_")[0] for one in found] == ["4169", "4169", "410", "410"]
        assert bench.take(cursor) == []
        bench.bring(3)
        changed, after = bench.drain(cursor)
        assert sorted(one.name for one in changed) == sorted(one.name for one in found[1::2])
        assert bench.take(after) == []


def test_smard_goes_on_without_a_file_that_is_missing() -> None:
    with smard_fake.serve() as server:
        begin = int(WEEK.timestamp() * 1000)
        for at in range(3):
            server.put(410, "DE-LU", "quarterhour", begin - at * smard_fake.WEEK_MS, [1.0 * at])
        server.missing.add(f"/410/DE-LU/410_DE-LU_quarterhour_{begin - smard_fake.WEEK_MS}.json")
        found = list(Smard(SafeFetcher(HERE, LIMITS), [Chart(410)], base=server.base).take({}, NOW))
        assert [one.name for one in found] == [
            f"410_DE-LU_quarterhour_{begin - 2 * smard_fake.WEEK_MS}.json",
            f"410_DE-LU_quarterhour_{begin}.json",
        ]
        server.mode = "garbage"
        with pytest.raises(ServerAbsent, match="Verzeichnis"):
            list(Smard(SafeFetcher(HERE, LIMITS), [Chart(410)], base=server.base).take({}, NOW))


def test_entsoe_asks_for_every_settled_day_once_and_for_the_open_ones_again() -> None:
    with entsoe_fake.serve() as server:
        begin = NOW.replace(hour=0) - timedelta(days=60)
        server.put("A44", begin, [50.0 + at % 7 for at in range(96 * 62)])
        feed = Entsoe(SafeFetcher(HERE, LIMITS), server.token, base=server.base, since=timedelta(days=60))
        found = list(feed.take({}, NOW))
        asked = [(one["periodStart"], one["periodEnd"]) for one in server.seen if one["documentType"] == "A44"]
        assert asked[0][0] == f"{begin:%Y%m%d}0000"
        assert all(before[1] == after[0] for before, after in pairwise(asked))
        assert asked[-1] == ("202603090000", "202603140000")
        server.seen.clear()
        assert list(feed.take(found[-1].cursor, NOW)) == []
        assert [one["periodStart"] for one in server.seen if one["documentType"] == "A44"] == ["202603090000"]
        assert len(list(feed.take(found[-1].cursor, NOW + timedelta(days=1)))) == 2


def test_a_wrong_token_is_named_and_never_told() -> None:
    with entsoe_fake.serve() as server:
        feed = Entsoe(SafeFetcher(HERE, LIMITS), "11111111-secret", base=server.base)
        with pytest.raises(InvalidInput) as caught:
            list(feed.take({}, NOW))
        assert "ENTSO-E" in caught.value.message
        assert "secret" not in caught.value.message + str(caught.value.data)
        server.mode = "banned"
        with pytest.raises(ServerAbsent):
            list(feed.take({}, NOW))


def test_an_answer_that_refuses_is_an_error_and_no_document() -> None:
    class Refusing:
        def fetch(self, _url: str) -> Any:
            from nova.ports import Fetched

            return Fetched("", entsoe_fake.acknowledgement("The amount of requested data exceeds allowed limit"), "application/xml", "")

    with pytest.raises(InvalidInput, match="exceeds"):
        list(Entsoe(Refusing(), "t").take({}, NOW))


def test_mqtt_acknowledges_after_the_commit_only_and_takes_again_after_a_cut() -> None:
    with mqtt_fake.serve() as server:
        feed = Mqtt(Broker.of(server.url, "nova"), ["tele/{meter}/SENSOR"], 900, first_s=0.3)
        feed.health()
        while not server.sessions["nova"].filters:
            time.sleep(0.01)
        for minute in range(0, 45, 5):
            said = {"Time": f"2026-03-12T12:{minute:02}:00", "SML": {"Total_in": 100 + minute / 10, "Power_curr": 6000}}
            server.publish("tele/M1/SENSOR", json.dumps(said).encode())
        parcel = settled(feed, {}, 9)
        assert server.acknowledged == 0
        assert [line.split(",")[:4] for line in parcel.data.decode().splitlines()[1:]] == [
            ["M1", "2026-03-12T11:00:00Z", "6.000000", "0.000000"],
            ["M1", "2026-03-12T11:15:00Z", "6.000000", "0.000000"],
        ]
        server.cut()
        again = settled(feed, {}, 9)
        assert again.data == parcel.data
        feed.stored(parcel, DONE)
        feed.stored(again, DONE)
        until = time.monotonic() + 5
        while server.outstanding and time.monotonic() < until:
            time.sleep(0.01)
        assert (server.acknowledged, server.outstanding) == (9, 0)
        server.publish("tele/M1/SENSOR", b'{"Time": "2026-03-12T12:45:00", "SML": {"Total_in": 104.5}}')
        later = settled(feed, again.cursor, 1)
        assert later.data.decode().splitlines()[1].startswith("M1,2026-03-12T11:30:00Z,6.0")
        feed.close()


def settled(feed: Mqtt, cursor: Mapping[str, Any], count: int) -> Parcel:
    """The parcel once so many messages are in it."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            found = list(feed.take(cursor, NOW))
        except ServerAbsent:
            continue
        if found and len(feed._given[id(found[-1])]) == count:
            return found[-1]
    pytest.fail("the messages did not come")


def test_a_broker_that_refuses_the_sign_in_is_named() -> None:
    with mqtt_fake.serve("nova", "geheim") as server:
        feed = Mqtt(Broker.of(f"mqtt://nova:falsch@127.0.0.1:{server.port}", "nova"), ["x/{meter}"], first_s=0.2)
        with pytest.raises(ServerAbsent, match="Anmeldung") as caught:
            feed.health()
        assert "falsch" not in caught.value.message
        feed.close()


@pytest.mark.parametrize("url", ["http://host", "mqtt://", "mqtt://host:99999", "host:1883"])
def test_an_address_that_is_no_broker_is_a_setting_to_correct(url: str) -> None:
    with pytest.raises(Misconfigured):
        Broker.of(url, "nova")


def test_a_file_in_a_bucket_moves_with_its_report_and_others_stay() -> None:
    with s3_fake.serve() as address:
        place, store = bucket_place(address)
        for name in ("werte & mehr+1.csv", "neu.csv.part", ".verborgen", "unten/tief.csv"):
            obstore.put(store, name, b"a")
        feed = Drop(place, 1024, still=timedelta(days=-1))
        (parcel,) = feed.take({}, datetime.now(UTC))
        assert (parcel.name, parcel.data) == ("werte & mehr+1.csv", b"a")
        feed.stored(parcel, {"state": "refused", "refused": 1})
        assert list(feed.take({}, datetime.now(UTC))) == []
        below = sorted(str(one["path"]) for one in obstore.list(store).collect())
        moved = [name for name in below if name.startswith("refused/")]
        assert [name.rpartition("_")[2] for name in moved] == ["werte & mehr+1.csv", f"werte & mehr+1.csv{REPORT}"]
        assert json.loads(bytes(obstore.get(store, moved[1]).bytes()))["refused"] == 1
        assert set(below) - set(moved) == {"neu.csv.part", ".verborgen", "unten/tief.csv"}


def test_a_bucket_that_does_not_answer_is_named() -> None:
    place, _ = bucket_place("http://127.0.0.1:9", "ablage", 1)
    feed = Drop(place, 1024)
    asks = (lambda: list(feed.take({}, NOW)), feed.health, lambda: feed.stored(Parcel("a.csv", b""), {}), lambda: place.read("a.csv", 9))
    for ask in asks:
        with pytest.raises(ServerAbsent, match="s3://nova/ablage"):
            ask()


def test_meters_that_fell_silent_are_forgotten_and_no_more_than_some_thousand_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mqtt_feed, "MOST_METERS", 3)
    old = {"at": NOW.timestamp() - 8 * 86_400, "p": 1.0, "in": None, "out": None, "v": None}
    part = {"start": int(NOW.timestamp()) - 8 * 86_400 - 800, "known": 800.0, "guess": 0.0, "in": 0.5, "out": 0.0, "v": None}
    cursor = {"meters": {"ALT": {**old, "open": part}, "STILL": old, "NEU": {**old, "at": NOW.timestamp() - 60, "open": {}}}}
    with mqtt_fake.serve() as server:
        feed = Mqtt(Broker.of(server.url, "nova"), ["tele/{meter}/SENSOR"], 900, first_s=0.3)
        feed.health()
        while not server.sessions["nova"].filters:
            time.sleep(0.01)
        for meter in ("M1", "M2", "M3"):
            server.publish(f"tele/{meter}/SENSOR", json.dumps({"Time": f"{NOW:%Y-%m-%dT%H:%M:%S}+00:00", "power": 500}).encode())
        until = time.monotonic() + 10
        while len(found := list(feed.take(cursor, NOW))) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        feed.close()
    refused, parcel = found
    assert "Zähler" in json.loads(refused.data)[0]["why"]
    assert sorted(parcel.cursor["meters"]) == ["M1", "M2", "NEU"]
    assert [line.split(",")[0] for line in parcel.data.decode().splitlines()[1:]] == ["ALT"]


def test_a_dropped_file_moves_with_its_report_and_one_being_written_stays(tmp_path: Path) -> None:
    feed = Drop(Folder(tmp_path), 1024)
    (tmp_path / "werte.csv").write_bytes(b"a")
    (tmp_path / "neu.csv.part").write_bytes(b"a")
    (tmp_path / ".verborgen").write_bytes(b"a")
    assert list(feed.take({}, datetime.now(UTC))) == []
    (parcel,) = feed.take({}, datetime.now(UTC) + timedelta(seconds=3))
    assert (parcel.name, parcel.data) == ("werte.csv", b"a")
    feed.stored(parcel, {"state": "refused", "refused": 1})
    (kept,) = [path for path in (tmp_path / "refused").iterdir() if path.suffix == ".csv"]
    assert json.loads(kept.with_name(kept.name + ".bericht.json").read_text("utf-8"))["refused"] == 1
    assert not (tmp_path / "werte.csv").exists()
    with pytest.raises(NovaError):
        list(Drop(Folder(tmp_path / "fehlt"), 1).take({}, NOW))
