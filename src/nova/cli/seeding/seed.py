"""`nova seed`: files cleaned and judged here, without a server; what runs on a server is in the other commands of the group."""

import time
from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.seeding import models, people, remote
from nova.settings import load_settings

GATE = 5
FOLDER = click.Path(exists=True, file_okay=False, writable=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group("seed")
def command() -> None:
    """Daten für lernende Systeme säubern, beurteilen, in Fassungen halten."""


@command.command("clean")
@click.argument("file", metavar="DATEI", type=FILE)
@click.option("--kept", type=TARGET, required=True, metavar="DATEI", help="Was bleibt, mit quality, confidence, completeness, reasons.")
@click.option("--removed", type=TARGET, required=True, metavar="DATEI", help="Was wegfällt, mit Schritt, Grund und dem, was bleibt.")
@click.option("--changes", type=TARGET, required=True, metavar="DATEI", help="Jeder geänderte Wert: vorher, nachher, Regel.")
@click.option("--text", metavar="SPALTE", help="Die Spalte mit dem Text; sonst „text“, wo es sie gibt.")
@click.option("--share", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Bremse: höchstens dieser Anteil einer Quelle.")
@click.option("--cluster", type=click.IntRange(1), default=1000, show_default=True, help="Bremse: höchstens so viele Dubletten von einem.")
@click.option("--redact", is_flag=True, help="Personenbezogene Angaben in Texten ersetzen (etwa 150 Texte je Sekunde).")
@click.option("--parts", type=click.IntRange(1), metavar="ZAHL", help="In so vielen Teilen; sonst ab 500.000 Datensätzen in mehreren.")
@click.option("--workdir", type=FOLDER, metavar="ORDNER", help="Wo die Teile bis zum Ende liegen (etwa das Dreifache der Daten).")
@output.json_option
@click.pass_context
def clean(ctx: click.Context, /, file: Path, as_json: bool, **chosen: Any) -> None:
    """Schreibweisen angleichen, Dubletten entfernen, jeden Datensatz beurteilen.

    Jede Kennung steht danach einmal in --kept oder --removed. Exit-Code 5: die Bremse hielt an, dann wird nichts entfernt. In Teilen,
    auch von einer Datei, die größer als der Speicher ist (Parquet oder CSV), kommt dasselbe heraus wie in einem Stück.
    """
    from nova.seeding.commands import CleanOptions, clean_file
    from nova.wiring.spread import executor_of

    begun = time.process_time()
    told = clean_file(file, CleanOptions(**chosen), executor_of(load_settings(overrides=ctx.find_root().obj)))
    told["cpu_seconds"] = round(time.process_time() - begun, 3)
    if as_json:
        output.row(told)
    else:
        output.line(
            f"{told['rows_in']} Datensätze: {told['kept']} bleiben, {told['removed']} fallen weg, {told['changed']} Werte geändert."
        )
        for problem in told["problems"]:
            output.note(problem)
    if told["stopped"] is not None:
        output.note(f"Angehalten: {told['stopped']['reason']}")
        ctx.exit(GATE)


@command.command("judge")
@click.argument("file", metavar="DATEI", type=FILE)
@click.option("--group", metavar="SPALTE", help="Nach dieser Spalte werden Gruppen verglichen.")
@click.option("--outcome", metavar="SPALTE", help="Was den Gruppen geschieht: ja/nein oder eine Zahl.")
@click.option("--against", type=FILE, metavar="DATEI", help="Die frühere Fassung, gegen die Verschiebungen gemessen werden.")
@click.option("--policy", metavar="NAME|DATEI[:NAME]", help="Die Regeln: eine mitgelieferte nach Namen, oder eine Datei (und darin eine).")
@output.json_option
@click.pass_context
def judge(ctx: click.Context, /, file: Path, as_json: bool, **chosen: Any) -> None:
    """Güte, Vollständigkeit, Stimmigkeit, Ungleichheit, Verschiebung; und was die Regeln dazu sagen. Exit-Code 5: eine Regel hält."""
    from nova.seeding.commands import judge_file

    told = judge_file(file, **chosen)
    if as_json:
        output.row(told)
    else:
        output.data(told)
    if not told["gate"]["passed"]:
        ctx.exit(GATE)


for one in (*models.COMMANDS, *remote.COMMANDS, *people.COMMANDS):
    command.add_command(one)
