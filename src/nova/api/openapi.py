"""The app's routes in, their description out: every door, every error, no 422."""

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from nova import __version__
from nova.api.doors import DoorRoute
from nova.api.models.answers import ErrorEvent, PassagesEvent, SentenceEvent, StatusEvent
from nova.api.models.common import NO_NUL
from nova.api.models.people.consents import SessionDelivery
from nova.api.models.seeding import DeliveryOrder, RunOrder
from nova.api.models.system import HealthEvent
from nova.api.protocol.envelope import Failure, OpenAIFailure
from nova.api.protocol.errors import is_openai
from nova.roles import Capability, those_who_may

Schema = dict[str, Any]
REF = "#/components/schemas/"
DESCRIPTION = (
    "Nova beantwortet Fragen zu Ihren Dokumenten mit geprüften Belegen. Jede JSON-Antwort hat dieselbe Hülle: "
    "`status`, `message`, `data`, `trace_id`. Programme senden `X-Admin-Key` oder `Authorization: Bearer <Token>`; "
    "Browser melden sich unter `/api/v1/sign-in` an (mit Schlüssel oder Token: `/api/v1/session`) und senden bei ändernden Anfragen "
    "`X-CSRF-Token`. Jede Person hat eine Rolle; was sie darf, zeigt `/api/v1/roles`. Wen ein Weg zulässt, steht hinter `Bearer`, "
    "ohne Angabe genügt jede Person. Der Betriebsschlüssel öffnet alles außer den Wegen der Dienstkonten."
)
SECURITY = {
    "AdminKey": {"type": "apiKey", "in": "header", "name": "X-Admin-Key"},
    "Bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "Session": {"type": "apiKey", "in": "cookie", "name": "nova_session"},
}
HEADERS = {
    "TraceId": {"description": "The request's id, as in `trace_id`.", "required": True, "schema": {"type": "string", "format": "uuid"}},
    "RetryAfter": {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}},
}
TRACED = {"X-Trace-Id": {"$ref": "#/components/headers/TraceId"}}
JSON: Schema = {
    "description": "Any JSON value whose texts and names hold no NUL character.",
    "anyOf": [
        {"type": ["number", "boolean", "null"]},
        {"type": "string", "pattern": NO_NUL},
        {"type": "array", "items": {"$ref": REF + "Json"}},
        {"type": "object", "propertyNames": {"pattern": NO_NUL}, "additionalProperties": {"$ref": REF + "Json"}},
    ],
}
EVENTS = (StatusEvent, PassagesEvent, SentenceEvent, ErrorEvent, HealthEvent)  # used inside streams only
MAY_MISS = (
    "/seeding/people",
    "/training/preflight",
    "/training/runs",
    "/hook/seed-run",
    "/hook/deliver",
    "/seeding/corrections",
    "/invitations/",
    "/handovers",
    "/sign-in/sso",
    "/me/account",
    "/reidentify",
    "/thresholds",
    "/tickets",
    "/feedback",
    "/events",
    "/bulk",
    "/reindex",
)  # their bodies name things
GONE = ("/subjects/find", "/admin/erasures", "/me/data", "/me/objection", "/me/erasure")  # a person may have been erased a moment ago
HOOK = "/hook/"
OWNED = ("/data/meters/{meter_id}", "/assignments")  # whose they are to be has as many as they may
# Somebody else may have been quicker.
EDITED = (
    "/consent",
    "/consents",
    "/admin/keys",
    "/hook/sophia-session",
    "/hook/seed-run",
    "/hook/deliver",
    "/thresholds",
    "/vocabulary",
    "/tickets",
    "/tickets/{ticket_id}",
    "/seeding/corrections",
    *OWNED,
)
STEPS = ("/steps", "/again", "/gap-steps/{step_id}")
TAKEN = (
    "/handovers",
    "/{handover_id}",
    "/retry",
    "/weigh",
    "/feeds/{name}",
    "/decision",
    "/settlement",
    "/claim",
    "/reidentify",
    "/take-back",
    "/{dataset}/live",
    "/{dataset}/rollback",
    "/{engine}/rollback",
    "/{engine}/deliver",
    "/training/dataset/file",
    "/training/preflight",
    "/training/runs",
    "/{train_run}/pause",
    "/{train_run}/resume",
    "/{train_run}/cancel",
    "/policies/{name}/promote",
    "/policies/rollback",
    "/review/next",
    "/{train_run}/pause",
    "/{train_run}/resume",
    "/{train_run}/cancel",
    "/training/preflight",
    "/training/runs",
    "/{train_run}/review",
    "/review/votes",
    "/{train_run}/evaluation",
    "/{train_run}/card",
    "/{train_run}/keys",
    "/serving/back",
    "/serving/trial",
    "/serving/trial/end",
    "/serving/champion",
    *STEPS,
)
NAMED = (
    "/subjects/{subject_id}",
    "/admin/people",
    "/people/import",
    "/{user_id}",
    "/invitation",
    "/{approval_id}",
    "/admin/erasures",
)  # somebody else may have the name
WAYS_IN = ("/me/account", "/invitations/passkey")  # at most so many, one at least, and none twice
PROVED = ("/api/v1/session", "/api/v1/sign-in/", "/api/v1/invitations/", "/api/v1/me/account")  # what they are opened by may be wrong
LEARNT = ("/{entry_id}/undo", "/{entry_id}/decide", "/admin/prompts", "/{prompt}/try", "/{prompt}/promote", "/{prompt}/rollback")
THINGS = ("history", "smartmeter", "market", "signals", "figures", "prices", "export", "readings", "forecasts", "schedule")
NAME_THINGS = (*(f"/api/v1/data/{name}" for name in THINGS), "/api/v1/recommend", "/api/v1/me", "/api/v1/admin/consents")
TUNED = ("dataset", "dataset/file", "preflight", "runs", "serving/trial", "serving/champion")
NAME_THINGS += tuple(f"/api/v1/training/{name}" for name in TUNED)
ERRORS = {
    400: "Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`).",
    401: "Nicht angemeldet (`not_signed_in`).",
    403: "Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`), oder die Anmeldung ist dafür zu lange her "
    "(`fresh_sign_in`).",
    404: "Das gibt es nicht (`not_found`).",
    408: "Die Anfrage kam zu langsam an (`too_slow`).",
    409: "Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), "
    "oder die Person belegt schon so viel, wie sie darf (`quota`).",
    413: "Die Anfrage ist zu groß (`too_large`).",
    429: "Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten "
    "(`quota`); `Retry-After` in Sekunden.",
    500: "Unerwarteter Fehler (`internal`).",
    503: "Gerade nicht möglich (`busy`, `server_absent`).",
    507: "Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`).",
}


def describe(app: FastAPI, routers: Iterable[APIRouter]) -> Schema:
    """The description of the app, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(title="Nova", version=__version__, description=DESCRIPTION, routes=app.routes)
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    components |= _other_schemas()
    components["EventRequest"]["properties"]["meta"]["additionalProperties"] = {"$ref": REF + "Json"}
    schema["components"] |= {"securitySchemes": SECURITY, "headers": HEADERS, "responses": _failures()}
    for route, operation in _operations(schema, routers):
        _complete(route, operation)
    app.openapi_schema = schema
    return schema


def _other_schemas() -> Schema:
    found: Schema = {}
    for model in (Failure, OpenAIFailure, *EVENTS):
        schema = model.model_json_schema(ref_template=REF + "{model}", mode="serialization")
        found |= schema.pop("$defs", {}) | {model.__name__: schema}
    for delivery in (SessionDelivery, RunOrder, DeliveryOrder):  # read by hand, once its signature is right
        signed = delivery.model_json_schema(ref_template=REF + "{model}")
        found |= signed.pop("$defs", {}) | {delivery.__name__: signed}
    return found | {"Json": JSON}


def _failures() -> Schema:
    """The error answers, which operations share: one a status and shape."""
    found: Schema = {}
    for kind in (Failure.__name__, OpenAIFailure.__name__):
        content = {"application/json": {"schema": {"$ref": REF + kind}}}
        found |= {f"{kind}{status}": {"description": told, "content": content, "headers": dict(TRACED)} for status, told in ERRORS.items()}
        found[f"{kind}429"]["headers"]["Retry-After"] = {"$ref": "#/components/headers/RetryAfter"}
    return found


def _operations(schema: Schema, routers: Iterable[APIRouter]) -> Iterator[tuple[DoorRoute, Schema]]:
    for router in routers:
        for route in router.routes:
            if isinstance(route, DoorRoute) and route.include_in_schema:
                for method in route.methods or ():
                    yield route, schema["paths"][route.path_format][method.lower()]


def _complete(route: DoorRoute, operation: Schema) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    if route.needs:
        operation["security"] = _security(route.needs)
    for response in responses.values():
        response["headers"] = dict(TRACED)
    kind = "OpenAIFailure" if is_openai(route.path) else "Failure"
    for status in _statuses(route, operation):
        responses.setdefault(str(status), {"$ref": f"#/components/responses/{kind}{status}"})


def _security(needs: frozenset[Capability]) -> list[Schema]:
    """Which keys open a door; the names behind a token or a session are the roles it needs, none means any person."""
    roles = sorted(those_who_may(*needs))
    if roles == ["service"]:
        return [{"Bearer": ["service"]}]
    if needs == {"use"}:
        return [{"AdminKey": []}, {"Bearer": []}, {"Session": []}]
    return [{"AdminKey": []}, *({scheme: [role]} for scheme in ("Bearer", "Session") for role in roles)]


def _statuses(route: DoorRoute, operation: Schema) -> list[int]:
    path, changes = route.path, bool((route.methods or set()) - {"GET", "HEAD"})
    may_come = {
        401: _may_be_unknown(route, changes=changes),
        404: _may_miss(path),
        408: "requestBody" in operation,
        409: _may_clash(route, changes=changes),
        413: "requestBody" in operation,
        507: changes,
    }
    return sorted({400, 403, 429, 500, 503} | {status for status, comes in may_come.items() if comes})


def _may_be_unknown(route: DoorRoute, *, changes: bool) -> bool:
    """Whether somebody has to say, or to prove, who they are."""
    return bool(route.needs) or route.path == "/metrics" or (changes and route.path.startswith((*PROVED, HOOK)))


def _may_miss(path: str) -> bool:
    """Whether what is asked for may not be there."""
    return "{" in path or path in NAME_THINGS or any(part in path for part in (*MAY_MISS, *GONE))


def _may_clash(route: DoorRoute, *, changes: bool) -> bool:
    """Whether somebody else may have been quicker, or the state may not allow it."""
    taken = route.way == "upload" or route.path.endswith(TAKEN)
    edited = route.path.endswith((*EDITED, *LEARNT, *NAMED)) or any(part in route.path for part in WAYS_IN)
    return taken or (changes and edited)
