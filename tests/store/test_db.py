"""The pool: transactions, named errors, retries and the survival of a server restart."""

import threading
import time

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from nova.errors import Busy, ServerAbsent
from nova.store.postgres import db
from nova.store.postgres.db import Database
from nova.store.postgres.holder import hold
from tests.fakes.faults import before, database_socket, through


@pytest.fixture(scope="module", autouse=True)
def counters(database: Database) -> None:
    database.execute("CREATE TABLE counters (name text PRIMARY KEY, value integer NOT NULL)")


@pytest.fixture(autouse=True)
def two_rows(database: Database) -> None:
    database.execute("INSERT INTO counters VALUES ('a', 1), ('b', 1) ON CONFLICT (name) DO UPDATE SET value = 1")


def value(database: Database, name: str) -> int:
    row = database.fetch_one("SELECT value FROM counters WHERE name = %(name)s", {"name": name})
    assert row is not None
    return int(row["value"])


def test_a_transaction_commits_when_its_block_ends(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute("UPDATE counters SET value = 2 WHERE name = 'a'")
    assert value(database, "a") == 2


def test_a_transaction_is_undone_when_its_block_raises(database: Database) -> None:
    def fail_half_way() -> None:
        with database.transaction() as connection:
            connection.execute("UPDATE counters SET value = 2 WHERE name = 'a'")
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()
    assert value(database, "a") == 1


def test_many_rows_are_written_in_pieces_that_make_way(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(db, "make_way", lambda: made.append(1))
    with database.transaction() as connection:
        db.execute_many(connection, "INSERT INTO counters VALUES (%(name)s, 1)", ({"name": f"many {n}"} for n in range(2 * db.AT_ONCE + 1)))
        db.execute_many(connection, "INSERT INTO counters VALUES (%(name)s, 1)", [])
    assert len(made) == 3
    assert database.execute("DELETE FROM counters WHERE name LIKE 'many %'") == 2 * db.AT_ONCE + 1


def test_helpers_return_rows_as_dicts_and_counts(database: Database) -> None:
    assert database.fetch_all("SELECT name FROM counters ORDER BY name") == [{"name": "a"}, {"name": "b"}]
    assert database.fetch_one("SELECT 1 AS one WHERE false") is None
    assert database.execute("UPDATE counters SET value = value") == 2


def test_sessions_speak_utc_and_have_a_time_limit(database_url: str) -> None:
    with Database.connect(database_url, statement_seconds=0.1) as impatient:
        row = impatient.fetch_one("SELECT current_setting('timezone') AS zone")
        assert row == {"zone": "UTC"}
        with pytest.raises(Busy, match="dauerte zu lange"):
            impatient.execute("SELECT pg_sleep(5)")


def test_an_exhausted_pool_is_busy(database_url: str) -> None:
    with Database.connect(database_url, max_size=1, wait_seconds=0.2) as narrow:
        with narrow.transaction(), pytest.raises(Busy) as raised:
            narrow.execute("SELECT 1")
        assert raised.value.data["retry_after"] > 0
        assert narrow.execute("SELECT 1") == 1


def test_nobody_at_the_address_is_a_server_absent() -> None:
    with pytest.raises(ServerAbsent):
        Database.connect("host=127.0.0.1 port=1 dbname=nova user=nova connect_timeout=2")


def test_a_cut_connection_is_named_and_the_next_use_works(database: Database) -> None:
    def lose_the_connection() -> None:
        with database.transaction() as connection:
            pid = connection.info.backend_pid
            with database.listen() as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
            connection.execute("SELECT 1")

    with pytest.raises(ServerAbsent):
        lose_the_connection()
    assert value(database, "a") == 1


def test_a_server_that_falls_silent_is_absent_in_time_and_used_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "SILENT_SECONDS", 0.5)
    with before(database_socket(database_url)) as proxy, Database.connect(through(proxy, database_url), statement_seconds=1) as opened:
        assert opened.execute("SELECT 1") == 1
        proxy.mode = "freezes"
        began = time.monotonic()
        with pytest.raises(ServerAbsent), opened.transaction() as connection:
            connection.execute("SELECT 1")
        assert time.monotonic() - began < 4
        proxy.mode = "well"
        until = time.monotonic() + 10
        while not answers(opened):  # a connection that was opened while it was silent may be lent once more
            assert time.monotonic() < until


def answers(opened: Database) -> bool:
    try:
        return opened.execute("SELECT 1") == 1
    except ServerAbsent:
        return False


def test_idle_connections_cut_by_a_restart_are_replaced(database: Database) -> None:
    database.execute("SELECT 1")
    with database.listen() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    for _ in range(5):
        assert value(database, "b") == 1


def test_deadlocked_work_is_repeated_until_both_are_done(database: Database) -> None:
    barrier = threading.Barrier(2, timeout=10)
    runs: list[str] = []

    def work(first: str, second: str) -> None:
        def move(connection: psycopg.Connection[dict[str, object]]) -> None:
            runs.append(first)
            connection.execute("UPDATE counters SET value = value + 1 WHERE name = %s", (first,))
            if runs.count(first) == 1:
                barrier.wait()
            connection.execute("UPDATE counters SET value = value + 1 WHERE name = %s", (second,))

        database.retry(move)

    threads = [threading.Thread(target=work, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(runs) == 3
    assert (value(database, "a"), value(database, "b")) == (3, 3)


def test_work_that_always_conflicts_ends_busy(database: Database) -> None:
    tries = []

    def conflict(connection: psycopg.Connection[dict[str, object]]) -> None:
        tries.append(time.monotonic())
        connection.execute("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'serialization_failure'; END $$")

    with pytest.raises(Busy):
        database.retry(conflict, attempts=3)
    assert len(tries) == 3


def test_mistakes_in_sql_stay_what_they_are(database: Database) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        database.execute("SELECT * FROM nowhere")


def test_health_names_server_and_pool(database: Database) -> None:
    health = database.health()
    assert health["name"] == "PostgreSQL"
    assert int(health["version"].split(".")[0]) >= 15
    assert health["bytes"] > 0
    assert health["pool"]["open"] >= 1


def test_a_closed_database_is_absent(database_url: str) -> None:
    closed = Database.connect(make_conninfo(database_url))
    closed.close()
    closed.close()
    with pytest.raises(ServerAbsent):
        closed.execute("SELECT 1")


def test_the_server_lets_go_of_what_a_frozen_process_holds(database: Database) -> None:
    assert database.fetch_one("SHOW idle_in_transaction_session_timeout") == {"idle_in_transaction_session_timeout": "10min"}


def test_one_process_at_a_time_holds_a_right_until_it_ends(database: Database) -> None:
    first = hold(database, 42, 0.0)
    assert first is not None
    assert hold(database, 42, 0.0) is None
    other = hold(database, 43, 0.0)
    assert other is not None
    threading.Timer(0.3, first.close).start()
    second = hold(database, 42, 5.0)
    assert second is not None
    second.close()
    other.close()


def cut(database: Database, number: int) -> None:
    """End the session that holds a right, as a restart of the server does."""
    found = database.fetch_all("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", (number,))
    assert len(found) == 1


def test_a_right_whose_connection_was_cut_is_taken_again(database: Database) -> None:
    held = hold(database, 44, 0.0)
    assert held is not None
    held.confirm()
    cut(database, 44)
    held.confirm()
    assert not held.lost and hold(database, 44, 0.0) is None
    held.close()
    with pytest.raises(ServerAbsent):
        held.confirm()
    assert not held.lost


def test_a_right_that_the_server_still_sees_held_by_a_lost_connection_is_taken_from_it(database: Database) -> None:
    held = hold(database, 45, 0.0)
    assert held is not None and held._connection is not None
    silent = held._connection
    held._connection = None
    held.confirm()
    assert not held.lost and hold(database, 45, 0.0) is None
    silent.close()
    held.close()


def test_a_right_that_was_let_go_while_a_thread_takes_it_again_stays_free(database: Database) -> None:
    held = hold(database, 47, 0.0)
    assert held is not None
    cut(database, 47)
    former, other = held._connection, hold(database, 47, 0.0)
    assert former is not None and other is not None
    ends: list[str] = []

    def confirm() -> None:
        try:
            held.confirm()
            ends.append("held")
        except ServerAbsent:
            ends.append("refused")

    taking = threading.Thread(target=confirm)
    taking.start()
    while not former.closed:
        time.sleep(0.01)
    held.close()
    other.close()
    taking.join()
    assert ends == ["refused"] and not held.lost and not held.take(0.0)
    free = hold(database, 47, 0.0)
    assert free is not None
    free.close()


def test_a_right_that_another_took_meanwhile_is_lost(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.store.postgres.holder.PATIENCE", 0.2)
    held = hold(database, 46, 0.0)
    assert held is not None
    cut(database, 46)
    other = hold(database, 46, 0.0)
    assert other is not None
    with pytest.raises(ServerAbsent, match="anderes Nova"):
        held.confirm()
    assert held.lost
    other.confirm()
    other.close()
    with pytest.raises(ServerAbsent):  # what was applied meanwhile is in the other's index
        held.confirm()
