"""Framed requests on standard input -> framed replies on standard output: the process in which hostile files are parsed.

A frame is `>IQ` (bytes of JSON, bytes of body), the JSON, the body. A request names a function `module:name` that takes
`(args, body)` and gives `(value, body)`; the reply holds the value or an error. An exception no one named ends the process
after its last words, so nothing of a confused parser is carried into the next file.
"""

import contextlib
import importlib
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, Any

from nova.errors import NovaError

FRAME = struct.Struct(">IQ")
MAX_HEAD = 64 * 1024**2
GRACE_S = 1.0


def write_frame(stream: IO[bytes], header: object, body: bytes = b"") -> None:
    """Send one frame; OSError when the other side is gone."""
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    stream.write(FRAME.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def read_frame(stream: IO[bytes], max_bytes: int, max_head: int = MAX_HEAD) -> tuple[Any, bytes]:
    """Receive one frame; EOFError when the other side is gone, ValueError when the frame is too large or not JSON."""
    head_size, body_size = FRAME.unpack(_read_exactly(stream, FRAME.size))
    if head_size > max_head or head_size + body_size > max_bytes:
        raise ValueError("frame too large")
    return json.loads(_read_exactly(stream, head_size)), _read_exactly(stream, body_size)


def _arm(wall_s: float, cpu_s: float) -> None:
    """The limits of one request; they hold even when the parent is dead: both signals end the process. See also `outside`."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + cpu_s) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    signal.setitimer(signal.ITIMER_REAL, wall_s + GRACE_S)


@contextlib.contextmanager
def outside() -> Iterator[None]:
    """Let the request's clock stand still while a program that has a time limit of its own does the work."""
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)


def _serve_one(stdin: IO[bytes], stdout: IO[bytes]) -> None:
    request, body = read_frame(stdin, sys.maxsize)
    _arm(request["wall_s"], request["cpu_s"])
    module, _, name = request["function"].partition(":")
    try:
        value, data = getattr(importlib.import_module(module), name)(request["args"], body)
    except NovaError as error:
        write_frame(stdout, {"error": error.code, "message": error.message})
        return
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    write_frame(stdout, {"value": value}, data)


def main(memory_bytes: int, read: Sequence[str]) -> None:
    """Give up every right but reading `read` and the program's own files; then serve requests until standard input ends."""
    from nova.engines.extract.sandbox.confine import confine

    stdin = os.fdopen(os.dup(0), "rb")
    stdout = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)

    def last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            write_frame(stdout, {"error": "crash", "message": kind.__name__})
        sys.__excepthook__(kind, error, trace)

    sys.excepthook = last_words
    confine(memory_bytes, read)
    with contextlib.suppress(EOFError):
        while True:
            _serve_one(stdin, stdout)
