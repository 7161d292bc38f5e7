"""A function's path, JSON arguments and bytes -> its JSON value and bytes, worked out in a child process with limits.

Children are kept for the next call and end after `idle_s`, so that an idle Nova holds no parser in memory. What comes
back is JSON and plain bytes: never a pickle, so that a parser a file has taken over cannot take over its parent.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from nova.engines.extract.child import read_frame, write_frame
from nova.errors import InvalidInput, NovaError, TooLarge, UnreadableFile, UnsupportedFile

MAX_CALLS = 200
ERRORS: Mapping[str, type[NovaError]] = {
    UnsupportedFile.code: UnsupportedFile,
    UnreadableFile.code: UnreadableFile,
    TooLarge.code: TooLarge,
    InvalidInput.code: InvalidInput,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use: seconds of wall and processor time, bytes of address space, bytes of reply."""

    wall_s: float = 120.0
    cpu_s: float = 110.0
    memory_bytes: int = 2 * 1024**3
    reply_bytes: int = 256 * 1024**2


@dataclass
class _Child:
    process: "subprocess.Popen[bytes]"
    stdin: IO[bytes]
    stdout: IO[bytes]
    memory_bytes: int
    calls: int = 0
    idle_since: float = 0.0

    def kill(self) -> None:
        """End the child and whatever it started, and collect it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        for stream in (self.stdin, self.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        self.process.wait()


def _spawn(memory_bytes: int) -> _Child:
    environment = {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "nova.engines.extract.child", str(memory_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    if process.stdin is None or process.stdout is None:
        raise UnreadableFile("Der Leser ließ sich nicht starten.")
    return _Child(process, process.stdin, process.stdout, memory_bytes)


def _why(returncode: int, limits: Limits) -> str:
    """The reason in German why a child ended by itself."""
    if returncode == -signal.SIGXCPU:
        return f"mehr als {limits.cpu_s:g} s Rechenzeit verbraucht"
    if returncode == -signal.SIGALRM:
        return f"Zeitlimit von {limits.wall_s:g} s überschritten"
    if returncode in (-signal.SIGKILL, -signal.SIGABRT):
        return "abgebrochen, vermutlich aus Mangel an Speicher"
    if returncode < 0:
        return f"der Leser ist abgestürzt ({signal.Signals(-returncode).name})"
    return "der Leser ist abgestürzt"


def _crash(words: str, limits: Limits) -> str:
    """The reason in German for an exception that no reader named."""
    if words == "MemoryError":
        return f"mehr als {limits.memory_bytes // 1024**2} MB Speicher benötigt"
    return f"der Inhalt ist beschädigt ({words[:60]})"


class Children:
    """Child processes for CPU-heavy or dangerous work: at most `size` at a time, each call with its own limits."""

    def __init__(self, *, size: int = 2, idle_s: float = 20.0) -> None:
        self._slots = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._idle_s = idle_s
        self._reaper: threading.Timer | None = None
        self._closed = False

    def run(
        self, function: str, args: Mapping[str, Any], body: bytes = b"", *, name: str = "Datei", limits: Limits | None = None
    ) -> tuple[Any, bytes]:
        """Call `module:name` with `(args, body)` in a child and give its `(value, body)`.

        `name` is what messages call the work. Raises the NovaError the function raised (unsupported, unreadable, too
        large, invalid), and UnreadableFile for a crash or a limit.
        """
        limits = limits or Limits()
        with self._slots:
            child = self._take(limits.memory_bytes)
            clean = False
            try:
                header, data = self._call(child, {"function": function, "args": dict(args)}, body, limits, name)
                clean = header.get("error") != "crash"
            finally:
                self._give_back(child, clean)
        if "error" in header:
            raise _error(header, name, limits)
        return header.get("value"), data

    def _call(self, child: _Child, request: dict[str, Any], body: bytes, limits: Limits, name: str) -> tuple[dict[str, Any], bytes]:
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)

        watch = threading.Timer(limits.wall_s, expire)
        watch.daemon = True
        watch.start()
        child.calls += 1
        try:
            write_frame(child.stdin, {**request, "wall_s": limits.wall_s, "cpu_s": limits.cpu_s}, body)
            header, data = read_frame(child.stdout, limits.reply_bytes)
        except (OSError, EOFError):
            reason = f"Zeitlimit von {limits.wall_s:g} s überschritten" if expired.is_set() else _why(child.process.wait(), limits)
            raise UnreadableFile(f"„{name}“ ließ sich nicht lesen: {reason}.") from None
        except (ValueError, RecursionError):
            raise UnreadableFile(f"„{name}“ ließ sich nicht lesen: das Ergebnis ist zu groß oder fehlerhaft.") from None
        finally:
            watch.cancel()
        if not isinstance(header, dict):
            raise UnreadableFile(f"„{name}“ ließ sich nicht lesen: das Ergebnis ist fehlerhaft.")
        return header, data

    def _take(self, memory_bytes: int) -> _Child:
        with self._lock:
            for position in range(len(self._idle) - 1, -1, -1):
                if self._idle[position].memory_bytes == memory_bytes:
                    child = self._idle.pop(position)
                    if child.process.poll() is None:
                        return child
                    child.kill()
        return _spawn(memory_bytes)

    def _give_back(self, child: _Child, clean: bool) -> None:
        if not clean or child.calls >= MAX_CALLS:
            child.kill()
            return
        with self._lock:
            if not self._closed:
                child.idle_since = time.monotonic()
                self._idle.append(child)
                self._schedule_reaper()
                return
        child.kill()

    def _schedule_reaper(self) -> None:
        if self._reaper is None and self._idle:
            self._reaper = threading.Timer(self._idle_s, self._reap)
            self._reaper.daemon = True
            self._reaper.start()

    def _reap(self) -> None:
        border = time.monotonic() - self._idle_s * 0.9
        with self._lock:
            self._reaper = None
            old = [child for child in self._idle if child.idle_since <= border]
            self._idle = [child for child in self._idle if child.idle_since > border]
            self._schedule_reaper()
        for child in old:
            child.kill()

    def count(self) -> int:
        """How many children wait for work right now."""
        with self._lock:
            return len(self._idle)

    def close(self) -> None:
        """End all waiting children; those at work end with their call."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            if self._reaper is not None:
                self._reaper.cancel()
                self._reaper = None
        for child in idle:
            child.kill()


def _error(header: Mapping[str, Any], name: str, limits: Limits) -> NovaError:
    code, words = str(header.get("error")), str(header.get("message", ""))[:2000]
    if code in ERRORS:
        return ERRORS[code](words)
    return UnreadableFile(f"„{name}“ ließ sich nicht lesen: {_crash(words, limits)}.")
