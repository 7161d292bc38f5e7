"""A signed-in client in; how the services of the running Nova are, and whether its door holds, out."""

from collections.abc import Iterator, Mapping
from typing import Any

from nova.cli.checks.line import Line, Status, judged
from nova.cli.client import Client
from nova.settings import Settings

STATUS: Mapping[str, Status] = {"ok": "ok", "absent": "absent", "degraded": "warn", "failed": "fail"}
SEEN_BEFORE = {"disk"}  # looked at without opening anything
FIXES = {
    "api": "nova down, dann nova up",
    "db": "Platz und Rechte des Datenordners prüfen, dann nova down und nova up",
    "qdrant": "nova reindex",
    "index": "nova reindex",
    "ollama": "Modellserver starten und das Modell laden (ollama pull NAME); Namen: GENERATE_MODEL, NOVA_OLLAMA_URL",
    "adapters": "nova train hosts",
    "tika": "make install; für einen Tika-Server NOVA_TIKA_URL prüfen",
    "minio": "Rechte und Platz des Datenordners prüfen",
    "jobs": "nova jobs list",
    "snapshots": "nova snapshot",
    "clamav": "ClamAV starten; Adresse: NOVA_CLAMAV",
    "workers": "nova worker starten, oder NOVA_JOB_WORKERS=2 für nova up",
    "thresholds": "config/kpi/thresholds.yaml im Datenordner berichtigen, oder auf der Seite „KPIs & Alarme“",
    "second_opinions": "config/kpi/second.yaml im Datenordner berichtigen",
    "vocabulary": "config/wortschatz.yaml im Datenordner (oder NOVA_VOCABULARY) berichtigen, oder unter Einstellungen › Wortschatz",
    "prompts": "die Prompt-Datei berichtigen: NOVA_PROMPTS",
    "master_data": "nova privacy dictionary KUNDEN.csv",
    "look": "nova monitor zeigt, was die Anlage aufhält; Näheres im Protokoll",
    "stream": "Broker starten und fehlende Themen anlegen; Adresse und Anmeldung: NOVA_KAFKA_SERVERS, NOVA_KAFKA_USER, NOVA_KAFKA_PASSWORD",
    "embed": "Modellserver starten und das Modell laden (ollama pull NAME); Namen: EMBED_MODEL, NOVA_OLLAMA_URL, NOVA_OPENAI_URL",
}
KEY_FIX = "ADMIN_API_KEY so setzen wie für das laufende Nova, dann nova doctor"
SERVERS = {
    "db": "Datenbankserver starten; Adresse und Passwort: NOVA_DATABASE_URL",
    "qdrant": "Qdrant starten; Adresse und Schlüssel: NOVA_QDRANT_URL, NOVA_QDRANT_KEY",
    "minio": "S3-Speicher starten; Adresse und Schlüssel: NOVA_S3_ENDPOINT, NOVA_S3_KEY_ID, NOVA_S3_SECRET",
    "tika": "Tika starten; Adresse: NOVA_TIKA_URL",
}
STRANGER = {"Origin": "https://fremd.example"}
OTHER_NAME = {"Host": "fremd.example"}


def services(report: Mapping[str, Any]) -> Iterator[Line]:
    """One line a service and a check of the health report; backups are named even where the report has none."""
    for name, service in report["services"].items():
        yield _line(name, service["status"], service.get("detail") or service.get("engine") or "", service.get("engine"))
    checks = {check["name"]: check for check in report.get("checks", ()) if check["name"] not in SEEN_BEFORE}
    for name, check in checks.items():
        yield _line(name, check["status"], check["detail"], None)
    if "snapshots" not in checks:
        yield Line("snapshots", "absent", "Nova sagt nichts über Sicherungen.")


def _line(name: str, status: str, detail: str, engine: str | None) -> Line:
    known: Status = STATUS.get(status, "fail")
    fix = SERVERS.get(name) if engine == "server" else None
    return Line(name, known, " ".join(detail.split()), "" if known in ("ok", "absent") else fix or FIXES.get(name, FIXES["api"]))


def door(client: Client, settings: Settings) -> Iterator[Line]:
    """Other origins get no permission, other host names no answer, and pages carry their policy."""
    _, headers = client.look("/healthz", STRANGER)
    wrong = []
    if "access-control-allow-origin" in headers:
        wrong.append("fremde Seiten dürfen mitlesen")
    if "content-security-policy" not in headers or headers.get("x-content-type-options") != "nosniff":
        wrong.append("Schutzangaben fehlen in den Antworten")
    if (settings.loopback or settings.NOVA_HOSTS) and client.look("/healthz", OTHER_NAME)[0] != 403:
        wrong.append("fremde Rechnernamen werden beantwortet")
    bad = ("fail", f"{', '.join(wrong)}.".capitalize(), "make install; antwortet hier wirklich Nova?")
    yield judged("door", not wrong, "fremde Seiten und Rechnernamen werden abgewiesen", bad)  # type: ignore[arg-type]
