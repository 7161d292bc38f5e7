"""Events in, a text/event-stream out: written as they come, a comment every 15 seconds, and the work ends when the reader leaves."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from nova.api.protocol.envelope import as_json, trace_id
from nova.api.protocol.errors import named
from nova.errors import NovaError
from nova.logs import get_logger

HEARTBEAT = 15.0
COMMENT = b": lebt\n\n"
FAREWELL_S = 1.0
_END = object()
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `data` is written as JSON, bytes as they are. Without a name there is no `event:` line."""

    name: str
    data: Any


Failed = Callable[[Exception], Iterable[Event]]
End = Callable[[NovaError], None]
Guard = Callable[[End], AbstractContextManager[None]]


def encode(event: Event) -> bytes:
    """The event on the wire."""
    name = b"event: " + event.name.encode() + b"\n" if event.name else b""
    data = event.data if isinstance(event.data, bytes) else as_json(event.data)
    return name + b"data: " + data + b"\n\n"


def error_events(error: Exception) -> list[Event]:
    """How a stream that has begun says that it failed."""
    _, code, message = named(error)
    return [Event("error", {"code": code, "message": message, "trace_id": trace_id()})]


class EventStream(Response):
    """A response that writes what `source` gives. `done` is called once, however it ends, then `background` does its work.

    `guard` is told how to end it while it is open: the reader then gets what `failed` makes of the reason, and nothing else any more.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        source: AsyncIterator[bytes],
        done: Callable[[], None] | None = None,
        failed: Failed | None = None,
        background: BackgroundTask | None = None,
    ) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(headers=headers, media_type=self.media_type, background=background)
        del self.headers["content-length"]
        self.guard: Guard = lambda _end: nullcontext()
        self._source = source
        self._done = done
        self._failed = failed or error_events
        self._begun = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write until the source ends, the reader leaves, or the guard ends it."""
        loop = asyncio.get_running_loop()
        over: asyncio.Future[NovaError] = loop.create_future()
        writer = asyncio.create_task(self._write(send))
        leaver = asyncio.create_task(_left(receive))
        try:
            with self.guard(partial(_from_anywhere, loop, over)):
                await asyncio.wait((writer, leaver, over), return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaver.cancel()
            if not writer.done():
                writer.cancel()
            try:
                with contextlib.suppress(asyncio.CancelledError):
                    if over.done() and not writer.done():
                        await self._end(send, over.result())
                    await writer
            finally:
                if self._done:
                    self._done()
                if self.background:
                    await self.background()

    async def _write(self, send: Send) -> None:
        await self._begin(send)
        async with contextlib.aclosing(_beating(self._source)) as pieces:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _begin(self, send: Send) -> None:
        self._begun = True
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})

    async def _end(self, send: Send, why: NovaError) -> None:
        """Say why and close, before the work has ended; a reader who takes nothing is not waited for."""
        last = b"".join(encode(event) for event in self._failed(why))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                if not self._begun:
                    await self._begin(send)
                await send({"type": "http.response.body", "body": last, "more_body": False})


def _from_anywhere(loop: asyncio.AbstractEventLoop, over: "asyncio.Future[NovaError]", why: NovaError) -> None:
    """End a stream from another thread."""

    def settle() -> None:
        if not over.done():
            over.set_result(why)

    with contextlib.suppress(RuntimeError):  # the loop has ended, and the stream with it
        loop.call_soon_threadsafe(settle)


async def pulled(source: Iterator[Event], failed: Failed = error_events) -> AsyncIterator[bytes]:
    """Events of a generator that works in a thread; its `close` is called when the reader leaves. Errors become what `failed` says."""
    step: asyncio.Future[object] | None = None
    try:
        while True:
            step = asyncio.ensure_future(run_in_threadpool(next, source, _END))
            event = await asyncio.shield(step)
            if not isinstance(event, Event):
                return
            yield encode(event)
    except Exception as error:  # the edge of a request whose answer has begun
        if not isinstance(error, NovaError):
            log.exception("stream_failed")
        for event in failed(error):
            yield encode(event)
    finally:
        await _closed(source, step)


async def ahead(source: AsyncIterator[bytes], done: Callable[[], None]) -> AsyncIterator[bytes]:
    """The same pieces, made as fast as they can be: a reader who is slow holds them, but not the work that makes them. Then `done`."""
    made: asyncio.Queue[bytes | None] = asyncio.Queue()
    work = asyncio.create_task(_make(source, made, done))
    try:
        while (piece := await made.get()) is not None:
            yield piece
    finally:
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


async def _make(source: AsyncIterator[bytes], made: "asyncio.Queue[bytes | None]", done: Callable[[], None]) -> None:
    try:
        async for piece in source:
            made.put_nowait(piece)
    finally:
        close = getattr(source, "aclose", None)
        if close is not None:
            await close()
        done()
        made.put_nowait(None)


async def _closed(source: Iterator[Event], step: "asyncio.Future[object] | None") -> None:
    """Close a generator once its thread has left it: a thread cannot be cancelled, and a generator at work cannot be closed."""
    if step is not None and not step.done():
        await asyncio.wait({step})
        if not step.cancelled():
            step.exception()
    close = getattr(source, "close", None)
    if close is not None:
        await run_in_threadpool(close)


async def _beating(source: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    waiting: asyncio.Task[bytes] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(_next(source))
            done, _ = await asyncio.wait({waiting}, timeout=HEARTBEAT)
            if not done:
                yield COMMENT
                continue
            task, waiting = waiting, None
            try:
                yield task.result()
            except StopAsyncIteration:
                return
    finally:
        if waiting is not None:
            waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
                await waiting
        close = getattr(source, "aclose", None)
        if close is not None:
            await close()


async def _next(source: AsyncIterator[bytes]) -> bytes:
    return await anext(source)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
