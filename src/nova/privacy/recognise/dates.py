"""Folded text in, dates of birth out: a date in figures, with the month's name or spoken, where the words beside it speak of a birth."""

import re
from collections.abc import Iterator

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
AFTER = re.compile(r"[^\d\n.;,]{0,24}\bgeboh?ren|\s?\((?:geb|geburt)|\s?ist (?:mein|ihr|sein|das) geburts", re.IGNORECASE)
AND = re.compile(r" (?:und|bzw\.|u\.|sowie) (?:am |der |den )?|, (?:am )?|/| / ")
WINDOW = 72
CUT = re.compile(r"[\d\ufffc]")


def birth_dates(text: str) -> Iterator[Span]:
    """Every date of birth."""
    last = -1
    for match in DATE.finditer(text):
        before = text[max(0, match.start() - WINDOW) : match.start()]
        cuts = [cut.end() for cut in CUT.finditer(before)]
        told = nearest(CUES, before[cuts[-1] if cuts else 0 :].lower()) == "birth" or AFTER.match(text, match.end())
        if told or (last >= 0 and AND.fullmatch(text, last, match.start())):
            last = match.end()
            yield Span(match.start(), match.end(), "birth_date")
