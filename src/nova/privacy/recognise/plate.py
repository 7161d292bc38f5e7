"""Folded text in, registration plates out: a district that exists, letters, digits; without a hyphen only where the words tell of a "
"vehicle."""

import re
from collections.abc import Iterator

from nova.privacy.lexicon import ordinary, words
from nova.privacy.spans import Span

HYPHENED = re.compile(r"(?<![\w/-])([A-ZÄÖÜ]{1,3}) ?- ?([A-Z]{1,2})[ \n-]?([1-9]\d{0,3}) ?[EH]?(?![\w/-]|,\d|[ ]?[x²³%])", re.IGNORECASE)
SPACED = re.compile(
    r"(?<![\w/-])([A-ZÄÖÜ]{1,3})(?: ?[:.·•] ?|[ \n]| strich )([A-Z]{1,2})[ \n.-]?([1-9]\d{0,3}) ?[EH]?(?![\w/-]|,\d|[ ]?[x²³%])",
    re.IGNORECASE,
)
TIGHT = re.compile(r"(?<![\w/-])([A-ZÄÖÜ]{1,3}?)()([A-Z]{1,2}[1-9]\d{0,3})[EH]?(?![\w/-]|,\d)", re.IGNORECASE)
CUE = re.compile(
    r"kennz(?:eichen|\.)|rfid|kombi|flotte|fahrzeugschein|(?<![^\W_])kfz|nummernschild|(?:fahrzeug|auto|wagen|pkw|lkw|anhänger|"
    r"transporter|motorrad|roller|e-auto|elektroauto|"
    r"firmenwagen|halter|"
    r"dienstwagen|tesla|golf|passat|bmw|audi|vw|mercedes|skoda|opel|zafira|polo|sprinter|bulli|polestar|id\.[345]|leaf|ioniq|fiat|"
    r"smart|geparkt|parkt|"
    r"falschparker|zugelassen|abgeschleppt|ladesäule|(?<![^\W_])säule|lädt|ladekarte|wallbox)"
)
SEASON = re.compile(r" (?:\()?(?:0[1-9]|1[0-2])[-/](?:0[1-9]|1[0-2])(?!\d)")
OTHER_MAKE = re.compile(
    r"(?<![\w/-])(?:[A-ZÄÖÜ]{1,3}[ -]0[3-7][ -]?\d{2,4}|[A-ZÄÖÜ]{1,3}[ -]?\d{1,6}[ -]?[A-Z]{1,3}|[A-ZÄÖÜ]{1,3} ?\d{1,3}[ -]?\d{3}|"
    r"[A-Z]{2}[ -]?\d{2,5}[ -]?[A-Z]{1,3}|[A-Z]{1,3}[ -]\d{4,6})(?![\w/-]|,\d)"
)
NAMED = re.compile(r"(?:kennz(?:eichen|\.)|nummernschild|schild|plate|kfz|zugelassen)[^.!?\n\d]{0,24}\Z")
NO_CUE = re.compile(
    r"(?:klemme|mast|kabeltyp|gaszähler|elster|trafo|schelle|leiter|stütze|schrank|relais|sensor|regler|stecker|bis|din|iec|iso|kabel|leitung|zähler|typ|modell|tarif|artikel|art\.|bk|az\.?|aktenzeichen|beschluss|§|verordnung|formular|raum|"
    r"reg|los|feld|block|pool|abschnitt|position|linie)\W{0,3}\Z"
)
WINDOW = 56
NO_DISTRICTS = frozenset({"DIN", "EN", "IN", "IK", "A", "B", "L", "EG", "OG", "KW", "NR", "AZ", "ES", "SO", "IS"})
NOT_DISTRICTS = frozenset(
    {"EN", "IN", "AN", "AM", "SO", "ES", "ER", "AB", "DE", "MI", "DO", "DI", "IS", "WE", "M", "V", "W", "A", "E", "H"}
)


def plates(text: str) -> Iterator[Span]:
    """Every registration plate."""
    for match in HYPHENED.finditer(text):
        alike = (match.group(1).isupper() and match.group(2).isupper()) or (match.group().islower() and " " in match.group())
        if _exists(match) and not NO_CUE.search(_before(text, match)) and (alike or _vehicle(text, match)) and _enough(text, match):
            yield Span(match.start(), _season(text, match.end()), "plate")
    for pattern in (SPACED, TIGHT):
        for match in pattern.finditer(text):
            if _exists(match) and (_vehicle(text, match) or _telling(text, match)) and not _words(match):
                yield Span(match.start(), _season(text, match.end()), "plate")
    for match in OTHER_MAKE.finditer(text):
        if NAMED.search(_before(text, match)):
            yield Span(match.start(), match.end(), "plate")


def _season(text: str, end: int) -> int:
    """The end with the months of a season behind."""
    behind = SEASON.match(text, end)
    return behind.end() if behind else end


def _enough(text: str, match: re.Match[str]) -> bool:
    """Whether this is more than the short form of a model ("BK-G4")."""
    return len(match.group(3)) > 1 or " " in match.group() or _vehicle(text, match)


def _telling(text: str, match: re.Match[str]) -> bool:
    """Whether capitals, a blank between and at least two figures tell a plate in usual writing."""
    district, letters, number = match.groups()
    plain = district not in NO_DISTRICTS and not NO_CUE.search(_before(text, match))
    return bool(letters) and (district + letters).isupper() and len(number) > 1 and plain and not text.isupper()


def _exists(match: re.Match[str]) -> bool:
    return match.group(1).lower() in words("districts")


def _words(match: re.Match[str]) -> bool:
    """Whether the letters are rather small words ("an", "so") of running text."""
    if match.group().islower() and match.group(1) in ordinary() and (match.group(2) in ordinary() or not match.group(2)):
        return True
    return (
        match.group(1).upper() in NOT_DISTRICTS
        and not (match.group(1).isupper() and match.group(3)[0].isupper())
        and match.group(1).islower()
    )


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - WINDOW) : match.start()].lower()


def _vehicle(text: str, match: re.Match[str]) -> bool:
    """Whether the words around speak of a vehicle."""
    return bool(CUE.search(_before(text, match)) or CUE.search(text[match.end() : match.end() + WINDOW // 2].lower()))
