"""`nova seed fit`: a model of one of the nine kinds learned from a file and judged, without a server."""

import time
from pathlib import Path
from typing import Any

import click

from nova.cli import output

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


COMMANDS = (fit,)
