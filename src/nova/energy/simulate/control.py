"""The simulator as the operator sees it: started with its plan, stopped, and how far it has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from nova.energy.delivery.switch import settings_of
from nova.energy.simulate.simulator import NAME, Plan, enrol
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.series import batches

PlanOf = Callable[[Mapping[str, Any]], Plan]
"""A feed's settings in, the plan that they name out; InvalidInput."""


@dataclass(frozen=True, slots=True)
class SimulatorState:
    """What is simulated, and the feed's row once there is one."""

    plan: Plan
    row: batches.Feed | None


class SimulatorControl:
    """Starts and stops the feed `simulator`."""

    def __init__(self, db: Database, audit: Audit, plan: PlanOf) -> None:
        self._db, self._audit, self._plan = db, audit, plan

    def start(self, caller: Caller, given: Mapping[str, Any]) -> SimulatorState:
        """Let it run with what is given, the rest as it was; its meters are known from now on. InvalidInput."""
        return self._run(caller, given, on=True)

    def stop(self, caller: Caller, given: Mapping[str, Any]) -> SimulatorState:
        """Let it run no more; what is given counts from its next start on."""
        return self._run(caller, given, on=False)

    def _run(self, caller: Caller, given: Mapping[str, Any], *, on: bool) -> SimulatorState:
        with self._db.transaction() as conn:
            chosen: Mapping[str, Any] = {**settings_of(conn, NAME), **given}
            if on:
                chosen = self.prepare(conn, chosen)
            batches.save_feed(conn, NAME, NAME, chosen, enabled=on)
            self._audit.record(caller, "simulator.start" if on else "simulator.stop", NAME, given, connection=conn)
        return self.state()

    def prepare(self, conn: Connection[Any], chosen: Mapping[str, Any]) -> Mapping[str, Any]:
        """The simulator's settings once its meters are known; where some are new, their rows come from the beginning."""
        new = enrol(conn, self._plan(chosen))
        return {**chosen, "anew": int(chosen.get("anew", 0)) + (new > 0)}

    def state(self) -> SimulatorState:
        """How the simulator stands."""
        with self._db.transaction() as conn:
            row = next((one for one in batches.feeds(conn) if one.name == NAME), None)
        return SimulatorState(self._plan(row.settings if row else {}), row)
