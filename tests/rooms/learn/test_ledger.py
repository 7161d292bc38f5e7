"""The ledger: every topic that moves anything has a row and can be taken back; after an erasure no row says more than can be computed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

import pytest
from psycopg import Connection

from nova.answers.understand.learned import preference
from nova.kpi.learn import ledger, steer, stored
from nova.kpi.learn.forget import forget
from nova.language.analyser import Analyser
from nova.ports.learning import LearnedPassage, LearnedTerm, LearnedTopic, Lessons
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality import learning as rows
from tests.rooms.learn.planted import NOW, Site

pytestmark = pytest.mark.slow

SPACE = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")
HOW = (Analyser.builtin, preference)


def topic(number: int, up: float = 6.0) -> LearnedTopic:
    return LearnedTopic(f"t{number}", ((number, 1.0),), (LearnedPassage(uuid5(SPACE, str(number)), up, 0.0, 4),), 6, 4)


def lessons(topics: Sequence[LearnedTopic], terms: Sequence[LearnedTerm] = ()) -> Lessons:
    return Lessons(tuple(topics), tuple(terms), 6 * len(topics), 4)


def publish(conn: Connection[object], what: Lessons, step: int = 0, state: str = "live") -> rows.LearnedState:
    """A release of these lessons, an hour after the step before."""
    live = rows.live(conn)
    made = NOW + step * timedelta(hours=1)
    release = rows.LearnedState(
        uuid7(), made, "x", state, stored.digest(what), stored.to_json(what) if state == "live" else None, what.evidence, what.subjects,
        "admin", made, {}, (), live.release_id if live else None, (), [[[7, 1.0]]],
    )  # fmt: skip
    if state == "live":
        before = stored.from_json(live.artefact) if live and live.artefact else Lessons()
        steer.go_live(conn, release, before, what, preference)
    else:
        rows.insert(conn, release)
        rows.enter(conn, ledger.entries(release, (), ledger.counts(what)))
    rows.enter(conn, ledger.term_entries(release, what.terms))
    return release


def keys_in_force(conn: Connection[object]) -> set[str]:
    return rows.topics_in_force(conn)


@pytest.fixture
def conn(database: Database) -> Iterator[Connection[object]]:
    database.execute(
        "TRUNCATE learning_releases, releases, learning_blocks, learning_terms, installation, answers, rag_feedback, events CASCADE"
    )
    with database.transaction() as opened:
        yield opened


def test_each_of_very_many_topics_has_a_row_and_can_be_taken_back(conn: Connection[object]) -> None:
    publish(conn, lessons([topic(number) for number in range(1075)]))
    found, total = rows.entries(conn, kind="topic", state="live", limit=2000, offset=0)
    assert total == len(found) == 1075
    last = next(row for row in found if row["key"] == "t1074")
    assert steer.undo(conn, last["entry_id"], "admin", NOW, HOW) == "topic"
    assert (rows.entry(conn, last["entry_id"]) or {})["state"] == "undone" and [one["terms"] for one in rows.blocks(conn)] == [[1074]]


def test_topics_that_are_carried_on_without_a_row_get_one(conn: Connection[object]) -> None:
    publish(conn, lessons([topic(1), topic(2)]))
    conn.execute("DELETE FROM learning_entries WHERE key = 't2'")  # as installations have it where only some were entered
    publish(conn, lessons([topic(1), topic(2), topic(3)]), 1)
    assert keys_in_force(conn) == {"t1", "t2", "t3"}


def test_a_small_preference_has_a_row_and_none_has_none(conn: Connection[object]) -> None:
    even = replace(topic(2), passages=(LearnedPassage(uuid5(SPACE, "2"), 1.0, 1.0, 4),))
    up = next(step / 10 for step in range(1, 100) if 0 < preference(step / 10, 0.0) < ledger.MOVES)
    publish(conn, lessons([topic(1, up), even]))
    assert keys_in_force(conn) == {"t1"}


def test_a_passage_that_is_preferred_no_more_is_a_change() -> None:
    both = replace(topic(1), passages=(*topic(1).passages, *topic(2).passages))
    assert [one.topic.key for one in ledger.changes(lessons([both]), lessons([topic(1)]), preference)] == ["t1"]
    assert ledger.changes(lessons([both]), lessons([both]), preference) == []


PAIRS = (LearnedTerm("teilbetrag", "abschlag", 6), LearnedTerm("stromkasten", "zaehler", 7))


def test_rows_of_releases_that_are_not_kept_say_no_numbers_after_an_erasure(conn: Connection[object]) -> None:
    publish(conn, lessons([topic(900 + number) for number in range(3)], PAIRS))
    publish(conn, lessons([topic(950)]), 1, "rejected")
    approved = next(row for row in rows.entries(conn, kind="term", state=None, limit=9, offset=0)[0] if row["key"].startswith("teil"))
    steer.decide(conn, approved["entry_id"], approved=True, by="admin", now=NOW)
    for step in range(2, 2 + steer.KEEP):
        publish(conn, lessons([topic(step)]), step)
    old = "SELECT e.* FROM learning_entries e JOIN learned_states r USING (release_id) WHERE r.created_at <= %s"
    before = conn.execute(old, [NOW + timedelta(hours=1)]).fetchall()
    assert "900" in str(before) and {row["evidence"] for row in before} > {6, 18}  # type: ignore[call-overload]
    forget(conn, uuid4())
    after = conn.execute(old, [NOW + timedelta(hours=1)]).fetchall()
    assert not any(row["evidence"] or row["subjects"] for row in after)  # type: ignore[call-overload]
    told = [(row["kind"], row["facts"]) for row in after]  # type: ignore[call-overload]
    assert sorted(kind for kind, _ in told) == ["release", "release", "term", "topic", "topic", "topic"]
    assert all(facts == {"forgotten": True} for kind, facts in told if kind != "term")
    assert [facts for kind, facts in told if kind == "term"] == [{"lay": "teilbetrag", "term": "abschlag"}]  # decided on; the other is gone
    kept = "SELECT evidence, subjects, left_out FROM learning_releases WHERE artefact IS NULL"
    assert {str(row) for row in conn.execute(kept)} == {"{'evidence': 0, 'subjects': 0, 'left_out': []}"}
    assert steer.undo(conn, approved["entry_id"], "admin", NOW, HOW) == "term"


def test_an_old_row_that_is_in_force_again_says_its_numbers_again(site: Site) -> None:
    site.live_through()
    site.learn()
    with site.house.database.transaction() as conn:
        first = rows.live(conn)
        assert first is not None and first.artefact is not None
        found = stored.from_json(first.artefact)
        again = replace(found, evidence=found.evidence + 1)
        for step, said in enumerate((again, lessons([replace(one, passages=topic(1).passages) for one in found.topics]))):
            live = rows.live(conn)
            assert live is not None
            made = first.created_at + timedelta(minutes=step + 1)
            release = replace(
                first,
                release_id=uuid7(),
                before=live.release_id,
                digest=stored.digest(said),
                artefact=stored.to_json(said),
                created_at=made,
            )
            steer.go_live(conn, release, stored.from_json(live.artefact or {}), said, preference)
        conn.execute("UPDATE learning_releases SET artefact = NULL WHERE release_id = %s", [first.release_id])
        forget(conn, uuid4())
        aged = conn.execute("SELECT facts FROM learning_entries WHERE release_id = %s AND kind = 'topic'", [first.release_id]).fetchall()
        assert aged and all(row["facts"] == {"forgotten": True} for row in aged)
        newest = rows.entries(conn, kind="release", state="live", limit=1, offset=0)[0][0]
        steer.undo(conn, newest["entry_id"], "admin", NOW, HOW)
        in_force = rows.entries(conn, kind="topic", state="live", limit=99, offset=0)[0]
        assert {row["key"] for row in in_force} == {one.key for one in found.topics}
        facts = {one.key: ledger.topic_facts(one) for one in found.topics}
        assert all(row["evidence"] and row["facts"]["passages"] == facts[row["key"]]["passages"] for row in in_force)
