"""Words of documents and people that drive a terminal: commands write them out, and `--json` says them unchanged."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from nova.__main__ import run
from nova.cli import output
from nova.cli.client import Client
from nova.cli.root import COMMANDS
from nova.unseen import UNSEEN
from tests.api.house import ADMIN_KEY, BASE, QUESTION, Door
from tests.api.test_hostile_names import hostile

__all__ = ["hostile"]
DRIVES = "\x1b]0;fremd\x07\x1b[2J\x9b31m\u202e\u200b\u2066\r\x7f"
FREE = {  # what documents and people write, wherever it stands in an answer
    "title", "text", "question", "answer", "label", "filename", "section", "comment", "reason", "note", "message", "error", "quote",
    "user", "target", "detail", "next_question", "what", "said", "terms", "tags", "path", "yaml", "sentence", "place", "meaning",
    "external_id", "last_error", "approver", "model", "explanation", "value_text", "threshold_text", "lay", "term", "description",
}  # fmt: skip
LOOKS = [
    ["ask", QUESTION], ["items", "list"], ["items", "show", "{item_id}"], ["jobs", "list"], ["jobs", "show", "{job_id}"],
    ["consent", "list"], ["consent", "log"], ["keys", "list"], ["audit", "list"], ["audit", "verify"], ["kpi"], ["reviews", "list"],
    ["learn", "status"], ["learn", "questions"],
    ["prompts", "list"], ["alerts", "--dry-run"], ["tickets", "list"],
    ["tickets", "show", "{ticket_id}"], ["tickets", "export"], ["progress"], ["summary"],
    ["snapshot", "list"], ["privacy", "retention", "--dry-run"],
    ["monitor"], ["consent", "show", "frau.muster"],
    ["jobs", "show", "unfug"], ["items", "show", "unfug"],
]  # fmt: skip
ENDS_BADLY = {"unfug"}


def driving(value: Any, name: str = "") -> Any:
    """An answer in which everything that somebody wrote drives a terminal."""
    if isinstance(value, dict):
        return {key: driving(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [driving(part, name) for part in value]
    return f"{value}{DRIVES}" if isinstance(value, str) and name in FREE else value


@pytest.fixture
def nova(door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Door:
    """Every command speaks to the app, whose answers drive terminals; one that opens a folder opens an empty one."""
    monkeypatch.setenv("NOVA_DATA", str(tmp_path / "data"))

    def forward(request: httpx.Request) -> httpx.Response:
        answer = door.client.request(request.method, str(request.url), content=request.content, headers=dict(request.headers))
        return httpx.Response(answer.status_code, json=driving(answer.json()))

    @contextmanager
    def session(_: Any) -> Iterator[Client]:
        yield Client(BASE, ADMIN_KEY, transport=httpx.MockTransport(forward))

    for module in commands():
        if hasattr(module, "session"):
            monkeypatch.setattr(module, "session", session)
    return door


def commands() -> list[ModuleType]:
    return [import_module(place) for place, _ in COMMANDS.values()]


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_no_command_lets_a_terminal_be_driven(
    nova: Door, hostile: dict[str, Any], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [word.format_map(hostile) for word in words]
    code = run(asked)
    said = capsys.readouterr()
    assert (code not in (0, 5)) == bool(ENDS_BADLY & set(words)), said.err
    shown = said.out + said.err
    assert not UNSEEN.search(shown), UNSEEN.findall(shown)
    if "--json" in help_of(words[:2], capsys) and not ENDS_BADLY & set(words):
        run([*asked, "--json"])
        data = capsys.readouterr().out
        assert not UNSEEN.search(data)
        assert data == "" or all(json.loads(one) is not None for one in ([data] if data.startswith(("{", "[")) else data.splitlines()))


def help_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    run([word for word in words if re.fullmatch("[a-z]+", word)] + ["--help"])
    return capsys.readouterr().out


def test_what_is_written_out_is_still_there(capsys: pytest.CaptureFixture[str]) -> None:
    output.line(f"vorher {DRIVES} nachher", bold=True)
    output.note(f"vorher {DRIVES} nachher")
    output.table([{"a": f"x{DRIVES}"}], {"a": "Kopf"})
    output.data({DRIVES: [DRIVES]})
    said = capsys.readouterr()
    assert "vorher \\x1b]0;fremd\\x07\\x1b[2J\\x9b31m\\u202e\\u200b\\u2066\\r\\x7f nachher" in said.out
    assert "\\x1b]0;fremd" in said.err
    assert json.loads(said.out[said.out.index("{") :]) == {DRIVES: [DRIVES]}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_file_is_written_out_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output.raw(DRIVES.encode())
    assert capsysbinary.readouterr().out == DRIVES.encode()
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    output.raw(DRIVES.encode() + b"\xff")
    assert not UNSEEN.search(terminal.getvalue())
    assert "\\xff" in terminal.getvalue()


@pytest.mark.parametrize("words", [["items", "show", f"x{DRIVES}"], [f"x{DRIVES}"], ["kpi", f"--{DRIVES}"], ["restore", f"/tmp/{DRIVES}"]])
def test_what_is_wrong_is_said_without_it_either(words: list[str], nova: Door, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) != 0
    said = capsys.readouterr()
    assert said.err
    assert not UNSEEN.search(said.out + said.err)


def test_an_unforeseen_error_and_where_it_arose_are_said_without_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise LookupError(DRIVES)

    monkeypatch.setattr("nova.cli.operation.config.settings_of", broken)
    assert run(["--debug", "config", "show"]) == 1
    said = capsys.readouterr().err
    assert "LookupError" in said and "Traceback" in said
    assert not UNSEEN.search(said)
