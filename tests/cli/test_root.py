"""The command line as a whole: quick help, true first lines, exit codes."""

import subprocess
import sys
import time

import click
import pytest

from nova.__main__ import run
from nova.cli.root import COMMANDS, nova

HEAVY = ("lxml", "docx", "pptx", "openpyxl", "pypdfium2", "qdrant_edge", "obstore", "fastapi", "psycopg", "httpx", "pydantic")


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    program = "import sys\nfrom nova.__main__ import run\ncode = run(['--help'])\nprint(code, *sys.modules)"
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert time.perf_counter() - begun < 2  # half a second on an idle machine
    code, *modules = done.stdout.splitlines()[-1].split()
    assert code == "0"
    assert sorted(set(modules) & set(HEAVY)) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says_of_itself(name: str) -> None:
    command = nova.get_command(click.Context(nova), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


def test_every_reading_command_offers_json() -> None:
    reads = {"ask", "doctor", "smoke", "ingest", "reindex"}
    grouped = {
        ("items", "list"),
        ("items", "show"),
        ("jobs", "list"),
        ("jobs", "show"),
        ("keys", "list"),
        ("config", "show"),
        ("eval", "retrieval"),
    }
    context = click.Context(nova)
    found = [nova.get_command(context, name) for name in reads]
    for group, name in grouped:
        command = nova.get_command(context, group)
        assert isinstance(command, click.Group)
        found.append(command.commands[name])
    assert [one.name for one in found if one and not any("--json" in option.opts for option in one.params)] == []


def test_wrong_words_exit_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nosuch"]) == 2
    assert run(["items", "show"]) == 2
    assert capsys.readouterr().out == ""


def test_a_named_error_becomes_its_message_and_exit_code(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_PORT", "not a port")
    assert run(["config", "show"]) == 2
    told = capsys.readouterr()
    assert "API_PORT" in told.err
    assert told.out == ""


def test_a_path_that_is_not_there_exits_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", "no/such/file.pdf"]) == 3
    assert "no/such/file.pdf" in capsys.readouterr().err


def test_settings_are_shown_without_secrets(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_API_KEY", "a-very-secret-value-1234567890")
    assert run(["config", "show", "--json"]) == 0
    told = capsys.readouterr().out
    assert "ADMIN_API_KEY" in told
    assert "a-very-secret-value" not in told


def test_down_without_a_running_nova_says_so(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(tmp_path), "down"]) == 0
    assert "kein Nova" in capsys.readouterr().err
