"""`nova train review`, `card` and `attacks`, and `evaluate --run`: people judge what a run answered, and what is known of it."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from nova import german
from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.errors import InvalidInput, NotFound

GATE = 5
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
dataset_option = click.option("--dataset", type=FOLDER, metavar="ORDNER", help="Ordner des Datensatzes; gelesen wird manifest.json.")
run_argument = click.argument("run", metavar="LAUF")
CHOICES = {"l": "left", "r": "right", "g": "tie"}
NAMES = {"prompt": "Besserer Prompt", "examples": "Beispiele", "document": "Unterlagen"}
CURES = {"name": "Statt Training", "facts": "Fakten richtig", "win": "Modell gewinnt", "why": ""}
RATERS = {"rater": "Person", "done": "Beurteilt", "finished": "Fertig", "trainer": "Begann den Lauf"}


def manifest_of(folder: Path | None) -> dict[str, Any] | None:
    """What the manifest of a dataset's folder says; NotFound, InvalidInput."""
    if folder is None:
        return None
    try:
        found = json.loads((folder / "manifest.json").read_text("utf-8"))
    except OSError as error:
        raise NotFound(f"In „{folder.name}“ gibt es kein lesbares manifest.json.") from error
    except ValueError as error:
        raise InvalidInput("manifest.json ist kein gültiges JSON.") from error
    if not isinstance(found, dict):
        raise InvalidInput("manifest.json ist kein JSON-Objekt.")
    return found


def tell(told: Mapping[str, Any]) -> None:
    """The gates of an evaluation in lines, and what the base with something cheaper came to."""
    for one in told["gates"]:
        output.line(f"{'ok  ' if one['passed'] else 'hält'}  {one['name']}: {one['reason']}")
    if told.get("cures"):
        output.table([_cure(one) for one in told["cures"]], CURES)


def _cure(one: Mapping[str, Any]) -> dict[str, Any]:
    """A cheaper cure as a line of a table."""
    win = one["win"] or {}
    bounds = f"{german.percent(win['rate'])} (mindestens {german.percent(win['low'])})" if win else ""
    facts = "" if one["facts"] is None else german.percent(one["facts"])
    return {
        "name": NAMES.get(one["name"], one["name"]),
        "facts": facts,
        "win": bounds,
        "why": one["why"] and f"nicht versucht: {one['why']}",
    }


def evaluate_run(ctx: click.Context, run: str, folder: Path | None) -> dict[str, Any]:
    """What an evaluation of a run tells."""
    with session(ctx) as client:
        found: dict[str, Any] = client.post(f"/training/runs/{run}/evaluation", {"manifest": manifest_of(folder)})["told"]
    return found


@click.command("review")
@run_argument
@click.option("--export", type=TARGET, metavar="DATEI", help="Die Stimmen schreiben (id,rater,winner). Wer sie kennt, urteilt nicht mehr.")
@output.json_option
@click.pass_context
def review(ctx: click.Context, run: str, export: Path | None, as_json: bool) -> None:
    """Antworten des Laufs und seiner Basis blind vergleichen; mit --json nur zeigen, wie die Durchsicht steht.

    Beide Antworten stehen ohne ihre Herkunft nebeneinander; wer sie beurteilt, erfährt erst danach, welche Seite gewann.
    """
    with session(ctx) as client:
        if export is not None:
            votes = client.get(f"/training/runs/{run}/review/votes")["votes"]
            output.draft_of(export).write_text(_table(votes), "utf-8")
            output.draft_of(export).replace(export)
            output.note(f"{len(votes)} Stimmen geschrieben.")
        elif not as_json:
            _judge(client, run)
        found = client.get(f"/training/runs/{run}/review")
    if as_json:
        output.row(found)
        return
    output.table(found["raters"], RATERS)
    stands = "genug" if found["enough"] else f"es fehlen {found['missing']}" + (", überfällig" if found["overdue"] else "")
    output.line(f"{found['pairs']} Paare, Durchsicht: {stands}, Kappa {output.cell(found['kappa']) or 'nicht messbar'}")


def _judge(client: Client, run: str) -> None:
    """Pair after pair, until all are judged or the person stops; back to the one before as often as they want."""
    before: dict[str, Any] | None = None
    again = False
    while True:
        found = client.get(f"/training/runs/{run}/review/next")
        if found["pair"] is None:
            return
        pair = before if again and before is not None else found["pair"]
        output.line("Noch einmal:" if again else f"{found['done'] + 1} von {found['of']}:", bold=True)
        said = _said(pair)
        again = said == "z" and before is not None
        if said == "e":
            return
        if said in CHOICES:
            client.post(f"/training/runs/{run}/review", {"row_id": pair["row_id"], "choice": CHOICES[said], "mark": pair["mark"]})
            before = pair


def _said(pair: Mapping[str, Any]) -> str:
    """What a person says of a pair."""
    output.line(pair["question"])
    for text in pair["context"]:
        output.line(f"  {text}", dim=True)
    for title, name in (("Richtig wäre", "reference"), ("Links", "left"), ("Rechts", "right")):
        output.line(f"{title}: {pair[name]}")
    kind = click.Choice([*CHOICES, "z", "e"])
    said: str = click.prompt("Besser: (l)inks, (r)echts, (g)leich, (z)urück, (e)nde", type=kind, show_choices=False, err=True)
    return said


def _table(votes: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ("id", "rater", "winner"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(votes)
    return text.getvalue()


@click.command("card")
@run_argument
@dataset_option
@click.option("--out", type=TARGET, metavar="DATEI", help="Wohin die Karte (Markdown) geschrieben wird.")
@output.json_option
@click.pass_context
def card(ctx: click.Context, /, run: str, dataset: Path | None, out: Path | None, as_json: bool) -> None:
    """Die Modellkarte eines Laufs schreiben, auch ins Journal. Exit-Code 5: Basis und Daten dürfen nicht zusammen bedient werden."""
    with session(ctx) as client:
        found = client.post(f"/training/runs/{run}/card", {"manifest": manifest_of(dataset)})
    if out is not None and not found["refused"]:
        output.draft_of(out).write_text(found["text"], "utf-8")
        output.draft_of(out).replace(out)
    if as_json:
        output.row(found)
    elif out is None and not found["refused"]:
        output.line(found["text"])
    for reason in found["refused"]:
        output.note(reason)
    if found["refused"]:
        ctx.exit(GATE)


@click.command("attacks")
@click.option("--out", type=TARGET, required=True, metavar="DATEI", help="Wohin die Zeilen (JSONL) geschrieben werden.")
@output.json_option
def attacks(out: Path, as_json: bool) -> None:
    """Fragen schreiben, deren Kontext Anweisungen enthält: Zeilen wie im Testteil, die ein Lauf mitbeantwortet."""
    from nova.training.attacks import rows

    made = rows()
    output.draft_of(out).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf-8")
    output.draft_of(out).replace(out)
    if as_json:
        output.row({"rows": len(made)})
    else:
        output.note(f"{len(made)} Zeilen geschrieben.")


COMMANDS = (review, card, attacks)
