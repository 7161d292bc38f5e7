"""Evidence, what was learned from it, and the ledger of that. Functions run in the caller's transaction."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries, releases

SQL = queries.load("learning")
FAMILY = "learning"  # of releases
ERASED: Mapping[str, Any] = {"before_erasure": True}
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LearnedState:
    """A release of learning: one computation as it is kept. `artefact` is None once nobody can go back to it.

    `effect` is what was measured of it; one that was not let through is "rejected", one that was taken back "undone".
    """

    release_id: UUID
    cutoff: datetime
    analyser: str
    state: str
    digest: str
    artefact: Mapping[str, Any] | None
    evidence: int
    subjects: int
    started_by: str
    created_at: datetime
    effect: Mapping[str, Any] = field(default_factory=dict)
    reasons: Sequence[str] = ()
    before: UUID | None = None
    blocks: Sequence[UUID] = ()
    left_out: Sequence[Sequence[Sequence[float]]] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger. `facts` hold ids and numbers."""

    entry_id: UUID
    release_id: UUID
    kind: str
    key: str
    state: str
    evidence: int
    subjects: int
    facts: Mapping[str, Any]
    started_by: str
    at: datetime


def lock(conn: Connection[Any]) -> None:
    """Wait for whoever changes what was learned; held until the transaction ends."""
    releases.lock(conn, FAMILY)


def judgements(conn: Connection[Any], since: datetime, cutoff: datetime) -> Iterator[dict[str, Any]]:
    """Every judgement and use in (since, cutoff], a few thousand at a time."""
    with conn.cursor(name="judgements") as cursor:
        cursor.itersize = 5000
        yield from cursor.execute(SQL["judgements"], {"since": since, "cutoff": cutoff})


def training_consents(conn: Connection[Any]) -> list[tuple[str, datetime, bool]]:
    """Pseudonym, moment, given; in order of time."""
    return [(row["subject"], row["at"], row["given"]) for row in conn.execute(SQL["training_consents"]).fetchall()]


def rephrased(conn: Connection[Any], since: datetime, cutoff: datetime) -> Rows:
    """Questions put again with success: subject, at, before, after."""
    return conn.execute(SQL["rephrased"], {"since": since, "cutoff": cutoff}).fetchall()


def forgets(conn: Connection[Any]) -> int:
    """How many times somebody was forgotten."""
    row = conn.execute(SQL["forgets"]).fetchone()
    return int(row["n"]) if row else 0


def count_forget(conn: Connection[Any]) -> None:
    """Somebody is forgotten now."""
    conn.execute(SQL["count_forget"])


def plan(conn: Connection[Any]) -> dict[str, Any] | None:
    """When learning runs, as it was set; None when never."""
    row = conn.execute(SQL["get_plan"]).fetchone()
    return dict(row["value"]) if row else None


def set_plan(conn: Connection[Any], value: Mapping[str, Any]) -> None:
    """Change some of what is kept of when learning runs; the rest stays."""
    conn.execute(SQL["set_plan"], {"value": Jsonb(dict(value))})


def pointer(conn: Connection[Any]) -> tuple[UUID, str] | None:
    """The live release and its digest."""
    one = releases.live(conn, FAMILY)
    return (UUID(one.name), one.digest or "") if one else None


def release(conn: Connection[Any], release_id: UUID) -> LearnedState | None:
    """One release."""
    return _release(conn.execute(SQL["get_release"], {"release_id": release_id}).fetchone())


def live(conn: Connection[Any]) -> LearnedState | None:
    """The live release."""
    return _release(conn.execute(SQL["live_release"]).fetchone())


def kept(conn: Connection[Any]) -> list[LearnedState]:
    """Releases that still hold what was learned, newest first."""
    return [LearnedState(**row) for row in conn.execute(SQL["kept_releases"]).fetchall()]


def last_at(conn: Connection[Any]) -> datetime | None:
    """When a release was last computed."""
    row = conn.execute(SQL["last_release"]).fetchone()
    return row["at"] if row else None


def insert(conn: Connection[Any], one: LearnedState) -> None:
    """Keep a release; one that is "live" is so from now on, instead of the one before it."""
    values = {
        "release_id": one.release_id,
        "cutoff": one.cutoff,
        "analyser": one.analyser,
        "artefact": None if one.artefact is None else Jsonb(dict(one.artefact)),
        "evidence": one.evidence,
        "subjects": one.subjects,
        "reasons": list(one.reasons),
        "blocks": list(one.blocks),
        "left_out": Jsonb([list(map(list, topic)) for topic in one.left_out]),
    }
    conn.execute(SQL["insert_release"], values)
    name, made = str(one.release_id), (one.started_by, one.created_at)
    releases.add(conn, FAMILY, name, *made, gate=one.effect, digest=one.digest)
    if one.state == "live":
        releases.go_live(conn, FAMILY, name, one.effect, *made)


def step_back(conn: Connection[Any], by: str, at: datetime) -> None:
    """The live release is undone; the one before it, if there is one, is live again."""
    releases.step_back(conn, FAMILY, by, at)


def rewrite(conn: Connection[Any], release_id: UUID, artefact: Mapping[str, Any], digest: str, counts: tuple[int, int]) -> None:
    """What a release holds after somebody was forgotten; `counts` are evidence and subjects."""
    values = {"release_id": release_id, "artefact": Jsonb(dict(artefact)), "evidence": counts[0], "subjects": counts[1]}
    conn.execute(SQL["rewrite_release"], values)
    releases.amend(conn, FAMILY, [str(release_id)], ERASED, digest)


def drop_old(conn: Connection[Any], keep: int) -> None:
    """Let go of what old releases held, but for the `keep` newest and the live one."""
    conn.execute(SQL["drop_old_artefacts"], {"keep": keep})


def enter(conn: Connection[Any], entries: Sequence[Entry]) -> None:
    """Add rows to the ledger."""
    rows = [{name: getattr(one, name) for name in one.__dataclass_fields__} | {"facts": Jsonb(dict(one.facts))} for one in entries]
    if rows:
        with conn.cursor() as cursor:
            cursor.executemany(SQL["insert_entry"], rows)


def entries(conn: Connection[Any], *, kind: str | None, state: str | None, limit: int, offset: int) -> tuple[Rows, int]:
    """A page of the ledger, newest first, and how many rows there are."""
    values = {"kind": kind, "state": state, "limit": limit, "offset": offset}
    row = conn.execute(SQL["count_entries"], values).fetchone()
    return conn.execute(SQL["list_entries"], values).fetchall(), int(row["n"]) if row else 0


def entry(conn: Connection[Any], entry_id: UUID) -> dict[str, Any] | None:
    """One row of the ledger with its release's cut-off, effect and reasons."""
    return conn.execute(SQL["get_entry"], {"entry_id": entry_id}).fetchone()


def end_entry(conn: Connection[Any], entry_id: UUID, state: str, by: str | None, at: datetime | None) -> None:
    """A row is decided, taken back, or counts again."""
    conn.execute(SQL["set_entry_state"], {"entry_id": entry_id, "state": state, "ended_by": by, "ended_at": at})


def undo_entries(conn: Connection[Any], release_id: UUID, by: str, at: datetime) -> None:
    """What counted of a release's own rows is taken back."""
    conn.execute(SQL["undo_entries"], {"release_id": release_id, "ended_by": by, "ended_at": at})


def supersede(conn: Connection[Any], kept: Collection[str]) -> None:
    """A new release is about to be live: rows in force are former, but for those of the topics `kept`, by key."""
    conn.execute(SQL["supersede_entries"], {"kept": list(kept)})


def restore(conn: Connection[Any], release_id: UUID, topics: Collection[str]) -> None:
    """A release is live again: its own row, and the newest until then of each of its topics, by key."""
    conn.execute(SQL["restore_entries"], {"release_id": release_id, "topics": list(topics)})


def entries_of(conn: Connection[Any], release_id: UUID) -> Rows:
    """The rows that a release's numbers stand in, for the live one also those that it carries on: entry_id, kind, key, state."""
    return conn.execute(SQL["entries_of_release"], {"release_id": release_id}).fetchall()


def topics_in_force(conn: Connection[Any]) -> set[str]:
    """The topics, by key, of which a row says that they are in force."""
    return {row["key"] for row in conn.execute(SQL["topics_in_force"]).fetchall()}


def waiting_terms(conn: Connection[Any]) -> dict[str, UUID]:
    """The rows of pairs that wait for a decision, by key."""
    return {row["key"]: row["entry_id"] for row in conn.execute(SQL["waiting_terms"]).fetchall()}


def delete_entry(conn: Connection[Any], entry_id: UUID) -> None:
    """Remove a row that nobody's evidence bears out any more."""
    conn.execute(SQL["delete_entry"], {"entry_id": entry_id})


def rewrite_entry(conn: Connection[Any], entry_id: UUID, evidence: int, subjects: int, facts: Mapping[str, Any]) -> None:
    """A row's numbers after somebody was forgotten."""
    values = {"entry_id": entry_id, "evidence": evidence, "subjects": subjects, "facts": Jsonb(dict(facts))}
    conn.execute(SQL["rewrite_entry"], values)


def age(conn: Connection[Any]) -> None:
    """Releases that hold nothing any more, and their rows, say no numbers; topics in force are the live one's, pairs of words their own."""
    aged = conn.execute(SQL["age_releases"]).fetchall()
    releases.amend(conn, FAMILY, [str(row["release_id"]) for row in aged], ERASED)
    conn.execute(SQL["age_entries"])


def old_terms(conn: Connection[Any]) -> Rows:
    """The rows of pairs that came with releases which hold nothing any more: entry_id, key, state."""
    return conn.execute(SQL["old_terms"]).fetchall()


def numberless(conn: Connection[Any]) -> Rows:
    """The rows of topics in force that say no numbers: entry_id, key."""
    return conn.execute(SQL["numberless"]).fetchall()


def blocks(conn: Connection[Any]) -> Rows:
    """What was taken back on its own: entry_id, terms, weights, until."""
    return conn.execute(SQL["blocks"]).fetchall()


def block(conn: Connection[Any], entry_id: UUID, terms: Sequence[tuple[int, float]], until: datetime) -> None:
    """Evidence on these terms until then no longer counts."""
    values = {"entry_id": entry_id, "terms": [term for term, _ in terms], "weights": [weight for _, weight in terms], "until": until}
    conn.execute(SQL["insert_block"], values)


def unblock(conn: Connection[Any], entry_id: UUID) -> None:
    """It counts again."""
    conn.execute(SQL["delete_block"], {"entry_id": entry_id})


def decided_terms(conn: Connection[Any]) -> dict[tuple[str, str], bool]:
    """The decisions on pairs."""
    return {(row["lay"], row["term"]): row["approved"] for row in conn.execute(SQL["terms"]).fetchall()}


def decide_term(conn: Connection[Any], pair: tuple[str, str], *, approved: bool, by: str, at: datetime) -> None:
    """Keep a decision on a pair."""
    conn.execute(SQL["decide_term"], {"lay": pair[0], "term": pair[1], "approved": approved, "by": by, "at": at})


def questions(conn: Connection[Any]) -> Rows:
    """The operator's questions for measuring: question_id, question, places, created_at."""
    return conn.execute(SQL["questions"]).fetchall()


def put_questions(conn: Connection[Any], rows: Sequence[tuple[UUID, str, Sequence[Mapping[str, str]]]]) -> None:
    """Replace them."""
    conn.execute(SQL["delete_questions"])
    with conn.cursor() as cursor:
        values = [{"question_id": one, "question": text, "places": Jsonb([dict(place) for place in places])} for one, text, places in rows]
        cursor.executemany(SQL["insert_question"], values)


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """Where a passage stands: the company document, its title, and the provision or section ("" for none)."""

    item_id: UUID
    title: str
    section: str


def places_of(conn: Connection[Any], chunks: Sequence[UUID]) -> dict[UUID, PassagePlace]:
    """The place of each passage that is still there."""
    rows = conn.execute(SQL["items_of_chunks"], {"chunks": list(chunks)}).fetchall()
    return {row["chunk_id"]: PassagePlace(row["item_id"], row["title"], row["section"]) for row in rows}


def users_of(conn: Connection[Any], subjects: Sequence[str]) -> dict[str, UUID]:
    """Who signs in behind pseudonyms."""
    rows = conn.execute(SQL["users_of_subjects"], {"subjects": [UUID(one) for one in subjects]}).fetchall()
    return {row["subject"]: row["user_id"] for row in rows}


def put_labels(conn: Connection[Any], rows: Sequence[tuple[UUID, UUID, float]], at: datetime) -> None:
    """Replace the learned rewards: user, document, reward from -1 to 1."""
    conn.execute(SQL["delete_learned_labels"], {"user_id": None})
    given = [{"user_id": str(user), "item_id": str(item), "reward": reward} for user, item, reward in rows]
    conn.execute(SQL["insert_learned_labels"], {"rows": Jsonb(given), "at": at})


def forget_unwilling(conn: Connection[Any]) -> None:
    """The learned rewards of people who have withdrawn go."""
    conn.execute(SQL["delete_unwilling_labels"])


def forget_labels(conn: Connection[Any], user_id: UUID) -> None:
    """A person's learned rewards go."""
    conn.execute(SQL["delete_learned_labels"], {"user_id": user_id})


def _release(row: Mapping[str, Any] | None) -> LearnedState | None:
    return None if row is None else LearnedState(**row)
