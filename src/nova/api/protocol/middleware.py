"""Every request in; out come a trace id, a log line, counts, safe headers, and refusals that cost nothing. Plain ASGI, one wrapper each."""

import asyncio
import time
from collections.abc import Iterable
from math import inf
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nova.api.protocol.envelope import trace
from nova.api.protocol.errors import INTERNAL, BodyTooLarge, BodyTooSlow, answer_failure, not_known, too_large
from nova.api.protocol.methods import Methods
from nova.api.protocol.metrics import Metrics
from nova.courtesy import waiting
from nova.logs import get_logger
from nova.settings import Settings

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
QUIET = frozenset({"/healthz", "/metrics"})
BODY_LIMIT = 2 * 1024 * 1024
BODY_SECONDS = 30.0
BODY_PACE = 4096  # bytes a second, once those seconds are over
UPLOAD_PATHS = ("/api/v1/ingest/doc", "/api/v1/data/import")
FORM_OVERHEAD = 64 * 1024
log = get_logger(__name__)


class Traced:
    """Outermost: gives the request its id, logs and counts how it ended, and answers what nobody named. No bodies, no query strings."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = str(uuid4())
        token = trace.set(request_id)
        structlog.contextvars.bind_contextvars(trace_id=request_id)
        began = time.perf_counter()
        status = 0

        async def traced(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Trace-Id"] = request_id
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            with waiting():
                await self.app(scope, receive, traced)
        except Exception:
            log.exception("request_failed", method=scope["method"], route=_route(scope))
            if status == 0:
                await answer_failure(scope["path"], 500, "internal", INTERNAL)(scope, receive, traced)
        finally:
            self._note(scope, status, time.perf_counter() - began)
            structlog.contextvars.unbind_contextvars("trace_id")
            trace.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        self.metrics.request(scope["method"], route, status, seconds)
        if route not in QUIET:
            log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


class Guarded:
    """Refuses foreign host names (DNS rebinding), unknown methods, and bodies that are too large or too slow, before anything is parsed."""

    def __init__(self, app: ASGIApp, settings: Settings, methods: Methods) -> None:
        self.app = app
        self.methods = methods
        self.hosts = _hosts(settings)
        self.upload_limit = settings.upload_bytes + FORM_OVERHEAD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host, length = _host_and_length(scope["headers"])
        if self.hosts and host not in self.hosts:
            message = "Unter diesem Rechnernamen ist Nova nicht erreichbar. Die Einstellung NOVA_HOSTS nennt die erlaubten Namen."
            await answer_failure(scope["path"], 403, "not_allowed", message)(scope, receive, send)
            return
        known = self.methods.of(scope["path"])
        if known is not None and scope["method"] not in known:
            await not_known(scope["path"], known)(scope, receive, send)
            return
        limit = self.upload_limit if scope["path"] in UPLOAD_PATHS else BODY_LIMIT
        if length > limit:
            await answer_failure(scope["path"], 413, "too_large", too_large(limit))(scope, receive, send)
            return
        await self.app(scope, _counted(receive, limit), send)


def _counted(receive: Receive, limit: int) -> Receive:
    """Bounds a body's length and, as long as it comes, its slowness."""
    total, until = 0, 0.0

    async def counted() -> Message:
        nonlocal total, until
        if until == inf:
            return await receive()
        until = until or asyncio.get_running_loop().time() + BODY_SECONDS
        try:
            async with asyncio.timeout_at(until + total / BODY_PACE):
                message = await receive()
        except TimeoutError:
            raise BodyTooSlow from None
        if message["type"] == "http.request":
            total += len(message.get("body", b""))
            if total > limit:
                raise BodyTooLarge(limit)
        if not message.get("more_body", False):
            until = inf
        return message

    return counted


def _host_and_length(headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, int]:
    host, length = "", 0
    for name, value in headers:
        if name == b"host":
            host = value.decode("latin-1").rsplit(":", 1)[0] if not value.endswith(b"]") else value.decode("latin-1")
        elif name == b"content-length" and value.isdigit():
            length = int(value[:20])  # more digits say no more
    return host.strip("[]").lower(), length


def _hosts(settings: Settings) -> frozenset[str]:
    """Names Nova answers to; empty means any."""
    if not settings.loopback and not settings.NOVA_HOSTS:
        return frozenset()
    own = {settings.NOVA_HOST.strip("[]").lower(), *(name.lower() for name in settings.NOVA_HOSTS)}
    return frozenset(own | {"localhost", "127.0.0.1", "::1"})


def _route(scope: Scope) -> str:
    path: str = getattr(scope.get("route"), "path", "") or scope.get("nova_route", "")
    return path or "(none)"
