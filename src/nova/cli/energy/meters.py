"""Meters listed, and whose they are, from a table: customer, meter and time."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.energy.moments import moment
from nova.cli.session import session
from nova.errors import InvalidInput

COLUMNS = {"meter_id": "Zähler", "title": "Name", "kind": "Art", "customer": "Gehört", "simulated": "Simuliert"}
ASSIGNED = {"customer": "Gehört", "from": "Von", "to": "Bis (ausschließlich)"}
HEADS = ("customer", "meter_id", "from", "to")
GERMAN = {"kunde": "customer", "zähler": "meter_id", "zaehler": "meter_id", "von": "from", "bis": "to"}
AT_ONCE = 200
LARGEST = 32 << 20


@click.group("meters")
def command() -> None:
    """Zähler ansehen und Personen zuordnen."""


@command.command("list")
@click.option("--unassigned", is_flag=True, help="Nur die, die zurzeit niemandem zugeordnet sind.")
@output.json_option
@click.pass_context
def list_meters(ctx: click.Context, unassigned: bool, as_json: bool) -> None:
    """Alle Zähler, und wem sie zurzeit gehören."""
    with session(ctx) as client:
        found = list(_every(client, {"assigned": "false"} if unassigned else {}))
    if as_json:
        output.data({"meters": found})
        return
    output.table([{**row, "customer": row["customer"] or "Unternehmen"} for row in found], COLUMNS)
    output.note(f"{len(found)} Zähler")


def _every(client: Client, asked: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    at, total = 0, 1
    while at < total:
        page = client.get("/data/meters", limit=AT_ONCE, offset=at, **asked)
        yield from page["meters"]
        at, total = at + AT_ONCE, page["total"]


@command.command("show")
@click.argument("meter_id", metavar="ZÄHLER")
@output.json_option
@click.pass_context
def show(ctx: click.Context, meter_id: str, as_json: bool) -> None:
    """Wem ein Zähler gehörte, gehört und gehören wird."""
    with session(ctx) as client:
        found = client.get(f"/data/meters/{meter_id}/assignments")
    if as_json:
        output.data(found)
        return
    output.table(found["assignments"], ASSIGNED)
    output.note("In der übrigen Zeit gehört er dem Unternehmen.")


@command.command("assign")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DATEI")
@click.option("--dry-run", is_flag=True, help="Nur prüfen und zeigen.")
@output.json_option
@click.pass_context
def assign(ctx: click.Context, file: Path, dry_run: bool, as_json: bool) -> None:
    """Zähler zuordnen, aus einer CSV-Datei mit customer, meter_id, from, to.

    Die Datei sagt alles über die Zähler, die sie nennt; andere bleiben, wie sie sind. Eine Zeile ohne customer macht ihren Zähler
    zu einem des Unternehmens. Tage beginnen um Mitternacht deutscher Zeit, `to` zählt nicht mehr dazu, leer heißt bis auf Weiteres.
    """
    wanted = read(file)
    done: list[dict[str, Any]] = []
    with session(ctx) as client:
        for meter_id, given in wanted.items():
            if not dry_run:
                client.put(f"/data/meters/{meter_id}/assignments", given)
            done.append({"meter_id": meter_id, "assignments": len(given)})
    if as_json:
        output.data({"meters": done, "dry_run": dry_run})
        return
    rows = sum(one["assignments"] for one in done)
    verb = "Geprüft, nichts geändert" if dry_run else "Zugeordnet"
    output.line(f"{verb}: {len(done)} Zähler, {rows} Zuordnung{'' if rows == 1 else 'en'}.")


def read(file: Path) -> dict[str, list[dict[str, str | None]]]:
    """The assignments of a table by meter, checked as a whole before anything is sent; InvalidInput names the line."""
    if file.stat().st_size > LARGEST:
        raise InvalidInput(f"{file} ist größer als {LARGEST >> 20} MiB.")
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        text = file.read_text("cp1252", errors="replace")
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",", restkey="mehr")
    rows.fieldnames = [GERMAN.get(name.strip().lower(), name.strip().lower()) for name in rows.fieldnames or ()]
    if set(rows.fieldnames) != set(HEADS):
        raise InvalidInput(f"{file.name}: Erwartet werden die Spalten {', '.join(HEADS)}.")
    found: dict[str, list[dict[str, str | None]]] = {}
    for number, row in enumerate(rows, 2):
        if any(row.get(name) for name in row):
            meter_id, one = _row(row, f"{file.name}, Zeile {number}")
            found.setdefault(meter_id, []).extend(one)
    if not found:
        raise InvalidInput(f"{file.name} enthält keine Zuordnung.")
    return found


def _row(row: Mapping[str, Any], where: str) -> tuple[str, list[dict[str, str | None]]]:
    if row.get("mehr") or any(row.get(name) is None for name in HEADS):
        raise InvalidInput(f"{where}: Es sind {'mehr' if row.get('mehr') else 'weniger'} als vier Felder.")
    told = {name: str(row[name]).strip() for name in HEADS}
    if not told["meter_id"]:
        raise InvalidInput(f"{where}: Der Zähler fehlt.")
    if not told["customer"]:
        return told["meter_id"], []
    try:
        since, until = (moment(_day(told[name])) if told[name] else None for name in ("from", "to"))
    except InvalidInput as error:
        raise InvalidInput(f"{where}: {error.message}") from None
    return told["meter_id"], [{"customer": told["customer"], "from": since, "to": until}]


def _day(text: str) -> str:
    """A German date as ISO has it; anything else as it is."""
    parts = text.split(".")
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    return text
