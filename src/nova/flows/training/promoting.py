"""A tuned model that people let serve: two named people turn a key each for what was judged, one of them is enough to take it back.

What they say holds for one evaluation and the weights as they lie there. Which adapter serves is a pointer (`nova.store.releases`), and so
is the step back: nothing has to be loaded or computed for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova.errors import Conflict, NotAllowed
from nova.flows.training.allowed import still_allowed
from nova.flows.training.answering import SOMEBODY_LEFT
from nova.flows.training.running import PLACE
from nova.flows.training.sound import unlicensed, unsound
from nova.governance.approvals import is_person, still_may
from nova.kpi.tickets import changes
from nova.kpi.tickets.changes import Patch, Tell
from nova.ports import Audit
from nova.records import Caller
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.quality.alerts import NewNotice
from nova.store.releases import Release, Step
from nova.store.training import keys as store
from nova.store.training import runs as rows
from nova.store.training.keys import Judged, Key, Says
from nova.store.training.runs import TrainRun

FAMILY = "adapter"
KEYS = 2
FRESH = timedelta(days=14)
NOBODY = "Freigeben müssen zwei Menschen, die mit ihrem Namen angemeldet sind; der Schlüssel des Betriebs und ein Token sind niemand."
TWICE = "Sie haben zu dieser Bewertung schon etwas gesagt; freigeben muss eine zweite Person."
JUDGED_ANEW = "Der Lauf wurde seit Ihrem Blick darauf neu beurteilt; sehen Sie sich das Urteil bitte noch einmal an."
NO_HOST = "Es ist kein Host eingerichtet, der Adapter antworten lässt (NOVA_ADAPTER_HOST); freigegeben heißt dann nur: zum Dienst bestimmt."
CHANNELS = ("log", "mail", "webhook")


@dataclass(frozen=True, slots=True)
class Standing:
    """A run before it serves: its keys, what holds it (German, [] where two keys suffice), and whether it serves (`state` of a release)."""

    run: str
    state: str
    evaluation_id: str
    keys: Sequence[Key]
    held: Sequence[str]
    needed: int = KEYS


@dataclass(frozen=True, slots=True)
class Serving:
    """Which adapter serves now ("": the base alone), every release newest first, the newest steps, and what hinders it (German)."""

    live: str
    releases: Sequence[Release]
    steps: Sequence[Step]
    note: str


class Promotions:
    """The use-cases at the doors. `tell` says a notice in a transaction; `base` is that of the host ("": none is set up)."""

    def __init__(self, db: Database, audit: Audit, tell: Tell, data: Path, base: str = "") -> None:
        self._db, self._audit, self._tell, self._data, self._base = db, audit, tell, data, base

    def standing(self, run: str) -> Standing:
        """How a run stands before its promotion; NotFound."""
        with self._db.transaction() as conn:
            return self._standing(conn, rows.get(conn, run), datetime.now(UTC))

    def turn(self, who: Caller, run: str, evaluation_id: str, says: Says, reason: str) -> Standing:
        """Somebody's key for the evaluation that they saw; with the second yes the adapter serves, in the same transaction.

        NotFound; NotAllowed for who is nobody; Conflict where something holds it, they turned it before, or it was judged anew meanwhile.
        """
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            releases.lock(conn, FAMILY)
            found = rows.hold(conn, run)
            stands, judged = self._standing(conn, found, now), store.newest(conn, found.run_id)
            if judged is None or evaluation_id != stands.evaluation_id:
                raise Conflict(" ".join(stands.held) if judged is None else JUDGED_ANEW)
            _require(who, says, stands)
            key = Key(who.token, says, changes.plain(reason.strip()), found.adapter_sha256 or "", now)
            if not store.put(conn, found.run_id, judged.evaluation_id, key):
                raise Conflict(TWICE)
            self._audit.record(who, "training.key", f"run:{found.name}", {"says": says, "evaluation": evaluation_id}, connection=conn)
            given = [one for one in store.of_evaluation(conn, judged.evaluation_id) if _counts(conn, one)]
            if says == "yes" and len(given) >= KEYS:
                self._live(conn, who, found, judged, given, now)
            return self._standing(conn, found, now)

    def back(self, who: Caller, reason: str) -> Serving:
        """The adapter that serves gives way to the one before, or to the base; Conflict where none serves."""
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            releases.lock(conn, FAMILY)
            left = releases.live(conn, FAMILY)
            if left is None:
                raise Conflict("Es dient kein Adapter; es antwortet schon die Basis.")
            to = releases.step_back(conn, FAMILY, who.token, now)
            self._audit.record(who, "training.rolled_back", f"run:{left.name}", {"to": to.name if to else ""}, connection=conn)
            text = f"{left.name} dient nicht mehr; es antwortet {to.name if to else 'die Basis'}. {changes.plain(reason.strip())}"
            say(conn, self._tell, left.name, "back", text.strip(), now)
        return self.serving()

    def serving(self) -> Serving:
        """What serves, and what did."""
        with self._db.transaction() as conn:
            live = releases.live(conn, FAMILY)
            return Serving(
                live.name if live else "", releases.every(conn, FAMILY), releases.steps(conn, FAMILY), "" if self._base else NO_HOST
            )

    def _standing(self, conn: Connection[Any], run: TrainRun, now: datetime) -> Standing:
        release, judged = releases.get(conn, FAMILY, run.name), store.newest(conn, run.run_id)
        given = store.of_evaluation(conn, judged.evaluation_id) if judged else []
        held = list(self._held(conn, run, judged, given, now))
        state = release.state if release else "candidate"
        if state == "live":
            held.insert(0, "Dieser Adapter dient schon.")
        elif release and release.gate and judged and release.gate["evaluation"] == str(judged.evaluation_id):
            held.insert(0, "Dieser Adapter diente mit diesem Urteil schon; erst ein neues kann freigegeben werden.")
        return Standing(run.name, state, str(judged.evaluation_id) if judged else "", given, held)

    def _held(self, conn: Connection[Any], run: TrainRun, judged: Judged | None, given: Sequence[Key], now: datetime) -> Iterator[str]:
        """Why it may not serve, in words."""
        if run.state != "done" or run.adapter_sha256 is None:
            yield "Der Lauf ist nicht zu Ende; es gibt keinen Adapter."
            return
        yield from _of_judging(judged, given, now)
        yield from fit(conn, run, self._data)
        if self._base and run.base != self._base:
            yield f"Der Host hält die Basis „{self._base}“, nicht „{run.base}“ (NOVA_ADAPTER_BASE)."

    def _live(self, conn: Connection[Any], who: Caller, run: TrainRun, judged: Judged, given: Sequence[Key], now: datetime) -> None:
        releases.add(conn, FAMILY, run.name, run.started_by, now, digest=run.adapter_sha256)
        gate = {"evaluation": str(judged.evaluation_id), "keys": [{"by": key.turned_by, "at": key.at.isoformat()} for key in given]}
        releases.go_live(conn, FAMILY, run.name, gate, who.token, now)
        facts = {"evaluation": str(judged.evaluation_id), "keys": [key.turned_by for key in given], "adapter": run.adapter_sha256}
        self._audit.record(who, "training.promoted", f"run:{run.name}", facts, connection=conn)
        for ticket in store.tickets(conn, run.created_at):
            done = Patch(state="done", comment=f"{run.name} dient seit heute; zwei Personen haben ihn freigegeben.")
            changes.change(conn, ticket, done, who.token, now, self._tell)
        say(conn, self._tell, run.name, "live", f"{run.name} dient jetzt; freigegeben von zwei Personen.", now)


def fit(conn: Connection[Any], run: TrainRun, data: Path) -> Iterator[str]:
    """Why an adapter may not serve, in words: who left its data, files or a base that are not those that were judged, licences."""
    if run.removed_at is not None:
        yield run.reason
        return
    if refusal := still_allowed(conn, run.dataset, run.version):
        yield refusal.reason
    elif not rows.watch(conn, run.run_id)[1]:
        yield SOMEBODY_LEFT
    adapter = data / PLACE / run.name / "adapter"
    if not adapter.is_dir():
        yield "Die Gewichte des Adapters liegen nicht mehr da."
    else:
        yield from unsound(run, adapter, data)
    yield from unlicensed(conn, run, data)


def say(conn: Connection[Any], tell: Tell, run: str, event: str, text: str, now: datetime) -> None:
    """Tell who must know, through every channel that is set up."""
    for channel in CHANNELS:
        body = {"title": f"Feinabstimmung {run}", "text": text, "facts": {"run": run, "event": event}}
        tell(conn, NewNotice(f"adapter:{run}:{event}:{now:%Y%m%dT%H%M%S%f}:{channel}", f"adapter.{event}", channel, body, now))


def _of_judging(judged: Judged | None, given: Sequence[Key], now: datetime) -> Iterator[str]:
    if judged is None:
        yield "Der Lauf ist noch nicht beurteilt."
        return
    yield from (gate["reason"] for gate in judged.told["gates"] if not gate["passed"])
    if judged.at < now - FRESH:
        yield f"Das Urteil ist älter als {FRESH.days} Tage; lassen Sie den Lauf neu beurteilen."
    elif judged.voted_since:
        yield "Seit dem Urteil haben Menschen weitere Antworten verglichen; lassen Sie den Lauf neu beurteilen."
    if any(key.says == "no" for key in given):
        yield "Eine Person hat die Freigabe abgelehnt; erst ein neues Urteil kann freigegeben werden."


def _require(who: Caller, says: Says, stands: Standing) -> None:
    if not is_person(who):
        raise NotAllowed(NOBODY)
    if says == "yes" and stands.held:
        raise Conflict(" ".join(stands.held), data={"held": list(stands.held)})


def _counts(conn: Connection[Any], key: Key) -> bool:
    """Whether it is a yes of somebody who is still with the company and may."""
    return key.says == "yes" and still_may(conn, key.turned_by, "promote")
