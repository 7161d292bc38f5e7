"""Words in: what there is of a person in datasets, and a value of theirs corrected. Objections are `nova consent withdraw`."""

from typing import Any

import click

from nova.cli import output
from nova.cli.session import session
from nova.errors import InvalidInput

person_argument = click.argument("name", metavar="PERSON")


@click.command("person")
@person_argument
@output.json_option
@click.pass_context
def person(ctx: click.Context, name: str, as_json: bool) -> None:
    """Was von einer Person in Datensätzen steht, so genannt, wie ihre Quelle sie nennt; dass jemand nachsah, wird vermerkt."""
    with session(ctx) as client:
        found = client.post("/seeding/people", {"name": name})["rows"]
    if as_json:
        output.data(found)
        return
    for one in found:
        where = f"{one['dataset']} {one['version'][:12]}" if one["dataset"] else f"weggelassen ({one['step']}) in Lauf {one['run']}"
        output.line(where)
        output.line("  " + ", ".join(f"{column}: {_said(value)}" for column, value in one["row"].items()))


def _said(value: Any) -> str:
    return "–" if value is None else str(value)


@click.command("correct")
@person_argument
@click.argument("column", metavar="SPALTE")
@click.argument("value", metavar="[WERT]", required=False)
@click.option("--empty", is_flag=True, help="Den Wert entfernen.")
@click.option("--row", "row_id", metavar="KENNUNG", help="Nur in diesem Datensatz.")
@output.json_option
@click.pass_context
def correct(ctx: click.Context, /, name: str, column: str, value: str | None, **chosen: Any) -> None:
    """Eine Angabe einer Person in allen Fassungen berichtigen; die Quelle berichtigt, wem sie gehört."""
    if (value is None) != chosen["empty"]:
        raise InvalidInput("Bitte einen Wert angeben, oder --empty, um ihn zu entfernen.")
    body = {"name": name, "column": column, "value": value, "row_id": chosen["row_id"]}
    with session(ctx) as client:
        found = client.post("/seeding/corrections", body)
    if chosen["as_json"]:
        output.data(found)
        return
    output.line(f"{found['rows']} Zeilen in {found['versions']} Fassungen berichtigt.")
    for engine in found["engines"]:
        output.note(f"{engine} hat frühere Fassungen bekommen.")


COMMANDS = (person, correct)
