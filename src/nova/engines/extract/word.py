"""DOCX -> text with headings by style or outline level, numbered paragraphs with their numbers, tables as rows, notes at the end."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from nova.engines.extract.numbering import Numbering, count
from nova.engines.extract.package import damaged
from nova.engines.extract.writer import Writer, one_line
from nova.errors import UnreadableFile
from nova.records import Document

NOT_VALID = "kein gültiges Word-Dokument"
MAX_DEPTH = 8
DEEPEST = 8  # list levels are 0 to 8
_BREAKS = frozenset((qn("w:br"), qn("w:cr")))
_SKIPPED = frozenset((qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:pPr")))
_NOTES = ("footnotes", "endnotes")


def read_docx(data: bytes, filename: str) -> Document:
    """The document; inserted text of tracked changes is read, deleted text is not, a table of contents is left out."""
    with damaged(filename, NOT_VALID, PackageNotFoundError):
        document = docx.Document(io.BytesIO(data))
        if getattr(document.element, "body", None) is None:
            raise UnreadableFile(f"„{filename}“ ist beschädigt: {NOT_VALID}.")
        return _read(document)


def _read(document: Any) -> Document:
    reader = _Reader(document, Writer("application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
    reader.body(document.element.body, 0)
    for kind in _NOTES:
        reader.notes(kind)
    title = one_line(document.core_properties.title or "")
    return reader.writer.document(title if len(title) >= 4 else reader.title or reader.writer.first_heading, _facts(document))


def _facts(document: Any) -> dict[str, str]:
    core = document.core_properties
    facts = {"author": core.author or "", "subject": core.subject or "", "modified": core.modified.isoformat() if core.modified else ""}
    return {key: one_line(value) for key, value in facts.items() if value}


def _words(element: Any) -> str:
    """The text of a paragraph, also inside links, fields, content controls and insertions, but not in deletions."""
    parts: list[str] = []
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append("\t")
        elif child.tag in _BREAKS:
            parts.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            stack.append(iter(child))
    return "".join(parts)


class _Reader:
    """Walks a document's body once and writes what it finds."""

    def __init__(self, document: Any, writer: Writer) -> None:
        self.writer = writer
        self.title: str | None = None
        self._document = document
        self._numbering = Numbering(_part(document, "numbering"))
        self._styles = {style.style_id: style.element for style in document.styles}

    def body(self, parent: Any, depth: int) -> None:
        """Paragraphs and tables in order; content controls are looked through."""
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")) and depth < MAX_DEPTH:
                self.body(child, depth + 1)

    def notes(self, kind: str) -> None:
        """Footnotes or endnotes as blocks of kind meta."""
        root = _part(self._document, kind)
        for note in root.iterchildren() if root is not None else ():
            if note.get(qn("w:type")) in (None, "normal"):
                words = one_line(" ".join(_words(paragraph) for paragraph in note.iter(qn("w:p"))))
                self.writer.add("meta", f"[{note.get(qn('w:id'))}] {words}" if words else "")

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The elements that hold a paragraph's properties: itself, its style, the styles that one is based on."""
        yield paragraph
        style_id = _value(paragraph, "w:pPr", "w:pStyle")
        for _ in range(12):
            style = self._styles.get(style_id) if style_id else None
            if style is None:
                return
            yield style
            style_id = _value(style, "w:basedOn")

    def _paragraph(self, paragraph: Any) -> None:
        text = _words(paragraph)
        if not text.strip():
            return
        chain = list(self._chain(paragraph))
        names = [(_value(style, "w:name") or "").lower() for style in chain[1:]]
        own = names[0] if names else ""
        if own.startswith(("toc ", "verzeichnis")):
            return
        label, depth = self._label(chain)
        level = self._level(chain, names)
        if own == "title" and level:
            self.title = self.title or text
        if level:
            self.writer.heading(level, text if label in ("", "-") else f"{label} {text}")
        elif label or own.startswith("list "):
            self.writer.item(text, label or "-", depth)
        else:
            self.writer.paragraph(text)

    def _level(self, chain: list[Any], names: list[str]) -> int:
        """1 to 6 for a heading, else 0."""
        for element in chain:
            outline = count(_value(element, "w:pPr", "w:outlineLvl"))
            if outline is not None:
                return min(6, outline + 1) if outline < 9 else 0
        for name in names:
            if name == "title":
                return 1
            kind, _, number = name.partition(" ")
            level = count(number)
            if kind in ("heading", "überschrift") and level is not None:
                return min(6, level)
        return 0

    def _label(self, chain: list[Any]) -> tuple[str, int]:
        """The number or bullet that Word shows before the paragraph, and how deep it stands."""
        list_id = depth = None
        for element in chain:
            if list_id is None:
                list_id = _value(element, "w:pPr", "w:numPr", "w:numId")
            if depth is None:
                depth = _value(element, "w:pPr", "w:numPr", "w:ilvl")
        if not list_id or list_id == "0":
            return "", 0
        deep = min(DEEPEST, count(depth) or 0)
        return self._numbering.label(list_id, deep), deep

    def _table(self, table: Any) -> None:
        for row in table.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not table:
                continue
            cells = [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row]
            self.writer.row([" ".join(_words(paragraph) for paragraph in cell.iter(qn("w:p"))) for cell in cells])


def _value(element: Any, *path: str) -> str | None:
    """The `w:val` at the end of a path of children."""
    for name in path:
        element = element.find(qn(name))
        if element is None:
            return None
    value = element.get(qn("w:val"))
    return None if value is None else str(value)


def _part(document: Any, kind: str) -> Any:
    """The root of a related part such as `numbering`, or None. No entities, no network, no huge trees."""
    for relation in document.part.rels.values():
        if str(relation.reltype).endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            try:
                return etree.fromstring(relation.target_part.blob, parser)
            except etree.XMLSyntaxError:
                return None
    return None
