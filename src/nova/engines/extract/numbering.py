"""Word's numbering part -> the number or bullet Word prints before each numbered paragraph (`§ 3`, `2.1`, `a)`, `-`)."""

import re
from typing import Any

from docx.oxml.ns import qn

_PLACE = re.compile(r"%([1-9])")
_ROMAN_TENS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN = (*_ROMAN_TENS, (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def count(word: str | None) -> int | None:
    """A number of at most nine digits; None for all else, as a file may say anything."""
    return int(word) if word and word.isdecimal() and len(word) < 10 else None


def roman(number: int) -> str:
    """Small Roman numerals for 1 to 3999."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def shown(number: int, form: str) -> str:
    """A count in one of Word's number formats; unknown ones as decimals."""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


class Numbering:
    """Counts the numbered paragraphs of a document in reading order."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        for abstract in root.iter(qn("w:abstractNum")):
            self._levels[abstract.get(qn("w:abstractNumId"))] = dict(_level(level) for level in abstract.iter(qn("w:lvl")))
        for entry in root.iterchildren(qn("w:num")):
            target = entry.find(qn("w:abstractNumId"))
            if target is not None:
                self._lists[entry.get(qn("w:numId"))] = target.get(qn("w:val"))

    def label(self, list_id: str, depth: int) -> str:
        """The next label of this list at this depth (0 to 8); "-" for bullets, "" for an unknown list."""
        abstract = self._lists.get(list_id)
        levels = self._levels.get(abstract or "")
        if abstract is None or not levels or depth not in levels:
            return "-" if list_id else ""
        form, text, start = levels[depth]
        if form in ("bullet", "none"):
            return "-" if form == "bullet" else ""
        counts = self._counts.setdefault(abstract, [None] * 9)
        before = counts[depth]
        counts[depth] = start if before is None else before + 1
        counts[depth + 1 :] = [None] * (8 - depth)

        def place(found: "re.Match[str]") -> str:
            at = int(found[1]) - 1
            known = levels.get(at, ("decimal", "", 1))
            now = counts[at]
            return shown(known[2] if now is None else now, known[0])

        return _PLACE.sub(place, text).strip()


def _level(level: Any) -> tuple[int, tuple[str, str, int]]:
    def value(name: str, otherwise: str) -> str:
        child = level.find(qn(name))
        return otherwise if child is None else child.get(qn("w:val")) or otherwise

    first, depth = count(value("w:start", "1")), count(level.get(qn("w:ilvl")))
    return depth or 0, (value("w:numFmt", "decimal"), value("w:lvlText", ""), 1 if first is None else first)
