"""A line of running text -> whether it is a heading by its words, how deep, or a list item: for formats without markup."""

import dataclasses
import re
from collections.abc import Mapping

from nova.records import Block, Document

_TOP = re.compile(
    r"(?:Anlage|Anhang)\s+(?:\d+[a-z]?|[IVXLC]+|[A-Z])\b|(?:Eingangsformel|Schlu(?:ss|ß)formel|Inhalts(?:übersicht|verzeichnis)|Präambel)$"
)
_LEVELS = (
    (1, re.compile(r"(?:Buch|Titel)\s+[\dIVXLC]+\b")),
    (2, re.compile(r"Teil\s+(?:\d+[a-z]?|[IVXLC]+)\b")),
    (2, _TOP),
    (3, re.compile(r"Kapitel\s+(?:\d+[a-z]?|[IVXLC]+)\b")),
    (4, re.compile(r"Abschnitt\s+(?:\d+[a-z]?|[IVXLC]+)\b")),
    (5, re.compile(r"Unterabschnitt\s+(?:\d+[a-z]?|[IVXLC]+)\b")),
    (6, re.compile(r"(?:§§?\s?\d+[a-z]{0,2}|Art(?:ikel|\.)\s?\d+[a-z]?)\b")),
)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[A-ZÄÖÜ][^.;:,]{2,100}$")
_ENDS_SENTENCE = re.compile(r"[.;:,]$")
_VERB = re.compile(r"\s(?:ist|sind|wird|werden|gilt|gelten|bleibt|bleiben|hat|haben|kann|können|findet|finden|Abs\.|Absatz|Satz)\b")
MONTH = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
ITEM = re.compile(rf"(?:[-•‣◦▪●–*]|\(?\d{{1,3}}[a-z]{{0,2}}[.)](?!\s+{MONTH})|\(?[a-z]{{1,2}}\))\s+\S")
SUBSECTION = re.compile(r"\(\d{1,3}[a-z]{0,2}\)\s+\S")


def heading_level(line: str) -> int | None:
    """1 to 6 when the line reads as the heading of a law's part (`Teil 2 - ...`, `§ 14a ...`) or a numbered heading."""
    words = line.strip()
    if not 3 <= len(words) <= 180 or _ENDS_SENTENCE.search(words):
        return None
    for level, pattern in _LEVELS:
        found = pattern.match(words)
        if found:
            rest = words[found.end() :]
            return None if _VERB.match(rest) or rest[:1] in (",", ".") else level
    return None


def numbered_level(line: str) -> int | None:
    """2 to 6 for `1.2 Netzanschluss`: one line, a capital behind the number, no sentence."""
    found = _NUMBERED.match(line.strip())
    return min(6, found[1].count(".") + 2) if found and not _VERB.search(found[0]) else None


def is_item(text: str) -> bool:
    """Whether a line begins a list item; the number of an Absatz is none."""
    return bool(ITEM.match(text)) and not SUBSECTION.match(text)


def settle(document: Document) -> Document:
    """Levels without gaps; formulas and annexes as high as the highest part of the law, so that no paragraph hangs below them."""
    heads = {block: document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"}
    wanted = _wanted_levels(heads)
    order = {level: min(6, rank) for rank, level in enumerate(sorted(set(wanted.values())), start=1)}
    blocks = tuple(dataclasses.replace(block, level=order[wanted[block]]) if block in wanted else block for block in document.blocks)
    return dataclasses.replace(document, blocks=blocks)


def _wanted_levels(heads: Mapping[Block, str]) -> dict[Block, int]:
    """Each heading's level with gaps: its own, but the highest of the law's parts for formulas and annexes."""
    on_top = {block for block, words in heads.items() if _TOP.match(words)}
    parts = [block.level for block, words in heads.items() if block not in on_top and heading_level(words)]
    top = min(parts, default=None)
    return {block: block.level if top is None or block not in on_top else top for block in heads}
