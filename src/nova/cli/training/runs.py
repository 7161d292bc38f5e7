"""`nova train preflight`, `run`, `status`, `pause`, `resume`, `cancel`: a model tuned, and how far that is."""

from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.cli.training import demand, judging
from nova.cli.training.datasets import made
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
NO_RUN: dict[str, Any] = {"run": None, "points": [], "evaluation": None}
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
@click.option(
    "--for-ticket",
    is_flag=True,
    help="Nur wenn ein offenes Ticket ein Training verlangt und seither keines lief; mit einem neuen Datensatz.",
)
@output.json_option
@click.pass_context
def run(ctx: click.Context, /, as_json: bool, detach: bool, for_ticket: bool, **chosen: Any) -> None:
    """Ein Modell feinabstimmen, es und seine Basis die zurückgehaltenen Fragen beantworten lassen, und beides beurteilen.

    Exit-Code 5: der Lauf endete ohne Adapter, oder ein Tor hält ihn (mit --for-ticket auch: eine Prüfung hält den Datensatz). Verlangt kein
    Ticket ein Training, endet der Befehl mit 0.
    """
    with session(ctx) as client:
        ticket = demand.asking(client) if for_ticket else None
        if for_ticket and ticket is None:
            found: dict[str, Any] = NO_RUN
        elif ticket is None:
            found = _run(client, _wanted(**chosen), detach=detach)
        else:
            found = _run_for(client, ticket, _wanted(**chosen), detach=detach)
    _end(ctx, found, as_json=as_json, awaited=not detach)


def _run(client: Client, wanted: dict[str, str], *, detach: bool) -> dict[str, Any]:
    started = client.post("/training/runs", wanted)
    return _followed(client, started, detach=detach)


def _followed(client: Client, started: dict[str, Any], *, detach: bool) -> dict[str, Any]:
    """The run that was begun, once it has ended and is judged; at once where nobody waits."""
    name = started["run"]["name"]
    output.note(f"{name} begonnen.")
    if not detach:
        done(client, started["job_id"])
        _judged(client, name)
    return dict(client.get(f"/training/runs/{name}"))


def _run_for(client: Client, ticket: dict[str, Any], wanted: dict[str, str], *, detach: bool) -> dict[str, Any]:
    """Of a new dataset, unless a version is wanted; said on the ticket, which waits for people where a check holds the dataset."""
    if not wanted["version"]:
        dataset = made(client, f"Ticket {ticket['number']}")
        if dataset["refusal"] is not None:
            output.note(dataset["refusal"])
            demand.noted(client, ticket, f"Kein Training: {dataset['refusal']}", "waiting")
            return NO_RUN | {"refusal": dataset["refusal"]}
        wanted = {**wanted, "version": dataset["version"]}
    started = client.post("/training/runs", wanted)
    demand.noted(client, ticket, f"{started['run']['name']} beginnt.", "doing")
    found = _followed(client, started, detach=detach)
    if not detach:
        demand.noted(client, ticket, demand.verdict(found))
    return found


def _end(ctx: click.Context, found: dict[str, Any], *, as_json: bool, awaited: bool) -> None:
    if as_json:
        output.row(found)
    elif found["run"] is not None:
        _tell(found)
    held = found["run"] is not None and awaited and not (found["evaluation"] or {}).get("passed")
    if held or found.get("refusal"):
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
    if run.get("removed_at"):
        return "entfernt"
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
