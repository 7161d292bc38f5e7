"""The state of each service, asked through its port. What does not answer is named; what is not configured is absent, not broken."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nova import german
from nova.errors import NovaError
from nova.knowledge.dense import DenseRoom, state
from nova.ports import Generator, Scanner, Stream, Texts
from nova.ports.jobs import Jobs
from nova.ports.watching import Service

WITHOUT_EMBEDDINGS = "Die Suche geht solange ohne Einbettungen."
WITHOUT_MODEL = "Antworten werden solange aus Fundstellen zusammengestellt."
CONFINED = {True: "abgeschottet", "partly": "teilweise abgeschottet", False: "nicht abgeschottet"}


def asked(ask: Callable[[], Mapping[str, Any]], tell: Callable[[Mapping[str, Any]], str], engine: str) -> Service:
    """What a service says of itself, told by `tell`; failed, with the reason, where it does not answer."""
    began = time.perf_counter()
    try:
        found = ask()
    except NovaError as error:
        return Service("failed", error.message, engine)
    return Service("ok", tell(found), engine, round((time.perf_counter() - began) * 1000, 2), str(found.get("version", "")))


def generator(model: Generator) -> Service:
    """The language model: without it, or while it is away, answers are composed of passages."""
    if not model.model:
        return Service("absent", "Kein Sprachmodell eingerichtet; Antworten werden aus Fundstellen zusammengestellt.")
    service = asked(model.health, lambda _: f"Modell {model.model}", "server")
    return _only_degraded(service, WITHOUT_MODEL) if service.status == "failed" else service


def embedding(room: DenseRoom) -> Service:
    """The embedding model: degraded when it does not answer, since searching goes on without it."""
    detail = f"Modell {room.embedder.model}"
    try:
        detail = _progress(room)
        room.embedder.health()
    except NovaError as error:
        return Service("degraded", f"{detail} {error.message} {WITHOUT_EMBEDDINGS}", "server")
    return Service("ok", detail, "server")


def readers(texts: Texts, engine: str) -> Service:
    """The built-in readers; a Tika server that is away takes only its own kinds with it."""
    found: dict[str, Any] = {}

    def ask() -> Mapping[str, Any]:
        found.update(texts.health())
        return found | {"version": found.get("tika", "")}

    service = asked(ask, _readers, engine)
    if "tika_error" in found:
        detail = f"{found['tika_error']} PDF, Word, PowerPoint, Excel, HTML, Text und Scans werden weiter gelesen."
        return replace(service, status="degraded", detail=detail)
    return service


def stream(brokers: Stream | None) -> Service:
    """Kafka: events come over HTTP where it is not set up, and also while it is away."""
    if brokers is None:
        return Service("absent", "Kein Kafka eingerichtet; Ereignisse kommen über die Schnittstelle.")
    found: dict[str, Any] = {}

    def ask(health: Callable[[], Mapping[str, Any]] = brokers.health) -> Mapping[str, Any]:
        found.update(health())
        return found

    service = asked(ask, _brokers, "server")
    lacking = service.status == "failed" or found.get("missing") or found.get("refused")
    return _only_degraded(service) if lacking else service


def scanner(found: Scanner | None) -> Service:
    """ClamAV."""
    if found is None:
        return Service("absent", "Nicht eingerichtet; hochgeladene Dateien werden nicht auf Viren geprüft (NOVA_CLAMAV).")
    return asked(found.health, _signatures, "server")


def jobs(queue: Jobs) -> Service:
    """The queue, by how many jobs run."""
    return asked(lambda: {"running": len(queue.list(states=("running",), limit=50))}, _jobs, "embedded")


def database(found: Mapping[str, Any]) -> str:
    """What the database says of itself, in words."""
    return f"PostgreSQL {found['version']}, {german.size(int(found['bytes']))}"


def index(found: Mapping[str, Any]) -> str:
    """What the index says of itself, in words."""
    lacking = ", wird gerade aufgebaut" if found.get("rebuild_needed") else ""
    return f"{found.get('name', 'Qdrant Edge')} {found.get('version', '')}, {found['points']} Passagen{lacking}"


def objects(found: Mapping[str, Any]) -> str:
    """What the store of files says of itself, in words."""
    return str(found.get("place") or found.get("name") or "Dateien")


def _only_degraded(service: Service, meanwhile: str = "") -> Service:
    return replace(service, status="degraded", detail=f"{service.detail} {meanwhile}".rstrip())


def _progress(room: DenseRoom) -> str:
    model, filled = state(room.index, room.embedder.model)
    note = f" {room.embedder.note}" if room.embedder.note else ""
    head = f"Modell {room.embedder.model}"
    if model is None or model.state != "live":
        return f"{head}, {filled.seen} von {filled.total} Passagen eingebettet.{note}"
    worth = f"Gewicht {german.short(model.weight)}" if model.measured.get("settled", model.measured) else "noch nicht gemessen"
    return f"{head}, {worth}, {filled.seen} von {filled.total} Passagen.{note}"


def _brokers(found: Mapping[str, Any]) -> str:
    said = [f"{found['name']}, {found['brokers']} Broker"]
    if missing := found.get("missing"):
        said.append(f"es fehlen die Themen {', '.join(missing)} oder das Recht daran")
    return "; ".join([*said, *(f"Lesen wird abgelehnt ({reason})" for reason in found.get("refused", ()))])


def _signatures(found: Mapping[str, Any]) -> str:
    return f"ClamAV {found['version']}, Signaturen {found['signatures']}" if found["signatures"] else f"ClamAV {found['version']}"


def _readers(found: Mapping[str, Any]) -> str:
    ocr = "mit Texterkennung für Scans" if found.get("ocr") else "ohne Texterkennung für Scans"
    tika = f", Apache Tika {found['tika']} für weitere Arten" if found.get("tika") else ""
    return f"Eingebaute Leser, {ocr}, {CONFINED.get(found.get('confined', False))}{tika}"


def _jobs(found: Mapping[str, Any]) -> str:
    return f"{found['running']} laufen" if found["running"] else "Nichts zu tun"
