"""Words in, what people keep and may keep out."""

from collections.abc import Mapping
from typing import Any

import click

from nova import german
from nova.cli import output
from nova.cli.session import session
from nova.errors import NotFound

COLUMNS = {
    "user": "Person",
    "documents": "Dokumente",
    "meters": "Zähler",
    "bytes": "Platz",
    "tokens": "Token",
    "jobs": "Wartende Aufträge",
    "share": "belegt",
}
MIB = 1024 * 1024


@click.command("quota")
@click.argument("person", metavar="[PERSON]", required=False)
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True, help="Wie viele Personen.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, person: str | None, limit: int, as_json: bool) -> None:
    """Was Personen belegen und belegen dürfen; die mit dem meisten Platz zuerst, oder eine."""
    with session(ctx) as client:
        found = client.get("/admin/quotas", user=person, limit=limit)
    if person and not found["people"]:
        raise NotFound(f"„{person}“ ist nicht bekannt.")
    if as_json:
        output.data(found)
        return
    output.table([_row(one) for one in found["people"]], COLUMNS)
    if found["total"] > len(found["people"]):
        output.note(f"{len(found['people'])} von {found['total']} Personen; mehr zeigt --limit.")
    output.note("Die Grenzen setzen NOVA_QUOTA_DOCUMENTS, _METERS, _MB, _TOKENS und _JOBS.")


def _row(one: Mapping[str, Any]) -> dict[str, str]:
    cells = {quota["quota"]: _cell(quota) for quota in one["quotas"]}
    return {"user": one["user"], "share": f"{round(100 * one['share'])} %"} | cells


def _cell(quota: Mapping[str, Any]) -> str:
    """What is used, and of how much."""
    used, most = (_number(quota["quota"], quota[name]) for name in ("used", "most"))
    return f"{used} von {most}" if most else used


def _number(name: str, value: int | None) -> str:
    if value is None:
        return ""
    return f"{german.plain(value / MIB)} MiB" if name == "bytes" else str(value)
