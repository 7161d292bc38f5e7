"""`nova consent` on a real app: it says whom nobody knows, and takes the text that was seen on paper."""

from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from nova.__main__ import run
from nova.cli.people import consent
from tests.api.commands import reach
from tests.api.house import Door

Said = pytest.CaptureFixture[str]


@pytest.fixture
def nova(door: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Commands reach this app."""
    reach(door, monkeypatch, consent)
    return door


def test_a_withdrawal_for_nobody_is_said_to_be_one(nova: Door, capsys: Said) -> None:
    name = f"vertippt-{uuid4()}"
    assert run(["consent", "withdraw", name]) == 0
    assert "war noch nicht bekannt; ab jetzt wird nichts gespeichert" in capsys.readouterr().err
    assert run(["consent", "withdraw", name, "training"]) == 0
    assert "nicht bekannt" not in capsys.readouterr().err
    assert run(["consent", "withdraw", f"{name}-2", "training"]) == 0
    assert "ab jetzt gilt der Widerruf" in capsys.readouterr().err


def test_a_consent_to_a_text_on_paper_is_granted_with_the_text(nova: Door, tmp_path: Path, capsys: Said) -> None:
    text = tmp_path / "blatt.txt"
    text.write_text("Ich willige ein.", encoding="utf-8")
    name, version = f"papier-{uuid4()}", f"blatt-{uuid4().hex[:8]}"
    assert run(["consent", "grant", name, "service", "--text", version]) != 0
    assert "--text-file" in capsys.readouterr().err
    assert run(["consent", "grant", name, "service", "--text", version, "--text-file", str(text)]) == 0
    kept = nova.nova.db.fetch_all("SELECT text_sha256 FROM consents WHERE version = %s", [version])
    assert [row["text_sha256"] for row in kept] == [sha256(text.read_bytes()).hexdigest()]
    assert run(["consent", "grant", f"{name}-2", "service", "--text", version]) == 0
