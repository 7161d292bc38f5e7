"""Event names and facts in, one JSON line each on stderr out. The last step before writing removes personal data.

Lies just above `errors` and knows no room: the caller hands in `scrub` (usually `nova.privacy`).
"""

import logging
import sys
from collections.abc import Callable, MutableMapping
from typing import Any, TextIO

import structlog

Scrub = Callable[[str], str]
LONGEST_VALUE = 2000
_SAFE = frozenset({"timestamp", "level", "logger", "trace_id"})


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for events: `log.info("item_stored", item_id=...)`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure_logs(*, level: str, text: bool, scrub: Scrub, stream: TextIO | None = None) -> None:
    """Set logging up for the process; lines of libraries (uvicorn, psycopg) take the same way.

    Every string value passes `scrub` last; when that fails, the value is dropped instead of written.
    """
    out = stream or sys.stderr
    renderer: Any = structlog.dev.ConsoleRenderer(colors=out.isatty()) if text else structlog.processors.JSONRenderer(ensure_ascii=False)
    last: list[Any] = [structlog.processors.format_exc_info, _scrubber(scrub), renderer]
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


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
        return {key: value if key in _SAFE else _cleaned(value, scrub) for key, value in event.items()}

    return clean


def _cleaned(value: Any, scrub: Scrub) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _cleaned(part, scrub) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part, scrub) for part in value]
    try:
        return scrub(_shortened(str(value)))
    except (ValueError, RuntimeError, ArithmeticError, LookupError, TypeError):
        return "[nicht lesbar]"


def _shortened(value: str) -> str:
    """The beginning and the end of a long value: a traceback says at its end what happened."""
    if len(value) <= LONGEST_VALUE:
        return value
    return f"{value[: LONGEST_VALUE // 4]} ... {value[-LONGEST_VALUE * 3 // 4 :]}"
