"""The operator's hand on learning: when it runs, taking back a release or one topic, deciding on pairs of terms. A connection in, rows out.

Functions run in the caller's transaction. `by` is the actor's token as the audit log has it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, NotFound
from nova.kpi.learn import ledger, stored
from nova.kpi.learn.read import left_out, read
from nova.language.analyser import Analyser
from nova.ports.learning import Lessons
from nova.store.ids import uuid7
from nova.store.quality import learning as rows

PLAN: Mapping[str, Any] = {"on": True, "hour": 3}
KEEP = 8  # releases that can be gone back to
UNDECIDED, NO = frozenset({"waiting"}), frozenset({"declined", "undone"})


def plan(conn: Connection[Any]) -> dict[str, Any]:
    """Whether learning runs by itself (`on`), at which `hour` (0 to 23, Europe/Berlin), and when it was last `tried`."""
    return {**PLAN, **(rows.plan(conn) or {})}


def switch(conn: Connection[Any], *, on: bool, hour: int | None = None) -> dict[str, Any]:
    """Let it run by itself, or not; what is live stays live."""
    rows.set_plan(conn, {"on": on} | ({} if hour is None else {"hour": hour}))
    return plan(conn)


def go_live(conn: Connection[Any], release: rows.LearnedState, before: Lessons, lessons: Lessons, preference: ledger.Preference) -> None:
    """Make a new release the live one, with its rows in the ledger; the caller holds the lock."""
    _replace(conn, release, before, (lessons, ledger.counts(lessons)), preference)
    rows.drop_old(conn, KEEP)


def _replace(
    conn: Connection[Any],
    release: rows.LearnedState,
    before: Lessons,
    told: tuple[Lessons, Mapping[str, Any]],
    preference: ledger.Preference,
) -> None:
    """A release instead of the one before it: rows of topics that it carries on unchanged stay in force, `told` are its own.

    Every topic that moves anything has a row then, by which it can be taken back.
    """
    lessons, facts = told
    changed = ledger.changes(before, lessons, preference)
    if release.before is not None:
        rows.supersede(conn, {one.key for one in lessons.topics} - {one.topic.key for one in changed})
    rows.insert(conn, release)
    rows.enter(conn, ledger.entries(release, changed, facts))
    ledger.complete(conn, release, ledger.moving(lessons, preference))


def undo(conn: Connection[Any], entry_id: UUID, by: str, now: datetime, how: tuple[Callable[[], Analyser], ledger.Preference]) -> str:
    """Take back a row of the ledger; its kind. NotFound, or Conflict where it is not in force or nothing is left to go back to.

    A release gives way to the one before it, exactly as it was, and learning stops until it is started again. A topic is left out from now
    on: what was said of it so far no longer counts. An approved pair of terms no longer counts.
    """
    rows.lock(conn)
    entry = rows.entry(conn, entry_id)
    if entry is None:
        raise NotFound("Diesen Eintrag gibt es im Lernprotokoll nicht.")
    if entry["state"] != "live":
        raise Conflict("Dieser Eintrag gilt nicht (mehr); zurücknehmen lässt sich nur, was gilt.")
    if entry["kind"] == "release":
        _undo_release(conn, entry, by, now)
    elif entry["kind"] == "topic":
        _undo_topic(conn, entry, by, now, how)
    else:
        _decide(conn, entry, approved=False, by=by, now=now)
    return str(entry["kind"])


def decide(conn: Connection[Any], entry_id: UUID, *, approved: bool, by: str, now: datetime) -> None:
    """Approve or decline a pair of terms that waits; one that was declined or taken back can still be approved. NotFound, Conflict."""
    rows.lock(conn)
    entry = rows.entry(conn, entry_id)
    if entry is None:
        raise NotFound("Diesen Eintrag gibt es im Lernprotokoll nicht.")
    if entry["kind"] != "term" or entry["state"] not in (UNDECIDED | NO if approved else UNDECIDED):
        raise Conflict("Ablehnen lassen sich Wortpaare, die auf eine Entscheidung warten, freigeben auch abgelehnte und zurückgenommene.")
    _decide(conn, entry, approved=approved, by=by, now=now)


def _decide(conn: Connection[Any], entry: Mapping[str, Any], *, approved: bool, by: str, now: datetime) -> None:
    lay, _, term = entry["key"].partition(ledger.STANDS_FOR)
    rows.decide_term(conn, (lay, term), approved=approved, by=by, at=now)
    ended = "live" if approved else "undone" if entry["state"] == "live" else "declined"
    rows.end_entry(conn, entry["entry_id"], ended, by, now)


def _undo_release(conn: Connection[Any], entry: Mapping[str, Any], by: str, now: datetime) -> None:
    live = rows.live(conn)
    if live is None or live.release_id != entry["release_id"]:
        raise Conflict("Zurücknehmen lässt sich nur der Stand, der gerade gilt.")
    before = rows.release(conn, live.before) if live.before else None
    if before is not None and before.artefact is None:
        raise Conflict("Der Stand davor ist zu alt und wird nicht mehr aufbewahrt.")
    rows.step_back(conn, by, now)
    rows.undo_entries(conn, live.release_id, by, now)
    if taken_back := entry["facts"].get("undo_of"):
        rows.unblock(conn, UUID(taken_back))
        rows.end_entry(conn, UUID(taken_back), "former", None, None)
    if before is not None and before.artefact is not None:
        lessons = stored.from_json(before.artefact)
        topics = {one.key for one in lessons.topics}
        rows.supersede(conn, topics)
        rows.restore(conn, before.release_id, topics)
        ledger.revived(conn, lessons)
        ledger.complete(conn, replace(before, state="live"), lessons.topics)
    switch(conn, on=False)


def _undo_topic(
    conn: Connection[Any], entry: Mapping[str, Any], by: str, now: datetime, how: tuple[Callable[[], Analyser], ledger.Preference]
) -> None:
    """A new release from the evidence of the live one, without the topic; it can itself be taken back."""
    live = rows.live(conn)
    if live is None or live.artefact is None:
        raise Conflict("Zurücknehmen lässt sich nur, was gerade gilt.")
    rows.block(conn, entry["entry_id"], [(int(term), float(weight)) for term, weight in entry["facts"]["terms"]], live.cutoff)
    blocks = (*live.blocks, entry["entry_id"])
    analyser = how[0]()
    before, lessons = stored.from_json(live.artefact), _again(conn, live, analyser, blocks)
    release = rows.LearnedState(
        uuid7(), live.cutoff, analyser.version, "live", stored.digest(lessons), stored.to_json(lessons), lessons.evidence, lessons.subjects,
        by, now, {}, (), live.release_id, blocks, live.left_out,
    )  # fmt: skip
    _replace(conn, release, before, (lessons, ledger.counts(lessons) | {"undo_of": str(entry["entry_id"])}), how[1])
    rows.end_entry(conn, entry["entry_id"], "undone", by, now)


def _again(conn: Connection[Any], live: rows.LearnedState, analyser: Analyser, blocks: Collection[UUID]) -> Lessons:
    return replace(read(conn, live.cutoff), left_out=left_out(live)).lessons(analyser, None, blocks)
