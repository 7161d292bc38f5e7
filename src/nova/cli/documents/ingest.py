"""Paths and addresses in, stored documents out."""

from dataclasses import asdict
from pathlib import Path

import click

from nova.cli import output
from nova.cli.documents.intake import files, take_in
from nova.cli.session import session
from nova.errors import InvalidInput

KINDS = ("document", "regulation", "note")


@click.command("ingest")
@click.argument("sources", nargs=-1, required=True, metavar="PFAD|URL...")
@click.option(
    "--kind", type=click.Choice(["document", "regulation", "note"]), default="document", show_default=True, help="Art des Dokuments."
)
@click.option("--tag", "tags", multiple=True, help="Schlagwort; mehrfach möglich.")
@click.option("--replace", is_flag=True, help="Gleicher Dateiname: neue Fassung desselben Dokuments.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, sources: tuple[str, ...], kind: str, tags: tuple[str, ...], replace: bool, as_json: bool) -> None:
    """Dateien, Ordner oder Adressen aufnehmen."""
    addresses = [one for one in sources if one.startswith(("http://", "https://"))]
    found: list[str | Path] = [*files([Path(one) for one in sources if one not in addresses]), *addresses]
    if not found:
        raise InvalidInput("In diesem Ordner liegt keine Datei.")
    fields = {"kind": kind, "tags": list(tags), "replace": "name" if replace else "none"}
    with session(ctx) as client:
        outcomes = take_in(client, found, fields)
    counts = {status: sum(one.status == status for one in outcomes) for status in ("stored", "duplicate", "failed")}
    if as_json:
        output.data({**counts, "sources": [asdict(one) for one in outcomes]})
    else:
        output.line(f"{counts['stored']} aufgenommen, {counts['duplicate']} schon vorhanden, {counts['failed']} fehlgeschlagen")
    ctx.exit(1 if counts["failed"] else 0)
