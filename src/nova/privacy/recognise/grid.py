"""Folded text in, the grid's ids of a home out: MaLo (market location), MeLo (metering point) and meter numbers."""

import re
from collections.abc import Iterator

from nova.privacy.recognise.alike import alike
from nova.privacy.recognise.dates import DATE
from nova.privacy.recognise.eleven import elevens
from nova.privacy.recognise.groups import Grouped, ends_here, gather, words_before
from nova.privacy.recognise.labelled import labelled
from nova.privacy.recognise.labels import Called, last_label
from nova.privacy.spans import Span

MELO_LENGTH = 33
MELO_HEAD = re.compile(r"(?<![^\W_])DE(?=[ ./-]{0,2}\d)", re.IGNORECASE)
MELO_NAMED = re.compile(r"melo|messlokation|zählpunkt")
MELO_GROUPED = re.compile(r"DE[ ./-]?\d{6}[ ./-]?\d{5}[ ./-]?[A-Z0-9]{20}(?![^\W_])", re.IGNORECASE)
MELO_NEARLY = re.compile(r"DE\d{22,36}")
MELO = re.compile(r"DE\d{11}[A-Z0-9]{20}")
DEVICE = re.compile(
    r"(?<![^\W_])\d[ -]?[A-Z](?: ?[A-Z]){2}[ -]?[0-9A-F] ?[0-9A-F](?:[ -]?\d){8}(?![^\W_])",
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
OUT = r"ausgebaut|ausbau|alt(?:ger(?:ä|ae)t)?|alter?|demontiert|demontage|abgebaut|entfernt|raus|ersetzt|getauscht"
IN = r"eingebaut|einbau|neu(?:ger(?:ä|ae)t)?|neuer?|montiert|montage|gesetzt|rein|ersetzt durch|getauscht gegen|gegen|durch"
SWAPPED = re.compile(
    rf"(?<![^\W_])(?:{IN}|{OUT})(?:(?: (?:wurde|am|ist|wird|nr\.?|nummer|der|die|den|das))|[:=(]| -){{0,3}} ?"
    r"(?P<value>\d{7,12}|\d{2,4}(?: \d{2,4}){2,3}|\d[A-Z]{3}\d{8,10})(?!\w|,\d|[-.]\d)|"
    rf"(?<![\w.,/-])(?P<before>\d{{7,12}}|\d[A-Z]{{3}}\d{{8,10}}) (?:(?:wurde|ist|wird) )?(?:{OUT}|{IN})(?![^\W_])",
    re.IGNORECASE,
)
GONE = re.compile(r"(?<![^\W_])(?:ausgebaut|ausbau|altger(?:ä|ae)t|demontiert|demontage|abgebaut|entfernt|raus)(?![^\W_])", re.IGNORECASE)
COME = re.compile(r"(?<![^\W_])(?:eingebaut|einbau|neuger(?:ä|ae)t|montiert|montage|gesetzt|rein)(?![^\W_])", re.IGNORECASE)
ROW = re.compile(r" ?[,;/&+]? ?\n?(?:und |sowie |bzw\. |oder |alt |neu )?")
METERS = re.compile(
    r"turnus|ger(?:ä|ae)te(?:wechsel|tausch)|z(?:ä|ae|e)(?:h|l)|z(?:ä|ae|l)?\.?[ -]{0,2}nr|zlr|zhlr?|uhr"
    r"|meter|mess|wmz|ger(?:ä|ae)te?[ _-]?n",
    re.IGNORECASE,
)
KINDS: frozenset[Called] = frozenset({"meter"})
UNIT = re.compile(r"[ ]?(?:(?i:[kMG]?Wh)|W|m³|m3|EUR|€|ct|Euro|Uhr|kvarh|A|V)\b|€")
STAND = re.compile(
    r"(?<![^\W_])(?:zähler)?stand(?: (?:heute|jetzt|aktuell|gestern|neu))? "
    r"(?:am|auf dem|vom|des|beim|an meinem) [a-zäöü]*z(?:ä|ae)hlers?:? \Z",
    re.IGNORECASE,
)
READ, ROW_READING = (
    re.compile(r",? (?:heute |gestern |selbst )?(?:abgelesen|abgelesn|als stand)\b", re.IGNORECASE),
    re.compile(r" ?[:,/] ?\d"),
)
LONGEST_READING, READING_WINDOW, SWAP_WINDOW = 6, 48, 64
A_DEVICE = re.compile(r"[a-zäöü]{3}z(?:ä|ae)hler:? \Z")
MALO_NAMED, MALO_WINDOW = re.compile(r"(?<![^\W_])malo|marktlok|\bloc\+\w\d\d\+", re.IGNORECASE), 120
MALO_LENGTH, LEAST_DIGITS, MOST_DIGITS = 11, 4, 20


def valid_malo(digits: str) -> bool:
    """The check digit of BDEW: odd places once, even places twice, up to the next ten; the first digit is not 0."""
    numbers = [int(char) for char in digits[:10]]
    return digits[0] != "0" and -(sum(numbers[0::2]) + 2 * sum(numbers[1::2])) % 10 == int(digits[10])


def certain_locations(text: str) -> Iterator[Span]:
    """Eleven digits with the check digit of a MaLo in a text that spoke of one before, whatever the words between are."""
    for number in elevens(text):
        if valid_malo(number.digits) and MALO_NAMED.search(text, max(0, number.start - MALO_WINDOW), number.start):
            yield Span(number.start, number.end, "malo")


def locations(text: str) -> Iterator[Span]:
    """Every MaLo: eleven digits with their check digit, or named as one."""
    last = -1
    for number in elevens(text):
        row = last >= 0 and number.cue is None and ROW.fullmatch(text, last, number.start)
        if number.cue == "malo" or row or (number.cue is None and valid_malo(number.digits)):
            last = number.end
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
        and bool(kept[2:].isdigit() or MELO_GROUPED.match(text, start) or MELO_NAMED.search(words_before(text, start)))
    )


def _named_length(text: str, start: int, grouped: Grouped) -> int:
    """How long a MeLo with a typing error is, where the words before name it; 0 when it is none."""
    nearly = MELO_NEARLY.match(grouped.compact)
    return nearly.end() if nearly and MELO_NAMED.search(words_before(text, start)) else 0


def meters(text: str) -> Iterator[Span]:
    """Every device number of DIN 43863-5, and what stands behind "Zählernummer" or "Zähler"; a reading with its unit is none."""
    found = [Span(match.start(), match.end(), "meter") for match in DEVICE.finditer(text)]
    spoken_of = METERS.search(text) is not None
    if spoken_of:
        found.extend(labelled(text, KINDS, MOST_DIGITS))
    places = [_value(match) for match in METER_WORD.finditer(text)]
    if spoken_of or ((found or COME.search(text)) and GONE.search(text)):
        places += [place for match in SWAPPED.finditer(text) if not _of_others(text, (place := _value(match))[0])]
    found.extend(Span(start, end, "meter") for start, end in places if _numbered(text, start, end))
    found = [span for span in found if not _market(text, span) and not _reading(text, span)]
    yield from found
    yield from alike(text, found)


def _numbered(text: str, start: int, end: int) -> bool:
    """Whether a place holds a number and neither a quantity nor a day."""
    return end > start and not UNIT.match(text, end) and not DATE.match(text, start)


def _of_others(text: str, start: int) -> bool:
    """Whether the last word before that calls a number something speaks of no meter."""
    last = last_label(text, start - SWAP_WINDOW, start)
    return last is not None and last.kind != "meter"


def _market(text: str, span: Span) -> bool:
    """Whether eleven digits with a MaLo's check digit stand behind a word that only ends in "zähler"."""
    digits = text[span.start : span.end]
    return len(digits) == MALO_LENGTH and digits.isdigit() and valid_malo(digits) and bool(A_DEVICE.search(words_before(text, span.start)))


def _reading(text: str, span: Span) -> bool:
    """Whether a short number behind the bare word is what the meter shows."""
    digits = text[span.start : span.end]
    if not digits.isdigit() or len(digits) > LONGEST_READING:
        return False
    before = STAND.search(text, max(0, span.start - READING_WINDOW), span.start)
    return (before is not None and not ROW_READING.match(text, span.end)) or READ.match(text, span.end) is not None


def _value(match: re.Match[str]) -> tuple[int, int]:
    """The span of a named number: its groups up to the last that holds a digit; empty with fewer than four digits."""
    start, end = match.span("value") if match["value"] else match.span("before")
    value = match.string[start:end]
    last = max((index for index, char in enumerate(value) if char.isdigit()), default=-1)
    while last + 1 < len(value) and value[last + 1].isalnum():
        last += 1
    kept = value[: last + 1]
    return (start, start + len(kept)) if sum(char.isdigit() for char in kept) >= LEAST_DIGITS else (start, start)
