"""Plain text in any encoding -> the same text and its paragraphs, list items and headings; CSV -> rows that read alone."""

import csv
import io
import itertools
import re
from collections import Counter
from itertools import pairwise

from nova.engines.extract.decode import decode
from nova.engines.extract.markdown import normalise
from nova.engines.extract.outline import ITEM, SUBSECTION, heading_level, is_item, numbered_level, settle
from nova.engines.extract.rows import add_rows
from nova.engines.extract.writer import Writer
from nova.records import Block, BlockKind, Document

SAMPLE = 16_384
SEPARATORS = ";\t,|"
_UNDERLINE = re.compile(r"[=~-]{3,}$")
_PARAGRAPH = re.compile(r"(?:^[^\S\n]*+\S[^\n]*+\n?)+", re.MULTILINE)


def read_plain(data: bytes) -> Document:
    """Text as it stands (tidied of form feeds); a heading stands alone between empty lines and reads as one."""
    text = normalise(decode(data))
    blocks: list[Block] = []
    for found in _PARAGRAPH.finditer(text):
        blocks.extend(_paragraph(text, found.start(), found.end()))
    first = next((text[block.start : block.end] for block in blocks if block.kind == "heading"), None)
    title = first if blocks and blocks[0].kind == "heading" else None
    return settle(Document(text, "text/plain", " ".join(title.split())[:300] if title else None, tuple(blocks)))


def _paragraph(text: str, start: int, end: int) -> list[Block]:
    """The blocks of lines that stand together."""
    rows = _rows(text, start, end)
    if len(rows) == 2 and _UNDERLINE.fullmatch(text[slice(*rows[1])]):
        return [Block("heading", *rows[0], 1 if text[rows[1][0]] == "=" else 2)]
    first = text[slice(*rows[0])]
    level = heading_level(first) or (numbered_level(first) if len(rows) == 1 else None)
    if not level:
        return _parted(text, rows)
    return [Block("heading", *rows[0], level), *_parted(text, rows[1:])]


def _parted(text: str, rows: list[tuple[int, int]]) -> list[Block]:
    """Lines as paragraphs and items: each goes on to the next line that begins an item or an Absatz."""
    begins = [at for at, row in enumerate(rows) if at == 0 or ITEM.match(text, *row) or SUBSECTION.match(text, *row)]
    edges = pairwise([*begins, len(rows)])
    return [Block(_kind(text[slice(*rows[first])]), rows[first][0], rows[end - 1][1]) for first, end in edges]


def _kind(line: str) -> BlockKind:
    return "list" if is_item(line) else "paragraph"


def _rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the lines' words."""
    spans = []
    for line in text[start:end].split("\n"):
        words = line.strip()
        if words:
            first = start + line.index(words)
            spans.append((first, first + len(words)))
        start += len(line) + 1
    return spans


def read_csv(data: bytes) -> Document:
    """Rows as `Spalte: Wert; ...`; the separator is found in the first lines."""
    text = normalise(decode(data))
    separator, quote = _separator(text[:SAMPLE])
    writer = Writer("text/csv")
    try:
        rows = csv.reader(io.StringIO(text), delimiter=separator, quotechar=quote, skipinitialspace=True)
        add_rows(writer, rows, "Tabelle")
    except csv.Error:
        writer.warnings.append("Ein Teil der Tabelle ist beschädigt und wurde nicht gelesen.")
    return writer.document(None)


def _separator(sample: str) -> tuple[str, str]:
    """What parts the cells (the sign that cuts most lines into equally many) and what quotes them; `csv.Sniffer` may take for ever."""
    most, found = 0, (",", '"')
    for separator in SEPARATORS:
        quote = "'" if sample.count(f"'{separator}'") > sample.count(f'"{separator}"') else '"'
        try:
            lines = csv.reader(io.StringIO(sample), delimiter=separator, quotechar=quote, skipinitialspace=True)
            widths = Counter(len(row) for row in itertools.islice(lines, 100) if row)
        except csv.Error:
            continue
        alike = max((count for width, count in widths.items() if width > 1), default=0)
        if alike > most:
            most, found = alike, (separator, quote)
    return found
