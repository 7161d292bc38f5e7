"""Folded text in, mail addresses out: plain, broken over a line, dictated ("unterstrich", "punkt") or disguised ("(at)").

Every sign for "at" is an anchor; from it one bounded look back finds the name and one forward the host, so time stays linear.
"""

import re
from collections.abc import Iterator

from nova.privacy.numerals import BELOW_HUNDRED
from nova.privacy.spans import Span

AT = re.compile(
    r"[_*|](?:at|ät)[_*|](?=[a-z0-9-]{2,30}\.(?:de|com|net|org|eu|info|io)(?![a-z]))| [*-](?:at|ät)[*-] |"
    r" ?(?:@\n?|[(\[{<] ?(?:at|ät|@|a) ?[)\]}>]|%40|&#64;) ?|,? (?:at|ät|ätt|ett|klammeraffe|affenschwanz|at-zeichen),? ",
    re.IGNORECASE,
)
LONGEST = 96
NAME = re.compile(
    r"(?:[a-z0-9äöüß!#$%&'*+/=?^_`{|}~.-]|(?<=[-._])\n|"
    r",? (?:unterstrich|bindestrich|minus|punkt|dot)(?:,? (?=[a-z0-9äöüß]))|"
    r" (?=\d{1,6}\Z)|"
    rf" (?:{'|'.join(sorted(BELOW_HUNDRED, key=len, reverse=True))})(?![^\W_])|"
    r"[(\[] ?(?:punkt|dot|unterstrich) ?[)\]]|"
    r"(?<=unterstrich) | (?=unterstrich\b)){1,96}\Z",
    re.IGNORECASE,
)
DOT = r"(?:\.| ?[(\[{<] ?(?:punkt|dot|\.) ?[)\]}>] ?|,? (?:punkt|dot),? )"
SPACED_DOT = r" ?\. ?"
SPOKEN_DASH = r" (?:bindestrich|minus|strich|unterstrich) "
LABEL = (
    r"(?:(?:[a-z0-9] ){1,11}[a-z0-9](?= (?:punkt|dot) )|t online|"
    rf"[a-z0-9äöüß](?:[a-z0-9äöüß-]{{0,40}}[a-z0-9äöüß])?(?:{SPOKEN_DASH}[a-z0-9äöüß]{{1,40}}){{0,3}})"
)
TOP = r"(?:de|com|net|org|info|eu|at|ch|example|online|email|gmbh|berlin|koeln|hamburg|bayern|nrw|biz|io|fr|nl|pl|it|uk|test)"
HOST = re.compile(
    rf"{LABEL}(?:{DOT}{LABEL}){{0,4}}{DOT}(?:d e|c o m|n e t|o r g|[a-zäöü]{{2,24}})(?![a-z0-9äöüß])|"
    rf"(?:gmx|web|gmail|googlemail|outlook|hotmail|t-online|icloud|yahoo|posteo|mailbox|freenet|arcor|ewe|ewetel|vodafone|kabelmail|web\.de)"
    rf"(?: |, ?)(?:de|com|net|org)(?![\wäöü])|"
    rf"{LABEL}(?:{SPACED_DOT}{LABEL}){{0,2}}{SPACED_DOT}{TOP}(?![\wäöü])|"
    rf"(?<=@)[a-z0-9-]{{2,40}},(?:de|com|net|org|eu|info)(?![\wäöü])",
    re.IGNORECASE,
)
LETTERS = re.compile(r"(?<![^\W_])(?:[a-z0-9._-] ){3,30}[a-z0-9]?\Z", re.IGNORECASE)
NAME_START = re.compile(r"[a-z0-9äöüß]", re.IGNORECASE)


def mails(text: str) -> Iterator[Span]:
    """Every address with a name, a sign for "at" and a host with a dot."""
    last = 0
    for at in AT.finditer(text):
        host = HOST.match(text, at.end(), min(len(text), at.end() + 2 * LONGEST))
        start = _name_start(text, at.start())
        if text[at.start() - 1 : at.start()] == '"' and (quoted := text.rfind('"', max(0, at.start() - LONGEST), at.start() - 1)) >= 0:
            start = quoted
        while start < last or (start == last and text[start : start + 1] in "/,;|"):
            start += 1
        if host and start < at.start():
            last = host.end()
            yield Span(start, host.end(), "email")


def _name_start(text: str, end: int) -> int:
    """Where the name that ends at `end` begins; `end` itself when there is none."""
    floor = max(0, end - LONGEST)
    window = text[floor:end]
    spelt = LETTERS.search(window)
    best = len(window)
    for begin in range(len(window) - 1, -1, -1):
        if NAME_START.match(window[begin]) and NAME.match(window, begin):
            best = begin
    return floor + (min(best, spelt.start()) if spelt else best)
