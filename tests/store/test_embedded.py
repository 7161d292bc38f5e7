"""The embedded server's life: first and later starts, several users, odd paths, refusals by name."""

import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from nova.errors import Misconfigured, ServerAbsent
from nova.store.postgres import cluster as clusters
from nova.store.postgres.embedded import client_environment, client_program, start
from tests.store.conftest import Owner
from tests.store.servers import pid_of, processes, rows, within

pytestmark = pytest.mark.slow


def test_a_first_start_makes_a_safe_server_and_the_last_user_stops_it(bare: Path) -> None:
    server = start(bare)
    facts = [("server_version_num", 18), ("server_encoding", "UTF8"), ("fsync", "on"), ("listen_addresses", ""), ("is_superuser", "off")]
    for name, wanted in facts:
        found = rows(server.dsn, f"SELECT current_setting('{name}')")[0][0]
        assert str(found).startswith(str(wanted))
    assert stat.S_IMODE((bare / "postgres" / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE((bare / "postgres" / "pgdata").stat().st_mode) == 0o700
    assert set(processes(bare).values()) == {"guard", "server", "part"}
    password = conninfo_to_dict(server.dsn)["password"]
    assert password
    assert str(password) not in repr(server)
    server.stop()
    assert processes(bare) == {}
    server.stop()


@pytest.mark.parametrize("wrong", [{"password": "guess"}, {"password": ""}, {"user": "postgres", "password": "guess"}])
def test_nobody_comes_in_without_the_password(data: Path, wrong: dict[str, str]) -> None:
    with start(data) as server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(make_conninfo(server.dsn, **wrong))


def test_a_second_user_attaches_and_the_last_one_stops_it(data: Path) -> None:
    first = start(data)
    rows(first.dsn, "CREATE TABLE kept (id integer)")
    server = pid_of(data, "server")
    second = start(data)
    first.stop()
    assert rows(second.dsn, "SELECT count(*) FROM kept") == [(0,)]
    assert pid_of(data, "server") == server
    second.stop()
    assert processes(data) == {}


def test_commands_that_start_at_once_share_one_server(bare: Path, owner: Owner) -> None:
    commands = [owner() for _ in range(3)]
    answers = {command.stdout.readline() for command in commands if command.stdout}
    assert len(answers) == 1
    assert sorted(processes(bare).values()).count("server") == 1
    for command in commands:
        command.communicate(timeout=60)
    assert processes(bare) == {}


def test_an_interrupted_first_start_begins_again(bare: Path) -> None:
    half = clusters.layout(bare).home / "pgbare.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    with start(bare, {"fsync": "off"}) as server:
        assert rows(server.dsn, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("name", ["so-ein-langer-Name-" * 6, "mit Leerzeichen, Komma und 'Strich\""])
def test_long_and_odd_paths_work(bare: Path, name: str) -> None:
    folder = bare / name
    with start(folder, {"fsync": "off"}) as server, start(folder) as second:
        assert rows(server.dsn, "SELECT 1") == rows(second.dsn, "SELECT 1") == [(1,)]
        host = Path(str(conninfo_to_dict(server.dsn)["host"]))
        assert len(str(host / clusters.SOCKET_NAME)) <= clusters.LONGEST_SOCKET_PATH
        assert stat.S_IMODE(host.stat().st_mode) == 0o700
    assert not host.exists()


def test_another_major_version_is_refused_by_name(data: Path) -> None:
    (data / "postgres" / "pgdata" / "PG_VERSION").write_text("17\n", encoding="ascii")
    with pytest.raises(Misconfigured, match="stammt von PostgreSQL 17"):
        start(data)


def test_a_replaced_password_is_named(data: Path) -> None:
    (data / "postgres" / "password").write_text("guess", encoding="ascii")
    with pytest.raises(Misconfigured, match="postgres/password"):
        start(data)
    within(20, lambda: not processes(data))


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    with pytest.raises(ServerAbsent, match="shared_buffers"):
        start(data, {"shared_buffers": "many"})


def test_a_folder_that_cannot_be_made_is_named(bare: Path) -> None:
    (bare / "file").write_text("")
    with pytest.raises(Misconfigured, match="NOVA_DATA"):
        start(bare / "file" / "below")


def test_the_log_is_kept_short_of_what_users_wrote(data: Path) -> None:
    with start(data) as server:
        rows(server.dsn, "CREATE TABLE people (name text PRIMARY KEY)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            rows(server.dsn, "INSERT INTO people VALUES ('Erika Mustermann'), ('Erika Mustermann')")
    log = (data / "log" / "postgres.log").read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "Mustermann" not in log


def test_a_dump_needs_no_password_on_its_command_line(data: Path) -> None:
    with start(data) as server:
        rows(server.dsn, "CREATE TABLE kept (id integer)")
        command = [str(client_program("pg_dump")), "--schema-only"]
        dump = subprocess.run(command, env=client_environment(server.dsn), capture_output=True, text=True, check=True)
    assert "CREATE TABLE public.kept" in dump.stdout
