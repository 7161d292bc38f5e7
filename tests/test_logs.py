"""Log lines: one JSON object each, personal data removed last, libraries included."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import structlog

from nova import logs
from nova.errors import Misconfigured
from nova.logs import configure_logs, get_logger
from nova.privacy import redact
from nova.unseen import UNSEEN


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def scrub(text: str) -> str:
    return redact(text).text


def test_an_event_is_one_json_line_with_its_facts(stream: io.StringIO) -> None:
    configure_logs(level="info", text=False, scrub=scrub, stream=stream)
    structlog.contextvars.bind_contextvars(trace_id="t-1")
    get_logger("nova.x").info("item_stored", chunks=3, ok=True, none=None)
    line = lines(stream)[0]
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "item_stored", "logger": "nova.x", "level": "info", "trace_id": "t-1", "chunks": 3, "ok": True, "none": None}


def test_personal_data_is_removed_from_values_messages_and_tracebacks(stream: io.StringIO) -> None:
    configure_logs(level="info", text=False, scrub=scrub, stream=stream)
    get_logger("nova.x").warning("asked", who="max.muster@example.org", deep={"a": ["DE89 3704 0044 0532 0130 00"]})
    logging.getLogger("psycopg").error("mail to %s", "max.muster@example.org")
    try:
        raise ValueError("max.muster@example.org")
    except ValueError:
        get_logger("nova.x").exception("failed")
    assert "max.muster" not in stream.getvalue()
    assert "3704" not in stream.getvalue()
    assert [line["event"].split()[0] for line in lines(stream)] == ["asked", "mail", "failed"]
    assert "ValueError" in lines(stream)[2]["exception"]


def test_a_filter_that_fails_drops_the_value_not_the_line(stream: io.StringIO) -> None:
    def broken(text: str) -> str:
        if text == "böse":
            raise ValueError(text)
        return text

    configure_logs(level="info", text=False, scrub=broken, stream=stream)
    get_logger("nova.x").info("kept", value="böse")
    assert lines(stream)[0]["value"] == "[nicht lesbar]"
    assert "böse" not in stream.getvalue()


def test_the_level_holds_for_all(stream: io.StringIO) -> None:
    configure_logs(level="warning", text=False, scrub=scrub, stream=stream)
    get_logger("nova.x").info("quiet")
    logging.getLogger("other").info("quiet")
    logging.getLogger("uvicorn.access").info("quiet")
    assert stream.getvalue() == ""


def test_text_is_for_reading(stream: io.StringIO) -> None:
    configure_logs(level="info", text=True, scrub=scrub, stream=stream)
    get_logger("nova.x").info("item_stored", chunks=3)
    assert "item_stored" in stream.getvalue()
    assert "chunks=3" in stream.getvalue()


def test_a_file_takes_the_lines_as_json_for_its_owner(stream: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 2000)
    file = tmp_path / "nova.log"
    configure_logs(level="info", text=True, scrub=scrub, stream=stream, file=file)
    try:
        raise ValueError("max.muster@example.org")
    except ValueError:
        get_logger("nova.x").exception("failed")
    for number in range(40):
        get_logger("nova.x").info("item_stored", chunks=number)
    configure_logs(level="info", text=True, scrub=scrub, stream=stream)  # lets go of the file
    kept = sorted(tmp_path.iterdir())
    assert 1 < len(kept) <= 6
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    written = [json.loads(line) for path in reversed(kept) for line in path.read_text("utf-8").splitlines()]
    assert [line["event"] for line in written] == ["failed"] + ["item_stored"] * 40
    assert "max.muster" not in "".join(path.read_text("utf-8") for path in kept)
    assert "item_stored" in stream.getvalue()


def test_a_file_that_cannot_be_written_is_named(stream: io.StringIO, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="NOVA_LOG_FILE"):
        configure_logs(level="info", text=False, scrub=scrub, stream=stream, file=tmp_path / "none" / "nova.log")


def test_a_file_that_cannot_be_opened_any_more_ends_nothing(stream: io.StringIO, tmp_path: Path) -> None:
    file, moved = tmp_path / "nova.log", tmp_path / "nova.log.old"
    configure_logs(level="info", text=False, scrub=scrub, stream=stream, file=file)
    log = get_logger("nova.x")
    log.info("before")
    file.rename(moved)
    file.mkdir()
    for number in range(2):
        log.info("meanwhile", number=number, who="max.muster@example.org")
    file.rmdir()
    log.info("after")
    configure_logs(level="info", text=False, scrub=scrub, stream=stream)  # lets go of the file
    assert [json.loads(line)["event"] for line in moved.read_text("utf-8").splitlines()] == [
        "before",
        "log_file_unwritable",
        "meanwhile",
        "meanwhile",
    ]
    assert [json.loads(line)["event"] for line in file.read_text("utf-8").splitlines()] == ["after"]
    said = [line["event"] for line in lines(stream)]
    assert sorted(said) == ["after", "before", "log_file_unwritable", "meanwhile", "meanwhile"]


def test_a_line_that_cannot_be_written_is_not_told_as_it_came(
    stream: io.StringIO, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure_logs(level="info", text=False, scrub=scrub, stream=stream, file=tmp_path / "nova.log")
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one, logging.FileHandler))
    with suppress(OSError), Path("/dev/full").open("a", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(handler, "stream", full)
        patch.setattr(handler, "_current", lambda: True)
        for _ in range(2):
            logging.getLogger("x").error("mail to %s", "max.muster@example.org")
    handler.close()
    assert [line["event"].split()[0] for line in lines(stream)] == ["mail", "log_file_unwritable", "mail"]
    assert "max.muster" not in stream.getvalue() + "".join(capsys.readouterr())


WRITER = """
import io, sys
from pathlib import Path
from nova import logs
logs.FILE_BYTES, logs.FILES_KEPT = 20_000, 200
logs.configure_logs(level="info", text=False, scrub=str, stream=io.StringIO(), file=Path(sys.argv[1]))
for number in range(1_000):
    logs.get_logger("nova.x").info("line", who=int(sys.argv[2]), number=number, filler="x" * (number % 300))
"""


def test_processes_that_share_a_file_lose_no_line_when_it_is_rotated(tmp_path: Path) -> None:
    file = tmp_path / "nova.log"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), str(who)], stderr=subprocess.PIPE) for who in range(3)]
    assert [writer.communicate()[1] for writer in writers] == [b""] * 3
    written = [path for path in tmp_path.iterdir() if path.suffix != ".lock"]
    found = [json.loads(line) for path in written for line in path.read_text("utf-8").splitlines()]
    assert sorted((line["who"], line["number"]) for line in found) == [(who, number) for who in range(3) for number in range(1_000)]
    assert len(written) > 10
    assert max(path.stat().st_size for path in written) < 10 * 20_000
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


DRIVES = "\x1b]0;fremd\x07\x1b[2J\x9b31m\u202e\u2066\x7f"


@pytest.mark.parametrize("text", [False, True])
def test_nothing_that_is_logged_drives_a_terminal_or_forges_a_line(stream: io.StringIO, text: bool) -> None:
    configure_logs(level="info", text=text, scrub=scrub, stream=stream)
    get_logger("nova.x").warning("asked", what=DRIVES, deep={DRIVES: [DRIVES]})
    logging.getLogger("uvicorn").warning("bad request %s\n{}", DRIVES)
    try:
        raise ValueError(DRIVES)
    except ValueError:
        get_logger("nova.x").exception("failed")
    said = stream.getvalue()
    assert not UNSEEN.search(said)
    assert "fremd" in said
    assert not any(line.startswith("{}") for line in said.splitlines())
