"""Folded text in, the grid's ids of a home out: MaLo (market location), MeLo (metering point) and meter numbers."""

import re
from collections.abc import Iterator

from nova.privacy.recognise.alike import alike
from nova.privacy.recognise.dates import DATE
from nova.privacy.recognise.eleven import elevens
from nova.privacy.recognise.groups import Grouped, ends_here, gather, words_before
from nova.privacy.spans import Span

MELO_LENGTH = 33
MELO_HEAD = re.compile(r"(?<![^\W_])DE(?=[ ./-]{0,2}\d)", re.IGNORECASE)
MELO_NAMED = re.compile(r"melo|messlokation|zählpunkt")
MELO_NEARLY = re.compile(r"DE\d{22,36}")
MELO = re.compile(r"DE\d{11}[A-Z0-9]{20}")
DEVICE = re.compile(
    r"(?<![^\W_])\d[ -]?[A-Z](?: ?[A-Z]){2}[ -]?[0-9A-F] ?[0-9A-F](?:[ -]?\d){8}(?![^\W_])",
    re.IGNORECASE,
)
METER_NUMBER = re.compile(
    r"(?:z(?:ä|ae)hler[ -]?(?:nummern?|nr|kennung|id)|\bz\.?[ -]?nr|ger(?:ä|ae)te?(?:nummer|nr)|meter[ _-]?(?:number|id|no))"
    r"[^\w\n]{0,4}(?:(?:ist|lautet|die|nr|nummer|neu|alt)\b[^\w\n]{0,3}){0,3}(?P<value>[0-9A-Z](?:[ ./-]?[0-9A-Z]){3,23})(?![^\W_])",
    re.IGNORECASE,
)
METER_WORD = re.compile(
    r"(?<![^\W_])(?:(?:[a-zäöü]{2,16})?z(?:ä|ae)hlern?s?|(?:unter|haupt|gas|strom|wasser|zw|zwischen)?-?z\.|"
    r"[a-z]{0,8}zhlr?\.?|znr\.?)[ :#,(]{1,3}"
    r"(?:(?:nr|nummer|alt|neu)\b\.?[ :]{0,2}){0,2}"
    r"(?!\d{4}(?![\w-]| \d))"
    r"(?P<value>(?=[A-Z]{0,4}[- ]?\d)(?:[0-9A-Z]{1,6}-){0,2}[0-9A-Z]{4,20}|[A-Z]{0,4}\d{1,4}(?: \d{2,4}){1,4})(?!\w|,\d|[-.]\d)",
    re.IGNORECASE,
)
METER_FAR = re.compile(
    r"z(?:ä|ae)hler(?!st)[^\d\n.!?;\ufffc]{0,28}(?<![^\W_])(?:nummer|nr\.?)[ :]{1,3}"
    r"(?P<value>[A-Z0-9]{1,4}(?:[ -]?[0-9A-Z]{2,12}){0,4})(?!\w|,\d|[-.]\d)",
    re.IGNORECASE,
)
SWAPPED = re.compile(
    r"(?<![^\W_])(?:einbau|ausbau|ausgebaut|eingebaut|altger(?:ä|ae)t|neuger(?:ä|ae)t|ersetzt durch|getauscht gegen|gegen|durch)[: ]{1,2}"
    r"(?P<value>\d{7,12}|\d[A-Z]{3}\d{8,10})(?!\w|,\d|[-.]\d)",
    re.IGNORECASE,
)
METERS = re.compile(r"z(?:ä|ae)hler", re.IGNORECASE)
UNIT = re.compile(r"[ ]?(?:[kMG]?Wh?|m³|m3|EUR|€|ct|Euro|Uhr|kvarh|A|V)\b|€")
LEAST_DIGITS = 4


def valid_malo(digits: str) -> bool:
    """The check digit of BDEW: odd places once, even places twice, up to the next ten; the first digit is not 0."""
    numbers = [int(char) for char in digits[:10]]
    return digits[0] != "0" and -(sum(numbers[0::2]) + 2 * sum(numbers[1::2])) % 10 == int(digits[10])


def locations(text: str) -> Iterator[Span]:
    """Every MaLo: eleven digits with their check digit, or named as one."""
    for number in elevens(text):
        if number.cue == "malo" or (number.cue is None and valid_malo(number.digits)):
            yield Span(number.start, number.end, "malo")


def metering_points(text: str) -> Iterator[Span]:
    """Every MeLo: DE and 31 characters; written in groups, all of them digits. One with a typing error counts where it is named."""
    for head in MELO_HEAD.finditer(text):
        grouped = gather(text, head.start(), MELO_LENGTH + 4)
        length = MELO_LENGTH if _is_melo(text, head.start(), grouped) else _named_length(text, head.start(), grouped)
        if length:
            yield Span(head.start(), grouped.end(length), "melo")


def _is_melo(text: str, start: int, grouped: Grouped) -> bool:
    kept = grouped.compact[:MELO_LENGTH]
    return (
        bool(MELO.fullmatch(kept))
        and ends_here(text, grouped.end(MELO_LENGTH))
        and (grouped.end(MELO_LENGTH) - start == MELO_LENGTH or kept[2:].isdigit() or bool(MELO_NAMED.search(words_before(text, start))))
    )


def _named_length(text: str, start: int, grouped: Grouped) -> int:
    """How long a MeLo with a typing error is, where the words before name it; 0 when it is none."""
    nearly = MELO_NEARLY.match(grouped.compact)
    return nearly.end() if nearly and MELO_NAMED.search(words_before(text, start)) else 0


def meters(text: str) -> Iterator[Span]:
    """Every device number of DIN 43863-5, and what stands behind "Zählernummer" or "Zähler"; a reading with its unit is none."""
    found = [Span(match.start(), match.end(), "meter") for match in DEVICE.finditer(text)]
    for pattern in (METER_NUMBER, METER_WORD, METER_FAR, *((SWAPPED,) if METERS.search(text) else ())):
        for match in pattern.finditer(text):
            start, end = _value(match)
            if end > start and not UNIT.match(text, end) and not DATE.match(text, start):
                found.append(Span(start, end, "meter"))
    yield from found
    yield from alike(text, found)


def _value(match: re.Match[str]) -> tuple[int, int]:
    """The span of a named number: its groups up to the last that holds a digit; empty with fewer than four digits."""
    start = match.start("value")
    value = match.group("value")
    last = max((index for index, char in enumerate(value) if char.isdigit()), default=-1)
    while last + 1 < len(value) and value[last + 1].isalnum():
        last += 1
    kept = value[: last + 1]
    return (start, start + len(kept)) if sum(char.isdigit() for char in kept) >= LEAST_DIGITS else (start, start)
