"""Knowledge gaps: what belongs together, whatever the order; identity over runs; closing and opening; no words of one person alone."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.kpi.gaps import find as gaps
from nova.kpi.gaps.cluster import TopicalQuestion, clusters
from nova.language.analyser import Analyser
from nova.language.topics import topic
from nova.store.postgres.db import Database
from tests.rooms.kpi.house import MONDAY, answer, judge, subject, wipe

PUMP = [
    "Welche Förderung gibt es für Wärmepumpen?",
    "Wie hoch ist die Förderung einer Wärmepumpe?",
    "Gibt es Zuschüsse zur Förderung der Wärmepumpe?",
    "Wie beantrage ich die Wärmepumpenförderung?",
]
CABLE = [
    "Wie lang darf das Ladekabel der Wallbox sein?",
    "Welches Ladekabel braucht meine Wallbox?",
    "Welche Wallbox hat ein langes Ladekabel?",
]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clean(database: Database) -> None:
    wipe(database)


def ask(db: Database, questions: list[str], at: int = 0, **more: Any) -> list[UUID]:
    known = {"status": "refused", **more}
    return [answer(db, MONDAY + timedelta(hours=at, minutes=n), one, subject_id=subject(db), **known) for n, one in enumerate(questions)]


def seen(db: Database, state: str | None = "open") -> list[gaps.GapView]:
    with db.transaction() as conn:
        return gaps.store.page(conn, state, 50, fewest=1)[0]


def test_questions_about_the_same_are_one_gap_and_the_weightiest_comes_first(database: Database) -> None:
    ask(database, PUMP + CABLE)
    ask(database, ["Was kostet Fernwärme im Winter?"])
    ask(database, PUMP, purposes=("service",))
    assert gaps.find_gaps(database, MONDAY + DAY) == 2
    pump, cable = seen(database)
    assert (pump.questions, pump.people, pump.weakness) == (4, 4, 1.0)
    assert (cable.questions, cable.people) == (3, 3)
    assert "Wärmepumpe" in " ".join(pump.terms) and "Förderung" in pump.terms and {"Wallbox", "Ladekabel"} <= set(cable.terms)


def test_weak_answers_and_doubted_ones_count_less_than_refusals(database: Database) -> None:
    weak = ask(database, PUMP[:2], status="answered", margin=1.01)
    doubted = ask(database, PUMP[2:], status="answered", margin=2.0)
    ask(database, ["Förderung der Wärmepumpe, bitte?"], status="answered", margin=2.0)
    for one in doubted:
        judge(database, MONDAY + timedelta(hours=1), one, False, "unvollstaendig")
    gaps.find_gaps(database, MONDAY + DAY)
    (gap,) = seen(database)
    with database.transaction() as conn:
        rows = {row["answer_id"]: row["weakness"] for row in gaps.store.questions(conn, gap.gap_id, 10)}
        assert gaps.answered_share(gaps.store.questions(conn, gap.gap_id, 10), lambda _: True) == 0.5  # found again is not right
    assert set(rows) == set(weak) | set(doubted)
    assert all(rows[one] == 0.8 for one in doubted) and all(0.3 <= rows[one] < 0.8 for one in weak)


def test_a_gap_stays_the_same_gap_as_questions_come_and_go(database: Database) -> None:
    first = ask(database, PUMP)
    gaps.find_gaps(database, MONDAY + DAY)
    (before,) = seen(database)
    ask(database, ["Wo beantrage ich Förderung für meine Wärmepumpe?", *PUMP[:2]], at=48)
    database.execute("DELETE FROM answers WHERE answer_id = %s", [first[0]])
    gaps.find_gaps(database, MONDAY + 3 * DAY)
    (after,) = seen(database)
    assert after.gap_id == before.gap_id and after.questions == 6
    ask(database, PUMP, at=24 * 40)
    gaps.find_gaps(database, MONDAY + 41 * DAY)
    assert [gap.gap_id for gap in seen(database)] == [before.gap_id]


def test_a_closed_gap_stays_closed_until_somebody_asks_in_vain_again(database: Database) -> None:
    ask(database, PUMP)
    gaps.find_gaps(database, MONDAY + DAY)
    (gap,) = seen(database)
    with database.transaction() as conn:
        asked = gaps.store.questions(conn, gap.gap_id, 50)
        assert gaps.answered_share(asked, lambda question: "hoch" in question) == 0.25
        assert gaps.answered_share([], lambda _: True) is None
        assert gaps.close(conn, gap.gap_id, MONDAY + DAY) and not gaps.close(conn, gap.gap_id, MONDAY + DAY)
    assert gaps.find_gaps(database, MONDAY + 2 * DAY) == 0
    assert [one.state for one in seen(database, None)] == ["closed"]
    ask(database, PUMP[:1], at=72)
    gaps.find_gaps(database, MONDAY + 4 * DAY)
    assert [one.gap_id for one in seen(database)] == [gap.gap_id]


def test_a_gap_closes_when_nobody_asks_any_more_and_goes_with_its_questions(database: Database) -> None:
    ids = ask(database, PUMP)
    gaps.find_gaps(database, MONDAY + DAY)
    gaps.find_gaps(database, MONDAY + 40 * DAY)
    assert [one.state for one in seen(database, None)] == ["closed"]
    database.execute("DELETE FROM answers WHERE answer_id = ANY(%s)", [ids])
    gaps.find_gaps(database, MONDAY + 41 * DAY)
    assert seen(database, None) == []


def test_a_withdrawal_takes_the_question_out(database: Database) -> None:
    ids = ask(database, PUMP)
    gaps.find_gaps(database, MONDAY + DAY)
    database.execute("UPDATE answers SET purposes = '{service}' WHERE answer_id = ANY(%s)", [ids[:3]])
    gaps.find_gaps(database, MONDAY + DAY)
    assert seen(database, None) == []


def test_no_word_of_fewer_than_five_people_names_a_gap(database: Database) -> None:
    strange = "Xylofonwerk"
    ask(database, [f"{question} {strange}" for question in PUMP[:2]])
    who = subject(database)
    for at in range(4):
        answer(database, MONDAY + timedelta(minutes=at), f"{PUMP[2]} Quastenflosser", status="refused", subject_id=who)
    gaps.find_gaps(database, MONDAY + DAY)
    assert not any("Xylofon" in term or "Quasten" in term for gap in seen(database) for term in gap.terms)
    ask(database, [f"{question} {strange}" for question in PUMP[1:]])
    gaps.find_gaps(database, MONDAY + DAY)
    assert any("Xylofonwerk" in term for gap in seen(database) for term in gap.terms)


def test_behind_the_last_page_it_still_says_how_many_there_are(database: Database) -> None:
    ask(database, PUMP + PUMP + CABLE)
    gaps.find_gaps(database, MONDAY + DAY)
    with database.transaction() as conn:
        assert gaps.store.page(conn, "open", 50, 500) == ([], 1)  # three people are too few
        assert gaps.store.page(conn, "closed", 50, 500) == ([], 0)


def test_finding_again_changes_nothing(database: Database) -> None:
    ask(database, PUMP + CABLE)
    gaps.find_gaps(database, MONDAY + DAY)
    before = database.fetch_all("SELECT * FROM knowledge_gaps ORDER BY 1"), database.fetch_all("SELECT * FROM gap_answers ORDER BY 1, 2")
    gaps.find_gaps(database, MONDAY + DAY)
    assert before == (
        database.fetch_all("SELECT * FROM knowledge_gaps ORDER BY 1"),
        database.fetch_all("SELECT * FROM gap_answers ORDER BY 1, 2"),
    )


@given(
    st.lists(st.sampled_from(PUMP + CABLE + ["Was ist Strom?", "Zähler kaputt", "", "Wer zahlt den Netzanschluss?"]), max_size=12),
    st.randoms(),
)
def test_the_order_of_the_questions_does_not_matter(questions: list[str], dice: random.Random) -> None:
    asked = [TopicalQuestion(UUID(int=at + 1), topic(question, Analyser.builtin())) for at, question in enumerate(questions)]
    shuffled = list(asked)
    dice.shuffle(shuffled)
    found = clusters(asked)
    assert clusters(shuffled) == found
    assert sorted(one for some in found for one in some) == sorted(one.answer_id for one in asked if one.topic)
