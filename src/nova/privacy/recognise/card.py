"""Folded text in, numbers of identity cards, passports and licences out: named as one, or of their alphabet with the check digit."""

import re
from collections.abc import Callable, Iterator

from nova.privacy.recognise.dates import DATE
from nova.privacy.recognise.groups import words_before
from nova.privacy.recognise.values import digits
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
FOR_NUMBER, BETWEEN = ("nr", "nummer", "no"), ("und", "bzw", "oder", "nicht", "statt")
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
        abroad = ABROAD.match(text, cue.end())
        if abroad and not OTHER.search(abroad.group().lower()):
            yield Span(*abroad.span("value"), "id_card")
    yield from _fitting(text, LONE, _near)
    if CUE.search(text):
        yield from _fitting(text, GROUPED, _checked_groups)
    yield from _fitting(text, LOOSE, _checked)


def _fitting(text: str, pattern: re.Pattern[str], fits: Callable[[re.Match[str]], bool]) -> Iterator[Span]:
    """The matches of a pattern that a further look bears out."""
    return (Span(*match.span(), "id_card") for match in pattern.finditer(text) if fits(match))


def _checked_groups(match: re.Match[str]) -> bool:
    """Whether groups in one case together have the check digit of ten characters."""
    value = match.group()
    joined = value.replace(" ", "").replace("-", "").upper()
    one_case = value.isupper() or value.islower()
    return one_case and len(joined) == LENGTHS[1] and digits(joined) > FEWEST_DIGITS and valid(joined)


def _checked(match: re.Match[str]) -> bool:
    """Whether a number in one piece has the check digit, and no word before it calls it something else."""
    value = match.group()
    return digits(value) >= FEWEST_DIGITS and valid(value) and not OTHER.search(words_before(match.string, match.start()))


def _near(match: re.Match[str]) -> bool:
    """Whether a word for a card stands shortly behind, or some way before without another number between."""
    text = match.string
    if digits(match.group()) < FEWEST_DIGITS or OTHER.search(words_before(text, match.start())):
        return False
    before, behind = text[max(0, match.start() - FAR) : match.start()], text[match.end() : match.end() + AHEAD]
    ends = [cue.end() for cue in CUE.finditer(before)]
    first = CUE.search(behind)
    return bool(ends and not DIGIT.search(before, ends[-1])) or bool(first and not CUT.search(behind, 0, first.start()))


def _behind(text: str, begin: int) -> Iterator[Span]:
    """The first number behind a cue, in one to nine groups, and the one that goes with it."""
    end = min(len(text), begin + REACH)
    dated = {place for match in WHEN.finditer(text, begin, end) for place in range(*match.span())}
    tokens = [token for token in TOKEN.finditer(text, begin, end) if token.start() not in dated]
    for first, token in enumerate(tokens):
        low = token.group().lower()
        if low in FOR_NUMBER:
            continue
        if STOP.match(low):
            return
        last = _grouped(text, tokens, first)
        if last is not None:
            yield Span(token.start(), tokens[last].end(), "id_card")
            yield from _second(text, tokens, last + 1)
            return


def _second(text: str, tokens: list[re.Match[str]], at: int) -> Iterator[Span]:
    """The number right behind another, also behind "und" and the like."""
    at += at < len(tokens) and tokens[at].group().lower() in BETWEEN
    last = _grouped(text, tokens, at) if at < len(tokens) else None
    if last is not None:
        yield Span(tokens[at].start(), tokens[last].end(), "id_card")


def _grouped(text: str, tokens: list[re.Match[str]], first: int) -> int | None:
    """The token with which a number that begins at `first` ends."""
    start = tokens[first].start()
    if start and (text[start - 1].isalnum() or text[start - 1] == "ß"):
        return None
    joined, best = "", None
    for place in range(first, len(tokens)):
        if not _continues(text, tokens, first, place):
            break
        joined += tokens[place].group().upper()
        if len(joined) > LENGTHS[0]:
            break
        if len(joined) in LENGTHS and _shaped(text, joined, tokens[first : place + 1]):
            best = place
            if place == first and not _single(tokens, place + 1):
                break
    return best


def _continues(text: str, tokens: list[re.Match[str]], first: int, place: int) -> bool:
    """Whether a token can be a group of a number, and stands close enough to the one before."""
    token = tokens[place].group()
    if _word(token) or token.lower() in OF_A_LAW:
        return False
    return place == first or GAP.match(text[tokens[place - 1].end() : tokens[place].start()]) is not None


def _single(tokens: list[re.Match[str]], place: int) -> bool:
    """Whether a single character follows, which may be the check digit."""
    return place < len(tokens) and len(tokens[place].group()) == 1


def _word(token: str) -> bool:
    """Whether a token is a small word of running text and no group of a number."""
    return token.isalpha() and token.islower() and len(token) > 1 and not set(token.upper()) <= set(ALPHABET)


def _shaped(text: str, joined: str, tokens: list[re.Match[str]]) -> bool:
    """Whether the joined groups look like a card's number: letters and digits mixed, no plain word among them, nothing right behind."""
    if text[tokens[-1].end() : tokens[-1].end() + 1].isalnum() or joined[0] in "ÄÖÜ":
        return False
    if any(_long_word(one.group()) for one in tokens) or (len(tokens) > 1 and _small_word(tokens[0].group())):
        return False
    return _mixed(joined) or (len(tokens) == 1 and tokens[0].group().isupper() and _lettered(joined))


def _mixed(joined: str) -> bool:
    """Whether a number has digits enough, and letters where it has a licence's length."""
    return digits(joined) >= FEWEST_DIGITS and (digits(joined) < len(joined) or len(joined) < LENGTHS[0])


def _lettered(joined: str) -> bool:
    """Whether ten characters are of the alphabet of cards, and the last is a digit."""
    return len(joined) == LENGTHS[1] and joined[9].isdigit() and set(joined) <= set(ALPHABET)


def _long_word(token: str) -> bool:
    """Whether a token is a word of four letters or more, not in capitals."""
    return len(token) > 3 and token.isalpha() and not token.isupper()


def _small_word(token: str) -> bool:
    """Whether a token is a word in small letters; two of the alphabet of cards are none."""
    if not token.islower() or not token.isalpha() or len(token) == 1:
        return False
    return len(token) > 2 or not set(token.upper()) <= set(ALPHABET)
