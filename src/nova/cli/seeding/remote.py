"""Words in: pipelines listed, tried and run, what they left out taken back, versions compared, live and taken back, records followed."""

from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.seeding.targets import TARGETS, of_engines, of_models, of_runs
from nova.cli.session import session
from nova.cli.waiting import done
from nova.errors import InvalidInput

PIPELINES = {
    "name": "Pipeline",
    "title": "Titel",
    "source": "Quelle",
    "purpose": "Zweck",
    "state": "Letzter Lauf",
    "version": "In Gebrauch",
}
RUNS = {
    "run_id": "Lauf",
    "pipeline": "Pipeline",
    "state": "Stand",
    "started_at": "Begonnen",
    "rows": "Datensätze",
    "what": "Was daraus wurde",
}
VERSIONS = {"dataset": "Datensatz", "short": "Fassung", "stand": "Stand", "rows": "Zeilen", "erased": "Gelöscht", "created_at": "Am"}
ORIGINS = {
    "source": "Quelle",
    "source_key": "Schlüssel",
    "licence": "Lizenz",
    "fetched_at": "Geholt",
    "sha256": "Hash",
    "pipeline": "Pipeline",
}
USES = {"dataset": "Datensatz", "short": "Fassung", "row_id": "Kennung", "engine": "Gegeben an", "delivered_at": "Am"}
STATES = {"running": "läuft", "done": "fertig", "stopped": "angehalten", "failed": "gescheitert"}
STANDS = {"candidate": "Anwärter", "trial": "Probe", "live": "in Gebrauch", "former": "abgelöst", "withdrawn": "zurückgenommen"}
LATEST = 200  # deliveries of an engine
SHORT = 12
GATE = 5
pipeline_argument = click.argument("pipeline", metavar="PIPELINE")
dataset_argument = click.argument("dataset", metavar="DATENSATZ")


@click.command("sources")
@output.json_option
@click.pass_context
def sources(ctx: click.Context, as_json: bool) -> None:
    """Die Pipelines mit ihren Quellen, ihrem letzten Lauf und der Fassung in Gebrauch."""
    with session(ctx) as client:
        shelf = client.get("/seeding/pipelines")
    found = shelf["pipelines"]
    for fault in shelf["faults"]:
        output.note(f"Keine Pipeline: {fault['reason']}")
    if as_json:
        output.data(found)
        return
    rows = [
        {**one, "state": STATES[one["last"]["state"]] if one["last"] else "nie", "version": (one["live"] or "")[:SHORT]} for one in found
    ]
    output.table(rows, PIPELINES)


@click.command("preview")
@pipeline_argument
@output.json_option
@click.pass_context
def preview(ctx: click.Context, pipeline: str, as_json: bool) -> None:
    """Zehn Datensätze der Quelle zeigen, ohne etwas zu behalten."""
    with session(ctx) as client:
        found = client.get(f"/seeding/pipelines/{pipeline}/preview")
    if as_json:
        output.data(found)
        return
    names = list(found["columns"])
    rows = [dict(zip(names, values, strict=True)) for values in zip(*found["columns"].values(), strict=True)]
    output.table(rows, {name: name for name in names})
    for problem in found["problems"]:
        output.note(problem)


@click.command("run")
@pipeline_argument
@click.option("--reason", default="", metavar="TEXT", help="Warum; steht beim Lauf.")
@output.json_option
@click.pass_context
def run(ctx: click.Context, pipeline: str, reason: str, as_json: bool) -> None:
    """Eine Pipeline laufen lassen und warten. Exit-Code 5: die Bremse hielt an, oder die Regeln sind nicht erfüllt."""
    with session(ctx) as client:
        job_id = client.post(f"/seeding/pipelines/{pipeline}/runs", {"reason": reason})["job_id"]
        job = done(client, job_id)
        found = client.get(f"/seeding/runs/{job['result']['run_id']}")
    if as_json:
        output.data(found)
    else:
        _tell(found)
    if found["state"] == "stopped" or not found["counts"]["gate"]["passed"]:
        ctx.exit(GATE)


def _tell(found: dict[str, Any]) -> None:
    counts = found["counts"]
    if found["stopped"]:
        output.line(found["stopped"])
        return
    output.line(f"{counts['kept']} von {counts['rows_in']} Datensätzen bleiben; {counts['changed']} Werte geändert.")
    for step, removed in counts["steps"].items():
        output.line(f"  {step}: {removed} weggelassen")
    stands = "in Gebrauch, unverändert" if counts.get("unchanged") else "in Gebrauch" if counts["live"] else "Anwärter"
    output.line(f"Fassung {counts['version'][:SHORT]}, {stands}.")


@click.command("status")
@click.option("--pipeline", metavar="PIPELINE", help="Nur diese.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True)
@output.json_option
@click.pass_context
def status(ctx: click.Context, pipeline: str | None, limit: int, as_json: bool) -> None:
    """Die letzten Läufe."""
    with session(ctx) as client:
        found = client.get("/seeding/runs", pipeline=pipeline, limit=limit)["runs"]
    if as_json:
        output.data(found)
        return
    output.table([_run_row(one) for one in found], RUNS)


def _run_row(one: dict[str, Any]) -> dict[str, Any]:
    counts = one["counts"]
    what = one["stopped"] or (f"{counts['kept']} behalten, {counts['removed']} weggelassen" if "kept" in counts else "")
    return {**one, "state": STATES[one["state"]], "rows": counts.get("rows_in"), "what": what}


@click.command("versions")
@click.option("--dataset", metavar="DATENSATZ", help="Nur von diesem.")
@output.json_option
@click.pass_context
def versions(ctx: click.Context, dataset: str | None, as_json: bool) -> None:
    """Die Fassungen, neueste zuerst."""
    with session(ctx) as client:
        found = client.get("/seeding/versions", dataset=dataset)["versions"]
    if as_json:
        output.data(found)
        return
    output.table([{**one, "short": one["version"][:SHORT], "stand": STANDS[one["state"]]} for one in found], VERSIONS)


@click.command("diff")
@dataset_argument
@click.argument("before", metavar="FASSUNG")
@click.argument("after", metavar="FASSUNG")
@output.json_option
@click.pass_context
def diff(ctx: click.Context, dataset: str, before: str, after: str, as_json: bool) -> None:
    """Was zwischen zwei Fassungen liegt: neu, weg, geändert."""
    with session(ctx) as client:
        found = client.get(f"/seeding/datasets/{dataset}/diff", before=before, after=after)
    if as_json:
        output.data(found)
        return
    for name, word in (("added", "neu"), ("removed", "weg"), ("changed", "geändert")):
        output.line(f"{found['counts'].get(name, 0)} {word}")
    for row in found["changed"]:
        output.line("  " + ", ".join(f"{key}: {value}" for key, value in row.items()))


@click.command("export")
@dataset_argument
@click.argument("version", metavar="FASSUNG")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="DATEI", help="Wohin (Parquet).")
@click.pass_context
def export(ctx: click.Context, dataset: str, version: str, to: Path) -> None:
    """Eine Fassung als Parquet-Datei schreiben."""
    with session(ctx) as client, to.open("wb") as file:
        file.writelines(client.download(f"/seeding/datasets/{dataset}/file", {"version": version}))
    output.note(f"Geschrieben: {to}")


@click.command("undo")
@click.argument("run_id", metavar="LAUF")
@click.option("--id", "ids", multiple=True, metavar="KENNUNG", help="Nur diese Datensätze; mehrfach möglich.")
@click.option("--cluster", "kept_id", metavar="KENNUNG", help="Alle, die für diesen Datensatz wegfielen.")
@click.option("--all", "whole", is_flag=True, help="Den ganzen Lauf.")
@output.json_option
@click.pass_context
def undo(ctx: click.Context, run_id: str, ids: tuple[str, ...], kept_id: str | None, *, whole: bool, as_json: bool) -> None:
    """Weggelassenes zurücknehmen; der nächste Lauf behält es."""
    if sum((bool(ids), kept_id is not None, whole)) != 1:
        raise InvalidInput("Bitte genau eines angeben: --id, --cluster oder --all.")
    with session(ctx) as client:
        found = client.post(f"/seeding/runs/{run_id}/undo", {"ids": list(ids) or None, "kept_id": kept_id})
    if as_json:
        output.data(found)
    else:
        output.line(f"{found['undone']} zurückgenommen; der nächste Lauf behält sie.")


@click.command("live")
@dataset_argument
@click.argument("version", metavar="FASSUNG")
@click.pass_context
def live(ctx: click.Context, dataset: str, version: str) -> None:
    """Eine Fassung in Gebrauch nehmen."""
    with session(ctx) as client:
        found = client.post(f"/seeding/datasets/{dataset}/live", {"version": version})
    output.line(f"Fassung {found['version'][:SHORT]} ist in Gebrauch.")


@click.command("rollback")
@dataset_argument
@click.pass_context
def rollback(ctx: click.Context, dataset: str) -> None:
    """Einen Schritt zurück: die Fassung davor ist wieder in Gebrauch."""
    with session(ctx) as client:
        found = client.post(f"/seeding/datasets/{dataset}/rollback")
    output.line(f"Fassung {found['version'][:SHORT]} ist wieder in Gebrauch." if found["version"] else "Keine Fassung ist in Gebrauch.")


@click.command("lineage")
@click.option("--row", nargs=3, metavar="DATENSATZ FASSUNG KENNUNG", help="Woher dieser Datensatz einer Fassung kommt.")
@click.option("--source", nargs=2, metavar="QUELLE SCHLÜSSEL", help="Wohin dieser Datensatz einer Quelle ging.")
@click.option("--run", "run_id", metavar="LAUF", help="Ein Lauf als OpenLineage-Ereignisse, eines je Zeile.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), metavar="DATEI", help="Ereignisse in diese Datei.")
@output.json_option
@click.pass_context
def lineage(ctx: click.Context, /, as_json: bool, **chosen: Any) -> None:
    """Einem Datensatz folgen: zurück zu seiner Quelle oder vor zu allen Fassungen; oder ein Lauf als Ereignisse."""
    row, source, run_id = chosen["row"], chosen["source"], chosen["run_id"]
    if sum((bool(row), bool(source), run_id is not None)) != 1:
        raise InvalidInput("Bitte genau eines angeben: --row, --source oder --run.")
    with session(ctx) as client:
        if run_id is not None:
            _write_events(client, run_id, chosen["to"])
            return
        if row:
            path, query, key, columns = f"/seeding/datasets/{row[0]}/lineage", {"version": row[1], "row": row[2]}, "origins", ORIGINS
        else:
            path, query, key, columns = "/seeding/uses", {"source": source[0], "key": source[1]}, "uses", USES
        found = client.get(path, **query)[key]
    if as_json:
        output.data(found)
    else:
        output.table([{**one, "short": one.get("version", "")[:SHORT]} for one in found], columns)


def _write_events(client: Client, run_id: str, to: Path | None) -> None:
    pieces = client.download(f"/seeding/runs/{run_id}/events", {})
    if to is None:
        for piece in pieces:
            output.raw(piece)
        return
    with to.open("wb") as file:
        file.writelines(pieces)
    output.note(f"Geschrieben: {to}")


@click.command("report")
@output.json_option
@click.pass_context
def report(ctx: click.Context, as_json: bool) -> None:
    """Die Ziele des Papiers 002, jedes mit dem, was gemessen wurde: letzte Läufe, Engines, Lieferungen, Modelle, Regeln."""
    with session(ctx) as client:
        runs = [one["last"] for one in client.get("/seeding/pipelines")["pipelines"] if one["last"] and one["last"]["state"] == "done"]
        told = of_runs(runs, client.get("/seeding/versions")["versions"], client.get("/seeding/effort")["share"])
        told += _of_engines(client)
    if as_json:
        output.data(told)
    else:
        output.table(told, TARGETS)


def _of_engines(client: Client) -> list[dict[str, str]]:
    engines = client.get("/seeding/engines")["engines"]
    given = [one["name"] for one in engines if one["last"]]
    deliveries = [one for name in given for one in client.get(f"/seeding/engines/{name}/deliveries", limit=LATEST)["deliveries"]]
    models = [client.get(f"/seeding/engines/{one['name']}/model") | {"better": one["better"]} for one in engines if one["model"]]
    policies = client.get("/recommend/policies")["policies"]
    return of_engines(engines, deliveries, client.get("/seeding/coverage")) + of_models(models, policies)


COMMANDS = (sources, preview, run, status, versions, diff, export, undo, live, rollback, lineage, report)
