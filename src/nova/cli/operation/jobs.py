"""Words in, jobs listed, shown, cancelled or started again."""

import click

from nova.cli import output
from nova.cli.session import session

COLUMNS = {
    "job_id": "Kennung",
    "kind": "Art",
    "state": "Stand",
    "stage": "Schritt",
    "title": "Titel",
    "created_at": "Begonnen",
    "error": "Fehler",
}
MORE = {"progress": "Fortschritt", "total": "von", "ended_at": "Beendet", "result": "Ergebnis"}


@click.group("jobs")
def command() -> None:
    """Aufträge ansehen, abbrechen, wiederholen."""


@command.command("list")
@click.option("--state", type=click.Choice(["queued", "running", "done", "failed", "cancelled"]), help="Nur dieser Stand.")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
@output.json_option
@click.pass_context
def list_jobs(ctx: click.Context, state: str | None, limit: int, as_json: bool) -> None:
    """Die Aufträge, die neuesten zuerst."""
    with session(ctx) as client:
        found = client.get("/jobs", state=state, limit=limit)
    output.data(found) if as_json else output.table(found["jobs"], COLUMNS)


@command.command("show")
@click.argument("job_id", metavar="KENNUNG")
@output.json_option
@click.pass_context
def show(ctx: click.Context, job_id: str, as_json: bool) -> None:
    """Ein Auftrag mit Fortschritt und Ergebnis."""
    with session(ctx) as client:
        job = client.get(f"/jobs/{job_id}")
    output.data(job) if as_json else output.facts((name, job.get(key)) for key, name in {**COLUMNS, **MORE}.items())


@command.command("cancel")
@click.argument("job_id", metavar="KENNUNG")
@click.pass_context
def cancel(ctx: click.Context, job_id: str) -> None:
    """Einen Auftrag abbrechen."""
    with session(ctx) as client:
        output.line(client.post(f"/jobs/{job_id}/cancel")["state"])


@command.command("retry")
@click.argument("job_id", metavar="KENNUNG")
@click.pass_context
def retry(ctx: click.Context, job_id: str) -> None:
    """Einen gescheiterten oder abgebrochenen Auftrag erneut einreihen."""
    with session(ctx) as client:
        output.line(client.post(f"/jobs/{job_id}/retry")["state"])
