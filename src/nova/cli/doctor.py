"""A data folder in, what is there and what works out; exit code 4 when something failed."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from nova import __version__
from nova.cli import output
from nova.cli.owner import owner
from nova.cli.session import session, settings_of
from nova.errors import NovaError
from nova.settings import Settings

UNHEALTHY = 4
LEAST_FREE = 1 << 30
SIGNS = {"ok": "✓", "absent": "–", "degraded": "!", "failed": "✗"}
NAMES = {
    "api": "Webserver",
    "db": "Datenbank",
    "qdrant": "Suchindex",
    "ollama": "Sprachmodell",
    "tika": "Texte lesen",
    "minio": "Dateien",
    "jobs": "Aufträge",
}
WORST_FIRST = ("failed", "degraded", "absent", "ok")


@click.command("doctor")
@output.json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Prüfen, ob alles da ist und läuft."""
    checks = [*machine(settings_of(ctx)), *services(ctx)]
    failed = any(check["status"] == "failed" for check in checks)
    if as_json:
        output.data({"status": "failed" if failed else "ok", "version": __version__, "checks": checks})
    else:
        width = max(len(check["name"]) for check in checks)
        for check in sorted(checks, key=lambda one: WORST_FIRST.index(one["status"])):
            output.line(f"{SIGNS[check['status']]} {check['name'].ljust(width)}  {check['detail']}")
    ctx.exit(UNHEALTHY if failed else 0)


def check(name: str, good: bool, detail: str, *, otherwise: str = "failed") -> dict[str, str]:
    """One line of the report."""
    return {"name": name, "status": "ok" if good else otherwise, "detail": detail}


def machine(settings: Settings) -> Iterator[dict[str, str]]:
    """What can be seen without opening anything."""
    yield check("Python", sys.version_info >= (3, 11), sys.version.split()[0])
    folder = existing(settings.NOVA_DATA)
    free = shutil.disk_usage(folder).free
    yield check("Datenordner", True, str(settings.NOVA_DATA))
    yield check("Freier Platz", free > LEAST_FREE, f"{free / 1e9:.1f} GB", otherwise="degraded")
    there = owner(settings.NOVA_DATA)
    yield check(
        "Nova",
        there is not None,
        f"läuft unter {there.address}" if there else "läuft nicht; für die Prüfung kurz geöffnet",
        otherwise="absent",
    )


def services(ctx: click.Context) -> Iterator[dict[str, str]]:
    """The health report of the running Nova, or of one opened for this."""
    try:
        with session(ctx) as client:
            report: dict[str, Any] = client.health()
    except NovaError as error:
        yield check("Dienste", False, error.message)
        return
    for name, service in report["services"].items():
        yield {"name": NAMES.get(name, name), "status": service["status"], "detail": service.get("detail") or service.get("engine") or ""}


def existing(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(one for one in (path, *path.parents) if one.exists())
