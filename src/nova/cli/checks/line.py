"""What one check found: an id that stays, how it is, a German sentence, and the command or setting that mends it."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "warn", "fail", "absent"]
WORST_FIRST: tuple[Status, ...] = ("fail", "warn", "absent", "ok")
NAMES = {
    "python": "Python",
    "packages": "Pakete",
    "user": "Benutzer",
    "data_folder": "Datenordner",
    "secrets": "Geheimnisse",
    "master_data": "Stammdaten",
    "env_file": ".env",
    "admin_key": "Betreiberschlüssel",
    "metrics_key": "Kennzahlen",
    "bind": "Adresse",
    "hosts": "Rechnernamen",
    "proxies": "Vermittler",
    "https": "Verschlüsselung",
    "dev_users": "X-Dev-User",
    "rate_limits": "Anfragegrenzen",
    "fetch": "Abruf von Adressen",
    "clamav": "Virenprüfung",
    "hotline": "Störungsnummer",
    "log_file": "Protokolldatei",
    "log_secrets": "Protokollinhalt",
    "disk": "Freier Platz",
    "descriptors": "Offene Dateien",
    "clock": "Uhr",
    "ocr": "Texterkennung",
    "running": "Nova",
    "door": "Eingang",
    "api": "Webserver",
    "db": "Datenbank",
    "qdrant": "Suchindex",
    "index": "Stand des Index",
    "ollama": "Sprachmodell",
    "adapters": "Trainiertes Modell",
    "tika": "Texte lesen",
    "minio": "Dateien",
    "jobs": "Aufträge",
    "snapshots": "Sicherungen",
    "embed": "Einbettungen",
    "stream": "Ereignisstrom",
    "workers": "Arbeitsprozesse",
    "thresholds": "Schwellen",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report. `fix` is empty where nothing is to be done."""

    id: str
    status: Status
    detail: str
    fix: str = ""

    @property
    def name(self) -> str:
        """Its name for people."""
        return NAMES.get(self.id, self.id)


def judged(check_id: str, good: bool, detail: str, bad: tuple[Status, str, str]) -> Line:
    """`ok` with `detail`, or else `bad`: status, detail, fix."""
    return Line(check_id, "ok", detail) if good else Line(check_id, *bad)
