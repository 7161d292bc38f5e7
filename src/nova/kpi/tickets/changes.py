"""Tickets in and out: opened by Chronos after an alert or by a person, moved, handed on, commented, closed with a measured effect.

Every change is a row of its history. A change tells the webhook in the same transaction, and once.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotFound
from nova.kpi.measure import figures
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules.thresholds import Rule
from nova.kpi.tickets.triage import Cure, Kind, Owner
from nova.kpi.tickets.words import OWNER_NAMES, cure
from nova.language.inert import inert, inert_name
from nova.privacy import redact
from nova.store.quality import tickets as store
from nova.store.quality.alerts import NewNotice

State = Literal["open", "doing", "waiting", "done", "dropped"]
STATES: Mapping[str, str] = {
    "open": "offen",
    "doing": "in Arbeit",
    "waiting": "wartet",
    "done": "erledigt",
    "dropped": "verworfen",
}
CLOSED: tuple[State, ...] = ("done", "dropped")
KINDS: tuple[Kind, ...] = get_args(Kind)
CHRONOS = "chronos"
Way = Literal["better", "worse", "unclear", "few"]
Tell = Callable[[Connection[Any], NewNotice], None]
Clean = Callable[[str], str]


def plain(text: str) -> str:
    """A text without personal values, as far as they are known by their looks."""
    return redact(text).text


@dataclass(frozen=True, slots=True)
class Patch:
    """What somebody changes of a ticket; None leaves it. `version` is the one they saw, None for whichever there is."""

    state: State | None = None
    owner: Owner | None = None
    comment: str | None = None
    version: int | None = None


def open_for(conn: Connection[Any], rule: Rule, found: Cure, episode_id: UUID, now: datetime, tell: Tell) -> tuple[UUID, bool]:
    """The ticket that an episode leads to: an open one for the same cause, else a new one; and whether it is new."""
    known = store.open_alike(conn, rule.name, found.kind, found.gap_id)
    ticket_id = known or store.put(conn, _ticket(rule, found, now))
    if ticket_id is None:  # its gap got a ticket this moment
        ticket_id = known = store.open_alike(conn, rule.name, found.kind, found.gap_id)
    if ticket_id is None:
        raise Conflict("Das Ticket zu dieser Wissenslücke wird gerade geändert.")
    store.link(conn, episode_id, ticket_id, now)
    facts = {"episode_id": str(episode_id), "rule": rule.name}
    _noted(conn, ticket_id, now, CHRONOS, "linked" if known else "opened", tell, facts=facts)
    return ticket_id, known is None


def _ticket(rule: Rule, found: Cure, now: datetime) -> store.NewTicket:
    owner = found.owner if rule.action.ticket in ("auto", "none") else rule.action.ticket
    considered = [asdict(one) for one in found.considered]
    return store.NewTicket(
        kind=found.kind,
        owner=owner,
        title=inert_name(f"{found.title}: {KPIS[rule.kpi].title}" + (f" [{rule.segment}]" if rule.segment else "")),
        text=inert(cure(found)),
        opened_by=CHRONOS,
        opened_at=now,
        rule=rule.name,
        kpi=rule.kpi,
        segment=rule.segment,
        seconds=int(rule.window.total_seconds()),
        gap_id=found.gap_id,
        evidence={**found.evidence, "considered": considered},
        gain=None if found.gain is None else asdict(found.gain),
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants done, in their own words."""

    title: str
    text: str
    kind: Kind
    owner: Owner
    gap_id: UUID | None = None


def open_by_hand(conn: Connection[Any], wish: Wish, actor: str, now: datetime, tell: Tell, clean: Clean = plain) -> UUID:
    """Open a ticket; `clean` redacts its words. NotFound (the gap), Conflict where the gap has an open one, InvalidInput (no title)."""
    title, text = clean(" ".join(wish.title.split())), clean(wish.text.strip())
    if not title:
        raise InvalidInput("Ein Ticket braucht einen Titel.")
    if wish.gap_id is not None and not store.gap_exists(conn, wish.gap_id):
        raise NotFound("Diese Wissenslücke gibt es nicht.", data={"gap_id": str(wish.gap_id)})
    ticket = store.NewTicket(wish.kind, wish.owner, title, text, actor, now, gap_id=wish.gap_id)
    ticket_id = store.put(conn, ticket)
    if ticket_id is None:
        raise Conflict("Zu dieser Wissenslücke gibt es schon ein offenes Ticket.")
    _noted(conn, ticket_id, now, actor, "opened", tell)
    return ticket_id


def change(conn: Connection[Any], ticket_id: UUID, patch: Patch, actor: str, now: datetime, tell: Tell, clean: Clean = plain) -> None:
    """Move, hand on or comment; closing as done measures the effect. NotFound, Conflict (somebody else was quicker)."""
    before = store.get(conn, ticket_id, locked=True)
    comment = clean((patch.comment or "").strip())
    if patch.version is not None and patch.version != before.version:
        raise Conflict("Das Ticket wurde inzwischen geändert. Laden Sie es neu.", data={"version": before.version})
    state, owner = patch.state or before.state, patch.owner or before.owner
    if (state, owner) != (before.state, before.owner):
        _move(conn, before, state, owner, now)
    if state != before.state:
        _noted(conn, ticket_id, now, actor, "moved", tell, facts={"from": before.state, "to": state})
    if owner != before.owner:
        _noted(conn, ticket_id, now, actor, "handed", tell, facts={"from": before.owner, "to": owner})
    if comment:
        _noted(conn, ticket_id, now, actor, "commented", tell, comment=comment)


def _move(conn: Connection[Any], before: store.TicketRow, state: str, owner: str, now: datetime) -> None:
    effect = effect_of(conn, before, now) if state == "done" else None
    closed = (before.closed_at or now) if state in CLOSED else None
    if closed is None and before.closed_at is not None and before.gap_id is not None:
        other = store.open_alike(conn, before.rule, before.kind, before.gap_id)
        if other is not None and other != before.ticket_id:
            raise Conflict("Zu dieser Wissenslücke gibt es inzwischen ein anderes offenes Ticket.", data={"ticket_id": str(other)})
    store.change(conn, before.ticket_id, store.NewState(state, owner, effect, closed), now)


def recovered(conn: Connection[Any], episode_id: UUID, outcome: str, now: datetime, tell: Tell) -> None:
    """The alert behind a ticket is over: noted on it, with what the figure was before and is now. People close it."""
    ticket_id = store.of_episode(conn, episode_id)
    if ticket_id is None:
        return
    ticket = store.get(conn, ticket_id, locked=True)
    effect = effect_of(conn, ticket, now)
    if effect is not None:
        store.change(conn, ticket_id, store.NewState(ticket.state, ticket.owner, effect, None), now)
    _noted(conn, ticket_id, now, CHRONOS, "recovered", tell, facts={"episode_id": str(episode_id), "outcome": outcome})


def effect_of(conn: Connection[Any], ticket: store.TicketRow, now: datetime) -> dict[str, Any] | None:
    """The ticket's figure over the window before it was opened and over the one that ends now, and which way it went.

    None for a ticket without a figure. `verdict` is better or worse only where the bounds do not touch, else unclear; few where a window
    has no value, or has not gone by since then and things are counted.
    """
    if ticket.kpi not in KPIS or not ticket.seconds:
        return None
    window = timedelta(seconds=ticket.seconds)
    before = _value(conn, ticket, ticket.opened_at - window, ticket.opened_at)
    after = _value(conn, ticket, max(ticket.opened_at, now - window), now)
    told = {"kpi": ticket.kpi, "before": asdict(before), "after": asdict(after), "at": now.isoformat()}
    shorter = KPIS[ticket.kpi].kind == "count" and now - window < ticket.opened_at
    return told | {"verdict": "few" if shorter else verdict(ticket.kpi, before, after)}


def verdict(kpi: str, before: Estimate, after: Estimate) -> Way:
    """Which way a figure went, said only where the bounds do not touch."""
    return went(KPIS[kpi].better, before, after)


def went(better: Literal["up", "down"], before: Estimate, after: Estimate) -> Way:
    """The same of any figure, by which way is better."""
    if any(one.value is None or not one.n for one in (before, after)):
        return "few"
    then, now = before.bounds, after.bounds
    if then is None or now is None:
        return "unclear"
    up, down = now[0] > then[1], now[1] < then[0]
    if not (up or down):
        return "unclear"
    return "better" if up == (better == "up") else "worse"


def _value(conn: Connection[Any], ticket: store.TicketRow, frm: datetime, to: datetime) -> Estimate:
    found = figures.window(conn, KPIS[ticket.kpi], frm, to, ticket.segment)
    shown = found.shown
    return Estimate(shown.value, shown.n, shown.low, shown.high, found.few)


def _noted(conn: Connection[Any], ticket_id: UUID, now: datetime, actor: str, what: str, tell: Tell, **more: Any) -> None:
    """Write the history and tell the webhook; comments are never sent out, only that there is one."""
    change_id = store.put_change(conn, ticket_id, now, actor, what, **more)
    ticket = store.get(conn, ticket_id)
    facts = {"ticket_id": str(ticket_id), "number": ticket.number, "kind": ticket.kind, "owner": ticket.owner, "state": ticket.state}
    body = {
        "title": f"Ticket {ticket.number}: {ticket.title}",
        "text": f"{_WHAT[what]}. Stand: {STATES[ticket.state]}, zuständig: {OWNER_NAMES[ticket.owner]}.",
        "facts": facts | {"change": what, "rule": ticket.rule, "kpi": ticket.kpi, **(more.get("facts") or {})},
    }
    tell(conn, NewNotice(f"{change_id}:webhook", f"ticket.{what}", "webhook", body, now))


_WHAT: Mapping[str, str] = {
    "opened": "Eröffnet",
    "moved": "Stand geändert",
    "handed": "Übergeben",
    "commented": "Kommentiert",
    "linked": "Ein weiterer Alarm gehört dazu",
    "recovered": "Der Alarm ist beendet",
    "measured": "Wirkung gemessen",
}
