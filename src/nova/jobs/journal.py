"""A page's place and text in, the page below the data folder's `orchestration_journal` out: whole or not at all, and nowhere else.

Pages hold counts, tokens and ids, never what people said. Whoever reads a page while it is written reads the one before.
"""

import errno
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nova.errors import DiskFull, InvalidInput, Misconfigured, NovaError
from nova.folders import private
from nova.kpi.report.markdown import table as table  # most pages hold one

FOLDER = "orchestration_journal"
MODE = 0o600
PLACE = re.compile(r"(?:[a-z0-9][a-z0-9_-]{0,63}/){0,3}[a-z0-9][a-z0-9_-]{0,63}\.(?:md|json|csv)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is there: its place below the journal, its size in bytes, when it was last written."""

    place: str
    size: int
    written_at: datetime


def journal(data: Path) -> Path:
    """The journal's folder below a data folder; it need not exist."""
    return data / FOLDER


def write(data: Path, place: str, text: str) -> Path:
    """Write a page, such as `data/vector_ingest_report.md`, in place of the one before; its path.

    Raises InvalidInput for a place that is no page's name below the journal, DiskFull, Misconfigured where the folder cannot be written to.
    """
    path = _path(data, place)
    try:
        _write(path, text)
    except OSError as error:
        raise _refused(path, error) from error
    return path


def _write(path: Path, text: str) -> None:
    private(path.parent)
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text if text.endswith("\n") else text + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(MODE)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)  # gone already once it is the page


def _refused(path: Path, error: OSError) -> NovaError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"Für die Seite {path} ist kein Platz mehr.")
    return Misconfigured(f"Die Seite {path} lässt sich nicht schreiben ({error.strerror}). Der Ordner muss Nova gehören.")


def read(data: Path, place: str) -> str | None:
    """A page's text; None while there is none. InvalidInput as `write`."""
    try:
        return _path(data, place).read_text("utf-8")
    except FileNotFoundError:
        return None


def pages(data: Path) -> list[Page]:
    """Every page, by place."""
    root = journal(data)
    found = []
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root).as_posix()
        if not PLACE.fullmatch(place) or path.is_symlink() or not path.is_file():
            continue
        stat = path.stat()
        found.append(Page(place, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)))
    return found


def _path(data: Path, place: str) -> Path:
    if not PLACE.fullmatch(place):
        raise InvalidInput(f"„{place}“ ist kein Name für eine Seite des Journals.")
    root = journal(data)
    path = root / place
    if not path.resolve().is_relative_to(root.resolve()):
        raise InvalidInput(f"„{place}“ führt aus dem Journal hinaus.")
    return path
