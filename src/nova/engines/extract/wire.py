"""`Document` -> JSON values and back; the way back trusts nothing, as a broken parser may have written them."""

from typing import Any, get_args

from nova.errors import UnreadableFile
from nova.records import Block, BlockKind, Document, Page

_KINDS: tuple[str, ...] = get_args(BlockKind)


def document_value(document: Document) -> dict[str, Any]:
    """JSON values for everything but the text, which travels as bytes."""
    return {
        "media_type": document.media_type,
        "title": document.title,
        "blocks": [[block.kind, block.start, block.end, block.level] for block in document.blocks],
        "pages": [[page.number, page.start, page.end] for page in document.pages],
        "meta": dict(document.meta),
        "warnings": list(document.warnings),
    }


def document_of(value: Any, text: bytes, media_type: str) -> Document:
    """The document; UnreadableFile when spans are out of order or range, or a value is of the wrong type."""
    try:
        words = text.decode("utf-8")
        return Document(
            text=words,
            media_type=media_type,
            title=None if value["title"] is None else str(value["title"])[:300],
            blocks=_blocks(value["blocks"], len(words)),
            pages=_pages(value["pages"], len(words)),
            meta={str(key)[:100]: str(word)[:1000] for key, word in list(value["meta"].items())[:200]},
            warnings=tuple(str(warning)[:500] for warning in value["warnings"][:100]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile("Das Ergebnis des Lesers ist fehlerhaft.") from error


def _blocks(rows: list[Any], length: int) -> tuple[Block, ...]:
    blocks, last = [], 0
    for kind, start, end, level in rows:
        if kind not in _KINDS or not all(type(number) is int for number in (start, end, level)) or not 0 <= level <= 6:
            raise ValueError(kind)
        if not last <= start < end <= length:
            raise ValueError("span")
        blocks.append(Block(kind, start, end, level))
        last = end
    return tuple(blocks)


def _pages(rows: list[Any], length: int) -> tuple[Page, ...]:
    pages, last = [], 0
    for number, start, end in rows:
        if not all(type(value) is int for value in (number, start, end)) or number < 1 or not last <= start <= end <= length:
            raise ValueError("page")
        pages.append(Page(number, start, end))
        last = end
    return tuple(pages)
