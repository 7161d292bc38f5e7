"""Words in, a serving Nova out, until Ctrl-C or SIGTERM; what it started ends with it.

First start: the operator's key is shown once, the samples go through the users' intake, one question is asked, its answer printed.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from os import getpid
from typing import TYPE_CHECKING

import click

from nova import __version__
from nova.cli import output
from nova.cli.answer import show
from nova.cli.client import Client
from nova.cli.documents import samples
from nova.cli.process.owner import Serving, announce, owner, owning
from nova.cli.process.serving import bind, manned, serving, stop_asked
from nova.cli.session import settings_of
from nova.errors import Busy, NovaError
from nova.settings import Settings

if TYPE_CHECKING:
    import threading

    from nova.wiring import Nova

LOOK_SECONDS = 1.0


@click.command("up")
@click.option("--host", help="Adresse, an der Nova lauscht (sonst NOVA_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port (sonst API_PORT); 0 nimmt einen freien.")
@click.option("--no-seed", is_flag=True, help="Keine Beispieldokumente aufnehmen.")
@click.option("--once", is_flag=True, help="Starten, Beispiel zeigen, beenden.")
@click.pass_context
def command(ctx: click.Context, host: str | None, port: int | None, no_seed: bool, once: bool) -> None:
    """Nova starten und im Vordergrund bedienen."""
    settings = settings_of(ctx, NOVA_HOST=host, API_PORT=port or None)
    with stop_asked() as stop, running(settings, settings.API_PORT if port is None else port) as (client, nova, whole):
        if not no_seed:
            greet(client, settings, nova)
        output.line()
        output.line(f"Nova läuft: {client.address}", bold=True)
        output.note("Beenden mit Strg+C.")
        if not once:
            watch(stop, whole)
            output.note("Nova wird beendet ...")


def watch(stop: "threading.Event", whole: Callable[[], bool]) -> None:
    """Wait until asked to stop. NovaError when those who do the jobs are not all there: whatever supervises Nova starts it anew."""
    while not stop.wait(LOOK_SECONDS):
        if not whole():
            raise NovaError("Ein Teil von Nova ist ausgefallen; das Protokoll nennt den Grund. Starten Sie Nova neu.")


@contextmanager
def running(settings: Settings, port: int) -> Iterator[tuple[Client, "Nova", Callable[[], bool]]]:
    """An open, announced, serving Nova, a client to it, and whether everybody who does its jobs is there."""
    there = owner(settings.NOVA_DATA)
    if there:
        raise Busy(f"Auf diesem Datenordner läuft Nova bereits: {there.address} (beenden mit `nova down`).")
    from nova.api.streams import streaming
    from nova.jobs.feeds import feeding
    from nova.wiring.feeds import intake_of, sources

    begun = time.monotonic()
    output.note(f"Nova {__version__}, Datenordner {settings.NOVA_DATA}")
    with (
        owning(settings.NOVA_DATA),
        bind(settings.NOVA_HOST, port) as bound,
        manned(settings, log_level=settings.NOVA_LOG_LEVEL) as (nova, whole),
        serving(nova, bound),
        streaming(nova) as streams,
        feeding(intake_of(nova), sources(nova.settings, nova.db)) as feeds,
    ):
        serves = Serving(settings.NOVA_HOST, bound.getsockname()[1], getpid(), settings.hotlines)
        announce(settings.NOVA_DATA, serves)
        output.note(f"Datenbank, Suchindex und Webserver sind bereit ({time.monotonic() - begun:.1f} s).")
        if nova.dense and nova.dense.embedder.note:
            output.note(nova.dense.embedder.note)
        with closing(Client(serves.address, nova.admin_key.value)) as client:
            yield client, nova, lambda: whole() and streams() and feeds()


def greet(client: Client, settings: Settings, nova: "Nova") -> None:
    """On first start: samples, the key, one question with its answer."""
    if nova.admin_key.created:
        output.line(f"Betreiberschlüssel (wird nur jetzt gezeigt): {nova.admin_key.value}", bold=True)
        output.note(f"Er liegt in {nova.admin_key.path} und meldet Sie im Browser an.")
    if samples.loaded(settings.NOVA_DATA):
        return
    failed = [one for one in samples.load(client, settings.NOVA_DATA) if one.status == "failed"]
    if failed:
        raise NovaError(
            "Die Beispieldokumente konnten nicht alle aufgenommen werden: " + "; ".join(f"{one.source}: {one.message}" for one in failed)
        )
    output.line()
    output.line(f"Frage: {samples.QUESTION}", bold=True)
    show(client.post("/rag/ask", {"question": samples.QUESTION}))
