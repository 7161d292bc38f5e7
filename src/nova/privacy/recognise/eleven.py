"""Folded text in, numbers of exactly eleven digits out, with what the words before call them. Steuer-ID and MaLo share this shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nova.privacy.recognise.groups import nearest, words_before
from nova.privacy.recognise.labels import last_label

ELEVEN = re.compile(
    r"(?:(?<![\w+])|(?<=\bLOC\+\w\d\d\+))(?<!\d[,.])(?<!\+\d\d[ /-])(?<!\b00\d\d[ /-])\d(?:[ \n./-]{0,2}\d){10}(?![ ./-]?\d|,\d|[^\W\d])"
)
CUES = re.compile(
    r"(?P<malo>\bloc\+\w\d\d\+|malo|marktlokation(?:s-identifikationsn)?|marktlok)"
    r"|(?P<tax_no>steuer-?(?:nummer|nr)|\bst\.? ?-?nr)"
    r"|(?P<tax_id>steuer|finanzamt|lohnzettel|\bid[ -]?nr|\bidnr|identifikationsn|\btin\b)"
    r"|(?P<phone>tel\b|tel\.|telefon(?!isch)|handy|mobil|\bfax|rufnummer|anruf|rückruf)"
    r"|(?P<other>vorgang|bestell|auftrag|charge|artikel|art\.? ?-?nr|liefersch|rechnung|störm|freigabe|sendung|ticket|beleg|seriennu|paket|"
    r"mandat|referenz|gutschein|inventar|projekt|\bean\b|imei|iccid|\bsim\b|buchung|material|avis|equipment|kassenz|police|\bsn\b|\bs/n)"
)
LINK = re.compile(
    r"[ ,.]{0,2} ?(?:\(|- |= )?(?:(?:das|dies|es) )?(?:(?:ist|war|wäre|lautet|heißt|steht|als|gilt als) )?(?:(?:ja|doch|also|auch) )?"
    r"(?:(?:die|der|das|meine?|mein|unsere?|ihre?|eure?|seine?|von|vom|für) ){0,3}(?=[^\W\d_])",
    re.IGNORECASE,
)
BEHIND, WINDOW = 24, 80


@dataclass(frozen=True, slots=True)
class Eleven:
    """Eleven digits at `start` to `end`; `cue` is malo, tax_id, tax_no, phone, other or None."""

    digits: str
    start: int
    end: int
    cue: str | None


def elevens(text: str) -> Iterator[Eleven]:
    """Every number of exactly eleven digits, however it is spaced; dates and decimals are none."""
    for match in ELEVEN.finditer(text):
        digits = "".join(char for char in match.group() if char.isdigit())
        cue = nearest(CUES, words_before(text, match.start())) or _after(text, match.end()) or _asked(text, match.start())
        yield Eleven(digits, match.start(), match.end(), cue)


def _after(text: str, end: int) -> str | None:
    """What the words right behind a number call it ("... ist meine MaLo")."""
    link = LINK.match(text, end)
    if not link:
        return None
    found = CUES.match(text[link.end() : link.end() + BEHIND].lower())
    return found.lastgroup if found and found.lastgroup in ("malo", "tax_id", "tax_no") else None


def _asked(text: str, start: int) -> str | None:
    """What the last label before a number calls it, also in a question or with a typing error, when no other number stands between."""
    last = last_label(text, start - WINDOW, start)
    if last is None or any(map(str.isdigit, text[last.end : start])):
        return None
    near = start - last.end <= BEHIND
    return last.kind if last.kind in ("malo", "tax_id") or (last.kind == "other" and near) else None
