"""Settings in, a signed-in client out: to the Nova that runs on this data folder, or to one opened for the length of the command.

So a command knows one way to work, the HTTP API, and the index has one owner.
"""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.process.owner import held, owner, owning
from nova.cli.process.serving import bind, serving, working
from nova.errors import Busy, NotSignedIn
from nova.governance.secrets import admin_key, secrets_folder, stored_admin_key
from nova.settings import Settings, load_settings

if TYPE_CHECKING:
    from nova.wiring import Nova

OWNER_PATIENCE = 90.0
LOOPBACK = "127.0.0.1"
# What a throw-away Nova has of the user's: how answers come about, and how it speaks at the terminal.
KEPT = (
    "GENERATE_MODEL",
    "OLLAMA_PORT",
    "NOVA_OLLAMA_URL",
    "NOVA_OPENAI_URL",
    "NOVA_OPENAI_KEY",
    "NOVA_NUM_CTX",
    "NOVA_MODEL_SECONDS",
    "NOVA_PROMPTS",
    "NOVA_VOCABULARY",
    "NOVA_TONE",
    "NOVA_HOTLINE",
    "NOVA_HOTLINE_GAS",
    "NOVA_HOTLINE_POWER",
    "NOVA_HOTLINE_HEAT",
    "NOVA_HOTLINE_WATER",
    "NOVA_ASK_SLOTS",
    "NOVA_LOG_LEVEL",
    "NOVA_LOG_FORMAT",
)


def settings_of(ctx: click.Context, **overrides: Any) -> Settings:
    """The settings in force for a command: environment, `.env`, then the command line."""
    return load_settings(overrides={**(ctx.find_root().obj or {}), **overrides})


def throw_away(settings: Settings, folder: Path, **changes: Any) -> Settings:
    """Defaults on an empty folder, with the user's language model and manner: nothing else of theirs is touched, nothing is embedded."""
    kept = {name: getattr(settings, name) for name in KEPT}
    own: Mapping[str, Any] = {"NOVA_DATA": folder, "NOVA_HOST": LOOPBACK, "NOVA_RATE_LIMITS": "off"}
    return Settings(**{**kept, **own, **changes})


@contextmanager
def session(ctx: click.Context) -> Iterator[Client]:
    """A client to this data folder's Nova."""
    settings = settings_of(ctx)
    folder = settings.NOVA_DATA
    deadline = time.monotonic() + OWNER_PATIENCE
    said = False
    while time.monotonic() < deadline:
        there = owner(folder)
        if there:
            yield from _signed_in(there.address, settings)
            return
        if not held(folder):
            with own(settings) as client:
                yield client
            return
        if not said:
            output.note("Ein anderer Befehl nutzt den Datenordner; ich warte auf ihn ...")
            said = True
        time.sleep(0.2)
    raise Busy(f"Der Datenordner {folder} wird seit über einer Minute von einem anderen Befehl genutzt.")


@contextmanager
def own(settings: Settings) -> Iterator[Client]:
    """A Nova of our own on these settings' folder, served on a free loopback port until the block ends."""
    with opened(settings) as (client, _):
        yield client


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Client, "Nova"]]:
    """The same with the Nova itself, for who looks behind the API."""
    with (
        owning(settings.NOVA_DATA),
        working(settings, log_level="error") as nova,
        bind(LOOPBACK, 0) as bound,
        serving(nova, bound),
        closing(client_of(settings, f"http://{LOOPBACK}:{bound.getsockname()[1]}")) as client,
    ):
        yield client, nova


@contextmanager
def scratch(ctx: click.Context, **changes: Any) -> Iterator[Client]:
    """A Nova in a throw-away folder."""
    with tempfile.TemporaryDirectory(prefix="nova-") as folder, own(throw_away(settings_of(ctx), Path(folder), **changes)) as client:
        yield client


def key_of(settings: Settings) -> str:
    """The operator's key of this data folder, made where there is none yet.

    Raises NotSignedIn when a Nova that has the folder open was given its key: one made now would open nothing.
    """
    configured, folder = settings.ADMIN_API_KEY, secrets_folder(settings.NOVA_DATA)
    if configured is None and held(settings.NOVA_DATA):
        stored = stored_admin_key(folder)
        if stored is None:
            raise NotSignedIn("Das laufende Nova hat seinen Betreiberschlüssel aus ADMIN_API_KEY. Setzen Sie ihn auch für diesen Befehl.")
        return stored
    return admin_key(configured.get_secret_value() if configured else None, folder).value


def client_of(settings: Settings, address: str) -> Client:
    """A client to the Nova at an address: by one's own token where there is one, else by the operator's key."""
    token = settings.NOVA_TOKEN
    return Client(address, "", token=token.get_secret_value()) if token else Client(address, key_of(settings))


def _signed_in(address: str, settings: Settings) -> Iterator[Client]:
    client = client_of(settings, address)
    try:
        yield client
    finally:
        client.close()
