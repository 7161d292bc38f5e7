"""Words in, a rebuilt index out, with progress."""

import time

import click

from nova.cli import output
from nova.cli.session import session
from nova.errors import NovaError

LOOK_SECONDS = 0.3


@click.command("reindex")
@click.argument("item_ids", nargs=-1, metavar="[KENNUNG...]")
@click.option("--relearn", is_flag=True, help="Wortzerlegung und mittlere Länge vorher neu aus dem Bestand lernen.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, item_ids: tuple[str, ...], relearn: bool, as_json: bool) -> None:
    """Den Suchindex aus der Datenbank neu aufbauen."""
    body = {"relearn": relearn, **({"item_ids": list(item_ids)} if item_ids else {})}
    with session(ctx) as client:
        job_id = client.post("/admin/reindex", body)["job_id"]
        while (job := client.get(f"/jobs/{job_id}"))["state"] in ("queued", "running"):
            output.progress(f"  {job['stage']}  {job['progress']}/{job['total']}")
            time.sleep(LOOK_SECONDS)
    if job["state"] != "done":
        raise NovaError(job["error"] or "Der Neuaufbau wurde abgebrochen.")
    output.progress("Der Index ist neu aufgebaut.", final=True)
    if as_json:
        output.data(job["result"])
