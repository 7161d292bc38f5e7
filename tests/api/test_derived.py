"""What was made of a person's words goes with their consent, their answer or themselves: reviews, publications, gaps, judgements."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.flows import publishing
from nova.flows.erasure.rows import erase_rows
from nova.governance.identity import ADMIN
from nova.jobs.kinds import review as jobs
from nova.knowledge.intake import Labels, receive_file
from nova.ports.people import PURPOSES
from nova.store.ids import uuid7
from nova.store.people import retention
from nova.store.people.rights import Erasure
from nova.store.quality import review
from tests.api.house import QUESTION, Door, Person
from tests.fakes.running import Context

API = "/api/v1/admin/reviews"
PUBLIC = {"verdict": "aendern", "question": "Wie lange dauert die Prüfung einer Musterlampe?", "publish": True}


@pytest.fixture(autouse=True)
def empty(door: Door) -> Iterator[None]:
    yield
    door.nova.db.execute("DELETE FROM reviews")


class Asked:
    """A person, an answer to them, and its entry in the queue."""

    def __init__(self, door: Door, question: str = QUESTION) -> None:
        self.door, self.user = door, f"p-{uuid4().hex[:8]}"
        self.person: Person = door.person(self.user)
        answer = self.person("POST", "/api/v1/rag/ask", json={"question": question})
        self.answer_id = UUID(answer.json()["data"]["answer_id"])
        self.review_id = uuid7()
        with door.nova.db.transaction() as conn:
            assert review.put(conn, [review.NewReview(self.review_id, self.answer_id, ("sample",), 1.0)]) == 1

    def decide(self, **decision: Any) -> Any:
        return self.door.admin("POST", f"{API}/{self.review_id}/decision", json=decision)

    def publish(self) -> UUID:
        """Publish a correction; the document it became."""
        text = f"Musterlampen sind alle drei Jahre zu prüfen ({uuid4().hex[:4]})."
        assert self.decide(**PUBLIC | {"answer": text}).status_code == 200
        run(self.door)
        found: UUID = self.one("SELECT item_id FROM curated_answers WHERE review_id = %s", self.review_id)["item_id"]
        return found

    def one(self, query: str, *values: Any) -> dict[str, Any]:
        row = self.door.nova.db.fetch_one(query, values)
        assert row
        return row

    def count(self, table: str, column: str, value: Any) -> int:
        return int(self.one(f"SELECT count(*) AS n FROM {table} WHERE {column} = %s", value)["n"])


def judgement(asked: Asked) -> dict[str, Any]:
    """Somebody's words of an answer."""
    return {
        "question": QUESTION,
        "answer": "So steht es da.",
        "useful": False,
        "notes": "Bitte ansehen",
        "answer_id": str(asked.answer_id),
    }


def run(door: Door) -> None:
    """Publish what waits."""
    jobs.publish_handler(door.nova.intake, door.nova.shelf)(Context())  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", ["service", "analytics"])
def test_a_withdrawal_takes_reviews_and_what_was_published_with_it(door: Door, purpose: str) -> None:
    asked = Asked(door)
    item_id = asked.publish()
    door.nova.agree(asked.user, (purpose,), given=False)  # type: ignore[arg-type]
    assert asked.count("reviews", "review_id", asked.review_id) == asked.count("curated_answers", "review_id", asked.review_id) == 0
    assert asked.count("items", "item_id", item_id) == 0
    assert asked.one("SELECT count(*) AS n FROM index_outbox WHERE op = 'delete_item' AND item_id = %s", item_id)["n"] or not any(
        item_id == point.item_id for point in getattr(door.nova.index, "points", {}).values()
    )
    titles = [row["title"] for row in door.nova.db.fetch_all("SELECT title FROM jobs WHERE state <> 'done'")]
    assert "Veröffentlichtes nach einem Widerruf entfernen" in titles
    assert not [row for row in door.nova.db.fetch_all("SELECT title FROM jobs") if "Prüfung einer Musterlampe" in row["title"]]


def test_a_withdrawal_of_training_leaves_the_published_answer_and_takes_the_pair(door: Door) -> None:
    asked = Asked(door)
    item_id = asked.publish()
    assert asked.one("SELECT training FROM curated_answers WHERE review_id = %s", asked.review_id)["training"]
    door.nova.agree(asked.user, ("training",), given=False)
    assert not asked.one("SELECT training FROM curated_answers WHERE review_id = %s", asked.review_id)["training"]
    assert asked.count("items", "item_id", item_id) == 1
    door.nova.agree(asked.user, ("training",))  # later consent does not reach back
    assert not asked.one("SELECT training FROM curated_answers WHERE review_id = %s", asked.review_id)["training"]


def test_a_decision_made_while_training_is_withdrawn_is_not_learned_from(door: Door) -> None:
    asked = Asked(door)
    door.nova.agree(asked.user, ("training",), given=False)
    with door.nova.db.transaction() as conn:
        review.put_curated(
            conn, review.CuratedAnswer(uuid7(), asked.review_id, "Frage?", "Antwort.", "admin", training=True, publish=False)
        )
    assert not asked.one("SELECT training FROM curated_answers WHERE review_id = %s", asked.review_id)["training"]


def test_an_answer_drawn_while_its_owner_withdraws_does_not_come_into_the_queue(door: Door) -> None:
    asked = Asked(door)
    door.nova.db.execute("DELETE FROM reviews")
    door.nova.agree(asked.user, ("analytics",), given=False)
    with door.nova.db.transaction() as conn:
        assert review.put(conn, [review.NewReview(uuid7(), asked.answer_id, ("sample",), 1.0)]) == 0


def test_a_deleted_answer_takes_what_was_published_and_others_words_of_it(door: Door) -> None:
    asked = Asked(door)
    item_id = asked.publish()
    judged = judgement(asked)
    assert door.admin("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    assert asked.person("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    assert asked.person("DELETE", f"/api/v1/rag/answers/{asked.answer_id}").status_code == 200
    assert asked.count("items", "item_id", item_id) == 0
    rows = door.nova.db.fetch_all("SELECT question, answer, notes FROM rag_feedback WHERE notes IS NOT NULL OR question <> ''")
    assert rows == []


def test_others_words_of_an_answer_go_with_the_consent_to_keep_it(door: Door) -> None:
    asked = Asked(door)
    judged = judgement(asked)
    assert door.admin("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    door.nova.agree(asked.user, ("service",), given=False)
    row = asked.one("SELECT question, answer, notes FROM rag_feedback WHERE answer_id = %s", asked.answer_id)
    assert (row["question"], row["answer"], row["notes"]) == ("", "", None)
    assert door.admin("POST", "/api/v1/feedback/rag", json=judged).status_code == 200  # also when it is judged afterwards
    row = asked.one("SELECT question, answer, notes FROM rag_feedback WHERE answer_id = %s", asked.answer_id)
    assert (row["question"], row["answer"], row["notes"]) == ("", "", None)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_gaps_and_labels_of_a_person_go_and_learning_is_made_anew(door: Door, purpose: str) -> None:
    asked = Asked(door)
    db, gap_id = door.nova.db, uuid4()
    db.execute(
        "INSERT INTO knowledge_gaps (gap_id, signature, terms, state, first_at, last_at, closed_at)"
        " VALUES (%s, %s, '{lampe}', 'closed', now() - interval '90 days', now() - interval '80 days', now() - interval '70 days')",
        (gap_id, gap_id.hex),
    )
    db.execute("INSERT INTO gap_answers (gap_id, answer_id, weakness) VALUES (%s, %s, 1)", (gap_id, asked.answer_id))
    db.execute("DELETE FROM jobs WHERE kind = 'relearn'")
    door.nova.agree(asked.user, (purpose,), given=False)
    assert asked.count("gap_answers", "gap_id", gap_id) == (1 if purpose in ("training", "profiling") else 0)
    assert asked.count("jobs", "kind", "relearn") == (0 if purpose == "analytics" else 1)


def test_what_a_cut_off_run_published_is_found_and_removed(door: Door) -> None:
    asked = Asked(door)
    assert asked.decide(**PUBLIC | {"answer": "Alle drei Jahre."}).status_code == 200
    with door.nova.db.transaction() as conn:
        (one,) = review.unpublished(conn)
    note = BytesIO(publishing.note_of(publishing.Note.of(one)).encode())
    item_id = receive_file(
        door.nova.intake, ADMIN, note, f"antwort-{one.curated_id}.md", Labels("note", "api", (publishing.TAG,)), "name"
    ).item_id
    door.nova.agree(asked.user, ("service",), given=False)
    assert asked.count("items", "item_id", item_id) == 1  # nobody had noted it yet
    run(door)
    assert asked.count("items", "item_id", item_id) == 0


def test_the_same_answer_published_twice_is_two_documents(door: Door) -> None:
    first, second = Asked(door), Asked(door)
    for asked in (first, second):
        assert asked.decide(**PUBLIC | {"answer": "Alle drei Jahre."}).status_code == 200
    run(door)
    query = "SELECT item_id FROM curated_answers WHERE review_id = %s"
    assert first.one(query, first.review_id)["item_id"] != first.one(query, second.review_id)["item_id"]
    door.nova.agree(first.user, ("service",), given=False)
    assert second.count("items", "item_id", second.one(query, second.review_id)["item_id"]) == 1


def test_what_retention_would_delete_stays_while_it_is_published(door: Door) -> None:
    published, other = Asked(door), Asked(door)
    published.publish()
    ids = [published.answer_id, other.answer_id]
    door.nova.db.execute("DELETE FROM turns WHERE answer_id = ANY (%s)", (ids,))
    door.nova.db.execute("UPDATE answers SET ts = now() - interval '900 days' WHERE answer_id = ANY (%s)", (ids,))
    with door.nova.db.transaction() as conn:
        retention.remove(conn, "antworten", datetime.now(UTC) - timedelta(days=800))
    left = door.nova.db.fetch_all("SELECT answer_id FROM answers WHERE answer_id = ANY (%s)", (ids,))
    assert [row["answer_id"] for row in left] == [published.answer_id]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("answer", "Alle drei Jahre, sagt Frau Kern."),
        ("answer", "Alle drei Jahre, rufen Sie [PHONE_7KQ2MX] an."),
        ("answer", "Alle drei Jahre für den Anschluss 4711 0815 2342."),
        ("question", "Was zahlt Herr Kern?"),
    ],
)
def test_nothing_personal_is_published(door: Door, field: str, words: str) -> None:
    asked = Asked(door)
    words = words.replace("PHONE", "TELEFON")
    refused = asked.decide(**PUBLIC | {"answer": "Alle drei Jahre."} | {field: words})
    assert refused.status_code == 400
    assert refused.json()["data"]["fields"][0]["field"] == field
    assert asked.count("curated_answers", "review_id", asked.review_id) == 0


def test_what_only_who_asked_may_know_is_not_published_as_it_is(door: Door) -> None:
    asked = Asked(door)
    door.nova.db.execute(
        "UPDATE answers SET citations = jsonb_build_array(jsonb_build_object('item_id', %s::text)) WHERE answer_id = %s",
        (str(uuid4()), asked.answer_id),
    )
    refused = asked.decide(verdict="annehmen", publish=True)
    assert refused.status_code == 400
    assert refused.json()["data"]["fields"][0]["field"] == "publish"
    assert asked.decide(verdict="annehmen").status_code == 200


def test_a_reader_can_tell_editors_apart() -> None:
    user = uuid4()
    assert publishing.editor_of(f"reviewer:{user}") == publishing.editor_of(f"user:{user}") == f"R-{str(user)[:8].upper()}"


def test_an_erasure_takes_what_was_published_and_its_files(door: Door) -> None:
    asked = Asked(door)
    item_id = asked.publish()
    sha256 = asked.one("SELECT sha256 FROM items WHERE item_id = %s", item_id)["sha256"]
    judged = {"question": QUESTION, "answer": "x", "useful": False, "notes": "Bitte", "answer_id": str(asked.answer_id)}
    assert door.admin("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    who = asked.one("SELECT s.subject_id, s.user_id FROM subjects s JOIN users u USING (user_id) WHERE u.external_id = %s", asked.user)
    receipt: dict[str, Any] = {}
    with door.nova.db.transaction() as conn:
        erase_rows(conn, Erasure(uuid7(), who["subject_id"], who["user_id"], None, datetime.now(UTC)), receipt)
    assert asked.count("items", "item_id", item_id) == asked.count("reviews", "review_id", asked.review_id) == 0
    assert asked.count("rag_feedback", "answer_id", asked.answer_id) == 0
    assert sha256 in receipt["pending"]["raw"]
    assert not [row for row in door.nova.db.fetch_all("SELECT title FROM jobs") if "Prüfung einer Musterlampe" in row["title"]]
