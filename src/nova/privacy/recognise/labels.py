"""Folded text in, the words that call a number something out ("Kd.-Nr.", "vertragskonto_id", "zählenummer"): one vocabulary for all kinds.

A label is a stem of `STEMS` with or without a word for "number" behind it, in any spelling, also with one typing error where it is long.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from nova.language.fold import WRITTEN_OUT
from nova.privacy.lexicon import words
from nova.remembered import remembered

Called = Literal[
    "customer_no", "contract_no", "meter", "malo", "melo", "tax_id", "id_card", "birth_date", "plate", "phone", "iban", "other"
]

NUMBER = (
    r"(?:nummern?|numma|numer|nrn?|no|num|number|ids?|ident|kennung|kennziffer|kennzahl|kontos?|konten|kto"
    r"|referenz|ref|zeichen|code|schluessel|karte|akte|account|login|"
    r"identifikation|identifikator)"
)
STEMS: Mapping[Called, tuple[str, str]] = {
    "customer_no": (
        r"(?<!se)(?<!ur)(?<!erd)kunden?s?|kundinn?(?:en)?|geschaeftspartners?|vertragspartners?|personenkonto"
        r"|debitor(?:en)?|stromabnehmers?|customers?|gesch(?:ae)?f?t?s?partners?",
        "k|kd|kdn|kn|knd|ku|kun|kund|deb|debit|gp|bp|vp|gpartner|kto|cust|client|partner|abn|abnehmer",
    ),
    "contract_no": (
        r"vertrag(?:e?s)?|vetrags?|vertags?|vertargs?|vertrags(?:verhaeltnis(?:ses)?|bestand|objekts?|teils?"
        r"|angaben|stamm|bestaetigung|unterlagen?|angelegenheit|kuendigung|aenderung|abschluss"
        r"|verlaengerung|daten)|"
        r"vertraegen?|vertragskonto|vertragskontos?|(?:liefer|versorgungs|belieferungs)verhaeltnis(?:ses)?"
        r"|kontrakt(?:s)?|contracts?(?:account)?",
        "v|vk|vkt|vn|vnr|vt|vtgs|ktr|kontr|vkk|versv|liefv|vtr|vtg|vertr|vrtr|vkto|vkonto|stromv|gasv|lieferv"
        "|vertragskennzeichen|vertragszeichen|vkont|vtrg|vertrgs|vertrg",
    ),
    "meter": (
        r"z(?:ae|e)hle?rn?s?|(?:geraete|turnus)(?:wechsel|tausch)s?|zaehler(?:wechsel|tausch|einbau|ausbau"
        r"|umbau)s?|zaehleinrichtung(?:en|s)?|messeinrichtung(?:en|s)?|messgeraete?s?|smartmeter|(?:strom|gas|"
        r"wasser|waerme|licht|nacht|doppeltarif)(?:uhr|uhren|mess(?:er|geraet))|smartmeter",
        "z|zl|zlr|zhl|zhlr|zae|zaeh|zaehl|wmz|imsys|mme|meter|geraete?s?|uhr|uhren",
    ),
    "malo": (r"malo|marktlokation(?:en|s)?", "malo"),
    "melo": (r"melo|messlokation(?:en|s)?|zaehlpunkt(?:e|s)?", "melo|zp"),
    "tax_id": (r"steueridentifikation(?:s)?|steuer|identifikations", "st|idnr|tin"),
    "id_card": (r"(?:personal)?ausweis(?:es|e)?|perso|reisepass|fuehrerschein(?:s)?|aufenthaltstitels?", "pa|fs"),
    "birth_date": (r"geburts(?:datum|tag)|birthdate|dateofbirth", "gebdat|gebd|gebtag|dob"),
    "plate": (r"(?:auto|kfz|nummernschild)?kennzeichens?|nummernschild(?:er|s)?", "kfzkz|kennz|kz"),
    "phone": (r"telefon|handy|mobil(?:funk|telefon)?|fax|ruf|rueckruf|durchwahl|tele?fax|phone|festnetz|hotline|whatsapp", "tel|mob|fon"),
    "iban": (r"iban|bankverbindung|kontonummer", "iban"),
}
"""Of each kind the long stems, which may end a compound ("Stromvertrag"), and the short ones, which stand alone."""
THINGS = words("numbers/things")
LONG_ENDS = {kind: re.compile(rf"(?:[a-z]{{0,24}})(?:{stems})(?P<number>{NUMBER}{{0,2}})\Z") for kind, (stems, _) in STEMS.items()}
SHORT_WHOLE = {kind: re.compile(rf"(?:{stems})(?P<number>{NUMBER}{{0,2}})\Z") for kind, (_, stems) in STEMS.items() if stems}
NUMBER_END = re.compile(rf"{NUMBER}\Z")
ON_PAPER = re.compile(r"\b(?:auf|in|laut|lt\.?|gemäß) (?:(?:der|dem|einer|(?:mein|ihr|eur|euer|unser)e[rm]) )?\Z", re.IGNORECASE)
ALONE = re.compile(r"\.?[:#=] ?\d{6}")
LONG_BEHIND = re.compile(r"[ .:#]{1,3}\d{6}")
PREFIXED, GOES_ON = re.compile(r"(?P<head>[^\W\d_]+)[-/_.][A-Z]{1,3}"), re.compile(r"[-/]?\d")
HOUR = re.compile(r"(?:\d|\bum [a-zäöüß]+) ?\Z")
ANY_NUMBER = re.compile(
    r"[a-z]{3,30}(?:nummern?|nrn?|kennung|code)\Z|[a-z]{0,24}(?:mandat|referenz|rechnung|bestellung"
    r"|auftrag|sendung|vorgang|mahnung|gutschein)s?\Z"
)
OTHER_CONTRACT = re.compile(r"(?:miet|kauf|arbeits|tarif|ehe|leasing|pacht|werk|kredit|handy|mobilfunk|versicherungs|darlehens)vertr")
LENGTHS = frozenset({"client", "cust", "meter", "zaehl"})
SHORTEST_ALONE: Mapping[Called, int] = {"customer_no": 2, "contract_no": 2}
BARE = re.compile(r"(?:(?:end|ident|kenn|eigentums?|fabrik|werks?)?nummern?|id|bezeichnung|kennung|ziffer|nrn?|no|n)\Z")
ON_DEVICE = re.compile(r"(?:aufkleber|typenschild|plakette|aufdruck|barcode|strichcode)\Z")
OWNED = re.compile(r"(?:seine|dessen|ihre|deren)[nrs]? (?:lange |eigene )?\Z", re.IGNORECASE)
LEADS_ON = re.compile(r"(?: [^\W\d_]{2,9}){1,5} ")
WHOLE: Mapping[Called, str] = {
    "customer_no": "kundennummer kundenkonto kundenkennung geschaeftspartner geschaeftspartnernummer debitorennummer partnernummer "
    "mitgliedsnummer teilnehmernummer",
    "contract_no": "vertragsnummer vertragskonto vertragskontonummer vertragskennung rechnungseinheit",
    "meter": "zaehlernummer zaehlerkennung geraetenummer stromzaehlernummer gaszaehlernummer wasserzaehlernummer",
    "malo": "marktlokation marktlokationsnummer",
    "melo": "messlokation messlokationsnummer",
    "tax_id": "steueridentifikationsnummer identifikationsnummer",
    "id_card": "personalausweis ausweisnummer personalausweisnummer fuehrerschein",
    "birth_date": "geburtsdatum geburtstag",
    "plate": "kennzeichen nummernschild autokennzeichen",
    "phone": "telefonnummer handynummer mobilnummer",
    "other": "rechnungsnummer auftragsnummer bestellnummer",
}
BEFORE_NUMBER: Mapping[Called, str] = {
    "customer_no": "kunden geschaeftspartner debitoren mitglieds teilnehmer",
    "contract_no": "vertrags vertrag",
    "meter": "zaehler geraete stromzaehler gaszaehler",
    "tax_id": "identifikations steueridentifikations",
    "malo": "marktlokations",
    "melo": "messlokations",
}
"""Long words that also count with one typing error: whole ones, and what stands before a word for "number"."""
TOKEN = re.compile(
    r"(?<![^\W_])[^\W\d_]+(?:(?:\.-|[-_./]|\.? ?-? ?(?=(?:nr|nrn|nummern?|num|number|no|id|kto|konto)(?![^\W\d_])))[^\W\d_]+){0,5}",
    re.IGNORECASE,
)
DOUBLED = re.compile(r"(.)\1+")
SHORTEST_TYPED, SHORTEST_STEM, SHORTEST_PART, LONGEST_KEY, GOVERNED, NEXT_TO, KNOWN_KEYS = 9, 5, 2, 40, 64, 14, 4096
GOVERNED_BY_OWNER = 120


@dataclass(frozen=True, slots=True)
class Label:
    """The word at `start` to `end` calls something `kind`: `strong` when it speaks of a number and not only of the thing that has one,
    `far` when that number may stand some words later."""

    start: int
    end: int
    kind: Called
    strong: bool
    far: bool


def labels(text: str) -> Iterator[Label]:
    """Every label in text order; a bare "Nummer" takes the kind of the thing named shortly before it, or gives its strength to the next."""
    last: Label | None = None
    bare = -NEXT_TO
    for start, end, key in _keys(text):
        if _is_bare(text, end, key, last):
            bare = end
            label = _governed(text, start, end, last)
        else:
            label = _named(text, start, end, key, bare)
        if label:
            last = label
            yield label


def last_label(text: str, begin: int, end: int) -> Label | None:
    """The last label between two places, read by itself."""
    floor = max(0, begin)
    last = None
    for label in labels(text[floor:end]):
        last = label
    return last and replace(last, start=floor + last.start, end=floor + last.end)


def _is_bare(text: str, end: int, key: str, last: Label | None) -> bool:
    """Whether a word speaks of a number, or of the plate on a meter, without saying whose number it is."""
    if last is not None and last.kind == "meter" and ON_DEVICE.match(key):
        return True
    return BARE.match(key) is not None and (key != "n" or text[end : end + 1] == "°")


def _governed(text: str, start: int, end: int, last: Label | None) -> Label | None:
    """What a bare "Nummer" calls a number: the thing named before it, further off where it is "its" number."""
    reach = GOVERNED_BY_OWNER if OWNED.search(_lead(text, start)) else GOVERNED
    if last is None or last.kind == "other" or start - last.end > reach:
        return None
    return Label(start, end, last.kind, True, False)


def _named(text: str, start: int, end: int, key: str, bare: int) -> Label | None:
    """What a word calls a number; `bare` is where the last bare "Nummer" ended, which gives its strength to a label soon behind it."""
    told = CONTRACT if key == "v" and ALONE.match(text, end) else called(key)
    if told is None or _misled(key, told[0], _lead(text, start)):
        return None
    beside = start - bare < NEXT_TO or (start - bare < GOVERNED and LEADS_ON.fullmatch(text, bare, start) is not None)
    return Label(start, end, told[0], told[1] or beside, told[1] or beside)


def _misled(key: str, kind: Called, before: str) -> bool:
    """Whether the words before make something else of a label: a paper on which something stands, an hour."""
    if kind == "other":
        return ON_PAPER.search(before) is not None
    return key == "uhr" and HOUR.search(before) is not None


def _lead(text: str, start: int) -> str:
    """The few characters before a word."""
    return text[max(0, start - NEXT_TO) : start]


def _keys(text: str) -> Iterator[tuple[int, int, str]]:
    """Every token and its compact form; "der Nummer" is none, so that its last word counts alone."""
    for match in TOKEN.finditer(text):
        token = match.group()
        if token.isalpha():
            yield match.start(), match.end(), compact(token)
        elif "/" in token and (parts := _parts(match)):
            yield from parts
        else:
            yield _prefix(match) or _last_word(match)


def _prefix(match: re.Match[str]) -> tuple[int, int, str] | None:
    """The label that a number's own letters follow ("Vertrag-VK 4711"); None for any other token."""
    prefix = PREFIXED.fullmatch(match.group())
    if prefix is None or not GOES_ON.match(match.string, match.end()) or called(compact(match.group())) is not None:
        return None
    head = compact(prefix["head"])
    return (match.start(), match.start() + len(prefix["head"]), head) if called(head) else None


def _last_word(match: re.Match[str]) -> tuple[int, int, str]:
    """A token; only its last word where the whole calls nothing and the last one does, or stands behind a blank."""
    token = match.group()
    start, key = match.start(), compact(token)
    hyphen, blank = token.rfind("-") + 1, token.rfind(" ") + 1
    if hyphen and called(key) is None and LONG_BEHIND.match(match.string, match.end()):
        last = token[hyphen:]
        if last.isupper() and called(compact(last)):
            start, key = start + hyphen, compact(last)
    if blank and (called(key) or OTHER)[0] == "other":
        start, key = start + blank, compact(token[blank:])
    return start, match.end(), key


def _parts(match: re.Match[str]) -> list[tuple[int, int, str]]:
    """Two or more labels with slashes between them ("VK/KdNr"), each alone; nothing when one of them is no label."""
    parts, at = [], match.start()
    for part in match.group().split("/"):
        parts.append((at, at + len(part), compact(part)))
        at += len(part) + 1
    return parts if all((told := called(key)) and len(key) >= SHORTEST_PART and told[0] for _, _, key in parts) else []


def compact(token: str) -> str:
    """The letters of a token in one make: small, umlauts written out, nothing between."""
    return "".join(char for char in token.lower().translate(WRITTEN_OUT) if "a" <= char <= "z")[:LONGEST_KEY]


@remembered(KNOWN_KEYS)
def called(key: str) -> tuple[Called, bool] | None:
    """What a compact word calls a number, and whether it speaks of the number itself."""
    if key.startswith(("marktlok", "messlok")):
        return ("malo" if key.startswith("markt") else "melo"), "nummer" in key
    if OTHER_CONTRACT.match(key):
        return OTHER
    if told := _by_short_stem(key) or _by_long_stem(key):
        return told
    if typed := _mistyped(key):
        return typed, True
    return OTHER if key in THINGS or ANY_NUMBER.match(key) else None


def _by_short_stem(key: str) -> tuple[Called, bool] | None:
    """What a short stem with a word for "number" calls a number, or one alone that is long enough and no English word."""
    for kind, pattern in SHORT_WHOLE.items():
        if match := pattern.match(key):
            numbered = bool(match["number"])
            if numbered or (len(key) >= SHORTEST_ALONE.get(kind, 3) and key not in LENGTHS):
                return kind, numbered
    return None


def _by_long_stem(key: str) -> tuple[Called, bool] | None:
    """What a word calls a number that ends in a long stem."""
    for kind, pattern in LONG_ENDS.items():
        if match := pattern.match(key):
            return kind, bool(match["number"]) or "nummer" in key
    return None


def _squeezed(word: str) -> str:
    return DOUBLED.sub(r"\1", word)


def _shorter(word: str) -> Iterator[str]:
    """The word and the word without any one of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _mistyped(key: str) -> Called | None:
    """The kind of a long word that is one letter away from a label's; doubled letters count once, "rn" may be a scanned "m"."""
    for word in dict.fromkeys((_squeezed(key), _squeezed(key.replace("rn", "m")))):
        if len(word) >= SHORTEST_TYPED and (kind := _neighbour(word, NEIGHBOURS)):
            return kind
    number = NUMBER_END.search(key)
    return _neighbour(key[: number.start()], STEM_NEIGHBOURS) if number and number.start() >= SHORTEST_STEM else None


def _neighbour(word: str, known: Mapping[str, Called]) -> Called | None:
    """The kind of a known word that is the same but for one letter."""
    return next((known[short] for short in _shorter(word) if short in known), None)


def _neighbours(words: Mapping[Called, str]) -> dict[str, Called]:
    return {short: kind for kind, line in words.items() for word in line.split() for short in _shorter(_squeezed(word))}


CONTRACT: tuple[Called, bool] = ("contract_no", False)
OTHER: tuple[Called, bool] = ("other", True)
NEIGHBOURS, STEM_NEIGHBOURS = _neighbours(WHOLE), _neighbours(BEFORE_NUMBER)
