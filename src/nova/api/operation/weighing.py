"""The embedding model's place in the operator's view: its state among the services, and the request to measure it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from nova import german
from nova.errors import Conflict, NovaError
from nova.knowledge.dense import DenseRoom, state
from nova.knowledge.kinds import WEIGH
from nova.records import Caller

if TYPE_CHECKING:
    from nova.wiring import Nova

WITHOUT = "Die Suche geht solange ohne Einbettungen."


def request_weighing(nova: "Nova", who: Caller, questions: Sequence[Mapping[str, Any]]) -> UUID:
    """Queue the job; Conflict when no embedding model is configured."""
    if nova.dense is None:
        raise Conflict("Es ist kein Einbettungsmodell eingerichtet (EMBED_MODEL).")
    with nova.db.transaction() as conn:
        job_id = nova.jobs.start(WEIGH, {"questions": list(questions)}, connection=conn)
        nova.audit.record(who, "index.weigh", "index", {"questions": len(questions)}, connection=conn)
    return job_id


def embedding(room: DenseRoom) -> dict[str, Any]:
    """The service `embed`: degraded when the model does not answer, since searching goes on without it."""
    status, detail = "ok", f"Modell {room.embedder.model}"
    try:
        detail = _stands(room)
        room.embedder.health()
    except NovaError as error:
        status, detail = "degraded", f"{detail} {error.message} {WITHOUT}"
    return {"status": status, "detail": detail, "latency_ms": None, "engine": "server", "version": ""}


def _stands(room: DenseRoom) -> str:
    model, filled = state(room.index, room.embedder.model)
    note = f" {room.embedder.note}" if room.embedder.note else ""
    head = f"Modell {room.embedder.model}"
    if model is None or model.state != "live":
        return f"{head}, {filled.seen} von {filled.total} Passagen eingebettet.{note}"
    worth = f"Gewicht {german.short(model.weight)}" if model.measured.get("settled", model.measured) else "noch nicht gemessen"
    return f"{head}, {worth}, {filled.seen} von {filled.total} Passagen.{note}"
