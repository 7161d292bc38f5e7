"""Folded text in, numbers of identity cards, passports and licences out: named as one, or of their alphabet with the check digit."""

import re
from collections.abc import Iterator

from nova.privacy.recognise.dates import DATE
from nova.privacy.recognise.groups import words_before
from nova.privacy.spans import Span

CUE = re.compile(
    r"au(?:s?we?i|sewi)[sß](?!lich|bar|leser)\w*|(?<![^\W_])perso(?:s|nr)?(?![^\W_])|reisep(?:a|ä)ss\w*|"
    r"(?<![^\W_])pass(?:es|nummer|nr|port)?(?![^\W_])|führerschein\w*|fuehrerschein\w*|"
    r"aufenthalts(?:titel|karte|erlaubnis|gestattung)\w*|fahrerlaubnis|niederlassungserlaubnis|duldung(?=[ :])|visum(?=[ :])|"
    r"(?<![^\W_])bpa(?![^\W_])|(?<![^\W_])dokument(?:ennummer|nr|nummer)?(?![^\W_])|(?<![^\W_])(?:pa[ -]?(?:nr|"
    r"nummer)|pa(?=[ ;:|][A-Z0-9]{9,10}\b)|rp(?=[ ;:|]{1,3}[A-Z0-9]{9,10}\b)|fs(?=[ ;:|]{1,3}[A-Z0-9]{11}\b)"
    r"|fs[ -]?(?:nr|nummer)|fiktionsbesch\w*|ausw\.|passkarte|identitätskarte|"
    r"id-?karte)(?![^\W_])|(?<![^\W_])(?:identit(?:ä|ae)t\w{0,12}|legitim\w{2,12}|personaldokument\w{0,8}|"
    r"npa|eat(?=-|[ :])|eid(?=-|[ :])|(?:(?:post|video|online)-?)?ident(?:verfahren|ifikation|ifizierung|check)?)(?![^\W_])",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[0-9A-Z]+", re.IGNORECASE)
GAP = re.compile(r"[ \n.-]{1,2}\Z")
ALPHABET = "0123456789CFGHJKLMNPRTVWXYZ"
LOOSE = re.compile(r"(?<![\w-])[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d(?:D)?(?![\w-])")
GROUPED = re.compile(
    r"(?<![\w-])[CFGHJKLMNPRTVWXYZ](?:[CFGHJKLMNPRTVWXYZ0-9]|[ -](?=[CFGHJKLMNPRTVWXYZ0-9]{1,6}(?![^\W_]))){8,14}\d(?![\w-])", re.IGNORECASE
)
ABROAD = re.compile(
    r"[^\w\n]{0,4}(?:(?:\((?:[^()\n\d]{2,16})\)|nr|nummer|no|lautet|ist|die|mit|der|"
    r"aus [A-ZÄÖÜ]\w{2,14}|(?-i:[A-ZÄÖÜ][a-zäöü]{2,14}))[^\w\n]{1,3}){0,3}"
    r"(?P<value>(?-i:[A-Z]{1,2}) ?\d{6,7})(?!\w|[-/.]\w)",
    re.IGNORECASE,
)
DIGIT, CUT = re.compile(r"\d"), re.compile(r"[\d\n;.]")
LENGTHS = (11, 10, 9)
OF_A_LAW = frozenset({"abs", "art", "satz", "nr", "lit"})
REACH, FAR, FEWEST_DIGITS, AHEAD = 72, 128, 2, 40
LONE = re.compile(r"(?<![\w-])(?=[A-Z]*\d)[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8,9}(?![\w-])", re.IGNORECASE)
WHEN = re.compile(rf"{DATE.pattern}|\d{{1,2}}\. ?\d{{1,2}}\.(?!\d)|\d{{1,2}}:\d\d|\d\d/\d{{4}}", re.IGNORECASE)
OTHER = re.compile(
    r"paket|sendung|tracking|retoure|charge|serien|artikel|bestell|ticket|gutschein|auftrag|vorgang|modell"
    r"|typ\b|token|code|key\b|session|hash"
)
STOP = re.compile(
    r"iban|konto|z(?:ä|ae)hler|malo|kunde|kd\Z|vertrag|steuer|tel|handy|mobil|fax|rechnung|auftrag|vorgang|plz|"
    r"paket|sendung|gutschein|mandat|kennzeichen|ticket",
    re.IGNORECASE,
)


def valid(number: str) -> bool:
    """The check digit of ICAO 9303 (weights 7, 3, 1) behind nine characters."""
    return sum(int(char, 36) * (7, 3, 1)[place % 3] for place, char in enumerate(number[:9])) % 10 == int(number[9])


def cards(text: str) -> Iterator[Span]:
    """Every such number."""
    for cue in CUE.finditer(text):
        yield from _behind(text, cue.end())
        if (abroad := ABROAD.match(text, cue.end())) and not OTHER.search(abroad.group().lower()):
            yield Span(*abroad.span("value"), "id_card")
    for match in LONE.finditer(text):
        if _digits(match.group()) >= FEWEST_DIGITS and _near(text, match):
            yield Span(match.start(), match.end(), "id_card")
    for match in GROUPED.finditer(text) if CUE.search(text) else ():
        joined = re.sub(r"[ -]", "", match.group()).upper()
        if (
            len(joined) == LENGTHS[1]
            and _digits(joined) > FEWEST_DIGITS
            and valid(joined)
            and (match.group().isupper() or match.group().islower())
        ):
            yield Span(match.start(), match.end(), "id_card")
    for match in LOOSE.finditer(text):
        if _digits(match.group()) >= FEWEST_DIGITS and valid(match.group()) and not OTHER.search(words_before(text, match.start())):
            yield Span(match.start(), match.end(), "id_card")


def _near(text: str, match: re.Match[str]) -> bool:
    """Whether a word for a card stands shortly behind, or some way before without another number between."""
    if OTHER.search(words_before(text, match.start())):
        return False
    before, behind = text[max(0, match.start() - FAR) : match.start()], text[match.end() : match.end() + AHEAD]
    ends = [cue.end() for cue in CUE.finditer(before)]
    first = CUE.search(behind)
    return bool(ends and not DIGIT.search(before, ends[-1])) or bool(first and not CUT.search(behind, 0, first.start()))


def _behind(text: str, begin: int) -> Iterator[Span]:
    """The first number behind a cue, in one to nine groups."""
    end = min(len(text), begin + REACH)
    dated = {place for match in WHEN.finditer(text, begin, end) for place in range(*match.span())}
    tokens = [token for token in TOKEN.finditer(text, begin, end) if token.start() not in dated]
    for first in range(len(tokens)):
        if tokens[first].group().lower() in ("nr", "nummer", "no"):
            continue
        if STOP.match(tokens[first].group()):
            return
        last = _grouped(text, tokens, first)
        if last is not None:
            yield Span(tokens[first].start(), tokens[last].end(), "id_card")
            if last + 1 < len(tokens) and tokens[last + 1].group().lower() in ("und", "bzw", "oder", "nicht", "statt"):
                last += 1
            if last + 1 < len(tokens) and (other := _grouped(text, tokens, last + 1)) is not None:
                yield Span(tokens[last + 1].start(), tokens[other].end(), "id_card")
            return


def _grouped(text: str, tokens: list[re.Match[str]], first: int) -> int | None:
    """The token with which a number that begins at `first` ends."""
    start = tokens[first].start()
    if start and (text[start - 1].isalnum() or text[start - 1] == "ß"):
        return None
    joined, best = "", None
    for place in range(first, len(tokens)):
        if _word(tokens[place].group()) or tokens[place].group().lower() in OF_A_LAW:
            break
        if place > first and not GAP.match(text[tokens[place - 1].end() : tokens[place].start()]):
            break
        joined += tokens[place].group().upper()
        if len(joined) > LENGTHS[0]:
            break
        if len(joined) in LENGTHS and _shaped(text, joined, tokens[first : place + 1]):
            best = place
            if place == first and (place + 1 == len(tokens) or len(tokens[place + 1].group()) > 1):
                break
    return best


def _word(token: str) -> bool:
    """Whether a token is a small word of running text and no group of a number."""
    return token.isalpha() and token.islower() and len(token) > 1 and not set(token.upper()) <= set(ALPHABET)


def _shaped(text: str, joined: str, tokens: list[re.Match[str]]) -> bool:
    """Whether the joined groups look like a card's number: letters and digits mixed, no plain word among them, nothing right behind."""
    end = tokens[-1].end()
    if end < len(text) and text[end].isalnum():
        return False
    words = any(len(one.group()) > 3 and one.group().isalpha() and not one.group().isupper() for one in tokens)
    lettered = (
        len(tokens) == 1
        and len(joined) == LENGTHS[1]
        and tokens[0].group().isupper()
        and joined[9].isdigit()
        and set(joined) <= set(ALPHABET)
    )
    mixed = lettered or (_digits(joined) >= FEWEST_DIGITS and (_digits(joined) < len(joined) or len(joined) in (9, 10)))
    lone = len(tokens) > 1 and tokens[0].group().islower() and tokens[0].group().isalpha() and len(tokens[0].group()) > 1
    lone = lone and not (len(tokens[0].group()) < 3 and set(tokens[0].group().upper()) <= set(ALPHABET))
    return mixed and not words and not lone and joined[0] not in "ÄÖÜ"


def _digits(value: str) -> int:
    return sum(char.isdigit() for char in value)
