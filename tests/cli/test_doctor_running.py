"""What the running Nova says of its services becomes lines, each with what mends it; its door is tried."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from nova.cli.checks import running
from nova.cli.client import Client
from nova.cli.process.serving import bind, serving
from nova.cli.root import COMMANDS
from nova.errors import ServerAbsent
from nova.flows.health.report import LATE
from nova.knowledge.dense import DenseRoom
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.wiring import masterdata
from nova.wiring.watching import health_of
from tests.api.house import ADMIN_KEY, Door, opened
from tests.fakes.embedder import WordEmbedder


@pytest.fixture(scope="module")
def house(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off") as found:
        yield found


@pytest.fixture(scope="module")
def client(house: Door) -> Iterator[Client]:
    """A client to the real app on a port of this machine."""
    with bind("127.0.0.1", 0) as bound, serving(house.nova, bound):  # type: ignore[arg-type]
        client = Client(f"http://127.0.0.1:{bound.getsockname()[1]}", ADMIN_KEY)
        yield client
        client.close()


def test_the_running_novas_services_become_lines(client: Client, house: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {line.id: line for line in running.services(client.health())}
    assert {lines[name].status for name in ("api", "db", "qdrant", "tika", "minio", "jobs")} == {"ok"}
    assert lines["ollama"].status == "absent"
    assert "snapshots" in lines

    def gone() -> None:
        raise ServerAbsent("Der Suchindex antwortet nicht.")

    monkeypatch.setattr(house.nova.index, "health", gone)
    line = {line.id: line for line in running.services(client.health())}["qdrant"]
    assert (line.status, line.fix) == ("fail", "nova reindex")
    assert "antwortet nicht" in line.detail


def test_a_servers_fix_names_its_settings() -> None:
    services = {name: {"status": "failed", "detail": "weg", "engine": "server"} for name in ("db", "qdrant", "minio", "tika")}
    for line in running.services({"services": services, "checks": [{"name": "snapshots", "status": "degraded", "detail": "alt"}]}):
        assert line.status == ("warn" if line.id == "snapshots" else "fail")
        assert set(re.findall(r"NOVA_[A-Z0-9_]+", line.fix)) <= set(Settings.model_fields)
        assert line.fix


def test_every_name_that_health_can_give_has_a_fix(house: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nova = house.nova
    monkeypatch.setattr(nova, "dense", DenseRoom(nova.index_room, WordEmbedder()))
    server = SecretStr("postgresql://h/nova")
    prompts = tmp_path / "luna.yml"
    settings = nova.settings.model_copy(update={"NOVA_DATABASE_URL": server, "NOVA_PROMPTS": prompts})
    monkeypatch.setattr(nova, "settings", settings)
    monkeypatch.setattr(nova, "master", masterdata.master_data(settings))  # the one there may look at its file a second later
    # Named only where they are wrong, so each is.
    wrong = {
        settings.thresholds_path: "rules: []",
        settings.vocabulary_path: "[",
        prompts: "[",
        settings.NOVA_DATA / "config/kpi/second.yaml": "[",
        masterdata.place(settings): "kein Wörterbuch",
    }
    for path, text in wrong.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    try:
        report = health_of(nova).report()  # type: ignore[arg-type]
    finally:
        for path in wrong:
            path.unlink()
    names = {*report.services, *(found.name for found in report.findings), LATE.name}
    assert names - running.SEEN_BEFORE == set(running.FIXES)


def test_every_command_that_mends_something_exists() -> None:
    named = {
        word
        for text in (*running.FIXES.values(), *running.SERVERS.values(), running.KEY_FIX)
        for word in re.findall(r"\bnova ([a-z]+)", text)
    }
    assert named - set(COMMANDS) == set()


def test_the_real_door_holds(client: Client, house: Door) -> None:
    assert [line.status for line in running.door(client, house.nova.settings)] == ["ok"]
