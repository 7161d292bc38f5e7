"""`nova seed fit` and `nova seed deliver`: models learned and judged, and engines given a file, without a server."""

import time
from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.settings import load_settings

GATE = 5
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("fit")
@click.argument("kind", metavar="ART")
@click.argument("train", metavar="DATEI", type=FILE)
@click.option("--test", type=FILE, required=True, metavar="DATEI", help="Datensätze, zu denen das Modell etwas sagen soll; ohne Ziel.")
@click.option("--out", type=TARGET, required=True, metavar="DATEI", help="Was es sagt: id und prediction (segments: id und segment).")
@click.option("--model", type=TARGET, metavar="DATEI", help="Wohin das Modell selbst geschrieben wird.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Wovon die Reihenfolge ohne Zeit abhängt.")
@output.json_option
@click.pass_context
def fit(ctx: click.Context, /, kind: str, train: Path, as_json: bool, **chosen: Any) -> None:
    """Ein Modell lernen, an ungesehenen Datensätzen mit seinem Vergleich messen, und vorhersagen.

    ART: content_performance, hashtag_effectiveness, engagement_prediction, cross_platform, sentiment_analysis, churn, next_page, topic oder
    segments. „low“ und „high“ sind die Grenzen (99 %) dessen, was das Modell gegenüber seinem Vergleich gewinnt. Exit-Code 5: Es ist nicht
    nachweislich besser; die Vorhersagen werden trotzdem geschrieben.
    """
    from nova.seeding.pretrain.commands import fit_file

    begun = time.process_time()
    told = fit_file(kind, train, **chosen)
    told["cpu_seconds"] = round(time.process_time() - begun, 3)
    if as_json:
        output.row(told)
    else:
        output.line(f"{told['metric']} {told['value']}, Vergleich {told['baseline']} ({told['verdict']}): {told['reason']}")
        for one in (*told["insights"], *told["problems"]):
            output.note(one)
    if told["verdict"] != "better":
        ctx.exit(GATE)


@click.command("deliver")
@click.argument("file", metavar="DATEI", type=FILE)
@click.option("--engines", type=FILE, required=True, metavar="DATEI", help="Die Liste der Engines (engines.yaml).")
@output.json_option
@click.pass_context
def deliver(ctx: click.Context, /, file: Path, engines: Path, as_json: bool) -> None:
    """Eine Datei an Engines liefern: jede misst sich vorher und nachher und behält den neuen Stand nur, wenn er nicht schlechter ist.

    Jede Engine bekommt die Datensätze, die ihre Spalten haben (oder sie in „engine“ nennen). Was Engines im eigenen Prozess lesen, liegt
    danach in dem Ordner, den die Liste nennt. „low“ und „high“ sind die Grenzen (99 %) dessen, was der neue Stand gewinnt. Exit-Code 5:
    eine Lieferung wurde zurückgenommen, abgewiesen oder kam nicht an.
    """
    from nova.seeding.delivery.commands import FAILED, deliver_file
    from nova.wiring.channels import channel_of

    settings = load_settings(overrides=ctx.find_root().obj)
    told = deliver_file(file, engines, lambda spec, beside: channel_of(spec, beside, settings))
    if as_json:
        output.row(told)
    else:
        for one in told["engines"]:
            output.line(f"{one['name']}: {one['state']}, {one['rows']} Datensätze, {one['before']} -> {one['after']}. {one['reason']}")
    if any(one["state"] in FAILED for one in told["engines"]):
        ctx.exit(GATE)


COMMANDS = (fit, deliver)
