"""Event names and facts in, one JSON line each on stderr out. The last step before writing removes personal data.

Lies just above `errors` and knows no room: the caller hands in `scrub` (usually `nova.privacy`).
"""

import fcntl
import logging
import os
import sys
from collections.abc import Callable, MutableMapping
from functools import partial
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

import structlog

from nova.errors import Misconfigured
from nova.unseen import escaped

Scrub = Callable[[str], str]
LONGEST_VALUE = 2000
FILE_BYTES, FILES_KEPT = 20_000_000, 5
_SAFE = frozenset({"timestamp", "level", "logger", "trace_id"})


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for events: `log.info("item_stored", item_id=...)`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure_logs(*, level: str, text: bool, scrub: Scrub, stream: TextIO | None = None, file: Path | None = None) -> None:
    """Set logging up for the process; lines of libraries (uvicorn, psycopg) take the same way.

    Every string value passes `scrub` last; when that fails, the value is dropped instead of written. Signs that drive a terminal are
    written out.
    `file` takes the same lines as JSON, owner-readable only, and is rotated by size; several processes may share it.
    Misconfigured when it cannot be written.
    """
    out = stream or sys.stderr
    json = structlog.processors.JSONRenderer(ensure_ascii=False)
    handlers = [_handler(logging.StreamHandler(out), scrub, structlog.dev.ConsoleRenderer(colors=out.isatty()) if text else json)]
    if file is not None:
        handlers.append(_handler(_rotating(file), scrub, json))
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for former in root.handlers:
        if isinstance(former, _OwnFile):
            former.close()
    root.handlers[:] = handlers
    root.setLevel(level.upper())
    for noisy in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # a warning for each form somebody breaks; the answer says it


def _handler(handler: logging.Handler, scrub: Scrub, renderer: Any) -> logging.Handler:
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info, _scrubber(scrub), renderer]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_shared(), processors=last))
    return handler


class _OwnFile(RotatingFileHandler):
    """A rotated file that only its owner may read. Of several processes each appends whole lines to it, and one rotates it."""

    _said: frozenset[str] = frozenset()

    def emit(self, record: logging.LogRecord) -> None:
        """Write to the file of this name, also after another process has rotated it; while there is none to be had, to the one before."""
        try:
            if not self._current():
                self._reopen()
        except OSError:
            self.handleError(record)
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say once what is wrong, where the other handlers write; `record` is not told, since it has not passed `scrub`."""
        reason = f"{type(sys.exception()).__name__}: {sys.exception()}"
        if reason not in self._said:
            self._said |= {reason}
            get_logger(__name__).error("log_file_unwritable", reason=reason)

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Rotate, unless another process does or has just done so."""
        lock = os.open(f"{self.baseFilename}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self._current():
                super().doRollover()
        except BlockingIOError:
            return
        finally:
            os.close(lock)

    def _current(self) -> bool:
        if not self.stream or self.stream.closed:
            return False
        try:
            return os.path.samestat(Path(self.baseFilename).stat(), os.fstat(self.stream.fileno()))
        except FileNotFoundError:
            return False

    def _reopen(self) -> None:
        former, self.stream = self.stream, self._open()
        if former:
            former.close()
        self._said = frozenset()

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=partial(os.open, mode=0o600))


def _rotating(file: Path) -> logging.Handler:
    try:
        return _OwnFile(file, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"NOVA_LOG_FILE: {file} kann nicht geschrieben werden ({error.strerror}).") from error


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _scrubber(scrub: Scrub) -> Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]]:
    def clean(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        told = {key: value if key in _SAFE else _cleaned(value, scrub) for key, value in event.items()}
        return told | {"event": str(told.get("event", "")).replace("\n", "\\n")}  # one line, also where lines are no JSON

    return clean


def _cleaned(value: Any, scrub: Scrub) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {escaped(str(key)): _cleaned(part, scrub) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part, scrub) for part in value]
    try:
        return escaped(scrub(_shortened(str(value))))
    except (ValueError, RuntimeError, ArithmeticError, LookupError, TypeError):
        return "[nicht lesbar]"


def _shortened(value: str) -> str:
    """The beginning and the end of a long value: a traceback says at its end what happened."""
    if len(value) <= LONGEST_VALUE:
        return value
    return f"{value[: LONGEST_VALUE // 4]} ... {value[-LONGEST_VALUE * 3 // 4 :]}"
