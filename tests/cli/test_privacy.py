"""`nova privacy redact|scan|dictionary` on files of lines, without a Nova that runs."""

import json
from pathlib import Path

import pytest

from nova.__main__ import run

LINES = '{"id": "a", "text": "Frau Grothues, 0171 3920041, Eschstr. 4"}\n\n{"id": 2, "text": "nichts"}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOVA_DATA", str(tmp_path / "data"))
    (tmp_path / "lines.jsonl").write_text(LINES)
    return tmp_path


def test_scan_says_where_what_stands(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["privacy", "scan", str(folder / "lines.jsonl"), "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == {
        "id": "a",
        "spans": [
            {"start": 5, "end": 13, "type": "NAME"},
            {"start": 15, "end": 27, "type": "PHONE"},
            {"start": 29, "end": 39, "type": "ADDRESS"},
        ],
    }
    assert second == {"id": 2, "spans": []}


def test_redact_gives_the_text_besides(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["privacy", "redact", str(folder / "lines.jsonl"), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["text"] for row in rows] == ["Frau [NAME], [TELEFON], [ADRESSE]", "nichts"]
    assert [span["type"] for span in rows[0]["spans"]] == ["NAME", "PHONE", "ADDRESS"]
    assert run(["privacy", "redact", str(folder / "lines.jsonl")]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "a\tFrau [NAME], [TELEFON], [ADRESSE]"
    assert told.err == "Gefunden: ADDRESS 1, NAME 1, PHONE 1.\n"


@pytest.mark.parametrize(
    "line", ["{", '{"id": 1}', '{"id": true, "text": ""}', '{"id": 1, "text": 2}', "[]", "\udcff", '{"id": 1, "text": "\\ud800"}']
)
def test_a_bad_line_is_named(folder: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    (folder / "bad.jsonl").write_bytes(b'{"id": 1, "text": "gut"}\n' + line.encode("utf-8", "surrogateescape"))
    assert run(["privacy", "scan", str(folder / "bad.jsonl"), "--json"]) == 2
    assert "Zeile 2: " in capsys.readouterr().err


def test_a_missing_file_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["privacy", "scan", str(folder / "none.jsonl")]) == 2
    assert "gibt es nicht" in capsys.readouterr().err


def test_a_dictionary_is_stored_for_the_owner_only_and_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "kunden.csv").write_text("Kunde;Zähler\nZacharias Querfeld;4711 2233\n")
    (folder / "eigen.csv").write_text("Telefon\n02871 99 88 77\n")
    assert run(["privacy", "dictionary", str(folder / "kunden.csv"), "--own", str(folder / "eigen.csv"), "--json"]) == 0
    stored = Path(json.loads(capsys.readouterr().out)["file"])
    assert stored.stat().st_mode & 0o777 == 0o600
    assert b"uerfeld" not in stored.read_bytes()
    (folder / "more.jsonl").write_text('{"id": 1, "text": "querfeld zacharias, Kasten 47112233, Hotline 02871 998877"}\n')
    assert run(["privacy", "redact", str(folder / "more.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "[NAME], Kasten [ZÄHLER], Hotline 02871 998877"
