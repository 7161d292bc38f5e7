"""Words in, documents listed, shown or deleted."""

from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.german import agreed
from nova.cli.session import session

COLUMNS = {
    "item_id": "Kennung",
    "title": "Titel",
    "kind": "Art",
    "status": "Stand",
    "version": "Fassung",
    "chunks": "Passagen",
    "tags": "Schlagworte",
}
MORE = {"filename": "Datei", "url": "Adresse", "error": "Fehler", "created_at": "Aufgenommen"}
VERSIONS = {
    "version": "Fassung",
    "valid_from": "Gültig ab",
    "valid_to": "Gültig bis",
    "pages": "Seiten",
    "chars": "Zeichen",
    "state": "Stand",
}


@click.group("items")
def command() -> None:
    """Aufgenommene Dokumente ansehen und löschen."""


@command.command("list")
@click.option("--query", help="Wörter aus dem Titel.")
@click.option("--tag", help="Nur mit diesem Schlagwort.")
@click.option("--kind", help="Nur diese Art.")
@click.option("--status", help="Nur dieser Stand.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True)
@output.json_option
@click.pass_context
def list_items(ctx: click.Context, /, as_json: bool, **query: str | int | None) -> None:
    """Die Dokumente, die neuesten zuerst."""
    with session(ctx) as client:
        found = client.get("/admin/items", **query)
    output.data(found) if as_json else _listed(found)


def _listed(found: Mapping[str, Any]) -> None:
    output.table(found["items"], COLUMNS)
    output.note(f"{len(found['items'])} von {found['total']}")


@command.command("show")
@click.argument("item_id", metavar="KENNUNG")
@output.json_option
@click.pass_context
def show(ctx: click.Context, item_id: str, as_json: bool) -> None:
    """Ein Dokument mit seinen Fassungen."""
    with session(ctx) as client:
        item = client.get(f"/admin/items/{item_id}")
    output.data(item) if as_json else _shown(item)


def _shown(item: Mapping[str, Any]) -> None:
    output.facts((name, item.get(key)) for key, name in {**COLUMNS, **MORE}.items())
    output.line()
    output.table(item["versions"], VERSIONS)


@command.command("delete")
@click.argument("item_ids", nargs=-1, required=True, metavar="KENNUNG...")
@click.option("--yes", is_flag=True, help="Nicht nachfragen.")
@click.pass_context
def delete(ctx: click.Context, item_ids: tuple[str, ...], yes: bool) -> None:
    """Dokumente mit Datei, Passagen und Suchpunkten löschen."""
    if not yes and not agreed(f"{len(item_ids)} Dokument(e) endgültig löschen?"):
        raise click.Abort
    with session(ctx) as client:
        for item_id in item_ids:
            gone = client.delete(f"/admin/item/{item_id}")
            output.line(f"{item_id} gelöscht ({gone['chunks']} Passagen)")
