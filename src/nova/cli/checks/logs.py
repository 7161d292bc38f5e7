"""Settings in; whether the log is for its owner only and free of secrets out."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from nova.cli.checks.line import Line, judged
from nova.effective import is_secret
from nova.governance.secrets import secrets_folder
from nova.settings import Settings

READ_BYTES = 20_000_000
SHORTEST = 8


def log_file(settings: Settings) -> Iterator[Line]:
    """Its mode and how much it tells."""
    file = settings.NOVA_LOG_FILE
    if settings.NOVA_LOG_LEVEL == "debug":
        yield Line("log_file", "warn", "NOVA_LOG_LEVEL=debug schreibt mehr, als ein Betrieb braucht.", "NOVA_LOG_LEVEL=info")
    elif file is None or not file.exists():
        yield Line("log_file", "absent", "Das Protokoll geht nur auf die Fehlerausgabe (NOVA_LOG_FILE).")
    else:
        bad = f"{file} dürfen andere lesen."
        yield judged("log_file", not file.stat().st_mode & 0o077, str(file), ("warn", bad, f"chmod 600 {file}"))


def log_secrets(settings: Settings) -> Iterator[Line]:
    """No key of this installation stands in any log that can be found."""
    found = [path for path in _logs(settings) if _holds(path, _secrets(settings))]
    names = ", ".join(str(path) for path in found)
    fix = "Datei löschen, dann den Schlüssel erneuern (secrets/admin.key löschen oder die Einstellung ändern) und Nova neu starten"
    yield judged("log_secrets", not found, "keine Schlüssel in Protokollen", ("fail", f"Ein Schlüssel steht im Klartext in {names}.", fix))


def _logs(settings: Settings) -> list[Path]:
    file = settings.NOVA_LOG_FILE
    own = list(file.parent.glob(f"{file.name}*")) if file else []
    return sorted({path for path in (*own, *settings.NOVA_DATA.glob("**/*.log")) if path.is_file()})


def _secrets(settings: Settings) -> list[bytes]:
    """Every secret in force; of an address with a password the password too."""
    given = [getattr(settings, name) for name, field in Settings.model_fields.items() if is_secret(field)]
    texts = [value.get_secret_value() for value in given if value is not None]
    passwords = [unquote(urlsplit(text).password or "") for text in texts if "://" in text]
    values = [text.encode() for text in (*texts, *passwords)]
    folder = secrets_folder(settings.NOVA_DATA)
    kept = [path.read_bytes().strip() for path in sorted(folder.glob("*.key"))] if folder.is_dir() else []
    return [value for value in (*values, *kept) if len(value) >= SHORTEST]


def _holds(path: Path, secrets: list[bytes]) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - READ_BYTES))
            text = file.read(READ_BYTES)
    except OSError:
        return False
    return any(secret in text for secret in secrets)
