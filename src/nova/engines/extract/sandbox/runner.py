"""A function's path, JSON arguments and bytes -> its JSON value and bytes, worked out in a child process with limits.

Children are kept for the next call and end after `idle_s`, so that an idle Nova holds no parser in memory. A child that has seen a file
serves that file only (`own`), so that a parser a file has taken over meets no other. What comes back is JSON and plain bytes: never a
pickle, so that it cannot take over its parent either. What a child may touch at all is `confine`'s business.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from nova.effort import of_process
from nova.engines.extract.sandbox.child import MAX_HEAD, read_frame, write_frame
from nova.engines.extract.sandbox.packages import package_folders
from nova.errors import InvalidInput, NovaError, TooLarge, UnreadableFile, UnsupportedFile

MAX_CALLS = 200
OWN_HEAD = 1024**2  # bytes of JSON believed of a child that reads a file and may be taken over
ERRORS: Mapping[str, type[NovaError]] = {
    UnsupportedFile.code: UnsupportedFile,
    UnreadableFile.code: UnreadableFile,
    TooLarge.code: TooLarge,
    InvalidInput.code: InvalidInput,
}
NOVA_FROM = Path(__file__).parents[4]
ALONE = ("-I", "-S", "-B")  # heeds no variables and no folders that it was not told of
START = """
import sys
sys.path += sys.argv[3 : 3 + int(sys.argv[2])]  # after Python's own library, which some packages bear the names of
from nova.engines.extract.sandbox.child import main
main(int(sys.argv[1]), sys.argv[4:])
"""
_NAMES: Mapping[int, str] = {number: number.name for number in signal.Signals}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use: seconds of wall and processor time, bytes of address space, bytes of reply.

    `outside_s` more seconds may pass in programs that the child starts, while its own clock stands still.
    """

    wall_s: float = 30.0
    cpu_s: float = 25.0
    memory_bytes: int = 1024**3
    reply_bytes: int = 256 * 1024**2
    outside_s: float = 0.0


PATIENT = Limits(wall_s=900.0, cpu_s=900.0, memory_bytes=2 * 1024**3)


@dataclass(frozen=True, slots=True)
class ResourceUsage:
    """What a child and the programs it started used in their lives: processor time in seconds, the child's largest resident set in bytes.

    Of a child that ended by itself the set may be that of the process which started it, if that was larger.
    """

    cpu_s: float
    peak_bytes: int


@dataclass(eq=False)
class _Child:
    process: "subprocess.Popen[bytes]"
    stdin: IO[bytes]
    stdout: IO[bytes]
    memory_bytes: int
    own: str
    calls: int = 0
    idle_since: float = 0.0
    peak_bytes: int = 0

    def fits(self, memory_bytes: int, own: str) -> bool:
        """Whether it may serve such a call."""
        return (self.memory_bytes, self.own) == (memory_bytes, own)

    def alive(self) -> bool:
        """Whether it still runs; it is not collected by asking."""
        if sys.platform == "darwin":
            return self.process.poll() is None
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None

    def ended(self) -> int:
        """Wait for its end and tell how; it stays to be collected, so that its number names no other process."""
        if sys.platform == "darwin":
            return self.process.wait()
        found = os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT)
        if found is None:
            return 0
        return found.si_status if found.si_code == os.CLD_EXITED else -found.si_status

    def shoot(self) -> None:
        """Send its whole group the signal that cannot be refused; `confine` keeps what it started in the group."""
        self.peak_bytes = max(self.peak_bytes, _resident(self.process.pid))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def kill(self) -> ResourceUsage:
        """End the child and whatever it started, and collect it."""
        self.shoot()
        for stream in (self.stdin, self.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        if self.process.returncode is not None:
            return ResourceUsage(0.0, self.peak_bytes)
        _, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        scale = 1 if sys.platform == "darwin" else 1024
        return ResourceUsage(used.ru_utime + used.ru_stime, self.peak_bytes or used.ru_maxrss * scale)


def _resident(pid: int) -> int:
    """The largest resident set so far, in bytes; 0 where the system does not tell or the process has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    found = status.partition("VmHWM:")[2].split(maxsplit=1)
    return int(found[0]) * 1024 if found else 0


def _spawn(memory_bytes: int, own: str, code: Sequence[str], read: Sequence[str]) -> _Child:
    """Start a child that imports Nova and what `code` holds and reads the folders in `code` and `read`; nothing else of the parent's."""
    tesseract = shutil.which("tesseract")
    environment = {
        "PATH": os.pathsep.join([*([str(Path(tesseract).parent)] if tesseract else []), os.defpath]),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",  # numpy's; each thread would take address space, and none is needed
    }
    process = subprocess.Popen(
        [sys.executable, *ALONE, "-c", START, str(memory_bytes), str(1 + len(code)), str(NOVA_FROM), *code, *read],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=os.sep,
        env=environment,
        start_new_session=True,
    )
    if process.stdin is None or process.stdout is None:
        raise UnreadableFile("Der Leser ließ sich nicht starten.")
    return _Child(process, process.stdin, process.stdout, memory_bytes, own)


def _why(returncode: int, limits: Limits) -> str:
    """The reason in German why a child ended by itself."""
    if returncode == -signal.SIGXCPU:
        return f"mehr als {limits.cpu_s:g} s Rechenzeit verbraucht"
    if returncode == -signal.SIGALRM:
        return f"Zeitlimit von {limits.wall_s:g} s überschritten"
    if returncode in (-signal.SIGKILL, -signal.SIGABRT):
        return "abgebrochen, vermutlich aus Mangel an Speicher"
    if returncode < 0:
        return f"der Leser ist abgestürzt ({_NAMES.get(-returncode, -returncode)})"
    return "der Leser ist abgestürzt"


def _crash(words: str, limits: Limits) -> str:
    """The reason in German for an exception that no reader named."""
    if words == "MemoryError":
        return f"mehr als {limits.memory_bytes // 1024**2} MB Speicher benötigt"
    return f"der Inhalt ist beschädigt ({words[:60]})"


class Children:
    """Child processes for CPU-heavy or dangerous work: at most `size` at a time, each call with its own limits.

    `read` names folders that calls without `own` may read, `code` such with functions to call besides Nova's. `on_end` is told what a
    child used when it has ended.
    """

    def __init__(
        self,
        *,
        size: int = 2,
        idle_s: float = 20.0,
        read: Sequence[Path] = (),
        code: Sequence[Path] = (),
        on_end: Callable[[ResourceUsage], None] | None = None,
    ) -> None:
        self._slots = threading.BoundedSemaphore(size)
        self._size = size
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._idle_s = idle_s
        self._read = tuple(str(folder.resolve()) for folder in read)
        self._code = (*(str(folder.resolve()) for folder in code), *package_folders())
        self._on_end = on_end
        self._reaper: threading.Timer | None = None
        self._closed = False

    def run(
        self,
        function: str,
        args: Mapping[str, Any],
        body: bytes = b"",
        *,
        name: str = "Datei",
        limits: Limits | None = None,
        own: str = "",
        patient: bool = False,
    ) -> tuple[Any, bytes]:
        """Call `module:name` with `(args, body)` in a child and give its `(value, body)`.

        `name` is what messages call the work; `patient` lets it take minutes. A child that served a call with `own` serves no call with
        another. Raises the NovaError the function raised (unsupported, unreadable, too large, invalid), and UnreadableFile for a crash or
        a limit.
        """
        limits = limits or (PATIENT if patient else Limits())
        with self._slots:
            child = self._take(limits.memory_bytes, own)
            clean = False
            try:
                with of_process(child.process.pid):
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
            child.calls = MAX_CALLS
            child.shoot()

        watch = threading.Timer(limits.wall_s + limits.outside_s, expire)
        watch.daemon = True
        watch.start()
        child.calls += 1
        try:
            write_frame(child.stdin, {**request, "wall_s": limits.wall_s, "cpu_s": limits.cpu_s}, body)
            header, data = read_frame(child.stdout, limits.reply_bytes, OWN_HEAD if child.own else MAX_HEAD)
        except (OSError, EOFError):
            how = child.ended()
            reason = f"Zeitlimit von {limits.wall_s:g} s überschritten" if expired.is_set() else _why(how, limits)
            raise UnreadableFile(f"„{name}“ ließ sich nicht lesen: {reason}.") from None
        except (ValueError, RecursionError):
            raise UnreadableFile(f"„{name}“ ließ sich nicht lesen: das Ergebnis ist zu groß oder fehlerhaft.") from None
        finally:
            watch.cancel()
            watch.join()  # what it shoots at must not have been collected
        if not isinstance(header, dict):
            raise UnreadableFile(f"„{name}“ ließ sich nicht lesen: das Ergebnis ist fehlerhaft.")
        return header, data

    def _take(self, memory_bytes: int, own: str) -> _Child:
        found = None
        with self._lock:
            for position in range(len(self._idle) - 1, -1, -1):
                if self._idle[position].fits(memory_bytes, own):
                    found = self._idle.pop(position)
                    break
        if found is not None:
            if found.alive():
                return found
            self._end(found)
        return _spawn(memory_bytes, own, self._code, () if own else self._read)

    def _give_back(self, child: _Child, clean: bool) -> None:
        if not clean or child.calls >= MAX_CALLS:
            self._end(child)
            return
        with self._lock:
            too_many: list[_Child] = [child]
            if not self._closed:
                child.idle_since = time.monotonic()
                self._idle.append(child)
                too_many = [one for one in self._idle if one.own][: -self._size]
                self._idle = [one for one in self._idle if one not in too_many]
                self._schedule_reaper()
        for one in too_many:
            self._end(one)

    def _end(self, child: _Child) -> None:
        used = child.kill()
        if self._on_end is not None:
            self._on_end(used)

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
            self._end(child)

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
            self._end(child)


def _error(header: Mapping[str, Any], name: str, limits: Limits) -> NovaError:
    code, words = str(header.get("error")), str(header.get("message", ""))[:2000]
    if code in ERRORS:
        return ERRORS[code](words)
    return UnreadableFile(f"„{name}“ ließ sich nicht lesen: {_crash(words, limits)}.")
