"""Migrations: order, phases, refusals, two starters at once, and agreement with the recorded schema."""

import threading
from pathlib import Path

import psycopg
import pytest

from nova.errors import Misconfigured, ServerAbsent
from nova.store.postgres import schema
from nova.store.postgres.migrate import Migration, migrate, pending, read, shipped

ONE = Migration(1, "pre", "0001_pre_one", "CREATE TABLE one (id integer)")
TWO = Migration(2, "post", "0002_post_two", "DROP TABLE one")
THREE = Migration(3, "pre", "0003_pre_three", "CREATE TABLE three (id integer); CREATE TABLE four (id integer)")


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {
            name
            for (name,) in connection.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        }


def test_everything_is_applied_once_and_in_order(empty: str) -> None:
    assert pending(empty) == [one.name for one in shipped()]
    assert migrate(empty) == [one.name for one in shipped()]
    assert migrate(empty) == []
    assert pending(empty) == []


def test_the_recorded_schema_is_what_the_migrations_make(empty: str) -> None:
    migrate(empty)
    assert schema.snapshot(empty) == schema.recorded(), "run: python -m nova.store.postgres.schema > src/nova/store/postgres/schema.sql"


def test_post_waits_until_it_is_asked_for(empty: str) -> None:
    assert migrate(empty, phases=("pre",), migrations=[ONE, TWO, THREE]) == ["0001_pre_one", "0003_pre_three"]
    assert tables(empty) == {"nova_migrations", "one", "three", "four"}
    assert migrate(empty, migrations=[ONE, TWO, THREE]) == ["0002_post_two"]
    assert "one" not in tables(empty)


def test_a_changed_file_is_refused(empty: str) -> None:
    migrate(empty, migrations=[ONE])
    changed = Migration(1, "pre", ONE.name, ONE.sql + " ")
    with pytest.raises(Misconfigured, match="0001_pre_one wurde nach ihrer Anwendung verändert"):
        migrate(empty, migrations=[changed])


def test_a_newer_database_is_refused(empty: str) -> None:
    migrate(empty, migrations=[ONE, TWO, THREE])
    with pytest.raises(Misconfigured, match="neuer als dieses Nova"):
        migrate(empty, migrations=[ONE])


def test_nothing_of_a_failing_file_stays(empty: str) -> None:
    broken = Migration(2, "pre", "0002_pre_broken", "CREATE TABLE half (id integer); SELECT 1/0")
    with pytest.raises(Misconfigured, match="0002_pre_broken"):
        migrate(empty, migrations=[ONE, broken])
    assert tables(empty) == {"nova_migrations", "one"}


def test_two_starters_wait_for_each_other(empty: str) -> None:
    done: list[list[str]] = []
    threads = [threading.Thread(target=lambda: done.append(migrate(empty))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(len, done)) == [0, 0, 0, len(shipped())]


@pytest.mark.parametrize(
    "names", [["0001_pre_a.sql", "0003_pre_b.sql"], ["0001_pre_a.sql", "0001_post_b.sql"], ["1_pre_a.sql"], ["0001_mid_a.sql"]]
)
def test_wrong_names_and_gaps_are_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1", encoding="utf-8")
    with pytest.raises(ValueError, match="expected the name"):
        read(tmp_path)


def test_nobody_at_the_address_is_a_server_absent() -> None:
    with pytest.raises(ServerAbsent):
        migrate("host=127.0.0.1 port=1 dbname=nova user=nova")


def test_owned_meters_become_assignments_and_all_others_the_staffs(empty: str) -> None:
    before = [one for one in shipped() if one.number < 14]
    migrate(empty, migrations=before)
    with psycopg.connect(empty) as connection:
        connection.execute("INSERT INTO users (user_id, external_id) VALUES ('00000000-0000-4000-8000-000000000001', 'anna')")
        connection.execute("INSERT INTO meters (meter_id, owner) VALUES ('annas', '00000000-0000-4000-8000-000000000001'), ('firma', NULL)")
        connection.execute(
            "INSERT INTO series_batches (source, format, owner) VALUES ('upload', 'csv', '00000000-0000-4000-8000-000000000001')"
        )
    migrate(empty)
    anna, seen = "00000000-0000-4000-8000-000000000001", "SELECT count(*) FROM meter_spans(%s, false, %s, %s)"
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT meter_id, owner::text FROM owned_meters ORDER BY 1").fetchall() == [
            ("annas", anna),
            ("firma", None),
        ]
        assert connection.execute("SELECT sent_by::text FROM series_batches").fetchall() == [(anna,)]
        for meter, staff, who, times in (
            ("annas", False, anna, 1),
            ("firma", False, anna, 0),
            ("firma", True, None, 1),
            ("annas", True, None, 0),
        ):
            assert connection.execute(seen, (meter, staff, who)).fetchone() == (times,), (meter, staff, who)
