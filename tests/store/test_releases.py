"""Releases: one live and one trial a family, one step back that restores exactly, and a ledger that says every step and only grows."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg import Connection

from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.releases import Release

MODELS, OTHERS = "models", "adapters"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
GATE = {"ndcg": 0.81}


def at(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


@pytest.fixture
def clean(database: Database) -> Database:
    database.execute("TRUNCATE releases CASCADE")
    return database


@pytest.fixture
def conn(clean: Database) -> Iterator[Connection[object]]:
    with clean.transaction() as opened:
        for name in ("a", "b", "c"):
            assert releases.add(opened, MODELS, name, "admin", NOON)
        yield opened


def states(conn: Connection[object], family: str = MODELS) -> dict[str, str]:
    return {one.name: one.state for one in releases.every(conn, family)}


def told(conn: Connection[object], family: str = MODELS) -> list[tuple[str, str]]:
    """The ledger after the candidates were made, oldest first."""
    return [(one.name, one.step) for one in reversed(releases.steps(conn, family)) if one.step != "made"]


def known(conn: Connection[object], name: str) -> Release:
    found = releases.get(conn, MODELS, name)
    assert found is not None
    return found


def test_a_candidate_is_neither_live_nor_tried(conn: Connection[object]) -> None:
    assert releases.add(conn, MODELS, "d", "user:1", at(1), gate=GATE, digest="f00")
    one = known(conn, "d")
    assert (one.state, one.before, one.share, one.gate, one.digest) == ("candidate", None, 0.0, GATE, "f00")
    assert (one.created_by, one.created_at, one.trial_at, one.live_at, one.left_at) == ("user:1", at(1), None, None, None)
    assert releases.live(conn, MODELS) is None and releases.get(conn, MODELS, "e") is None
    assert [one.name for one in releases.every(conn, MODELS)] == ["d", "a", "b", "c"]


def test_a_name_is_given_once_and_only_within_its_family(conn: Connection[object]) -> None:
    assert not releases.add(conn, MODELS, "a", "user:1", at(1), digest="other")
    assert known(conn, "a").created_by == "admin" and len(releases.steps(conn, MODELS, "a")) == 1
    assert releases.add(conn, OTHERS, "a", "user:1", at(1))
    assert releases.go_live(conn, OTHERS, "a", {}, "user:1", at(1))
    assert releases.live(conn, MODELS) is None and states(conn)["a"] == "candidate"


def test_the_second_trial_ends_the_first(conn: Connection[object]) -> None:
    assert releases.try_out(conn, MODELS, "a", 0.2, "admin", at(1))
    assert releases.try_out(conn, MODELS, "b", 0.5, "admin", at(2))
    assert states(conn) == {"a": "candidate", "b": "trial", "c": "candidate"}
    assert (known(conn, "a").share, known(conn, "a").trial_at, known(conn, "b").share) == (0.0, at(1), 0.5)
    assert releases.try_out(conn, MODELS, "b", 0.7, "admin", at(3))  # its own goes on, with another share
    releases.end_trial(conn, MODELS, "admin", at(4))
    assert states(conn)["b"] == "candidate" and known(conn, "b").trial_at == at(3)
    assert told(conn) == [("a", "trial"), ("a", "dropped"), ("b", "trial"), ("b", "trial"), ("b", "dropped")]
    assert [step.facts for step in releases.steps(conn, MODELS, "b")][1:3] == [{"share": 0.7}, {"share": 0.5}]


def test_who_goes_live_replaces_who_was(conn: Connection[object]) -> None:
    assert releases.go_live(conn, MODELS, "a", GATE, "admin", at(1))
    assert releases.try_out(conn, MODELS, "b", 0.5, "admin", at(2))
    assert releases.go_live(conn, MODELS, "b", {"ndcg": 0.9}, "user:2", at(3))
    now, before = known(conn, "b"), known(conn, "a")
    assert releases.live(conn, MODELS) == now
    assert (now.state, now.before, now.share, now.gate, now.live_at) == ("live", "a", 0.0, {"ndcg": 0.9}, at(3))
    assert (before.state, before.before, before.gate, before.live_at, before.left_at) == ("former", None, GATE, at(1), at(3))
    newest = releases.steps(conn, MODELS, limit=1)[0]
    assert (newest.name, newest.step, newest.actor, newest.at, newest.facts) == ("b", "live", "user:2", at(3), {"before": "a"})


def test_what_is_live_is_not_tried_nor_made_live_again_and_what_is_not_there_changes_nothing(conn: Connection[object]) -> None:
    releases.go_live(conn, MODELS, "a", GATE, "admin", at(1))
    releases.try_out(conn, MODELS, "b", 0.5, "admin", at(1))
    before, steps = releases.every(conn, MODELS), releases.steps(conn, MODELS)
    assert not releases.go_live(conn, MODELS, "a", {}, "admin", at(2)) and not releases.try_out(conn, MODELS, "a", 0.1, "admin", at(2))
    assert not releases.go_live(conn, MODELS, "x", {}, "admin", at(2)) and not releases.try_out(conn, MODELS, "x", 0.1, "admin", at(2))
    assert not releases.withdraw(conn, MODELS, "a", "admin", at(2)) and not releases.withdraw(conn, MODELS, "x", "admin", at(2))
    assert (releases.every(conn, MODELS), releases.steps(conn, MODELS)) == (before, steps)


def test_a_step_back_restores_exactly(conn: Connection[object]) -> None:
    releases.add(conn, MODELS, "d", "admin", NOON, digest="f00")
    releases.go_live(conn, MODELS, "a", GATE, "admin", at(1))
    releases.go_live(conn, MODELS, "d", {"ndcg": 0.85}, "admin", at(2))
    before = known(conn, "d")
    releases.go_live(conn, MODELS, "c", {}, "admin", at(3))
    back = releases.step_back(conn, MODELS, "user:3", at(4))
    assert back is not None and back.live_at == at(4)
    assert (back.name, back.state, back.before, back.gate, back.digest) == ("d", "live", before.before, before.gate, before.digest)
    assert (back.share, back.created_at, back.left_at) == (before.share, before.created_at, before.left_at)
    assert states(conn) == {"a": "former", "b": "candidate", "c": "withdrawn", "d": "live"} and known(conn, "c").left_at == at(4)
    first = releases.step_back(conn, MODELS, "user:3", at(5))
    assert first is not None and first.name == "a"
    assert releases.step_back(conn, MODELS, "user:3", at(6)) is None  # what is shipped
    assert releases.live(conn, MODELS) is None and states(conn)["a"] == "withdrawn"
    assert told(conn)[3:] == [("c", "withdrawn"), ("d", "back"), ("d", "withdrawn"), ("a", "back"), ("a", "withdrawn")]
    assert {one.actor for one in releases.steps(conn, MODELS, limit=5)} == {"user:3"}
    assert [one.facts for one in releases.steps(conn, MODELS, "d", limit=2)] == [{}, {"from": "c"}]


def test_without_a_live_one_a_step_back_is_no_step(conn: Connection[object]) -> None:
    assert releases.step_back(conn, MODELS, "admin", at(1)) is None
    assert told(conn) == []


def test_what_was_taken_back_can_be_tried_and_go_live_again(conn: Connection[object]) -> None:
    releases.go_live(conn, MODELS, "a", GATE, "admin", at(1))
    releases.step_back(conn, MODELS, "admin", at(2))
    assert releases.try_out(conn, MODELS, "a", 0.3, "admin", at(3)) and known(conn, "a").gate is None
    assert releases.go_live(conn, MODELS, "a", {"ndcg": 0.7}, "admin", at(4)) and known(conn, "a").gate == {"ndcg": 0.7}


def test_what_goes_live_once_more_comes_once_in_the_way_back(conn: Connection[object]) -> None:
    for hour, name in enumerate(("c", "a", "b", "a")):
        assert releases.go_live(conn, MODELS, name, {}, "admin", at(hour))
    assert [known(conn, name).before for name in ("a", "b", "c")] == ["b", "c", None]
    way_back = [releases.step_back(conn, MODELS, "admin", at(5)) for _ in range(4)]
    assert [one and one.name for one in way_back] == ["b", "c", None, None]


def test_what_a_taken_back_one_replaced_stays_known(conn: Connection[object]) -> None:
    releases.go_live(conn, MODELS, "a", {}, "admin", at(1))
    releases.go_live(conn, MODELS, "b", {}, "admin", at(2))
    for hour in (3, 4):
        releases.step_back(conn, MODELS, "admin", at(hour))
    assert releases.go_live(conn, MODELS, "a", {}, "admin", at(5))
    assert (known(conn, "b").state, known(conn, "b").before) == ("withdrawn", "a")


def test_what_is_withdrawn_is_on_no_trial_and_no_step_back_leads_to_it(conn: Connection[object]) -> None:
    for hour, name in enumerate(("a", "b", "c")):
        releases.go_live(conn, MODELS, name, GATE, "admin", at(hour))
    assert releases.withdraw(conn, MODELS, "b", "admin", at(4)) and not releases.withdraw(conn, MODELS, "b", "admin", at(5))
    assert states(conn) == {"a": "former", "b": "withdrawn", "c": "live"}
    back = releases.step_back(conn, MODELS, "admin", at(6))
    assert back is not None and back.name == "a"
    releases.try_out(conn, MODELS, "c", 0.4, "admin", at(7))
    assert releases.withdraw(conn, MODELS, "c", "admin", at(8)) and known(conn, "c").share == 0.0


def test_what_is_computed_anew_keeps_its_place(conn: Connection[object]) -> None:
    releases.go_live(conn, MODELS, "a", GATE, "admin", at(1))
    steps = releases.steps(conn, MODELS)
    releases.amend(conn, MODELS, ["a", "b"], {"again": True}, "f01")
    assert (known(conn, "a").gate, known(conn, "a").digest, known(conn, "a").state) == (GATE | {"again": True}, "f01", "live")
    releases.amend(conn, MODELS, ["b"], {"twice": True})
    assert (known(conn, "b").gate, known(conn, "b").digest) == ({"again": True, "twice": True}, "f01")
    assert known(conn, "c").gate is None and releases.steps(conn, MODELS) == steps


def test_two_callers_at_once_leave_one_live_and_a_chain_of_steps(clean: Database) -> None:
    names = [f"r{number}" for number in range(6)]
    with clean.transaction() as conn:
        for name in names:
            releases.add(conn, MODELS, name, "admin", NOON)
    ready = threading.Barrier(2)

    def work(own: list[str]) -> None:
        for name in own:
            ready.wait(30)
            with clean.transaction() as conn:
                releases.try_out(conn, MODELS, name, 0.5, name, at(1))
                releases.go_live(conn, MODELS, name, {}, name, at(2))

    threads = [threading.Thread(target=work, args=(own,)) for own in (names[::2], names[1::2])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with clean.transaction() as conn:
        assert sorted(states(conn).values()) == [*["former"] * 5, "live"]
        gone = [one.name for one in reversed(releases.steps(conn, MODELS)) if one.step == "live"]
        assert sorted(gone) == names
        before = {one.name: one.before for one in releases.every(conn, MODELS)}
    assert [before[name] for name in gone] == [None, *gone[:-1]]


@pytest.mark.parametrize("state", ["live", "trial"])
def test_the_database_itself_holds_that_there_is_one(clean: Database, state: str) -> None:
    one = "INSERT INTO releases (family, name, state, created_by) VALUES (%s, gen_random_uuid()::text, %s, 'admin')"
    clean.execute(one, [MODELS, state])
    clean.execute(one, [OTHERS, state])
    with pytest.raises(psycopg.errors.UniqueViolation), clean.transaction() as conn:
        conn.execute(one, [MODELS, state])


@pytest.mark.parametrize("change", ["UPDATE release_steps SET actor = 'x'", "DELETE FROM release_steps"])
def test_the_ledger_only_grows(conn: Connection[object], change: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"), conn.transaction():
        conn.execute(change.encode())
    assert len(releases.steps(conn, MODELS)) == 3
