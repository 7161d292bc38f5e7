"""What the operator does with feeds, the simulator and the room's computations, on the room's own classes."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from psycopg import Connection

from nova.energy.computations import Computations
from nova.energy.delivery.switch import Feeds
from nova.energy.simulate.control import SimulatorControl
from nova.energy.simulate.simulator import Plan
from nova.engines.queue.postgres import PostgresJobs
from nova.errors import Conflict, InvalidInput, NotFound
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.series import batches, meters
from tests.fakes.memory import ListAudit

OPERATOR = Caller("admin")
KINDS = {"drop": "drop", "simulator": "simulator", "push": "push"}


class FullLog:
    """A log that takes nothing."""

    def record(self, *_: Any, **__: Any) -> None:
        raise InvalidInput("Das Protokoll ist voll.")


@pytest.fixture(autouse=True)
def no_feeds(database: Database) -> None:
    database.execute("DELETE FROM feeds WHERE name IN ('drop', 'simulator')")


@pytest.fixture
def jobs(database: Database) -> Iterator[PostgresJobs]:
    opened = PostgresJobs(database)
    yield opened
    opened.close()


def plan(given: Mapping[str, Any]) -> Plan:
    return Plan.of({"seed": 77, "meters": 2, "days": 0, **given}, 900, ("EEX",), ("BASE",))


def feed(database: Database, name: str) -> batches.Feed | None:
    with database.transaction() as conn:
        return next((one for one in batches.feeds(conn) if one.name == name), None)


def test_only_what_is_set_up_can_be_started(database: Database) -> None:
    feeds = Feeds(database, log := ListAudit(), KINDS, ("simulator", "push"), {})
    for name, error in (("nichts", NotFound), ("drop", Conflict), ("push", Conflict)):
        with pytest.raises(error):
            feeds.switch(OPERATOR, name, on=True)
    assert not feeds.switch(OPERATOR, "drop", on=False).configured  # one that once was set up can still be stopped
    assert log.entries == [("feed.stopped", "drop")]
    assert {one.name: one.configured for one in feeds.all()}.items() >= {"drop": False, "push": True, "simulator": True}.items()


def test_a_feed_starts_with_what_it_prepared(database: Database) -> None:
    def ready(_conn: Connection[Any], chosen: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**chosen, "starts": chosen.get("starts", 0) + 1}

    feeds = Feeds(database, ListAudit(), KINDS, ("drop",), {"drop": ready})
    feeds.switch(OPERATOR, "drop", on=True)
    feeds.switch(OPERATOR, "drop", on=False)
    state = feeds.switch(OPERATOR, "drop", on=True)
    assert state.row is not None
    assert (state.row.enabled, state.row.settings) == (True, {"starts": 2})


def test_what_the_log_does_not_take_does_not_happen(database: Database) -> None:
    with pytest.raises(InvalidInput):
        Feeds(database, FullLog(), KINDS, ("drop",), {}).switch(OPERATOR, "drop", on=True)
    with pytest.raises(InvalidInput):
        SimulatorControl(database, FullLog(), plan).start(OPERATOR, {})
    assert (feed(database, "drop"), feed(database, "simulator")) == (None, None)


def test_the_simulator_knows_its_meters_from_its_start_on(database: Database) -> None:
    control = SimulatorControl(database, audit := ListAudit(), plan)
    assert (control.state().row, control.state().plan.count) == (None, 2)
    first = control.start(OPERATOR, {"days": 1})
    assert first.row is not None and first.row.enabled
    with database.transaction() as conn:
        known = [one for one in meters.page(conn) if one.simulated]
    assert len(known) >= 2
    again = control.start(OPERATOR, {})
    assert again.plan == first.plan, "meters that are known let no rows come again"
    assert control.start(OPERATOR, {"meters": 3}).plan.anew == first.plan.anew + 1
    stopped = control.stop(OPERATOR, {"days": 2})
    assert stopped.row is not None
    assert (stopped.row.enabled, stopped.plan.days) == (False, 2)
    assert [action for action, _ in audit.entries] == ["simulator.start"] * 3 + ["simulator.stop"]


def test_a_computation_that_waits_is_not_started_again(database: Database, jobs: PostgresJobs) -> None:
    computations = Computations(database, jobs, audit := ListAudit())
    try:
        first = computations.forecast(OPERATOR)
        assert computations.forecast(OPERATOR) == first != computations.recommend(OPERATOR)
        assert [action for action, _ in audit.entries] == ["forecast.started", "recommend.started"]
    finally:
        for kind in ("forecast", "recommend"):
            for one in jobs.list(states=("queued",), kind=kind):
                jobs.cancel(one.job_id)


def test_a_computation_that_the_log_does_not_take_is_not_queued(database: Database, jobs: PostgresJobs) -> None:
    start = partial(Computations(database, jobs, FullLog()).forecast, OPERATOR)
    with pytest.raises(InvalidInput):
        start()
    assert jobs.list(states=("queued",), kind="forecast") == []
