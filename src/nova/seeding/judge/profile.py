"""What is usual: learnt from a sample of every kind of record, so that batches can be judged one at a time.

A sample keeps the records with the smallest hashes of their ids: it is the same however the rows are parted, and two samples make one.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

import polars as pl

from nova.seeding.judge.consistency import Relations, learn_relations
from nova.seeding.judge.reading import CHECKS, EMAIL, blank, days, mean, numbers, plain_names, readings_of, shapes, text_of, unread
from nova.seeding.judge.words import Words, learn
from nova.seeding.values import Notation, notation_of

Sort = Literal["leer", "zahl", "tag", "code", "mail", "auswahl", "text", "name"]
SAMPLE: Final = 3000
"""Records of each kind that are learnt from."""
SCORES: Final = ("quality", "confidence", "completeness", "reasons")
"""The columns that scoring adds; they are not learnt from."""
EXPECTED: Final = 0.5
"""The share of a kind's records that must hold a column for it to be expected of all."""
_PROBE: Final = 300
_OFTEN: Final = 4
_RELATED: Final = 1500
_OWN: Final = ("id", "kind")

TEXT: Final = "text"
"""The column that a record is about: it is never none of it."""
UUID: Final = r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


@dataclass(frozen=True, slots=True)
class Fence:
    """Bounds of a number: `usual` holds 96 of 100 of the sample, what lies beyond `low` or `high` is out of range."""

    low: float
    high: float
    usual: tuple[float, float]
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual of one column in one kind of record."""

    column: str
    sort: Sort
    fill: float
    fits: float = 1.0
    notation: Notation | None = None
    fence: Fence | None = None
    length: Fence | None = None
    values: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    runs: bool = False
    check: str | None = None
    ends: float = 0.0
    future: bool = True
    ambiguous: bool = False
    repeats: bool = True

    @property
    def expected(self) -> bool:
        """Whether every record of the kind should hold it."""
        return self.fill >= EXPECTED


@dataclass(frozen=True, slots=True)
class KindProfile:
    """What is usual of one kind of record."""

    kind: str
    rows: int
    columns: tuple[Usual, ...]
    relations: Relations
    known: Fence | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is usual of all kinds; `today` bounds days that are past in every record (None: not looked at)."""

    kinds: dict[str, KindProfile]
    words: Words
    today: date | None = None


def sample(frame: pl.DataFrame, rows: int = SAMPLE) -> pl.DataFrame:
    """At most `rows` records of every kind, those of the smallest hashes; samples of parts, concatenated, give that of the whole."""
    kinds = kind_of(frame)
    hashed = frame.with_columns(frame["id"].cast(pl.String).hash(17).alias("§hash"), kinds.alias("§kind"))
    chosen = hashed.filter(pl.col("§hash").rank("ordinal").over("§kind") <= rows) if len(frame) > rows else hashed
    return chosen.sort("§hash", "id").drop("§hash", "§kind")


def kind_of(frame: pl.DataFrame) -> pl.Series:
    """The kind of every record; "" where none is named."""
    if "kind" not in frame.columns:
        return pl.Series("kind", [""] * len(frame), dtype=pl.String)
    return frame["kind"].cast(pl.String).fill_null("")


def fit(frame: pl.DataFrame, *, today: date | None = None) -> Profile:
    """Learn from a frame, or from the concatenated samples of its parts."""
    drawn = sample(frame.drop(SCORES, strict=False))
    kinds = kind_of(drawn)
    texts = drawn["text"].cast(pl.String) if "text" in drawn.columns else pl.Series("text", [""] * len(drawn), dtype=pl.String)
    words = learn(texts, drawn["lang"].cast(pl.String) if "lang" in drawn.columns else None)
    profiles = {kind: _kind(kind, drawn.filter(kinds == kind), words, today) for kind in sorted(kinds.unique().to_list())}
    if TEXT in drawn.columns and bool(blank(texts).all()):  # a column of texts of which none says anything is missing, not unusual
        profiles = {kind: replace(one, columns=tuple(map(_asked, one.columns))) for kind, one in profiles.items()}
    return Profile(profiles, words, today)


def _asked(one: Usual) -> Usual:
    return Usual(TEXT, "text", 1.0) if one.column == TEXT else one


def _kind(kind: str, frame: pl.DataFrame, words: Words, today: date | None) -> KindProfile:
    usual = tuple(_usual(frame[column], today) for column in plain_names(frame.columns) if column not in _OWN)
    relations = learn_relations(readings(frame.head(_RELATED), usual), {one.column: one.sort for one in usual})
    known = None
    if any(one.column == "text" and one.sort == "text" for one in usual):
        share = words.read(frame["text"].cast(pl.String), "").filter(pl.col("words") >= 3)["known"].drop_nulls()
        known = fence(share, least=30)
    return KindProfile(kind, len(frame), usual, relations, known)


def readings(frame: pl.DataFrame, usual: tuple[Usual, ...]) -> pl.DataFrame:
    """The frame's columns as they are read: numbers and days as Float64, all else as text; null where blank or not readable."""
    read = []
    for one in usual:
        values = frame[one.column]
        nested = unread(values)
        raw = pl.Series([None] * len(values), dtype=pl.String) if nested else text_of(values).set(blank(values), None)
        read.append(readings_of(values, raw, one.sort, one.notation).alias(one.column))
    return pl.DataFrame(read)


def _usual(values: pl.Series, today: date | None) -> Usual:
    if unread(values) or values.null_count() == len(values):
        return Usual(values.name, "leer", 0.0)
    told = values.filter(~blank(values))
    fill = len(told) / max(1, len(values))
    if told.is_empty():
        return Usual(values.name, "leer", 0.0)
    if values.dtype.is_numeric():
        return _number(values.name, told, told.cast(pl.Float64), fill, None)
    if values.dtype.is_temporal():
        return _day(values.name, told, days(told), fill, today)
    return _written(values.name, text_of(told), fill, today)


def _written(name: str, told: pl.Series, fill: float, today: date | None) -> Usual:
    """What a column of written values is: the first of these that it can be read as, and else codes."""
    digits = mean(told.str.contains(r"^\d+$"))
    return (
        _day_written(name, told, fill, today, 0.97 if digits > 0.5 else 0.8)
        or _mail(name, told, fill)
        or _text(name, told, fill)
        or _number_written(name, told, fill, digits)
        or _code(name, told, fill)
    )


def _day_written(name: str, told: pl.Series, fill: float, today: date | None, least: float) -> Usual | None:
    if _share(days(told.head(_PROBE))) < least - 0.2:
        return None
    read = days(told)
    return _day(name, told, read, fill, today) if _share(read) >= least else None


def _mail(name: str, told: pl.Series, fill: float) -> Usual | None:
    mails = mean(told.str.contains(EMAIL))
    return Usual(name, "mail", fill, mails) if mails >= 0.8 else None


def _text(name: str, told: pl.Series, fill: float) -> Usual | None:
    if name != TEXT and not _of_sentences(told):
        return None
    ends = mean(told.str.contains(r"[.!?…)\]:»”\"']\s*$"))
    repeats = told.n_unique() < 0.5 * len(told)
    return Usual(name, "text", fill, length=_length(told), ends=ends, repeats=repeats)


def _of_sentences(told: pl.Series) -> bool:
    return _at(told.str.len_chars(), 0.5) >= 25 and mean(told.str.contains(r"\S \S+ \S")) >= 0.6


def _number_written(name: str, told: pl.Series, fill: float, digits: float) -> Usual | None:
    if mean(told.str.contains(r"^0\d")) >= 0.02 or _of_one_width(told, digits):
        return None
    notation = notation_of(told.unique().sort().head(2000).to_list())
    if _share(numbers(told.head(_PROBE), notation)) < 0.6:
        return None
    read = numbers(told, notation)
    return _number(name, told, read, fill, notation) if _share(read) >= 0.8 else None


def _of_one_width(told: pl.Series, digits: float) -> bool:
    """Whether nearly all are equally many digits, seven or more: a code such as a customer's number, no amount."""
    lengths = told.str.len_chars()
    width, most = lengths.value_counts().sort(["count", lengths.name], descending=True).row(0)
    return bool(digits >= 0.85 and most >= 0.9 * len(told) and width >= 7)


def _share(read: pl.Series) -> float:
    return 1 - read.null_count() / max(1, len(read))


def _number(name: str, told: pl.Series, read: pl.Series, fill: float, notation: Notation | None) -> Usual:
    unclear = told.str.contains(r"^[+\-]?[1-9]\d{0,2}[.,]\d{3}(?:\s|$)") if told.dtype == pl.String else None
    ambiguous = unclear is not None and notation is None and bool(unclear.any())
    check = _check(told.cast(pl.Int64, strict=False).cast(pl.String)) if told.dtype.is_integer() else None
    if check is not None:
        return Usual(name, "code", fill, check=check)
    seen = read.drop_nulls()
    return Usual(name, "zahl", fill, _share(read), notation, fence(seen), values=_values(seen.cast(pl.String), 0.97), ambiguous=ambiguous)


def _day(name: str, told: pl.Series, read: pl.Series, fill: float, today: date | None) -> Usual:
    seen = read.drop_nulls().cast(pl.Float64)
    ahead = mean(seen > (today - date(1970, 1, 1)).days) if today is not None else 1.0
    month_first = told.dtype == pl.String and bool(told.str.contains(r"^\d{1,2}/\d{1,2}/\d{4}").any())
    return Usual(name, "tag", fill, _share(read), fence=_days_fence(seen), future=ahead > 0.02, ambiguous=month_first)


def _days_fence(seen: pl.Series) -> Fence | None:
    found = fence(seen)
    if found is None:
        return None
    return Fence(min(found.low, found.usual[0] - 366), max(found.high, found.usual[1] + 366), found.usual)


def _code(name: str, told: pl.Series, fill: float) -> Usual:
    values = _values(told, 0.95)
    if values:
        return Usual(name, "auswahl", fill, values=values)
    often = told.value_counts(sort=True).filter(pl.col("count") >= _OFTEN)
    known = often["count"].sum() >= 0.97 * len(told)
    values = tuple(sorted(often[told.name].to_list())) if known else ()
    check = _check(told)
    drawn = mean(told.str.to_lowercase().str.contains(UUID))
    if drawn >= 0.9:  # its signs are drawn by lot, so that no two have one shape
        return Usual(name, "code", fill, drawn, values=values)
    for runs in (False, True):
        seen = shapes(told.str.slice(0, 60), runs=runs)
        often = seen.value_counts().filter(pl.col("count") >= 0.01 * len(told))
        counts = often.sort(["count", seen.name], descending=[True, False]).head(8)
        fits = int(counts["count"].sum()) / len(told)
        told_shapes = tuple(sorted(counts[seen.name].to_list()))
        if fits >= (0.9 if any("9" in shape for shape in told_shapes) else 0.97):
            return Usual(name, "code", fill, fits, values=values, shapes=told_shapes, runs=runs, check=check)
    return Usual(name, "name", fill, length=_length(told), values=values, check=check)


def _length(told: pl.Series) -> Fence | None:
    found = fence(told.str.len_chars().cast(pl.Float64))
    if found is None:
        return None
    return Fence(min(found.low, 0.7 * found.usual[0]), max(found.high, 1.5 * found.usual[1]), found.usual)


def _check(told: pl.Series) -> str | None:
    for name, holds in CHECKS.items():
        if len(told) >= 20 and mean(holds(told.head(_PROBE))) >= 0.8:
            return name
    return None


def _values(told: pl.Series, least: float) -> tuple[str, ...]:
    """The values that nearly all of a column are, each at least one in 200; none where there are too many others."""
    counts = told.value_counts(sort=True)
    often = counts.filter(pl.col("count") >= max(2, 0.005 * len(told)))
    if len(told) < 30 or often["count"].sum() < least * len(told):
        return ()
    return tuple(sorted(often[told.name].to_list()))


def fence(seen: pl.Series, least: int = 20) -> Fence | None:
    """Bounds from quantiles, so that one in twenty may be wrong: as far again beyond the 98th as that lies from the middle, and a fifth.

    Numbers above zero are also looked at on the logarithmic scale: below always, above where they lean to the right.
    """
    seen = seen.filter(seen.is_finite())
    if len(seen) < least:
        return None
    middle, usual = _at(seen, 0.5), (_at(seen, 0.02), _at(seen, 0.98))
    low, high = _bounds(seen)
    zero = mean(seen == 0) >= 0.005
    above = seen.filter(seen > 0)
    if len(above) >= 0.98 * len(seen) or (zero and len(above) >= least and mean(seen >= 0) >= 0.98):
        log_low, log_high = (pl.select(pl.lit(bound).exp()).item() for bound in _bounds(above.log()))
        low = max(low, log_low, 0.0)
        if usual[1] - middle > 1.6 * (middle - usual[0]):
            high = max(high, log_high)
    return Fence(low, high, usual, zero)


def _bounds(seen: pl.Series) -> tuple[float, float]:
    middle, spread = _at(seen, 0.5), 1.0 if len(seen) >= 100 else 2.0
    q02, q05, q95, q98 = (_at(seen, share) for share in (0.02, 0.05, 0.95, 0.98))
    up = min(q98 + 1.2 * spread * (q98 - middle), q95 + 1.8 * spread * (q95 - middle))
    down = max(q02 - 1.2 * spread * (middle - q02), q05 - 1.8 * spread * (middle - q05))
    reach = max(up - middle, middle - down)
    return (down if middle > q02 else middle - reach), (up if q98 > middle else middle + reach)


def _at(seen: pl.Series, share: float) -> float:
    return float(seen.quantile(share, "nearest") or 0.0)
