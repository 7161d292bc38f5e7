"""A number of weeks in, the report by week out: on the terminal, as JSON, or as a page of the journal below the data folder."""

import click

from nova import journal
from nova.cli import output
from nova.cli.session import session, settings_of
from nova.jobs.kinds.report import PAGE


@click.command("progress")
@click.option("--weeks", type=click.IntRange(1, 52), default=8, show_default=True, help="Wie viele Wochen, die laufende eingeschlossen.")
@click.option("--export", is_flag=True, help=f"Als Seite {journal.FOLDER}/{PAGE} in den Datenordner schreiben.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, weeks: int, export: bool, as_json: bool) -> None:
    """Berichten, was das Rad je Woche tat und wie gut Nova war."""
    with session(ctx) as client:
        found = client.get("/admin/reports/progress", weeks=weeks)
    if export:
        path = journal.write(settings_of(ctx).NOVA_DATA, PAGE, found["markdown"])
        output.note(f"Geschrieben: {path}")
    if as_json:
        output.data({name: value for name, value in found.items() if name != "markdown"})
    elif not export:
        output.line(found["markdown"].rstrip("\n"))
