"""Bytes of connections in, requests out, within limits uvicorn has not got: on connections, on waiting for heads, on readers who stall.

What is no HTTP at all, or too much, is answered by the envelope like everything else.
"""

import asyncio
import fcntl
import resource
import struct
import termios
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from nova.api.protocol.envelope import JSON, failed, trace
from nova.logs import get_logger

GRACE_SECONDS = 3
MOST_FILES = 16_384
LEAST_TAKEN = 16_384
PHRASES = {400: b"Bad Request", 503: b"Service Unavailable"}
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """`connections` open at once; seconds to send a request's head, to take 16 KiB of what is waiting, and to end a body nobody reads."""

    connections: int
    head_s: float = 20.0
    stall_s: float = 60.0
    linger_s: float = 5.0


class Connection(H11Protocol):
    """One connection."""

    def __init__(self, *args: Any, limits: Limits, **more: Any) -> None:
        super().__init__(*args, **more)
        self._limits = limits
        self._waiting: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._left = 0
        self._ending: asyncio.TimerHandle | None = None
        self._shown_out = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there; 503 when too many are."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.connections:
            self._refuse(503, "busy", "Gerade sind zu viele Verbindungen offen. Bitte versuchen Sie es gleich noch einmal.")
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over, whoever ended it."""
        for timer in (self._waiting, self._stalled, self._ending):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes of a request."""
        if self._shown_out:
            return
        super().data_received(data)
        if self._answering:
            self._stop_waiting()
        elif self._waiting is None:
            self._await_head()

    def on_response_complete(self) -> None:
        """The answer is written; a body that still comes has little time left to end."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY and not self.transport.is_closing():
            self._ending = self.loop.call_later(self._limits.linger_s, self._end)

    def pause_writing(self) -> None:
        """The reader takes less than is written."""
        super().pause_writing()
        self._left = self._untaken()
        self._stalled = self._stalled or self.loop.call_later(self._limits.stall_s, self._look_whether_taken)

    def resume_writing(self) -> None:
        """The reader has taken it."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP."""
        self._refuse(400, "validation", "Das ist keine gültige HTTP-Anfrage.")

    def _unsupported_upgrade_warning(self) -> None:
        """Answered as a plain request; nothing to report."""

    @property
    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _await_head(self) -> None:
        self._waiting = self.loop.call_later(self._limits.head_s, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _end(self) -> None:
        if not self._answering and self.conn.their_state is h11.SEND_BODY:
            self.transport.close()

    def _look_whether_taken(self) -> None:
        """Megabytes lie in the system's buffers: a slow reader may take long to make room again, so what was taken counts."""
        left = self._untaken()
        if left > self._left - LEAST_TAKEN:
            log.info("reader_stalled", seconds=self._limits.stall_s)
            self.transport.abort()
            return
        self._left = left
        self._stalled = self.loop.call_later(self._limits.stall_s, self._look_whether_taken)

    def _untaken(self) -> int:
        """Bytes that the other side has not acknowledged, here and in the system's queue (SIOCOUTQ, tcp(7))."""
        try:
            queued: int = struct.unpack("i", fcntl.ioctl(self.transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4)))[0]
        except OSError:
            queued = 0
        return queued + self.transport.get_write_buffer_size()

    def _refuse(self, status: int, code: str, message: str) -> None:
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        token = trace.set(str(uuid4()))
        answer = failed(status, code, message)
        trace_id = trace.get()
        trace.reset(token)
        headers = [("content-type", JSON), ("content-length", str(len(answer.body))), ("x-trace-id", trace_id), ("connection", "close")]
        response = h11.Response(status_code=status, headers=headers, reason=PHRASES[status])
        for event in (response, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self._show_out()

    def _show_out(self) -> None:
        """Read on for a moment, in vain: a connection cut with bytes still coming would take the answer with it."""
        self._shown_out = True
        self._stop_waiting()
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._ending = self.loop.call_later(self._limits.linger_s, self.transport.close)


def config(app: ASGIApp, limits: Limits | None = None, **more: Any) -> uvicorn.Config:
    """How Nova is served, in production and in its tests."""
    chosen = limits or Limits(room_for_connections())
    common: dict[str, Any] = {
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "http": partial(Connection, limits=chosen),
        "ws": "none",
    }
    return uvicorn.Config(app, **common | more)


def room_for_connections() -> int:
    """Half of the files this process may open, once it may open as many as the system grants it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted) // 2
