"""Nothing in, seven days in a few lines out, the last of which says what to do next."""

import click

from nova.cli import output
from nova.cli.session import session


@click.command("summary")
@output.json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Die letzten sieben Tage in wenigen Zeilen."""
    with session(ctx) as client:
        found = client.get("/admin/reports/summary")
    if as_json:
        output.data(found)
        return
    for line in found["lines"]:
        output.line(line)
