"""Two versions of a prompt side by side: bounds, chance and what may be said of few judgements."""

import json
from datetime import timedelta
from uuid import uuid4

from nova.kpi.learn.variants import FEWEST, compare
from nova.store.postgres.db import Database
from nova.store.quality import prompts
from nova.store.quality.prompts import PERSON_MOST, Figures
from tests.rooms.kpi.house import MONDAY, answer, judge, wipe


def test_few_judgements_say_nothing() -> None:
    found = compare(Figures("a", 30, 0, FEWEST - 1, FEWEST - 1), Figures("b", 30, 0, 100, 0))
    assert (found.verdict, found.chance) == ("open", None)
    assert "zu wenige" in found.note


def test_a_clear_difference_is_told_and_a_small_one_is_not() -> None:
    assert compare(Figures("a", 100, 5, 100, 80), Figures("b", 100, 5, 100, 50)).verdict == "better"
    assert compare(Figures("a", 100, 5, 100, 50), Figures("b", 100, 5, 100, 80)).verdict == "worse"
    assert compare(Figures("a", 100, 5, 100, 52), Figures("b", 100, 5, 100, 50)).verdict == "open"


def test_the_seal_is_of_what_the_verdict_rests_on() -> None:
    one = compare(Figures("a", 100, 5, 100, 80), Figures("b", 100, 5, 100, 50))
    assert one.seal("a") == compare(Figures("a", 100, 5, 100, 80), Figures("b", 100, 5, 100, 50)).seal("a")
    assert one.seal("a") == compare(Figures("a", 101, 6, 100, 80), Figures("b", 109, 5, 100, 50)).seal("a")  # a busy site answers on
    assert one.seal("a") != compare(Figures("a", 101, 5, 101, 80), Figures("b", 100, 5, 100, 50)).seal("a")
    assert one.seal("a") != compare(Figures("a", 100, 5, 100, 80), Figures("c", 100, 5, 100, 50)).seal("a")


def test_one_person_decides_no_trial(database: Database) -> None:
    wipe(database)
    for number in range(3):
        user = uuid4()
        database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", [user, user.hex])
        for nth in range(40 if number == 0 else 2):
            at = MONDAY + timedelta(minutes=nth)
            one = answer(database, at, "?", status="refused" if nth == 1 else "answered", model="m", user_id=user)
            database.execute("UPDATE answers SET prompt_version = 'a' WHERE answer_id = %s", [one])
            if nth != 1:
                judge(database, at, one, number > 0)
    with database.transaction() as conn:
        found = prompts.figures(conn, ["a", "b"], MONDAY)
    assert (found["a"].answers, found["a"].refused, found["a"].judged, found["a"].useful) == (44, 3, PERSON_MOST + 2, 2)
    assert found["b"] == Figures("b")


def test_what_was_compared_can_be_kept_with_the_version(database: Database) -> None:
    wipe(database)
    user = uuid4()
    database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", [user, user.hex])
    one = answer(database, MONDAY, "?", model="m", user_id=user)
    said = f"Zwei Wochen. [chunk {uuid4()}] Vielleicht. (nicht belegt)"
    database.execute("UPDATE answers SET prompt_version = 'a', answer = %s WHERE answer_id = %s", [said, one])
    with database.transaction() as conn:
        found = prompts.figures(conn, ["a", "b"], MONDAY)
    compared = compare(found["a"], found["b"])
    assert json.loads(json.dumps(compared.rows))[0]["grounded"] == 0.5
