"""A pipeline's name in, its run watched and its report told out."""

import time
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.errors import NovaError

PIPELINES = ("vector-ingest",)
LOOK_SECONDS = 0.3
TOLD = {
    "read": "Gelesen",
    "new": "Neu aufgenommen",
    "changed": "Geändert",
    "removed": "Entfernt",
    "chunks": "Passagen",
    "seconds": "Sekunden",
}


@click.command("data")
@click.option("--pipeline", type=click.Choice(PIPELINES), required=True, help="Welche Verarbeitung: Gespräche durchsuchbar machen.")
@click.option("--replay", is_flag=True, help="Alles neu, nicht nur was sich geändert hat.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, pipeline: str, replay: bool, as_json: bool) -> None:
    """Eine Datenverarbeitung anstoßen und ihren Bericht zeigen."""
    with session(ctx) as client:
        job = _watched(client, client.post(f"/admin/pipelines/{pipeline}", {"replay": replay})["job_id"])
    if job["state"] != "done":
        raise NovaError(job["error"] or "Die Verarbeitung wurde abgebrochen.")
    if as_json:
        output.data(job["result"])
    else:
        _tell(job["result"])


def _watched(client: Client, job_id: str) -> dict[str, Any]:
    while (job := client.get(f"/jobs/{job_id}"))["state"] in ("queued", "running"):
        output.progress(f"  {job['stage']}  {job['progress']}/{job['total']}")
        time.sleep(LOOK_SECONDS)
    output.progress("", final=True)
    return dict(job)


def _tell(report: dict[str, Any]) -> None:
    output.facts((title, report[name]) for name, title in TOLD.items())
    standing = report["standing"]
    output.line(f"Durchsuchbar sind {standing['indexed']} von {standing['conversations']} Gesprächen.", bold=True)
    if held := report["refused"].get("second_scan"):
        output.note(f"{held} Gespräche wurden zurückgehalten: Die zweite Prüfung sieht noch Personenbezug.")
    output.note("Der Bericht liegt unter orchestration_journal/data/vector_ingest_report.md im Datenordner.")
