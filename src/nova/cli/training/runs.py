"""`nova train preflight`, `run`, `status`, `pause`, `resume`, `cancel`: a model tuned, and how far that is."""

from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.cli.training import judging
from nova.cli.waiting import done
from nova.strict import read_file

GATE = 5
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
RUNS = {
    "name": "Lauf",
    "state": "Stand",
    "at": "Schritt",
    "version": "Datensatz",
    "base": "Basis",
    "created_at": "Begonnen",
    "reason": "Grund",
}
STATES = {
    "waiting": "wartet", "running": "läuft", "paused": "pausiert", "cancelled": "abgebrochen", "failed": "gescheitert", "done": "fertig",
}  # fmt: skip
SHORT = 12
run_argument = click.argument("run", metavar="LAUF")
config_option = click.option("--config", type=FILE, metavar="DATEI", help="Eigene lora.yaml; sonst die mitgelieferte.")
profile_option = click.option("--profile", type=click.Choice(["cpu", "dgx"]), default="cpu", show_default=True, help="Auf welchem Rechner.")
version_option = click.option(
    "--version", default="", metavar="FASSUNG", help="Trainingsdatensatz; sonst der neueste, aus dem gelernt werden darf."
)


def _wanted(config: Path | None, profile: str, version: str) -> dict[str, str]:
    return {"config": read_file(config) if config else "", "profile": profile, "version": version}


@click.command("preflight")
@config_option
@profile_option
@version_option
@output.json_option
@click.pass_context
def preflight(ctx: click.Context, /, as_json: bool, **chosen: Any) -> None:
    """Drei Schritte messen und sagen, was ein Lauf braucht: Stunden, Speicher, kWh und Euro neben dem Budget. Exit-Code 5: zu viel."""
    with session(ctx) as client:
        found = done(client, client.post("/training/preflight", _wanted(**chosen))["job_id"])["result"]
    if as_json:
        output.row(found)
    else:
        for name, unit in (("hours", "Stunden"), ("memory_mib", "MiB"), ("kwh", "kWh"), ("eur", "€")):
            output.line(f"{found[name]:g} {unit} (Budget {found['budget'][name]:g})")
        output.line(
            f"{found['steps']} Schritte über {found['rows']} von {found['given']} Beispielen, {found['seconds_per_step']:g} s je Schritt."
        )
        for reason in found["reasons"]:
            output.note(reason)
    if not found["passed"]:
        ctx.exit(GATE)


@click.command("run")
@config_option
@profile_option
@version_option
@click.option("--detach", is_flag=True, help="Nicht warten; `nova train status` zeigt, wie weit er ist.")
@output.json_option
@click.pass_context
def run(ctx: click.Context, /, as_json: bool, detach: bool, **chosen: Any) -> None:
    """Ein Modell feinabstimmen, es und seine Basis die zurückgehaltenen Fragen beantworten lassen, und beides beurteilen.

    Exit-Code 5: der Lauf endete ohne Adapter, oder ein Tor hält ihn.
    """
    with session(ctx) as client:
        started = client.post("/training/runs", _wanted(**chosen))
        name = started["run"]["name"]
        output.note(f"{name} begonnen.")
        if not detach:
            done(client, started["job_id"])
            _judged(client, name)
        found = client.get(f"/training/runs/{name}")
    if as_json:
        output.row(found)
    else:
        _tell(found)
    if not detach and not (found["evaluation"] or {}).get("passed"):
        ctx.exit(GATE)


def _judged(client: Client, name: str) -> None:
    """Until the evaluation of a run that is done has ended."""
    found = client.get(f"/training/runs/{name}")
    jobs = client.get("/jobs")["jobs"] if found["run"]["state"] == "done" else []
    for job in jobs:
        if job["title"].endswith(f": {name}"):
            done(client, job["job_id"])


def _tell(found: dict[str, Any]) -> None:
    run, said = found["run"], found["evaluation"]
    output.line(f"{run['name']}: {_state(run)}, Schritt {run['step']} von {run['steps']}.")
    if run["reason"]:
        output.line(run["reason"])
    if said is not None:
        judging.tell(said["told"])


@click.command("status")
@click.argument("run", metavar="[LAUF]", required=False)
@output.json_option
@click.pass_context
def status(ctx: click.Context, run: str | None, as_json: bool) -> None:
    """Die letzten Läufe, oder einer mit seiner Kurve (--json) und seiner Bewertung."""
    with session(ctx) as client:
        found = client.get(f"/training/runs/{run}") if run else client.get("/training/runs")["runs"]
    if as_json:
        output.row(found) if run else output.data(found)
    elif run:
        _tell(found)
    else:
        told = [{**one, "state": _state(one), "at": f"{one['step']}/{one['steps']}", "version": one["version"][:SHORT]} for one in found]
        output.table(told, RUNS)


def _state(run: dict[str, Any]) -> str:
    """Where it stands; one that is asked to stop says so until it did."""
    wishes = {"pause": "hält nach diesem Schritt an", "cancel": "bricht nach diesem Schritt ab"}
    return wishes.get(run["wanted"], STATES["running"]) if run["state"] == "running" else STATES[run["state"]]


def _asked(ctx: click.Context, name: str, wish: str, *, as_json: bool) -> None:
    with session(ctx) as client:
        found = client.post(f"/training/runs/{name}/{wish}")
    if as_json:
        output.row(found)
    else:
        output.line(f"{found['name']}: {_state(found)}.")


@click.command("pause")
@run_argument
@output.json_option
@click.pass_context
def pause(ctx: click.Context, run: str, as_json: bool) -> None:
    """Einen Lauf nach dem laufenden Schritt anhalten; `nova train resume` setzt ihn fort."""
    _asked(ctx, run, "pause", as_json=as_json)


@click.command("resume")
@run_argument
@output.json_option
@click.pass_context
def resume(ctx: click.Context, run: str, as_json: bool) -> None:
    """Einen angehaltenen Lauf beim letzten Stand fortsetzen."""
    _asked(ctx, run, "resume", as_json=as_json)


@click.command("cancel")
@run_argument
@output.json_option
@click.pass_context
def cancel(ctx: click.Context, run: str, as_json: bool) -> None:
    """Einen Lauf abbrechen; ein Adapter entsteht nicht."""
    _asked(ctx, run, "cancel", as_json=as_json)


COMMANDS = (preflight, run, status, pause, resume, cancel)
