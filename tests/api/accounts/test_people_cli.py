"""`nova people` against a real app: the way of an account from invitation to leaving; and commands that act by a token of one's own."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from nova.cli.people import people
from nova.cli.root import nova
from nova.cli.session import client_of
from nova.errors import NotFound
from nova.settings import Settings
from nova.store.postgres.db import Database
from tests.api.accounts.house import PASSWORD, browser_of
from tests.api.commands import reach
from tests.api.house import Door, opened


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off") as found:
        yield found


@pytest.fixture
def run(door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    reach(door, monkeypatch, people)
    monkeypatch.setenv("NOVA_DATA", str(tmp_path / "data"))

    def call(*words: str) -> Result:
        return CliRunner().invoke(nova, ["people", *words])

    return call


def test_people_come_change_and_leave(door: Door, run: Any, tmp_path: Path) -> None:
    invited = run("invite", "erika", "--name", "Erika Beispiel")
    assert invited.exit_code == 0 and invited.stdout.startswith("http://localhost:8000/einladung#")
    secret = invited.stdout.partition("#")[2].strip()
    assert browser_of(door).post("/invitations/password", secret=secret, password=PASSWORD).status_code == 200
    assert run("invite", "erika").exit_code == 1
    table = tmp_path / "leute.csv"
    table.write_text("user;name;role;state\notto;Otto O.;engineer;da\nkarl;;;weg\nerika;;employee;da\n", "utf-8")
    rehearsal = run("import", str(table))
    assert "otto" in rehearsal.stdout and "otto" not in run("list").stdout
    done = json.loads(run("import", str(table), "--yes", "--json").stdout)
    assert [one["done"] for one in done["rows"]] == ["invited", "same", "same"]
    listed = json.loads(run("list", "--json").stdout)["people"]
    assert {one["user"]: (one["role"], one["name"]) for one in listed} == {
        "erika": ("employee", "Erika Beispiel"),
        "otto": ("engineer", "Otto O."),
    }
    assert "Redaktion" in run("role", "erika", "reviewer").stdout
    assert run("leave", "Erika").exit_code == 0
    assert run("link", "erika").exit_code == 1
    assert run("back", "erika").stdout.startswith("http")
    assert isinstance(run("leave", "niemand").exception, NotFound)
    assert "Mitarbeit (employee)" in run("roles").stdout


def test_links_lead_to_the_nova_that_serves(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "owner", lambda folder: SimpleNamespace(address=f"http://127.0.0.1:8117?{folder.name}"))
    assert run("invite", "bernd").stdout.startswith("http://localhost:8117/einladung#")
    monkeypatch.setenv("NOVA_HOSTS", "nova.stadtwerk.example")
    assert run("link", "bernd").stdout.startswith("https://nova.stadtwerk.example/einladung#")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name;role\nOtto;employee\n", "Kopfzeile"),
        ("user;role\notto;chef\n", "Zeile 2: Die Rolle"),
        ("user;state\notto;krank\n", "Zeile 2: state"),
        ("user\notto\notto\n", "Zeile 3: „otto“ steht doppelt"),
        ("user;name\notto;a;b\n", "Zeile 2 hat nicht so viele Spalten"),
        ("user\nzwei wörter\n", "Zeile 2: „zwei wörter“ ist kein Anmeldename"),
        ("user;role\nneu1;employee\nsvc;service\n", "Zeile 3: Die Rolle"),
    ],
)
def test_a_wrong_table_changes_nothing_and_names_the_line(run: Any, tmp_path: Path, text: str, why: str) -> None:
    before = run("list", "--json").stdout
    table = tmp_path / "leute.csv"
    table.write_text(text, "utf-8")
    told = run("import", str(table), "--yes")
    assert told.exit_code == 1 and why in str(told.exception)
    assert run("list", "--json").stdout == before


def test_commands_act_by_ones_own_token_where_there_is_one(door: Door) -> None:
    token = door.nova.token("emil", "engineer")
    client = client_of(Settings(NOVA_TOKEN=SecretStr(token), NOVA_DATA=door.nova.folder), "http://127.0.0.1:8000")
    assert client._http.headers["authorization"] == f"Bearer {token}" and "x-admin-key" not in client._http.headers
    client.close()
