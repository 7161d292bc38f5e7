"""Settings in; who may read and write the data folder, its secrets and `.env` out."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nova.cli.checks.line import Line, judged
from nova.cli.process.owner import owner
from nova.errors import PrivacyError
from nova.governance.secrets import secrets_folder
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.wiring.closed import Open

OTHERS = 0o077
MOST_NAMED = 5
OTHERS_WRITE = 0o022
ENV = Path(".env")


def existing(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(one for one in (path, *path.parents) if one.exists())


def data_folder(settings: Settings) -> Iterator[Line]:
    """It belongs to who runs Nova, and nobody else may enter."""
    folder = settings.NOVA_DATA
    if not folder.is_dir():
        yield Line("data_folder", "absent", f"{folder} wird beim ersten Start angelegt.")
        return
    found = folder.stat()
    expected = _runner(folder)
    if found.st_uid != expected:
        yield Line(
            "data_folder", "fail", f"{folder} gehört Benutzer {found.st_uid}, Nova läuft als {expected}.", f"chown -R {expected} {folder}"
        )
    elif found.st_mode & OTHERS_WRITE:
        yield Line("data_folder", "fail", f"In {folder} dürfen andere schreiben ({_mode(folder)}).", f"chmod 700 {folder}")
    else:
        reached = [one for one in _reached(settings) if not one.secret]
        named = ", ".join(one.shown for one in reached[:MOST_NAMED]) + (" und anderes" if len(reached) > MOST_NAMED else "")
        bad = f"Andere Benutzer dürfen lesen: {named}. Nova schließt beim Start, was ihm gehört."
        fix = f"chmod 700 {folder}" if found.st_mode & OTHERS else f"chmod go= {' '.join(str(one.path) for one in reached[:MOST_NAMED])}"
        yield judged("data_folder", not reached, f"{folder} ({_mode(folder)})", ("warn", bad, fix))


def secrets(settings: Settings) -> Iterator[Line]:
    """Keys are readable by their owner only."""
    folder = secrets_folder(settings.NOVA_DATA)
    if not folder.is_dir():
        yield Line("secrets", "absent", "Schlüssel werden beim ersten Start erzeugt.")
        return
    reached = [one for one in _reached(settings) if one.secret]
    bad = f"Andere Benutzer kommen an Schlüssel: {', '.join(one.shown for one in reached)}."
    fix = f"chmod go= {' '.join(str(one.path) for one in reached)}"
    yield judged("secrets", not reached, f"{folder}, nur für den Besitzer", ("fail", bad, fix))


def _reached(settings: Settings) -> "Sequence[Open]":
    from nova.wiring.closed import reached

    return reached(settings.NOVA_DATA)


def master_data(settings: Settings) -> Iterator[Line]:
    """While the dictionary of master data cannot be read, nothing that people say is stored."""
    from nova.wiring.masterdata import master_data as current
    from nova.wiring.masterdata import place

    if not place(settings).is_file():
        yield Line("master_data", "absent", "Kein Wörterbuch der Stammdaten; `nova privacy dictionary` legt eines an.")
        return
    try:
        known = current(settings)()
    except PrivacyError:
        bad = f"{place(settings)} ist nicht lesbar oder mit einem anderen Schlüssel gemacht; was Personen sagen, wird nicht gespeichert."
        yield Line("master_data", "fail", bad, "nova privacy dictionary KUNDEN.csv")
        return
    yield Line("master_data", "ok", f"{len(known or ())} Werte aus Ihren Stammdaten werden in Texten ersetzt")


def env_file() -> Iterator[Line]:
    """Settings with secrets are not for everyone on the machine."""
    if not ENV.is_file():
        yield Line("env_file", "absent", "Keine .env in diesem Ordner; es gelten Umgebung und Vorgaben.")
        return
    bad = f"{ENV.resolve()} dürfen andere lesen ({_mode(ENV)}); darin können Schlüssel stehen."
    yield judged("env_file", not ENV.stat().st_mode & OTHERS, f"{ENV.resolve()} ({_mode(ENV)})", ("fail", bad, "chmod 600 .env"))


def _runner(folder: Path) -> int:
    """The user whom the running Nova runs as, else the one who asks."""
    there = owner(folder) if os.access(folder, os.R_OK | os.X_OK) else None
    process = Path("/proc") / str(there.pid) if there else None
    return process.stat().st_uid if process and process.exists() else os.geteuid()


def _mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:04o}"
