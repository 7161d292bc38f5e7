"""Answers that others gave: what their sender measured of them turns the same figures and gaps as Nova's own, and goes with the person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from nova.kpi.gaps import find as gaps
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import measure, stale, window
from nova.kpi.measure.lately import lately
from nova.kpi.measure.registry import KPIS
from nova.store.postgres.db import Database
from nova.store.quality import reports, tickets
from nova.store.talk import conversations, talks
from tests.rooms.kpi.house import ASKED, MONDAY, answer, conversation, subject, wipe

HOUR = timedelta(hours=1)
PUMP = ["Welche Förderung gibt es für Wärmepumpen?", "Wie hoch ist die Förderung einer Wärmepumpe?", "Wer fördert meine Wärmepumpe?"]
BAD = {"useful": False, "refused": True, "latency_ms": 900.0, "dwell_ms": 6000, "cost_eur": 0.02}


@pytest.fixture(autouse=True)
def _clean(database: Database) -> None:
    wipe(database)


def delivered(
    db: Database, question: str, who: UUID | None = None, at: datetime = MONDAY, purposes: Sequence[str] = ASKED, **meta: Any
) -> UUID:
    """A question in Sophia's chat and what was measured of the answer, a minute later."""
    one = conversation(db, at, [question], who, purposes)
    db.execute(
        "INSERT INTO turns (conversation_id, seq, role, ts, text, meta, digest) VALUES (%s, 1, 'assistant', %s, 'So ist es.', %s, '')",
        [one, at + timedelta(minutes=1), Jsonb(meta)],
    )
    db.execute("UPDATE conversations SET turns = 2 WHERE conversation_id = %s", [one])
    return one


def seen(db: Database, name: str, segment: str = "") -> Estimate:
    with db.transaction() as conn:
        return window(conn, KPIS[name], MONDAY, MONDAY + HOUR, segment)


def found(db: Database) -> list[gaps.GapView]:
    gaps.find_gaps(db, MONDAY + timedelta(days=1))
    with db.transaction() as conn:
        return gaps.store.page(conn, None, 50, fewest=1)[0]


def test_what_was_measured_of_delivered_answers_counts(database: Database) -> None:
    for text in PUMP:
        delivered(database, text, subject(database), **BAD)
    delivered(database, "Wann wird abgelesen?", subject(database), useful=True, refused=False)
    delivered(database, "Wann kommt die Rechnung?", subject(database))  # nobody measured anything
    measure(database, MONDAY, MONDAY + HOUR)
    for segment in ("", "source:sophia", "channel:chat"):
        assert seen(database, "answers", segment).value == 5
        assert (seen(database, "refused_share", segment).value, seen(database, "refused_share", segment).n) == (0.75, 4)
        assert (seen(database, "useful_share", segment).value, seen(database, "useful_share", segment).n) == (0.25, 4)
        assert (seen(database, "dwell_s", segment).value, seen(database, "dwell_s", segment).n) == (6, 3)
        assert seen(database, "gap_questions", segment).value == 3


def test_how_long_others_take_and_what_they_cost_is_not_mixed_with_ours(database: Database) -> None:
    answer(database, MONDAY, "Wie lange?", ms=100.0)
    delivered(database, PUMP[0], **BAD)
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "latency_p50_ms").value == pytest.approx(100, rel=0.1) and seen(database, "latency_p50_ms").n == 1
    assert seen(database, "latency_p50_ms", "source:sophia").value == pytest.approx(900, rel=0.1)
    assert seen(database, "cost_eur").value == 0 and seen(database, "cost_eur", "source:sophia").value == pytest.approx(0.02)


def test_measuring_again_gives_the_same_and_a_later_measure_makes_the_hour_stale(database: Database) -> None:
    one = delivered(database, PUMP[0], subject(database), refused=True)
    measure(database, MONDAY, MONDAY + HOUR)
    first = database.fetch_all("SELECT * FROM kpi_hours ORDER BY kpi, segment")
    measure(database, MONDAY, MONDAY + HOUR)
    assert database.fetch_all("SELECT * FROM kpi_hours ORDER BY kpi, segment") == first
    assert stale(database, MONDAY, MONDAY + HOUR) == []
    with database.transaction() as conn:
        conversations.add_meta(conn, one, {1: {"useful": False}})  # the same turn came again, with a judgement
    assert stale(database, MONDAY, MONDAY + HOUR) == [MONDAY]
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "useful_share") == seen(database, "useful_share", "source:sophia") and seen(database, "useful_share").n == 1


def test_questions_that_others_could_not_answer_are_a_gap_with_their_words(database: Database) -> None:
    people = [subject(database) for _ in PUMP]
    for text, who in zip(PUMP, people, strict=True):
        delivered(database, text, who, **BAD)
    delivered(database, "Wie wird eine Wärmepumpe gefördert?", people[0], purposes=("service",), **BAD)
    for _ in range(2):
        answer(database, MONDAY, "Wo beantrage ich die Förderung der Wärmepumpe?", status="refused", subject_id=subject(database))
    (gap,) = found(database)
    assert (gap.questions, gap.people, gap.weakness) == (5, 5, 1.0)
    assert "Wärmepumpe" in " ".join(gap.terms)
    with database.transaction() as conn:
        asked = {row["question"] for row in gaps.store.questions(conn, gap.gap_id, 10)}
        assert (
            asked
            == {row["question"] for row in tickets.questions(conn, gap.gap_id, 10)}
            == {*PUMP, "Wo beantrage ich die Förderung der Wärmepumpe?"}
        )
        (blamed,) = tickets.gaps(conn, MONDAY, MONDAY + HOUR, "refused", 1.08)
    assert (blamed["questions"], blamed["bad"], blamed["of_all"]) == (5, 5, 6)
    assert found(database) == [gap]  # the same gap again


def test_a_withdrawal_and_an_erasure_take_them_out_again(database: Database) -> None:
    anna, otto = subject(database), subject(database)
    for text in PUMP[:2]:
        delivered(database, text, otto, **BAD)
    delivered(database, PUMP[2], anna, **BAD)
    measure(database, MONDAY, MONDAY + HOUR)
    assert [gap.questions for gap in found(database)] == [3]
    with database.transaction() as conn:  # Anna lets nobody look at her words any more
        conversations.narrow(conn, anna, {"service"})
        conversations.unlook(conn, anna)
    assert [gap.questions for gap in found(database)] == [2]
    with database.transaction() as conn:
        conversations.forget(conn, otto)
    assert found(database) == []
    assert stale(database, MONDAY, MONDAY + HOUR) == [MONDAY]
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "refused_share").n == 1  # a number is all that is left of Anna's


def test_who_delivers_may_say_what_was_asked_before(database: Database) -> None:
    told = conversation(database, MONDAY, ["Wann wird abgelesen?"], None, ("service",))
    conversation(database, MONDAY, ["Wie kündige ich den Vertrag?"], subject(database))
    database.execute("""UPDATE turns SET meta = '{"rephrased": true}' WHERE conversation_id = %s""", [told])
    measure(database, MONDAY, MONDAY + HOUR)
    assert (seen(database, "rephrased_share").value, seen(database, "rephrased_share").n) == (0.5, 2)


def test_conversations_show_how_delivered_answers_were_judged(database: Database) -> None:
    delivered(database, PUMP[0], useful=True)
    delivered(database, PUMP[1], useful=False)
    with database.transaction() as conn:
        rows = talks.page(conn, talks.ConversationFilter())
        assert {(row.useful, row.not_useful) for row in rows} == {(1, 0), (0, 1)}
        said = {one.useful for row in rows for one in talks.turns(conn, row.conversation_id) if one.role == "assistant"}
    assert said == {True, False}


def test_questions_lately_hold_delivered_ones(database: Database) -> None:
    delivered(database, PUMP[0], subject(database), refused=True)
    delivered(database, PUMP[1], subject(database), refused=False)
    for _ in range(3):
        delivered(database, PUMP[2], subject(database))
    now = MONDAY + 2 * HOUR
    with database.transaction() as conn:
        counted = lately(conn, now)
    measure(database, MONDAY, now + HOUR)
    with database.transaction() as conn:
        assert lately(conn, now) == counted
    assert (counted.today, counted.week, counted.answered_share, counted.p50) == (5, 5, 0.5, None)


def test_what_nova_answered_itself_is_measured_by_its_answers_alone(database: Database) -> None:
    one = delivered(database, PUMP[0], refused=True, latency_ms=5.0)
    answer(database, MONDAY, PUMP[0], status="refused", conversation_id=one)
    database.execute("UPDATE conversations SET source = 'nova'")
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "refused_share").n == 1 and seen(database, "answers").value == 1


def test_a_report_counts_them_too(database: Database) -> None:
    for _ in range(5):
        delivered(database, PUMP[0], subject(database), useful=True)
    delivered(database, PUMP[1])
    with database.transaction() as conn:
        done = reports.done(conn, MONDAY, MONDAY + HOUR)
    assert (done["questions"], done["judgements"]) == (6, 5)
