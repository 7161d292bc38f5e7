"""A snapshot of a Nova at work, made, proved and restored with the command line: the same answers from another folder, and new keys."""

import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from nova.cli.documents import samples
from nova.wiring import archive
from tests.flow.conftest import Up, processes_of, read, run, start
from tests.folders import short_folder

DOCUMENTS = ("stromgvv.md", "sample.pdf")
QUESTIONS = (
    samples.QUESTION,
    "Ab welcher Ladeleistung gilt ein Ladepunkt als Schnellladepunkt?",
    "Wann darf der Grundversorger die Versorgung unterbrechen?",
    "Wie hoch ist der Kaffeeverbrauch in Brasilien?",
)
pytestmark = pytest.mark.bars
PASSPHRASE = "korrekt pferd batterie"


@dataclass
class Before:
    """A Nova at work, what it answered, and one of its customers' tokens."""

    up: Up
    answers: list[Any]
    token: str


def client(up: Up, **headers: str) -> httpx.Client:
    return httpx.Client(base_url=f"{up.address}/api/v1", headers=headers, timeout=60, trust_env=False)


def admin(up: Up) -> httpx.Client:
    return client(up, **{"X-Admin-Key": (up.folder / "secrets" / "admin.key").read_text("ascii").strip()})


def answers(http: httpx.Client) -> list[Any]:
    """Status and cited places of every question."""
    found = []
    for question in QUESTIONS:
        data = http.post("/rag/ask", json={"question": question}).json()["data"]
        found.append([data["status"], [[one[key] for key in ("item_id", "version", "start", "end", "quote")] for one in data["citations"]]])
    return found


@pytest.fixture(scope="module")
def before() -> Iterator[Before]:
    with short_folder() as folder:
        up = start(folder / "data", "--no-seed")
        assert read(up.folder, "ingest", *(str(samples.sample(name)) for name in DOCUMENTS))["stored"] == len(DOCUMENTS)
        token = read(up.folder, "keys", "token", "frau.muster")["token"]
        with admin(up) as http:
            yield Before(up, answers(http), token)
        if up.process.poll() is None:
            up.stop()


def passphrase(folder: Path) -> str:
    file = folder / "kennwort"
    file.write_text(PASSPHRASE + "\n", "utf-8")
    return str(file)


def test_a_snapshot_moves_to_another_folder_and_answers_the_same(before: Before, tmp_path: Path) -> None:
    pair = archive.new_pair()
    (tmp_path / "key").write_text(f"# nur für die Probe\n{pair.identity}\n", "utf-8")
    made = read(before.up.folder, "snapshot", "--to", str(tmp_path / "usb"), "--recipient", pair.recipient)
    file = Path(made["path"])
    assert made["encrypted"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"Grundversorg" not in file.read_bytes()
    moved = before.up.folder.parent / "anderswo" / "neu"
    moved.parent.mkdir()
    told = run(moved, "restore", str(file), "--identity", str(tmp_path / "key"))
    assert told.returncode == 0, told.stderr
    assert "Neuer Betreiberschlüssel" in told.stdout
    assert "gelten nicht mehr" in told.stderr
    assert processes_of(moved) == []
    kept = before.up.folder / "secrets" / "vault.key"  # no snapshot holds it: who knows people by pseudonym keeps it elsewhere
    (moved / "secrets" / "vault.key").write_bytes(kept.read_bytes())
    up = start(moved)
    try:
        assert "Beispieldokumente" not in up.err
        with admin(up) as http, client(up, Authorization=f"Bearer {before.token}") as stranger:
            assert answers(http) == before.answers
            assert stranger.get("/items").status_code == 401
    finally:
        assert up.stop(signal.SIGINT) == 0


def test_what_cannot_be_restored_leaves_nothing_behind(before: Before, tmp_path: Path) -> None:
    file = Path(read(before.up.folder, "snapshot", "--passphrase-file", passphrase(tmp_path))["path"])
    refused = run(before.up.folder, "restore", str(file), "--replace", "--passphrase-file", passphrase(tmp_path))
    assert refused.returncode == 1
    assert "nova down" in refused.stderr
    target = tmp_path / "ziel"
    wrong = tmp_path / "falsch"
    wrong.write_text("ein anderes Kennwort", "utf-8")
    cut = tmp_path / "halb.tar.age"
    cut.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    for source, words, reason in (
        (file, ("--passphrase-file", str(wrong)), "Kennwort passt nicht"),
        (file, (), "verschlüsselt"),
        (cut, ("--passphrase-file", passphrase(tmp_path)), "beschädigt"),
    ):
        done = run(target, "restore", str(source), *words)
        assert done.returncode == 1
        assert reason in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["falsch", "halb.tar.age", "kennwort"]


def test_it_is_listed_proved_and_deleted(before: Before, tmp_path: Path) -> None:
    folder = before.up.folder
    file = Path(read(folder, "snapshot", "--index")["path"])
    proof = read(folder, "snapshot", "prove", str(file))
    assert proof["ok"]
    assert proof["same"]
    assert proof["questions"] == 10
    assert proof["points"] > 50
    listed = read(folder, "snapshot", "list")
    one = next(one for one in listed["snapshots"] if one["file"] == file.name)
    assert one["proof"]["ok"]
    assert listed["last_proof"]["snapshot_id"] == one["snapshot_id"]
    checks = {check["id"]: check for check in read(folder, "doctor")["checks"]}
    assert checks["snapshots"]["status"] == "ok"
    with file.open("r+b") as opened:
        opened.seek(file.read_bytes().index(b"PGDMP") + 2000)
        opened.write(b"anders")
    broken = run(folder, "snapshot", "prove", str(file), "--json")
    assert broken.returncode == 1
    assert "database.dump" in broken.stderr
    assert run(folder, "snapshot", "delete", one["snapshot_id"], "--yes").returncode == 0
    assert not file.exists()
    assert run(folder, "snapshot", "delete", one["snapshot_id"], "--yes").returncode == 3


def test_the_same_folder_goes_back_and_keeps_its_keys(before: Before, tmp_path: Path) -> None:
    folder = before.up.folder
    file = read(folder, "snapshot")["path"]
    note = tmp_path / "spaeter.md"
    note.write_text("# Später\n\nDas kam nach der Sicherung.\n", "utf-8")
    assert read(folder, "ingest", str(note))["stored"] == 1
    assert before.up.stop() == 0
    assert run(folder, "restore", file).returncode == 1
    restored = json.loads(run(folder, "restore", file, "--replace", "--json").stdout)
    assert restored["keys_kept"]
    aside = Path(restored["aside"])
    assert (aside / "postgres").is_dir()
    assert Path(file).exists(), "the snapshots come along"
    up = start(folder, "--no-seed")
    try:
        with admin(up) as http, client(up, Authorization=f"Bearer {before.token}") as customer:
            assert answers(http) == before.answers
            assert http.get("/admin/items").json()["data"]["total"] == len(DOCUMENTS)
            assert customer.get("/items").status_code == 200
    finally:
        assert up.stop() == 0
