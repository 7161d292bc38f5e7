"""`Document` -> JSON values and bytes, and back; the way back trusts nothing, as a broken parser may have written them.

The bytes are the blocks (kind, start, end, level) and the pages (number, start, end), as packed numbers, and the text. So what is JSON
stays small however long the document is, and the process that serves people never takes apart more of it than `runner.OWN_HEAD`.
"""

import struct
from typing import Any, get_args

from nova.courtesy import politely
from nova.engines.extract.writer import MAX_BLOCKS, MAX_CHARS, too_long, too_many
from nova.errors import UnreadableFile
from nova.records import Block, BlockKind, Document, Page

MAX_WARNINGS, MAX_META = 100, 200
AT_ONCE = 2000
_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
_BLOCK, _PAGE = struct.Struct("<4I"), struct.Struct("<3I")


def pack(document: Document) -> tuple[dict[str, Any], bytes]:
    """The document as JSON values (how many blocks and pages, and the facts) and bytes."""
    value = {
        "title": document.title,
        "blocks": len(document.blocks),
        "pages": len(document.pages),
        "meta": {key[:100]: word[:1000] for key, word in list(document.meta.items())[:MAX_META]},
        "warnings": [warning[:500] for warning in document.warnings[:MAX_WARNINGS]],
    }
    blocks = (_BLOCK.pack(_KINDS.index(block.kind), block.start, block.end, block.level) for block in document.blocks)
    pages = (_PAGE.pack(page.number, page.start, page.end) for page in document.pages)
    return value, b"".join((*blocks, *pages, document.text.encode("utf-8", "replace")))


def unpack(value: Any, body: bytes, media_type: str) -> Document:
    """The document; UnreadableFile when it is longer than Nova takes, spans are out of order or range, or a value is of the wrong type."""
    try:
        return _document(value, body, media_type)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, struct.error) as error:
        raise UnreadableFile("Das Ergebnis des Lesers ist fehlerhaft.") from error


def _document(value: Any, body: bytes, media_type: str) -> Document:
    blocks, pages = _count(value["blocks"]), _count(value["pages"])
    at = blocks * _BLOCK.size
    start = at + pages * _PAGE.size
    if start > len(body):
        raise ValueError("shorter than it says")
    if len(body) - start > 4 * MAX_CHARS:
        raise too_long()
    words = str(memoryview(body)[start:], "utf-8")
    if len(words) > MAX_CHARS:
        raise too_long()
    return Document(
        text=words,
        media_type=media_type,
        title=None if value["title"] is None else str(value["title"])[:300],
        blocks=_blocks(body[:at], len(words)),
        pages=_pages(body[at:start], len(words)),
        meta={str(key)[:100]: str(word)[:1000] for key, word in list(value["meta"].items())[:MAX_META]},
        warnings=tuple(str(warning)[:500] for warning in value["warnings"][:MAX_WARNINGS]),
    )


def _count(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise ValueError("count")
    if number > MAX_BLOCKS:
        raise too_many()
    return number


def _blocks(rows: bytes, length: int) -> tuple[Block, ...]:
    blocks, last = [], 0
    for kind, start, end, level in politely(_BLOCK.iter_unpack(rows), AT_ONCE):
        if level > 6 or not last <= start < end <= length:
            raise ValueError("block")
        blocks.append(Block(_KINDS[kind], start, end, level))
        last = end
    return tuple(blocks)


def _pages(rows: bytes, length: int) -> tuple[Page, ...]:
    pages, last = [], 0
    for number, start, end in _PAGE.iter_unpack(rows):
        if number < 1 or not last <= start <= end <= length:
            raise ValueError("page")
        pages.append(Page(number, start, end))
        last = end
    return tuple(pages)
