"""A second editor's opinion over HTTP: who is asked, what they see, what comes of it, and how far editors agree."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from nova.flows.erasure.rows import erase_rows
from nova.kpi.measure.figures import measure, stale
from nova.kpi.review.agreement import is_drawn, measure_week, rules_of, week_end
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.people.rights import Erasure
from nova.store.quality import second_opinions
from nova.store.seeding import rooms
from tests.api.house import QUESTION, Door, Person, twice
from tests.api.test_derived import Asked
from tests.api.test_review import RIGHT, data, queue

REVIEWS, SECOND = "/api/v1/admin/reviews", "/api/v1/admin/second-opinions"
DECIDED = {"annehmen": {"verdict": "annehmen"}, "ablehnen": {"verdict": "ablehnen"}, "aendern": {"verdict": "aendern", "answer": RIGHT}}


@pytest.fixture(autouse=True)
def all_twice(door: Door) -> Iterator[None]:
    twice(door.nova.folder, 1)
    yield
    door.nova.db.execute("DELETE FROM reviews")
    door.nova.db.execute("TRUNCATE editor_agreement")


@pytest.fixture
def rita(door: Door) -> Person:
    return door.person("rita", "reviewer")


@pytest.fixture
def paul(door: Door) -> Person:
    return door.person("paul", "reviewer")


def decided(door: Door, who: Person, verdict: str = "annehmen", question: str = QUESTION) -> str:
    """An entry that somebody decided."""
    review_id = queue(door, question=question)
    data(who("POST", f"{REVIEWS}/{review_id}/decision", json=DECIDED[verdict]))
    return review_id


def waiting(who: Person) -> list[str]:
    return [one["review_id"] for one in data(who("GET", SECOND))["waiting"]]


def disputes(who: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data(who("GET", SECOND))["disputed"]
    return found


def differ(door: Door, first: Person, second: Person, verdicts: tuple[str, str] = ("annehmen", "ablehnen")) -> str:
    review_id = decided(door, first, verdicts[0])
    given = data(second("POST", f"{SECOND}/{review_id}", json={"verdict": verdicts[1], "note": "Die Frist fehlt; siehe kern@example.org"}))
    assert given == {"agreed": False}
    return review_id


def exported(door: Door) -> list[str]:
    return [row["question"] for row in data(door.admin("GET", f"{REVIEWS}/export"))["rows"]]


def learnable(door: Door) -> list[str]:
    """Ids of what a dataset would take in."""
    with door.nova.db.transaction() as conn:
        return [
            row["id"]
            for page in rooms.pages(conn, "training", 1000)
            for row in page
            if row["source"] in ("curated", "review", "preference")
        ]


def test_a_second_editor_judges_blind_and_the_first_does_not_know_what_is_judged_twice(door: Door, rita: Person, paul: Person) -> None:
    review_id = decided(door, rita, "aendern")
    assert waiting(rita) == [] and data(rita("GET", SECOND))["counts"]["waiting"] == 0
    assert rita("GET", f"{SECOND}/{review_id}").status_code == 404
    assert rita("POST", f"{SECOND}/{review_id}", json={"verdict": "annehmen"}).status_code == 404
    assert waiting(paul) == [review_id] == waiting(door.admin)  # type: ignore[arg-type]
    shown = paul("GET", f"{SECOND}/{review_id}")
    assert data(shown)["question"] == QUESTION and data(shown)["citations"]
    assert RIGHT not in shown.text and not {"state", "decided_by", "note", "rating", "curated_answer"} & set(data(shown))
    for path in (f"{REVIEWS}/{review_id}", f"{REVIEWS}/{review_id}/claim"):
        assert paul("POST" if path.endswith("claim") else "GET", path).status_code == 404
    assert data(paul("GET", REVIEWS, params={"state": "changed"}))["reviews"] == []
    (own,) = data(rita("GET", REVIEWS, params={"state": "changed"}))["reviews"]
    assert own["review_id"] == review_id and data(rita("GET", f"{REVIEWS}/{review_id}"))["curated_answer"] == RIGHT


def test_the_same_person_in_another_role_is_not_a_second_one(door: Door, rita: Person) -> None:
    review_id = decided(door, rita)
    grown = door.person("rita", "admin")
    assert waiting(grown) == [] and grown("GET", f"{SECOND}/{review_id}").status_code == 404
    door.person("rita", "reviewer")


def test_who_agrees_changes_nothing_and_says_it_once(door: Door, rita: Person, paul: Person) -> None:
    review_id = decided(door, rita)
    before = exported(door)
    assert data(paul("POST", f"{SECOND}/{review_id}", json={"verdict": "annehmen"})) == {"agreed": True}
    assert paul("POST", f"{SECOND}/{review_id}", json={"verdict": "ablehnen"}).status_code == 404
    assert disputes(paul) == [] and exported(door) == before and data(paul("GET", f"{REVIEWS}/{review_id}"))["state"] == "accepted"
    assert door.admin("POST", f"{SECOND}/{review_id}/settlement", json={"right": "erste"}).status_code == 409


def test_what_two_see_differently_is_shown_to_both_and_nothing_is_learned_from_it(door: Door, rita: Person, paul: Person) -> None:
    review_id = decided(door, rita)
    assert exported(door) and any(review_id in one for one in learnable(door))
    data(paul("POST", f"{SECOND}/{review_id}", json={"verdict": "ablehnen", "note": "Die Frist fehlt; siehe kern@example.org"}))
    assert exported(door) == [] == learnable(door) and data(door.admin("GET", REVIEWS))["counts"]["pairs"] == 0
    for who, own in ((rita, ["erste"]), (paul, ["zweite"]), (door.person("olga", "admin"), [])):
        (one,) = disputes(who)
        assert one["own"] == own
        assert (
            (one["first_state"], one["state"]) == ("accepted", "rejected") and "Frist fehlt" in one["note"] and "kern@" not in one["note"]
        )


def test_nobody_decides_for_their_own_opinion_but_may_give_in(door: Door, rita: Person, paul: Person) -> None:
    review_id = differ(door, rita, paul)
    assert rita("POST", f"{SECOND}/{review_id}/settlement", json={"right": "erste"}).status_code == 409
    assert paul("POST", f"{SECOND}/{review_id}/settlement", json={"right": "zweite"}).status_code == 409
    assert data(paul("POST", f"{SECOND}/{review_id}/settlement", json={"right": "erste"})) == {"state": "accepted"}
    assert disputes(rita) == [] and exported(door) == [QUESTION]
    assert door.admin("POST", f"{SECOND}/{review_id}/settlement", json={"right": "zweite"}).status_code == 409


def test_where_the_second_is_right_the_entry_is_open_again_and_decided_anew(door: Door, rita: Person, paul: Person) -> None:
    review_id = differ(door, rita, paul)
    assert data(door.admin("POST", f"{SECOND}/{review_id}/settlement", json={"right": "zweite"})) == {"state": "open"}
    assert exported(door) == [] and disputes(rita) == []
    data(door.admin("POST", f"{REVIEWS}/{review_id}/decision", json=DECIDED["aendern"]))
    assert waiting(paul) == [] and exported(door) == [QUESTION]  # it was judged twice already
    entries = data(door.admin("GET", "/api/v1/admin/audit"))["entries"]
    assert next(one["facts"] for one in entries if one["action"] == "review.settled") == {"for": "second"}


def test_deciding_the_same_anew_ends_no_dispute_and_deciding_like_the_second_does(door: Door, rita: Person, paul: Person) -> None:
    review_id = differ(door, rita, paul)
    for verdict, still in (("annehmen", 1), ("ablehnen", 0)):
        data(rita("DELETE", f"{REVIEWS}/{review_id}/decision"))
        assert disputes(paul) == []
        data(rita("POST", f"{REVIEWS}/{review_id}/decision", json=DECIDED[verdict]))
        assert len(disputes(paul)) == still


def test_a_decision_taken_back_waits_for_no_second_opinion(door: Door, rita: Person, paul: Person) -> None:
    review_id = decided(door, rita)
    data(rita("DELETE", f"{REVIEWS}/{review_id}/decision"))
    assert waiting(paul) == [] and paul("GET", f"{SECOND}/{review_id}").status_code == 404


def test_which_are_drawn_is_a_tenth_and_foreseen_by_nobody_without_the_key() -> None:
    ids = [uuid7() for _ in range(4000)]
    drawn, others = ({one for one in ids if is_drawn(key, one, 0.1)} for key in (b"a" * 32, b"b" * 32))
    assert 320 < len(drawn) < 480 and 320 < len(others) < 480
    assert len(drawn & others) < 100 and drawn == {one for one in ids if is_drawn(b"a" * 32, one, 0.1)}
    assert not any(is_drawn(b"a" * 32, one, 0) for one in ids) and all(is_drawn(b"a" * 32, one, 1) for one in ids)


def judged(door: Door, labels: list[tuple[str, str]], at: datetime) -> None:
    """Pairs that were whole at a moment."""
    for first, second in labels:
        review_id = queue(door)
        door.nova.db.execute(
            "UPDATE reviews SET state = %s, decided_by = 'reviewer:1', decided_at = %s WHERE review_id = %s", (first, at, review_id)
        )
        door.nova.db.execute(
            "INSERT INTO second_opinions (review_id, first_state, first_by, drawn_at, due_at, state, second_by, given_at)"
            " VALUES (%s, %s, 'reviewer:1', %s, %s, %s, 'reviewer:2', %s)",
            (review_id, first, at, at + timedelta(days=7), second, at),
        )


def weekly(door: Door, now: datetime) -> dict[str, Any]:
    measure_week(door.nova.db, rules_of(door.nova.folder / "config/kpi/second.yaml"), now)
    found: dict[str, Any] = data(door.admin("GET", SECOND))["agreement"][0]
    return found


def test_how_far_editors_agree_is_measured_once_a_week_over_all_of_them(door: Door) -> None:
    now = datetime.now(UTC)
    at = week_end(now) - timedelta(days=3)
    judged(door, [("accepted", "accepted")] * 9 + [("rejected", "rejected")] * 5 + [("changed", "changed")] * 3, at)
    assert "Zu wenige Paare" in weekly(door, now)["text"]
    judged(door, [("accepted", "changed")] * 3, at)
    assert weekly(door, now)["kappa"] is None  # a week that was measured stays as it was
    door.nova.db.execute("TRUNCATE editor_agreement")
    told = weekly(door, now)
    assert told["kappa"] == pytest.approx((0.85 - 0.3775) / (1 - 0.3775), abs=0.001) and told["passed"] and told["pairs"] == 20
    assert told["low"] < told["kappa"] < told["high"] and "Kappa 0,76 (95 %: 0,4" in told["text"] and "reviewer" not in str(told)


def test_disagreement_and_what_waits_too_long_are_alerts_and_what_was_decided_then_is_not_learned_from(door: Door) -> None:
    now = datetime.now(UTC)
    at = week_end(now) - timedelta(days=3)
    judged(door, [("accepted", "accepted")] * 6 + [("rejected", "rejected")] * 5 + [("accepted", "rejected")] * 9, at)
    late = decided(door, door.person("rita", "reviewer"))
    door.nova.db.execute(
        "UPDATE second_opinions SET drawn_at = %s, due_at = %s WHERE review_id = %s",
        (now - timedelta(days=9), now - timedelta(days=2), late),
    )
    told = weekly(door, now)
    assert told["passed"] is False and "zu uneinig" in told["text"]
    measure(door.nova.db, now - timedelta(days=7), now)
    rules = {one["rule"]: one for one in data(door.admin("POST", "/api/v1/admin/alerts/run", json={"dry_run": True}))["rules"]}
    assert "würde" in rules["redaktion_uneinig"]["action"] and rules["redaktion_uneinig"]["value"] == pytest.approx(told["kappa"])
    assert (
        rules["zweitmeinung_ueberfaellig"]["value"] == 1 and data(door.person("paul", "reviewer")("GET", SECOND))["waiting"][0]["overdue"]
    )
    with door.nova.db.transaction() as conn:
        doubted = second_opinions.doubted(conn)
    assert {f"review:{row['review_id']}" for row in door.nova.db.fetch_all("SELECT review_id FROM reviews")} <= doubted
    assert stale(door.nova.db, now - timedelta(hours=3), now - timedelta(hours=1)) == []
    data(door.person("paul", "reviewer")("POST", f"{SECOND}/{late}", json={"verdict": "annehmen"}))
    measure(door.nova.db, now - timedelta(hours=1), datetime.now(UTC))
    (last,) = door.nova.db.fetch_all("SELECT total FROM kpi_hours_told WHERE kpi = 'second_overdue' ORDER BY starts DESC LIMIT 1")
    assert last["total"] == 0


def test_a_good_week_lets_what_was_decided_in_it_be_learned_from_again(door: Door, rita: Person) -> None:
    now = datetime.now(UTC)
    until = week_end(now)
    decided(door, rita)
    with door.nova.db.transaction() as conn:
        for week, passed in ((until - timedelta(days=7), False), (until, True)):
            figures = second_opinions.AgreementWeek(week, week - timedelta(days=28), 30, 0.9, 0.5 + passed * 0.3, 0.3, 0.9, passed)
            assert second_opinions.put_agreement(conn, figures)
        assert second_opinions.doubted(conn) == set()
        conn.execute("UPDATE reviews SET decided_at = %s", (until - timedelta(days=8),))
        assert second_opinions.doubted(conn)


def test_second_opinions_go_with_who_asked_and_stay_without_the_name_of_who_gave_them(door: Door, rita: Person, paul: Person) -> None:
    asked = Asked(door)
    data(rita("POST", f"{REVIEWS}/{asked.review_id}/decision", json=DECIDED["annehmen"]))
    data(paul("POST", f"{SECOND}/{asked.review_id}", json={"verdict": "ablehnen"}))
    assert erase(door, "paul") and asked.count("second_opinions", "review_id", asked.review_id) == 1
    door.nova.agree(asked.user, ("analytics",), given=False)
    assert asked.count("second_opinions", "review_id", asked.review_id) == 0
    other = Asked(door)
    data(rita("POST", f"{REVIEWS}/{other.review_id}/decision", json=DECIDED["annehmen"]))
    assert erase(door, other.user) and other.count("second_opinions", "review_id", other.review_id) == 0


def erase(door: Door, name: str) -> dict[str, Any]:
    nova: Any = door.nova
    row = nova.db.fetch_one("SELECT subject_id, user_id, lookup FROM subjects JOIN users USING (user_id) WHERE external_id = %s", [name])
    entry, receipt = Erasure(uuid7(), row["subject_id"], row["user_id"], row["lookup"], datetime.now(UTC)), {"of": UUID(int=0)}
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
        erase_rows(conn, entry, receipt)  # type: ignore[arg-type]
        assert rights.left(conn, entry.person) == {}
    return receipt
