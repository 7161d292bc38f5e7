"""Files of readings, prices and signals in, what became of each out; and stored rows out into a file."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from nova import german
from nova.cli import output
from nova.cli.client import Client
from nova.cli.documents.intake import files
from nova.cli.energy.moments import moment
from nova.cli.session import session
from nova.errors import InvalidInput, NovaError, is_full

FORMATS = ("csv", "smard", "smard_json", "json", "parquet", "entsoe", "mscons")
WRITTEN = ("csv", "csv_de", "json", "parquet")
CLOCKS = ("Europe/Berlin", "UTC", "MEZ")
ENDED = ("done", "failed", "cancelled")
WORDS = {"done": "✓", "known": "=", "refused": "✗", "failed": "✗"}
KINDS = {"corrected": "geändert", "refused": "abgelehnt", "note": "Hinweis"}
LOOK_S, PAUSE_S = 30, 0.3


@click.group("readings")
def command() -> None:
    """Messwerte und Preise aufnehmen und ausgeben."""


@command.command("import")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DATEI|ORDNER...")
@click.option("--meter", default="", help="Zähler, wenn die Datei keinen nennt.")
@click.option("--zone", default="", help="Gebotszone, wenn die Datei keine nennt (sonst DE-LU).")
@click.option("--clock", type=click.Choice(CLOCKS), help="Uhr von Zeiten ohne Abstand zu UTC; deutsche Dateien gelten als Ortszeit.")
@click.option("--unit", type=click.Choice(("kW", "kWh")), help="Einheit der Werte, wenn die Datei keine nennt.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Format der Datei (sonst am Inhalt erkannt).")
@output.json_option
@click.pass_context
def take_in(ctx: click.Context, /, sources: tuple[Path, ...], form: str | None, as_json: bool, **said: Any) -> None:
    """Dateien aufnehmen, jede mit einem Bericht: ganz oder gar nicht.

    Gelesen werden CSV, SMARD (CSV, JSON), ENTSO-E (XML), MSCONS, Parquet und JSON von Nova; auch mit gzip gepackt.
    """
    fields = {name: value for name, value in {**said, "format": form}.items() if value}
    found = list(files(list(sources)))
    if not found:
        raise InvalidInput("In diesem Ordner liegt keine Datei.")
    with session(ctx) as client:
        reports = [_told(client, path, fields, quiet=as_json) for path in found]
    if as_json:
        output.data({"files": reports})
    ctx.exit(1 if any(report["state"] in ("refused", "failed") for report in reports) else 0)


def _told(client: Client, path: Path, fields: Mapping[str, Any], *, quiet: bool) -> dict[str, Any]:
    """Send a file, wait for its report and show it."""
    try:
        report = _report(client, path, fields)
    except NovaError as error:
        report = {"state": "failed", "reason": error.message, "code": error.code}
    told = {"file": str(path), **report}
    if not quiet:
        _show(path.name, report)
    return told


def _report(client: Client, path: Path, fields: Mapping[str, Any]) -> dict[str, Any]:
    answer = client.upload(path, {**fields, "wait": LOOK_S}, to="/data/import")
    while answer["report"] is None:
        job = client.get(f"/jobs/{answer['job_id']}")
        output.progress(f"  {path.name}  {job['stage']} {job['progress']}/{job['total']}")
        if job["state"] not in ENDED:
            time.sleep(PAUSE_S)
        else:
            failed = {"state": "failed", "reason": job.get("error") or "Der Auftrag wurde abgebrochen."}
            answer["report"] = job["result"] if job["state"] == "done" else failed
    report: dict[str, Any] = answer["report"]
    return report


def _show(name: str, report: Mapping[str, Any]) -> None:
    if report["state"] == "failed":
        code = f" [{report['code']}]" if "code" in report else ""
        output.line(f"✗ {name}  {report['reason']}{code}")
        return
    counts = f"{report['accepted']} übernommen, {report['corrected']} geändert, {report['refused']} abgelehnt"
    known = "  schon bekannt" if report["state"] == "known" else ""
    output.line(f"{WORDS[report['state']]} {name}  {report['format']}: {counts}{known}")
    if report.get("start") is not None:
        window = " bis ".join(_day(report[edge]) for edge in ("start", "end"))
        names = [*report["meters"], *report["others"]]
        output.line(f"    {window}; {output.shorten(', '.join(names), 100)}")
    for reason in report["reasons"]:
        count = f" {reason['count']}" if reason["count"] else ""
        output.line(f"    {KINDS[reason['kind']]}{count}: {reason['text']}")
        for place in reason["places"]:
            output.line(f"        {place}", dim=True)


def _day(ts: int) -> str:
    """An instant as clocks in Germany show it."""
    from datetime import UTC, datetime

    return german.moment(datetime.fromtimestamp(ts, UTC))


@command.command("export")
@click.argument("meters", nargs=-1, metavar="[ZÄHLER...]")
@click.option("--price", "prices", is_flag=True, help="Preise statt Messwerten ausgeben.")
@click.option("--market", help="Markt der Preise (sonst alle).")
@click.option("--zone", default="DE-LU", show_default=True, help="Gebotszone der Preise.")
@click.option("--from", "since", required=True, help="Anfang: Tag (JJJJ-MM-TT, deutsche Ortszeit) oder Zeitpunkt nach ISO 8601.")
@click.option("--to", "until", required=True, help="Ende, nicht mehr enthalten.")
@click.option("--format", "form", type=click.Choice(WRITTEN), default="csv", show_default=True, help="Format der Datei.")
@click.option("-o", "--output", "into", type=click.Path(dir_okay=False, path_type=Path), help="Datei; sonst die Standardausgabe.")
@click.pass_context
def give_out(ctx: click.Context, /, meters: tuple[str, ...], prices: bool, since: str, until: str, into: Path | None, **asked: Any) -> None:
    """Messwerte oder Preise ausgeben; was ausgegeben wurde, lässt sich wieder aufnehmen."""
    if prices == bool(meters):
        raise InvalidInput("Nennen Sie Zähler oder --price.")
    query: dict[str, Any] = {"from": moment(since), "to": moment(until), "format": asked["form"]}
    if prices:
        query |= {"what": "prices", "zone": asked["zone"]} | ({"market": asked["market"]} if asked["market"] else {})
    else:
        query |= {"what": "readings", "meter_id": list(meters)}
    with session(ctx) as client:
        pieces = client.download("/data/export", query)
        if into is None:
            if sum(output.raw(piece) for piece in pieces) == 0:
                output.note("In diesem Zeitraum liegen keine Werte.")
            return
        size = _write(into, pieces)
    output.note(f"{into}: {size} Byte" if size else f"{into}: In diesem Zeitraum liegen keine Werte.")


@command.command("take-back")
@click.argument("batch_id", type=click.IntRange(1), metavar="LIEFERUNG")
@output.json_option
@click.pass_context
def take_back(ctx: click.Context, batch_id: int, as_json: bool) -> None:
    """Eine Lieferung zurücknehmen: Was vor ihr galt, gilt wieder."""
    with session(ctx) as client:
        answer = client.post(f"/data/imports/{batch_id}/take-back")
        while (job := client.get(f"/jobs/{answer['job_id']}"))["state"] not in ENDED:
            output.progress("  zurücknehmen")
            time.sleep(PAUSE_S)
        output.progress("", final=True)
        if job["state"] != "done":
            raise NovaError(job.get("error") or "Der Auftrag wurde abgebrochen.")
        found = client.get(f"/data/imports/{batch_id}")
    if as_json:
        output.data(found)
        return
    told = found["report"]["taken_back"]
    output.line(f"Zurückgenommen: {told['restored']} Werte gelten wieder wie zuvor, {told['removed']} sind fort.")
    output.note("Vorhersagen, Empfehlungen und Angaben, die darauf beruhten, werden neu gerechnet.")


def _write(into: Path, pieces: Iterator[bytes]) -> int:
    """Write a file that appears only when it is whole; its size."""
    part = into.with_name(f".{into.name}.part")
    try:
        with part.open("wb") as file:
            size = sum(file.write(piece) for piece in pieces)
        part.replace(into)
    except OSError as error:
        if is_full(error):
            raise
        raise InvalidInput(f"{into} lässt sich nicht schreiben ({error.strerror}).") from None
    finally:
        part.unlink(missing_ok=True)
    return size
