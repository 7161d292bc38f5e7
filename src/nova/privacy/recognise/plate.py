"""Folded text in, registration plates out: a district that exists, letters, digits; without a hyphen only beside words about a vehicle."""

import re
from collections.abc import Callable, Iterator

from nova.privacy.lexicon import family, given, ordinary, places, words
from nova.privacy.recognise.labels import last_label
from nova.privacy.recognise.values import digits
from nova.privacy.spans import Span

LETTERS, FIGURES = (
    r"([A-ZÄÖÜ]{1,2})",
    r"([1-9]\d{0,3}) ?[EH]?(?![\w/-]|[.,]\d|[ ]?[x²³%°]|"
    r"[ ]?(?:k?V|A|k?VA|k?Wh?|mm|cm|m|Hz|bar|ct|EUR|€|Stück|Stk|Meter|kg|ppm|Grad)(?!\w))",
)
HYPHENED = re.compile(rf"(?<![\w/-])([A-ZÄÖÜ]{{1,3}}) ?- ?{LETTERS}[ \n-]?{FIGURES}", re.IGNORECASE)
SPACED = re.compile(rf"(?<![\w/-])([A-ZÄÖÜ]{{1,3}})(?: ?[:.·•*_] ?|[ \n]| strich ){LETTERS}[ \n.-]?{FIGURES}", re.IGNORECASE)
TIGHT = re.compile(r"(?<![\w/-])([A-ZÄÖÜ]{1,3}?)()([A-Z]{1,2}[1-9]\d{0,3})[EH]?(?![\w/-]|[.,]\d)", re.IGNORECASE)
RUN_ON = re.compile(rf"(?<![\w/-])([A-ZÄÖÜ]{{1,3}}?){LETTERS}[ -]{FIGURES}", re.IGNORECASE)
CITY = re.compile(r"(?<![^\W_])([A-ZÄÖÜ][a-zäöüß]{3,20})(?:,? ?-|,? strich,?|,)? ?[A-Z]{1,2}-? ?[1-9]\d{0,3} ?[EH]?(?![\w/-]|,\d)")
BY_LETTERS = re.compile(
    r"(?<![\w/-])[A-Z](?: ?[A-Z]){1,2}[ ,]{0,2}-?[ ,]{0,2}[A-Z](?: ?[A-Z])?[ ,-]{0,2}[1-9]\d{0,3} ?[EH]?(?![\w/-]|,\d)", re.IGNORECASE
)
SEASON = re.compile(r" (?:\()?(?:0[1-9]|1[0-2])[-/](?:0[1-9]|1[0-2])(?!\d)")
OTHER_MAKE = re.compile(
    r"(?<![\w/-])(?:[A-ZÄÖÜ]{1,3}[ -]0[3-7][ -]?\d{2,4}|[A-ZÄÖÜ]{1,3}[ -]?\d{1,6}[ -]?[A-Z]{1,3}|[A-ZÄÖÜ]{1,3} ?\d{1,3}[ -]?\d{3}|"
    r"[A-Z]{2}[ -]?\d{2,5}[ -]?[A-Z]{1,3}|[A-Z]{1,3}[ -]\d{4,6})(?![\w/-]|,\d)"
)
NAMED = re.compile(r"(?:kennz(?:eichen|\.)|nummernschild|schild|plate|kfz|zugelassen)[^.!?\n\d]{0,24}\Z")
NO_CUE = re.compile(
    r"(?:klemme|mast|pin|puk|passwort|kennwort|kabeltyp|gaszähler|elster|trafo|schelle|leiter|stütze|schrank|relais|sensor|regler|stecker|bis|din|iec|iso|kabel|leitung|zähler|typ|modell|tarif|artikel|art\.|bk|az\.?|aktenzeichen|beschluss|§|verordnung|formular|raum|"
    r"reg|los|feld|block|pool|abschnitt|position|linie|muffe|station|leuchte|laterne|schacht|schieber|sensor|modem|gateway|router|modul|speicher|"
    r"wechselrichter|pumpe|kessel|halle|gleis|regal|kennung|charge|palette|serie|projekt|baustelle|abgang|stromkreis|sicherung|verteiler|"
    r"ticket|referenz|rechnung|gutschein|code|(?<!lade)vorgang|auftrag|bauteil|platine|norm|zertifikat|aggregat|steiger|hebebühne|trommel|konto|"
    r"version|kapitel|anlage|messung|kanal|hak|kvs|uw|nh|sls)\W{0,3}\Z"
)
NOUN = re.compile(r"(?<![\w-])((?:\w{1,12}-){0,2}[A-ZÄÖÜ][a-zäöüß]{2,}):? ?\Z")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
COLOUR = re.compile(r"(?:rot|blau|grau|schwarz|weiß|weiss|silber|silbern|grün|gelb|orange)(?:e[rnsm]?)? \Z")
WINDOW, CLOSE, SHORTEST_RUN, SHORTEST_TIGHT = 64, 40, 4, 3
NO_DISTRICTS = words("numbers/no_districts")
NOT_DISTRICTS = words("numbers/small_districts")


def plates(text: str) -> Iterator[Span]:
    """Every registration plate; where one stands, others need no word about a vehicle."""
    found = list(_certain(text))
    yield from found
    for pattern in (HYPHENED, SPACED) if found else ():
        for match in pattern.finditer(text):
            if (_exists(match) or pattern is HYPHENED) and not _words(match) and not NO_CUE.search(_before(text, match)):
                yield Span(match.start(), _season(text, match.end()), "plate")


def _certain(text: str) -> Iterator[Span]:
    for pattern, told, seasonal in MAKES:
        for match in pattern.finditer(text):
            if told(text, match):
                yield Span(match.start(), _season(text, match.end()) if seasonal else match.end(), "plate")


def _hyphened(text: str, match: re.Match[str]) -> bool:
    """Whether hyphens, the case of the letters and the words around make it a plate."""
    if not _exists(match) or NO_CUE.search(_before(text, match)) or not _enough(text, match):
        return False
    if _named(text, match):
        return True
    capitals = (match.group(1) + match.group(2)).isupper() or (match.group().islower() and " " in match.group())
    return (capitals or (_one_case(match) and _vehicle(text, match))) and not _thing(text, match) and not _model(match)


def _spaced(text: str, match: re.Match[str]) -> bool:
    """Whether letters and figures with a blank, a sign or nothing between are a plate by the words around or by their looks."""
    if not _exists(match):
        return False
    vehicle = _one_case(match) and _vehicle(text, match) and not _model(match)
    return (vehicle or _named(text, match) or _telling(text, match)) and not _words(match)


def _run_on(text: str, match: re.Match[str]) -> bool:
    """Whether letters that run together before figures are a plate's: named as one, or long and beside a word for a vehicle."""
    if not _exists(match) or _a_word(match):
        return False
    figures = len(match.group(3)) > 1 or COLOUR.search(text, max(0, match.start() - WINDOW), match.start())
    long = len(match.group(1) + match.group(2)) >= SHORTEST_RUN
    return bool(long and figures and _vehicle(text, match)) or _named(text, match)


def _named_town(text: str, match: re.Match[str]) -> bool:
    """Whether a town was said in place of its district, behind a word for a plate."""
    return match.group(1).lower() in places() and _named(text, match)


def _one_case(match: re.Match[str]) -> bool:
    """Whether all letters are capitals, or all small."""
    letters = match.group(1) + match.group(2) + match.group(3)
    titled = match.group(1).istitle() and match.group(2).isupper()
    return titled or letters.upper() == letters or letters.lower() == letters


def _thing(text: str, match: re.Match[str]) -> bool:
    """Whether a noun right before calls this something else ("Station OL-AB 12")."""
    before = NOUN.search(text, max(0, match.start() - CLOSE), match.start())
    if not before or text.isupper():
        return False
    word = before.group(1).lower()
    return (
        word.rsplit("-", 1)[-1] in ordinary()
        and not any(_of_vehicle(part) for part in word.split("-"))
        and word not in words("roles")
        and word not in given()
    )


def _named(text: str, match: re.Match[str]) -> bool:
    """Whether a word for a plate stands shortly before, also with a typing error."""
    if NAMED.search(_before(text, match)):
        return True
    last = last_label(text, match.start() - CLOSE, match.start())
    return last is not None and last.kind == "plate"


def _model(match: re.Match[str]) -> bool:
    """Whether letters and figures are rather a model's or a norm's ("EV6", "HVS 10")."""
    letters = "".join(filter(str.isalpha, match.group())).lower()
    if letters in words("models") or letters[:-1] in words("models"):
        return True
    return not match.group(2) and (len(letters) < SHORTEST_TIGHT or digits(match.group()) < 2)


def _a_word(match: re.Match[str]) -> bool:
    """Whether the letters run together are a word, a name or a place."""
    written = match.group(1) + match.group(2)
    mixed = not (written.isupper() or written.islower())
    return mixed or any(written.lower() in known for known in (ordinary(), places(), given(), family(), words("short"), words("models")))


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
    plain = district.lower() not in NO_DISTRICTS and not NO_CUE.search(_before(text, match))
    return (
        bool(letters) and (district + letters).isupper() and (len(number) > 2 or match.group()[-1] in "EH") and plain and not text.isupper()
    )


def _exists(match: re.Match[str]) -> bool:
    return match.group(1).lower() in words("districts")


def _words(match: re.Match[str]) -> bool:
    """Whether the letters are rather small words ("an", "so") of running text."""
    first, second, number = match.groups()
    small = second in ordinary() or second in words("short") or not second or len(number) == 1
    if match.group().islower() and first in ordinary() and small:
        return True
    return (
        match.group(1).lower() in NOT_DISTRICTS
        and not (match.group(1).isupper() and match.group(3)[0].isupper())
        and match.group(1).islower()
    )


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - WINDOW) : match.start()].lower()


def _vehicle(text: str, match: re.Match[str]) -> bool:
    """Whether the words around speak of a vehicle."""
    if COLOUR.search(text, max(0, match.start() - WINDOW), match.start()):
        return True
    around = (_before(text, match), text[match.end() : match.end() + WINDOW].lower())
    return any(_of_vehicle(word.group()) for part in around for word in WORD.finditer(part)) or _named(text, match)


def _of_vehicle(word: str) -> bool:
    """Whether a word, or the end of a compound, is of a vehicle."""
    known = words("vehicles")
    return (
        word in known or word.rstrip("sen") in known or any(word[cut:] in known or word[:cut] in known for cut in range(4, len(word) - 2))
    )


MAKES: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], bool], bool], ...] = (
    (HYPHENED, _hyphened, True),
    (SPACED, _spaced, True),
    (TIGHT, _spaced, True),
    (OTHER_MAKE, _named, False),
    (RUN_ON, _run_on, True),
    (CITY, _named_town, False),
    (BY_LETTERS, _named, False),
)
"""How plates are written, what makes a plate of such letters and figures, and whether the months of a season may follow."""
