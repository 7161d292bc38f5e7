"""Folded text in, every run of letters and digits out that could be the number of somebody or something, whatever the words around say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nova.privacy.recognise.values import digits, value_end

BEGIN = re.compile(r"(?<![^\W_])(?=[A-Z]{0,4}\d|(?P<prefix>[A-Z]{1,5})[-/_.](?:[A-Z]{1,4}[-/_.]){0,2}\d)[^\W_]", re.IGNORECASE)
CARD = re.compile(
    r"(?<![\w-])(?=[A-Z]{0,9}\d)(?=[0-9 -]{0,12}[A-Z])"
    r"(?:[0-9A-Z]{9,11}|(?-i:[A-Z][0-9A-Z]{2,5}(?:[ -][0-9A-Z]{2,5}){1,3}(?: [0-9])?))(?![\w-])",
    re.IGNORECASE,
)
CARD_LENGTHS, CHECKED, FEWEST, MOST = frozenset({9, 10, 11}), 10, 4, 20
ANY = re.compile(r"\d(?:[^\d\n]{0,2}\d){3}|[0-9A-Z]{9}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A value that begins and ends here."""

    start: int
    end: int
    value: str


def runs(text: str) -> Iterator[Run]:
    """Every such run in text order, without overlap; decimals, dates and quantities are none."""
    if not ANY.search(text):
        return
    cards = {match.start(): match.end() for match in CARD.finditer(text) if _of_card(match.group())}
    at = 0
    for begin in sorted({match.start() for match in BEGIN.finditer(text)} | cards.keys()):
        if begin < at:
            continue
        end = max(cards.get(begin, 0), _cut(text, begin))
        if end:
            yield Run(begin, end, text[begin:end])
            at = end


def _cut(text: str, begin: int) -> int:
    """Where the number that begins here ends, on its line; 0 when there is none."""
    end = value_end(text, begin, FEWEST, MOST)
    line = text.find("\n", begin, end)
    if line > 0:
        end = line if digits(text[begin:line]) >= FEWEST else 0
    return end


def _of_card(value: str) -> bool:
    """Whether a value has a card's length, letters and digits; of ten characters one digit, the check, is enough."""
    bare = value.replace(" ", "").replace("-", "")
    count = digits(bare)
    return len(bare) in CARD_LENGTHS and (1 < count < len(bare) or (count == 1 and len(bare) == CHECKED and bare.isupper()))
