"""A data folder in, its running Nova stopped."""

import os
import signal
import time

import click

from nova.cli import output
from nova.cli.process.owner import held, owner
from nova.cli.session import settings_of
from nova.errors import NovaError

PATIENCE = 60.0


@click.command("down")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Das laufende Nova dieses Datenordners beenden."""
    folder = settings_of(ctx).NOVA_DATA
    serving = owner(folder)
    if serving is None:
        output.note("Auf diesem Datenordner läuft kein Nova.")
        return
    os.kill(serving.pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while held(folder):
        if time.monotonic() > deadline:
            raise NovaError(f"Nova (Prozess {serving.pid}) ist nach einer Minute noch nicht beendet.")
        time.sleep(0.1)
    output.note("Nova ist beendet.")
