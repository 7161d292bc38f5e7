"""The facts of a text: dates, times, amounts with units, numbers and identifiers, each in one form whatever its writing.

A text becomes tokens; a token that holds a digit is a fact, any other a word. "1.234,56 €" and "EUR 1234.56" are both `1234.56 EUR`,
"1. März 2026" is `2026-03-01`, "Hauptstr." is `hauptstrasse`. Letters stuck to digits are tokens of their own, so "KD-4711" is "kd 4711".
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.seeding.texts.spellings import unified, word_form
from nova.seeding.values import DECIMAL, MONTHS, UNITS, Notation, date_of, number_of

_FOLDS = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ê": "e", "ë": "e", "ï": "i", "á": "a", "à": "a", "ó": "o",
    "â": "a", "å": "a", "ç": "c", "ć": "c", "č": "c", "ğ": "g", "ı": "i", "í": "i", "î": "i", "ł": "l", "ñ": "n", "ń": "n",
    "ò": "o", "ô": "o", "ø": "oe", "œ": "oe", "æ": "ae", "ş": "s", "š": "s", "ś": "s", "ù": "u", "ú": "u", "û": "u", "ý": "y", "ž": "z",
    "ź": "z", "ż": "z", "²": "2", "³": "3", "−": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
_TABLE = str.maketrans(_FOLDS)
_UNIT_WORDS = {
    "kilowattstunden": "kwh", "kilowattstunde": "kwh", "kilowattuur": "kwh", "kilowatt hours": "kwh", "kilowatt": "kw",
    "megawattstunden": "mwh", "megawattstunde": "mwh", "kubikmeter": "m3", "kubieke meter": "m3", "cubic metres": "m3", "cbm": "m3",
    "cent/kwh": "ct/kwh", "cent pro kwh": "ct/kwh", "ct pro kwh": "ct/kwh",
    "euros": "eur", "cents": "ct", "kilometer": "km", "liter": "l", "usd": "usd", "$": "usd", "chf": "chf", "gbp": "gbp", "£": "gbp",
    "kva": "kva", "v": "v", "a": "a", "mm": "mm", "m2": "m2", "qm": "m2", "sqm": "m2", "°c": "°c", "bar": "bar",
}  # fmt: skip
_MONTH_NAMES = sorted({name.replace("ä", "ae") for name in MONTHS}, key=lambda name: (-len(name), name))
_MONTH = f"(?:{'|'.join(_MONTH_NAMES)})"
_NAMED_UNITS = sorted({*UNITS, *_UNIT_WORDS} - {"€", "%", "$", "£", "a", "°c"}, key=lambda name: (-len(name), name))
_UNIT = f"(?:[€%$£]/mwh|€/kwh|[€%$£]|°c|(?:{'|'.join(map(re.escape, _NAMED_UNITS))})\\b)"
_MONEY = r"(?:(?:eur|euro|usd|chf|gbp)\b|[€$£])"
_FACT = "|".join(
    (
        r"\d{4}-\d{2}-\d{2}\b",
        r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})\b",
        r"\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:[\s,;)!?:]|$)",
        r"\d{1,2}/\d{1,2}/\d{4}\b",
        r"\d{1,2}-\d{1,2}-\d{4}\b",
        rf"\d{{1,2}}(?:\.|st|nd|rd|th)?\s?(?:of\s)?{_MONTH}\b\.?(?:,?\s?\d{{4}}\b)?",
        rf"\b{_MONTH}\b\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}\b",
        rf"\b{_MONTH}\b\.?\s\d{{4}}\b",
        rf"\b{_MONTH}\b\s\d{{1,2}}(?:st|nd|rd|th)\b",
        r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:uhr|uur|h|am|pm)\b)?",
        r"\d{1,2}(?:\.\d{2})?\s?(?:uhr|uur|am|pm)\b",
        r"\b[a-z]{2}\d{2}(?:\s?\d{4}){3,7}(?:\s?\d{1,4})?\b",
        rf"(?:(?:^|[\s(:])[-])?\d{{1,3}}(?:\s\d{{3}})+(?:[.,]\d{{1,2}})?\s?{_UNIT}",
        r"\b[1-9]\d{0,2}(?:\s\d{3}){2,}\b",
        r"(?:\+49\s?(?:\(0\)\s?)?\d{2,5}|\b0[1-9]\d{1,4})(?:\s?[/)-]\s?|\s)\d{2,}(?:[\s/-]\d{2,})*\b",
        rf"(?:\b{_MONEY}\s?|[€$£]\s?)?(?:(?:^|[\s(:])[-])?\d+(?:[.,'’]\d+)*(?:,[-–])?(?:\s?{_UNIT})?",
    )
)
_TOKEN = rf"{_FACT}|[^\W\d_]+"
_AMOUNT = re.compile(rf"(?P<money>{_MONEY})?\s*(?P<number>-?\d[\d.,'’ ]*?)(?:,[-–])?\s*(?P<unit>{_UNIT})?")
_END = r"(?:\D*|\s?m[23])$"
_AMBIGUOUS = rf"^\D*\d{{1,3}}[.,]\d{{3}}{_END}"
_CODE = re.compile(r"0[^.,]+")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))?\s?(uhr|uur|h|am|pm)?")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?:of\s)?({_MONTH})\.?")
_NUMBERED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.\D?")
_MONTH_DAY = re.compile(rf"({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)")
_MONTH_YEAR = re.compile(rf"({_MONTH})\.?\s(\d{{4}})")
_MANY, _BASE = 24, np.uint64(0x9E3779B97F4A7C15)


def folded(text: pl.Expr) -> pl.Expr:
    """A text in small letters, umlauts written out, `ß` as `ss`, no accents."""
    return text.str.to_lowercase().str.replace_many(list(_FOLDS), list(_FOLDS.values()))


def fold(text: str) -> str:
    """The same of one text."""
    return text.lower().translate(_TABLE)


def codes_of(values: pl.Series) -> NDArray[np.int64]:
    """Equal texts by equal numbers (63 bits of a hash, the same in every frame), null by -1."""
    hashes = values.hash(11).to_numpy().astype(np.uint64) >> np.uint64(1)
    return np.where(values.is_null().to_numpy(), np.int64(-1), hashes.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of many texts: row i has `codes[starts[i]:starts[i + 1]]`, indices of `words` (canonical) of which `is_fact` are facts.

    `key` is a hash of a row's facts as a multiset, 0 where it has none; whole numbers that follow each other are one ("334 901 72").
    `counts` is how often each word occurs.
    """

    codes: NDArray[np.int64]
    starts: NDArray[np.int64]
    words: pl.Series
    is_fact: NDArray[np.bool_]
    hashes: NDArray[np.uint64]
    key: NDArray[np.uint64]
    counts: NDArray[np.int64]

    def of(self, row: int) -> list[int]:
        """The codes of one row."""
        result: list[int] = self.codes[self.starts[row] : self.starts[row + 1]].tolist()
        return result


def tokens_of(texts: pl.Series, languages: pl.Series | None = None) -> Tokens:
    """The tokens of texts; a language (`de`, `en`, `nl`) says how "1.234" is meant where the text's other numbers do not."""
    languages = languages if languages is not None else pl.Series([None] * len(texts), dtype=pl.String)
    frame = pl.DataFrame({"text": texts, "lang": languages.cast(pl.String)}).with_row_index("row")
    tokens = (
        frame.lazy()
        .select(
            "row", "lang", raw=folded(pl.col("text").fill_null("")).map_batches(unified, return_dtype=pl.String).str.extract_all(_TOKEN)
        )
        .explode("raw", empty_as_null=True, keep_nulls=True)
        .drop_nulls("raw")
        .collect()
    )
    codes, distinct = _coded(tokens)
    words = distinct["word"]
    hashes = words.hash(7).to_numpy().astype(np.uint64)
    is_fact = words.str.contains(r"\d").to_numpy()
    rows = tokens["row"].to_numpy()
    starts = np.searchsorted(rows, np.arange(len(texts) + 1)).astype(np.int64)
    mixed = np.where(is_fact, _mixed(hashes), np.uint64(0))[codes]
    _join_numbers(mixed, codes, starts, words)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    key = sums[starts[1:]] - sums[starts[:-1]]
    return Tokens(codes, starts, words, is_fact, hashes, key, np.bincount(codes, minlength=len(words)).astype(np.int64))


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9) | np.uint64(1)


def _join_numbers(mixed: NDArray[np.uint64], codes: NDArray[np.int64], starts: NDArray[np.int64], words: pl.Series) -> None:
    """Give the first of whole numbers that follow each other in a row the hash of all their digits, and the others 0 (in place).

    The hash is a polynomial of the digits (Karp, Rabin 1987), blind to where one number ends and to zeros in front.
    """
    lengths = words.str.len_bytes().to_numpy().astype(np.int64)
    whole = words.str.contains(rf"^\d{{1,{_MANY}}}$").to_numpy()
    places = np.flatnonzero(whole[codes])
    if not len(places):
        return
    digits = np.zeros((len(words), _MANY), dtype=np.uint8)
    told = words.filter(pl.Series(whole)).to_numpy().astype(f"S{_MANY}")
    digits[whole] = told.view(np.uint8).reshape(len(told), _MANY)
    values = np.zeros(len(words), dtype=np.uint64)
    for column in range(_MANY):
        values = np.where(column < lengths, values * _BASE + (digits[:, column] - np.uint8(48)), values)
    begins = np.ones(len(places), dtype=np.bool_)
    begins[1:] = np.diff(places) > 1
    opens = np.zeros(len(codes) + 1, dtype=np.bool_)
    opens[starts] = True
    begins |= opens[places]
    first = np.flatnonzero(begins)
    size = lengths[codes[places]]
    total = np.cumsum(size)
    ends = np.append(first[1:], len(places)) - 1
    behind = np.repeat(total[ends], np.diff(np.append(first, len(places)))) - total
    powers = np.cumprod(np.full(int(behind.max()) + 1, _BASE), dtype=np.uint64) * np.uint64(pow(int(_BASE), -1, 2**64))
    joined = np.add.reduceat(values[codes[places]] * powers[behind], first)
    mixed[places] = 0
    mixed[places[first]] = _mixed(joined)


def facts_of(text: str, language: str | None = None) -> tuple[str, ...]:
    """The facts of one text in their order, such as `("2026-03-01", "1234.56 EUR")`."""
    found = tokens_of(pl.Series([text]), pl.Series([language], dtype=pl.String))
    return tuple(word for word in found.words.gather(found.codes).to_list() if any(map(str.isdigit, word)))


def _coded(tokens: pl.DataFrame) -> tuple[NDArray[np.int64], pl.DataFrame]:
    """Each token's code, and the canonical words in the order of their codes."""
    writings = tokens["raw"].unique().sort()
    physical = tokens["raw"].cast(pl.Enum(writings)).to_physical().to_numpy()
    unclear = writings.str.contains(_AMBIGUOUS).to_numpy()
    notation = np.zeros(len(physical), dtype=np.int64)
    if unclear.any():
        notation = np.where(unclear[physical], _notations(tokens, writings, physical), 0)
    variant = physical.astype(np.int64) * 3 + notation
    occurs = np.bincount(variant, minlength=3 * len(writings)) > 0
    used = np.flatnonzero(occurs)
    inverse = (np.cumsum(occurs) - 1)[variant]
    names: list[Notation | None] = [None, ",", "."]
    plain = writings.str.contains(r"^(?:\d+|[^\d]+)$").to_list()
    texts = writings.to_list()
    words = [
        word_form(texts[number // 3]) if plain[number // 3] else _fact(texts[number // 3], names[number % 3]) for number in used.tolist()
    ]
    table = pl.DataFrame({"word": words}, schema={"word": pl.String})
    distinct = table.unique(maintain_order=True)
    place = table.join(distinct.with_row_index("code"), on="word", how="left", maintain_order="left")["code"].to_numpy().astype(np.int64)
    return place[inverse], distinct


def _notations(tokens: pl.DataFrame, writings: pl.Series, physical: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Each token's decimal sign, 1 for "," and 2 for ".": what the text's other numbers say, else its language, else 0."""
    speaks = pl.DataFrame({"raw": writings}).select(
        comma=pl.col("raw").str.contains(rf"^\D*[\d.]*,\d{{1,2}}{_END}|\.\d{{3}},\d"),
        dot=pl.col("raw").str.contains(rf"^\D*[\d,]*\.\d{{1,2}}{_END}|,\d{{3}}\.\d"),
    )
    rows = tokens["row"].to_numpy()
    size = int(rows[-1]) + 1 if len(rows) else 0
    comma = np.bincount(rows, weights=speaks["comma"].to_numpy()[physical], minlength=size)[rows] > 0
    dot = np.bincount(rows, weights=speaks["dot"].to_numpy()[physical], minlength=size)[rows] > 0
    signs = {language: 1 if sign == "," else 2 for language, sign in DECIMAL.items()}
    spoken = tokens["lang"].replace_strict(list(signs), list(signs.values()), default=0, return_dtype=pl.Int64).to_numpy()
    return np.where(comma & ~dot, 1, np.where(dot & ~comma, 2, spoken)).astype(np.int64)


def _fact(raw: str, notation: Notation | None) -> str:
    """A fact's canonical form; its own writing without spaces where it cannot be read."""
    return _moment(raw) or _amount(raw, notation) or re.sub(r"\s", "", raw)


def _moment(raw: str) -> str | None:
    if raw.isdigit():
        return None
    if day := _part_of_date(raw):
        return day
    if (raw[-1].isdigit() and sum(map(str.isdigit, raw)) <= 8) and (day := date_of(raw.replace("of ", "").replace(". ", ".", 1))):
        return day
    match = _TIME.fullmatch(raw)
    return None if match is None or (":" not in raw and not match[4]) else _time(match)


def _part_of_date(raw: str) -> str | None:
    """A month with its year, or a day without one."""
    if match := _MONTH_YEAR.fullmatch(raw):
        return f"{match[2]}-{_month(match[1]):02}"
    if match := _NUMBERED_DAY.fullmatch(raw):
        return f"--{int(match[2]):02}-{int(match[1]):02}"
    if match := _MONTH_DAY.fullmatch(raw):
        return f"--{_month(match[1]):02}-{int(match[2]):02}"
    if match := _DAY_MONTH.fullmatch(raw):
        return f"--{_month(match[2]):02}-{int(match[1]):02}"
    return None


def _time(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + 12 * (match[4] == "pm") if match[4] in ("am", "pm") else int(match[1])
    return f"{hour}:{match[2] or '00'}" + (f":{match[3]}" if match[3] else "") + "h"


@lru_cache(maxsize=64)
def _month(name: str) -> int:
    return MONTHS.get(name) or MONTHS[name.replace("ae", "ä")]


def _amount(raw: str, notation: Notation | None) -> str | None:
    stripped = raw.strip(" (:")
    match = _AMOUNT.fullmatch(stripped)
    if match is None:
        return re.sub(r"[^\da-z]", "", "0" + stripped[3:].replace("(0)", "") if stripped.startswith("+49") else stripped)
    if match["money"] and match["unit"]:
        return None
    unit, written = match["money"] or match["unit"], match["number"].strip()
    value = number_of(written, notation)
    if value is None or unit:
        return value and _with_unit(value, unit)
    return None if _CODE.fullmatch(written) else value


def _with_unit(value: str, unit: str) -> str:
    unit = _UNIT_WORDS.get(unit, unit)
    name, factor = UNITS.get(unit, (unit, 1.0))
    if factor == 1.0:
        return f"{value} {name}"
    scaled = format((Decimal(value) * Decimal(str(factor))).normalize(), "f")
    return f"{scaled} {name}"
