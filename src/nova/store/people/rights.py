"""A person in; everything of theirs gathered, counted and erased, and the ledger of erasures out. Inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.records import Erasure, ErasureStanding, Person
from nova.store import queries
from nova.store.people import personal
from nova.store.people.personal import Ids
from nova.store.talk import conversations

SQL = queries.load("rights")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Belongings:
    """All ids of a person's things, the names of the stored files that go with them, and the hours whose figures they have a part in."""

    ids: Ids
    raw: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    hours: tuple[datetime, ...] = ()


def find(conn: Connection[Any], name: str, lookup: bytes | None = None) -> Person | UUID | None:
    """By pseudonym, our own id, external id, or the HMAC of a name elsewhere; the id of somebody who signs in and has no pseudonym yet."""
    row = conn.execute(SQL["find_person"], {"id": _uuid(name), "name": name, "lookup": lookup}).fetchone()
    if row is None:
        return None
    if row["subject_id"] is None:
        alone: UUID = row["user_id"]
        return alone
    return Person(row["subject_id"], row["user_id"], row["external_id"], None if row["lookup"] is None else bytes(row["lookup"]))


def known(conn: Connection[Any], person: Person) -> Person:
    """The person of a ledger's entry with the external id that this database has for them, if it has one."""
    row = conn.execute(SQL["find_person"], {"id": person.user_id, "name": None, "lookup": None}).fetchone() if person.user_id else None
    return replace(person, external_id=row["external_id"] if row else None)


def lock(conn: Connection[Any], person: Person) -> bool:
    """Nobody stores anything of this person until the transaction ends; whether there is anything of them to begin with."""
    row = conn.execute(SQL["lock_person"], _keys(person)).fetchone()
    return bool(row and (row["users"] or row["subjects"]))


def belongings(conn: Connection[Any], person: Person) -> Belongings:
    """What the person has."""
    keys = _keys(person)
    subjects = {person.subject_id, *_column(conn, "subjects_of", keys, "subject_id")}
    of = {**keys, "subjects": list(subjects)}
    answers = _column(conn, "answers_of", of, "answer_id")
    talks = conn.execute(SQL["conversations_of"], of).fetchall()
    passages = [row["item_id"] for row in talks if row["item_id"]]
    items = _column(conn, "items_of", {**of, "more": passages, "answers": list(answers)}, "item_id")
    meters = conn.execute(SQL["meters_of"], keys).fetchall()
    files = conn.execute(SQL["files_of"], {"items": list(items)}).fetchall()
    users = () if person.user_id is None else (person.user_id,)
    ids = Ids(
        user=users,
        subject=tuple(subjects),
        answer=answers,
        conversation=tuple(row["conversation_id"] for row in talks),
        item=items,
        meter=_meters(meters, alone=True),
        shared=_meters(meters, alone=False),
        actor=personal.actors(users),
        lookup=() if person.lookup is None else (person.lookup,),
    )
    models = chain.from_iterable(row["models"] or () for row in meters)
    return Belongings(
        ids,
        raw=_names(row["sha256"] for row in files),
        texts=_names(row["text_sha256"] for row in files),
        objects=_names((*models, *_column(conn, "uploads_of", keys, "key"))),
        hours=_column(conn, "hours_of", {**keys, "answers": list(answers), "conversations": list(ids.conversation)}, "hour"),
    )


def _meters(rows: Iterable[Row], *, alone: bool) -> tuple[UUID, ...]:
    """Their meters that they have alone, or those they share."""
    return tuple(row["meter_id"] for row in rows if bool(row["alone"]) == alone)


def _names(found: Iterable[str | None]) -> tuple[str, ...]:
    """Names of stored files, each once and in order."""
    return tuple(sorted({name for name in found if name}))


def erase(conn: Connection[Any], person: Person, found: Belongings) -> dict[str, int]:
    """Delete every row of the person, as the registry says; rows by table, without what is kept."""
    counts: dict[str, int] = {}
    ids = found.ids
    if ids.item:
        conn.execute(SQL["queue_delete"], {"items": list(ids.item)})
        _add(counts, "jobs", conn.execute(SQL["titled_jobs"], {"items": list(ids.item)}).rowcount)
    if ids.meter or ids.shared:
        conn.execute(SQL["forget_meter_files"], {"meters": [*ids.meter, *ids.shared]})
        conn.execute(SQL["vacate"], {"meters": list(ids.shared), "user_id": person.user_id})
    for one in personal.there(conn):
        _add(counts, one.table, personal.erase(conn, one, ids))
    _add(counts, "jobs", conn.execute(SQL["jobs_about"], {"names": Jsonb({"names": person.names})}).rowcount)
    _add(counts, "stream_messages", conn.execute(SQL["stream_about"], {"names": person.names}).rowcount)
    return {table: number for table, number in counts.items() if number}


def left(conn: Connection[Any], person: Person) -> dict[str, int]:
    """Rows that still point at the person, by table, without those that are kept on purpose."""
    ids = belongings(conn, person).ids
    counts: dict[str, int] = {}
    for one in personal.there(conn):
        if one.how not in ("keep", "later") and getattr(ids, one.key):
            _add(counts, one.table, personal.count(conn, one, ids))
    return {table: number for table, number in counts.items() if number}


def kept(conn: Connection[Any], person: Person) -> dict[str, tuple[int, str]]:
    """What stays of a person on purpose: rows by table, and why (German)."""
    users = () if person.user_id is None else (person.user_id,)
    lookups = () if person.lookup is None else (person.lookup,)
    ids = Ids(user=users, subject=(person.subject_id,), actor=personal.actors(users), lookup=lookups)
    found: dict[str, tuple[int, str]] = {}
    for one in personal.there(conn):
        if one.how == "keep" and getattr(ids, one.key):
            number = personal.count(conn, one, ids)
            found[one.table] = (max(number, found.get(one.table, (0, ""))[0]), one.why)
    return {table: told for table, told in found.items() if told[0]}


def documents(conn: Connection[Any], person: Person) -> list[Row]:
    """The versions of the person's own documents: item_id, version, filename, sha256."""
    return conn.execute(SQL["documents_of"], {"user_id": person.user_id}).fetchall()


def elsewhere(conn: Connection[Any], ids: Ids) -> dict[str, int]:
    """How many tickets and reviews refer to what the person asked."""
    return dict(conn.execute(SQL["counted_elsewhere"], {"answers": list(ids.answer)}).fetchone() or {})


def ask(conn: Connection[Any], one: Erasure) -> None:
    """Note in the ledger that this erasure is wanted."""
    values = {"erasure_id": one.erasure_id, "subject_id": one.subject_id, "user_id": one.user_id, "lookup": one.lookup}
    conn.execute(SQL["ask_erasure"], values | {"asked_at": one.asked_at})


def open_erasure(conn: Connection[Any], subject_id: UUID) -> UUID | None:
    """An erasure of this person that is wanted and not done."""
    row = conn.execute(SQL["open_erasure"], {"subject_id": subject_id}).fetchone()
    return row["erasure_id"] if row else None


def erasure(conn: Connection[Any], erasure_id: UUID) -> Erasure | None:
    """An entry of the ledger."""
    row = conn.execute(SQL["erasure"], {"erasure_id": erasure_id}).fetchone()
    return _erasure(row) if row else None


def lock_erasure(conn: Connection[Any], erasure_id: UUID) -> Erasure | None:
    """An entry, locked until the transaction ends."""
    row = conn.execute(SQL["lock_erasure"], {"erasure_id": erasure_id}).fetchone()
    return _erasure(row) if row else None


def page(conn: Connection[Any], name: UUID | None, limit: int, offset: int = 0) -> list[ErasureStanding]:
    """A page of the ledger, newest first; of a pseudonym, one of our own ids or an erasure if given."""
    found = conn.execute(SQL["erasure_page"], {"id": name, "limit": limit, "offset": offset}).fetchall()
    return [ErasureStanding(_erasure(row), row["state"], row["job_id"], row["error"]) for row in found]


def total(conn: Connection[Any], name: UUID | None) -> int:
    """How many entries such pages hold in all."""
    row = conn.execute(SQL["count_erasures"], {"id": name}).fetchone()
    return int(row["n"]) if row else 0


def erasures_of(conn: Connection[Any], name: UUID) -> list[Erasure]:
    """The entries of a pseudonym or one of our own ids, or the entry of this id; newest first."""
    return [_erasure(row) for row in conn.execute(SQL["erasures_of"], {"id": name}).fetchall()]


def erased_since(conn: Connection[Any], lookup: bytes) -> datetime | None:
    """When a person of this HMAC was erased last: what was said before must not come in again."""
    row = conn.execute(SQL["erased_since"], {"lookup": lookup}).fetchone()
    at: datetime | None = row["at"] if row else None
    return at


def still_there(conn: Connection[Any], entries: Iterable[Erasure]) -> set[UUID]:
    """Those of the ledger's entries whose person is (again) in this database."""
    return {row["erasure_id"] for row in conn.execute(SQL["still_there"], {"entries": _told(entries)}).fetchall()}


def take_over(conn: Connection[Any], entries: Iterable[Erasure]) -> int:
    """Keep entries of the ledger outside here too, where a restore left a database that does not know them; how many were new.

    Nobody comes in again by a delivery from before an erasure (`erased_since`), also where the erased person is not in that database.
    """
    return conn.execute(SQL["take_over"], {"entries": _told(entries)}).rowcount


def every_erasure(conn: Connection[Any]) -> list[Erasure]:
    """The whole ledger of this database, newest first."""
    return [_erasure(row) for row in conn.execute(SQL["erasures"]).fetchall()]


def unfinished(conn: Connection[Any]) -> list[UUID]:
    """Erasures that are wanted and not done, oldest first."""
    return [row["erasure_id"] for row in conn.execute(SQL["unfinished"]).fetchall()]


def note(conn: Connection[Any], erasure_id: UUID, receipt: Mapping[str, Any], done_at: datetime | None = None) -> None:
    """Keep what has been done so far."""
    conn.execute(SQL["note_receipt"], {"erasure_id": erasure_id, "receipt": Jsonb(dict(receipt)), "done_at": done_at})


def wish(conn: Connection[Any], erasure_id: UUID, name: str) -> None:
    """Note in the receipt what somebody wants besides; it stays until the erasure is done."""
    conn.execute(SQL["wish"], {"erasure_id": erasure_id, "name": name})


def wished(conn: Connection[Any], erasure_id: UUID, name: str) -> bool:
    """Whether somebody wants that."""
    row = conn.execute(SQL["wished"], {"erasure_id": erasure_id, "name": name}).fetchone()
    return bool(row and row["yes"])


def correct_turn(conn: Connection[Any], subject_id: UUID, conversation_id: UUID, seq: int, text: str) -> bool:
    """Replace what the person said wherever it is kept; False when it is not theirs. Passages with the former words go.

    Whoever makes passages of the former words meanwhile finds the conversation changed.
    """
    values = {"subject_id": subject_id, "conversation_id": conversation_id, "seq": seq, "text": text}
    row = conn.execute(SQL["correct_turn"], values).fetchone()
    if row is None:
        return False
    if row["answer_id"] is not None:
        conn.execute(SQL["correct_answered"], values | {"answer_id": row["answer_id"]})
        conn.execute(SQL["correct_judged"], {"answer_id": row["answer_id"], "text": text})
    _changed(conn, [{"conversation_id": conversation_id, **row}])
    return True


def correct_question(conn: Connection[Any], user_id: UUID, answer_id: UUID, text: str) -> bool:
    """Replace what the person asked wherever it is kept; False when it is not theirs. Passages as in `correct_turn`."""
    values = {"user_id": user_id, "answer_id": answer_id, "text": text}
    if conn.execute(SQL["correct_question"], values).rowcount == 0:
        return False
    conn.execute(SQL["correct_judged"], values)
    _changed(conn, conn.execute(SQL["correct_asked"], values).fetchall())
    return True


def _changed(conn: Connection[Any], found: Sequence[Row]) -> None:
    """Conversations say something else now."""
    conversations.drop_passages(conn, [row["item_id"] for row in found if row["item_id"]])
    for conversation_id in dict.fromkeys(row["conversation_id"] for row in found):
        conversations.settle(conn, conversation_id, conversations.ConversationHeader())


def rename(conn: Connection[Any], user_id: UUID, external_id: str, lookup: bytes) -> bool:
    """Give the person another external id; False when somebody else has it. Raises UniqueViolation when somebody elsewhere has it."""
    values = {"user_id": user_id, "external_id": external_id, "lookup": lookup}
    if conn.execute(SQL["taken"], values).fetchone():
        return False
    conn.execute(SQL["rename_user"], values)
    conn.execute(SQL["rename_subject"], values)
    return True


def as_json(one: Erasure) -> dict[str, Any]:
    """An erasure as JSON values."""
    return {
        "erasure_id": str(one.erasure_id),
        "subject_id": str(one.subject_id),
        "user_id": None if one.user_id is None else str(one.user_id),
        "lookup": None if one.lookup is None else one.lookup.hex(),
        "asked_at": one.asked_at.isoformat(),
        "done_at": None if one.done_at is None else one.done_at.isoformat(),
        "receipt": dict(one.receipt),
    }


def _told(entries: Iterable[Erasure]) -> Jsonb:
    """Entries of a ledger as one value."""
    return Jsonb([as_json(one) for one in entries])


def _erasure(row: Row) -> Erasure:
    lookup = None if row["lookup"] is None else bytes(row["lookup"])
    return Erasure(row["erasure_id"], row["subject_id"], row["user_id"], lookup, row["asked_at"], row["done_at"], row["receipt"])


def _keys(person: Person) -> Row:
    before = person.before or datetime.now(UTC)
    return {"subject_id": person.subject_id, "user_id": person.user_id, "lookup": person.lookup, "before": before}


def _column(conn: Connection[Any], query: str, values: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(row[name] for row in conn.execute(SQL[query], values).fetchall())


def _add(counts: dict[str, int], table: str, number: int) -> None:
    counts[table] = counts.get(table, 0) + number


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
