"""Names in, measured quality out: all figures, one by day, the gaps, or measuring anew."""

import time
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.quality.steps import standing
from nova.cli.session import session
from nova.cli.shown import amount
from nova.crowd import TOO_FEW
from nova.errors import NotFound, NovaError
from nova.kpi.rules.say import cases

LOOK_SECONDS = 0.3

COLUMNS = {"name": "Name", "title": "Kennzahl", "value": "Wert", "bounds": "95 %", "n": "Fälle", "before": "Davor"}
DAYS = {"day": "Tag", "value": "Wert", "bounds": "95 %", "n": "Fälle"}
PARTS = {"segment": "Teil", "value": "Wert", "bounds": "95 %", "n": "Fälle"}
GAPS = {
    "gap_id": "Kennung",
    "terms": "Worum es geht",
    "questions": "Fragen",
    "people": "Personen",
    "weight": "Gewicht",
    "last_at": "Zuletzt",
    "standing": "Stand",
}
WEIGHT = {"unit": "", "digits": 1, "kind": "mean"}
OUT = {"up": "über dem Üblichen", "down": "unter dem Üblichen"}


@click.command("kpi")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--days", type=click.IntRange(1, 3660), default=None, help="So viele Tage, heute eingeschlossen (sonst 7, bei einer 30).")
@click.option("--segment", default="", metavar="TEIL", help="Nur ein Teil, etwa kind:regulation oder model:sophia.")
@click.option("--gaps", is_flag=True, help="Statt der Kennzahlen die offenen Wissenslücken.")
@click.option("--measure", is_flag=True, help="Vorher messen, was fällig ist; sonst geschieht es stündlich.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, name: str | None, days: int | None, segment: str, gaps: bool, measure: bool, as_json: bool) -> None:
    """Wie gut Nova ist: alle Kennzahlen, oder eine im Verlauf."""
    if segment and not name:
        raise click.UsageError("--segment braucht den Namen einer Kennzahl, etwa `nova kpi answers --segment model:sophia`.")
    with session(ctx) as client:
        if measure:
            _measure(client)
        if gaps:
            found = client.get("/admin/gaps")
        elif name:
            found = _measured(client.get(f"/admin/kpis/{name}", days=days or 30, segment=segment))
        else:
            found = client.get("/admin/kpis", days=days or 7)
    if as_json:
        output.data(found)
    elif gaps:
        output.table([{**one, "weight": amount(one["weight"], WEIGHT), "standing": standing(one)} for one in found["gaps"]], GAPS)
        output.note(f"{len(found['gaps'])} von {found['total']}")
    elif name:
        _one(found)
    else:
        _all(found)


def _measured(found: dict[str, Any]) -> dict[str, Any]:
    """A figure as it was asked for; NotFound for a part of which nothing was measured."""
    if found["segment"] and not found["days"]:
        known = ", ".join(part["segment"] for part in found["segments"]) or "keine"
        raise NotFound(f"Zum Teil „{found['segment']}“ ist bei „{found['title']}“ nichts gemessen. Gemessene Teile: {known}.")
    return found


def _measure(client: Client) -> None:
    job_id = client.post("/admin/kpis/measure", {})["job_id"]
    while (job := client.get(f"/jobs/{job_id}"))["state"] in ("queued", "running"):
        output.progress(f"  {job['stage']}  {job['progress']}/{job['total']}")
        time.sleep(LOOK_SECONDS)
    if job["state"] != "done":
        raise NovaError(job["error"] or "Das Messen wurde abgebrochen.")
    output.progress(f"{job['result']['hours']} Stunden gemessen.", final=True)


def _all(found: dict[str, Any]) -> None:
    output.table([_row(one, one) | {"before": amount(one["before"]["value"], one)} for one in found["kpis"]], COLUMNS)
    until = found["measured_to"]
    output.note(f"Gemessen bis {output.local_time(until)}." if until else "Noch nichts gemessen (`nova kpi --measure`).")


def _one(found: dict[str, Any]) -> None:
    told = TOO_FEW if found["few"] else f"{amount(found['value'], found)} ({cases(found['n'])})"
    output.line(f"{found['title']}: {told}", bold=True)
    output.line(found["meaning"])
    output.line(f"Gerechnet: {found['formula']}", dim=True)
    output.line()
    output.table([_row(day, found) for day in found["days"]], DAYS)
    if found["segments"]:
        output.line()
        output.table([_row(part, found) for part in found["segments"]], PARTS)
    for chart in ("ewma", "cusum"):
        if found[chart]["out"]:
            output.note(f"{chart.upper()}: {OUT[found[chart]['out']]} seit {found[chart]['since']}.")


def _row(one: dict[str, Any], kpi: dict[str, Any]) -> dict[str, Any]:
    if one["few"]:
        return one | {"value": TOO_FEW, "bounds": "", "n": ""}
    known = one["low"] is not None and one["high"] is not None
    bounds = f"{amount(one['low'], kpi)} – {amount(one['high'], kpi)}" if known else ""
    return one | {"value": amount(one["value"], kpi), "bounds": bounds}
