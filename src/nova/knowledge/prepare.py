"""A document in; its sections, chunks, packed lexical vectors and law names out. The heavy half runs in a child process.

The functions ending in `_in_child` are called by path: `(args, body) -> (value, body)`, JSON and plain bytes only.
"""

import json
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.courtesy import in_pieces, politely
from nova.ports import Children
from nova.records import Block, Chunk, Document, Page, Section

if TYPE_CHECKING:
    from nova.language.analyser import Analyser

HERE = "nova.knowledge.prepare"
SLICE_CHARS, SLICE_ROWS, PART = 200_000, 2_000, 200
LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class DocumentStructure:
    """All that is stored of a document's structure. `vectors` are packed as the outbox keeps them, one for each chunk.

    `names` maps what the document may be called in a question to its law key; empty when it is no law.
    """

    sections: tuple[Section, ...]
    chunks: tuple[Chunk, ...]
    vectors: tuple[bytes, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ToVectorise:
    """What an analyser reads of one stored chunk."""

    title: str
    path: tuple[str, ...]
    text: str
    norm: str | None


def prepare(children: Children, document: Document, body: bytes, title: str, analyser: Path) -> DocumentStructure:
    """Cut a document into sections and chunks and analyse them, in a child. `body`: its `document_bytes`; `analyser`: its file."""
    value, packed = children.run(f"{HERE}:prepare_in_child", {"title": title, "analyser": str(analyser)}, body, name=title)
    parts = _split(packed)
    rows = [json.loads(part) for part in politely(parts[: value["parts"]], 1)]
    sections = tuple(Section(**{**row, "path": tuple(row["path"])}) for part in politely(rows, 1) for row in part["sections"])
    chunks = tuple(_chunk(row, document.text) for part in politely(rows, 1) for row in part["chunks"])
    vectors = tuple(parts[value["parts"] :])
    if len(vectors) != len(chunks):
        raise ValueError(f"{len(vectors)} vectors for {len(chunks)} chunks")
    return DocumentStructure(sections, chunks, vectors, dict(value["names"]))


def vectorise(children: Children, rows: Sequence[ToVectorise], analyser: Path) -> list[bytes]:
    """Packed vectors of stored chunks, in order."""
    body = json.dumps([[row.title, row.path, row.text, row.norm] for row in rows], ensure_ascii=False).encode()
    _, packed = children.run(f"{HERE}:vectorise_in_child", {"analyser": str(analyser)}, body, name="Neuaufbau")
    return list(_split(packed))


def learn(children: Children, texts: Sequence[str]) -> str:
    """A new analyser's JSON, learned from passages on top of the shipped one."""
    body = json.dumps(list(texts), ensure_ascii=False).encode()
    _, artefact = children.run(f"{HERE}:learn_in_child", {}, body, name="Sprachanalyse", patient=True)
    return artefact.decode()


def prepare_in_child(args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """See `prepare`."""
    from nova.knowledge.chunk import chunks as cut
    from nova.knowledge.structure import sections as outline

    document = document_from_json(json.loads(body.decode("utf-8", "surrogatepass")))
    sections = outline(document)
    chunks = cut(document, sections)
    analyser = _analyser(args["analyser"])
    packed = [_pack(analyser, args["title"], chunk.path, chunk.text, sections[chunk.section].norm) for chunk in chunks]
    rows = [
        *({"sections": [asdict(section) for section in part], "chunks": []} for part in in_pieces(sections, PART)),
        *(
            {"sections": [], "chunks": [[c.ordinal, c.section, list(c.path), c.start, c.end, c.page_from, c.page_to] for c in part]}
            for part in in_pieces(chunks, PART)
        ),
    ]
    return {"parts": len(rows), "names": law_names(document)}, b"".join([*(_framed(_json(part)) for part in rows), *packed])


def vectorise_in_child(args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """See `vectorise`."""
    analyser = _analyser(args["analyser"])
    return None, b"".join(_pack(analyser, title, path, text, norm) for title, path, text, norm in json.loads(body))


def learn_in_child(_args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """See `learn`."""
    from nova.language.analyser import Analyser

    return None, Analyser.learn(json.loads(body)).to_json().encode()


def document_bytes(document: Document) -> bytes:
    """A document as UTF-8 JSON, blocks and pages as short lists: what is stored of it, and what a child is given.

    Written in pieces: one call of the encoder for a long document would hold up everybody who asks something for half a second.
    """
    text = document.text
    return b"".join(
        [
            b'{"text":"',
            *(_json(part)[1:-1] for part in in_pieces(text, SLICE_CHARS)),
            b'","media_type":' + _json(document.media_type) + b',"title":' + _json(document.title) + b',"blocks":[',
            _rows([[block.kind, block.start, block.end, block.level] for block in part] for part in in_pieces(document.blocks, SLICE_ROWS)),
            b'],"pages":[',
            _rows([[page.number, page.start, page.end] for page in part] for part in in_pieces(document.pages, SLICE_ROWS)),
            b'],"meta":' + _json(dict(document.meta)) + b',"warnings":' + _json(list(document.warnings)) + b"}",
        ]
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _rows(parts: Iterable[Sequence[Any]]) -> bytes:
    return b",".join(_json(part)[1:-1] for part in parts)


def document_from_json(value: Mapping[str, Any]) -> Document:
    """The document that `document_bytes` wrote."""
    return Document(
        text=value["text"],
        media_type=value["media_type"],
        title=value["title"],
        blocks=tuple(Block(*block) for block in value["blocks"]),
        pages=tuple(Page(*page) for page in value["pages"]),
        meta=dict(value["meta"]),
        warnings=tuple(value["warnings"]),
    )


def law_names(document: Document) -> dict[str, str]:
    """What a law may be called in a question (compact form) -> its key: abbreviation, full title and key; empty for other documents."""
    from nova.knowledge.structure import law_of, title_of
    from nova.language.norms import compact

    law = law_of(document)
    if law is None:
        return {}
    title = title_of(document)
    bracket = re.search(r"\(([^()]{2,40})\)\s*$", title)
    short = document.meta.get("jurabk", "")
    names = [
        law,
        title,
        title[: bracket.start()] if bracket else "",
        bracket.group(1) if bracket else "",
        short,
        re.sub(r"\s*\d{4}$", "", short),
    ]
    return {compact(name): law for name in (*names, document.title or "") if compact(name)}


@lru_cache(maxsize=2)
def _analyser(file: str) -> "Analyser":
    from nova.language.analyser import Analyser

    return Analyser.from_json(Path(file).read_text("utf-8"))


def _pack(analyser: "Analyser", title: str, path: Sequence[str], text: str, norm: str | None) -> bytes:
    from nova.store.documents.outbox import pack

    return _framed(pack(analyser.document(title, tuple(path), text, (norm,) if norm else ())))


def _framed(data: bytes) -> bytes:
    return LENGTH.pack(len(data)) + data


def _split(packed: bytes) -> list[bytes]:
    """The length-prefixed parts of a reply."""
    vectors, at = [], 0
    while at < len(packed):
        (size,) = LENGTH.unpack_from(packed, at)
        vectors.append(packed[at + 4 : at + 4 + size])
        at += 4 + size
    return vectors


def _chunk(row: Sequence[Any], text: str) -> Chunk:
    ordinal, section, path, start, end, page_from, page_to = row
    return Chunk(ordinal, section, text[start:end], tuple(path), start, end, page_from, page_to)
