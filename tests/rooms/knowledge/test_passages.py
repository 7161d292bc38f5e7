"""Conversations as passages: found by editors, by nobody else, up to date however a run ends, gone with what they came from."""

import json
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.engines.vectors.apart import ApartIndex
from nova.errors import JobCancelled, JobWaits
from nova.jobs.kinds import vector_ingest
from nova.knowledge.dense import DenseRoom, fill
from nova.knowledge.index import IndexRoom, Rebuild, drain, missing, rebuild
from nova.knowledge.items import overview
from nova.knowledge.kinds import VECTOR_INGEST
from nova.knowledge.passages import LONGEST_CHARS, WORDS, Counts, TalkRoom, cut, forget, ingest, search
from nova.knowledge.talks import TalkSearch
from nova.privacy import strict_scan
from nova.records import CONVERSATIONS_OWNER, Caller, Scope
from nova.store.documents import chunks
from nova.store.documents.items import ItemQuery
from nova.store.documents.passages import TalkFilter, Turn
from nova.store.people import rights
from nova.store.postgres import dump
from nova.store.postgres.db import Database
from nova.store.postgres.holder import TALKING, hold
from tests.fakes.embedder import WordEmbedder
from tests.fakes.memory import MemoryIndex
from tests.rooms.knowledge.house import ADMIN, LAW, House
from tests.rooms.knowledge.test_dense import Context

pytestmark = pytest.mark.slow

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
BOILER = ("Warum ist mein Abschlag so hoch?", "Der Abschlag folgt aus Ihrem Verbrauch im Vorjahr.")
METER = ("Wann wird der Zähler getauscht?", "Der Einbau moderner Messeinrichtungen erfolgt im Frühjahr.")


@dataclass
class Talks:
    """Conversations and consents as the intake leaves them, and a room that makes passages of them."""

    house: House
    index: ApartIndex = field(init=False)

    def __post_init__(self) -> None:
        self.index = ApartIndex(self.house.index, MemoryIndex, there=False)
        self.room = IndexRoom(self.house.database, self.index, self.house.room.children, self.house.room.analysers)
        self.talk_room = TalkRoom(self.room, self.agreed, strict_scan)

    @property
    def database(self) -> Database:
        return self.house.database

    def agreed(self, connection: Any, subject_id: UUID) -> set[str]:
        query = "SELECT DISTINCT ON (purpose) purpose, given FROM consents WHERE subject_id = %s ORDER BY purpose, at DESC, given"
        return {row["purpose"] for row in connection.execute(query, (subject_id,)).fetchall() if row["given"]}

    def person(self, *purposes: str) -> UUID:
        subject = uuid4()
        self.database.execute("INSERT INTO subjects (subject_id) VALUES (%s)", (subject,))
        for purpose in purposes:
            self.says(subject, purpose, True, START)
        return subject

    def says(self, subject: UUID, purpose: str, given: bool, at: datetime) -> None:
        self.database.execute(
            "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
            " VALUES (%s, %s, %s, %s, '1', '', 'test', %s)",
            (uuid4(), subject, purpose, given, at),
        )

    def talk(self, subject: UUID | None, texts: tuple[str, ...], purposes: tuple[str, ...] = ("service", "analytics"), **more: Any) -> UUID:
        made, told = uuid4(), {"source": "sophia", "channel": "chat", "started_at": START} | more
        self.database.execute(
            "INSERT INTO conversations (conversation_id, source, session_key, subject_id, channel, purposes, started_at, last_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (made, told["source"], str(made), subject, told["channel"], list(purposes), told["started_at"], told["started_at"]),
        )
        self.say(made, *texts)
        return made

    def say(self, conversation: UUID, *texts: str) -> None:
        with self.database.transaction() as conn:
            row = conn.execute("SELECT count(*) AS n FROM turns WHERE conversation_id = %s", (conversation,)).fetchone()
            at = int(row["n"]) if row else 0
            for number, text in enumerate(texts, start=at):
                role = ("user", "assistant")[number % 2]
                insert = "INSERT INTO turns (conversation_id, seq, role, ts, text, digest) VALUES (%s, %s, %s, %s, %s, '')"
                conn.execute(insert, (conversation, number, role, START, text))
            digest = sha256(f"{conversation}{at}{texts}".encode()).hexdigest()
            conn.execute(
                "UPDATE conversations SET digest = %s, turns = %s WHERE conversation_id = %s", (digest, at + len(texts), conversation)
            )

    def run(self, ctx: Any = None, *, replay: bool = False) -> Counts:
        return ingest(self.talk_room, ctx or Context(), replay=replay)

    def find(self, words: str, **wanted: Any) -> list[UUID]:
        return [one.conversation_id for one in search(self.room, words, TalkFilter(**wanted), 10)]

    def held(self) -> int:
        row = self.database.fetch_one("SELECT count(*) AS n FROM item_chunks c JOIN items i USING (item_id) WHERE i.kind = 'conversation'")
        assert row
        return int(row["n"])


@pytest.fixture
def talks(house: House) -> Talks:
    house.database.execute("TRUNCATE subjects, conversations CASCADE")
    return Talks(house)


def test_the_assistant_is_called_as_where_the_conversation_was_held() -> None:
    said = [Turn(0, "assistant", "Guten Tag."), Turn(1, "agent", "Ich übernehme.")]
    for source, name in (("nova", "Luna"), ("sophia", "Sophia"), ("callcenter", "Assistenz")):
        assert [piece.text for piece in cut(said, source)] == [f"{name}: Guten Tag.\nService: Ich übernehme."]


def test_whoever_agrees_is_found_and_nobody_else(talks: Talks) -> None:
    agreed, service = talks.person("service", "analytics"), talks.person("service")
    first = talks.talk(agreed, BOILER)
    talks.talk(service, BOILER, ("service",))
    own = talks.talk(None, METER)  # the operator's own belongs to nobody
    counts = talks.run()
    assert (counts.read, counts.new, counts.chunks, counts.refused) == (2, 2, 2, {})
    assert talks.find("Abschlag") == [first]
    assert talks.find("Zähler tauschen") == [own]
    (passage,) = search(talks.room, "Abschlag", TalkFilter(), 10)
    assert passage.text == f"Kunde: {BOILER[0]}\nSophia: {BOILER[1]}"
    assert (passage.source, passage.channel, passage.started_at, passage.status) == ("sophia", "chat", START, "open")
    assert (passage.first_turn, passage.last_turn, passage.turns) == (0, 1, 2)


def test_a_search_can_be_narrowed(talks: Talks) -> None:
    person = talks.person("analytics")
    late, mail = START + timedelta(days=9), START
    first, second = talks.talk(person, BOILER, started_at=late), talks.talk(person, BOILER, channel="mail", started_at=mail)
    third = talks.talk(person, BOILER, source="nova")
    talks.run()
    assert set(talks.find("Abschlag")) == {first, second, third}
    assert talks.find("Abschlag", channel="mail") == [second]
    assert talks.find("Abschlag", source="nova") == [third]
    assert talks.find("Abschlag", since=START + timedelta(days=1)) == [first]
    assert set(talks.find("Abschlag", until=late)) == {second, third}


def test_the_same_again_changes_nothing_and_more_said_is_taken_in(talks: Talks) -> None:
    conversation = talks.talk(talks.person("analytics"), BOILER)
    talks.run()
    before = talks.database.fetch_all("SELECT chunk_id FROM item_chunks")
    assert talks.run() == Counts()
    assert talks.database.fetch_all("SELECT chunk_id FROM item_chunks") == before
    talks.say(conversation, *METER)
    counts = talks.run()
    assert (counts.read, counts.new, counts.changed) == (1, 0, 1)
    assert talks.find("Messeinrichtungen") == [conversation] == talks.find("Abschlag")
    assert missing(talks.room, still=True) == 0


def test_a_replay_makes_all_anew_once_and_goes_on_where_it_was_stopped(talks: Talks) -> None:
    person = talks.person("analytics")
    for number in range(60):
        talks.talk(person, (f"Frage {number} zum Abschlag?", "Antwort."))
    talks.run()
    stopped = Context(stop_at="einlesen", times=2)
    stopped.job_id = uuid4()
    with pytest.raises(JobCancelled):
        talks.run(stopped, replay=True)
    again = Context()
    again.job_id = stopped.job_id
    counts = talks.run(again, replay=True)
    assert 0 < counts.read < 60  # of the same job; what it did before it was stopped stays done
    assert talks.run(replay=False) == Counts()
    assert missing(talks.room, still=True) == 0 and talks.held() == 60


def test_who_withdraws_is_gone_at_once_and_from_the_index_with_the_next_change(talks: Talks) -> None:
    person = talks.person("service", "analytics")
    talks.talk(person, BOILER)
    talks.run()
    talks.database.execute("UPDATE conversations SET purposes = '{service}' WHERE subject_id = %s", (person,))
    assert talks.held() == 0 and talks.find("Abschlag") == []
    drain(talks.room)
    assert talks.index.count() == 0
    assert talks.run() == Counts()


def test_a_withdrawal_that_only_the_consents_tell_of_removes_them_too(talks: Talks) -> None:
    person = talks.person("analytics")
    talks.talk(person, BOILER)
    talks.run()
    talks.says(person, "analytics", False, START + timedelta(days=1))
    counts = talks.run()
    assert (counts.removed, counts.refused, talks.held(), talks.index.count()) == (1, {"no_consent": 1}, 0, 0)


def test_a_withdrawal_during_the_run_wins(talks: Talks) -> None:
    person = talks.person("analytics")
    talks.talk(person, BOILER)
    real = talks.talk_room.scan

    def scan(text: str) -> Any:
        talks.database.execute("UPDATE conversations SET purposes = '{}' WHERE subject_id = %s", (person,))
        return real(text)

    counts = ingest(TalkRoom(talks.room, talks.agreed, scan), Context())
    assert (counts.new, counts.refused, talks.held()) == (0, {"no_consent": 1}, 0)


def test_more_said_during_the_run_is_left_to_the_next(talks: Talks) -> None:
    conversation = talks.talk(talks.person("analytics"), BOILER)
    said: list[str] = []

    def scan(text: str) -> Any:
        if not said:
            said.append("mehr")
            talks.say(conversation, *METER)
        return ()

    counts = ingest(TalkRoom(talks.room, talks.agreed, scan), Context())
    assert (counts.new, counts.refused) == (0, {"moved_on": 1})
    assert talks.run().new == 1 and talks.find("Messeinrichtungen") == [conversation]


@pytest.mark.parametrize("way", ["turn", "question"])
def test_a_correction_during_the_run_leaves_no_passage_of_the_former_words(talks: Talks, way: str) -> None:
    person, user, answer = talks.person("analytics"), uuid4(), uuid4()
    talks.database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", (user, str(user)))
    talks.database.execute(
        "INSERT INTO answers (answer_id, user_id, question, answer, status) VALUES (%s, %s, %s, '', 'answered')", (answer, user, BOILER[0])
    )
    conversation, said = talks.talk(person, BOILER), list[str]()
    talks.database.execute("UPDATE turns SET answer_id = %s WHERE conversation_id = %s", (answer, conversation))

    def scan(text: str) -> Any:
        if not said:
            said.append(text)
            with talks.database.transaction() as conn:
                if way == "turn":
                    assert rights.correct_turn(conn, person, conversation, 0, "Wann kommt die Ablesung?")
                else:
                    assert rights.correct_question(conn, user, answer, "Wann kommt die Ablesung?")
        return ()

    counts = ingest(TalkRoom(talks.room, talks.agreed, scan), Context())
    assert (counts.new, counts.refused) == (0, {"moved_on": 1})
    assert talks.run().new == 1
    (passage,) = search(talks.room, "Ablesung", TalkFilter(), 10)
    assert BOILER[0] not in passage.text


def test_a_conversation_that_was_held_back_is_looked_at_again_once_it_is_corrected(talks: Talks) -> None:
    person = talks.person("analytics")
    conversation = talks.talk(person, ("Rufen Sie mich an: 0170 1234567", "Gern."))
    assert talks.run().refused == {"second_scan": 1}
    with talks.database.transaction() as conn:
        assert rights.correct_turn(conn, person, conversation, 0, "Rufen Sie mich an: [TELEFON_7KQ2MX]")
    assert talks.run().new == 1 and talks.find("anrufen") == [conversation]


@pytest.mark.parametrize("statement", ["DELETE FROM conversations", "DELETE FROM subjects"])
def test_an_erased_conversation_takes_its_passages_along(talks: Talks, statement: str) -> None:
    talks.talk(talks.person("analytics"), BOILER)
    talks.run()
    talks.database.execute(statement)
    assert talks.held() == 0
    drain(talks.room)
    assert talks.index.count() == 0 == missing(talks.room, still=True)


def test_forgetting_by_item_removes_passages_and_points(talks: Talks) -> None:
    talks.talk(talks.person("analytics"), BOILER)
    talks.run()
    with talks.database.transaction() as conn:
        rows = conn.execute("SELECT item_id FROM conversations").fetchall()
        assert forget(conn, [row["item_id"] for row in rows]) == 1
    drain(talks.room)
    assert talks.held() == 0 == talks.index.count()


def test_what_a_second_look_finds_is_held_back_and_counted(talks: Talks) -> None:
    person = talks.person("analytics")
    bad = talks.talk(person, ("Rufen Sie mich an: 0170 1234567", "Gern."))
    good = talks.talk(person, BOILER)
    talks.run()
    counts = Counts()
    assert talks.find("anrufen") == [] and talks.find("Abschlag") == [good]
    talks.say(good, "Meine Mail ist erika@example.org")
    counts = talks.run()
    assert counts.refused == {"second_scan": 1} and counts.hits["email"] == 1
    assert talks.held() == 0 and talks.index.count() == 0  # what it had is gone too
    assert talks.run() == Counts()  # looked at again when something changes
    talks.database.execute("UPDATE turns SET text = 'Rufen Sie mich an: [TELEFON_7KQ2MX]' WHERE conversation_id = %s AND seq = 0", (bad,))
    talks.database.execute("UPDATE conversations SET digest = 'neu' WHERE conversation_id = %s", (bad,))
    assert talks.run().new == 1 and talks.find("anrufen") == [bad]


def test_no_answer_list_count_or_statistic_knows_of_them(talks: Talks) -> None:
    house = talks.house
    document = house.add(LAW)
    drain(talks.room)
    query = house.room.analysers.current().query("Prüfung der Musterlampen")
    before = [(hit.chunk_id, hit.score) for hit in talks.index.search(query, Scope(), 20)]
    counted, size = overview(house.shelf), house.index.count()
    for _ in range(30):
        talks.talk(talks.person("analytics"), ("Prüfung der Musterlampen?", "Musterlampen sind alle drei Jahre zu prüfen."))
    talks.run()
    anyone = Caller("customer", uuid4(), "anna")
    for scope in (Scope(), Scope(owner=anyone.user_id)):
        assert [(hit.chunk_id, hit.score) for hit in talks.index.search(query, scope, 20)] == before  # also the scores
    assert house.index.count() == size and overview(house.shelf) | {"outbox": 0} == counted | {"outbox": 0}
    for caller in (ADMIN, anyone):
        page = house.shelf.page(caller, ItemQuery())
        assert [item["item_id"] for item in page.items] == [document] and page.total == 1
        assert "conversation" not in page.facets["kinds"]
    row = house.database.fetch_one("SELECT item_id FROM items WHERE kind = 'conversation'")
    assert row
    with pytest.raises(Exception, match="gibt es nicht"):
        house.shelf.one(ADMIN, row["item_id"])
    with house.database.transaction() as conn:
        assert all("Musterlampen?" not in text for text in chunks.texts_to_learn(conn))
        assert all(name != "raw" or len(house.objects.get(f"docs/raw/{sha}")) for name, sha in dump.objects_named(conn))
        assert {one.item_id for one in chunks.company_sections(conn)} == {document}


def test_a_rebuild_makes_their_points_again(talks: Talks) -> None:
    talks.house.add(LAW)
    conversation = talks.talk(talks.person("analytics"), BOILER)
    talks.run()
    talks.index.clear()
    rebuild(talks.room, Rebuild(), Context())
    assert talks.find("Abschlag") == [conversation] and missing(talks.room, still=True) == 0
    rebuild(talks.room, Rebuild(relearn=True), Context())
    assert talks.find("Abschlag") == [conversation]


def test_the_embedding_model_takes_them_in_and_finds_by_meaning(talks: Talks) -> None:
    talks.house.add(LAW)
    conversation = talks.talk(talks.person("analytics"), BOILER)
    talks.run()
    embedder = WordEmbedder()
    done = fill(DenseRoom(talks.room, embedder), Context())
    assert done["embedded"] == done["passages"] and done["without"] == 0
    hits = search(talks.room, "Abschlag", TalkFilter(), 5, embedder)
    assert [hit.conversation_id for hit in hits] == [conversation]
    later = talks.talk(talks.person("analytics"), METER)
    talks.run()
    fill(DenseRoom(talks.room, embedder), Context())
    vector = embedder.question("Der Einbau moderner Messeinrichtungen erfolgt im Frühjahr.")
    assert vector
    near = talks.index.near(vector, Scope(owner=CONVERSATIONS_OWNER, kinds=("conversation",)), 2)
    row = talks.database.fetch_one(
        "SELECT conversation_id FROM conversations JOIN item_chunks USING (item_id) WHERE chunk_id = %s", (near[0].chunk_id,)
    )
    assert row and row["conversation_id"] == later
    assert {hit.chunk_id for hit in talks.index.near(vector, Scope(), 9)}.isdisjoint(hit.chunk_id for hit in near)


def test_one_works_at_a_time(talks: Talks) -> None:
    held = hold(talks.database, TALKING, 1.0)
    assert held is not None
    with closing(held), pytest.raises(JobWaits):
        talks.run()


def test_only_conversations_belong_to_nobody_and_nothing_else_does(talks: Talks) -> None:
    insert = "INSERT INTO items (item_id, owner, kind, title, sha256) VALUES (%s, %s, %s, 'x', %s)"
    talks.run()  # makes the row they belong to
    for owner, kind in ((None, "conversation"), (CONVERSATIONS_OWNER, "document")):
        with pytest.raises(psycopg.errors.CheckViolation):
            talks.database.execute(insert, (uuid4(), owner, kind, uuid4().hex))


def test_the_job_writes_a_report_and_starts_once(talks: Talks, tmp_path: Path) -> None:
    talks.talk(talks.person("analytics"), BOILER)
    talks.talk(talks.person("analytics"), ("Meine Nummer ist 0170 1234567",))
    searching = TalkSearch(talks.house.jobs, talks.house.audit, talks.room, None)
    first = searching.start(ADMIN, replay=False)
    assert searching.start(ADMIN, replay=False) == first
    full = searching.start(ADMIN, replay=True)
    assert full != first and searching.start(ADMIN, replay=True) == full
    talks.house.handlers[VECTOR_INGEST.name] = vector_ingest.handler(talks.talk_room, tmp_path)
    assert talks.house.work() == ["done", "done"]
    result: Mapping[str, Any] = talks.house.jobs.get(first).result
    assert {name: result[name] for name in ("read", "new", "changed", "removed", "chunks")} == {
        "read": 2, "new": 1, "changed": 0, "removed": 0, "chunks": 1,
    }  # fmt: skip
    folder = tmp_path / "orchestration_journal" / "data"
    report = json.loads((folder / "vector_ingest_report.json").read_text())
    assert report["standing"] == {"conversations": 2, "agreed": 2, "indexed": 1, "held": 1} and report["replay"] is True
    page = (folder / "vector_ingest_report.md").read_text()
    assert re.search(r"^Stand: \d\d\.\d\d\.\d{4} \d\d:\d\d", page, re.MULTILINE)
    assert re.search(r"Dauer in Sekunden \| \d+(,\d+)? \|", page)
    assert "davon durchsuchbar | 1" in page and "zweite Prüfung sieht noch Personenbezug | 1" in page and "0170" not in page


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=4000), max_size=6))
def test_cutting_keeps_every_word_in_order_and_no_passage_is_long(texts: list[str]) -> None:
    said = [Turn(number, ("user", "assistant", "agent")[number % 3], text) for number, text in enumerate(texts)]
    pieces = cut(said, "nova")
    for piece in pieces:
        assert piece.text.strip() and len(piece.text) <= LONGEST_CHARS + 20 and piece.first <= piece.last
    assert [piece.first for piece in pieces] == sorted(piece.first for piece in pieces)
    spoken = "".join("".join(piece.text.split()) for piece in pieces)
    for who in ("Kunde:", "Luna:", "Service:"):
        spoken = spoken.replace(who, "")
    wanted = "".join("".join(text.split()) for text in texts)
    for who in ("Kunde:", "Luna:", "Service:"):
        wanted = wanted.replace(who, "")
    assert spoken == wanted


def test_a_long_turn_is_cut_between_sentences() -> None:
    sentence = "Der Abschlag richtet sich nach dem Verbrauch des letzten Jahres. "
    pieces = cut([Turn(0, "user", sentence * 60)], "nova")
    assert len(pieces) > 2
    for piece in pieces:
        assert piece.text.startswith("Kunde: Der Abschlag") and piece.text.endswith("Jahres.")
        assert len(piece.text.split()) <= WORDS + 1
