"""Folded text in, dates of birth out: a date in figures, with the month's name or spoken, where the words beside it speak of a birth."""

import re
from collections.abc import Iterator

from nova.privacy.lexicon import given, ordinary, places
from nova.privacy.recognise.groups import nearest
from nova.privacy.spans import Span
from nova.privacy.spoken import BELOW_HUNDRED, ONES, TEENS, TENS

MONTH = (
    r"(?:jan(?:uar|ner|\.)?|jän(?:ner)?|feb(?:ruar|er|\.)?|märz?|maerz|mrz|apr(?:il|\.)?|mai|juno?i?|jul(?:i|ei)?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?)"
)
STEMS = {
    "erst": "",
    "zweit": "",
    "dritt": "",
    "viert": "",
    "fünft": "",
    "sechst": "",
    "siebt": "",
    "siebent": "",
    "acht": "",
    "neunt": "",
    "zwot": "",
}
ORDINALS = sorted(
    {
        *STEMS,
        *(f"{word}t" for word in TEENS),
        *(f"{word}st" for word in TENS),
        *(f"{one}und{word}st" for word in ("zwanzig", "dreißig", "dreissig") for one in ONES if one != "null"),
    },
    key=len,
    reverse=True,
)
ORDINAL = rf"(?:{'|'.join(ORDINALS)})e[nrs]?"
SPOKEN_YEAR = (
    r"(?:neunzehn ?hundert(?: ?(?:und ?)?[a-zäöüß]{3,20})?|zwei ?tausend(?: ?(?:und ?)?[a-zäöüß]{3,20})?|zwotausend[a-zäöüß]{0,20}|"
    rf"{'|'.join(sorted(BELOW_HUNDRED, key=len, reverse=True))})"
)
GAP = r"[ \n]{0,2}[./ \n-][ \n]{0,2}"
DATE = re.compile(
    rf"(?<![\w§])(?<!\d[.,])(?:(?:19|20)\d\d[-/.]\d\d[-/.]\d\d"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:\.|te[nr]?)?[ \n-]?{MONTH}\.?[ \n-]?(?:'?\d{{2}}(?!\d)|(?:19|20)\d\d|{SPOKEN_YEAR})"
    rf"|(?:0?[1-9]|[12]\d|3[01]){GAP}(?:0?[1-9]|1[0-2]|XI{{0,2}}|IX|IV|VI{{0,3}}|I{{1,3}}){GAP}(?:(?:19|20)\d\d|'?\d\d)"
    rf"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"|{ORDINAL}[ ,\n]{{1,2}}(?:{MONTH}|{ORDINAL})[ ,\n]{{1,2}}(?:{SPOKEN_YEAR}|(?:19|20)\d\d|\d\d))(?![\wäöüß]|,\d|\.\d)",
    re.IGNORECASE,
)
CUES = re.compile(
    r"(?P<birth>(?<![^\W_])(?:geb(?:\.|oh?ren\w*|urts?-?\w*|dat\w*)?(?![^\W_])|birth\w*|dob\b|jahrgang)|\*|✱)"
    r"|(?P<other>vertrags|beginn|einzug|auszug|umzug|able|stand\b|rechnung|termin|gültig|ausgestellt|eich|baujahr|\bseit\b|\bbis\b|"
    r"\bzum\b|\bab\b|frist|"
    r"kündig|liefer|zahl|einbau|eingebaut|zähler|gebiet|gebäude)"
)
AFTER = re.compile(r"[^\d\n.;,]{0,24}\bgeboh?ren|\s?\((?:geb|geburt)\w*\)?|\s?ist (?:mein|ihr|sein|das) geburts", re.IGNORECASE)
AND = re.compile(
    r" (?:und|bzw\.|u\.|sowie) (?:am |der |den )?|, (?:am )?|/| / |,? (?:und )?(?:[^\W\d_]{2,16} )?(?P<who>[^\W\d_]{2,20})[ :,(]{1,2}"
)
OTHER_BEHIND = re.compile(r" ?\((?:einzug|auszug|beginn|ende|umzug|kündigung|wechsel|stand|ab)", re.IGNORECASE)
PERSON_BEFORE = re.compile(r"([^\W\d_][\w'’-]+) ([^\W\d_][\w'’-]+)(?:, ?| | \()\Z")
PERSON_AFTER = re.compile(r", ([^\W\d_][\w'’-]+) ([^\W\d_][\w'’-]+)(?=[,.;\n]|\Z)")
YEAR = re.compile(r"(?:19|20)\d\d|\d\d\Z")
FIRST_BIRTH, LAST_BIRTH, NAME_WINDOW = 1920, 2012, 64
WINDOW = 72
CUT = re.compile(r"[\d\ufffc]")


def birth_dates(text: str) -> Iterator[Span]:
    """Every date of birth: called so, in a row with one, or right beside a person's name."""
    last, used = -1, 0
    for match in DATE.finditer(text):
        begin = max(used, match.start() - WINDOW)
        before = text[begin : match.start()]
        cuts = [cut.end() for cut in CUT.finditer(before)]
        cue = nearest(CUES, before[cuts[-1] if cuts else 0 :].lower())
        after = AFTER.match(text, match.end())
        row = last >= 0 and _in_row(text, last, match)
        if cue == "birth" or after or row or (cue is None and _beside_person(text, match)):
            last, used = match.end(), after.end() if after else 0
            yield Span(match.start(), match.end(), "birth_date")


def _in_row(text: str, last: int, match: re.Match[str]) -> bool:
    """Whether only "und", a comma or a first name stands between a date of birth that ends at `last` and this date."""
    between = AND.fullmatch(text, last, match.start())
    if not between or OTHER_BEHIND.match(text, match.end()):
        return False
    return not between["who"] or (between["who"].lower() in given() and between["who"].lower() not in ordinary())


def _beside_person(text: str, match: re.Match[str]) -> bool:
    """Whether a date of long ago stands right before or behind a first name and a surname."""
    years = YEAR.findall(match.group())
    year = int(years[-1]) if years else 0
    if not (FIRST_BIRTH <= year <= LAST_BIRTH or (len(match.group()) < 9 and 20 < year < 100)):
        return False
    before = PERSON_BEFORE.search(text, max(0, match.start() - NAME_WINDOW), match.start())
    after = PERSON_AFTER.match(text, match.end())
    return any(told and _person(*told.groups()) for told in (before, after))


def _person(first: str, second: str) -> bool:
    """Whether two words are likely a person's name: a first name, or both unknown and with capitals."""
    plain = [word.lower() for word in (first, second)]
    known = any(word in given() and word not in ordinary() for word in plain)
    return known or (first[0].isupper() and second[0].isupper() and not any(word in ordinary() or word in places() for word in plain))
