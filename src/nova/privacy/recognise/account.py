"""Folded text in, customer and contract numbers out: what stands behind the words for it, in any grouping, also several in a row."""

import re
from collections.abc import Iterator

from nova.privacy.recognise.alike import alike
from nova.privacy.recognise.dates import DATE
from nova.privacy.spans import Kind, Span

NUMBERED = r"(?:[ -]?(?:nu(?:m|rn){1,2}ern?|nr|no|id|kennung|kto|konto(?:nummern?|nr)?)\b)"
STRONG: dict[Kind, re.Pattern[str]] = {
    "customer_no": re.compile(
        rf"(?<![^\W_])(?:kunden?{NUMBERED}|k(?:un)?d\.?[ -]?(?:nr|nummer)\b|kd-?nr\b|k\.? ?-? ?nr\b|meine? nummer bei (?:euch|"
        rf"ihnen)|kundenkonto\b|kundenkarte\b|gesch(?:ä|ae)ftspartner{NUMBERED}?\b|"
        rf"gp[ -]?(?:nr|nummer)\b|debitor(?:en)?{NUMBERED}|customer[ _-]?(?:no|number|id)\b)",
        re.IGNORECASE,
    ),
    "contract_no": re.compile(
        rf"v(?:er)?tr(?:ag|\.)?s?-?{NUMBERED}|vertrag s?nummer|(?<![^\W_])vtr(?=\.? ?[:#]? ?\d)|(?<![^\W_])(?:vk|vn|"
        rf"v)[ .-]{{0,2}}nr\b|verträge\b|contract[ _-]?(?:no|"
        rf"number|"
        rf"id)\b",
        re.IGNORECASE,
    ),
}
LED = re.compile(r"(?<![^\W_])kund(?:e|in)\b[^\d\n.]{0,30}\bunter (?:der )?(?:nummer |nr\.? )?(?=[A-Z]{0,3}-?\d)", re.IGNORECASE)
WEAK: dict[Kind, re.Pattern[str]] = {
    "customer_no": re.compile(
        r"(?<![^\W_])(?:(?<!\n)kund(?:e|in|en)(?= ?[:#(]{0,2} ?(?:nr\.? )?[A-Z]{0,3}-?\d)|(?:gp|kd|kto)\.?(?= ?[:#]? ?\d{5}))",
        re.IGNORECASE,
    ),
    "contract_no": re.compile(
        r"(?:vertrag(?:es|s)?|contract)(?=[ :#]{1,2}(?:[A-Z]{1,4}[-/ .]?)?\d)|vertrag(?:es|s)?(?= (?:mit (?:der )?|"
        r"hat die )?(?:nr|nummer)\b)|"
        r"(?<![^\W_])(?:vk|"
        r"vn|vkto)\.?(?= ?[:#]? ?\d(?: ?\d){4})",
        re.IGNORECASE,
    ),
}
FILLER = re.compile(
    r"[^\w\n]{0,4}\n?(?:(?:ist|sind|lautet|lauten|die|der|nr|nummer|nummern|neu|neue|alt|alte|meine|meiner|hat|hier|wäre|war|also|dann|"
    r"mit|von|für|strom|gas|"
    r"moment|äh|ähm|und zwar|bei ihnen|bitte|notiert|angegeben|genannt)\b[^\w\n]{0,4}\n?){0,5}",
    re.IGNORECASE,
)
ANSWER = re.compile(r"[^\d\n]{0,60}\n[A-ZÄÖÜ][\w ]{1,14}: ?[^\d\n]{0,30}?(?=(?:[A-Z]{1,3}-?)?\d)")
SPEAKER = re.compile(r"\n[^:\n]*:")
FAR = re.compile(r"[^\d\n.!?\ufffc]{0,48}?(?<![^\W_])(?=(?:[A-Z]{1,3}-?)?\d)", re.IGNORECASE)
VALUE = re.compile(
    r"(?:(?:[A-Z]{1,4}[-/.]){1,2}|[A-Z]{1,4}|(?-i:[A-Z]{1,4} (?=\d)))?\d[0-9A-Z]{0,18}(?:[-/.]\n?[0-9A-Z]{1,12}|"
    r"[ \n][A-Z]{0,3}\d[0-9A-Z]{0,11}){0,7}(?![^\W_])",
    re.IGNORECASE,
)
NEXT = re.compile(
    r" ?(?:\([^()\n]{1,24}\))?(?: ?[,;/&+] ?| )(?:(?:und|mit|bitte|auf|zu|sowie|oder|bzw\.|statt|nicht|alt|neu|die|für|"
    r"gas|strom)[ :]{1,2}){0,3}",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"z(?:ä|ae)hler|vertr|kund|bestell|artikel|sendung|ausweis|pass\b|kennzeichen|tel\b|fax|mail|nicht\b|kein|fehlt|liter|euro|preis|"
    r"betrag|abschlag|malo|melo|iban|konto\b|telefon|handy|steuer|rechnung|vorgang|auftrag|ticket|plz|postleit|geb|datum|uhr|am\b|seit",
    re.IGNORECASE,
)
UNIT = re.compile(r"\s?(?:[kMG]?Wh?|m³|m3|EUR|€|ct|Cent|Euro|Uhr|kvarh|Monate?|Jahre?|%|Prozent|Tage|[kM]VA)(?!\w)|,\d")
BEHIND = re.compile(
    r"(?<![\w/.-])(?P<value>(?:[A-Z]{1,4}[-/]?)?\d[0-9A-Z]{0,18}(?:[-/ ][A-Z]{0,4}\d[0-9A-Z]{0,12}){0,4})"
    r"(?: ?\((?:die |meine |unsere )?|,? (?:das |dies )?(?:ist|war|lautet|als) (?:(?:die|der|das|meine?|unsere?|"
    r"ihre?) )?|, (?:die|meine|unsere) )"
    r"(?:(?P<customer>kunden-?(?:nummer|nr|id)|kdnr)|(?P<contract>vertrags-?(?:nummer|nr|id|konto)|(?<=das ist mein )vertrag))(?![^\W_])"
    r"(?!\.? ?(?:lautet|ist|war)? ?:? ?[A-Z]{0,4}-?\d)",
    re.IGNORECASE,
)
FEWEST, FEWEST_FAR, MOST, MOST_IN_A_ROW = 4, 5, 16, 8


def accounts(text: str) -> Iterator[Span]:
    """Every customer number and contract number that is called so, and others of the same make in the same text."""
    found = list(_called(text))
    yield from found
    yield from alike(text, found)


def _called(text: str) -> Iterator[Span]:
    for match in BEHIND.finditer(text):
        if _digits(match.group("value")) >= FEWEST and not DATE.match(text, match.start("value")):
            yield Span(*match.span("value"), "customer_no" if match.group("customer") else "contract_no")
    for cues, fewest in ((STRONG, FEWEST), (WEAK, FEWEST + 1)):
        for kind, cue in cues.items():
            for match in cue.finditer(text):
                yield from _row(text, match.end(), kind, fewest)
    for match in LED.finditer(text):
        yield from _row(text, match.end(), "customer_no", FEWEST + 1)


def _row(text: str, at: int, kind: Kind, fewest: int) -> Iterator[Span]:
    """The value behind a cue, and those in a row behind it."""
    filler = FILLER.match(text, at)
    begin = filler.end() if filler else at
    end = _value(text, begin, fewest)
    if not end and (told := _further(text, at)) is not None:
        begin, end = told, _value(text, told, FEWEST_FAR)
    for _ in range(MOST_IN_A_ROW):
        if not end:
            return
        yield Span(begin, end, kind)
        between = NEXT.match(text, end)
        if not between:
            return
        if any(cue.match(text, between.end()) for cue in (*STRONG.values(), *WEAK.values())):
            return
        begin, least = between.end(), sum(char.isdigit() for char in text[begin:end]) - 2
        end = _value(text, begin, max(fewest + 1, least))


def _further(text: str, at: int) -> int | None:
    """Where a number begins that comes some words later, or in the answer to a question; None when other words or none come between."""
    for pattern in (ANSWER, FAR):
        match = pattern.match(text, at)
        if match and not OTHER.search(SPEAKER.sub(" ", match.group())):
            return match.end()
    return None


def _value(text: str, begin: int, fewest: int) -> int:
    """Where the number that begins here ends; 0 when there is none."""
    match = VALUE.match(text, begin)
    if not match or DATE.match(text, begin):
        return 0
    end = match.end()
    while end > begin and (_digits(text[begin:end]) > MOST or not _tail_belongs(text, begin, end) or UNIT.match(text, end)):
        end = max((text.rfind(one, begin, end) for one in " \n-/."), default=-1)
        if end < 0:
            return 0
    return end if _digits(text[begin:end]) >= fewest else 0


def _tail_belongs(text: str, begin: int, end: int) -> bool:
    """Whether the last group is a number's and not the next word or a date."""
    cut = max(text.rfind(one, begin, end) for one in " \n")
    tail = text[cut + 1 : end]
    if cut < 0:
        return text[end - 1].isalnum()
    return (
        any(char.isdigit() for char in tail)
        and not DATE.match(text, cut + 1)
        and text[end - 1].isalnum()
        and not _loose(text[begin:cut], tail)
    )


def _loose(before: str, tail: str) -> bool:
    """Whether a group behind a blank is a number of its own: after a long group, groups do not go on."""
    last = before.replace("\n", " ").rsplit(" ", 1)[-1]
    return _digits(last) > 5 and "/" not in last[-1:] and "-" not in last[-1:] and (_digits(tail) != 1 or len(before) > 12)


def _digits(value: str) -> int:
    return sum(char.isdigit() for char in value)
