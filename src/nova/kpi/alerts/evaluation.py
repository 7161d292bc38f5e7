"""Thresholds and the database in, every rule evaluated once out: states, episodes, tickets and notices change together or not at all.

One evaluation at a time; the same slot of time counts once. A dry run reads in a transaction that the database itself keeps from writing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.kpi.alerts.channels import queued
from nova.kpi.measure.figures import window
from nova.kpi.measure.hour import WEAK_MARGIN
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules import decide, say
from nova.kpi.rules.decide import Decision, Standing
from nova.kpi.rules.thresholds import Rule, Thresholds
from nova.kpi.rules.values import all_measured
from nova.kpi.tickets import changes
from nova.kpi.tickets.triage import OWNERS, QUALITY, SORTS, TITLES, Cure, CureOption, Gap, Kind, Scene, evidence, triage
from nova.kpi.tickets.words import OWNER_NAMES
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality import alerts as store
from nova.store.quality import tickets as rows
from nova.store.quality.kpi import measured_until

KEEP = timedelta(days=400)
LATELY = timedelta(days=180)  # a cure of that time counts as tried
_OUTCOMES = {"recovered": "recovered", "lost": "no_data"}  # of an episode, by the event that ends it
Learn = Callable[[Connection[Any]], None]
Queue = Callable[[Connection[Any], UUID], None]
Propose = Callable[[Connection[Any], str, datetime], str | None]
Note = Callable[[Connection[Any], "Outcome"], None]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an evaluation has at hand: which channels are set up, whether a model writes answers, and how jobs are started in a transaction.

    `queue` starts the job that says a notice; `learn` starts a learning cycle; `propose` drafts a prompt against what got worse.
    """

    channels: Collection[str]
    generator: Callable[[], bool]
    queue: Queue
    learn: Learn
    propose: Propose = lambda _conn, _kpi, _now: None

    def tell(self, conn: Connection[Any], notice: store.NewNotice) -> None:
        """Queue a notice once, where its channel is set up."""
        queued(conn, notice, self.channels, self.queue)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an evaluation said: an explanation a rule, counts by state, and what it changed (nothing in a dry run).

    `measured_until`: up to when the figures are whole that were judged; a dry run does not measure. None before the first.
    """

    at: datetime
    measured_until: datetime | None
    version: str
    dry_run: bool
    rules: Sequence[Mapping[str, Any]]
    counts: Mapping[str, int]

    @property
    def critical(self) -> bool:
        """Whether some rule is critical."""
        return self.counts.get("critical", 0) > 0


def run(
    db: Database, thresholds: Thresholds, around: Surroundings, now: datetime, *, dry_run: bool = False, note: Note | None = None
) -> Outcome:
    """Evaluate every rule at a moment; `note` is called last in the transaction that changes their states."""
    with db.transaction() as conn:
        if dry_run:
            store.read_only(conn)
        else:
            store.lock(conn)
        known = {row["rule"]: _standing(row) for row in store.standing(conn)}
        standing = _still(conn, thresholds, known)
        if not dry_run:
            _forget(conn, {name: one for name, one in known.items() if name not in standing}, around, now)
        decisions = decide.evaluate(thresholds, all_measured(conn, thresholds.rules, now), standing, now)
        told = [_told(conn, decision, around, now, dry_run=dry_run) for decision in decisions]
        outcome = Outcome(now, measured_until(conn), thresholds.version, dry_run, told, _counts(decisions))
        if note is not None:
            note(conn, outcome)
    return outcome


def _told(conn: Connection[Any], decision: Decision, around: Surroundings, now: datetime, *, dry_run: bool) -> dict[str, Any]:
    if dry_run:
        return say.explanation(decision, _would(conn, decision, around))
    if not decision.counted:
        return say.explanation(decision, "keine, zu frisch bewertet")
    return _apply(conn, decision, around, now)


def _apply(conn: Connection[Any], decision: Decision, around: Surroundings, now: datetime) -> dict[str, Any]:
    """Write what a decision changes; its explanation."""
    noted, ticket = _followed(conn, decision, around, now)
    after = noted.after
    spoken, change_id = _spoken(conn, noted)
    explained = say.explanation(noted, _follows(spoken, around, ticket))
    if noted.changed:
        noted_id = _note(conn, noted, explained)
        change_id = noted_id if noted.event else change_id
    if change_id:
        _tell(conn, spoken, around, ticket[1] if ticket else _number(conn, after.episode_id), change_id)
    episode = after.episode_id if after.level else None
    store.put_standing(conn, decision.rule.name, _values(replace(after, episode_id=episode)), explained)
    return explained


def _followed(
    conn: Connection[Any], decision: Decision, around: Surroundings, now: datetime
) -> tuple[Decision, tuple[UUID, int, bool] | None]:
    """Begin, worsen or end the episode of an alert; the decision with its episode, and the ticket that a new one leads to."""
    event, episode_id = decision.event, decision.after.episode_id
    if event in ("warn", "critical") and not decision.before.level:
        opened = replace(decision, after=replace(decision.after, episode_id=_open(conn, decision, now)))
        return opened, _ticket(conn, opened, around, now)
    if episode_id and event == "critical":
        store.worsen_episode(conn, episode_id)
    elif episode_id and event in _OUTCOMES:
        _end(conn, episode_id, _OUTCOMES[event], around, now)
    return decision, None


def _spoken(conn: Connection[Any], decision: Decision) -> tuple[Decision, UUID | None]:
    """A decision as people hear of it: what its alert became while the rule was silent is told once the silence is over.

    With the change that was not told then, if there is one.
    """
    episode_id = decision.after.episode_id
    if decision.event or not decision.after.level or episode_id is None or _silent(decision.before, decision.end):
        return decision, None
    late = store.untold(conn, episode_id)
    return (replace(decision, event=late["event"]), late["change_id"]) if late else (decision, None)


def _number(conn: Connection[Any], episode_id: UUID | None) -> int | None:
    """The number of the open ticket that an episode led to."""
    ticket_id = rows.of_episode(conn, episode_id) if episode_id else None
    return rows.get(conn, ticket_id).number if ticket_id else None


def _open(conn: Connection[Any], decision: Decision, now: datetime) -> UUID:
    rule, episode_id = decision.rule, uuid7()
    store.open_episode(conn, store.Episode(episode_id, rule.name, rule.kpi, rule.segment, decision.event, now))
    return episode_id


def _end(conn: Connection[Any], episode_id: UUID, outcome: str, around: Surroundings, now: datetime) -> None:
    store.end_episode(conn, episode_id, now, outcome)
    changes.recovered(conn, episode_id, outcome, now, around.tell)


def _ticket(conn: Connection[Any], decision: Decision, around: Surroundings, now: datetime) -> tuple[UUID, int, bool] | None:
    """The ticket that a new episode leads to: its id, its number, and whether it is new."""
    rule, episode_id = decision.rule, decision.after.episode_id
    if rule.action.ticket == "none" or episode_id is None:
        return None
    found = cure_for(conn, rule, around, now)
    if found.kind == "prompt" and (version := around.propose(conn, rule.kpi, now)):
        try_it = f"Variante „{version}“ liegt als Entwurf bereit; erproben Sie sie mit `nova prompts try {version}`."
        found = replace(found, why=f"{found.why} {try_it}", evidence={**found.evidence, "prompt": version})
    ticket_id, fresh = changes.open_for(conn, rule, found, episode_id, now, around.tell)
    if found.kind == "ranking" and fresh:
        around.learn(conn)
    return ticket_id, rows.get(conn, ticket_id).number, fresh


def cure_for(conn: Connection[Any], rule: Rule, around: Surroundings, now: datetime) -> Cure:
    """What triage says of a rule now; where the rule names an owner itself, their kind of work."""
    scene = scene_of(conn, rule, around, now)
    if rule.action.ticket in ("auto", "none"):
        return triage(scene).untold if scene.now["answers"].few else triage(scene)
    kind: Kind = next((kind for kind, owner in OWNERS.items() if owner == rule.action.ticket), "other")
    if rule.action.ticket == "orion":
        kind = "training" if rule.kpi in QUALITY else "other"
    why = CureOption(kind, True, "Die Regel nennt selbst, wer zuständig ist.")
    return Cure(kind, OWNERS[kind], TITLES[kind], why.why, {} if scene.now["answers"].few else evidence(scene), None, (why,))


def scene_of(conn: Connection[Any], rule: Rule, around: Surroundings, now: datetime) -> Scene:
    """What is known around a rule: figures of its window and of the one before, gaps, and counts of answers."""
    start = now - rule.window
    names = [name for name in (*QUALITY, "answers") if name in KPIS]
    figures = {name: window(conn, KPIS[name], start, now, "") for name in names}
    before = {name: window(conn, KPIS[name], start - rule.window, start, "") for name in names}
    counted = rows.counted(conn, start, now)
    gaps = rows.gaps(conn, start, now, SORTS.get(rule.kpi, "any"), WEAK_MARGIN)
    return Scene(
        kpi=rule.kpi,
        answers=counted["answers"],
        now=figures,
        before=before,
        gaps=[Gap(row["gap_id"], row["questions"], float(row["weakness"]), row["bad"]) for row in gaps],
        bad=gaps[0]["of_all"] if gaps else 0,
        misranked=counted["misranked"],
        source_thumbs=counted["source_thumbs"],
        generator=around.generator(),
        candidates=counted["candidates"],
        tried=rows.tried(conn, now - LATELY),
    )


def _note(conn: Connection[Any], decision: Decision, explained: Mapping[str, Any]) -> UUID:
    value, rule = decision.measured.shown, decision.rule
    facts = {name: explained[name] for name in ("window", "least", "low", "high", "warn", "critical", "clear", "times", "method")}
    states = (decision.before.state, decision.after.state)
    change = store.Change(
        rule.name, decision.after.episode_id, decision.end, *states, decision.event, value.value, value.n, facts | {"kpi": rule.kpi}
    )
    return store.put_change(conn, change)


def _tell(conn: Connection[Any], decision: Decision, around: Surroundings, ticket: int | None, change_id: UUID) -> None:
    """Queue a notice a channel for an event that people hear of; a silenced rule says nothing."""
    now = decision.end
    if not decision.event or _silent(decision.before, now):
        return
    rule = decision.rule
    facts = {
        "rule": rule.name,
        "kpi": rule.kpi,
        "segment": rule.segment,
        "level": decision.after.level,
        "value": decision.measured.shown.value,
        "n": decision.measured.shown.n,
        "warn": rule.warn,
        "critical": rule.critical,
        "episode_id": str(decision.after.episode_id),
        "ticket": ticket,
    }
    body = {"title": say.headline(decision), "text": say.message(decision, ticket), "facts": facts}
    for channel in rule.action.channels:
        around.tell(conn, store.NewNotice(f"{change_id}:{channel}", f"alert.{decision.event}", channel, body, now))


def _silent(standing: Standing, now: datetime) -> bool:
    return standing.silent_until is not None and now < standing.silent_until


def _follows(decision: Decision, around: Surroundings, ticket: tuple[UUID, int, bool] | None) -> str:
    """What an evaluation did, in German."""
    if not decision.event:
        return "keine"
    parts = [f"Ticket {ticket[1]} {'eröffnet' if ticket[2] else 'ergänzt'}"] if ticket else []
    return ", ".join([*parts, *_channels(decision, around)]) or "keine"


def _would(conn: Connection[Any], decision: Decision, around: Surroundings) -> str:
    """What an evaluation would do, in German; a cure is looked for where a ticket would follow."""
    decision, late = _spoken(conn, decision)
    if not decision.event:
        return "keine"
    rule, parts = decision.rule, []
    if late is None and decision.event in ("warn", "critical") and not decision.before.level and rule.action.ticket != "none":
        found = cure_for(conn, rule, around, decision.end)
        owner = found.owner if rule.action.ticket == "auto" else rule.action.ticket
        parts.append(f"Ticket für {OWNER_NAMES[owner]} ({found.title}: {found.why})")
    return "würde: " + (", ".join([*parts, *_channels(decision, around)]) or "nichts")


def _channels(decision: Decision, around: Surroundings) -> list[str]:
    if _silent(decision.before, decision.end):
        return ["stumm geschaltet"]
    names = {"log": "Protokoll", "mail": "E-Mail", "webhook": "Webhook"}
    known = decision.rule.action.channels
    return [names[one] if one in around.channels else f"{names[one]} (nicht eingerichtet)" for one in known]


def _still(conn: Connection[Any], thresholds: Thresholds, known: Mapping[str, Standing]) -> dict[str, Standing]:
    """Where rules stand that are still there, and were evaluated last by the figure that they watch now."""
    watched, rules = store.watched(conn), {rule.name: (rule.kpi, rule.segment) for rule in thresholds.rules}
    return {name: one for name, one in known.items() if name in rules and watched.get(name, rules[name]) == rules[name]}


def _forget(conn: Connection[Any], gone: Mapping[str, Standing], around: Surroundings, now: datetime) -> None:
    """Rules that are in no file any more, or watch something else, stand nowhere; their open episodes end. Old history goes."""
    for name, known in gone.items():
        if known.episode_id:
            _end(conn, known.episode_id, "removed", around, now)
        store.put_change(conn, store.Change(name, known.episode_id, now, known.state, "ok", "", None, 0, {"removed": True}))
        store.forget(conn, name)
    store.forget_before(conn, now - KEEP)


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(**{name: row[name] for name in Standing.__slots__})


def _values(standing: Standing) -> dict[str, Any]:
    return {name: getattr(standing, name) for name in Standing.__slots__ if name != "silent_until"}


def _counts(decisions: Sequence[Decision]) -> dict[str, int]:
    found = dict.fromkeys(say.STATES, 0)
    for decision in decisions:
        found[decision.after.state] += 1
    return found
