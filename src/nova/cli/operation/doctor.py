"""A data folder in; each promise of a safe and working installation as ok, warn, fail or absent out, with what mends it.

Exit code 4 when something failed. `--json` keeps the ids stable.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import click

from nova import __version__
from nova.cli import output
from nova.cli.checks import OWNER, before_opening
from nova.cli.checks.line import WORST_FIRST, Line, Status
from nova.cli.checks.running import FIXES, KEY_FIX, door, services
from nova.cli.process.owner import owner
from nova.cli.session import session, settings_of
from nova.errors import NotSignedIn, NovaError
from nova.settings import Settings

UNHEALTHY = 4
SIGNS = {"ok": "✓", "absent": "–", "warn": "!", "fail": "✗"}


@click.command("doctor")
@output.json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Prüfen, ob alles da ist und läuft."""
    settings = settings_of(ctx)
    found = (*before_opening(settings), *after_opening(ctx, settings))
    lines = list({line.id: line for line in found}.values())  # what the running Nova says of the same thing counts
    worst = worst_of(lines)
    if as_json:
        checks = [{"name": line.name, **asdict(line)} for line in lines]
        output.data({"status": worst, "version": __version__, "checks": checks})
    else:
        show(lines)
    ctx.exit(UNHEALTHY if worst == "fail" else 0)


def after_opening(ctx: click.Context, settings: Settings) -> Iterator[Line]:
    """What the running Nova says, or one opened for this."""
    try:
        there = owner(settings.NOVA_DATA)
    except PermissionError:
        yield Line("running", "fail", "Der Datenordner gehört einem anderen Benutzer; mehr lässt sich nicht prüfen.", OWNER)
        return
    detail = f"läuft unter {there.address}" if there else "läuft nicht; für die Prüfung kurz geöffnet"
    yield Line("running", "ok" if there else "absent", detail)
    try:
        with session(ctx) as client:
            yield from services(client.health())
            yield from door(client, settings)
    except NovaError as error:
        yield Line("api", "fail", " ".join(error.message.split()), KEY_FIX if isinstance(error, NotSignedIn) else FIXES["api"])


def worst_of(lines: Sequence[Line]) -> Status:
    """The worst that counts: what is not set up is no fault."""
    return next((status for status in WORST_FIRST if status != "absent" and any(line.status == status for line in lines)), "ok")


def show(lines: Sequence[Line]) -> None:
    """The worst first; below a line what mends it."""
    width = max(len(line.name) for line in lines)
    for line in sorted(lines, key=lambda one: WORST_FIRST.index(one.status)):
        output.line(f"{SIGNS[line.status]} {line.name.ljust(width)}  {line.detail}")
        if line.fix:
            output.line(f"  {' ' * width}  → {line.fix}")
