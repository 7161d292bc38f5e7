"""The editorial queue over HTTP: what comes into it, who looks at what, what is decided, taken back, published and given out."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from nova.answers.ask import NOT_KEPT
from nova.flows.publishing import publish
from nova.kpi.review.queue import fill
from nova.kpi.review.sampling import OF_A_KIND
from nova.store.ids import uuid7
from nova.store.quality import review
from tests.api.house import QUESTION, Door

API = "/api/v1/admin/reviews"
RIGHT = "Musterlampen sind alle drei Jahre zu prüfen, die Prüfung dauert höchstens zwei Stunden."


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def ask(door: Door, question: str = QUESTION) -> str:
    answer_id: str = data(door.admin("POST", "/api/v1/rag/ask", json={"question": question}))["answer_id"]
    return answer_id


def queue(door: Door, *reasons: review.Reason, question: str = QUESTION) -> str:
    """An answer, waiting in the queue."""
    answer_id, review_id = ask(door, question), uuid7()
    with door.nova.db.transaction() as conn:
        review.put(conn, [review.NewReview(review_id, UUID(answer_id), reasons or ("thumbs_down",), 1.0)])
    return str(review_id)


@pytest.fixture(autouse=True)
def empty(door: Door) -> Iterator[None]:
    yield
    door.nova.db.execute("DELETE FROM reviews")


def test_a_thumb_down_brings_an_answer_into_the_queue_once(door: Door) -> None:
    answer_id = ask(door)
    judged = {"question": QUESTION, "answer": "Das.", "useful": False, "answer_id": answer_id, "reason": "falsch"}
    assert door.admin("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    analyser = door.nova.analysers.current()
    fill(door.nova.db, analyser, datetime.now(UTC), NOT_KEPT)
    fill(door.nova.db, analyser, datetime.now(UTC), NOT_KEPT)
    rows = [row for row in data(door.admin("GET", API))["reviews"] if row["answer_id"] == answer_id]
    assert [row["reasons"][0] for row in rows] == ["thumbs_down"]


def test_filling_again_and_again_brings_no_more_of_the_same(door: Door) -> None:
    asked = [ask(door) for _ in range(5)]
    for one in asked:
        judged = {"question": QUESTION, "answer": "Das.", "useful": False, "answer_id": one, "reason": "falsch"}
        assert door.admin("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    for _ in range(3):
        fill(door.nova.db, door.nova.analysers.current(), datetime.now(UTC), NOT_KEPT)
    rows = [row for row in data(door.admin("GET", API))["reviews"] if row["question"] == QUESTION]
    door.nova.db.execute("DELETE FROM rag_feedback WHERE answer_id = ANY (%s)", (asked,))
    assert len(rows) == OF_A_KIND


def test_the_log_says_of_a_rejected_answer_that_nothing_was_published(door: Door) -> None:
    review_id = queue(door)
    data(door.admin("POST", f"{API}/{review_id}/decision", json={"verdict": "ablehnen", "publish": True}))
    (entry, *_) = [one for one in data(door.admin("GET", "/api/v1/admin/audit"))["entries"] if one["action"] == "review.decided"]
    assert entry["target"] == review_id and entry["facts"]["published"] is False


def test_the_next_entry_stays_ones_own_until_it_is_decided_and_skipping_lets_another_come_first(door: Door) -> None:
    first, second = queue(door), queue(door)
    held = data(door.admin("POST", f"{API}/next"))["review"]["review_id"]
    assert data(door.admin("POST", f"{API}/next"))["review"]["review_id"] == held
    data(door.admin("POST", f"{API}/{held}/decision", json={"verdict": "ueberspringen"}))
    assert data(door.admin("POST", f"{API}/next"))["review"]["review_id"] == ({first, second} - {held}).pop()


def test_behind_the_last_page_it_still_says_how_many_there_are(door: Door) -> None:
    queue(door)
    found = data(door.admin("GET", API, params={"offset": 100_000}))
    assert (found["reviews"], found["total"]) == ([], 1)


def test_two_editors_do_not_look_at_the_same_entry(door: Door) -> None:
    review_id, other = queue(door), door.person("zweite.redakteurin", "reviewer")
    data(door.admin("POST", f"{API}/{review_id}/claim"))
    assert other("POST", f"{API}/{review_id}/claim").status_code == 409
    assert other("POST", f"{API}/{review_id}/decision", json={"verdict": "ablehnen"}).status_code == 409
    assert data(other("POST", f"{API}/next"))["review"] is None
    data(door.admin("POST", f"{API}/{review_id}/decision", json={"verdict": "annehmen"}))
    assert data(other("POST", f"{API}/{review_id}/claim"))["state"] == "accepted"


def test_an_empty_queue_gives_nothing(door: Door) -> None:
    assert data(door.admin("POST", f"{API}/next"))["review"] is None


def test_a_corrected_answer_is_a_preference_pair_that_names_its_approver(door: Door) -> None:
    review_id = queue(door)
    change = {"verdict": "aendern", "answer": f"{RIGHT} Fragen an anna.kern@example.org.", "rating": 2, "note": "Dauer fehlte"}
    decided = data(door.admin("POST", f"{API}/{review_id}/decision", json=change))
    assert (decided["state"], decided["rating"], decided["approver"], decided["training"]) == ("changed", 2, "admin", True)
    assert "anna.kern" not in decided["curated_answer"]
    (row,) = data(door.admin("GET", f"{API}/export"))["rows"]
    assert row["answer"].startswith(RIGHT)
    assert row["rejected"] == decided["answer"]
    assert data(door.admin("GET", API))["counts"]["pairs"] == 1


def test_an_accepted_answer_is_curated_without_a_rejected_one_and_a_rejected_one_is_not(door: Door) -> None:
    accepted, rejected = queue(door), queue(door)
    data(door.admin("POST", f"{API}/{accepted}/decision", json={"verdict": "annehmen"}))
    data(door.admin("POST", f"{API}/{rejected}/decision", json={"verdict": "ablehnen"}))
    (row,) = data(door.admin("GET", f"{API}/export"))["rows"]
    assert (row["state"], row["rejected"]) == ("accepted", None)
    assert row["answer"] and "Als Nächstes" not in row["answer"]  # what Luna proposes to ask next is no part of an answer


def test_nothing_of_a_person_who_did_not_agree_to_training_is_given_out(door: Door) -> None:
    review_id = queue(door)
    user = door.nova.db.fetch_one("INSERT INTO users (external_id) VALUES ('ungefragt') RETURNING user_id")
    door.nova.db.execute(
        "UPDATE answers SET user_id = %s, purposes = '{analytics}' WHERE answer_id = (SELECT answer_id FROM reviews WHERE review_id = %s)",
        (user["user_id"] if user else None, review_id),
    )
    decided = data(door.admin("POST", f"{API}/{review_id}/decision", json={"verdict": "annehmen"}))
    assert decided["training"] is False
    assert data(door.admin("GET", f"{API}/export"))["rows"] == []


def test_a_decision_is_made_once_and_can_be_taken_back(door: Door) -> None:
    review_id = queue(door)
    assert door.admin("DELETE", f"{API}/{review_id}/decision").status_code == 409
    data(door.admin("POST", f"{API}/{review_id}/decision", json={"verdict": "annehmen"}))
    assert door.admin("POST", f"{API}/{review_id}/decision", json={"verdict": "ablehnen"}).status_code == 409
    again = data(door.admin("DELETE", f"{API}/{review_id}/decision"))
    assert (again["state"], again["curated_answer"], again["decided_by"]) == ("open", None, None)
    data(door.admin("POST", f"{API}/{review_id}/decision", json={"verdict": "ablehnen"}))


def test_to_correct_is_to_say_what_is_right(door: Door) -> None:
    refused = door.admin("POST", f"{API}/{queue(door)}/decision", json={"verdict": "aendern", "answer": " "})
    assert refused.status_code == 400
    assert refused.json()["data"]["fields"][0]["field"] == "answer"
    both = door.admin("POST", f"{API}/{queue(door)}/decision", json={"verdict": "annehmen", "answer": RIGHT})
    assert both.status_code == 400 and both.json()["data"]["fields"][0]["field"] == "answer"


def test_a_published_answer_becomes_a_document_that_names_who_stands_for_it_and_goes_with_the_decision(door: Door) -> None:
    review_id = queue(door)
    change = {"verdict": "aendern", "question": "Wie lange dauert die Prüfung einer Musterlampe?", "answer": RIGHT, "publish": True}
    data(door.admin("POST", f"{API}/{review_id}/decision", json=change))
    nova = door.nova
    with nova.db.transaction() as conn:
        (waiting,) = review.unpublished(conn)
    assert publish(nova.intake, nova.shelf, waiting)
    item_id = data(door.admin("GET", f"{API}/{review_id}"))["item_id"]
    text = b"".join(nova.objects.blocks(next(nova.objects.keys(f"docs/raw/{_sha(door, item_id)}")))).decode()
    assert text.startswith("# Wie lange dauert die Prüfung einer Musterlampe?\n\nMusterlampen")
    assert "Freigegeben von der Redaktion (Verwaltung) am" in text
    data(door.admin("DELETE", f"{API}/{review_id}/decision"))
    assert door.admin("GET", f"/api/v1/items/{item_id}").status_code == 404


def test_what_is_taken_back_before_it_is_published_leaves_no_document(door: Door) -> None:
    review_id = queue(door)
    data(door.admin("POST", f"{API}/{review_id}/decision", json={"verdict": "annehmen", "publish": True}))
    with door.nova.db.transaction() as conn:
        (waiting,) = review.unpublished(conn)
    data(door.admin("DELETE", f"{API}/{review_id}/decision"))
    assert not publish(door.nova.intake, door.nova.shelf, waiting)
    assert not door.nova.db.fetch_all("SELECT item_id FROM items WHERE filename LIKE 'antwort-%%'")


def _sha(door: Door, item_id: str) -> str:
    row = door.nova.db.fetch_one("SELECT sha256 FROM items WHERE item_id = %s", (item_id,))
    return str(row["sha256"]) if row else ""
