"""`nova privacy export|erase|receipt|retention` on a folder of one's own: one person's whole way out."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from nova.cli.people import rights as privacy_rights
from nova.cli.people.rights import save
from nova.cli.root import nova
from nova.errors import NovaError
from tests.folders import short_folder


def run(folder: Path, *words: str) -> tuple[int, str]:
    """One command in this process; its exit code and what it said on stdout."""
    done = CliRunner().invoke(nova, ["--data", str(folder), *words])
    named = done.exception
    return named.exit_code if isinstance(named, NovaError) else done.exit_code, done.stdout


def test_an_export_stands_there_whole_or_not_at_all_and_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "meier.json"
    target.write_text("von gestern")
    target.chmod(0o644)

    def broken() -> Iterator[bytes]:
        yield b"halb"
        raise NovaError("Die Verbindung ist abgebrochen.")

    with pytest.raises(NovaError):
        save(target, broken())
    assert target.read_text() == "von gestern" and list(tmp_path.iterdir()) == [target]
    save(target, [b"ganz"])
    assert target.read_text() == "ganz" and target.stat().st_mode & 0o077 == 0 and list(tmp_path.iterdir()) == [target]


ENTRY = {
    "erasure_id": "e-1", "subject_id": str(UUID(int=1)), "done_at": None, "state": "failed", "state_text": "gescheitert", "job_id": "j-7",
    "error": "Der Datenträger ist voll.", "receipt": {},
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ["nicht abgeschlossen: gescheitert.", "Der Datenträger ist voll.", "nova jobs retry j-7"]),
        ({"state": "cancelled", "state_text": "abgebrochen", "error": None}, ["abgebrochen.", "nova jobs retry j-7"]),
        ({"state": "running", "state_text": "läuft", "error": None}, ["läuft."]),
        ({"state": "stopped", "state_text": "unterbrochen", "job_id": None, "error": None}, ["unterbrochen.", "binnen eines Tages"]),
    ],
)
def test_an_erasure_that_is_not_done_is_told_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: dict[str, Any], said: list[str]
) -> None:
    class Client:
        def get(self, path: str, **_: Any) -> Any:
            return {"erasures": [ENTRY | changed], "total": 1}

    monkeypatch.setattr(privacy_rights, "session", lambda _: nullcontext(Client()))
    done = CliRunner().invoke(nova, ["--data", str(tmp_path), "privacy", "receipt", str(UUID(int=1))], catch_exceptions=False)
    out = done.stdout + done.stderr
    assert all(part in out for part in said), out
    assert ("nova jobs retry" in out) == ("nova jobs retry j-7" in said)


@pytest.mark.bars
def test_a_persons_way_out_at_the_command_line(tmp_path: Path) -> None:
    with short_folder() as home:
        data = home / "data"
        assert run(data, "keys", "token", "meier")[0] == 0
        target = tmp_path / "meier.zip"
        assert run(data, "privacy", "export", "meier", "--zip", "--to", str(target))[0] == 0
        assert target.stat().st_mode & 0o077 == 0
        told = json.loads(zipfile.ZipFile(target).read("daten.json"))
        assert told["person"]["external_id"] == "meier" and len(told["tables"]["access_tokens"]) == 1
        code, said = run(data, "privacy", "erase", "meier", "--yes", "--json")
        assert code == 0, said
        entry = json.loads(said)
        assert entry["receipt"]["rows"]["users"] == 1 and entry["receipt"]["rows"]["access_tokens"] == 1
        code, said = run(data, "privacy", "receipt", entry["subject_id"])
        assert code == 0 and entry["receipt"]["sha256"] in said
        assert run(data, "privacy", "export", "meier")[0] == 3
        assert run(data, "privacy", "receipt", "meier")[0] == 3
        code, said = run(data, "privacy", "retention", "--dry-run", "--json")
        assert code == 0 and json.loads(said)["due"]["antworten"] == 0
        code, said = run(data, "privacy", "retention", "--json")
        assert code == 0 and set(json.loads(said)["removed"]) > {"antworten", "tresor"}
        assert "| Gespräche | 365 | 0 |" in (data / "orchestration_journal" / "governance" / "retention_report.md").read_text("utf-8")
