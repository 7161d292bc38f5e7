"""Options that name a key file or a passphrase file in, what opens a snapshot out. Secrets come from files, never from a command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nova.errors import InvalidInput

if TYPE_CHECKING:
    from nova.wiring import archive

SHORTEST_PASSPHRASE = 10
FILE = click.Path(dir_okay=False, path_type=Path, allow_dash=True)

identity_option = click.option("--identity", type=FILE, metavar="DATEI", help="Geheimer age-Schlüssel, für den verschlüsselt wurde.")
passphrase_option = click.option(
    "--passphrase-file", type=FILE, metavar="DATEI", help="Datei, deren erste Zeile das Kennwort ist; - liest es."
)


def key_from(identity: Path | None, passphrase_file: Path | None) -> "archive.Key":
    """What opens a file; nothing named means a plain one."""
    from nova.wiring import archive

    if identity is not None and passphrase_file is not None:
        raise InvalidInput("--identity und --passphrase-file schließen einander aus.")
    return archive.Key(
        identity="" if identity is None else _text(identity),
        passphrase="" if passphrase_file is None else passphrase_from(passphrase_file),
    )


def passphrase_from(file: Path) -> str:
    """The first line of a file; InvalidInput when it is shorter than ten characters."""
    passphrase = (_text(file).splitlines() or [""])[0].strip()
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise InvalidInput(f"Das Kennwort braucht mindestens {SHORTEST_PASSPHRASE} Zeichen.")
    return passphrase


def _text(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as opened:
            text: Any = opened.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file} lässt sich nicht lesen.") from error
    return str(text)
