"""A running Nova in, how it is now out: services, jobs, processor, memory, disk, graphics card; once or again and again.

Exit code 4 when something failed, by the last look where it looked more than once.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from nova import german
from nova.cli import output
from nova.cli.session import session

UNHEALTHY = 4
SIGNS = {"ok": "✓", "absent": "–", "degraded": "!", "failed": "✗"}
WORDS = {"ok": "Alles in Ordnung", "degraded": "Eingeschränkt", "failed": "Gestört"}
RUN_STATES = {"waiting": "wartet", "running": "läuft", "paused": "pausiert"}
LOSSES = {"loss": "Abweichung", "held_loss": "zurückgehalten"}
BAR = 20
MOST = 5


@click.command("monitor")
@click.option("--watch", is_flag=True, help="Immer wieder zeigen, bis Strg+C.")
@click.option("--every", type=click.FloatRange(1, 3600), default=5.0, show_default=True, metavar="SEKUNDEN", help="Abstand mit --watch.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, watch: bool, every: float, as_json: bool) -> None:
    """Dienste, Aufträge, Prozessor, Speicher und Platz zeigen."""
    found: Mapping[str, Any] = {}
    with session(ctx) as client:
        try:
            while True:
                found = client.get("/admin/monitor")
                _show(found, as_json=as_json, clear=watch)
                if not watch:
                    break
                time.sleep(every)
        except KeyboardInterrupt:
            output.note("")
    ctx.exit(UNHEALTHY if found.get("status") == "failed" else 0)


def _show(found: Mapping[str, Any], *, as_json: bool, clear: bool) -> None:
    if as_json and clear:
        output.row(found)
    elif as_json:
        output.data(found)
    else:
        if clear:
            output.clear()
        for line in lines(found):
            output.line(line)


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The look as lines; what is wrong comes first."""
    yield f"{SIGNS[found['status']]} {WORDS[found['status']]}, {output.local_time(found['at'])}"
    yield from (f"  → {text}" for text in found["problems"])
    yield ""
    width = max((len(one["name"]) for one in found["services"]), default=0)
    for one in found["services"]:
        latency = "" if one["latency_ms"] is None else f" ({number(one['latency_ms'])} ms)"
        yield f"{SIGNS[one['status']]} {one['name'].ljust(width)}  {output.shorten(one['detail'], 100)}{latency}"
    yield ""
    yield from _jobs(found["jobs"], datetime.fromisoformat(found["at"]))
    yield from _training(found["training"])
    yield from _machine(found["machine"])


def _jobs(jobs: Mapping[str, Any] | None, now: datetime) -> Iterator[str]:
    if jobs is None:
        yield "Aufträge    unbekannt, die Datenbank antwortet nicht"
        return
    yield f"Aufträge    {len(jobs['running'])} laufen, {jobs['queued']} warten, {jobs['failed_24h']} in 24 Stunden gescheitert"
    for job in jobs["running"]:
        share = f" {job['progress']}/{job['total']}" if job["total"] else ""
        yield f"            {job['kind']}: {job['stage'] or 'beginnt'}{share}{_since(job['started_at'], now)}"


def _training(runs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Runs that tune a model: step and loss."""
    for at, one in enumerate(runs):
        step = [f"Schritt {one['step']}/{one['steps']}"] if one["steps"] else []
        losses = [f"{word} {number(one[name], 3)}" for name, word in LOSSES.items() if one[name] is not None]
        yield f"{'' if at else 'Training':<12}{one['name']} {', '.join([RUN_STATES[one['state']], *step, *losses])}"


def _since(started: str | None, now: datetime) -> str:
    """How long a job runs already."""
    if started is None:
        return ""
    minutes, seconds = divmod(max(0, round((now - datetime.fromisoformat(started)).total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f", seit {hours} h {minutes} min" if hours else f", seit {minutes} min {seconds} s"


def _machine(machine: Mapping[str, Any]) -> Iterator[str]:
    load = "" if machine["load"] is None else f", Last {number(machine['load'])} auf {machine['cores']} Kernen"
    yield f"Prozessor   {bar(machine['cpu'])}{load}"
    if machine["memory_total"]:
        total, free = machine["memory_total"], machine["memory_available"] or 0
        yield f"Speicher    {bar(1 - free / total)}, {size(free)} von {size(total)} frei"
    if machine["own_memory"] is not None:
        yield f"Nova        {size(machine['own_memory'])} in {len(machine['processes'])} Prozessen"
    for one in machine["processes"][:MOST]:
        cpu = "" if one["cpu"] is None else f", {number(one['cpu'])} Kerne"
        yield f"            {one['pid']:>7} {one['name']}: {size(one['memory'])}{' (mit geteiltem)' if one['shared'] else ''}{cpu}"
    used = (machine["disk_total"] - machine["disk_free"]) / machine["disk_total"] if machine["disk_total"] else None
    yield f"Platz       {bar(used)}, {size(machine['disk_free'])} von {size(machine['disk_total'])} frei"
    for card in machine["gpus"] or ():
        yield f"Grafik      {bar(card['used'])}, {card['name']}, {size(card['memory_used'])} von {size(card['memory_total'])} belegt"


def bar(share: float | None) -> str:
    """A share from 0 to 1 as a bar and a number, so that neither has to be seen alone."""
    if share is None:
        return "unbekannt"
    full = round(min(max(share, 0.0), 1.0) * BAR)
    return f"[{'█' * full}{'·' * (BAR - full)}] {share * 100:3.0f} %"


def size(count: int | None) -> str:
    """Bytes as people read them."""
    return "unbekannt" if count is None else german.size(count)


def number(value: float, places: int = 1) -> str:
    """With so many places after the comma."""
    return german.plain(value, places)
