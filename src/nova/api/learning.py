"""Requests of the learning routes in, what they answer with out: the ledger, its rows, switching, undoing, deciding."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.understand.learned import preference
from nova.api.doors import House
from nova.crowd import TOO_FEW, enough
from nova.errors import NotFound
from nova.kpi.kinds import LEARN
from nova.kpi.learn import steer
from nova.language.analyser import Analyser, term_id
from nova.language.inert import inert_name
from nova.language.stems import stem
from nova.ports.jobs import OPEN
from nova.records import Caller
from nova.store import learning as rows
from nova.store.ids import uuid7

NOT_THERE = "Diesen Eintrag gibt es im Lernprotokoll nicht."
DELETED = "(gelöscht)"
FORGOTTEN = "Seit einer Löschung oder einem Widerruf ohne Zahlen; dieser Stand wird nicht mehr aufbewahrt."


def state(house: House, kind: str | None, only: str | None, limit: int, offset: int) -> dict[str, Any]:
    """The plan, what is live, and a page of the ledger."""
    with house.nova.db.transaction() as conn:
        plan, live = steer.plan(conn), rows.pointer(conn)
        found, total = rows.entries(conn, kind=kind, state=only, limit=limit, offset=offset)
        shown = _views(conn, found)
    running = house.nova.jobs.list(states=OPEN, kind=LEARN.name, limit=1)
    return {
        "on": plan["on"], "hour": plan["hour"], "tried": plan.get("tried"), "live": live[0] if live else None,
        "job_id": running[0].job_id if running else None, "entries": shown, "total": total,
    }  # fmt: skip


def entry(house: House, entry_id: UUID) -> dict[str, Any]:
    """One row with its passages, words and measurements; NotFound."""
    with house.nova.db.transaction() as conn:
        row = rows.entry(conn, entry_id)
        if row is None:
            raise NotFound(NOT_THERE)
        passages = row["facts"].get("passages", [])
        items = _items(conn, [UUID(part[0]) for part in passages])
        view = _views(conn, [row])[0]
    words = _words(house.nova.answers.analyser(), [term for term, _ in row["facts"].get("terms", [])])
    told = [] if view["few"] else [_passage(part, items) for part in passages if enough(part[3])]
    details = {"terms": [] if view["few"] else words, "passages": told}
    return view | details | {"effect": row["effect"], "reasons": row["reasons"]}


def run(house: House, caller: Caller) -> dict[str, Any]:
    """Queue the job, or name the one that waits or runs."""
    by, title = {"by": caller.token}, f"{LEARN.title} (von Hand)"
    started = house.nova.jobs.start_once(LEARN, by, title=title, counts=lambda job: job.title != LEARN.title)
    if started.new:
        house.nova.audit.record(caller, "learning.run", str(started.job_id))
    return {"job_id": started.job_id}


def switch(house: House, caller: Caller, *, on: bool, hour: int | None = None) -> dict[str, Any]:
    """Let learning run by itself, or not."""
    with house.nova.db.transaction() as conn:
        changed = steer.switch(conn, on=on, hour=hour)
        facts = {"hour": changed["hour"]}
        house.nova.audit.record(caller, "learning.started" if on else "learning.stopped", "learning", facts, connection=conn)
    return {"on": changed["on"], "hour": changed["hour"]}


def undo(house: House, caller: Caller, entry_id: UUID) -> dict[str, Any]:
    """Take a row back; NotFound, Conflict."""
    how = (house.nova.answers.analyser, preference)
    with house.nova.db.transaction() as conn:
        kind = steer.undo(conn, entry_id, caller.token, datetime.now(UTC), how)
        house.nova.audit.record(caller, "learning.undone", str(entry_id), {"kind": kind}, connection=conn)
    return entry(house, entry_id)


def decide(house: House, caller: Caller, entry_id: UUID, *, approved: bool) -> dict[str, Any]:
    """Approve or decline a pair of words; NotFound, Conflict."""
    with house.nova.db.transaction() as conn:
        steer.decide(conn, entry_id, approved=approved, by=caller.token, now=datetime.now(UTC))
        house.nova.audit.record(caller, "learning.decided", str(entry_id), {"approved": approved}, connection=conn)
    return entry(house, entry_id)


def questions(house: House) -> dict[str, Any]:
    """The operator's questions for measuring."""
    with house.nova.db.transaction() as conn:
        found = rows.questions(conn)
    return {"questions": [{"question": row["question"], "places": row["places"]} for row in found]}


def put_questions(house: House, caller: Caller, given: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Replace them; texts are kept without personal data."""
    with house.nova.db.transaction() as conn:
        rows.put_questions(conn, [(uuid7(), house.nova.answers.redact(one["question"]), one["places"]) for one in given])
        house.nova.audit.record(caller, "learning.questions", "learning", {"questions": len(given)}, connection=conn)
    return questions(house)


def _views(conn: Connection[Any], found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    chunks = {UUID(part[0]) for row in found for part in row["facts"].get("passages", [])}
    items = _items(conn, list(chunks))
    return [_bounded({**row, "what": _what(row, items)}) for row in found]


def _bounded(view: dict[str, Any]) -> dict[str, Any]:
    """A row as it is told: of fewer people than may be told of neither words nor how many they are. The operator alone is nobody."""
    if not view["subjects"] or enough(view["subjects"]):
        return view | {"few": False}
    return view | {"what": f"Gelernt aus dem, was {TOO_FEW} taten.", "evidence": 0, "subjects": 0, "facts": {}, "few": True}


def _items(conn: Connection[Any], chunks: list[UUID]) -> dict[UUID, tuple[UUID, str]]:
    return {chunk: (item, inert_name(title)) for chunk, (item, title) in rows.items_of(conn, chunks).items()}


def _what(row: Mapping[str, Any], items: Mapping[UUID, tuple[UUID, str]]) -> str:
    """A row in one German sentence."""
    facts = row["facts"]
    if facts.get("forgotten"):
        return FORGOTTEN
    if row["kind"] == "release":
        head = "Ein Thema zurückgenommen; es gelten" if facts.get("undo_of") else "Gewichte neu berechnet:"
        return f"{head} {facts.get('topics', 0)} Themen mit {facts.get('weights', 0)} Passagen."
    if row["kind"] == "term":
        return f"„{facts['lay']}“ steht für „{facts['term']}“."
    sides: dict[bool, list[str]] = {True: [], False: []}
    for chunk, up, down, _ in facts.get("passages", []):
        if value := preference(up, down):
            title = items.get(UUID(chunk), (None, DELETED))[1]
            if title not in sides[value > 0]:
                sides[value > 0].append(title)
    parts = [f"{word}: {', '.join(sides[side][:3])}" for side, word in ((True, "Bevorzugt"), (False, "zurückgestellt")) if sides[side]]
    return f"{'; '.join(parts)}." if parts else "Noch nichts sicher genug."


def _passage(part: Sequence[Any], items: Mapping[UUID, tuple[UUID, str]]) -> dict[str, Any]:
    chunk, up, down, subjects = part
    item, title = items.get(UUID(chunk), (None, DELETED))
    value = round(preference(up, down), 3)
    return {"chunk_id": chunk, "item_id": item, "title": title, "up": up, "down": down, "subjects": subjects, "preference": value}


def _words(analyser: Analyser, wanted: Sequence[int]) -> list[str]:
    """The documents' shortest words behind ids of terms; those that no document has stay unsaid."""
    ids, best = set(wanted), dict[int, str]()
    for form in analyser.counts if ids else ():
        name = term_id("w", stem(form))
        if name in ids and (name not in best or (len(form), form) < (len(best[name]), best[name])):
            best[name] = form
    return [best[name] for name in wanted if name in best]
