"""A text in, the same text with its numbers, dates and provisions written in the one way that `facts` reads, out."""

import re
import unicodedata
from calendar import monthrange

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_SHORT = {"Jan": "Januar", "Feb": "Februar", "Apr": "April", "Aug": "August", "Sept": "September", "Sep": "September", "Okt": "Oktober",
          "Nov": "November", "Dez": "Dezember", "Mrz": "März"}  # fmt: skip
_MONEY = r"(?:€|EUR\b|Euro\b)"
_UNIT = (
    r"(?:%|€|EUR|Euro|Prozent|ct|Ct|Cent|[kMGT]?Wh?p?\b|kVA|VA|kV|V\b|A\b|m³|m²|m\b|km|kg|t\b|Mio|Mrd|°C|Grad|Kilo|Mega|Giga|Jahre"
    r"|Monate|Stunden|h\b)"
)
_SHARES = {"hälfte": 50.0, "drittel": 100 / 3, "viertel": 25.0, "fünftel": 20.0, "sechstel": 100 / 6, "achtel": 12.5, "zehntel": 10.0}
_COUNTS = {
    "ein": 1,
    "eine": 1,
    "einem": 1,
    "eines": 1,
    "einen": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
_ORDINALS = {
    "ersten": "1", "zweiten": "2", "dritten": "3", "vierten": "4", "fünften": "5", "sechsten": "6", "siebten": "7", "achten": "8",
    "neunten": "9", "zehnten": "10", "fünfzehnten": "15", "zwanzigsten": "20", "dreißigsten": "30", "einunddreißigsten": "31",
}  # fmt: skip
_TIMES = {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zehn": 10, "zwölf": 12}
_HALVES = {"½": "5", "¼": "25", "¾": "75"}
_SHARE = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNTS)}|der|die|das|zur|dem)\s+)(?P<share>Hälfte|Drittel|Viertel|Fünftel|Sechstel|Achtel|Zehntel)s?\b"
    rf"|\b(?P<joined>zwei|drei|vier)(?P<rest>drittel|viertel|fünftel)\b|\b(?P<left>[1-4])/(?P<right>[2-8])(?![\d/.])",
    re.IGNORECASE,
)
_BELOW = {"2": 50.0, "3": 100 / 3, "4": 25.0, "5": 20.0, "6": 100 / 6, "8": 12.5}


def _share(match: re.Match[str]) -> str:
    if match["left"]:
        if match["right"] not in _BELOW:
            return match.group()
        value = int(match["left"]) * _BELOW[match["right"]]
    elif match["joined"]:
        value = _COUNTS[match["joined"].lower()] * _SHARES[match["rest"].lower()]
    else:
        value = _COUNTS.get(match["count"].lower(), 1) * _SHARES[match["share"].lower()]
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",") + " %"


def _long(match: re.Match[str]) -> str:
    return f"{_SHORT[match[1]]} "


def _year(match: re.Match[str]) -> str:
    return f"{match[1]}.{match[2]}.20{match[3]}"


def _listed(match: re.Match[str]) -> str:
    return "§ " + re.sub(r"(,|und|oder)\s*(?=\d)", r"\1 § ", match.group().lstrip("§ "))


def _end(match: re.Match[str]) -> str:
    """ "bis Ende Juni 2026" is up to its last day, "bis Ende 2026" up to the year's."""
    month = match["month"] or "Dezember"
    return f"bis {monthrange(int(match['year']), _MONTHS.split('|').index(month) + 1)[1]}. {month} {match['year']}"


_REWRITTEN: tuple[tuple[re.Pattern[str], object], ...] = (
    (re.compile("[\u00a0\u202f\u2009\u2007]"), " "),
    (re.compile("[\u00ad\u200b]"), ""),
    (re.compile("[\u2010\u2011\u2212]"), "-"),
    (re.compile(r"\*\*|__|`"), ""),
    (re.compile(r"(?:(\d)\s?)?([½¼¾])"), lambda match: f"{match[1] or 0},{_HALVES[match[2]]}"),
    (re.compile(r"§§\s*\d+[a-z]?(?:\s*(?:,|und|oder)\s*\d+[a-z]?\b)+"), _listed),
    (re.compile(rf"\bbis (?:zum )?Ende (?:(?:des Jahres |von )?|(?P<month>{_MONTHS}) )(?P<year>(?:19|20)\d\d)\b"), _end),
    (re.compile(r"\b(\d{1,2}(?:[:.]\d\d)?)\s*(bis|-|–|und)\s*(?=\d{1,2}(?:[:.]\d\d)?\s*Uhr\b)"), r"\1 Uhr \2 "),
    (re.compile(r"\bQ([1-4])(?=\s*/?\s*(?:19|20)\d\d)"), r"\1. Quartal"),
    (re.compile(rf"\b({'|'.join(_TIMES)})(?=mal\b)", re.IGNORECASE), lambda match: f"{_TIMES[match[1].lower()]}-"),
    (re.compile(r"\beine?[mnr]? (?=(?:Prozent|Euro|Cent|Kilowatt|Megawatt|Volt|Ampere|[kM]Wh?)\w*)"), "1 "),
    (re.compile(r"\[\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*\]"), " "),  # marks of citations
    (re.compile(r"(?m)^\s*(?:\d{1,2}[.)]|\([a-z\d]\)|[-–•*])\s+(?=\D)"), ""),
    (re.compile(r"((?:§§?|Paragra(?:ph|f)(?:en)?|Art\.|Artikel)\s*\d+)\s+([a-z])(?=[\s,.;:)]|$)"), r"\1\2"),
    (re.compile(r"§(?=\d)"), "§ "),
    (re.compile(r"(\d),[-–—]{1,2}(?=\W|$)"), r"\1"),
    (re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+)\.(\d+)"), lambda match: match[1].replace(",", "") + "," + match[2]),
    (re.compile(r"(?<![\d.,])0\.(\d+)(?![\d.])"), r"0,\1"),
    (re.compile(rf"(?<![\d.,])(\d+)\.(\d{{1,2}})(?=\s?{_UNIT})"), r"\1,\2"),
    (re.compile(rf"{_MONEY}\s?(\d[\d.]*(?:,\d+)?)(?!\s?{_MONEY})"), r"\1 Euro"),
    (re.compile(r"\b([0-3]?\d)\.\s?([01]?\d)\.\s?(\d\d)(?!\d|[.:]\d)"), _year),
    (re.compile(rf"\b({'|'.join(_SHORT)})\b\.?\s(?=(?:19|20)\d\d)"), _long),
    (re.compile(rf"(?<=\d\.)\s?({'|'.join(_SHORT)})\b\.?\s"), lambda match: f" {_SHORT[match[1]]} "),
    (re.compile(rf"\b({'|'.join(_ORDINALS)})\s(?=(?:{_MONTHS})\b)", re.IGNORECASE), lambda match: f"{_ORDINALS[match[1].lower()]}. "),
    (re.compile(r"\beines (?=(?:Monats|Jahres|Tages|Quartals|Werktags)\b)"), "einem "),
    (re.compile(r"\bhalbe[srnm]? Jahr(?:es)?\b|\bHalbjahr\w*\b", re.IGNORECASE), "6 Monate"),
    (re.compile(r"\b(?:ein )?Vierteljahr\w*\b", re.IGNORECASE), "3 Monate"),
    (re.compile(r"\b(?:anderthalb|eineinhalb)\b", re.IGNORECASE), "1,5"),
    (re.compile(r"\b(halbe[snr]?|halben) Stunde\b", re.IGNORECASE), "30 Minuten"),
    (re.compile(r"\bViertelstunde\w*\b"), "15 Minuten"),
    (re.compile(r"\bdoppelt\w*\b|\bverdoppel\w*\b|\bzweifach\w*\b", re.IGNORECASE), "200 %"),
    (re.compile(r"\bhalb so\b", re.IGNORECASE), "50 % so"),
    (re.compile(r"(?<=\d)(?=(?:kWh|MWh|kW|ct|Euro|EUR)\b)"), " "),
    (_SHARE, _share),
)


def written(text: str) -> str:
    """`§ 14 a` as `§ 14a`, `EUR 12.50` as `12,50 Euro`, `1.2.25` as `1.2.2025`, `ein Drittel` as `33,333333 %`; no list marks."""
    text = unicodedata.normalize("NFC", text)
    for expression, instead in _REWRITTEN:
        text = expression.sub(instead, text)  # type: ignore[call-overload]
    return text
