"""Folded text in, numbers of exactly eleven digits out, with what the words before call them. Steuer-ID and MaLo share this shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nova.privacy.recognise.groups import nearest, words_before

ELEVEN = re.compile(r"(?<![\w+])(?<!\d[,.])\d(?:[ \n./-]{0,2}\d){10}(?![ ./-]?\d|,\d|[^\W\d])")
CUES = re.compile(
    r"(?P<malo>malo|marktlokation|marktlok)"
    r"|(?P<tax_id>steuer|finanzamt|lohnzettel|\bid[ -]?nr|\bidnr|identifikationsn|\btin\b)"
    r"|(?P<phone>tel\b|tel\.|telefon|handy|mobil|\bfax|rufnummer|anruf|rückruf)"
    r"|(?P<other>vorgang|bestell|auftrag|charge|artikel|art\.? ?-?nr|liefersch|rechnung|störm|freigabe|sendung|ticket|beleg|seriennu)"
)


@dataclass(frozen=True, slots=True)
class Eleven:
    """Eleven digits at `start` to `end`; `cue` is malo, tax_id, phone, other or None."""

    digits: str
    start: int
    end: int
    cue: str | None


def elevens(text: str) -> Iterator[Eleven]:
    """Every number of exactly eleven digits, however it is spaced; dates and decimals are none."""
    for match in ELEVEN.finditer(text):
        digits = "".join(char for char in match.group() if char.isdigit())
        yield Eleven(digits, match.start(), match.end(), nearest(CUES, words_before(text, match.start())))
