"""Dashboards are put into a Grafana once, replaced only when asked to, and every refusal is said in German."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from nova.cli.root import nova
from nova.engines.grafana import Grafana
from nova.errors import Conflict, Misconfigured, ServerAbsent
from nova.kpi.report import boards
from nova.settings import Settings
from nova.wiring.boards import open_grafana
from tests.fakes.grafana import TOKEN, VIEWER, FakeGrafana, serving
from tests.fakes.http import answering

BOARD: dict[str, Any] = {"uid": "a/b c", "title": "Tafel", "version": 1, "panels": [{"id": 1}]}


@pytest.fixture
def fake() -> Iterator[FakeGrafana]:
    with serving() as found:
        yield found


@pytest.fixture
def grafana(fake: FakeGrafana) -> Iterator[Grafana]:
    with Grafana(fake.address + "/", TOKEN) as opened:
        opened.ensure_folder("nova", "Nova")
        yield opened


def test_a_board_is_put_there_and_not_sent_again_while_it_is_the_same(fake: FakeGrafana, grafana: Grafana) -> None:
    first, second = (grafana.push(BOARD, "nova", message="Nova 1") for _ in range(2))
    assert (first.changed, first.version, second.changed, second.version) == (True, 1, False, 1)
    assert first.url == second.url == f"{fake.address}/d/a/b%20c/board"
    assert fake.messages == ["Nova 1"]
    assert fake.boards["a/b c"].folder == "nova"


def test_what_was_changed_there_is_replaced_only_when_asked_to(fake: FakeGrafana, grafana: Grafana) -> None:
    grafana.push(BOARD, "nova")
    fake.change("a/b c", title="Meine Tafel")
    with pytest.raises(Conflict, match=r"changed by someone else.*--overwrite"):
        grafana.push(BOARD, "nova")
    assert fake.boards["a/b c"].model["title"] == "Meine Tafel"
    assert grafana.push(BOARD, "nova", overwrite=True).version == 3
    assert fake.boards["a/b c"].model["title"] == "Tafel"


def test_a_title_that_is_taken_is_a_conflict(fake: FakeGrafana, grafana: Grafana) -> None:
    grafana.push(BOARD | {"uid": "other"}, "nova")
    with pytest.raises(Conflict, match="same name"):
        grafana.push(BOARD, "nova")


def test_a_board_from_a_file_says_where_to_change_it(fake: FakeGrafana, grafana: Grafana) -> None:
    grafana.push(BOARD, "nova")
    fake.boards["a/b c"].provisioned = True
    with pytest.raises(Conflict, match="aus einer Datei"):
        grafana.push(BOARD | {"title": "Neu"}, "nova", overwrite=True)


def test_a_folder_is_made_once(fake: FakeGrafana, grafana: Grafana) -> None:
    assert fake.folders == {"nova": "Nova"}
    assert grafana.ensure_folder("nova", "Nova") is False
    with pytest.raises(Conflict, match="Nova"):
        grafana.ensure_folder("other", "Nova")


def test_a_folder_that_is_gone_is_named(fake: FakeGrafana, grafana: Grafana) -> None:
    with pytest.raises(Misconfigured, match="Ordner „weg“"):
        grafana.push(BOARD, "weg")


def test_a_board_in_another_folder_is_not_the_same(fake: FakeGrafana, grafana: Grafana) -> None:
    grafana.push(BOARD, "nova")
    grafana.ensure_folder("second", "Zweiter")
    assert grafana.push(BOARD, "second", overwrite=True).changed
    assert fake.boards["a/b c"].folder == "second"


@pytest.mark.parametrize(("token", "said"), [("wrong", "NOVA_GRAFANA_TOKEN"), (VIEWER, "Editor")])
def test_a_wrong_or_weak_token_is_said(fake: FakeGrafana, token: str, said: str) -> None:
    with Grafana(fake.address, token) as grafana, pytest.raises(Misconfigured, match=said):
        grafana.ensure_folder("nova", "Nova")
    assert fake.folders == {}


def test_a_server_that_fails_is_absent_and_its_address_shows_no_password(fake: FakeGrafana) -> None:
    fake.broken = 500
    with Grafana(fake.address.replace("http://", "http://me:secret@"), TOKEN) as grafana, pytest.raises(ServerAbsent) as raised:
        grafana.push(BOARD, "nova")
    assert "500: An unexpected error happened" in raised.value.message
    assert "secret" not in raised.value.message


@pytest.mark.parametrize(("status", "body"), [(200, b"<html>"), (404, b"<html>"), (200, b"[]"), (302, b"")])
def test_another_server_is_not_taken_for_grafana(status: int, body: bytes) -> None:
    with answering(lambda _: (status, body), "text/html") as address, Grafana(address, TOKEN) as grafana, pytest.raises(ServerAbsent):
        grafana.ensure_folder("nova", "Nova")


def test_nobody_there_is_said() -> None:
    with Grafana("http://127.0.0.1:9", TOKEN) as grafana, pytest.raises(ServerAbsent, match="nicht erreichbar"):
        grafana.push(BOARD, "nova")


def test_without_settings_both_names_are_said() -> None:
    with pytest.raises(Misconfigured, match=r"NOVA_GRAFANA_URL.*NOVA_GRAFANA_TOKEN"):
        open_grafana(Settings(NOVA_GRAFANA_URL="http://g"))


def test_the_command_puts_the_generated_boards_there(fake: FakeGrafana, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVA_GRAFANA_URL", fake.address)
    monkeypatch.setenv("NOVA_GRAFANA_TOKEN", TOKEN)
    done = CliRunner().invoke(nova, ["boards", "push", "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert [row["uid"] for row in json.loads(done.stdout)["boards"]] == ["nova-kpi", "nova"]
    for uid in ("nova-kpi", "nova"):
        assert fake.boards[uid].model["panels"] == boards.dashboards()[f"{uid}.json"]["panels"]
    again = CliRunner().invoke(nova, ["boards", "push"]).stdout
    assert again.count("nein") == 2 and all(f"{fake.address}/d/{uid}/board" in again for uid in ("nova-kpi", "nova"))
