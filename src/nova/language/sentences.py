"""Text in, the spans of its sentences out, for German prose, legal enumerations and abbreviations."""

import re
from itertools import pairwise

import sentencex

from nova.language.spans import trimmed

# After these a full stop ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Abs|Art|Nr|Nrn|Buchst|Ziff|Bek|BGBl|ABl|BAnz|bzw|ca|d\.\s?h|einschl|etc|evtl|ggf|gem|i\.\s?d\.\s?F|i\.\s?S\.\s?d|i\.\s?V\.\s?m|lfd|max|min|mind|"
    r"sog|Std|Str|u\.\s?a|usw|vgl|Verz|v|z\.\s?B|zzgl|inkl|S|Dr|Prof|Tel|Anl|Aufl|Hrsg|Ausg|Mio|Mrd|Jan|Feb|Aug|Sept|Okt|Nov|Dez)|\b[A-Za-z])\.\s*$"
)
_ENUMERATOR = re.compile(r"^\s*(?:\(?\d{1,3}[a-z]?[.)]|[a-z]{1,2}\)|\(\d+[a-z]?\)|[-–•*])\s*$")
_BREAK = re.compile(r"\n[ \t]*\n+")
_ITEM = re.compile(r"\n[ \t]*(?=(?:\(\d+[a-z]?\)|\d{1,3}[a-z]?\.|[a-z]{1,2}\)|[-–•*])[ \t]+\S)")
_NEAR = 60
_MONTH = re.compile(r"^\s*(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Kalender|Lebensjahr)")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) in order, not overlapping, without outer white space; together they cover every other character.

    Blank lines and the items of an enumeration (`1.`, `a)`, `(2)`) always begin a new span; an enumerator stays with its item.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        spans += _split(text, start, end)
    return spans


def _pieces(text: str) -> list[tuple[int, int]]:
    cuts = sorted({0, len(text), *(m.start() for m in _BREAK.finditer(text)), *(m.start() for m in _ITEM.finditer(text))})
    spans = (trimmed(text, start, end) for start, end in pairwise(cuts))
    return [piece for piece in spans if piece[0] < piece[1]]


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    body = text[start:end]
    if not re.search(r"[.!?…:;][\s\"“”»)\]]", body):
        return [(start, end)]
    cuts = sorted({0, *(at for at in _starts(body) if 0 < at < len(body)), len(body)})
    spans: list[tuple[int, int]] = []
    opened = 0
    for cut in cuts[1:]:
        if cut < len(body) and _must_join(body, opened, cut):
            continue
        left, right = trimmed(body, opened, cut)
        if left < right:
            spans.append((start + left, start + right))
        opened = cut
    return spans


def _starts(body: str) -> list[int]:
    return [boundary["start_index"] for boundary in sentencex.get_sentence_boundaries("de", body)]


def _must_join(body: str, opened: int, cut: int) -> bool:
    """Whether what ends at `cut` goes on behind it; a few words on either side tell."""
    before, after = body[max(opened, cut - _NEAR) : cut], body[cut : cut + _NEAR]
    if (cut - opened <= _NEAR and _ENUMERATOR.match(before)) or _MONTH.match(after):
        return True
    follows = after.lstrip()[:1]
    return bool(_ABBREVIATION.search(before)) or follows.islower() or not re.search(r"[.!?…:][\"“”»)\]]*\s*$", before)
