"""Folded text in, numbers of identity cards, passports and licences out: named as one, or of their alphabet with the check digit."""

import re
from collections.abc import Iterator

from nova.privacy.spans import Span

CUE = re.compile(
    r"ausweis(?!lich|bar)\w*|(?<![^\W_])perso(?:s|nr)?(?![^\W_])|reisep(?:a|ä)ss\w*|"
    r"(?<![^\W_])pass(?:es|nummer|nr|port)?(?![^\W_])|führerschein\w*|fuehrerschein\w*|"
    r"aufenthalts(?:titel|karte)\w*|(?<![^\W_])dokument(?:ennummer|nr|nummer)?(?![^\W_])|(?<![^\W_])(?:pa[ -]?(?:nr|"
    r"nummer)|pa(?= [A-Z0-9]{9,10}\b)|fs[ -]?(?:nr|nummer)|fiktionsbesch\w*|ausw\.|passkarte|identitätskarte|"
    r"id-?karte)(?![^\W_])",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[0-9A-Z]+", re.IGNORECASE)
GAP = re.compile(r"[ \n.-]{1,2}\Z")
ALPHABET = "0123456789CFGHJKLMNPRTVWXYZ"
LOOSE = re.compile(r"(?<![\w-])[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d(?:D)?(?![\w-])")
LENGTHS = (11, 10, 9)
REACH, FEWEST_DIGITS = 72, 2
STOP = re.compile(r"iban|konto|z(?:ä|ae)hler|malo|kunden|vertrag|steuer|telefon", re.IGNORECASE)


def valid(number: str) -> bool:
    """The check digit of ICAO 9303 (weights 7, 3, 1) behind nine characters."""
    return sum(int(char, 36) * (7, 3, 1)[place % 3] for place, char in enumerate(number[:9])) % 10 == int(number[9])


def cards(text: str) -> Iterator[Span]:
    """Every such number."""
    for cue in CUE.finditer(text):
        yield from _behind(text, cue.end())
    for match in LOOSE.finditer(text):
        if _digits(match.group()) >= FEWEST_DIGITS and valid(match.group()):
            yield Span(match.start(), match.end(), "id_card")


def _behind(text: str, begin: int) -> Iterator[Span]:
    """The first number behind a cue, in one to nine groups."""
    tokens = list(TOKEN.finditer(text, begin, min(len(text), begin + REACH)))
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
        if place > first and not GAP.match(text[tokens[place - 1].end() : tokens[place].start()]):
            break
        joined += tokens[place].group().upper()
        if len(joined) > LENGTHS[0]:
            break
        if len(joined) in LENGTHS and _shaped(text, joined, tokens[first : place + 1]):
            best = place
    return best


def _shaped(text: str, joined: str, tokens: list[re.Match[str]]) -> bool:
    """Whether the joined groups look like a card's number: letters and digits mixed, no plain word among them, nothing right behind."""
    end = tokens[-1].end()
    if end < len(text) and text[end].isalnum():
        return False
    words = any(len(one.group()) > 3 and one.group().isalpha() and not one.group().isupper() for one in tokens)
    mixed = _digits(joined) >= FEWEST_DIGITS and (_digits(joined) < len(joined) or len(joined) in (9, 10))
    lone = len(tokens) > 1 and tokens[0].group().islower() and tokens[0].group().isalpha() and len(tokens[0].group()) > 1
    return mixed and not words and not lone and joined[0] not in "ÄÖÜ"


def _digits(value: str) -> int:
    return sum(char.isdigit() for char in value)
