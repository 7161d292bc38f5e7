"""An HTTP transport in, one that no server can hang or flood out: seconds to connect, for a whole answer, and its bytes have limits.

A configured server may be slow, silent, drip or never end. httpx bounds each read only; here the request's read timeout bounds the whole
answer, headers included. What is over the limits raises httpx's own errors. No redirects, no proxies, no packed answers.
"""

import math
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from nova.engines.tls import trusted

NAMED: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.PoolTimeout, httpx.PoolTimeout),
    (httpcore.WriteTimeout, httpx.WriteTimeout),
    (httpcore.TimeoutException, httpx.ReadTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.RemoteProtocolError, httpx.RemoteProtocolError),
    (httpcore.LocalProtocolError, httpx.LocalProtocolError),
    (httpcore.NetworkError, httpx.ReadError),
    (ssl.SSLError, httpx.ConnectError),
    (OSError, httpx.ReadError),
)


class TooMuch(httpx.ReadError):
    """The answer is larger than the caller takes."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds to connect and for any one read; bytes of one answer as it is on the wire; connections at once."""

    connect_s: float = 3.0
    max_bytes: int = 64 * 1024**2
    connections: int = 32
    read_s: float = math.inf


class _Budget:
    """What a request may still use: until when (of the monotonic clock), and how many bytes; `flooded` once there were more."""

    deadline: float = math.inf
    left: float = math.inf
    flooded = False


class _BudgetOfThread(_Budget, threading.local):
    """What the request that this thread sends may still use; a request and its answer stay in one thread."""


class _Watched(httpcore.NetworkStream):
    """A connection whose every read and write counts against the budget of the request that uses it."""

    def __init__(self, stream: httpcore.NetworkStream, budget: _Budget, read_s: float = math.inf) -> None:
        self._stream = stream
        self._budget = budget
        self._read_s = read_s

    def _within(self, timeout: float | None) -> float:
        left = self._budget.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, min(self._within(timeout), self._read_s))
        self._budget.left -= len(data)
        if self._budget.left < 0:
            self._budget.flooded = True
            raise httpcore.ReadError("too much")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Watched(self._stream.start_tls(ssl_context, server_hostname, self._within(timeout)), self._budget, self._read_s)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def until(deadline: float, stream: httpcore.NetworkStream) -> httpcore.NetworkStream:
    """The connection with nothing waited for beyond the deadline (of the monotonic clock), so that a server cannot drip."""
    budget = _Budget()
    budget.deadline = deadline
    return _Watched(stream, budget)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, budget: _Budget, bounds: Bounds) -> None:
        self._real = httpcore.SyncBackend()
        self._budget = budget
        self._bounds = bounds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        patience = self._bounds.connect_s if timeout is None else min(timeout, self._bounds.connect_s)
        return _Watched(self._real.connect_tcp(host, port, patience, local_address, socket_options), self._budget, self._bounds.read_s)


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response, transport: "BoundedTransport") -> None:
        self._response = response
        self._transport = transport

    def __iter__(self) -> Iterator[bytes]:
        with self._transport.named():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class BoundedTransport(httpx.BaseTransport):
    """For `httpx.Client(transport=...)`: the request's `read` timeout is the time for the whole answer. Safe to use from many threads.

    With `single` it is for one request at a time instead, whose answer may be read in other threads than it was sent from.
    """

    def __init__(self, bounds: Bounds | None = None, *, tls: bool = False, single: bool = False) -> None:
        self._bounds = bounds or Bounds()
        self._budget = _Budget() if single else _BudgetOfThread()
        self._pool = httpcore.ConnectionPool(
            ssl_context=trusted() if tls else None,
            max_connections=self._bounds.connections,
            max_keepalive_connections=self._bounds.connections,
            keepalive_expiry=30.0,
            network_backend=_Backend(self._budget, self._bounds),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and give the answer's head; its body is read as it is asked for."""
        timeout = dict(request.extensions.get("timeout") or {})
        whole = timeout.get("read")
        self._budget.deadline = math.inf if whole is None else time.monotonic() + whole
        self._budget.left, self._budget.flooded = self._bounds.max_bytes, False
        core = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path),
            headers=[(name, value) for name, value in request.headers.raw if name.lower() != b"accept-encoding"],
            content=request.stream,
            extensions={**request.extensions, "timeout": timeout},
        )
        with self.named():
            response = self._pool.handle_request(core)
        if any(name.lower() == b"content-encoding" and value.strip().lower() != b"identity" for name, value in response.headers):
            response.close()
            raise httpx.RemoteProtocolError("packed answer")
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response, self), extensions=response.extensions)

    @contextmanager
    def named(self) -> Iterator[None]:
        """httpcore's errors as httpx's."""
        try:
            yield
        except (httpcore.ConnectionNotAvailable, httpcore.UnsupportedProtocol) as error:
            raise httpx.ConnectError(str(error)) from error
        except tuple(kind for kind, _ in NAMED) as error:
            if self._budget.flooded:
                raise TooMuch("too much") from error
            raise next(name for kind, name in NAMED if isinstance(error, kind))(str(error)) from error

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.close()
