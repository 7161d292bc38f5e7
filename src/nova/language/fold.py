"""Text in, comparable word forms out: Unicode fold, tokens with their spans, numbers and units in one spelling."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
"""Small umlauts and ß as letters without dots, for `str.translate`."""
_COMPARED = WRITTEN_OUT | str.maketrans({"\u00ad": None, "\u200b": None, "\\": None})
_TOKEN = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:,\d+)?[a-zA-Z]?(?!\w)|(?:[^\W_]|\u00ad)+|[€%]")
# Only texts up to this many characters are remembered.
_WORD = 64
_SEPARATORS = re.compile(r"[.\u00a0\u202f ]")

NUMBER_WORDS = {
    "zwei": "2", "drei": "3", "vier": "4", "fuenf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zehn": "10",
    "elf": "11", "zwoelf": "12", "vierzehn": "14", "fuenfzehn": "15", "zwanzig": "20", "dreissig": "30", "hundert": "100",
}  # fmt: skip
UNITS = {
    "kw": "kilowatt", "mw": "megawatt", "gw": "gigawatt", "kwh": "kilowattstunde", "mwh": "megawattstunde", "gwh": "gigawattstunde",
    "twh": "terawattstunde", "kv": "kilovolt", "ct": "cent", "€": "euro", "eur": "euro", "%": "prozent", "vh": "prozent", "km": "kilometer",
    "kwp": "kilowatt", "kilowattstunden": "kilowattstunde", "megawattstunden": "megawattstunde", "gigawattstunden": "gigawattstunde",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number as it stands in the text (`text[start:end]`) and its folded form."""

    form: str
    start: int
    end: int


def fold(word: str) -> str:
    """One spelling for one word: NFKC, lower case, umlauts as two letters, ß as ss, accents and soft hyphens removed."""
    return _fold(word) if len(word) <= _WORD else _fold.__wrapped__(word)


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    text = unicodedata.normalize("NFKC", word).casefold().translate(_COMPARED)
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return text


@lru_cache(maxsize=131072)
def form(raw: str) -> str:
    """The comparable form of one token: `6 000` and `6.000` become `6000`, `kWh` becomes `kilowattstunde`, `drei` becomes `3`."""
    if raw[0].isdigit():
        return _SEPARATORS.sub("", raw).lower()
    folded = fold(raw)
    return UNITS.get(folded) or NUMBER_WORDS.get(folded) or folded


def raw_words(text: str) -> list[str]:
    """The tokens of a text as written, in order; composed first where the text holds combining marks."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """The comparable forms of all tokens, in order."""
    return [form(raw) for raw in raw_words(text)]


def tokens(text: str) -> list[Token]:
    """All tokens with their spans in `text` (which should be NFC)."""
    return [Token(form(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(text)]
