"""Words in: what may be learned from, a dataset made and written as a folder, evaluation sets frozen, and where somebody is."""

import io
from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.cli.waiting import ended
from nova.errors import InvalidInput

GATE, LOOK_SECONDS, SHORT = 5, 0.5, 12
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
CORPORA = {
    "name": "Quelle", "title": "Was", "owner": "Verantwortlich", "classification": "Einstufung", "licence": "Lizenz",
    "export_control": "Ausfuhr", "rows": "Zeilen", "told": "Fehlt",
}  # fmt: skip
SETS = {
    "name": "Messsatz",
    "version": "Fassung",
    "keeper": "Verantwortlich",
    "questions": "Fragen",
    "created_at": "Am",
    "note": "Anmerkung",
}
LEARNED = {"dataset": "Datensatz", "short": "Fassung", "rows": "Zeilen", "told": "Trainierte Modelle"}


@click.command("corpora")
@output.json_option
@click.pass_context
def corpora(ctx: click.Context, as_json: bool) -> None:
    """Woraus ein Modell lernen darf: wem es gehört, unter welcher Lizenz, wie viel es ist, und was warum fehlt.

    Was von Personen stammt, zählt erst, wenn es mindestens fünf sind.
    """
    with session(ctx) as client:
        found = client.get("/training/corpora")
    if as_json:
        output.row(found)
        return
    output.table([{**one, "told": _missing(one)} for one in found["corpora"]], CORPORA)


def _missing(one: dict[str, Any]) -> str:
    told = [f"{why}: {number}" for why, number in one["left_out"].items()]
    return "; ".join([*([] if one["use"] else [one["why"]]), *told])


@click.command("dataset")
@click.option("--out", type=click.Path(path_type=Path), metavar="ORDNER", help="Wohin der Ordner geschrieben wird; ohne bleibt er in Nova.")
@click.option("--reason", default="", metavar="TEXT", help="Warum; steht beim Lauf.")
@output.json_option
@click.pass_context
def dataset(ctx: click.Context, out: Path | None, reason: str, as_json: bool) -> None:
    """Einen Trainingsdatensatz machen und prüfen: ohne Doppeltes, nach Gruppen geteilt, nur mit Einwilligung.

    Exit-Code 5: eine Prüfung hält ihn an. Dann wird kein Ordner geschrieben; die Fassung bleibt als Beleg.
    """
    with session(ctx) as client:
        found = made(client, reason)
        if out is not None and found["refusal"] is None:
            _write(client, out, found["version"])
    if as_json:
        output.row(found)
    else:
        _tell(found)
    if found["refusal"] is not None:
        ctx.exit(GATE)


def made(client: Client, reason: str) -> dict[str, Any]:
    """A new version, however its checks went; InvalidInput where none came about."""
    job = ended(client, client.post("/training/datasets", {"reason": reason})["job_id"])
    if job["state"] != "done" or "version" not in job["result"]:
        raise InvalidInput(job.get("error") or (job.get("result") or {}).get("reason") or "Der Lauf wurde abgebrochen.")
    return dict(client.get("/training/dataset", version=job["result"]["version"]))


def _write(client: Client, out: Path, version: str) -> None:
    from nova.training.dataset.folder import unpacked, write

    held = io.BytesIO()
    held.writelines(client.download("/training/dataset/file", {"version": version}))
    write(out, *unpacked(held.getvalue()))
    output.note(f"Geschrieben: {out}")


def _tell(found: dict[str, Any]) -> None:
    counts = found["counts"]
    sides = f"{counts['train']} zum Lernen, {counts['validation']} zum Beobachten, {counts['test']} zum Messen"
    output.line(f"Fassung {found['version'][:SHORT]}: {sides}; {counts['groups']} Gruppen, {counts['people']} Personen.")
    for one in found["checks"]:
        output.line(f"{'ok  ' if one['passed'] else 'hält'}  {one['name']}: {one['reason']}")
    if found["refusal"] is not None:
        output.note(found["refusal"])


@click.group("sets", invoke_without_command=True)
@click.pass_context
def sets(ctx: click.Context) -> None:
    """Messsätze: Fragen mit Referenz, an denen Modelle gemessen werden und aus denen keines lernt."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_sets)


@sets.command("list")
@output.json_option
@click.pass_context
def list_sets(ctx: click.Context, as_json: bool = False) -> None:
    """Alle Fassungen."""
    with session(ctx) as client:
        found = client.get("/training/sets")
    if as_json:
        output.row(found)
    else:
        output.table(found["sets"], SETS)


@sets.command("add")
@click.argument("file", metavar="DATEI", type=FILE)
@click.option("--name", required=True, metavar="NAME", help="Wie der Messsatz heißt.")
@click.option("--keeper", required=True, metavar="STELLE", help="Welche Stelle für ihn einsteht; keine Person.")
@click.option("--note", default="", metavar="TEXT", help="Anmerkung.")
@output.json_option
@click.pass_context
def add(ctx: click.Context, /, file: Path, name: str, keeper: str, **more: Any) -> None:
    """Fragen einer Datei (id, question, reference, dazu kind, topic, answerable; JSONL oder CSV) als nächste Fassung einfrieren."""
    from nova.training.dataset.sets import set_rows

    names = ("id", "kind", "topic", "question", "reference", "answerable")
    rows = [{key: value for key in names if (value := row.get(key))} for row in set_rows(file)]
    with session(ctx) as client:
        found = client.post("/training/sets", {"name": name, "keeper": keeper, "note": more["note"], "rows": rows})
    if more["as_json"]:
        output.row(found)
    else:
        output.line(f"{found['name']}, Fassung {found['version']}: {found['questions']} Fragen.")


@sets.command("show")
@click.argument("name", metavar="NAME")
@click.option("--version", type=click.IntRange(1), metavar="ZAHL", help="Welche Fassung; sonst die neueste.")
@output.json_option
@click.pass_context
def show(ctx: click.Context, name: str, version: int | None, as_json: bool) -> None:
    """Die Fragen eines Messsatzes mit den Fakten, auf die es ankommt."""
    with session(ctx) as client:
        found = client.get(f"/training/sets/{name}", version=version)
    if as_json:
        output.row(found)
        return
    for one in found["rows"]:
        output.line(f"{one['id']} ({one['topic']}): {one['question']}")
        output.line(f"  {one['reference']}")
        output.line("  Fakten: " + (", ".join(fact["said"] for fact in one["facts"]) or "keine"))


@click.command("person")
@click.argument("name", metavar="PERSON")
@output.json_option
@click.pass_context
def person(ctx: click.Context, name: str, as_json: bool) -> None:
    """In welchen Datensätzen eine Person steht und welche Modelle daraus gelernt haben; dass jemand nachsah, wird vermerkt."""
    with session(ctx) as client:
        found = client.post("/training/people", {"name": name})
    if as_json:
        output.row(found)
        return
    rows = [{**one, "short": one["version"][:SHORT], "told": ", ".join(run["run"] for run in one["runs"])} for one in found["datasets"]]
    output.table(rows, LEARNED)


COMMANDS = (corpora, dataset, sets, person)
