"""Ownership as a state machine: whatever anybody delivers, assigns, takes back or deletes, nobody reads or changes what is not theirs.

The model keeps for each interval the chain of values by delivery, and for each meter who has it when. After every step each caller's
readings, buckets, newest value, span and history are what the model says, and nothing more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from psycopg import Connection

from nova.energy.delivery import border, taking_back
from nova.energy.delivery.feeds import put
from nova.energy.formats.parsed import ParsedRows
from nova.energy.formats.report import Report
from nova.energy.meters import assigning
from nova.errors import Conflict, NotAllowed, NotFound
from nova.records import Caller
from nova.series import readings
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, rollups
from nova.store.series import readings as store
from nova.store.series.assignments import Assignment
from nova.visibility import Visible

pytestmark = pytest.mark.slow

SLOTS, LONG = 8, 6 * 3600
START = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp())  # local days begin an hour before, so slots lie across midnights
NAMES = ("a", "b", "c")
VALUES = (1.0, 2.0, 3.0)
who = st.sampled_from(("admin", "anna", "ben"))
meter = st.sampled_from(NAMES)


def at(slot: int) -> int:
    return START + slot * LONG


class Ownership(RuleBasedStateMachine):
    """Two customers, who works for the company, and the operator, over three meters of eight intervals."""

    database: Database

    @initialize()
    def begin(self) -> None:
        self.mark = uuid4().hex[:12]
        self.users = {name: uuid4() for name in ("anna", "ben")}
        with self.database.transaction() as conn:
            for name, user_id in self.users.items():
                conn.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", (user_id, f"{name}-{self.mark}"))
        self.chains: dict[str, list[list[tuple[int, float]]]] = {}
        self.owners: dict[str, list[str | None]] = {}
        self.sent: dict[int, tuple[str, str]] = {}  # delivery: sender, state
        self.touched = "a"

    @rule(name=meter, owners=st.lists(st.sampled_from((None, "anna", "ben")), min_size=SLOTS, max_size=SLOTS))
    def assign(self, name: str, owners: list[str | None]) -> None:
        """The operator says whose a meter is."""
        wanted: list[Assignment] = []
        for slot, owner in enumerate(owners):
            last = wanted[-1] if wanted else None
            if owner is None:
                continue
            begin, end = (datetime.fromtimestamp(at(one), UTC) for one in (slot, slot + 1))
            if last is not None and last.user_id == self.users[owner] and last.ends == begin:
                wanted[-1] = Assignment(owner, last.user_id, last.starts, end)
            else:
                wanted.append(Assignment(owner, self.users[owner], begin, end))
        with self.database.transaction() as conn:
            assigning.assign(conn, self._id(name), wanted)
        self.owners[name] = list(owners)
        self.chains.setdefault(name, [[] for _ in range(SLOTS)])
        self.touched = name

    @rule(sender=who, name=meter, slots=st.sets(st.integers(0, SLOTS - 1), min_size=1), value=st.sampled_from(VALUES))
    def deliver(self, sender: str, name: str, slots: set[int], value: float) -> None:
        """Somebody sends readings."""
        self.touched = name
        ts = np.array([at(slot) for slot in sorted(slots)], np.int64)
        parsed = ParsedRows(Report(), [readings(self._id(name), LONG, ts, np.full(len(ts), value))])
        by = border.Sender("company") if sender == "admin" else border.Sender("customer", self.users[sender])
        try:
            with self.database.transaction() as conn:
                batch = batches.open(conn, batches.NewBatch("upload", "csv", owner=by.owner, sent_by=by.user_id))
                allowed = border.grant(conn, by).admit(conn, parsed)
                put(conn, allowed, batch, again=True)
                batches.close(conn, batch, {}, "done")
        except NotAllowed:
            assert sender != "admin"
            assert sender not in self.owners.get(name, ())
            return
        assert sender == "admin" or sender in self.owners[name]
        mine = slots if sender == "admin" else {slot for slot in slots if self.owners[name][slot] == sender}
        self.sent[batch] = (sender, "done")
        self.owners.setdefault(name, [None] * SLOTS)
        chains = self.chains.setdefault(name, [[] for _ in range(SLOTS)])
        for slot in mine:
            if not chains[slot] or chains[slot][-1][1] != value:
                chains[slot].append((batch, value))

    @rule(caller=who, which=st.integers(0, 10**6))
    def take_back(self, caller: str, which: int) -> None:
        """Somebody tries to take a delivery back."""
        if not self.sent:
            return
        batch, (sender, state) = list(self.sent.items())[which % len(self.sent)]
        asking = Caller("admin") if caller == "admin" else Caller("customer", self.users[caller])
        with self.database.transaction() as conn:
            try:
                found = batches.get(conn, batch, Visible.to(asking))
            except NotFound:
                assert caller != sender
                return
            allowed = taking_back.may_take(asking, found)
            assert allowed == (caller in ("admin", sender))
            if not allowed:
                return
            try:
                taking_back.take(conn, batch, caller)
            except Conflict:
                assert state != "done"
                return
        assert state == "done"
        self.sent[batch] = (sender, "taken_back")
        for chains in self.chains.values():
            for slot, chain in enumerate(chains):
                chains[slot] = [one for one in chain if one[0] != batch]

    @rule(name=meter)
    def delete(self, name: str) -> None:
        """The operator deletes a meter."""
        if name in self.chains:
            with self.database.transaction() as conn:
                meters.delete(conn, self._id(name))
            del self.chains[name], self.owners[name]
        self.touched = name

    @rule()
    def roll(self) -> None:
        """Rollups are renewed, as they are all the time."""
        with self.database.transaction() as conn:
            rollups.refresh(conn)

    @invariant()
    def everybody_reads_what_is_theirs(self) -> None:
        if not hasattr(self, "mark"):
            return
        with self.database.transaction() as conn:
            for caller in ("admin", "staff", "anna", "ben"):
                self._look(conn, caller)

    def _look(self, conn: Connection[Any], caller: str) -> None:
        seen = Visible(caller == "admin", self.users.get(caller), staff=caller in ("admin", "staff"))
        listed = {one.meter_id for one in meters.page(conn, seen) if self.mark in one.meter_id}
        assert listed == {self._id(name) for name in self.chains if self._sees(caller, name)}
        name = self.touched
        if not (name in self.chains and self._sees(caller, name)):
            with pytest.raises(NotFound):
                store.get(conn, self._id(name), START, at(SLOTS), seen)
            assert store.latest(conn, [self._id(name)], seen) == {}
            return
        there = {slot: chain[-1][1] for slot, chain in enumerate(self.chains[name]) if chain and self._may(caller, name, slot)}
        rows = [
            row
            for run in store.get(conn, self._id(name), START, at(SLOTS), seen)
            for row in zip(run.ts.tolist(), run.consumption, strict=True)
        ]
        assert {int((ts - START) // LONG): value for ts, value in rows} == there
        for seconds in (LONG, 86_400):
            found = rollups.buckets(conn, self._id(name), START, at(SLOTS), seconds, seen)
            assert float(np.nansum(found.consumption_kwh)) == pytest.approx(sum(there.values()) * LONG / 3600)
        newest = store.latest(conn, [self._id(name)], seen)
        assert [one.ts for one in newest.values()] == ([at(max(there))] if there else [])
        span = store.span(conn, self._id(name), seen)
        assert span == ((at(min(there)), at(max(there)) + LONG) if there else None)
        for slot in range(SLOTS):
            known = [(one.batch_id, one.consumption_kw) for one in store.history(conn, self._id(name), at(slot), seen)]
            assert sorted(known) == (sorted(self.chains[name][slot]) if self._may(caller, name, slot) else [])

    def _sees(self, caller: str, name: str) -> bool:
        return caller in ("admin", "staff") or caller in self.owners[name]

    def _may(self, caller: str, name: str, slot: int) -> bool:
        owner = self.owners[name][slot]
        return caller == "admin" or owner == (None if caller == "staff" else caller)

    def _id(self, name: str) -> str:
        return f"{self.mark}-{name}"


@contextmanager
def on(database: Database) -> Iterator[type[Ownership]]:
    machine = type("OwnershipHere", (Ownership,), {"database": database})
    yield machine


def play(database: Database, examples: int, steps: int) -> None:
    """So many runs of so many steps."""
    with on(database) as machine:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.explicit, Phase.generate, Phase.shrink),
            ),
        )


def test_nobody_reads_or_changes_what_is_not_theirs(database: Database) -> None:
    play(database, 6, 30)


@pytest.mark.bars
def test_nobody_reads_or_changes_what_is_not_theirs_in_20_000_steps(database: Database) -> None:
    play(database, 200, 100)
