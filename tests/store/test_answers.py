"""Passages, sections, provisions and answer records in Postgres: scopes and versions."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from nova.records import Scope
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.talk.answers import WINDOW, AnswerRecord, StoredAnswers, heading_length

OLD = datetime(2020, 1, 1, tzinfo=UTC)
NEW = datetime(2022, 1, 1, tzinfo=UTC)
HEADING = "§ 5 Frist"


class Stored:
    """An item with two versions, one passage each, in one section with the norm testg:5."""

    def __init__(self, database: Database, owner: UUID | None = None, kind: str = "regulation") -> None:
        self.item, self.sections, self.chunks = uuid7(), (uuid7(), uuid7()), (uuid7(), uuid7())
        with database.transaction() as connection:
            connection.execute(
                "INSERT INTO items (item_id, owner, kind, title, tags, sha256, version, status) "
                "VALUES (%s, %s, %s, 'Testgesetz (TestG)', '{recht}', %s, 2, 'ready')",
                (self.item, owner, kind, str(self.item)),
            )
            for at, (begins, ends) in enumerate(((OLD, NEW), (NEW, None))):
                text = f"{HEADING}\n\nDie Frist beträgt {at + 1} Wochen."
                connection.execute(
                    "INSERT INTO item_versions (item_id, version, sha256, media_type, bytes, state, valid_from, valid_to) "
                    "VALUES (%s, %s, %s, 'text/markdown', 1, 'ready', %s, %s)",
                    (self.item, at + 1, f"{self.item}{at}", begins, ends),
                )
                connection.execute(
                    "INSERT INTO item_sections (section_id, item_id, version, ordinal, label, norm, title, path, char_from, char_to, text) "
                    "VALUES (%s, %s, %s, 0, '§ 5', 'testg:5', %s, %s, 10, %s, %s)",
                    (self.sections[at], self.item, at + 1, HEADING, ["Testgesetz (TestG)", HEADING], 10 + len(text), text),
                )
                connection.execute(
                    "INSERT INTO item_chunks (chunk_id, item_id, chunk_idx, text, digest, valid_from, valid_to) "
                    "VALUES (%s, %s, 0, %s, %s, %s, %s)",
                    (self.chunks[at], self.item, text[len(HEADING) + 2 :], str(at), begins, ends),
                )
                connection.execute(
                    "INSERT INTO chunk_places (chunk_id, item_id, version, chunk_idx, section_id, char_from, char_to, page_from) "
                    "VALUES (%s, %s, %s, 0, %s, %s, %s, 3)",
                    (self.chunks[at], self.item, at + 1, self.sections[at], 10 + len(HEADING) + 2, 10 + len(text)),
                )
            connection.execute("INSERT INTO law_aliases (alias, law, item_id) VALUES ('testgesetz', 'testg', %s)", (self.item,))


@pytest.fixture
def answers(database: Database) -> StoredAnswers:
    return StoredAnswers(database)


@pytest.fixture
def user(database: Database) -> UUID:
    row = database.fetch_one("INSERT INTO users (external_id) VALUES (%s) RETURNING user_id", (str(uuid4()),))
    assert row is not None
    return UUID(str(row["user_id"]))


def test_a_passage_comes_with_its_place(database: Database, answers: StoredAnswers) -> None:
    stored = Stored(database)
    (passage,) = answers.passages(stored.chunks, Scope())
    assert (passage.chunk_id, passage.version, passage.label, passage.norm, passage.page) == (stored.chunks[1], 2, "§ 5", "testg:5", 3)
    assert (passage.text, passage.tags, passage.section_id) == ("Die Frist beträgt 2 Wochen.", ("recht",), stored.sections[1])
    assert passage.end - passage.start == len(passage.text)


def test_as_of_gives_the_version_of_that_day(database: Database, answers: StoredAnswers) -> None:
    stored = Stored(database)
    for moment, chunk in ((OLD, 0), (NEW - timedelta(seconds=1), 0), (NEW, 1)):
        assert [one.chunk_id for one in answers.passages(stored.chunks, Scope(as_of=moment))] == [stored.chunks[chunk]]
        found = answers.provisions(["testg:5"], Scope(as_of=moment, items=(stored.item,)), 10)
        assert [one.chunk_id for one in found] == [stored.chunks[chunk]]
    assert answers.passages(stored.chunks, Scope(as_of=OLD - timedelta(days=1))) == []


def test_another_persons_documents_do_not_exist(database: Database, answers: StoredAnswers, user: UUID) -> None:
    stored = Stored(database, owner=user)
    assert answers.passages(stored.chunks, Scope()) == []
    assert answers.sections({stored.sections[1]: 10}, Scope(owner=uuid4())) == []
    assert answers.provisions(["testg:5"], Scope(items=(stored.item,)), 10) == []
    mine = Scope(owner=user, items=(stored.item,))
    assert len(answers.passages(stored.chunks, mine)) == len(answers.sections({stored.sections[1]: 10}, mine)) == 1
    assert len(answers.provisions(["testg:5"], mine, 10)) == 1


def test_provisions_keep_to_kind_tag_and_item(database: Database, answers: StoredAnswers) -> None:
    stored = Stored(database, kind="note")
    for scope, count in (
        (Scope(kinds=("note",), items=(stored.item,)), 1),
        (Scope(kinds=("document",), items=(stored.item,)), 0),
        (Scope(tags=("recht",), items=(stored.item,)), 1),
        (Scope(tags=("anderes",), items=(stored.item,)), 0),
        (Scope(items=(uuid4(),)), 0),
    ):
        assert len(answers.provisions(["testg:5"], scope, 10)) == count


def test_a_section_comes_with_the_places_of_its_passages(database: Database, answers: StoredAnswers) -> None:
    stored = Stored(database)
    (held,) = answers.sections({stored.sections[1]: 12}, Scope())
    assert held.text.start == 10
    assert held.heading == len(HEADING)
    assert held.document == "Testgesetz (TestG)"
    (place,) = held.places
    assert held.text.text[place.start - 10 : place.end - 10] == "Die Frist beträgt 2 Wochen."


def test_a_very_long_section_comes_as_a_window(database: Database, answers: StoredAnswers) -> None:
    stored = Stored(database)
    long = "x" * (3 * WINDOW)
    database.execute("UPDATE item_sections SET text = %s, char_to = 10 + %s WHERE section_id = %s", (long, len(long), stored.sections[1]))
    (held,) = answers.sections({stored.sections[1]: 10 + 2 * WINDOW}, Scope())
    assert len(held.text.text) == WINDOW
    assert held.text.start <= 10 + 2 * WINDOW < held.text.start + WINDOW
    assert held.heading == 0


def test_law_names(database: Database, answers: StoredAnswers) -> None:
    Stored(database)
    assert answers.laws()["testgesetz"] == "testg"


def test_headings_are_current_company_ones(database: Database, answers: StoredAnswers, user: UUID) -> None:
    Stored(database, owner=user)
    Stored(database)
    rows = answers.headings(1000, 5)
    assert all(row["title"] == HEADING for row in rows)
    assert len(rows) == len(answers.headings(1000, 1))


def test_answers_are_kept_listed_and_forgotten(answers: StoredAnswers, user: UUID) -> None:
    evidence = [{"chunk_id": "x"}], [{"quote": "q"}], {"total": 1.5}
    record = AnswerRecord(uuid7(), user, "Frage?", "Antwort", "answered", "", "1", "a", None, *evidence)
    answers.keep(record)
    (row,) = answers.history(user, everyone=False, limit=10)
    assert (row["answer_id"], row["question"], row["status"]) == (record.answer_id, "Frage?", "answered")
    assert answers.history(user, everyone=False, limit=10, before=row["ts"]) == []
    assert answers.history(uuid4(), everyone=False, limit=10) == []
    assert record.answer_id in [one["answer_id"] for one in answers.history(None, everyone=True, limit=10)]
    full = answers.answer(record.answer_id, user, everyone=False)
    assert full is not None
    assert (full["passages"], full["citations"], full["timings_ms"]) == ([{"chunk_id": "x"}], [{"quote": "q"}], {"total": 1.5})
    assert answers.answer(record.answer_id, uuid4(), everyone=False) is None
    assert not answers.delete(record.answer_id, uuid4(), everyone=False)
    assert answers.delete(record.answer_id, user, everyone=False)
    answers.keep(record)
    assert answers.forget(user) == 1


@pytest.mark.parametrize(
    ("text", "title", "length"), [("§ 5  Frist\nDie", "§ 5 Frist", 10), ("Anders", "§ 5 Frist", 0), ("", "§ 5", 0), ("x", "", 0)]
)
def test_heading_length(text: str, title: str, length: int) -> None:
    assert heading_length(text, title) == length
