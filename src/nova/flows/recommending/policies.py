"""Policies for recommended passages: learned from the log of what was shown, measured on it, live where better, taken back in a step.

A policy is a release of `policy:recommend`. What it holds are numbers of everybody together; whoever leaves, their rows of the log go, and
policies learned from them say that somebody left.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.policies.log import Choice, read_log
from nova.answers.policies.replay import LEAST, Replayed, replay
from nova.answers.policies.served import Served, digest_of, learned, served
from nova.crowd import FEWEST, enough
from nova.errors import Conflict, InvalidInput, JobWaits, NotFound
from nova.flows.kinds import POLICY
from nova.flows.recommending.log import log_rows
from nova.logs import get_logger
from nova.ports import Audit
from nova.ports.jobs import JobContext, Jobs
from nova.records import Caller
from nova.stats.bandits import Policy
from nova.stats.offpolicy import Estimate
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.releases import Release
from nova.store.talk import policies as rows
from nova.store.talk.policies import FAMILY, PolicyState

BETTER = "better"
TOO_FEW = f"Es liegen noch nicht genug Listen vor: mindestens {LEAST} Plätze, die 14 Tage alt sind, von {FEWEST} Personen."
NOT_BETTER = "Diese Regel ist nicht nachweislich besser als das, was gezeigt wurde; sie bleibt ein Vorschlag."
SOMEBODY_LEFT = "Jemand hat das Protokoll verlassen, während daraus gelernt wurde; es beginnt neu."
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy, what it was learned from, and why it cannot choose where it cannot (German)."""

    release: Release
    since: datetime
    until: datetime
    fault: str | None


def learn(db: Database, policy: Policy, by: str, now: datetime, ctx: JobContext) -> dict[str, Any]:
    """Learn from the log, measure on it, keep as a candidate; its name (None: too little is known), what was measured, and a reason."""
    ctx.progress("lesen")
    with db.long_transaction() as conn:
        choices = _choices(log_rows(conn, now))
    people = len({one.person for one in choices})
    if len(choices) < LEAST or not enough(people):
        return {"name": None, "gate": None, "reason": TOO_FEW}
    ctx.progress("messen")
    done = replay(choices, policy, 0, personal=False)
    ctx.progress("lernen")
    text = learned(choices, policy)
    since, until = (datetime.fromisoformat(choices[at].ts) for at in (0, -1))
    lists = {UUID(one.list_id) for one in choices}
    state = PolicyState(f"{policy}-{until:%Y%m%d}-{digest_of(text)[:8]}", text, since, until)
    gate = _measured(done) | {"policy": policy, "people": people, "lists": len(lists), "left": 0}
    return {"name": state.name, "gate": gate, "reason": _kept(db, state, gate, lists, by, ctx)}


def _choices(rows_: Iterator[dict[str, Any]]) -> Sequence[Choice]:
    first = next(rows_, None)
    return [] if first is None else read_log(chain((first,), rows_)).choices


def _kept(db: Database, state: PolicyState, gate: dict[str, Any], lists: set[UUID], by: str, ctx: JobContext) -> str:
    """Keep a candidate; why it is none (German), where it is there already. JobWaits where somebody left meanwhile."""
    with db.transaction() as conn:
        releases.lock(conn, FAMILY)
        if rows.lists_left(conn, lists) < len(lists):
            raise JobWaits(SOMEBODY_LEFT, data={"retry_after": 1})
        new = releases.add(conn, FAMILY, state.name, by, datetime.now(UTC), gate=gate, digest=digest_of(state.state))
        if new:
            rows.add(conn, state)
        ctx.guard(conn)
    return "" if new else "Aus diesem Protokoll wurde diese Regel schon gelernt."


def _measured(done: Replayed) -> dict[str, Any]:
    """As it is kept: bounds that nothing limits are None."""
    told = {"snips": done.snips, "dr": done.dr, "gain": done.gain}
    bounds = {name: _finite(one.value) for name, one in told.items()} | _bounds("snips_", done.snips) | _bounds("", done.dr)
    bounds |= _bounds("gain_", done.gain)
    return {"rows": done.rows, **bounds, "logged": _finite(done.logged), "ess": round(done.ess, 1), "verdict": done.verdict}


def _bounds(name: str, one: Estimate) -> dict[str, float | None]:
    return {f"{name}low": _finite(one.low), f"{name}high": _finite(one.high)}


def _finite(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None


def serving(conn: Connection[Any]) -> Served | None:
    """The live policy; None without one, and where it is damaged or knows other features: then the house's own order holds."""
    release = releases.live(conn, FAMILY)
    state = rows.get(conn, release.name) if release else None
    if release is None or state is None:
        return None
    try:
        return served(release.name, state.state, release.digest)
    except InvalidInput as error:
        log.error("policy_unusable", policy=release.name, reason=error.message)
        return None


class Policies:
    """What people do with policies: look, learn, take in use, go back, read the log."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit) -> None:
        self._db, self._jobs, self._audit = db, jobs, audit

    def every(self) -> list[PolicyView]:
        """All, newest first."""
        with self._db.transaction() as conn:
            found = [(release, rows.get(conn, release.name)) for release in releases.every(conn, FAMILY)]
        return [PolicyView(release, state.since, state.until, _fault(release, state)) for release, state in found if state]

    def learn(self, who: Caller, policy: Policy) -> UUID:
        """Queue the job, or name the one that waits or runs for this policy."""
        with self._db.transaction() as conn:
            title, args = f"{POLICY.title}: {policy}", {"policy": policy, "by": who.token}
            started = self._jobs.start_once(POLICY, args, title=title, counts=lambda job: job.title == title, connection=conn)
            if started.new:
                self._audit.record(who, "policy.learn", f"policy:{policy}", {"job": started.job_id}, connection=conn)
        return started.job_id

    def promote(self, who: Caller, name: str) -> PolicyView:
        """A policy that measured better chooses from now on. NotFound; Conflict where it does already, is not better, or cannot."""
        with self._db.transaction() as conn:
            releases.lock(conn, FAMILY)
            release, state = releases.get(conn, FAMILY, name), rows.get(conn, name)
            if release is None or state is None:
                raise NotFound("Diese Regel gibt es nicht.")
            gate = release.gate or {}
            if release.state == "live":
                raise Conflict("Diese Regel gilt schon.")
            if gate.get("verdict") != BETTER:
                raise Conflict(NOT_BETTER)
            if fault := _fault(release, state):
                raise Conflict(fault)
            releases.go_live(conn, FAMILY, name, gate, who.token, datetime.now(UTC))
            facts = {"verdict": gate["verdict"], "gain": gate["gain"]}
            self._audit.record(who, "policy.promoted", f"policy:{name}", facts, connection=conn)
        return next(one for one in self.every() if one.release.name == name)

    def roll_back(self, who: Caller) -> str | None:
        """The live policy gives way to what it replaced; which chooses now (None: the house's own order). Conflict where none is live."""
        with self._db.transaction() as conn:
            releases.lock(conn, FAMILY)
            left = releases.live(conn, FAMILY)
            if left is None:
                raise Conflict("Es gilt keine gelernte Regel.")
            back = releases.step_back(conn, FAMILY, who.token, datetime.now(UTC))
            name = back.name if back else None
            self._audit.record(who, "policy.rolled_back", f"policy:{left.name}", {"live": name}, connection=conn)
        return name

    def log(self, who: Caller) -> str:
        """What was shown and what came of it, a JSON object a line, as `nova recommend replay` reads it; that somebody took it is noted."""
        with self._db.long_transaction() as conn:
            lines = [json.dumps(row, separators=(",", ":")) + "\n" for row in log_rows(conn, datetime.now(UTC))]
            self._audit.record(who, "policy.log_read", FAMILY, {"rows": len(lines)}, connection=conn)
        return "".join(lines)


def _fault(release: Release, state: PolicyState) -> str | None:
    try:
        served(release.name, state.state, release.digest)
    except InvalidInput as error:
        return error.message
    return None
