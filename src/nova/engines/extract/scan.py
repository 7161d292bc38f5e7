"""A picture of a page -> its text, read by Tesseract where it is installed (German first); never a Python image library."""

import math
import os
import re
import resource
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial

from nova.engines.extract.outline import heading_level, is_item, settle
from nova.engines.extract.reflow import join_lines
from nova.engines.extract.sandbox.child import outside
from nova.engines.extract.sniff import TIFF
from nova.engines.extract.writer import Writer, clean
from nova.errors import UnreadableFile
from nova.records import Document

BUDGET_S = 85.0
PAGE_S = 20.0
TIFF_S = 27.0  # all its pages are one call, which no file may hold up for longer than 30 s
MAX_PAGES, PIECE = 3_000, 65_536
MISSING = "Tesseract ist nicht installiert"
SPENT = "die Zeit für die Texterkennung ist verbraucht"
LATE = "die Texterkennung dauerte zu lange"
MANY = f"gelesen werden höchstens {MAX_PAGES}"
FAILED = "Tesseract konnte das Bild nicht lesen"


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages the installed Tesseract reads; empty when there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(listed.stdout.decode("utf-8", "replace").split("\n")[1:]) - {"", "osd"}


def _language() -> str:
    known = languages()
    return "deu" if "deu" in known else next(iter(sorted(known)), "")


@dataclass(frozen=True, slots=True)
class Seen:
    """The text of each page that Tesseract read to its end; `lost` says in German why others are missing."""

    pages: tuple[str, ...]
    lost: str | None = None


class Reader:
    """Reads pictures until its time is used up; `why_not` says why a page stays unread, `spent_s` how long Tesseract worked so far."""

    def __init__(self, budget_s: float = BUDGET_S) -> None:
        self._until = time.monotonic() + budget_s
        self._language = _language()
        self.spent_s = 0.0

    @property
    def why_not(self) -> str | None:
        """None while pages can be read."""
        if not self._language:
            return MISSING
        return SPENT if time.monotonic() >= self._until else None

    def read(self, picture: bytes, limit_s: float = PAGE_S) -> Seen:
        """What stands on one picture (PNM, PNG, JPEG) or on each page of a TIFF, read in so many seconds or the time that is left."""
        wait = min(limit_s, self._until - time.monotonic())
        if not self._language or wait <= 0:
            return Seen((), self.why_not or SPENT)
        command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", self._language, "--psm", "3"]
        begun = time.monotonic()
        try:
            with outside():
                text, code = _run(command, picture, wait)
        except (OSError, subprocess.SubprocessError):
            return Seen((), FAILED)
        finally:
            self.spent_s += time.monotonic() - begun
        pages = text.decode("utf-8", "replace").split("\f")
        if len(pages) > MAX_PAGES + 1:
            return Seen(tuple(pages[:MAX_PAGES]), MANY)
        if code == 0:
            return Seen(tuple(pages[:-1] or pages))
        return Seen(tuple(pages[:-1]), LATE if -code in (signal.SIGALRM, signal.SIGXCPU) else FAILED)


def _run(command: list[str], picture: bytes, seconds: float) -> tuple[bytes, int]:
    """What it printed, and how it ended: also by the closing of its output, when that has more pages than are read."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=partial(_end_in, seconds),
    )
    text, pages = bytearray(), 0
    with process:
        if process.stdin is None or process.stdout is None:
            return b"", 1
        with suppress(BrokenPipeError), process.stdin as into:
            into.write(picture)  # read to its end before anything is printed
        while pages <= MAX_PAGES and (piece := os.read(process.stdout.fileno(), PIECE)):
            text += piece
            pages += piece.count(b"\f")
    return bytes(text), process.returncode


def _end_in(seconds: float) -> None:
    """Let the program that takes this process's place end by itself: where Landlock is old, the filter lets no one else end it."""
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds) + 1, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    signal.setitimer(signal.ITIMER_REAL, seconds)


def add_scanned(writer: Writer, text: str) -> None:
    """Write recognised text: paragraphs stand between empty lines."""
    for piece in re.split(r"\n\s*\n", clean(text)):
        words = join_lines([row.strip() for row in piece.split("\n") if row.strip()])
        level = heading_level(words)
        if level:
            writer.heading(level, words)
        elif is_item(words):
            writer.item(words, "")
        else:
            writer.paragraph(words)


def read_image(data: bytes, media_type: str, filename: str) -> Document:
    """A scan as a document of one page (TIFF: of each of its pages)."""
    reader = Reader()
    if reader.why_not:
        raise UnreadableFile(f"„{filename}“ ist ein Scan; {reader.why_not}. Bitte installieren Sie tesseract-ocr und tesseract-ocr-deu.")
    writer = Writer(media_type)
    seen = reader.read(data, TIFF_S if media_type == TIFF else PAGE_S)
    for number, page in enumerate(seen.pages, start=1):
        writer.page(number)
        add_scanned(writer, page)
    writer.warnings.append("Der Text wurde aus einem Bild erkannt und kann Fehler enthalten.")
    if seen.lost:
        writer.warnings.append(f"Es fehlen Seiten; {seen.lost}.")
    if "deu" not in languages():
        writer.warnings.append("Die deutsche Sprachdatei von Tesseract fehlt; Umlaute können falsch gelesen sein.")
    if writer.length == 0:
        raise UnreadableFile(f"In „{filename}“ wurde kein Text erkannt{f'; {seen.lost}' if seen.lost else ''}.")
    return settle(writer.document(None))
