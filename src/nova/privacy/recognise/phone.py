"""Folded text in, telephone numbers out: +49, 0049, (0) and national forms, and shorter ones where the words before name a telephone.

Readings with a unit, decimals, amounts and dates are none.
"""

import re
from collections.abc import Iterator

from nova.privacy.recognise.groups import words_before
from nova.privacy.recognise.labels import last_label
from nova.privacy.recognise.values import digits
from nova.privacy.spans import Span

GROUPS = r"(?:[ \n]?[/-][ \n]?|[ .\n]|\))?(?:\(\d{1,5}\) ?)?\d{1,14}"
NUMBER = re.compile(
    rf"(?<![\w§.,/:-])(?:(?:\+|00) ?[1-9]\d{{0,2}}(?: ?\(0\))?|\((?:\+|00) ?[1-9]\d{{0,2}}\)|\(0(?: ?\d){{2,5}}\)|"
    rf"\(?0 ?[1-9](?: ?\d){{0,1}}\d{{0,3}}\)?)(?: ?[/-] ?)?(?:{GROUPS}){{1,12}}"
)
NAMED = re.compile(
    r"(?:tel(?:efon)?(?:isch|nummer|nr)?|phone|handy(?:nummer|nr)?|mobil(?:nummer|nr|e)?|"
    r"fax(?:nummer)?|rufnummer|durchwahl|rückruf(?:nummer)?)"
    r"[^\w\n+(]{0,4}(?:(?:ist|lautet|die|nr|unter|privat|neu|number)\b[^\w\n+(]{0,3}){0,3}"
    r"(?P<value>[+(]?\d(?:[ ()/.-]{0,2}\d){4,15})(?!\w|,\d)",
    re.IGNORECASE,
)
YEAR = r"(?:19|20)\d{2}(?!\d)"
DATE = re.compile(
    rf"(?<![\d.])(?:0?[1-9]|[12]\d|3[01])[./-] ?(?:0?[1-9]|1[0-2])[./-] ?(?:\d{{4}}|\d{{2}})(?!\d)|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
    rf"|(?<!\d)(?:0[1-9]|[12]\d|3[01]) (?:0[1-9]|1[0-2]) {YEAR}|(?<!\d)(?:0[1-9]|1[0-2])/{YEAR}"
)
AFTER = re.compile(r"\w|,\d|[ ]?(?:[kMGT]?Wh?|kVA|m³|m3|m²|EUR|€|ct|Cent|Euro|Uhr|Prozent|%|Stück|km)(?!\w)")
NOT_A_PHONE = re.compile(
    r"(?:stand|verbrauch|iban|blz|konto|malo|melo|plz|(?:rechnung|paket|sendung|tracking|retoure|artikel|art\.|bestell|auftrag|vorgang|charge|lieferschein|ticket|"
    r"beleg|serien)"
    r"\w{0,12}[ -]?(?:nr\.?|nummer)?)\W{0,3}\Z"
)
WORD = re.compile(r"\w")
FEWEST, FEWEST_ABROAD, MOST, WINDOW, NEAR = 8, 10, 15, 40, 6


def phones(text: str) -> Iterator[Span]:
    """Every telephone number."""
    for match in NUMBER.finditer(text):
        end = _trimmed(text, match.start(), match.end())
        count = digits(text[match.start() : end])
        fewest = FEWEST_ABROAD if match.group().startswith("00") else FEWEST
        if fewest <= count <= MOST and not AFTER.match(text, end) and not _other(text, match.start()):
            yield Span(match.start(), end, "phone")
    for match in NAMED.finditer(text):
        start, end = match.span("value")
        if not DATE.match(text, start) and not AFTER.match(text, end):
            yield Span(start, end, "phone")


def _other(text: str, start: int) -> bool:
    """Whether the words before call this number something else."""
    if NOT_A_PHONE.search(words_before(text, start)):
        return True
    last = last_label(text, start - WINDOW, start)
    if last is None or last.kind == "phone" or (last.kind == "customer_no" and not last.far):
        return False
    return not WORD.search(text, last.end, start)


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of the number without a date or a further number behind it; `start` when the whole is a date."""
    for date in DATE.finditer(text, start, end):
        end = min(end, date.start())
    while end > start and not text[end - 1].isdigit():
        end -= 1
    while end > start and digits(text[start:end]) > MOST and " " in text[start:end]:
        end = text.rindex(" ", start, end)
    return end
