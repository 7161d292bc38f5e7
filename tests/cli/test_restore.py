"""What opens a snapshot comes from files, and a restore goes to the folder that was named."""

from pathlib import Path
from typing import Any

import pytest

from nova.__main__ import run
from nova.cli.operation.keyring import key_from, passphrase_from
from nova.cli.process.owner import held, owning
from nova.errors import BadSnapshot, InvalidInput
from nova.flows.snapshots.examining import Findings
from nova.jobs.snapshots import restore as restoring
from nova.jobs.snapshots.restore import Restored

FOUND = Findings(21, 100, 6, 40, 3, True, ())
MANIFEST = {"counts": {"items": 3}, "created_at": "2026-11-21T12:00:00+00:00", "flaws": []}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the command hands over to be restored."""
    seen: list[dict[str, Any]] = []

    def restore(source: Path, key: Any, settings: Any, tell: Any, **options: Any) -> Restored:
        seen.append({"source": source, "data": settings.NOVA_DATA, "key": key, **options})
        return Restored(MANIFEST, FOUND, 1.0)

    monkeypatch.setattr(restoring, "restore", restore)
    return seen


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "nova.tar"
    path.write_bytes(b"tar")
    return path


def test_it_goes_to_the_data_folder_unless_told_otherwise(asked: list[dict[str, Any]], file: Path, tmp_path: Path) -> None:
    assert run(["--data", str(tmp_path / "a"), "restore", str(file)]) == 0
    assert run(["--data", str(tmp_path / "a"), "restore", str(file), "--into", str(tmp_path / "b"), "--replace"]) == 0
    assert [one["data"] for one in asked] == [tmp_path / "a", tmp_path / "b"]
    assert [one["replace"] for one in asked] == [False, True]


@pytest.mark.parametrize(("told", "documents"), [({}, 13), ({"documents": 3}, 3)])
def test_conversations_are_not_counted_as_documents(
    asked: list[dict[str, Any]], file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    told: dict[str, Any], documents: int,
) -> None:  # fmt: skip
    """Earlier releases' snapshots say only how many items they hold."""
    monkeypatch.setitem(MANIFEST, "counts", {"items": 13})
    for name, value in told.items():
        monkeypatch.setitem(MANIFEST, name, value)
    assert run(["--data", str(tmp_path / "a"), "restore", str(file)]) == 0
    assert f": {documents} Dokumente, " in capsys.readouterr().out


def test_a_folder_in_use_is_left_alone(asked: list[dict[str, Any]], file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with owning(tmp_path / "a"):
        assert run(["--data", str(tmp_path / "a"), "restore", str(file), "--replace"]) == 1
    assert asked == []
    assert "nova down" in capsys.readouterr().err


def test_the_folder_is_owned_while_it_is_filled(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owned = []

    def restore(source: Path, key: Any, settings: Any, tell: Any, **options: Any) -> Restored:
        owned.append(held(settings.NOVA_DATA))
        raise BadSnapshot("Die Sicherung ist beschädigt.")

    monkeypatch.setattr(restoring, "restore", restore)
    (tmp_path / "leer").mkdir()
    for name in ("neu", "leer"):
        assert run(["--data", str(tmp_path / name), "restore", str(file)]) == 1
    assert owned == [True, True]
    assert not (tmp_path / "neu").exists(), "what a failure leaves is what was there"
    assert not held(tmp_path / "leer")


def test_new_keys_are_shown_once_and_explained(
    asked: list[dict[str, Any]], file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--data", str(tmp_path / "a"), "restore", str(file)]) == 0
    told = capsys.readouterr()
    assert "nova_adm_" in told.out
    assert "nova keys token" in told.err
    (tmp_path / "a" / "secrets" / "signing.key").write_text("ab" * 32)
    assert run(["--data", str(tmp_path / "a"), "restore", str(file), "--replace"]) == 0
    told = capsys.readouterr()
    assert "nova_adm_" not in told.out
    assert "gelten weiter" in told.err


def test_keys_and_passphrases_come_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "kennwort"
    secret.write_text("zehn Zeichen und mehr\nzweite Zeile\n", "utf-8")
    assert passphrase_from(secret) == "zehn Zeichen und mehr"
    assert key_from(None, secret).passphrase == "zehn Zeichen und mehr"
    assert key_from(secret, None).identity.startswith("zehn")
    assert "zehn" not in repr(key_from(None, secret))


@pytest.mark.parametrize(("content", "says"), [(b"kurz", "mindestens 10"), (b"", "mindestens 10"), (b"\xff\xfe\x00", "nicht lesen")])
def test_a_passphrase_that_is_none_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    secret = tmp_path / "kennwort"
    secret.write_bytes(content)
    with pytest.raises(InvalidInput, match=says):
        passphrase_from(secret)


def test_two_kinds_of_keys_at_once_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InvalidInput, match="schließen einander aus"):
        key_from(tmp_path / "a", tmp_path / "b")
    words = ["snapshot", "--passphrase-file", str(tmp_path / "a"), "--recipient", "age1x"]
    assert run(["--data", str(tmp_path / "none"), *words]) == 2
    assert "schließen einander aus" in capsys.readouterr().err
