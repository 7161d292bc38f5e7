"""Lessons of a release, and of the one before, in; the rows of the ledger that say what changed out. Ids and numbers only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from psycopg import Connection

from nova.ports.learning import LearnedPassage, LearnedTerm, LearnedTopic, Lessons
from nova.store.quality import learning as rows

STANDS_FOR, WAITING = ">", "waiting"
MOVES = 0.05  # a preference that moved less is no row
Preference = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class Change:
    """A topic whose preferences moved, and by how much at most."""

    topic: LearnedTopic
    moved: float


def changes(before: Lessons, after: Lessons, preference: Preference) -> list[Change]:
    """The topics of `after` that prefer or avoid something other than `before` did, or no longer what it did; most moved first."""
    known = {one.key: {part.chunk_id: preference(part.up, part.down) for part in one.passages} for one in before.topics}
    found = []
    for one in after.topics:
        earlier = known.get(one.key, {})
        now = {part.chunk_id: preference(part.up, part.down) for part in one.passages}
        moved = max((abs(now.get(chunk, 0.0) - earlier.get(chunk, 0.0)) for chunk in now.keys() | earlier.keys()), default=0.0)
        if moved >= MOVES:
            found.append(Change(one, moved))
    return sorted(found, key=lambda change: (-change.moved, change.topic.key))


def same(before: Lessons, after: Lessons, preference: Preference) -> bool:
    """Whether two computations say the same but for what decay moved a little."""
    keys = [{one.key for one in lessons.topics} for lessons in (before, after)]
    return keys[0] == keys[1] and not changes(before, after, preference) and before.terms == after.terms


def entries(release: rows.LearnedState, changed: Sequence[Change], facts: Mapping[str, Any]) -> list[rows.Entry]:
    """The row of the whole release and one for each topic that changed."""
    whole = rows.Entry(
        release.release_id, release.release_id, "release", "", release.state, release.evidence, release.subjects, dict(facts),
        release.started_by, release.created_at,
    )  # fmt: skip
    return [whole, *(_topic(release, change.topic) for change in changed)]


def term_entries(release: rows.LearnedState, terms: Sequence[LearnedTerm]) -> list[rows.Entry]:
    """A row for each pair that waits for a decision."""
    return [
        rows.Entry(
            uuid5(release.release_id, term_key(one)), release.release_id, "term", term_key(one), WAITING, one.subjects, one.subjects,
            {"lay": one.lay, "term": one.term}, release.started_by, release.created_at,
        )
        for one in terms
    ]  # fmt: skip


def term_key(one: LearnedTerm) -> str:
    """A pair's name in the ledger."""
    return f"{one.lay}{STANDS_FOR}{one.term}"


def counts(lessons: Lessons) -> dict[str, Any]:
    """What a release's row says of it."""
    return {"topics": len(lessons.topics), "weights": sum(len(one.passages) for one in lessons.topics)}


def rewritten(conn: Connection[Any], release_id: UUID, lessons: Lessons) -> None:
    """Bring a release's rows in line with what it holds now; rows of what nobody bears out any more go."""
    topics = {one.key: one for one in lessons.topics}
    for row in rows.entries_of(conn, release_id):
        if row["kind"] == "release":
            facts = counts(lessons) | {"before_erasure": True}
            rows.rewrite_entry(conn, row["entry_id"], lessons.evidence, lessons.subjects, facts)
        elif row["kind"] == "topic" and row["key"] in topics:
            _says(conn, row, topics[row["key"]])
        elif row["kind"] == "term":
            _pair(conn, row, lessons)
        else:
            rows.delete_entry(conn, row["entry_id"])


def aged(conn: Connection[Any], newest: Lessons) -> None:
    """Somebody was forgotten: rows of releases that hold nothing any more cannot be computed without them, and say no numbers from now on.

    Who changed what when stays. Pairs of words are held against the newest release.
    """
    rows.age(conn)
    for row in rows.old_terms(conn):
        _pair(conn, row, newest)


def complete(conn: Connection[Any], release: rows.LearnedState, topics: Iterable[LearnedTopic]) -> None:
    """Rows for topics of the live release that have none: computed anew, questions fall into other groups, and these have other names."""
    known = rows.topics_in_force(conn)
    rows.enter(conn, [_topic(release, one) for one in topics if one.key not in known])


def revived(conn: Connection[Any], lessons: Lessons) -> None:
    """Rows in force again that said no numbers any more say those of the release that is live again."""
    topics = {one.key: one for one in lessons.topics}
    for row in rows.numberless(conn):
        if row["key"] in topics:
            _says(conn, row, topics[row["key"]])


def moving(lessons: Lessons, preference: Preference) -> list[LearnedTopic]:
    """The topics that prefer or avoid anything."""
    return [one for one in lessons.topics if any(preference(part.up, part.down) for part in one.passages)]


def _says(conn: Connection[Any], row: Mapping[str, Any], topic: LearnedTopic) -> None:
    rows.rewrite_entry(conn, row["entry_id"], topic.evidence, topic.subjects, topic_facts(topic))


def _pair(conn: Connection[Any], row: Mapping[str, Any], lessons: Lessons) -> None:
    """A pair's row with the numbers of now: one that was decided on stays though nobody bears it out, so that it can be taken back."""
    found = next((one for one in lessons.terms if term_key(one) == row["key"]), None)
    if found is None and row["state"] == WAITING:
        rows.delete_entry(conn, row["entry_id"])
        return
    lay, _, term = row["key"].partition(STANDS_FOR)
    people = found.subjects if found else 0
    rows.rewrite_entry(conn, row["entry_id"], people, people, {"lay": lay, "term": term})


def topic_facts(topic: LearnedTopic) -> dict[str, Any]:
    """What a topic's row says: terms as ids, passages with their counts."""
    return {"terms": [[term, weight] for term, weight in topic.terms], "passages": [_passage(part) for part in topic.passages]}


def _topic(release: rows.LearnedState, topic: LearnedTopic) -> rows.Entry:
    return rows.Entry(
        uuid5(release.release_id, topic.key), release.release_id, "topic", topic.key, release.state, topic.evidence, topic.subjects,
        topic_facts(topic), release.started_by, release.created_at,
    )  # fmt: skip


def _passage(part: LearnedPassage) -> list[Any]:
    return [str(part.chunk_id), part.up, part.down, part.subjects]
