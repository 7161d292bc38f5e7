"""Whom people are told to ring: the serving Nova's numbers also in a terminal that has none of its settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from nova.cli.checks.hotline import hotline
from nova.cli.hotlines import hotlines
from nova.cli.process.owner import Serving, announce, owning
from nova.cli.root import nova
from nova.settings import Settings, load_settings

NUMBERS = {"common": "0800 1234567", "gas": "", "power": "", "heat": "", "water": ""}
NONE = dict.fromkeys(NUMBERS, "")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with owning(tmp_path):
        yield tmp_path


def settings(folder: Path, **given: str) -> Settings:
    return load_settings({"NOVA_DATA": str(folder), **given}, None)


def serve(folder: Path, told: dict[str, str]) -> None:
    announce(folder, Serving("127.0.0.1", 1, 1, told))


def test_a_second_terminal_gives_the_serving_novas_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(folder, NUMBERS)
    monkeypatch.delenv("NOVA_HOTLINE", raising=False)
    said = CliRunner().invoke(nova, ["--data", str(folder), "ask", "Es riecht im Keller nach Gas"])
    assert (said.exit_code, "0800 1234567" in said.output) == (0, True), said.output
    assert [line.status for line in hotline(settings(folder))] == ["ok"]


def test_numbers_that_the_serving_nova_does_not_know_yet_are_given_and_named(folder: Path) -> None:
    serve(folder, NONE)
    known = settings(folder, NOVA_HOTLINE="0800 7654321")
    assert hotlines(known).numbers == ("0800 7654321",)
    assert [(line.status, line.detail) for line in hotline(known)] == [("fail", "Nova läuft noch ohne die eingestellte Störungsnummer.")]
    assert [line.status for line in hotline(settings(folder))] == ["fail"]


def test_without_a_serving_nova_the_settings_count(tmp_path: Path) -> None:
    assert hotlines(settings(tmp_path, NOVA_HOTLINE="0800 7654321")).numbers == ("0800 7654321",)
    assert hotlines(settings(tmp_path / "absent")).numbers == ()
