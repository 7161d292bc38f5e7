"""Open engines in, the state of every service out. What does not answer is named; what is not configured is absent, not broken."""

import platform
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from nova import __version__, german
from nova.api.operation import backups
from nova.api.operation.probes import at_once
from nova.api.operation.weighing import embedding
from nova.errors import Misconfigured, NovaError, PrivacyError
from nova.knowledge.index import missing
from nova.kpi.rules import thresholds

if TYPE_CHECKING:
    from nova.wiring import Nova

ORDER = ("ok", "degraded", "failed")
PATIENCE_SECONDS = 15.0
LEAST_FREE_BYTES = 1_000_000_000
Service = dict[str, Any]


def check_health(nova: "Nova") -> dict[str, Any]:
    """Services, versions and checks; the worst of them is the status. Optional servers only degrade it."""
    settings = nova.settings
    answers = at_once(
        {
            "db": lambda: _asked(nova.db.health, _database, "server" if settings.NOVA_DATABASE_URL else "embedded"),
            "qdrant": lambda: _asked(nova.index.health, _index, "server" if settings.NOVA_QDRANT_URL else "embedded"),
            "ollama": lambda: _generator(nova),
            **({"embed": partial(embedding, nova.dense)} if nova.dense else {}),
            "tika": lambda: _readers(nova),
            "minio": lambda: _asked(nova.objects.health, _objects, "server" if settings.NOVA_S3_URL else "embedded"),
            "jobs": lambda: _asked(lambda: {"running": len(nova.jobs.list(states=("running",), limit=50))}, _jobs, "embedded"),
            "stream": lambda: _stream(nova),
            "clamav": lambda: _scanner(nova),
        },
        PATIENCE_SECONDS,
        _service("failed", f"Antwortet nicht innerhalb von {PATIENCE_SECONDS:g} s."),
    )
    services = {"api": _service("ok", f"Nova {__version__}")} | {name: dict(answer) for name, answer in answers.items()}
    checks = [_disk(nova), backups.check(settings)]
    if services["db"]["status"] == "ok":
        checks += [_index_level(nova), *_workers(nova)]
    checks += [*_thresholds(nova), *_master_data(nova)]
    states = [str(part["status"]) for part in (*services.values(), *checks)]
    worst = max((state for state in states if state in ORDER), key=ORDER.index)
    return {"status": worst, "services": services, "versions": _versions(services), "checks": checks}


def service_states(nova: "Nova") -> dict[str, Any]:
    """Only the services, for the live stream."""
    health = check_health(nova)
    return {"status": health["status"], "services": health["services"]}


def _asked(ask: Callable[[], Mapping[str, Any]], tell: Callable[[Mapping[str, Any]], str], engine: str) -> Service:
    began = time.perf_counter()
    try:
        found = ask()
    except NovaError as error:
        return _service("failed", error.message, engine)
    return _service("ok", tell(found), engine, (time.perf_counter() - began) * 1000, str(found.get("version", "")))


def _service(status: str, detail: str, engine: str | None = None, latency_ms: float | None = None, version: str = "") -> Service:
    latency = None if latency_ms is None else round(latency_ms, 2)
    return {"status": status, "detail": detail, "latency_ms": latency, "engine": engine, "version": version}


def _generator(nova: "Nova") -> Service:
    if not nova.generator.model:
        return _service("absent", "Kein Sprachmodell eingerichtet; Antworten werden aus Fundstellen zusammengestellt.")
    service = _asked(nova.generator.health, lambda _: f"Modell {nova.generator.model}", "server")
    if service["status"] == "failed":
        detail = f"{service['detail']} Antworten werden solange aus Fundstellen zusammengestellt."
        return service | {"status": "degraded", "detail": detail}
    return service


def _readers(nova: "Nova") -> Service:
    """The built-in readers; a Tika server that is away takes only its own kinds with it."""
    found: dict[str, Any] = {}

    def ask() -> Mapping[str, Any]:
        found.update(nova.texts.health())
        return found | {"version": found.get("tika", "")}

    service = _asked(ask, _texts, "server" if nova.settings.NOVA_TIKA_URL else "embedded")
    if "tika_error" in found:
        detail = f"{found['tika_error']} PDF, Word, PowerPoint, Excel, HTML, Text und Scans werden weiter gelesen."
        return service | {"status": "degraded", "detail": detail}
    return service


def _stream(nova: "Nova") -> Service:
    if nova.brokers is None:
        return _service("absent", "Kein Kafka eingerichtet; Ereignisse kommen über die Schnittstelle.")
    found: dict[str, Any] = {}

    def ask(health: Callable[[], Mapping[str, Any]] = nova.brokers.health) -> Mapping[str, Any]:
        found.update(health())
        return found

    service = _asked(ask, _brokers, "server")
    lacking = service["status"] == "failed" or found.get("missing") or found.get("refused")
    return service | {"status": "degraded"} if lacking else service


def _brokers(found: Mapping[str, Any]) -> str:
    said = [f"{found['name']}, {found['brokers']} Broker"]
    if missing := found.get("missing"):
        said.append(f"es fehlen die Themen {', '.join(missing)} oder das Recht daran")
    return "; ".join([*said, *(f"Lesen wird abgelehnt ({reason})" for reason in found.get("refused", ()))])


def _scanner(nova: "Nova") -> Service:
    scanner = nova.intake.inspection.scanner
    if scanner is None:
        return _service("absent", "Nicht eingerichtet; hochgeladene Dateien werden nicht auf Viren geprüft (NOVA_CLAMAV).")
    return _asked(scanner.health, _signatures, "server")


def _signatures(found: Mapping[str, Any]) -> str:
    return f"ClamAV {found['version']}, Signaturen {found['signatures']}" if found["signatures"] else f"ClamAV {found['version']}"


def _workers(nova: "Nova") -> Iterator[dict[str, str]]:
    """Who does the jobs, where that need not be this process."""
    if nova.settings.NOVA_DATABASE_URL is None:
        return
    try:
        found = nova.jobs.workers()
    except NovaError as error:
        yield {"name": "workers", "status": "failed", "detail": error.message}
        return
    slots = sum(worker.slots for worker in found)
    if found:
        yield {"name": "workers", "status": "ok", "detail": f"{len(found)} Prozesse erledigen bis zu {slots} Aufträge zugleich"}
    else:
        detail = "Niemand erledigt Aufträge: NOVA_JOB_WORKERS ist 0 und kein `nova worker` läuft."
        yield {"name": "workers", "status": "degraded", "detail": detail}


def _thresholds(nova: "Nova") -> Iterator[dict[str, str]]:
    """Named only where the operator's own file is wrong, because no rule is evaluated then."""
    try:
        thresholds.load(nova.settings.thresholds_path)
    except Misconfigured as error:
        yield {"name": "thresholds", "status": "degraded", "detail": f"Keine Regel wird bewertet. {error.message}"}


def _master_data(nova: "Nova") -> Iterator[dict[str, str]]:
    """Named only where the company's dictionary cannot be read: nothing is stored unchecked, so no words are stored."""
    try:
        nova.master()
    except PrivacyError as error:
        yield {"name": "master_data", "status": "degraded", "detail": f"Was Personen sagen, wird nicht gespeichert. {error.message}"}


def _database(found: Mapping[str, Any]) -> str:
    return f"PostgreSQL {found['version']}, {_size(int(found['bytes']))}"


def _index(found: Mapping[str, Any]) -> str:
    lacking = ", wird gerade aufgebaut" if found.get("rebuild_needed") else ""
    return f"{found.get('name', 'Qdrant Edge')} {found.get('version', '')}, {found['points']} Passagen{lacking}"


def _texts(found: Mapping[str, Any]) -> str:
    ocr = "mit Texterkennung für Scans" if found.get("ocr") else "ohne Texterkennung für Scans"
    confined = {True: "abgeschottet", "partly": "teilweise abgeschottet", False: "nicht abgeschottet"}
    tika = f", Apache Tika {found['tika']} für weitere Arten" if found.get("tika") else ""
    return f"Eingebaute Leser, {ocr}, {confined.get(found.get('confined', False))}{tika}"


def _objects(found: Mapping[str, Any]) -> str:
    return str(found.get("place") or found.get("name") or "Dateien")


def _jobs(found: Mapping[str, Any]) -> str:
    return f"{found['running']} laufen" if found["running"] else "Nichts zu tun"


def _disk(nova: "Nova") -> dict[str, str]:
    free = shutil.disk_usage(nova.settings.NOVA_DATA).free
    low = free < LEAST_FREE_BYTES
    return {"name": "disk", "status": "degraded" if low else "ok", "detail": f"{_size(free)} frei im Datenordner"}


def _index_level(nova: "Nova") -> dict[str, str]:
    """Whether the index holds as many passages as Postgres; looked at twice, because a change that is just applied may count."""
    try:
        apart = missing(nova.index_room) and missing(nova.index_room)
    except NovaError:
        return {"name": "index", "status": "degraded", "detail": "Der Stand ist nicht prüfbar, solange ein Dienst fehlt"}
    detail = f"{apart} Passagen weichen von der Datenbank ab" if apart else "Gleichauf mit der Datenbank"
    return {"name": "index", "status": "degraded" if apart else "ok", "detail": detail}


def _versions(services: Mapping[str, Service]) -> dict[str, str]:
    found = {name: str(service.pop("version")) for name, service in services.items()}
    named = {name: version for name, version in found.items() if version}
    return {"nova": __version__, "python": platform.python_version()} | named


def _size(count: int) -> str:
    value, units = float(count), ["B", "kB", "MB", "GB", "TB"]
    while value >= 1000 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return f"{german.plain(value)} {units[0]}"
