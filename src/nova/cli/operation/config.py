"""Words in, the settings in force out; secrets are masked."""

from dataclasses import asdict

import click

from nova.cli import output
from nova.cli.session import settings_of
from nova.effective import effective

COLUMNS = {"name": "Name", "value": "Wert", "source": "Herkunft", "description": "Bedeutung"}


@click.group("config")
def command() -> None:
    """Die geltenden Einstellungen zeigen."""


@command.command("show")
@output.json_option
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """Jede Einstellung mit Wert und Herkunft."""
    settings = [asdict(one) for one in effective(settings_of(ctx))]
    output.data({"settings": settings}) if as_json else output.table(settings, COLUMNS)
