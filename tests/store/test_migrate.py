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


PROMPTS_BEFORE = """
INSERT INTO prompts (version, yaml, state, share, note, created_by, created_at, trial_at, live_at, retired_at, before, compared) VALUES
    ('first', 'y1', 'retired', 0.3, 'n', 'admin', '2026-01-01Z', '2026-01-02Z', '2026-01-03Z', '2026-01-05Z', NULL,
     '{"verdict": "better"}'),
    ('second', 'y2', 'live', 0, '', 'user:7', '2026-01-04Z', NULL, '2026-01-05Z', NULL, 'first', '{"verdict": "same"}'),
    ('third', 'y3', 'trial', 0.25, '', 'chronos', '2026-01-06Z', '2026-01-07Z', NULL, NULL, NULL, NULL),
    ('fourth', 'y4', 'draft', 0, '', 'admin', '2026-01-08Z', NULL, NULL, NULL, NULL, NULL),
    ('fifth', 'y5', 'retired', 0, '', 'admin', '2026-01-01Z', NULL, '2026-01-01T05:00Z', '2026-01-02Z', 'lost', '{}')
"""
LEARNED_BEFORE = """
WITH ids AS (SELECT ('00000000-0000-4000-8000-00000000000' || n)::uuid AS id, n FROM generate_series(1, 4) n)
INSERT INTO learning_releases (release_id, cutoff, analyser, state, digest, artefact, evidence, subjects, effect, reasons,
    started_by, blocks, left_out, before, created_at)
SELECT id, '2026-02-01Z', 'a', (ARRAY['former', 'live', 'undone', 'rejected'])[n], 'd' || n, jsonb_build_object('n', n), n, n,
       jsonb_build_object('ndcg', n), ARRAY['r' || n], 'user:' || n, ARRAY[id], '[[[7, 1.0]]]',
       CASE WHEN n > 1 THEN ('00000000-0000-4000-8000-00000000000' || least(n - 1, 2))::uuid END,
       '2026-02-01Z'::timestamptz + n * interval '1 day'
FROM ids
"""
UNDONE_BEFORE = """
INSERT INTO learning_entries (entry_id, release_id, kind, state, evidence, subjects, started_by, at, ended_by, ended_at)
SELECT release_id, release_id, 'release', state, evidence, subjects, started_by, created_at,
       CASE state WHEN 'undone' THEN 'user:9' END, CASE state WHEN 'undone' THEN '2026-02-09Z'::timestamptz END
FROM learning_releases
"""
PROMPT_ROWS = (
    "SELECT version, yaml, state, CASE state WHEN 'trial' THEN share ELSE 0 END, note, created_by, created_at, trial_at, live_at,"
    " retired_at, nullif(before, 'lost'), compared FROM {} ORDER BY version"
)
LEARNED_ROWS = (
    "SELECT release_id, cutoff, analyser, state, digest, artefact, evidence, subjects, effect, reasons, started_by, blocks, left_out,"
    " CASE WHEN state <> 'rejected' THEN before END, created_at FROM {} ORDER BY release_id"
)


def test_prompts_and_what_was_learned_become_releases_and_look_as_before(empty: str) -> None:
    migrate(empty, migrations=[one for one in shipped() if one.number < 20])
    with psycopg.connect(empty) as connection:
        for statement in (PROMPTS_BEFORE, LEARNED_BEFORE, UNDONE_BEFORE):
            connection.execute(statement)
        prompts = connection.execute(PROMPT_ROWS.format("prompts")).fetchall()
        learned = connection.execute(LEARNED_ROWS.format("learning_releases")).fetchall()
    migrate(empty)
    with psycopg.connect(empty) as connection:
        assert connection.execute(PROMPT_ROWS.format("prompt_versions")).fetchall() == prompts
        assert connection.execute(LEARNED_ROWS.format("learned_states")).fetchall() == learned
        states = "SELECT right(name, 6), state, right(before, 1) FROM releases WHERE family = %s ORDER BY created_at, name"
        assert connection.execute(states, ["prompts"]).fetchall() == [
            ("fifth", "former", None), ("first", "former", None), ("second", "live", "t"), ("third", "trial", None),
            ("fourth", "candidate", None),
        ]  # fmt: skip
        assert connection.execute(states, ["learning"]).fetchall() == [
            ("000001", "former", None), ("000002", "live", "1"), ("000003", "withdrawn", "2"), ("000004", "candidate", None),
        ]  # fmt: skip
        ledger = "SELECT right(name, 1), step, actor, at::date::text FROM release_steps WHERE family = 'learning' ORDER BY step_id"
        assert connection.execute(ledger).fetchall() == [
            ("1", "made", "user:1", "2026-02-02"), ("1", "live", "user:1", "2026-02-02"),
            ("2", "made", "user:2", "2026-02-03"), ("2", "live", "user:2", "2026-02-03"),
            ("3", "made", "user:3", "2026-02-04"), ("3", "live", "user:3", "2026-02-04"),
            ("4", "made", "user:4", "2026-02-05"), ("3", "withdrawn", "user:9", "2026-02-09"),
        ]  # fmt: skip
        assert connection.execute(
            "SELECT live_at = created_at, left_at::date::text FROM releases WHERE right(name, 1) = '1'"
        ).fetchall() == [(True, "2026-02-03")]
        actors = "SELECT step, actor FROM release_steps WHERE name = 'first' ORDER BY step_id"
        assert connection.execute(actors).fetchall() == [("made", "admin"), ("trial", ""), ("live", "")]


def test_no_prompts_and_nothing_learned_become_no_releases(empty: str) -> None:
    migrate(empty)
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT (SELECT count(*) FROM releases), (SELECT count(*) FROM release_steps)").fetchone() == (0, 0)
