"""A tuned model that people let serve: two named people turn a key each for what was judged, one of them is enough to take it back.

What they say holds for one evaluation and the weights as they lie there. With both keys it serves everybody, or it is tried first: for a
share of people, or in the shadow of what is shown. Which adapter serves is a pointer (`nova.store.releases`), and so is the step back:
nothing has to be loaded or computed for it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova.errors import Conflict, NotAllowed
from nova.flows.training.allowed import still_allowed
from nova.flows.training.answering import SOMEBODY_LEFT
from nova.flows.training.evaluating import unchecked
from nova.flows.training.running import PLACE
from nova.flows.training.sound import unlicensed, unsound
from nova.flows.training.trials import FAMILY, Trial, measured, on_trial
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

KEYS = 2
EVERYBODY = 1.0  # the share of who serves all; 0 is the shadow
FRESH = timedelta(days=14)
NOBODY = "Freigeben müssen zwei Menschen, die mit ihrem Namen angemeldet sind; der Schlüssel des Betriebs und ein Token sind niemand."
TWICE = "Sie haben zu dieser Bewertung schon etwas gesagt; freigeben muss eine zweite Person."
JUDGED_ANEW = "Der Lauf wurde seit Ihrem Blick darauf neu beurteilt; sehen Sie sich das Urteil bitte noch einmal an."
FEW_KEYS = "Es sind noch nicht beide Schlüssel für das neueste Urteil gedreht."
SERVES = "Dieser Adapter dient schon."
USED_UP = "Dieser Adapter diente mit diesem Urteil schon; erst ein neues kann freigegeben werden."
NO_TRIAL = "Es wird kein Adapter erprobt."
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
    """Which adapter serves now ("": the base alone), every release newest first, the newest steps, what hinders it, and what is tried."""

    live: str
    releases: Sequence[Release]
    steps: Sequence[Step]
    note: str
    trial: Trial | None = None


class Promotions:
    """The use-cases at the doors. `tell` says a notice in a transaction; `base` is that of the host ("": none is set up).

    `writes` is the model that answers where no adapter does ("": none); `after` is called when something has changed.
    """

    def __init__(
        self, db: Database, audit: Audit, tell: Tell, data: Path, base: str = "", writes: str = "",
        after: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._db, self._audit, self._tell, self._data, self._base, self._writes, self._after = db, audit, tell, data, base, writes, after

    def standing(self, run: str) -> Standing:
        """How a run stands before its promotion; NotFound."""
        with self._db.transaction() as conn:
            return self._standing(conn, rows.get(conn, run), datetime.now(UTC))

    def turn(self, who: Caller, run: str, evaluation_id: str, says: Says, reason: str, share: float = EVERYBODY) -> Standing:
        """Somebody's key for the evaluation that they saw; with the second yes the adapter serves, in the same transaction.

        `share`: of the people it answers then; 0: nobody, it writes in the shadow. NotFound; NotAllowed for who is nobody; Conflict where
        something holds it, they turned it before, or it was judged anew meanwhile.
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
            given = _given(conn, judged)
            if says == "yes" and len(given) >= KEYS:
                self._serve(conn, who, found, Turned(judged, given, share), now)
            stands = self._standing(conn, found, now)
        self._after()
        return stands

    def serve(self, who: Caller, run: str, share: float, reason: str = "") -> Serving:
        """A run whose keys are turned serves a share of the people, everybody (1), or writes in the shadow (0).

        NotFound; NotAllowed for who is nobody; Conflict where something holds it, or a figure of its trial is surely worse.
        """
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            releases.lock(conn, FAMILY)
            found = rows.hold(conn, run)
            judged = store.newest(conn, found.run_id)
            if not is_person(who):
                raise NotAllowed(NOBODY)
            given, held = _given(conn, judged) if judged else [], list(self._standing(conn, found, now).held)
            if judged is None or len(given) < KEYS:
                held.append(FEW_KEYS)
            if held or judged is None:
                raise Conflict(" ".join(held), data={"held": held})
            self._serve(conn, who, found, Turned(judged, given, share, reason), now)
        self._after()
        return self.serving()

    def end(self, who: Caller, reason: str) -> Serving:
        """What is tried is tried no more, and may be again; Conflict where nothing is."""
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            releases.lock(conn, FAMILY)
            tried = on_trial(conn)
            if tried is None:
                raise Conflict(NO_TRIAL)
            releases.end_trial(conn, FAMILY, who.token, now)
            self._audit.record(who, "training.trial_ended", f"run:{tried.name}", {"share": tried.share}, connection=conn)
            say(conn, self._tell, tried.name, "trial_ended", _because(f"{tried.name} wird nicht mehr erprobt.", reason), now)
        self._after()
        return self.serving()

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
            text = f"{left.name} dient nicht mehr; es antwortet {to.name if to else 'die Basis'}."
            say(conn, self._tell, left.name, "back", _because(text, reason), now)
        self._after()
        return self.serving()

    def serving(self) -> Serving:
        """What serves, and what did."""
        with self._db.transaction() as conn:
            live, tried = releases.live(conn, FAMILY), on_trial(conn)
            return Serving(
                live.name if live else "", releases.every(conn, FAMILY), releases.steps(conn, FAMILY), "" if self._base else NO_HOST,
                measured(conn, tried, self._writes, datetime.now(UTC)) if tried else None,
            )  # fmt: skip

    def _standing(self, conn: Connection[Any], run: TrainRun, now: datetime) -> Standing:
        release, judged = releases.get(conn, FAMILY, run.name), store.newest(conn, run.run_id)
        given = store.of_evaluation(conn, judged.evaluation_id) if judged else []
        held = list(self._held(conn, run, judged, given, now))
        state = release.state if release else "candidate"
        held[:0] = self._not_again(conn, run, judged)
        return Standing(run.name, state, str(judged.evaluation_id) if judged else "", given, held)

    def _not_again(self, conn: Connection[Any], run: TrainRun, judged: Judged | None) -> Iterator[str]:
        """Why a release does not serve a second time: it does, or it gave way after this evaluation."""
        release = releases.get(conn, FAMILY, run.name)
        if release is None or release.state in ("candidate", "trial"):
            return
        if release.state == "live":
            yield SERVES
        elif release.gate and judged and release.gate["evaluation"] == str(judged.evaluation_id):
            yield USED_UP

    def _held(self, conn: Connection[Any], run: TrainRun, judged: Judged | None, given: Sequence[Key], now: datetime) -> Iterator[str]:
        """Why it may not serve, in words."""
        if run.state != "done" or run.adapter_sha256 is None:
            yield "Der Lauf ist nicht zu Ende; es gibt keinen Adapter."
            return
        yield from _of_judging(judged, given, now)
        yield from (f"Ein Ticket ist offen: {title}. Prüfen Sie es, und schließen Sie es." for title in unchecked(conn, run.name))
        yield from fit(conn, run, self._data)
        if self._base and run.base != self._base:
            yield f"Der Host hält die Basis „{self._base}“, nicht „{run.base}“ (NOVA_ADAPTER_BASE)."

    def _serve(self, conn: Connection[Any], who: Caller, run: TrainRun, turned: "Turned", now: datetime) -> None:
        """Both keys are turned: live, or on trial."""
        releases.add(conn, FAMILY, run.name, run.started_by, now, digest=run.adapter_sha256)
        facts = turned.facts | {"adapter": run.adapter_sha256}
        if turned.share < EVERYBODY:
            self._try(conn, who, run, turned, now)
            return
        tried = on_trial(conn)
        if tried is not None and tried.name == run.name:
            if worse := measured(conn, tried, self._writes, now).worse:
                held = [f"„{title}“ ist sicher schlechter als daneben." for title in worse]
                raise Conflict(" ".join(held), data={"held": held})
            facts |= {"tried": tried.share}
        releases.go_live(conn, FAMILY, run.name, turned.gate, who.token, now)
        self._audit.record(who, "training.promoted", f"run:{run.name}", facts, connection=conn)
        for ticket in store.tickets(conn, run.created_at):
            done = Patch(state="done", comment=f"{run.name} dient seit heute; zwei Personen haben ihn freigegeben.")
            changes.change(conn, ticket, done, who.token, now, self._tell)
        text = f"{run.name} dient jetzt; freigegeben von zwei Personen."
        say(conn, self._tell, run.name, "live", _because(text, turned.reason), now)

    def _try(self, conn: Connection[Any], who: Caller, run: TrainRun, turned: "Turned", now: datetime) -> None:
        tried = on_trial(conn)
        if tried is not None and tried.name != run.name:
            raise Conflict(f"Es wird schon {tried.name} erprobt; beenden Sie diesen Versuch zuerst.")
        releases.try_out(conn, FAMILY, run.name, turned.share, who.token, now)
        releases.amend(conn, FAMILY, [run.name], turned.gate, run.adapter_sha256)
        facts = turned.facts | {"adapter": run.adapter_sha256, "share": turned.share}
        self._audit.record(who, "training.trial", f"run:{run.name}", facts, connection=conn)
        say(conn, self._tell, run.name, "trial", _because(f"{run.name} wird erprobt: {whom(turned.share)}.", turned.reason), now)


@dataclass(frozen=True, slots=True)
class Turned:
    """The keys that let a run serve, the evaluation that they are turned for, whom it shall answer, and why."""

    judged: Judged
    given: Sequence[Key]
    share: float
    reason: str = ""

    @property
    def gate(self) -> dict[str, Any]:
        """What stands at the release."""
        return {
            "evaluation": str(self.judged.evaluation_id), "keys": [{"by": key.turned_by, "at": key.at.isoformat()} for key in self.given],
        }  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        """What stands in the audit log, which takes no words."""
        return {"evaluation": str(self.judged.evaluation_id), "keys": [key.turned_by for key in self.given]}


def whom(share: float) -> str:
    """Whom a trial answers, in German."""
    return (
        f"es antwortet {share * 100:.4g} % der Menschen".replace(".", ",") if share else "es schreibt im Schatten mit, und niemand liest es"
    )


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


def _because(text: str, reason: str) -> str:
    """A notice with what somebody gave as their reason, redacted."""
    given = changes.plain(reason.strip())
    return f"{text} Grund: {given}" if given else text


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


def _given(conn: Connection[Any], judged: Judged) -> list[Key]:
    return [one for one in store.of_evaluation(conn, judged.evaluation_id) if _counts(conn, one)]


def _counts(conn: Connection[Any], key: Key) -> bool:
    """Whether it is a yes of somebody who is still with the company and may."""
    return key.says == "yes" and still_may(conn, key.turned_by, "promote")
