"""PDF -> text with pages: words whole again at line ends, paragraphs, headings by size, weight and words, no running heads.

Pages without text are scans; Tesseract reads them where it is installed, else a warning names them.
"""

import io
import itertools
import re
import statistics
import time
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from nova.engines.extract.outline import ITEM, SUBSECTION, heading_level, is_item, numbered_level, settle
from nova.engines.extract.pdf_lines import Line, page_lines
from nova.engines.extract.reflow import join_lines, join_pair
from nova.engines.extract.scan import Reader, add_scanned
from nova.engines.extract.writer import Writer, clean, one_line
from nova.errors import UnreadableFile
from nova.records import Document

MAX_PAGES = 3_000
BUDGET_S = 18.0
DRAWING_S = 4.0  # of these, kept for scans where there are any
SCAN_DPI = 250
MAX_PIXELS = 40_000_000
TOO_SLOW = "die Zeit zum Lesen ist verbraucht"
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:Seite|S\.|Page|Blatt)\s*)?\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_ROMAN_NUMBER = re.compile(r"[ivxl]{1,6}$")
_CONTENTS = re.compile(r"(?:\.\s?|…\s?|·\s?|_\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})$")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:;][\"“”)\]]*$")
_POOR_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b|untitled|unbenannt|do[ck]ument\d*$|.*\.(?:docx?|indd|pdf|tex|odt|xlsx?|pptx?|qxd)$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines that belong together: the size and weight of their letters, whether and how deep they are a heading.

    `level` is 0 when only the style tells; `full` says that the last line reaches the right margin.
    """

    text: str
    style: tuple[float, bool]
    heading: bool
    level: int
    full: bool

    def goes_on_in(self, other: "_Paragraph") -> bool:
        """Whether the first paragraph of the next page is the rest of this one, whose sentence is open."""
        if ITEM.match(other.text) or SUBSECTION.match(other.text):
            return False
        return self.style == other.style and (self.full or other.text[0].islower())


def read_pdf(data: bytes, filename: str) -> Document:
    """The document; UnreadableFile when it is locked, broken, empty or all scans without Tesseract."""
    document = _open(data, filename)
    try:
        writer = Writer("application/pdf")
        count = len(document)
        if count > MAX_PAGES:
            writer.warnings.append(f"Die Datei hat {count} Seiten; gelesen wurden die ersten {MAX_PAGES}.")
        printed: list[list[Line]] = []
        heights: list[float] = []
        scans: set[int] = set()
        begun = time.monotonic()
        for number in range(min(count, MAX_PAGES)):
            if time.monotonic() - begun > BUDGET_S - (DRAWING_S if scans else 0):
                writer.warnings.append(f"Das Lesen dauerte zu lange; gelesen wurden die ersten {number} von {count} Seiten.")
                break
            lines, height, scanned = _page(document, number, writer)
            printed.append(lines)
            heights.append(height)
            if scanned:
                scans.add(number)
        _write(writer, _without_margins(printed, heights), _Scans(document, scans, begun + BUDGET_S) if scans else None)
        if writer.length == 0:
            raise UnreadableFile(f"„{filename}“ enthält keinen Text. {' '.join(writer.warnings[:3])}".strip())
        return settle(writer.document(_title(document, writer)))
    finally:
        document.close()


def _open(data: bytes, filename: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(f"„{filename}“ ist mit einem Kennwort geschützt. Bitte entfernen Sie den Schutz.") from error
        raise UnreadableFile(f"„{filename}“ ist beschädigt: kein gültiges PDF.") from error
    if len(document) == 0:
        document.close()
        raise UnreadableFile(f"„{filename}“ hat keine Seiten.")
    return document


def _page(document: pypdfium2.PdfDocument, number: int, writer: Writer) -> tuple[list[Line], float, bool]:
    """A page's lines, its height, and whether it holds pictures or drawings but no text."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        writer.warnings.append(f"Seite {number + 1} ist beschädigt und wurde nicht gelesen.")
        return [], 0.0, False
    try:
        lines = page_lines(page)
        height = float(page.get_height())
        if sum(len(line.text) for line in lines) >= 20 or not _has_picture(page):
            return lines, height, False
        return [], height, True
    except pypdfium2.PdfiumError:
        writer.warnings.append(f"Seite {number + 1} ist beschädigt und wurde nicht gelesen.")
        return [], 0.0, False
    finally:
        page.close()


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH)
    return next(iter(page.get_objects(filter=kinds, max_depth=1)), None) is not None


def _picture(page: pypdfium2.PdfPage) -> bytes:
    """The page in shades of grey as PNM, which needs no image library; closes it."""
    try:
        width, height = page.get_size()
        scale = SCAN_DPI / 72
        if width * height * scale * scale > MAX_PIXELS:
            scale = (MAX_PIXELS / (width * height)) ** 0.5
        bitmap = page.render(scale=scale, grayscale=True)
    finally:
        page.close()
    try:
        pixels = bytes(bitmap.buffer)
        rows = b"".join(pixels[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows
    finally:
        bitmap.close()


def _without_margins(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """Drop page numbers, lines in the outer eighth that return (digits aside), and a table of contents' dotted lines."""
    counts = Counter(
        key for lines, height in zip(pages, heights, strict=True) for key in {_key(line, height) for line in lines} if key is not None
    )
    need = max(2, min(3, len(pages) * 0.25))

    def kept(line: Line, height: float) -> bool:
        key = _key(line, height)
        if key is not None and (counts[key] >= need or _PAGE_NUMBER.match(line.text) or _ROMAN_NUMBER.match(line.text)):
            return False
        return not _CONTENTS.search(line.text)

    return [[line for line in lines if kept(line, height)] for lines, height in zip(pages, heights, strict=True)]


def _key(line: Line, height: float) -> tuple[str, str] | None:
    """What a running head or foot is known by; None for lines in the page's body."""
    if line.bottom > height * 0.88:
        return "head", _DIGITS.sub("#", line.text)
    if line.top < height * 0.12:
        return "foot", _DIGITS.sub("#", line.text)
    return None


class _Scans:
    """The pages that hold no text. Each becomes a picture just before it is read: a hundred of them would not fit into memory.

    `until` is the moment (`time.monotonic`) by which reading and drawing pages must end; the time Tesseract takes comes on top.
    """

    def __init__(self, document: pypdfium2.PdfDocument, numbers: Set[int], until: float) -> None:
        self.numbers = numbers
        self._document = document
        self._until = until
        self._reader = Reader()

    def write(self, writer: Writer, number: int) -> None:
        """Write what Tesseract reads on this page (from 0), or warn why it was not read."""
        why = self._reader.why_not or (TOO_SLOW if time.monotonic() - self._reader.spent_s > self._until else None)
        if why is None:
            try:
                picture = _picture(self._document[number])
            except pypdfium2.PdfiumError:
                writer.warnings.append(f"Seite {number + 1} ist beschädigt und wurde nicht gelesen.")
                return
            seen = self._reader.read(picture)
            words, why = "\n\n".join(seen.pages), seen.lost
            add_scanned(writer, words)
            if why is None and not words.strip():
                writer.warnings.append(f"Seite {number + 1} ist ein Scan, auf dem kein Text erkannt wurde.")
        if why is not None:
            writer.warnings.append(f"Seite {number + 1} ist ein Scan; {why}.")


def _write(writer: Writer, pages: list[list[Line]], scans: _Scans | None) -> None:
    body, mostly_bold = _usual_letters([line for lines in pages for line in lines])
    parted = [_paragraphs(lines, body, mostly_bold) for lines in pages]
    levels = _levels([paragraph for page in parted for paragraph in page if paragraph.heading])
    above: _Paragraph | None = None
    for number, page in enumerate(parted):
        writer.page(number + 1)
        if scans and number in scans.numbers:
            above = None
            scans.write(writer, number)
            continue
        for position, paragraph in enumerate(page):
            above = _write_paragraph(writer, paragraph, levels, above if position == 0 else None)


def _usual_letters(lines: Sequence[Line]) -> tuple[float, bool]:
    """The size that most of a text is printed in, and whether more than half of it is bold."""
    sizes = [line.size for line in lines for _ in range(1 + len(line.text) // 10)]
    mostly_bold = sum(len(line.text) * (1 if line.bold else -1) for line in lines) > 0
    return statistics.mode(sizes) if sizes else 10.0, mostly_bold


def _write_paragraph(
    writer: Writer, paragraph: _Paragraph, levels: dict[tuple[float, bool], int], above: _Paragraph | None
) -> _Paragraph | None:
    """Write it and give it back when its sentence is still open; `above` is such a one from the page before."""
    text = paragraph.text
    if paragraph.heading:
        writer.heading(paragraph.level or levels.get(paragraph.style, 1), text)
        return None
    if above and above.goes_on_in(paragraph):
        writer.go_on(text)
    elif is_item(text):
        writer.item(text, "")
    else:
        writer.paragraph(text)
    return None if _SENTENCE_END.search(text) else paragraph


def _paragraphs(lines: Sequence[Line], body: float, mostly_bold: bool) -> list[_Paragraph]:
    """Group lines: a new paragraph begins at a gap, another style, a list item, or an indent after a finished sentence."""
    usual = _usual_gap(lines, body)
    right = max((line.right for line in lines), default=0.0)
    groups: list[list[Line]] = []
    for line in lines:
        wide = usual * 1.35 if line.size <= body else max(usual * 1.35, line.size * 1.75)
        if groups and not _begins(groups[-1], line, wide, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [paragraph for group in groups for paragraph in _paragraph(group, body, mostly_bold, right)]


def _usual_gap(lines: Sequence[Line], body: float) -> float:
    gaps = [gap for above, below in itertools.pairwise(lines) if 0 < (gap := above.bottom - below.base) < body * 4]
    return statistics.median(gaps) if gaps else body * 1.2


def _begins(group: list[Line], line: Line, wide: float, right: float) -> bool:
    """Whether the line begins a paragraph; `wide` is the distance that parts two, `right` the right margin."""
    above = group[-1]
    if above.size != line.size or above.bold != line.bold:
        return True
    distance = above.bottom - line.base
    if distance > wide or distance < -line.size:
        return True
    if ITEM.match(line.text) or SUBSECTION.match(line.text) or heading_level(line.text):
        return True
    ended = bool(_SENTENCE_END.search(above.text))
    return ended and (above.right < right * 0.85 or line.left > above.left + line.size)


def _paragraph(group: list[Line], body: float, mostly_bold: bool, right: float) -> list[_Paragraph]:
    text = _tidy(join_lines([line.text for line in group]))
    if not text:
        return []
    first = group[0]
    style = (first.size, first.bold)
    pattern = heading_level(text) or (numbered_level(text) if first.bold or first.size > body else None)
    larger = first.size >= body * 1.12
    bold = first.bold and not mostly_bold
    heading = _stands_out(text, len(group), larger=larger, bold=bold) or (pattern is not None and len(group) <= 3)
    return [_Paragraph(text, style, heading, pattern or 0, group[-1].right >= right * 0.85)]


def _stands_out(text: str, lines: int, *, larger: bool, bold: bool) -> bool:
    """Whether a few words in larger or bold letters are a heading; bold ones end no sentence."""
    if len(text) > 200 or lines > 4 or not any(letter.isalpha() for letter in text):
        return False
    return larger or (bold and not _SENTENCE_END.search(text))


def _tidy(text: str) -> str:
    """Make words whole at the dashes PDFium marked, and spaces single."""
    parts = text.split("\x02")
    whole = parts[0]
    for part in parts[1:]:
        whole = join_pair(whole + "-", part.lstrip()) if whole and part else whole + part
    return one_line(clean(whole))


def _levels(headings: list[_Paragraph]) -> dict[tuple[float, bool], int]:
    """A level for each style of heading: that of its known words, else one below the next larger style."""
    styles = sorted({heading.style for heading in headings}, reverse=True)
    levels: dict[tuple[float, bool], int] = {}
    above = 0
    for style in styles:
        known = [heading.level for heading in headings if heading.style == style and heading.level]
        above = statistics.mode(known) if known else above + 1
        levels[style] = above
    return levels


def _title(document: pypdfium2.PdfDocument, writer: Writer) -> str | None:
    """The title its writer set, unless it is a file's name; else the first heading when it is of level 1."""
    try:
        title = one_line(document.get_metadata_value("Title") or "")
    except UnicodeDecodeError:
        title = ""
    if 4 <= len(title) <= 250 and not _POOR_TITLE.match(title):
        return title
    return writer.first_heading
