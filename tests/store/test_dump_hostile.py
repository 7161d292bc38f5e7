"""Forged dumps: nothing that they say is executed, what Nova does not write is refused, and the database stays empty."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo

from nova.errors import BadSnapshot, NovaError
from nova.store.postgres import dump, schema, script
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import Running
from nova.store.postgres.migrate import migrate, shipped
from nova.store.postgres.partitions import ensure_month_partitions
from nova.store.postgres.refill import versions
from nova.store.postgres.script import Sequence, Table, entries, parts
from tests.scratch import drop
from tests.store.test_dump import counts, dumped, ignore

pytestmark = pytest.mark.slow

HEAD = "--\n-- PostgreSQL database dump\n--\n\n\\restrict aB3\n\nSET statement_timeout = 0;\nSET client_encoding = 'UTF8';\n"
USERS = "COPY public.users (user_id, external_id) FROM stdin;\n"
ROWS = "1\ta\\\\.b\n2\t\\\\.\n\\N\tc\n"


def read(text: str | bytes) -> list[tuple[str, tuple[str, ...], bytes] | Sequence]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(one.name, one.columns, b"".join(one.rows)) if isinstance(one, Table) else one for one in parts(io.BytesIO(data))]


def test_tables_and_sequences_are_understood() -> None:
    seq = "SELECT pg_catalog.setval('public.index_outbox_seq_seq', 7, true);\n"
    named = 'COPY public."order" ("user", state) FROM stdin;\n\\.\n'
    assert read(f"{HEAD}{USERS}{ROWS}\\.\n\n{seq}{named}\\unrestrict aB3\n") == [
        ("users", ("user_id", "external_id"), ROWS.encode()),
        Sequence("index_outbox_seq_seq", 7, True),
        ("order", ("user", "state"), b""),
    ]


@pytest.mark.parametrize("piece", [1, 2, 3, 4, 5, 7, 1 << 20])
def test_it_does_not_matter_where_pieces_end(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "PIECE", piece)
    found = read(f"{HEAD}{USERS}{ROWS}\\.\n{USERS.replace('users', 'items')}\\.\n")
    assert [one[2] for one in found if isinstance(one, tuple)] == [ROWS.encode(), b""]


STATEMENTS = [
    "\\! touch canary",
    "\\copy users FROM '/etc/passwd'",
    "\\i /etc/evil.sql",
    "\\o |sh",
    "\\connect postgres",
    "\\gexec",
    "\\set x `id`",
    "\\restrict aB3 \\! id",
    "\\restrict",
    "COPY public.users FROM PROGRAM 'id';",
    "COPY public.users (user_id) FROM PROGRAM 'id';",
    "COPY public.users (user_id) FROM '/etc/passwd';",
    "COPY public.users (user_id) TO PROGRAM 'sh';",
    "COPY (SELECT 1) TO PROGRAM 'sh';",
    "COPY public.users (user_id) FROM stdin WITH (FORMAT csv);",
    "COPY public.users (user_id) FROM stdin; SELECT 1;",
    "COPY other.users (user_id) FROM stdin;",
    "COPY pg_catalog.pg_authid (rolname) FROM stdin;",
    "COPY users (user_id) FROM stdin;",
    "COPY public.users (user_id, (SELECT 1)) FROM stdin;",
    'COPY public."users; DROP TABLE items" (a) FROM stdin;',
    'COPY public."us""ers" (a) FROM stdin;',
    "copy public.users (user_id) from stdin;",
    "DO $$ BEGIN PERFORM 1; END $$;",
    "CREATE FUNCTION public.evil() RETURNS void LANGUAGE sql AS 'SELECT 1';",
    "CREATE TABLE public.canary (a int);",
    "CREATE EXTENSION plpython3u;",
    "CREATE RULE x AS ON INSERT TO public.users DO ALSO DELETE FROM public.items;",
    "ALTER TABLE public.users DISABLE TRIGGER ALL;",
    "ALTER SYSTEM SET archive_command = 'id';",
    "DROP TABLE public.audit_log;",
    "INSERT INTO public.users VALUES (1);",
    "SELECT pg_read_file('/etc/passwd');",
    "SELECT pg_catalog.setval('public.a', (SELECT 1), true);",
    "SELECT pg_catalog.setval('other.a', 1, true);",
    "SELECT pg_catalog.setval('public.a'::regclass, 1, true);",
    "SELECT pg_catalog.setval('public.a', 1, true); SELECT 1;",
    "SELECT pg_catalog.setval('public.a', 99999999999999999999, true);",
    "SELECT pg_catalog.set_config('search_path', 'evil', false);",
    "SELECT lo_import('/etc/passwd');",
    "SELECT pg_catalog.lo_open('1', 131072);",
    "SET client_encoding = 'SQL_ASCII';",
    "SET session_replication_role = replica;",
    "SET ROLE postgres;",
    "SET statement_timeout = 0; SELECT 1;",
    " SELECT 1;",
    "/* x */ SELECT 1;",
    "-\tSELECT 1;",
    "\ufeffSELECT 1;",
    "x",
]


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("place", ["before", "between", "after"])
def test_any_other_statement_is_refused(statement: str, place: str) -> None:
    table, other = f"{USERS}{ROWS}\\.\n", f"{USERS.replace('users', 'items')}\\.\n"
    forged = {"before": f"{statement}\n{table}", "between": f"{table}{statement}\n{other}", "after": f"{table}{other}{statement}\n"}[place]
    with pytest.raises(BadSnapshot):
        read(HEAD + forged)


@pytest.mark.parametrize(
    "forged",
    [
        USERS + ROWS,
        USERS,
        USERS + ROWS + "\\. \n",
        USERS + ROWS + "\\.",
        USERS + ROWS + "\\.\n" + USERS + "\\.\n",
        "x" * (script.LONGEST_LINE + 2),
        "x" * 100 + "\n",
        b"\xff\xfe\n",
        USERS.rstrip("\n"),
        "-- a comment\rCREATE TABLE x ();\n\x00\n",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_a_script_that_is_cut_doubled_or_no_text_is_refused(forged: str | bytes) -> None:
    with pytest.raises(BadSnapshot):
        read(forged)


PIECES = [
    HEAD,
    USERS,
    ROWS,
    "\\.\n",
    "\n",
    "-- x\n",
    "SET row_security = off;\n",
    "SELECT pg_catalog.setval('public.a', 1, true);\n",
    *STATEMENTS,
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=8).map("".join))
@example(USERS + "DO $$;\n\\.\n")
def test_whatever_is_taken_is_a_table_or_a_sequence_of_a_plain_name(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "surrogatepass"))
    except BadSnapshot:
        return
    for one in found:
        name = one.name if isinstance(one, Sequence) else one[0]
        assert re.fullmatch(r"[A-Za-z0-9_ ]{1,63}", name)
        assert isinstance(one, Sequence) or all(re.fullmatch(r"[A-Za-z0-9_ ]{1,63}", column) for column in one[1])


LISTED = [
    "1; 2615 1 SCHEMA - evil nova",
    "1; 3079 1 EXTENSION - plpython3u ",
    "1; 1255 1 PROCEDURE public evil() nova",
    "1; 1255 1 AGGREGATE public evil(integer) nova",
    "1; 3466 1 EVENT TRIGGER - evil nova",
    "1; 2618 1 RULE public users evil nova",
    "1; 3256 1 POLICY public users evil nova",
    "1; 3256 1 ROW SECURITY public users nova",
    "1; 1247 1 TYPE public evil nova",
    "1; 1247 1 DOMAIN public evil nova",
    "1; 1417 1 SERVER - evil nova",
    "1; 1259 1 FOREIGN TABLE public evil nova",
    "1; 2613 1 BLOB - 16 nova",
    "1; 0 0 BLOBS - BLOBS ",
    "1; 0 0 ACL public TABLE users nova",
    "1; 6104 1 PUBLICATION - evil nova",
    "1; 6100 1 SUBSCRIPTION - evil nova",
    "1; 2605 1 CAST - evil nova",
    "1; 2617 1 OPERATOR public + nova",
    "1; 3381 1 STATISTICS public evil nova",
    "1; 1259 1 TABLE evil users nova",
    "1; 1259 1 TABLE pg_catalog pg_authid nova",
    "CREATE TABLE x ();",
    "1; 1259 1 TABLE",
]


@pytest.mark.parametrize("line", LISTED)
def test_what_nova_never_makes_may_not_be_listed(line: str) -> None:
    known = "; Archive\n;\n3; 1255 1 FUNCTION public asked_id(uuid, integer) nova\n2; 1259 1 TABLE public users the owner\n"
    if "SCHEMA" in line:
        assert [one.names for one in entries(f"{known}{line}\n")][-1] == ("evil",)
        return
    assert [(one.kind, one.names) for one in entries(known)] == [("FUNCTION", ("asked_id",)), ("TABLE", ("users",))]
    with pytest.raises(BadSnapshot):
        list(entries(f"{known}{line}\n"))


KNOWN = [f"{one.number}\t{one.name}\t{one.sha256}\t2026-01-01" for one in shipped()]
HISTORIES = {
    "none": [],
    "another's words": [*KNOWN[:2], KNOWN[2].replace(shipped()[2].sha256, "0" * 64)],
    "another's name": [KNOWN[0].replace(shipped()[0].name, "0001_pre_evil")],
    "a gap": [KNOWN[0], KNOWN[2]],
    "without the first": KNOWN[1:],
    "one twice": [KNOWN[0], KNOWN[0]],
    "a later one": [*KNOWN, "9999\t9999_pre_x\tx\t2026-01-01"],
    "no text": ["\\x00"],
}


def history(rows: list[str]) -> io.BytesIO:
    copied = "COPY public.nova_migrations (number, name, sha256, applied_at) FROM stdin;\n"
    return io.BytesIO((HEAD + copied + "".join(f"{row}\n" for row in rows) + "\\.\n").encode())


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_that_no_nova_had_is_refused(name: str) -> None:
    with pytest.raises(BadSnapshot):
        versions(history(HISTORIES[name]))


def test_a_history_may_end_anywhere() -> None:
    for count in range(1, len(KNOWN) + 1):
        assert versions(history(KNOWN[:count])) == shipped()[:count]


@pytest.fixture
def scratch(postgres: Running, template: str) -> Iterator[Callable[..., str]]:
    """Databases for one test: migrated copies, or empty ones."""
    made: list[str] = []

    def make(*, empty: bool = False) -> str:
        made.append(f"test_{uuid4().hex}")
        with psycopg.connect(postgres.dsn, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]}" + ("" if empty else f" TEMPLATE {template}"))
        return make_conninfo(postgres.dsn, dbname=made[-1])

    yield make
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        for name in made:
            drop(connection, name)


EVIL = "CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE canary (); RETURN NEW; END $$"
ADDED = {
    "a table": ["CREATE TABLE evil (a int)"],
    "a function": [EVIL],
    "a trigger": [EVIL, "CREATE TRIGGER evil BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION evil()"],
    "a view": ["CREATE VIEW evil AS SELECT 1 AS a"],
    "a rule": ["CREATE RULE evil AS ON INSERT TO users DO ALSO DELETE FROM items"],
    "a type": ["CREATE TYPE evil AS ENUM ('a')"],
    "an index": ["CREATE INDEX evil ON users (external_id)"],
    "a policy": ["CREATE POLICY evil ON users USING (true)"],
    "a column": ["ALTER TABLE users ADD COLUMN evil text DEFAULT 'x'"],
    "a column less": ["ALTER TABLE users DROP COLUMN role CASCADE"],
    "a table less": ["DROP TABLE labels CASCADE"],
    "a part": ["CREATE TABLE events_evil PARTITION OF events FOR VALUES FROM ('1990-01-01') TO ('1990-02-01')"],
    "a name with a line break": ['CREATE TABLE "evil\n\\! touch canary\n" (a int)'],
    "rows without what they refer to": [
        "ALTER TABLE access_tokens DROP CONSTRAINT access_tokens_user_id_fkey",
        "INSERT INTO access_tokens (token_id, user_id, expires_at) VALUES (gen_random_uuid(), gen_random_uuid(), now())",
    ],
    "rows against a condition": [
        "ALTER TABLE users DROP CONSTRAINT users_role",
        "INSERT INTO users (external_id, role) VALUES ('x', 'king')",
        "ALTER TABLE users ADD CONSTRAINT users_role CHECK (true)",
    ],
}


LONG = {
    "a rule",
    "a type",
    "a policy",
    "a part",
    "a column less",
    "a view",
    "a trigger",
}  # told apart by the table of contents, like the rest
CASES = [pytest.param(what, marks=pytest.mark.bars) if what in LONG else what for what in ADDED]


@pytest.mark.parametrize("what", CASES)
def test_a_dump_with_anything_else_in_it_is_refused_and_leaves_nothing(scratch: Callable[..., str], tmp_path: Path, what: str) -> None:
    source, empty = scratch(), scratch(empty=True)
    with psycopg.connect(source, autocommit=True) as connection:
        connection.execute("INSERT INTO users (external_id) VALUES ('anna')")
        for statement in ADDED[what]:
            connection.execute(statement)
    with Database.connect(source) as db:
        dumped(db, tmp_path / "dump")
    with pytest.raises(BadSnapshot):
        dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == {}
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace").fetchone() == (0,)


SILENT = "CREATE OR REPLACE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
CHANGED = {
    "a function's words": [SILENT],
    "a trigger that sleeps": ["ALTER TABLE audit_log DISABLE TRIGGER audit_log_no_change"],
    "a comment": ["COMMENT ON TABLE users IS E'x\\n\\\\! touch canary'"],
    "another's right, a condition, a default, a setting": [
        "GRANT ALL ON users TO PUBLIC",
        "ALTER TABLE users ADD CONSTRAINT evil CHECK (external_id <> 'x')",
        "ALTER TABLE users ALTER COLUMN external_id SET DEFAULT 'x'",
        "ALTER TABLE users SET (fillfactor = 50)",
    ],
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_a_dump_says_of_novas_own_things_does_not_count(
    scratch: Callable[..., str], tmp_path: Path, what: str, database_url: str
) -> None:
    """The schema comes from this code: triggers wake, functions say what they say."""
    source, empty = scratch(), scratch(empty=True)
    with psycopg.connect(source, autocommit=True) as connection:
        for statement in CHANGED[what]:
            connection.execute(statement)
    with Database.connect(source) as db:
        saved = dumped(db, tmp_path / "dump")
    dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == saved
    assert schema.snapshot(empty) == schema.snapshot(database_url)
    with psycopg.connect(empty, autocommit=True) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute("DELETE FROM audit_log")


def forged(file: Path, old: bytes, new: bytes) -> None:
    """Put other words of the same length into a dump's table of contents."""
    data = file.read_bytes()
    assert data.count(old) >= 1 and len(new) <= len(old)
    file.write_bytes(data.replace(old, new.ljust(len(old)), 1))


COPIED = b"COPY public.access_tokens (token_id, user_id, label, created_at, expires_at, revoked_at, scopes, seen_at) FROM stdin;"


@pytest.mark.parametrize(
    "instead",
    [
        b"COPY public.access_tokens FROM PROGRAM 'touch canary';",
        b"\\! touch canary\n--",
        b"DO $$ BEGIN CREATE TABLE canary (); END $$;",
        b"COPY public.users (token_id, user_id, label, created_at, expires_at, revoked_at, scopes, seen_at) FROM stdin;",
        b"COPY public.access_tokens (token_id, label, label, created_at, expires_at, revoked_at, scopes, seen_at) FROM stdin;",
        b"-- nothing",
    ],
)
def test_a_forged_statement_in_the_file_is_refused(scratch: Callable[..., str], tmp_path: Path, instead: bytes) -> None:
    source, empty = scratch(), scratch(empty=True)
    with Database.connect(source) as db:
        dumped(db, tmp_path / "dump")
    forged(tmp_path / "dump", COPIED, instead)
    with pytest.raises(NovaError):
        dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == {}


@pytest.mark.parametrize("place", ["a function", "a setting", "a sequence"])
def test_forged_words_of_the_schema_are_never_executed(scratch: Callable[..., str], tmp_path: Path, place: str, database_url: str) -> None:
    source, empty = scratch(), scratch(empty=True)
    with Database.connect(source) as db:
        dumped(db, tmp_path / "dump")
    old, new = {
        "a function": (b"    RAISE EXCEPTION 'audit_log is append-only';", b"    CREATE TABLE canary ();"),
        "a setting": (b"SELECT pg_catalog.set_config('search_path', '', false);", b"CREATE TABLE canary (); SELECT 1;"),
        "a sequence": (b"SELECT pg_catalog.setval('public.index_outbox_seq_seq', 1, false);", b"CREATE TABLE canary ();"),
    }[place]
    forged(tmp_path / "dump", old, new)
    if place == "a function":
        dump.restore(empty, tmp_path / "dump", ignore)
        assert schema.snapshot(empty) == schema.snapshot(database_url)
    else:
        with pytest.raises(BadSnapshot):
            dump.restore(empty, tmp_path / "dump", ignore)
        assert counts(empty) == {}


BEFORE_GAPLESS = next(at for at, one in enumerate(shipped()) if "audit_counter" in one.sql)


@pytest.mark.parametrize("version", [1, BEFORE_GAPLESS, len(shipped()) - 1])
def test_a_dump_of_an_earlier_nova_comes_back_as_it_was_and_goes_on(scratch: Callable[..., str], tmp_path: Path, version: int) -> None:
    source, empty = scratch(empty=True), scratch(empty=True)
    migrate(source, migrations=shipped()[:version])
    with psycopg.connect(source, autocommit=True) as connection:
        connection.execute("INSERT INTO users (external_id) VALUES ('anna')")
        log = "audit_log" if version <= BEFORE_GAPLESS else "audit_incoming"
        connection.execute(f"INSERT INTO {log} (actor, action, target) VALUES ('admin', 'x', 'y')")
        connection.execute("INSERT INTO events (event_id, ts, type) VALUES (gen_random_uuid(), '2025-03-04', 'view')")
    with Database.connect(source) as db:
        saved = dumped(db, tmp_path / "dump")
    dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == saved
    assert schema.snapshot(empty) == schema.snapshot(source)
    migrate(empty)
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT action FROM audit_log ORDER BY action").fetchall() == [("audit.gapless",), ("x",)]


INDEXED = "INSERT INTO index_outbox (op, item_id) VALUES ('delete_item', gen_random_uuid())"


def test_rows_of_many_months_and_identities_go_on_where_they_stood(scratch: Callable[..., str], tmp_path: Path) -> None:
    source, empty = scratch(), scratch(empty=True)
    with psycopg.connect(source, autocommit=True) as connection:
        with connection.transaction():
            ensure_month_partitions(connection, "events", date(2024, 11, 1), date(2025, 2, 1))
        for day in ("2024-11-05", "2025-01-31", "1999-01-01"):
            connection.execute("INSERT INTO events (event_id, ts, type) VALUES (gen_random_uuid(), %s, 'view')", (day,))
        for _ in range(3):
            connection.execute(INDEXED)
        connection.execute("REFRESH MATERIALIZED VIEW mv_events_daily")
        days = connection.execute("SELECT * FROM mv_events_daily ORDER BY 1").fetchall()
    with Database.connect(source) as db:
        saved = dumped(db, tmp_path / "dump")
    dump.restore(empty, tmp_path / "dump", ignore)
    assert counts(empty) == saved
    with psycopg.connect(empty, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM events_2024_11").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM events_default").fetchone() == (1,)
        assert connection.execute("SELECT * FROM mv_events_daily ORDER BY 1").fetchall() == days
        made = connection.execute(
            "INSERT INTO index_outbox (op, item_id) VALUES ('delete_item', gen_random_uuid()) RETURNING seq"
        ).fetchone()
        assert made == (4,)
