"""Every way in passes one gate: what a sender may write is decided before a row is read, and holds for all of a delivery."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from nova.energy.delivery import border
from nova.energy.delivery.feeds import COLUMNS, Intake, columns, move
from nova.energy.delivery.imports import DeliveredFile, feed_store, take
from nova.energy.formats.parsed import Options, ParsedRows
from nova.energy.formats.report import Report
from nova.errors import NotAllowed
from nova.ports import Parcel
from nova.records import Caller
from nova.roles import Role
from nova.series import MEASURED, SIMULATED, Prices, Product, readings
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, prices
from nova.store.series import readings as store
from tests.fakes.memory import InlineChildren
from tests.owning import give

START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())


class One:
    """A feed with one parcel."""

    def __init__(self, name: str, parcel: Parcel) -> None:
        self.name, self._parcel = name, parcel

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        yield self._parcel

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Nothing to do."""

    def health(self) -> Mapping[str, Any]:
        return {}

    def close(self) -> None:
        """Nothing is held."""


def table(meter: str, kw: float = 1.0) -> bytes:
    rows = [f"{meter},{datetime.fromtimestamp(START + 900 * at, UTC):%Y-%m-%dT%H:%M:%SZ},{kw}" for at in range(4)]
    return "\n".join(["meter_id,ts,consumption_kw", *rows]).encode()


def customer(database: Database) -> UUID:
    made = uuid4()
    database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", (made, f"kunde-{made.hex}"))
    return made


def kept(database: Database, meter: str) -> list[float]:
    with database.transaction() as conn:
        if not meters.exists(conn, meter):
            return []
        return [value for run in store.get(conn, meter, START, START + 86_400) for value in run.consumption.tolist()]


def moved(database: Database, name: str, parcel: Parcel) -> Mapping[str, Any]:
    with database.transaction() as conn:
        batches.save_feed(conn, name, name, {}, enabled=True)
    intake = Intake(database, feed_store(InlineChildren()))
    return move(intake, One(name, parcel), datetime.now(UTC)).reports[0]


@pytest.mark.parametrize("feed", ["drop", "mqtt", "push"])
def test_what_a_feed_brings_is_the_companys(database: Database, feed: str) -> None:
    hers, name = customer(database), f"feed-{uuid4().hex[:8]}"
    assert moved(database, feed, Parcel("x.csv", table(name)))["state"] == "done"
    with database.transaction() as conn:
        assert meters.get(conn, name).owner is None
        give(conn, name, hers)
    assert moved(database, feed, Parcel("y.csv", table(name, 2.0)))["state"] == "done"  # and goes on into a meter that somebody has
    assert kept(database, name) == [2.0] * 4
    with database.transaction() as conn:
        assert meters.get(conn, name).owner == hers


def test_a_customers_file_is_judged_before_it_is_read(database: Database) -> None:
    class Unasked(InlineChildren):
        def run(self, *_: Any, **__: Any) -> Any:
            raise AssertionError("nothing is read")

    hers = customer(database)
    given = DeliveredFile(table("egal"), Options(name="x.csv"), sender=border.Sender("customer", hers))
    assert take(database, Unasked(), given)["code"] == "not_allowed"
    with database.transaction() as conn:
        give(conn, f"ihrer-{hers.hex[:6]}", hers)
    smard = DeliveredFile(b"{}", Options(name="x.json", format="smard_json"), sender=border.Sender("customer", hers))
    report = take(database, Unasked(), smard)
    assert (report["state"], report["code"]) == ("refused", "not_allowed")


def test_one_foreign_series_refuses_the_whole_delivery(database: Database) -> None:
    hers, name = customer(database), f"ihrer-{uuid4().hex[:6]}"
    with database.transaction() as conn:
        give(conn, name, hers)
    both = table(name) + b"\n" + table("fremd").split(b"\n", 1)[1]
    report = take(database, InlineChildren(), DeliveredFile(both, Options(name="x.csv"), sender=border.Sender("customer", hers)))
    assert (report["state"], report["code"]) == ("refused", "not_allowed")
    assert "fremd" in report["reasons"][0]["text"]
    assert kept(database, name) == []
    assert kept(database, "fremd") == []


def test_roles_that_the_operator_named_write_for_the_company(database: Database) -> None:
    emil = customer(database)
    writers: frozenset[Role] = frozenset({"reviewer"})
    assert border.Sender.of(Caller("engineer", emil), frozenset()) == border.Sender("company", emil)
    assert border.Sender.of(Caller("employee", emil), writers).kind == "customer"
    assert border.Sender.of(Caller("admin"), frozenset()).kind == "company"
    name = f"amt-{uuid4().hex[:6]}"
    report = take(database, InlineChildren(), DeliveredFile(table(name), sender=border.Sender.of(Caller("reviewer", emil), writers)))
    with database.transaction() as conn:
        found = batches.get(conn, report["batch_id"])
        assert (found.owner, found.sent_by, meters.get(conn, name).owner) == (None, emil, None)


def simulated(meter: str, quality: int, price: float | None = None) -> Parcel:
    ts = START + 900 * np.arange(4, dtype=np.int64)
    parsed = ParsedRows(Report(format=COLUMNS), [readings(meter, 900, ts, np.ones(4), quality=quality)])
    if price is not None:
        parsed.prices = [Prices(Product("EPEX", "DAY_AHEAD"), ts, np.full(4, price), np.full(4, np.nan), np.full(4, quality, np.uint8))]
    return Parcel("Simulation", columns(parsed), COLUMNS)


def test_the_simulator_writes_into_its_own_meters_only(database: Database) -> None:
    real, made = f"echt-{uuid4().hex[:6]}", f"sim-{uuid4().hex[:6]}"
    with database.transaction() as conn:
        meters.save(conn, meters.Meter(real))
        meters.save(conn, meters.Meter(made, simulated=True))
    assert moved(database, "simulator", simulated(real, SIMULATED))["stored"]["new"] == 0
    assert moved(database, "simulator", simulated(made, SIMULATED))["stored"]["new"] == 4
    assert moved(database, "simulator", simulated(made, MEASURED, -499.0))["state"] == "refused"
    assert kept(database, real) == []
    with database.transaction() as conn:
        assert len(prices.get(conn, Product("EPEX", "DAY_AHEAD"), START, START + 3600)) == 0


def test_an_assignment_waits_for_a_delivery_that_rests_on_the_one_before(database: Database) -> None:
    hers, name = customer(database), f"wartet-{uuid4().hex[:6]}"
    with database.transaction() as conn:
        give(conn, name, hers)
    with database.transaction() as delivering:
        assert name in border.grant(delivering, border.Sender("customer", hers)).spans
        with pytest.raises(Exception, match="lock timeout"):
            assigned_within(database, name, "200ms")
    with database.transaction() as conn:
        conn.execute("DELETE FROM meter_assignments WHERE meter_id = %s", (name,))
        with pytest.raises(NotAllowed):
            border.grant(conn, border.Sender("customer", hers))


def assigned_within(database: Database, name: str, patience: str) -> None:
    """Hold a meter as an assignment does."""
    with database.transaction() as conn:
        conn.execute("SELECT set_config('lock_timeout', %s, true)", (patience,))
        meters.hold(conn, name, change=True)
