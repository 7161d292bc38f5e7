"""Folded text in, the words that call a number something out ("Kd.-Nr.", "vertragskonto_id", "zählenummer"): one vocabulary for all kinds.

A label is a stem of `STEMS` with or without a word for "number" behind it, in any spelling, also with one typing error where it is long.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

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
THINGS = (
    "rechnung rechnungs bestell bestellung auftrag auftrags artikel art sendung sendungs paket ticket vorgang vorgangs beleg charge "
    "seriennummer serien mahnung lieferschein "
    "palette los trommel lager kostenstelle sachkonto meldung avis sammler fehler aktenzeichen az angebot gutschein mandat mandats "
    "inventar projekt foto seite formular"
)
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
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
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
        named = CONTRACT if key == "v" and ALONE.match(text, end) else called(key)
        if (BARE.match(key) and (key != "n" or text[end : end + 1] == "°")) or (last and last.kind == "meter" and ON_DEVICE.match(key)):
            bare = end
            reach = GOVERNED_BY_OWNER if OWNED.search(text[max(0, start - NEXT_TO) : start]) else GOVERNED
            if last is None or last.kind == "other" or start - last.end > reach:
                continue
            last = Label(start, end, last.kind, True, False)
        elif named and named[0] == "other" and ON_PAPER.search(text[max(0, start - NEXT_TO) : start]):
            continue
        elif named and not (key == "uhr" and HOUR.search(text[max(0, start - NEXT_TO) : start])):
            strong = named[1] or start - bare < NEXT_TO or (start - bare < GOVERNED and LEADS_ON.fullmatch(text, bare, start) is not None)
            last = Label(start, end, named[0], strong, strong)
        else:
            continue
        yield last


def _keys(text: str) -> Iterator[tuple[int, int, str]]:
    """Every token and its compact form; "der Nummer" is none, so that its last word counts alone."""
    for match in TOKEN.finditer(text):
        start, key = match.start(), compact(match.group())
        if "/" in match.group() and (parts := _parts(match)):
            yield from parts
            continue
        if (hyphen := match.group().rfind("-") + 1) and called(key) is None and LONG_BEHIND.match(text, match.end()):
            last = match.group()[hyphen:]
            start, key = (start + hyphen, compact(last)) if last.isupper() and called(compact(last)) else (start, key)
        prefix = PREFIXED.fullmatch(match.group())
        if prefix and GOES_ON.match(text, match.end()) and called(key) is None and called(compact(prefix["head"])):
            yield start, start + len(prefix["head"]), compact(prefix["head"])
            continue
        cut = match.group().rfind(" ") + 1
        if cut and (called(key) or ("other", True))[0] == "other":
            start, key = start + cut, compact(match.group()[cut:])
        yield start, match.end(), key


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
        return "other", True
    for kind, pattern in SHORT_WHOLE.items():
        if (match := pattern.match(key)) and (match["number"] or (len(key) >= SHORTEST_ALONE.get(kind, 3) and key not in LENGTHS)):
            return kind, bool(match["number"])
    for kind, pattern in LONG_ENDS.items():
        if match := pattern.match(key):
            return kind, bool(match["number"]) or "nummer" in key
    if typed := _mistyped(key):
        return typed, True
    return ("other", True) if key in THINGS_SET or ANY_NUMBER.match(key) else None


def _squeezed(word: str) -> str:
    return DOUBLED.sub(r"\1", word)


def _shorter(word: str) -> Iterator[str]:
    """The word and the word without any one of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _mistyped(key: str) -> Called | None:
    """The kind of a long word that is one letter away from a label's; doubled letters count once, "rn" may be a scanned "m"."""
    for word in (_squeezed(key), *((_squeezed(key.replace("rn", "m")),) if "rn" in key else ())):
        if len(word) >= SHORTEST_TYPED:
            found = next((NEIGHBOURS[short] for short in _shorter(word) if short in NEIGHBOURS), None)
            if found:
                return found
    number = NUMBER_END.search(key)
    if number and number.start() >= SHORTEST_STEM:
        return next((STEM_NEIGHBOURS[short] for short in _shorter(key[: number.start()]) if short in STEM_NEIGHBOURS), None)
    return None


def _neighbours(words: Mapping[Called, str]) -> dict[str, Called]:
    return {short: kind for kind, line in words.items() for word in line.split() for short in _shorter(_squeezed(word))}


CONTRACT: tuple[Called, bool] = ("contract_no", False)
THINGS_SET = frozenset(THINGS.split())
NEIGHBOURS, STEM_NEIGHBOURS = _neighbours(WHOLE), _neighbours(BEFORE_NUMBER)
