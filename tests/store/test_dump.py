"""A dump holds one moment and comes back whole or not at all; files stay while it is made."""

import threading
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.rows import dict_row

from nova.errors import Busy, Conflict, DiskFull, NovaError, ServerAbsent
from nova.store.postgres import dump, schema
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import Running
from nova.store.postgres.migrate import migrate, require_current, shipped


def ignore() -> None:
    """Nobody watches."""


def add_user(db: Database, name: str) -> None:
    db.execute("INSERT INTO users (external_id) VALUES (%s)", (name,))


def counts(dsn: str) -> dict[str, int]:
    with psycopg.connect(dsn, row_factory=dict_row) as connection:
        return dump.counts(connection)


def restored_twice(dsn: str, file: Path) -> None:
    """The second time fails, for everything is there already."""
    for _ in range(2):
        dump.restore(dsn, file, ignore)


def dumped(db: Database, file: Path) -> dict[str, int]:
    with dump.moment(db) as when, file.open("wb") as target:
        rows = dump.counts(when.connection)
        dump.dump(when, target, ignore)
    return rows


def test_a_dump_comes_back_with_its_schema_and_rows(database: Database, database_url: str, empty: str, tmp_path: Path) -> None:
    add_user(database, "a")
    database.execute("INSERT INTO events (event_id, ts, type) VALUES (%s, now(), 'view')", (uuid4(),))
    saved = dumped(database, tmp_path / "dump")
    dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == saved == counts(database_url)
    assert saved["users"] >= 1
    assert saved["events"] == 1
    assert saved["nova_migrations"] == len(shipped())
    assert schema.snapshot(empty) == schema.snapshot(database_url)


def test_what_changes_after_the_moment_is_not_in_it(database: Database, empty: str, tmp_path: Path) -> None:
    with dump.moment(database) as when, (tmp_path / "dump").open("wb") as target:
        before = dump.counts(when.connection)
        add_user(database, uuid4().hex)
        dump.dump(when, target, ignore)
        assert dump.counts(when.connection) == before
    dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == before


def test_a_damaged_dump_leaves_the_database_empty(database: Database, empty: str, tmp_path: Path) -> None:
    database.execute("INSERT INTO users (external_id) SELECT gen_random_uuid() FROM generate_series(1, 3000)")
    dumped(database, tmp_path / "dump")
    data = (tmp_path / "dump").read_bytes()
    (tmp_path / "dump").write_bytes(data[: len(data) // 2])
    with pytest.raises(NovaError, match=r"pg_restore|unvollständig"):
        dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == {}


def test_a_full_disk_is_named(database: Database) -> None:
    with dump.moment(database) as when, Path("/dev/full").open("wb") as full, pytest.raises(DiskFull):
        dump.dump(when, full, ignore)


def test_a_stop_ends_the_program(database: Database, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with dump.moment(database) as when, (tmp_path / "dump").open("wb") as target, pytest.raises(Stopped):
        dump.dump(when, target, stop)


def test_the_password_is_on_no_command_line(database: Database, postgres: Running, tmp_path: Path) -> None:
    password = psycopg.conninfo.conninfo_to_dict(postgres.dsn)["password"]
    seen = []

    def look() -> None:
        for entry in Path("/proc").iterdir():
            try:
                line = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
            except OSError:
                continue
            if b"pg_dump" in line:
                seen.append(line)

    for _ in range(20):  # a dump may end before anybody has looked
        with dump.moment(database) as when, (tmp_path / "dump").open("wb") as target:
            dump.dump(when, target, look)
        if seen:
            break
    assert seen
    assert not any(str(password).encode() in line for line in seen)


def test_files_stay_while_removals_are_held(database: Database) -> None:
    with dump.removals_held(database), database.transaction() as conn:
        assert not dump.may_remove(conn)
    with database.transaction() as conn:
        assert dump.may_remove(conn)


def test_holding_waits_for_a_removal_under_way(database: Database) -> None:
    held = threading.Event()

    def hold() -> None:
        with dump.removals_held(database):
            held.set()

    waiting = threading.Thread(target=hold)
    with database.transaction() as conn:
        assert dump.may_remove(conn)
        waiting.start()
        assert not held.wait(0.3)
    assert held.wait(10)
    waiting.join()


def test_a_restored_database_signs_everybody_out_and_ends_its_own_jobs(database: Database, database_url: str) -> None:
    for kind, state in (("snapshot", "queued"), ("ingest", "queued"), ("snapshot", "done")):
        ended = "now()" if state == "done" else "NULL"
        query = f"INSERT INTO jobs (job_id, kind, state, title, ended_at) VALUES (%s, %s, %s, 'x', {ended})"
        database.execute(query, (uuid4(), kind, state))
    database.execute("INSERT INTO sessions (session_hash, role, csrf, expires_at) VALUES ('h', 'admin', 'c', now())")
    dump.tidy_restored(database_url, ("snapshot",))
    found = {(row["kind"], row["state"]) for row in database.fetch_all("SELECT kind, state FROM jobs")}
    assert found == {("snapshot", "cancelled"), ("ingest", "queued"), ("snapshot", "done")}
    assert database.fetch_all("SELECT * FROM sessions") == []


def test_a_full_database_is_refused_or_set_aside_and_back_when_it_fails(database: Database, empty: str, tmp_path: Path) -> None:
    dumped(database, tmp_path / "dump")
    with pytest.raises(Conflict, match="nicht leer"), dump.cleared(empty, "vor_1", replace=False):
        restored_twice(empty, tmp_path / "dump")
    assert counts(empty) == {}
    with dump.cleared(empty, "vor_1", replace=False) as there:
        assert not there
        dump.restore(empty, tmp_path / "dump", ignore)
    before = counts(empty)
    with pytest.raises(Conflict, match="nicht leer"), dump.cleared(empty, "vor_1", replace=False):
        pass
    with pytest.raises(NovaError, match="pg_restore"), dump.cleared(empty, "vor_1", replace=True):
        dump.restore(empty, tmp_path / "none", ignore)
    assert counts(empty) == before
    with dump.cleared(empty, "vor_2", replace=True) as there:
        assert there
        dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == before
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT count(*) FROM vor_2.users").fetchone() == (before["users"],)


def test_a_database_that_others_work_on_is_refused(empty: str) -> None:
    with Database.connect(empty) as other:
        other.execute("SELECT 1")
        with pytest.raises(Conflict, match="arbeitet noch"), dump.cleared(empty, "vor_1", replace=True):
            pass


def test_a_database_that_another_process_restores_into_can_be_opened_by_nobody_else(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with dump.cleared(empty, "vor_1", replace=False):
        migrate(empty)
        with pytest.raises(Conflict), dump.cleared(empty, "vor_1", replace=False):
            pass
    monkeypatch.setattr(dump, "restorer", lambda: "nova-restore-1@anderswo")
    with dump.cleared(empty, "vor_1", replace=True):
        for opening in (migrate, require_current):
            with pytest.raises(Busy, match="gerade eine Sicherung"):
                opening(empty)
    migrate(empty)


def test_a_server_that_is_away_is_named(tmp_path: Path) -> None:
    away = "host=127.0.0.1 port=1 dbname=nova"
    with pytest.raises(ServerAbsent), dump.cleared(away, "vor_1", replace=True):
        pass
    for work in (lambda: dump.restore(away, tmp_path / "dump", ignore), lambda: dump.tidy_restored(away, ()), lambda: dump.counts_in(away)):
        with pytest.raises(ServerAbsent, match="antwortet nicht"):
            work()


def test_rows_in_hypertables_are_not_left_out_in_silence(empty: str, tmp_path: Path) -> None:
    migrate(empty)
    with Database.connect(empty) as db:
        dumped(db, tmp_path / "dump")
        db.execute("DROP TABLE market_prices")
        db.execute("CREATE TABLE market_prices (ts timestamptz)")  # as a hypertable looks to pg_dump: a plain table, its rows elsewhere
        with pytest.raises(Conflict, match="TimescaleDB"):
            dumped(db, tmp_path / "dump")
