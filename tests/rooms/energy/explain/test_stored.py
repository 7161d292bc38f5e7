"""The sixty planted causes, answered from the database: the right main cause, and numbers that come out again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from psycopg import Connection

from nova.energy.explain.facts import holds, recompute
from nova.energy.explain.tool import DataAnswers, respond, unproven
from nova.energy.stored import StoredSource
from nova.errors import NotFound
from nova.records import DataAnswer, DataFact, Scope
from nova.store.postgres.db import Database
from nova.store.series import batches, facts, meters, prices, readings, signals
from nova.visibility import Visible
from tests.owning import STAFF, give
from tests.rooms.energy.explain.planted import METER, PLAN, Case, cases

pytestmark = pytest.mark.slow

# Not the seeds that thresholds were looked at with (1 to 6).
SEEDS = (101, 102, 103)
RIGHT = 0.85
FEW = ("event", "price", "gap")


@cache
def planted(cause: str) -> Case:
    """One case."""
    (case,) = cases(7, (cause,))
    return case


@contextmanager
def kept(database: Database, case: Case) -> Iterator[Connection[Any]]:
    """A transaction that holds the case and is undone."""
    with database.transaction() as conn, conn.transaction(force_rollback=True):
        batch = batches.open(conn, batches.NewBatch("test", "test"))
        meters.save(conn, meters.Meter(METER, title=case.kept.meter.title, kind=case.kept.meter.kind))
        readings.put(conn, [case.kept.rows], batch)
        prices.put(conn, [case.kept.market], batch)
        signals.put(conn, list(case.kept.signals), batch)
        yield conn


def said_cause(answer: DataAnswer) -> str | None:
    """The cause whose share stands in the sentence that names the main one."""
    main = next((sentence for sentence in answer.sentences if sentence.text.startswith("Hauptursache")), None)
    if main is None:
        return None
    by_id = {fact.fact_id: fact for fact in answer.facts}
    return next(str(by_id[one].query["cause"]) for one in main.facts if "cause" in by_id[one].query)


def judged(database: Database, case: Case) -> tuple[str | None, int, int, int]:
    """The cause that is said, how many facts there are, how many do not come out again, and how many numbers no fact holds."""
    with kept(database, case) as conn:
        answer = respond(StoredSource(conn, STAFF), case.question, case.now)
        assert answer is not None
        assert answer.status == "answered"
        wrong = sum(not holds(StoredSource(conn, STAFF), fact) for fact in answer.facts)
        invented = sum(len(unproven(sentence, answer.facts)) for sentence in answer.sentences)
        return said_cause(answer), len(answer.facts), wrong, invented


@pytest.mark.parametrize("cause", FEW)
def test_a_planted_cause_is_found_in_the_database(database: Database, cause: str) -> None:
    case = planted(cause)
    found, count, wrong, invented = judged(database, case)
    assert (found, wrong, invented) == (cause, 0, 0)
    assert count >= 7


@pytest.mark.bars
def test_sixty_planted_causes(database: Database) -> None:
    wrong: Counter[str] = Counter()
    numbers = 0
    for seed in SEEDS:
        for case in cases(seed):
            found, count, changed, invented = judged(database, case)
            assert (changed, invented) == (0, 0)
            numbers += count
            wrong[case.cause] += found != case.cause
    total = len(SEEDS) * len(PLAN)
    print(f"right {1 - wrong.total() / total:.3f} of {total}, wrong {+wrong}, {numbers} numbers recomputed")
    assert total == 60
    assert 1 - wrong.total() / total >= RIGHT


def test_a_correction_changes_the_number_and_is_noticed(database: Database) -> None:
    case = planted("event")
    with kept(database, case) as conn:
        answer = respond(
            StoredSource(conn, STAFF), "Wie hoch war der Verbrauch gestern?", datetime.fromtimestamp(case.period.end + 3600, UTC)
        )
        assert answer is not None
        (energy,) = [fact for fact in answer.facts if fact.query["tool"] == "energy"]
        assert holds(StoredSource(conn, STAFF), energy)
        last = case.kept.rows.take(slice(-1, None))
        batch = batches.open(conn, batches.NewBatch("test", "correction"))
        readings.put(conn, [replace(last, consumption=last.consumption + 4)], batch)
        again = recompute(StoredSource(conn, STAFF), energy)
        assert again.value == pytest.approx((energy.value or 0) + 1)
        assert not holds(StoredSource(conn, STAFF), energy)


def test_numbers_are_those_of_plain_sql(database: Database) -> None:
    case = planted("event")
    with kept(database, case) as conn:
        now = datetime.fromtimestamp(case.period.end, UTC) + timedelta(hours=3)
        source = StoredSource(conn, STAFF)
        answers = [
            respond(source, question, now) for question in ("Wie hoch war die Lastspitze gestern?", "Wie hoch war der Strompreis gestern?")
        ]
        told = {fact.query["tool"]: fact for answer in answers if answer for fact in answer.facts}
        window = {"start": told["peak"].query["from"], "end": told["peak"].query["to"]}
        row = conn.execute(
            "SELECT max(consumption_kw) AS peak, avg(consumption_kw) AS mean FROM smart_meter_readings"
            " WHERE ts >= %(start)s AND ts < %(end)s AND meter_id = 'M-1'", window,
        ).fetchone()  # fmt: skip
        market = conn.execute(
            "SELECT avg(price_eur_mwh) AS mean, min(price_eur_mwh) AS low, count(*) AS n FROM market_prices"
            " WHERE ts >= %(start)s AND ts < %(end)s", window,
        ).fetchone()  # fmt: skip
        assert row is not None
        assert market is not None
        assert (told["peak"].value, told["mean"].value) == pytest.approx((row["peak"], row["mean"]))
        assert (told["price_mean"].value, told["price_min"].value) == pytest.approx((market["mean"], market["low"]))
        assert told["price_mean"].rows == market["n"]


def test_people_see_the_company_and_their_own(database: Database) -> None:
    case = planted("event")
    owner, other = uuid4(), uuid4()
    with database.transaction() as conn:
        for user in (owner, other):
            conn.execute("INSERT INTO users (user_id, external_id, role) VALUES (%s, %s, 'customer')", (user, str(user)))
        batch = batches.open(conn, batches.NewBatch("test", "test"))
        facts_of = {"tariff": {"fixed_ct_kwh": 31.5}, "region": "Jena"}
        meters.save(conn, meters.Meter("OWN-1", title="Haus Weber", kind="household", facts=facts_of))
        give(conn, "OWN-1", owner)
        readings.put(conn, [replace(case.kept.rows, meter_id="OWN-1")], batch)
    tool = DataAnswers(database)
    mine = tool.answer("Was hat unser Strom gestern gekostet?", Scope(owner=owner), case.now)
    assert mine is not None
    assert mine.status == "answered"
    assert [fact.unit for fact in mine.facts if fact.query["tool"] == "cost_paid"] == ["EUR"]
    theirs = tool.answer("Wie hoch war der Verbrauch von Haus Weber gestern?", Scope(owner=other), case.now)
    assert theirs is None or theirs.status == "refused"
    assert tool.answer("Wie lange ist die Kündigungsfrist?", Scope(owner=owner), case.now) is None


def test_facts_are_kept_for_who_may_see_them(database: Database) -> None:
    fact = DataFact(
        uuid4(), "Verbrauch", 12.5, "kWh", "12,5 kWh", {"tool": "energy", "meter": "A"}, 96, {"ts": [1], "columns": {"x": [1.0]}}
    )
    answer_id = uuid4()
    with database.transaction() as conn:
        conn.execute("INSERT INTO answers (answer_id, question, answer, status) VALUES (%s, '', '', 'answered')", (answer_id,))
        facts.insert(conn, answer_id, None, [fact])
        facts.insert(conn, answer_id, None, [fact])
        assert facts.of_answer(conn, answer_id, Visible(False, uuid4())) == []
        assert facts.of_answer(conn, answer_id, STAFF) == [fact]
        assert facts.get(conn, fact.fact_id, Visible(True, None)) == fact
        with pytest.raises(NotFound):
            facts.get(conn, uuid4(), Visible(True, None))
        conn.execute("DELETE FROM answers WHERE answer_id = %s", (answer_id,))
        assert facts.of_answer(conn, answer_id, Visible(True, None)) == []


def test_a_comparison_is_seen_only_by_who_may_see_both_meters(database: Database) -> None:
    me, query = uuid4(), {"tool": "difference", "of": "energy", "meter": "A-OPEN", "other_meter": "A-FOREIGN"}
    fact = DataFact(uuid4(), "Verbrauch: Unterschied zu A-FOREIGN", 1.0, "kWh", "1,0 kWh", query, 96)
    with database.transaction() as conn, conn.transaction(force_rollback=True):
        owner = uuid4()
        conn.execute("INSERT INTO users (user_id, external_id, role) VALUES (%s, %s, 'customer')", (owner, str(owner)))
        meters.save(conn, meters.Meter("A-OPEN"))
        meters.save(conn, meters.Meter("A-FOREIGN"))
        give(conn, "A-FOREIGN", owner)
        among = replace(fact, fact_id=uuid4(), query={"tool": "difference", "meter": "A-OPEN", "other_meters": ["A-OPEN", "A-FOREIGN"]})
        facts.insert(conn, None, None, [fact, among])
        for one in (fact, among):
            assert facts.get(conn, one.fact_id, Visible(True, None)) == one
            for seen in (Visible(False, owner), Visible(False, me), STAFF):  # nobody but the operator may see both
                with pytest.raises(NotFound):
                    facts.get(conn, one.fact_id, seen)


def test_gaps_are_told(database: Database) -> None:
    case = planted("gap")
    with kept(database, case) as conn:
        answer = respond(StoredSource(conn, STAFF), "Gibt es Lücken in den Daten von Haus am Anger in den letzten 3 Tagen?", case.now)
        assert answer is not None
        assert any("fehlen" in sentence.text for sentence in answer.sentences)
