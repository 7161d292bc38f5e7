"""A picture of a page -> its text, read by Tesseract where it is installed (German first); never a Python image library."""

import re
import shutil
import subprocess
import time
from functools import lru_cache

from nova.engines.extract.child import outside
from nova.engines.extract.outline import ITEM, SUBSECTION, heading_level, settle
from nova.engines.extract.reflow import join_lines
from nova.engines.extract.writer import Writer, clean
from nova.errors import UnreadableFile
from nova.records import Document

BUDGET_S = 85.0
PAGE_S = 20.0
MISSING = "Tesseract ist nicht installiert"


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


class Reader:
    """Reads pictures until its time is used up; `why_not` says why a page stays unread."""

    def __init__(self, budget_s: float = BUDGET_S) -> None:
        self._until = time.monotonic() + budget_s
        self._language = _language()
        self.late = False

    @property
    def why_not(self) -> str | None:
        """None while pages can be read."""
        if not self._language:
            return MISSING
        return "die Zeit für die Texterkennung ist verbraucht" if time.monotonic() >= self._until else None

    def read(self, picture: bytes) -> str:
        """The text of one picture (PNM, PNG, JPEG or TIFF), pages split by form feeds; "" when it cannot be read.

        Of what takes too long it gives the pages that were done; `late` then says so.
        """
        wait = min(PAGE_S, self._until - time.monotonic())
        if not self._language or wait <= 0:
            return ""
        command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", self._language, "--psm", "3"]
        try:
            with outside():
                done = subprocess.run(command, input=picture, capture_output=True, timeout=wait, check=False)
        except subprocess.TimeoutExpired as stopped:
            self.late = True
            return (stopped.stdout or b"").decode("utf-8", "replace").rpartition("\f")[0]
        except OSError:
            return ""
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def add_scanned(writer: Writer, text: str) -> None:
    """Write recognised text: paragraphs stand between empty lines."""
    for piece in re.split(r"\n\s*\n", clean(text)):
        words = join_lines([row.strip() for row in piece.split("\n") if row.strip()])
        level = heading_level(words)
        if level:
            writer.heading(level, words)
        elif ITEM.match(words) and not SUBSECTION.match(words):
            writer.item(words, "")
        else:
            writer.paragraph(words)


def read_image(data: bytes, media_type: str, filename: str) -> Document:
    """A scan as a document of one page (TIFF: of each of its pages)."""
    reader = Reader()
    if reader.why_not:
        raise UnreadableFile(f"„{filename}“ ist ein Scan; {reader.why_not}. Bitte installieren Sie tesseract-ocr und tesseract-ocr-deu.")
    writer = Writer(media_type)
    pages = reader.read(data).split("\f")
    for number, page in enumerate(pages[:-1] if len(pages) > 1 and not reader.late else pages, start=1):
        writer.page(number)
        add_scanned(writer, page)
    writer.warnings.append("Der Text wurde aus einem Bild erkannt und kann Fehler enthalten.")
    if reader.late:
        writer.warnings.append("Die Texterkennung dauerte zu lange; es fehlen Seiten.")
    if "deu" not in languages():
        writer.warnings.append("Die deutsche Sprachdatei von Tesseract fehlt; Umlaute können falsch gelesen sein.")
    if writer.length == 0:
        late = " Die Texterkennung dauerte zu lange." if reader.late else ""
        raise UnreadableFile(f"In „{filename}“ wurde kein Text erkannt.{late}")
    return settle(writer.document(None))
