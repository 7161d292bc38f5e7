"""The adapter that serves, and the one on trial, looked at again and again: each gives way where somebody left its data, its files changed,
or figures are surely worse.

What serves gives way to the one before where that may serve, else to the base. A ticket says why and asks for a training without who left.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova.flows.training.answering import SOMEBODY_LEFT
from nova.flows.training.promoting import fit, say
from nova.flows.training.trials import FAMILY, Trial, measured, on_trial
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import window
from nova.kpi.measure.registry import KPIS
from nova.kpi.tickets import changes
from nova.kpi.tickets.changes import Tell, Wish
from nova.ports import Audit
from nova.records import Caller
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.releases import Release
from nova.store.training import runs as rows

WATCHED = ("groundedness", "valid_citations", "cited_share", "useful_share", "negative_share")
LEAST, MOST = timedelta(hours=2), timedelta(days=7)
OFTEN = 1.25
"""So far apart figures have to lie: looked at every few minutes for a week, bounds of 95 % part by chance alone for one adapter in five,
with this for one in twenty-five (`benchmarks/adapter_drift.py`)."""
ANEW = "Soll es weiter einen Adapter geben, beginnen Sie ein Training mit einem neuen Datensatz."
GUARD = Caller("service", external_id="train")


@dataclass(frozen=True, slots=True)
class GaveWay:
    """An adapter that was taken out, why (German), what answers now ("": the base), and whether it was on trial only."""

    name: str
    reason: str
    to: str
    tried: bool = False


class Guard:
    """`watch` is called by the clock; `writes` is the model that answers where no adapter does ("": none)."""

    def __init__(self, db: Database, audit: Audit, tell: Tell, data: Path, writes: str = "") -> None:
        self._db, self._audit, self._tell, self._data, self._writes = db, audit, tell, data, writes

    def watch(self, now: datetime) -> list[GaveWay]:
        """What had to give way, the newest first; one after the other until what answers may."""
        with self._db.transaction() as conn:
            return self.settle(conn, now)

    def settle(self, conn: Connection[Any], now: datetime, left: Collection[str] = ()) -> list[GaveWay]:
        """The same in the caller's transaction; runs whose data somebody `left` just now are out, and no step back leads to them."""
        releases.lock(conn, FAMILY)
        tried = [name for name in left if _withdrawn(conn, name, now)]
        found: list[GaveWay] = []
        while (live := releases.live(conn, FAMILY)) is not None:
            why = SOMEBODY_LEFT if live.name in left else next(self._reasons(conn, live, now), "")
            if not why:
                break
            to = releases.step_back(conn, FAMILY, GUARD.token, now)
            found.append(GaveWay(live.name, why, to.name if to else ""))
        found += [GaveWay(name, SOMEBODY_LEFT, live.name if live else "", tried=True) for name in tried]
        found += self._tried(conn, now)
        for one in found:
            self._told(conn, one, now)
        return found

    def _tried(self, conn: Connection[Any], now: datetime) -> Iterator[GaveWay]:
        """What is on trial, where it has to end; it needs a new evaluation then, as what served does."""
        tried = on_trial(conn)
        if tried is None:
            return
        reasons = [*fit(conn, rows.get(conn, tried.name), self._data)]
        if not reasons and tried.trial_at is not None and now - tried.trial_at >= LEAST:
            reasons = list(_worse(measured(conn, tried, self._writes, now)))
        if reasons:
            live = releases.live(conn, FAMILY)
            releases.withdraw(conn, FAMILY, tried.name, GUARD.token, now)
            yield GaveWay(tried.name, reasons[0], live.name if live else "", tried=True)

    def _reasons(self, conn: Connection[Any], live: Release, now: datetime) -> Iterator[str]:
        yield from fit(conn, rows.get(conn, live.name), self._data)
        yield from fallen(conn, live, now)

    def _told(self, conn: Connection[Any], one: GaveWay, now: datetime) -> None:
        text = f"{one.reason} Es antwortet {'weiter' if one.tried else 'jetzt'} {one.to or 'die Basis'}. {ANEW}"
        wish = Wish(title_of(one.name), text, "training", "orion")
        ticket = changes.open_by_hand(conn, wish, GUARD.token, now, self._tell, str)
        facts = {"to": one.to, "ticket": ticket} | ({"tried": True} if one.tried else {})
        self._audit.record(GUARD, "training.gave_way", f"run:{one.name}", facts, connection=conn)
        what = "wird nicht mehr erprobt" if one.tried else "dient nicht mehr"
        say(conn, self._tell, one.name, "gave_way", f"{one.name} {what}. {one.reason}", now)


def title_of(run: str) -> str:
    """What the ticket is called that asks for another instead."""
    return f"Adapter {run} dient nicht mehr"


def _withdrawn(conn: Connection[Any], name: str, now: datetime) -> bool:
    """Take out one that is not live; whether it answered somebody, on trial."""
    one = releases.get(conn, FAMILY, name)
    return releases.withdraw(conn, FAMILY, name, GUARD.token, now) and one is not None and one.state == "trial"


def _worse(trial: Trial) -> Iterator[str]:
    """Figures that are surely worse on trial than beside it."""
    for one in trial.figures:
        if one.holds and one.verdict == "worse" and (one.trial.apart(one.beside) or 0.0) > OFTEN:
            yield f"„{one.title}“ ist sicher schlechter als daneben."


def fallen(conn: Connection[Any], live: Release, now: datetime) -> Iterator[str]:
    """Figures that are surely worse since an adapter serves than over as long a time before."""
    for name, before, after in watched(conn, live, now):
        if (drift(name, before, after) or 0.0) > 1:
            yield f"„{KPIS[name].title}“ ist sicher schlechter, seit er dient."


def drift(name: str, before: Estimate, after: Estimate) -> float | None:
    """From 0 (as before, or better) to 1 (it gives way above); None where one of them says nothing."""
    far = before.apart(after)
    if far is None:
        return None
    fell = (before.value or 0.0) > (after.value or 0.0)
    return far / OFTEN if fell == (KPIS[name].better == "up") else 0.0


def watched(conn: Connection[Any], live: Release, now: datetime) -> Iterator[tuple[str, Estimate, Estimate]]:
    """Each figure by which an adapter is judged, before it serves and since; from two hours on, at most a week."""
    since = live.live_at
    if since is None or now - since < LEAST:
        return
    span = min(now - since, MOST)
    for name in WATCHED:
        yield name, _shown(conn, name, since - span, since), _shown(conn, name, since, since + span)


def _shown(conn: Connection[Any], name: str, frm: datetime, to: datetime) -> Estimate:
    found = window(conn, KPIS[name], frm, to)
    shown = found.shown
    return replace(found, value=None, n=0) if found.few else Estimate(shown.value, shown.n, shown.low, shown.high, found.few)
