"""What the command line says of itself is German: help of every command, complaints about every kind of wrong word."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from nova.__main__ import run
from nova.cli.german import agreed
from nova.cli.root import COMMANDS, nova

ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Show this|Error|Invalid|Missing|default:|required|TEXT RANGE|INTEGER|FILENAME|DIRECTORY|%Y)\b"
)


def paths(command: click.Command, words: list[str]) -> Iterator[list[str]]:
    yield words
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from paths(one, [*words, name])


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_german_and_whole(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = nova.get_command(click.Context(nova), name)
    assert command is not None
    for words in paths(command, [name]):
        assert run([*words, "--help"]) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"Aufruf: nova {' '.join(words)} ")
        assert "Diese Hilfe zeigen." in told
        assert not ENGLISH.findall(told), told
        assert "..." not in told.partition("Befehle:")[2], "a first line is cut"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("nosuch", "Den Befehl 'nosuch' gibt es nicht."),
        ("explain", "Es fehlt die Angabe 'ZÄHLER'."),
        ("readings export", "Es fehlt die Option '--from'."),
        ("sim run --meters 0", "0 liegt nicht im Bereich 1<=x<=1000."),
        ("sim run --seed x", "'x' ist nicht zu lesen; erwartet wird: Zahl."),
        ("sim run --until 31.12.2024", "„31.12.2024“ ist kein Tag in der Form JJJJ-MM-TT."),
        ("sim run --untill 2024-12-31", "Die Option '--untill' gibt es nicht. Meinten Sie '--until'?"),
        ("sim run more", "Eine Angabe ist zu viel (more)."),
        ("readings import a --format b", "'b' ist keines von 'csv'"),
        ("forecast backtest no/such.csv --target a --freq 1h --horizon 24", "Datei 'no/such.csv' gibt es nicht."),
        ("sim run --until 1999-05-01", "Nova speichert die Jahre 2000 bis 2049."),
        ("sim run --seconds 7", "ganze Minuten"),
    ],
)
def test_wrong_words_are_named_with_a_code(words: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err
    assert said.err.rstrip().endswith("[validation]")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sim", "run", "--meters", "1", "--days", "1", "--output", str(tmp_path / "no" / "x.csv")]) == 1
    assert "lässt sich nicht öffnen" in capsys.readouterr().err


@pytest.mark.parametrize(("typed", "yes"), [("ja", True), ("J", True), ("y", True), ("n", False), ("", False), ("vielleicht", False)])
def test_who_is_asked_answers_in_german(typed: str, yes: bool) -> None:
    @click.command()
    def ask() -> None:
        click.echo(f"gesagt: {agreed('Löschen?')}")

    told = CliRunner().invoke(ask, input=f"{typed}\n")
    assert told.stderr.startswith("Löschen? [j/N]: ")
    assert told.stdout.endswith(f"gesagt: {yes}\n")
    assert CliRunner().invoke(ask, input="").exit_code == 1  # nobody there to answer
