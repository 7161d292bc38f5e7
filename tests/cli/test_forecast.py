"""`nova forecast backtest`: what cannot be asked is refused before anything is computed; JSON alone on stdout."""

import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nova.__main__ import run


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seventy days of hours."""
    path = tmp_path_factory.mktemp("csv") / "werte.csv"
    start = datetime(2024, 3, 1, tzinfo=UTC)
    rows = (f"{(start + timedelta(hours=at)).isoformat()};{2 + math.sin(at / 24 * math.tau) + at % 7 / 10:.3f}" for at in range(70 * 24))
    path.write_text("\n".join(["Messzeit;Last", *(row.replace(".", ",") for row in rows)]), "utf-8")
    return path


ASK = ("--target", "Last", "--freq", "1h", "--horizon", "24h")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*ASK, "--features", "Last"), "nicht zugleich unter --features"),
        ((*ASK, "--from", "2024-05-02", "--to", "2024-05-01"), "--from liegt hinter"),
        ((*ASK, "--out", "no/such/folder/x.csv"), "Den Ordner no/such/folder gibt es nicht."),
        (("--target", "Last", "--freq", "1h", "--horizon", "100000"), "höchstens sieben Tage"),
        (("--target", "Last", "--freq", "1h", "--horizon", "0"), "mindestens ein Intervall"),
        (("--target", "last", "--freq", "1h", "--horizon", "24"), "Vorhanden sind: Messzeit, Last."),
        (("--target", "Last", "--freq", "15min", "--horizon", "24"), "Die Werte stehen alle 3600 s"),
    ],
)
def test_what_cannot_be_asked_is_named(file: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forecast", "backtest", str(file), *words]) == 2
    said = capsys.readouterr()
    assert told in said.err and said.err.endswith("[validation]\n")
    assert said.out == ""


def test_json_is_all_that_is_on_stdout(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = (*ASK, "--from", "2024-05-01", "--to", "2024-05-03", "--json", "--out", str(tmp_path / "x.csv"))
    assert run(["forecast", "backtest", str(file), *asked]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == 72
    assert found["rmae"] is None or found["rmae"] >= 0
    assert len((tmp_path / "x.csv").read_text().splitlines()) == 73
