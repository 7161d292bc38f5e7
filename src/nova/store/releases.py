"""Releases: what goes live and can be taken back. A candidate, a trial on a share, what was measured, what is live, and one step back.

A family has at most one live release (none: what is shipped) and one trial. What a release holds lies in a table of its family; here is
what all families have in common. Functions run in the caller's transaction; those that change which one is live or on trial hold the
family's lock until it ends. Every step stands in a ledger that only grows.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries

SQL = queries.load("releases")
SLICES = 10_000
State = Literal["candidate", "trial", "live", "former", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Release:
    """One release. `share` is its trial's, `before` what a step back leads to (None: what is shipped), `gate` what was measured of it.

    `digest` tells forms of what it holds apart, where that may change under its name; `left_at` is when it last gave way.
    """

    family: str
    name: str
    state: State
    before: str | None
    share: float
    gate: Mapping[str, Any] | None
    digest: str | None
    created_by: str
    created_at: datetime
    trial_at: datetime | None
    live_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the ledger: `made`, `trial`, `dropped` (a trial that ended), `live`, `back` (live again) or `withdrawn`."""

    step_id: int
    name: str
    step: str
    actor: str
    at: datetime
    facts: Mapping[str, Any]


def lock(conn: Connection[Any], family: str) -> None:
    """Wait for whoever changes this family; held until the transaction ends."""
    conn.execute(SQL["lock"], {"family": family})


def get(conn: Connection[Any], family: str, name: str) -> Release | None:
    """One release."""
    row = conn.execute(SQL["get"], {"family": family, "name": name}).fetchone()
    return Release(**row) if row else None


def live(conn: Connection[Any], family: str) -> Release | None:
    """The live one; None: what is shipped."""
    row = conn.execute(SQL["live"], {"family": family}).fetchone()
    return Release(**row) if row else None


def in_use(conn: Connection[Any], family: str) -> list[Release]:
    """The live one and the one on trial, as far as there are any."""
    return [Release(**row) for row in conn.execute(SQL["in_use"], {"family": family}).fetchall()]


def takes_part(whose: str, name: str, share: float) -> bool:
    """Whether somebody is in a release's trial, always or never; nobody never.

    Drawn by an HMAC of who they are under the release's name, so that trials draw apart from each other.
    """
    drawn = hmac.new(name.encode(), whose.encode(), hashlib.sha256).digest()
    return bool(whose) and int.from_bytes(drawn[:8], "big") % SLICES < share * SLICES


def every(conn: Connection[Any], family: str) -> list[Release]:
    """All of a family, newest first."""
    return [Release(**row) for row in conn.execute(SQL["every"], {"family": family}).fetchall()]


def steps(conn: Connection[Any], family: str, name: str | None = None, limit: int = 100) -> list[Step]:
    """The ledger of a release or of the whole family, newest first."""
    return [Step(**row) for row in conn.execute(SQL["steps"], {"family": family, "name": name, "limit": limit}).fetchall()]


def add(
    conn: Connection[Any],
    family: str,
    name: str,
    by: str,
    at: datetime,
    *,
    gate: Mapping[str, Any] | None = None,
    digest: str | None = None,
) -> bool:
    """A new candidate, with what was measured of it if that was done already; False when there is a release of this name."""
    values = _step(family, by, at) | {"name": name, "gate": _json(gate), "digest": digest}
    return conn.execute(SQL["add"], values).rowcount > 0


def try_out(conn: Connection[Any], family: str, name: str, share: float, by: str, at: datetime) -> bool:
    """Put a release on trial instead of whatever is; False where there is none of this name, or it is live."""
    lock(conn, family)
    one = get(conn, family, name)
    if one is None or one.state == "live":
        return False
    conn.execute(SQL["end_trial"], _step(family, by, at) | {"but": name})
    conn.execute(SQL["try_out"], _step(family, by, at) | {"name": name, "share": share})
    return True


def end_trial(conn: Connection[Any], family: str, by: str, at: datetime) -> None:
    """Whatever is on trial is a candidate again."""
    lock(conn, family)
    conn.execute(SQL["end_trial"], _step(family, by, at) | {"but": None})


def go_live(conn: Connection[Any], family: str, name: str, gate: Mapping[str, Any], by: str, at: datetime) -> bool:
    """A release becomes live in place of the one that is; False where there is none of this name, or it is live already.

    One that was live before leaves its place in the way back: a step back leads to each release once.
    """
    lock(conn, family)
    one = get(conn, family, name)
    if one is None or one.state == "live":
        return False
    left = conn.execute(SQL["give_way"], {"family": family, "at": at}).fetchone()
    before = left["name"] if left else None
    conn.execute(SQL["pass_over"], {"family": family, "name": name})
    conn.execute(SQL["go_live"], _step(family, by, at) | {"name": name, "before": before, "gate": _json(gate)})
    return True


def step_back(conn: Connection[Any], family: str, by: str, at: datetime) -> Release | None:
    """The live release is withdrawn and the one it replaced is live again, as it was; which is live now (None: what is shipped)."""
    lock(conn, family)
    left = live(conn, family)
    if left is None:
        return None
    conn.execute(SQL["take_back"], _step(family, by, at))
    if left.before is not None:
        conn.execute(SQL["restore"], _step(family, by, at) | {"name": left.before, "left": left.name})
    return live(conn, family)


def withdraw(conn: Connection[Any], family: str, name: str, by: str, at: datetime) -> bool:
    """Take a release out that is not live: its trial ends, and no step back leads to it. False where it is live, withdrawn or unknown."""
    lock(conn, family)
    done = conn.execute(SQL["withdraw"], _step(family, by, at) | {"name": name}).rowcount > 0
    if done:
        conn.execute(SQL["pass_over"], {"family": family, "name": name})
    return done


def amend(conn: Connection[Any], family: str, names: Collection[str], facts: Mapping[str, Any], digest: str | None = None) -> None:
    """What some releases hold was computed anew: add facts to what was measured of them; a `digest` where they have another form now."""
    values = {"family": family, "names": list(names), "facts": Jsonb(dict(facts)), "digest": digest}
    conn.execute(SQL["amend"], values)


def _step(family: str, by: str, at: datetime) -> dict[str, Any]:
    return {"family": family, "by": by, "at": at}


def _json(facts: Mapping[str, Any] | None) -> Jsonb | None:
    return None if facts is None else Jsonb(dict(facts))
