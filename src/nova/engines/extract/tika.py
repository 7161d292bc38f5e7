"""What a Tika server says of a file (`/rmeta/html`: a JSON list, the file first, then what is embedded in it) -> a `Document`.

As hostile as the file itself: runs in a child process. An answer that names an exception is no text, not even in part.
"""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from nova.engines.extract.hypertext import tree, write
from nova.engines.extract.wire import pack
from nova.engines.extract.writer import Writer, one_line
from nova.errors import UnreadableFile
from nova.records import Document

CONTENT, DEPTH, NAME = "X-TIKA:content", "X-TIKA:embedded_depth", "resourceName"
FAILED, CUT = "X-TIKA:EXCEPTION:container_exception", "X-TIKA:EXCEPTION:write_limit_reached"
EMBEDDED_FAILED = "X-TIKA:EXCEPTION:embedded_exception"
MOST_EMBEDDED = 50
_NOT_TEXT = re.compile(r"^(?:image|audio|video|font)/|msoffice-embedded")
_DROPPED = frozenset(
    ["header", "footer", "kopfzeile", "fußzeile", "outside", "package-entry", "embedded", "slide-master-content", "slide-footer"]
)
_STYLE = re.compile(r"^(?:überschrift|ueberschrift|heading)_?([1-6])$")
_TITLES = frozenset(["titel", "title"])
_LINES = re.compile(r"^text/(?!html)")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def read_rmeta(data: bytes, media_type: str, filename: str) -> Document:
    """The file's text, then that of its attachments, each below a heading with its name; UnreadableFile."""
    entries = _entries(data, filename)
    main, attached = entries[0], [entry for entry in entries[1:] if _is_text(entry)]
    _refuse_failed(main, filename)
    writer = Writer(media_type)
    body = _body(main, filename)
    if body is not None:
        write(body, writer)
    _warn_cut(main, writer)
    title = one_line(_word(main, "dc:title") or _word(main, "dc:subject")) or writer.first_heading
    for entry in attached[:MOST_EMBEDDED]:
        _attach(entry, writer, filename)
    if len(attached) > MOST_EMBEDDED:
        writer.warnings.append(f"Nur die ersten {MOST_EMBEDDED} Anhänge wurden gelesen.")
    document = writer.document(title)
    if not document.text.strip():
        raise UnreadableFile(f"„{filename}“ enthält keinen lesbaren Text.")
    return document


def rmeta_task(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """`read_rmeta` as a child's task: `media_type` and `filename` in, the document as `wire` packs it out."""
    return pack(read_rmeta(body, str(args["media_type"]), str(args["filename"])))


def _entries(data: bytes, filename: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"Der Tika-Server antwortet zu „{filename}“ unverständlich.") from error
    if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
        raise UnreadableFile(f"Der Tika-Server antwortet zu „{filename}“ unverständlich.")
    return value


def _refuse_failed(entry: Mapping[str, Any], filename: str) -> None:
    words = _word(entry, FAILED)
    if "EncryptedDocumentException" in words:
        raise UnreadableFile(f"„{filename}“ ist mit einem Kennwort geschützt.")
    if words:
        kind = re.split(r"[:\s]", words, maxsplit=1)[0].rpartition(".")[2]
        raise UnreadableFile(f"„{filename}“ ist beschädigt: der Tika-Server konnte die Datei nicht lesen ({kind[:60]}).")


def _is_text(entry: Mapping[str, Any]) -> bool:
    return bool(_word(entry, CONTENT)) and not _NOT_TEXT.search(_word(entry, "Content-Type"))


def _attach(entry: Mapping[str, Any], writer: Writer, filename: str) -> None:
    """Below a heading with its name; an attachment without words leaves no trace, one that could not be read a warning."""
    name = one_line(_word(entry, NAME))[:200] or "ohne Namen"
    if _word(entry, EMBEDDED_FAILED) or _word(entry, FAILED):
        writer.warnings.append(f"Der Anhang „{name}“ konnte nicht gelesen werden.")
        return
    body = _body(entry, filename)
    if body is not None and one_line(body.text_content()):
        if _LINES.match(_word(entry, "Content-Type")):
            _keep_lines(body)
        writer.heading(1, f"Anhang „{name}“")
        write(body, writer)
        _warn_cut(entry, writer)


def _warn_cut(entry: Mapping[str, Any], writer: Writer) -> None:
    if _word(entry, CUT).lower() == "true":
        writer.warnings.append("Der Text ist sehr lang; nur sein Anfang wurde gelesen.")


def _body(entry: Mapping[str, Any], filename: str) -> Any:
    """The page's body as plain HTML has it: no running heads, Word's heading styles as headings, a letter's empty lines as paragraphs."""
    markup = _word(entry, CONTENT).replace("\x00", "")
    if not markup.strip():
        return None
    root = tree(markup, filename)
    body = root.find("body")
    body = root if body is None else body
    for element in list(body.iter("div", "p")):
        classes = set((element.get("class") or "").lower().split())
        if classes & _DROPPED:
            element.drop_tree()
        elif element.tag == "p":
            _style(element, classes)
    for element in list(body.iter("p")):
        _split(element)
    return body


def _style(element: Any, classes: set[str]) -> None:
    """Tika names a Word paragraph's style as its class, in the language of the file, and knows the English headings only."""
    levels = [int(found[1]) for name in classes if (found := _STYLE.match(name))]
    if levels and one_line(element.text_content()):
        element.tag = f"h{levels[0]}"
    elif classes & _TITLES and one_line(element.text_content()):
        element.tag = "h1"


def _split(element: Any) -> None:
    """A plain text letter comes as one paragraph."""
    words = element.text or ""
    if len(element) or not _PARAGRAPHS.search(words):
        return
    tail, element.tail = element.tail, None
    first, *others = [part for part in _PARAGRAPHS.split(words) if part.strip()] or [""]
    element.text = first
    for part in others:
        after = deepcopy(element)
        after.text = part
        element.addnext(after)
        element = after
    element.tail = tail


def _keep_lines(body: Any) -> None:
    """The lines of a text file stay lines."""
    for element in list(body.iter("p")):
        first, *others = [line for line in (element.text or "").split("\n") if line.strip()] or [""]
        if not len(element):
            element.text = first
            for line in others:
                element.append(element.makeelement("br"))
                element[-1].tail = line


def _word(entry: Mapping[str, Any], name: str) -> str:
    """A value, or the first of several."""
    value = entry.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else ""
