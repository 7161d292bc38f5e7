"""What each service of the files for Docker is given: secrets, volumes, roles, topics, limits; and what the docs say to run in them."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from nova.cli.root import COMMANDS
from nova.ports import EVENTS, FEEDBACK, JOBS, REFUSED
from nova.settings import Settings
from nova.store.postgres.cluster import SUPERUSER, client_program
from nova.store.postgres.embedded import Running
from nova.store.postgres.migrate import migrate
from tests.house.compose import COMPOSE, DEPLOY, DEV, LOOK, SECRET, SERVICES, VARIABLE, files, mounts, read, run
from tests.house.places import ROOT

NOVAS = {"api", "worker"}
DOOR = {"ADMIN_API_KEY", "NOVA_METRICS_KEY"}
STORES = {"DB_PASSWORD", "NOVA_QDRANT_KEY", "NOVA_S3_KEY_ID", "NOVA_S3_SECRET"}
HOLDERS = {
    "api": DOOR | STORES | {"NOVA_OPENAI_KEY", "NOVA_HOOK_SECRET", "NOVA_WEBHOOK_SECRET", "NOVA_KAFKA_PASSWORD", "NOVA_OIDC_CLIENT_SECRET"},
    "worker": STORES | {"NOVA_KAFKA_PASSWORD"},
    "db": {"DB_PASSWORD"},
    "qdrant": {"NOVA_QDRANT_KEY"},
    "s3": {"GARAGE_RPC_SECRET", "NOVA_S3_KEY_ID", "NOVA_S3_SECRET"},
    "prometheus": {"NOVA_METRICS_KEY"},
    "grafana": {"GRAFANA_PASSWORD"},
}
PASSWORD, NOVAS_PASSWORD = "made-up-for-this", "made-up-with-a-'-in-it"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_holds_the_secrets_it_needs_and_no_other(name: str) -> None:
    service = {key: value for key, value in SERVICES[name].items() if key != "build"}
    assert {found for found, _ in VARIABLE.findall(str(service)) if SECRET.search(found)} == HOLDERS.get(name, set())


def test_only_the_api_has_the_folder_with_keys_and_snapshots() -> None:
    assert {name for name in SERVICES if "nova" in mounts(name)} == {"api", "volumes"}
    assert [place.split(":")[0] for place in SERVICES["worker"]["tmpfs"]] == ["/tmp", "/data"]


def test_what_a_worker_cannot_do_is_left_to_the_api() -> None:
    api, worker = (set(SERVICES[name]["environment"]) for name in ("api", "worker"))
    assert worker - api == set()
    assert {"EMBED_MODEL", "NOVA_OLLAMA_URL", "NOVA_OPENAI_URL", "GENERATE_MODEL", "NOVA_CLAMAV"} <= api - worker


def programs() -> Iterator[tuple[str, str, list[str]]]:
    """Where the docs run something in a service: the page, the service and the words after it."""
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("README*.md"), *ROOT.glob("docker-compose*.yml"), ROOT / ".env.example"]
    for page in sorted(pages):
        for verb, rest in re.findall(r"docker compose(?: -\S+(?: [\w.-]+\.yml| \w+)?)* (run|exec)\b([^`\n#]*)", page.read_text("utf-8")):
            words = [word for word in shlex.split(rest) if not word.startswith("-")]
            yield f"{page.name}: {verb} {' '.join(words)}", verb, words


@pytest.mark.parametrize(("verb", "words"), [pytest.param(verb, words, id=where) for where, verb, words in programs()])
def test_the_docs_run_what_a_service_has(verb: str, words: list[str]) -> None:
    service, *command = words
    assert service in SERVICES
    if service in NOVAS and verb == "run":  # its entry point is `nova` already
        assert command[0] in COMMANDS
    elif service in NOVAS:
        assert command[0] == "nova" and command[1] in COMMANDS


def test_the_docs_run_something() -> None:
    assert {(verb, words[0]) for _, verb, words in programs()} >= {("run", "api"), ("exec", "api"), ("run", "ollama-pull")}
    assert 'ENTRYPOINT ["nova"]' in (ROOT / "Dockerfile").read_text("utf-8")


def test_the_topics_that_nova_reads_and_writes_are_made() -> None:
    topics = SERVICES["topics"]
    assert set(topics["command"]) == {EVENTS, REFUSED, JOBS, FEEDBACK}
    assert "--if-not-exists" in topics["entrypoint"]
    assert {topics["image"]} == {SERVICES["redpanda"]["image"]}
    assert topics["profiles"] == SERVICES["redpanda"]["profiles"]
    internal = next(word for word in SERVICES["redpanda"]["command"] if word.startswith("--advertise-kafka-addr"))
    assert topics["entrypoint"][-1].removeprefix("brokers=") in internal


def test_clamd_takes_every_upload_and_calls_nothing_clean_that_it_did_not_read() -> None:
    assert files("clamav") == {"/etc/clamav/clamd.conf": "./deploy/clamav/clamd.conf"}
    lines = (DEPLOY / "clamav" / "clamd.conf").read_text("utf-8").splitlines()
    given = dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    for name in ("StreamMaxLength", "MaxFileSize", "MaxScanSize"):
        assert int(given[name].removesuffix("M")) >= Settings().NOVA_UPLOAD_MB, name
    assert "NOVA_UPLOAD_MB" not in SERVICES["api"]["environment"], "its value decides about these sizes"
    assert given["AlertExceedsMax"] == "yes"
    assert (given["TCPSocket"], given["User"], given["LocalSocket"]) == ("3310", SERVICES["clamav"]["user"], "/tmp/clamd.sock")


def test_a_look_at_grafana_changes_nothing_for_the_others_and_opens_no_way_out() -> None:
    assert set(LOOK["services"]) == {"grafana"}
    assert set(LOOK["networks"]) & set(COMPOSE["networks"]) == set()
    own = set(LOOK["services"]["grafana"]["networks"]) - {"luna-net"}
    assert own == set(LOOK["networks"])
    assert {LOOK["networks"][name]["driver_opts"]["com.docker.network.bridge.enable_ip_masquerade"] for name in own} == {"false"}
    assert DEV["networks"]["luna-net"]["internal"] is False  # so it is not for looking, only for working on Nova
    assert "docker-compose.dev.yml up --detach grafana" not in (ROOT / "docs" / "how-to" / "docker.md").read_text("utf-8")


@pytest.fixture
def volume(postgres: Running) -> Iterator[str]:
    """What the image's own scripts leave behind, under other names: a superuser and its database; how the superuser gets in."""
    with psycopg.connect(make_conninfo(postgres.dsn, user=SUPERUSER), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE chief SUPERUSER LOGIN PASSWORD {PASSWORD!r}")
        connection.execute("CREATE DATABASE tried OWNER chief")
        yield make_conninfo(postgres.dsn, dbname="tried", user="chief", password=PASSWORD)
        connection.execute("DROP DATABASE tried WITH (FORCE)")
        connection.execute("DROP ROLE IF EXISTS tried")
        connection.execute("DROP ROLE chief")


def test_novas_role_owns_its_database_and_is_no_superuser(volume: str, tmp_path: Path) -> None:
    given = SERVICES["db"]["environment"]
    assert ("POSTGRES_USER" in given, given["POSTGRES_DB"]) == (False, "nova")
    place, source = next(iter(files("db").items()))
    assert re.fullmatch(r"/docker-entrypoint-initdb\.d/9\d\d_\w+\.sql", place), "after the image's own"
    script = tmp_path / "init.sql"
    script.write_text(re.sub(r"\bpostgres\b", "chief", re.sub(r"\bnova\b", "tried", (ROOT / source).read_text("utf-8"))))
    words = [str(client_program("psql")), "-v", "ON_ERROR_STOP=1", "--no-psqlrc", "-f", str(script), "-d", volume]
    done = subprocess.run(words, env={"POSTGRES_PASSWORD": NOVAS_PASSWORD}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(volume)
    dsn = make_conninfo(volume, user="tried", password=NOVAS_PASSWORD)
    migrate(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        rights = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(rights).fetchone() == (False,) * 5
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("COPY jobs (title) FROM PROGRAM 'id'")
        connection.execute("ALTER SCHEMA public RENAME TO vor_heute")  # as `nova restore --replace` does
        connection.execute("CREATE SCHEMA public")


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool (package prometheus) is not installed")
def test_promtool_finds_every_alert_firing_and_a_quiet_day_quiet() -> None:
    for words in (("check", "rules", "deploy/prometheus/alerts.yml"), ("test", "rules", "deploy/prometheus/alerts_test.yml")):
        done = run("promtool", *words)
        assert done.returncode == 0, done.stdout + done.stderr
    assert read(DEPLOY / "prometheus" / "alerts_test.yml")["rule_files"] == ["alerts.yml"]
