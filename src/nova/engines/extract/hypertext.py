"""HTML -> the main content as headings, paragraphs, lists and table rows; no scripts, styles, menus or forms."""

import re
from typing import Any

from lxml import etree, html

from nova.engines.extract.decode import decode
from nova.engines.extract.writer import MAX_CHARS, Writer, clean, one_line, too_long
from nova.errors import UnreadableFile
from nova.records import Document

_DROP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "form",
        "button",
        "select",
        "nav",
        "aside",
        "footer",
        "head",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_MENU = re.compile(r"\b(?:nav(?:igation|bar)?|menu|breadcrumbs?|cookie|sidebar|footer|skip-?link|sr-only|visually-hidden)\b", re.IGNORECASE)
_PAGES = re.compile(r"utf-?8|utf-?16(?:le|be)?|(?:iso-?8859|windows|cp|ibm|koi8|mac)[\w-]{1,12}|latin-?\d{1,2}|(?:us-)?ascii")
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]{3,30})", re.IGNORECASE)


def read_html(data: bytes, filename: str) -> Document:
    """The document; its title from `<title>`, else the first heading."""
    root = tree(_text(data), filename)
    writer = Writer("text/html")
    write(_main(root), writer)
    title = one_line(root.findtext(".//title") or "")
    return writer.document(title or writer.first_heading)


def tree(markup: str, filename: str) -> Any:
    """The parsed page without comments; UnreadableFile when there is none in it."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"„{filename}“ ist kein lesbares HTML.") from error


def write(element: Any, writer: Writer) -> None:
    """Write an element's blocks in reading order, without scripts, styles, menus and forms."""
    _Walk(writer).element(element)


def _text(data: bytes) -> str:
    """As the page's own meta element says where that works, else as for any text; without an XML declaration."""
    named = _CHARSET.search(data[:2048])
    text = None
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            encoding = named[1].decode("ascii").lower()
            if _PAGES.fullmatch(encoding):  # Python knows more codecs, and some are slow, stateful or no text at all
                text = data.decode("cp1252" if encoding in ("iso-8859-1", "latin-1", "latin1") else encoding)
        except (LookupError, UnicodeError):
            text = None
    text = decode(data) if text is None else text
    if len(text) > MAX_CHARS:
        raise too_long()
    return re.sub(r"^\s*<\?xml[^>]*>", "", text.lstrip("\ufeff")).replace("\x00", "")


def _main(root: Any) -> Any:
    """The element that holds the content: `main` or the article when it holds a good part of the words."""
    body = root.find("body")
    body = root if body is None else body
    total = len(one_line(body.text_content()))
    for path in (".//main", ".//*[@role='main']", ".//article", ".//*[@id='content']", ".//*[@id='main']"):
        found = body.findall(path)
        if len(found) == 1 and len(one_line(found[0].text_content())) >= total * 0.3:
            return found[0]
    return body


def _dropped(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROP:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style or element.get("role") in ("navigation", "search", "contentinfo"):
        return True
    return element.tag in ("div", "ul", "section", "header") and bool(_MENU.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _inline(element: Any) -> str:
    """All words below an element, without what is dropped."""
    parts = [element.text or ""]
    for child in element:
        if not _dropped(child):
            parts.append("\n" if child.tag == "br" else _inline(child))
            if child.tag in _BLOCKS:
                parts.append(" ")
        parts.append(child.tail or "")
    return "".join(parts)


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th") and not _dropped(cell)]


class _Walk:
    """Goes through the elements in order; words between blocks gather until the next block begins."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._words: list[str] = []
        self._marker = ""
        self._depth = 0

    def element(self, element: Any) -> None:
        """Write an element's blocks."""
        self._words.append(element.text or "")
        for child in element:
            if not _dropped(child):
                self._child(child)
            self._words.append(child.tail or "")
        if element.tag in _BLOCKS:
            self._flush()

    def _child(self, child: Any) -> None:
        if child.tag == "br":
            self._words.append("\x0b")
        elif child.tag not in _BLOCKS:
            self.element(child)
        else:
            self._flush()
            self._block(child)

    def _block(self, child: Any) -> None:
        if child.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._writer.heading(int(child.tag[1]), _inline(child))
        elif child.tag in ("ul", "ol"):
            self._list(child)
        elif child.tag == "table":
            self._table(child)
        elif child.tag == "pre":
            self._writer.add("code", clean("\n".join(row.rstrip() for row in child.text_content().split("\n"))).strip("\n"))
        else:
            self.element(child)

    def _list(self, element: Any) -> None:
        start = element.get("start") or "1"
        number = int(start) if start.isdecimal() and len(start) < 7 else 1
        self._depth += 1
        for child in element:
            if _dropped(child):
                continue
            if child.tag in ("ul", "ol"):
                self._list(child)
                continue
            self._marker = f"{number}." if element.tag == "ol" else "-"
            self.element(child)
            number += 1
        self._depth -= 1
        self._marker = ""

    def _table(self, table: Any) -> None:
        cells = [_cells(row) for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if max((len(row) for row in cells), default=0) <= 1:
            for row in cells:
                for cell in row:
                    self.element(cell)
            return
        for caption in table.findall("caption"):
            self._writer.paragraph(_inline(caption))
        for row in cells:
            self._writer.row([_inline(cell) for cell in row])

    def _flush(self) -> None:
        """Write the gathered words: as the item they open, as more of that item, or as a paragraph."""
        words = "\n".join(one_line(part) for part in "".join(self._words).split("\x0b")).strip()
        self._words = []
        if not words:
            return
        if self._depth:
            self._writer.item(words, self._marker, self._depth - 1)
            self._marker = ""
        else:
            self._writer.paragraph(words)
