"""Feeds from a parcel to stored rows: the cursor moves with them, what is unreadable is told, faults pause and pass, one process moves."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nova.energy.delivery.feeds import Intake, move
from nova.energy.delivery.imports import feed_store
from nova.engines.feeds.entsoe import Entsoe
from nova.engines.feeds.smard import Chart, Smard
from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.errors import ServerAbsent
from nova.jobs import feeds as pumping
from nova.jobs.feeds import Feeder
from nova.jobs.kinds.series import Roller
from nova.ports import REFUSED_PARCEL, Connector, Parcel
from nova.series import Product
from nova.store.postgres.db import Database
from nova.store.series import batches, prices, readings, rollups, signals
from nova.wiring.feeds import Source
from tests.fakes import entsoe as entsoe_fake
from tests.fakes import smard as smard_fake
from tests.fakes.memory import InlineChildren

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)


def table(meter: str, begin: int, count: int = 4) -> bytes:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    rows = (f"{meter},{(start + timedelta(minutes=15 * at)):%Y-%m-%dT%H:%M:%SZ},{at}.5\n" for at in range(begin, begin + count))
    return ("meter_id,ts,consumption_kw\n" + "".join(rows)).encode()


class Line:
    """A feed in memory: parcels by number; it fails the next `faults` times."""

    def __init__(self, name: str, parcels: list[Parcel]) -> None:
        self.name, self.parcels = name, parcels
        self.faults = 0
        self.told: list[Mapping[str, Any]] = []
        self.closed = 0

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        if self.faults:
            self.faults -= 1
            raise ServerAbsent("Der Server antwortet nicht.")
        yield from (one for one in self.parcels if one.cursor["n"] > cursor.get("n", 0))

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        self.told.append(report)

    def health(self) -> Mapping[str, Any]:
        return {"name": self.name, "place": "memory"}

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def intake(database: Database) -> Intake:
    return Intake(database, feed_store(InlineChildren()))  # type: ignore[arg-type]


def known(intake: Intake, name: str, *, enabled: bool = True) -> None:
    with intake.db.transaction() as conn:
        batches.save_feed(conn, name, "test", {}, enabled=enabled)


def row(intake: Intake, name: str) -> batches.Feed:
    with intake.db.transaction() as conn:
        return batches.feed(conn, name)


def count(intake: Intake, meter: str) -> int:
    with intake.db.transaction() as conn:
        return sum(map(len, readings.get(conn, meter, 0, 2**32 - 1)))


def test_rows_and_cursor_go_together_and_twice_is_once(intake: Intake) -> None:
    known(intake, "a")
    line = Line("a", [Parcel("1", table("m-a", 0), cursor={"n": 1}), Parcel("2", table("m-a", 4), cursor={"n": 2})])
    moved = move(intake, line, NOW)
    assert (moved.parcels, moved.rows, count(intake, "m-a")) == (2, 8, 8)
    assert (row(intake, "a").cursor, row(intake, "a").rows) == ({"n": 2}, 8)
    assert move(intake, line, NOW).parcels == 0
    with intake.db.transaction() as conn:
        batches.advance(conn, "a", {}, 0)
    again = move(intake, line, NOW)
    assert (again.parcels, again.rows, count(intake, "m-a")) == (2, 0, 8)


def test_a_death_between_two_parcels_loses_and_doubles_nothing(intake: Intake) -> None:
    known(intake, "dies")

    class Dies(Line):
        def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
            raise KeyboardInterrupt

    parcels = [Parcel(str(n), table("m-dies", 4 * n), cursor={"n": n}) for n in (1, 2, 3)]
    for _ in parcels:
        with pytest.raises(KeyboardInterrupt):
            move(intake, Dies("dies", parcels), NOW)
    assert move(intake, Line("dies", parcels), NOW).parcels == 0
    assert (count(intake, "m-dies"), row(intake, "dies").rows) == (12, 12)


def test_what_nobody_can_read_is_reported_and_the_feed_goes_on(intake: Intake) -> None:
    known(intake, "bad")
    told = json.dumps([{"where": "zaehler/1", "why": "Die Nachricht ist kein JSON."}]).encode()
    line = Line(
        "bad",
        [
            Parcel("kaputt.csv", b"\0\1\2", cursor={"n": 1}),
            Parcel("mqtt", told, REFUSED_PARCEL, {"n": 2}),
            Parcel("nur der Stand", b"", cursor={"n": 3}),
            Parcel("gut.csv", table("m-bad", 0), cursor={"n": 4}),
        ],
    )
    moved = move(intake, line, NOW)
    assert (moved.parcels, moved.rows, row(intake, "bad").cursor) == (4, 4, {"n": 4})
    assert [one.get("state") for one in line.told] == ["refused", "refused", None, "done"]
    with intake.db.transaction() as conn:
        found = batches.page(conn, source="bad")
    assert sorted(one.state for one in found) == ["done", "refused", "refused"]
    assert any("kein JSON" in json.dumps(one.report, ensure_ascii=False) for one in found)


def source(line: Connector, *, enabled: bool = True) -> Source:
    class Named(Source):
        kind = "test"  # type: ignore[assignment]

    return Named(line.name, lambda _: line, timedelta(0), enabled)


def test_a_feed_that_fails_pauses_says_why_and_recovers(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pumping, "FIRST_PAUSE_S", 0.0)
    line = Line("away", [Parcel("1", table("m-away", 0), cursor={"n": 1})])
    line.faults = 2
    feeder = Feeder(intake, source(line), lambda _: None)
    feeder.step()
    feeder.step()
    assert row(intake, "away").last_error == "Der Server antwortet nicht."
    assert line.closed == 2
    feeder.step()
    assert (row(intake, "away").last_error, row(intake, "away").cursor) == (None, {"n": 1})
    feeder.close()


def test_a_feed_that_fails_is_not_asked_again_at_once(intake: Intake) -> None:
    line = Line("slow", [])
    line.faults = 1
    feeder = Feeder(intake, source(line), lambda _: None)
    feeder.step()
    line.faults = 1
    feeder.step()
    assert line.faults == 1  # not asked again before the pause is over
    feeder.close()


def test_a_feed_that_is_off_is_left_alone_and_only_one_process_moves_it(intake: Intake) -> None:
    line = Line("switch", [Parcel("1", table("m-switch", 0), cursor={"n": 1})])
    first, second = (Feeder(intake, source(line, enabled=False), lambda _: None) for _ in range(2))
    first.step()
    assert row(intake, "switch").cursor == {}
    known(intake, "switch")
    second.step()
    assert row(intake, "switch").cursor == {}  # the first one has the right
    first.step()
    assert row(intake, "switch").cursor == {"n": 1}
    first.close()
    second.close()


def test_smard_and_entsoe_become_prices_and_signals(intake: Intake) -> None:
    fetcher = SafeFetcher(("127.0.0.1",), FetchLimits(connect_s=1, read_s=2, total_s=5))
    week = int(datetime(2026, 3, 8, 23, tzinfo=UTC).timestamp())
    with smard_fake.serve() as server:
        server.put(4169, "DE-LU", "quarterhour", week * 1000, [80.0] * 300 + [None] * 372)
        server.put(410, "DE-LU", "quarterhour", week * 1000, [12_000.0] * 300 + [None] * 372)
        known(intake, "smard")
        feed = Smard(fetcher, (Chart(4169), Chart(410)), base=server.base, since=timedelta(days=7))
        assert move(intake, feed, NOW).rows == 600
    with entsoe_fake.serve() as server:
        for key, values in (("A44", [90.0]), ("A65", [50_000.0]), ("A75-B16", [1_000.0])):
            server.put(key, NOW.replace(hour=0) - timedelta(days=5), values * 96 * 5)
        known(intake, "entsoe")
        feed_of_europe = Entsoe(fetcher, server.token, base=server.base, since=timedelta(days=6))
        moved = move(intake, feed_of_europe, NOW)
        assert moved.rows > 0
        assert move(intake, feed_of_europe, NOW).parcels == 0
    with intake.db.transaction() as conn:
        day_ahead = prices.get(conn, Product("EPEX", "DAY_AHEAD"), week, week + 900)
        assert day_ahead.price.tolist() in ([80.0], [90.0])
        load = signals.get(conn, "load_mw", "DE-LU", week, week + 900)
        assert [one.value.tolist() for one in load] in ([[48_000.0]], [[50_000.0]])
        assert ("solar_mw", "DE-LU") in signals.names(conn)


def test_rollups_follow_what_was_stored(intake: Intake) -> None:
    known(intake, "rolls")
    move(intake, Line("rolls", [Parcel("1", table("m-rolls", 0, 96), cursor={"n": 1})]), NOW)
    with intake.db.transaction() as conn:
        assert rollups.waiting(conn) > 0
    roller = Roller(intake.db, lambda _: None)
    roller.step()
    with intake.db.transaction() as conn:
        assert rollups.waiting(conn) == 0
    roller.close()
