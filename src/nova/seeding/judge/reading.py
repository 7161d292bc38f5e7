"""Columns read as numbers, days or shapes, a whole column at a time; what cannot be read is null."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import polars as pl

from nova.seeding.amounts import numbers_of
from nova.seeding.values import MONTHS, Notation

BLANK: Final = (
    r"(?i)^[\s\-–_.,;:*?/#|\\]*$|^[\s(<\[\"']*(?:n/?a|n\.\s?a\.|nan|null|none|nil|undefined|unbekannt|unknown|onbekend|"
    r"keine? (?:angabe|wert|text)n?|k\.\s?a\.|"
    r"leer|empty|leeg|tbd|tba|todo|fehlt|missing|geen|\?+|x{2,}|(?:lorem ipsum|dolor sit amet).*|(?:test(?:text|eintrag|e?n|daten|data)?|"
    r"probe|dummy|"
    r"foo|bar|baz|asdf\w*|qwert\w*|abc|bla(?:h|bla)*|platzhalter\w*|placeholder|beispieltext|mustertext|sample|example|blindtext)"
    r"(?:[\s\-_.,!/]*(?:test\w*|\d{1,4}|text|bla|foo|bar|data|eintrag))*)[\s)>\]\"'.!]*$"
)
"""Values that stand for none, such as "n/a" or "xxx", and texts that only hold a place."""
MOJIBAKE: Final = (
    r"Ã[\u{80}-\u{bf}¼½¤¶Ÿ„–œ“†‡‰©¨«‹Œ]|Â[\u{80}-\u{bf}]|â€|â‚¬|Å[¸¡’“]|ï»¿|\u{fffd}"
    r"|[\u{80}-\u{9f}]|[\x00-\x08\x0e-\x1f]|\p{L}\?\p{Ll}|Ð[\u{80}-\u{bf}]|\p{L}[¼½¾¤¶Ÿ]"
)
"""Letters read in the wrong encoding ("Ã¼", "Stra?e"), or lost."""
MARKUP: Final = (
    r"(?i)&(?:[a-z]{2,8}|#x?[0-9a-f]{2,5});|<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?>|\{\{.*\}\}|\$\{.*\}|%[sd]\b|\\[nrt]\b|\\u[0-9a-f]{4}"
)
"""What a page or a template has left behind."""
REPEATED: Final = "|".join(f"{sign}{{5,}}" for sign in [*"abcdefghijklmnopqrstuvwxyzäöüß", r"\?", "!", r"#", "@", "~", r"\^", "%", "&"])
WORD_ALONE: Final = r"(?:^|[\s(])\p{L}{3,}(?:$|[\s.,:;!?)])"
EMAIL: Final = r"^[\w.%+\-]+@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}$"
_NUMBER = r"^[+\-−–]?\d[\d.,'’ \u{a0}\u{202f}]*$"
_UNIT = r"^(?:[€$]|EUR)?\s*|\s*(?:[A-Za-z€$%³²]{1,4}(?:/[A-Za-z]{1,4})?\d?)?\s*$"
_FORMATS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d.%m.%y",
    "%d %m %Y",
    "%m %d %Y",
)
_SPACED = r"^\d{1,2} \d{1,2} \d{4}$"
_SIZED = {"%d.%m.%y": r"^\d{1,2}\.\d{1,2}\.\d{2}$", "%d %m %Y": _SPACED, "%m %d %Y": _SPACED}
"""What a value must look like for a form that Polars reads in others too: to it a space may be none, so that 100338 would be a day."""
_MONTH_WORDS = {name: f" {number} " for name, number in sorted(MONTHS.items(), key=lambda pair: -len(pair[0]))}


def plain_names(names: Iterable[str]) -> list[str]:
    """The columns that an expression can name: Polars reads "*" and "^...$" as patterns, so that such a header is left aside."""
    return [name for name in names if name != "*" and not (name.startswith("^") and name.endswith("$"))]


def unread(values: pl.Series) -> bool:
    """Whether a column is of a type that is not judged: nested, raw bytes, times of day and durations."""
    return isinstance(values.dtype, pl.List | pl.Struct | pl.Array | pl.Object | pl.Binary | pl.Time | pl.Duration)


def text_of(values: pl.Series) -> pl.Series:
    """A column as text without spaces around it."""
    return (values if values.dtype == pl.String else values.cast(pl.String, strict=False)).str.strip_chars()


def mean(values: pl.Series) -> float:
    """The mean of numbers or of true and false; 0 where there are none."""
    found = values.cast(pl.Float64).mean()
    return found if isinstance(found, float) else 0.0


def blank(values: pl.Series) -> pl.Series:
    """Where a column says nothing: null, NaN, spaces or a word that stands for none."""
    if values.dtype == pl.String:
        short = values.str.len_chars() <= 400
        return values.is_null() | (short & values.str.contains(BLANK)).fill_null(False)
    if values.dtype.is_float():
        return values.is_null() | values.is_nan().fill_null(False)
    return values.is_null()


def numbers(values: pl.Series, notation: Notation | None = None) -> pl.Series:
    """Numbers, with or without a unit; `notation` decides "1.234", a point is its decimal sign where nothing does."""
    if values.dtype.is_numeric():
        return values.cast(pl.Float64)
    if values.dtype != pl.String:
        return pl.Series(values.name, [None] * len(values), dtype=pl.Float64)
    plain = values.cast(pl.Float64, strict=False)
    plain = plain.set(plain.is_nan() | plain.is_infinite(), None)
    rest = plain.is_null() & values.is_not_null()
    if notation == ",":
        rest = rest | values.str.contains(r"^\s*[+\-]?\d{1,3}\.\d{3}\s*$").fill_null(False)
    return _filled(plain, values, rest, lambda told: _written(told, notation))


def _written(told: pl.Series, notation: Notation | None) -> pl.Series:
    """Texts as numbers; without a `notation` the sign that stands there parts the decimals."""
    text = told.str.replace_all(_UNIT, "")
    text = pl.select(pl.when(text.str.contains(_NUMBER)).then(text)).to_series()
    asked = text.str.extract(r"([.,])") if notation is None else pl.repeat(notation, len(text), eager=True, dtype=pl.String)
    return numbers_of(text, asked).cast(pl.Float64, strict=False)


def days(values: pl.Series) -> pl.Series:
    """Days since 1970; a day that the calendar does not have is null."""
    if values.dtype.is_temporal() and values.dtype != pl.Time and not isinstance(values.dtype, pl.Duration):
        return values.cast(pl.Date).to_physical()
    if values.dtype != pl.String:
        return pl.Series(values.name, [None] * len(values), dtype=pl.Int32)
    first = values.str.to_date(_FORMATS[0], strict=False).to_physical()
    rest = first.is_null() & values.str.contains(r"\d").fill_null(False)
    return _filled(first, values, rest, _days)


def _days(told: pl.Series) -> pl.Series:
    lower = (
        told.str.to_lowercase().str.strip_chars().str.replace(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|uhr|[+\-]\d{2}:?\d{2})?$", "")
    )
    words = lower.str.contains("[a-zä]").fill_null(False)
    if words.any():
        named = lower.str.replace_many(list(_MONTH_WORDS), list(_MONTH_WORDS.values()), leftmost=True)
        named = named.str.replace_all(r"[.,\s]+|(?:st|nd|rd|th)\b", " ").str.strip_chars()
        lower = pl.select(pl.when(words).then(named).otherwise(lower)).to_series()
    day = pl.Series(values=[None] * len(told), dtype=pl.Date)
    for form in _FORMATS:
        sized = lower.str.contains(_SIZED.get(form, r"\d{4}"))
        read = pl.select(pl.when(sized).then(lower)).to_series().str.to_date(form, strict=False)
        day = pl.select(pl.coalesce(day, read)).to_series()
    return day.to_physical()


def _filled(first: pl.Series, values: pl.Series, rest: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """`first`, and where it is to be read otherwise what `read` makes of each different value."""
    if not rest.any():
        return first
    told = values.filter(rest).unique().drop_nulls()
    found = pl.DataFrame({"value": told, "read": read(told).cast(first.dtype)})
    frame = pl.DataFrame({"value": values, "first": first, "rest": rest}).join(found, on="value", how="left", maintain_order="left")
    return frame.select(pl.when("rest").then("read").otherwise("first").alias(first.name)).to_series()


def shapes(values: pl.Series, *, runs: bool) -> pl.Series:
    """A value's form, "AB-1203" as "AA-9999"; with `runs` any number of equal signs counts as one ("A-9")."""
    form = values.str.replace_all(r"\d", "9").str.replace_all(r"\p{Lu}", "A").str.replace_all(r"\p{Ll}", "a")
    return form.str.replace_all("9+", "9").str.replace_all("A+", "A").str.replace_all("a+", "a") if runs else form


def malo(values: pl.Series) -> pl.Series:
    """Whether eleven digits carry the check digit of a Marktlokation (BDEW: odd places once, even places twice, to the next ten)."""
    return _weighed(values, 11, [1, 2] * 5)


def gs1(values: pl.Series) -> pl.Series:
    """Whether thirteen digits carry the check digit of GS1 and BDEW code numbers (weights 1 and 3)."""
    return _weighed(values, 13, [1, 3] * 6)


def _weighed(values: pl.Series, length: int, weights: list[int]) -> pl.Series:
    frame = pl.DataFrame({"v": values})
    text = pl.when(pl.col("v").str.contains(rf"^\d{{{length}}}$")).then(pl.col("v"))
    total = pl.sum_horizontal([text.str.slice(at, 1).cast(pl.Int32, strict=False) * weight for at, weight in enumerate(weights)])
    return frame.select(((10 - total % 10) % 10 == text.str.slice(length - 1, 1).cast(pl.Int32, strict=False)).fill_null(False)).to_series()


def iban(values: pl.Series) -> pl.Series:
    """Whether an IBAN's check digits hold (ISO 13616: the number turned by four places leaves 1 when divided by 97)."""
    frame = pl.DataFrame({"v": values})
    bare = pl.col("v").str.replace_all(r"\s", "").str.to_uppercase()
    turned = (bare.str.slice(4) + bare.str.slice(0, 4)).str.replace_many(
        [chr(code) for code in range(65, 91)], [str(code - 55) for code in range(65, 91)]
    )
    frame = frame.select(
        pl.when(bare.str.contains(r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$")).then(turned).alias("t"), pl.lit(0, dtype=pl.Int64).alias("r")
    )
    for at in range(0, 70, 9):
        piece = pl.col("t").str.slice(at, 9)
        width = piece.str.len_chars().cast(pl.Int64)
        shift = pl.lit(10, dtype=pl.Int64).pow(width)
        frame = frame.with_columns(
            pl.when(width > 0).then((pl.col("r") * shift + piece.cast(pl.Int64, strict=False)) % 97).otherwise(pl.col("r")).alias("r")
        )
    return frame.select((pl.col("t").is_not_null() & (pl.col("r") == 1)).fill_null(False)).to_series()


def readings_of(values: pl.Series, raw: pl.Series, sort: str, notation: Notation | None) -> pl.Series:
    """A column as its sort is read: numbers ("zahl") and days ("tag") as Float64, all else as the text `raw`; null where not readable."""
    if sort == "zahl":
        read = numbers(raw if values.dtype == pl.String else values, notation)
        return read.set(~read.is_finite(), None)
    if sort == "tag":
        return days(raw if values.dtype == pl.String else values).cast(pl.Float64)
    return raw


CHECKS: Final = {"MaLo": malo, "IBAN": iban, "Codenummer": gs1}


def name_of(column: str) -> str:
    """A column's name as a reason shows it."""
    return re.sub(r"\s+", " ", column).strip()
