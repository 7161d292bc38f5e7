"""The nightly run: at its hour, once; one that was cut off goes on; who switches it off meanwhile is not overruled."""

from datetime import UTC, datetime, timedelta

import pytest

from nova import german
from nova.errors import JobLost
from nova.jobs.kinds import learn
from nova.kpi.learn import steer
from nova.kpi.learn.schedule import due
from nova.store.quality import learning as rows
from tests.fakes.running import Context
from tests.rooms.learn.planted import Site


class Run(Context):
    """One job; `dies`: its process ends while it computes."""

    def __init__(self, *, dies: bool = False) -> None:
        super().__init__(hear=self._die)
        self.dies = dies

    def _die(self, stage: str) -> None:
        if self.dies and stage == "rechnen":
            raise JobLost("weg")


@pytest.fixture
def tonight(site: Site) -> Site:
    """It is the hour."""
    with site.house.database.transaction() as conn:
        steer.switch(conn, on=True, hour=datetime.now(german.BERLIN).hour)
    return site


def test_a_run_that_was_cut_off_goes_on_and_another_does_not_begin(tonight: Site) -> None:
    run, other = Run(dies=True), Run()
    with pytest.raises(JobLost):
        learn.handler(tonight.learning)(run)
    learn.handler(tonight.learning)(other)
    assert other.result == {"due": False}
    run.dies = False
    learn.handler(tonight.learning)(run)
    assert run.result["reason"] == "Es liegen noch nicht genug Rückmeldungen vor."
    with tonight.house.database.transaction() as conn:
        steer.switch(conn, on=False)
    learn.handler(tonight.learning)(run)
    assert run.result == {"due": False}


def test_a_run_that_notes_itself_does_not_switch_learning_on_again(tonight: Site) -> None:
    now = datetime.now(UTC)
    with tonight.house.database.transaction() as conn:
        steer.switch(conn, on=False)
        rows.set_plan(conn, {"tried": now.isoformat()})  # what a run does that began before
        assert (steer.plan(conn)["on"], steer.plan(conn)["tried"]) == (False, now.isoformat())
    assert not due(tonight.house.database, now + timedelta(days=1))
