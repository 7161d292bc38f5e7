"""A frame of records in any writing -> the typed columns that a kind of model reads."""

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.judge.reading import blank, days, numbers, text_of
from nova.seeding.pretrain.kinds import Kind
from nova.seeding.values import notation_of

_MOMENTS = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M")
_ZONE = r"\s*(?:Z|UTC|[+-]\d{2}:?\d{2})$"
_YES = ("true", "wahr", "ja", "yes", "y", "j", "t")
_NO = ("false", "falsch", "nein", "no", "n", "f")
_NOTHING = ("null", "none", "nan", "n/a", "na", "-", "–")
_SECONDS = 86_400.0


def typed(kind: Kind, frame: pl.DataFrame, *, target: bool) -> pl.DataFrame:
    """The columns of a kind: numbers as Float64, moments as seconds since 1970 (Float64), all else as text; null where nothing is said.

    With `target` also what is learned: rows that do not tell it are left out. InvalidInput where a column is missing, or holds nothing
    that can be read.
    """
    learned = kind.learned if target else ()
    if missing := [name for name in (*kind.columns, *learned) if name not in frame.columns]:
        raise InvalidInput(f"Für „{kind.title}“ fehlt: {', '.join(missing)}.", data={"columns": missing})
    read = [_column(frame[name], sort) for name, sort in kind.columns.items()]
    read += [_target(kind, frame[name]) if name == kind.target else amounts(frame[name]).alias(name) for name in learned]
    return _told(kind, pl.DataFrame(read)) if learned else pl.DataFrame(read)


def told_rows(kind: Kind, frame: pl.DataFrame) -> pl.DataFrame:
    """The records that `typed` keeps with `target`, in their order."""
    if kind.task == "segments":
        return frame
    told = _target(kind, frame[kind.target]).is_not_null()
    return frame.filter(told & (amounts(frame[kind.trials]) > 0).fill_null(value=False) if kind.trials else told)


def ids(kind: Kind, frame: pl.DataFrame) -> pl.Series:
    """What a frame's rows are called; InvalidInput where the column is missing."""
    name = kind.id if kind.id in frame.columns else "id"
    if name not in frame.columns:
        raise InvalidInput(f"Für „{kind.title}“ fehlt: {kind.id}.", data={"columns": [kind.id]})
    return frame[name].cast(pl.String).alias("id")


def _told(kind: Kind, read: pl.DataFrame) -> pl.DataFrame:
    told = read.filter(pl.col(kind.target).is_not_null())
    if kind.trials:
        told = told.filter(pl.col(kind.trials) > 0).with_columns(pl.col(kind.target).clip(0, pl.col(kind.trials)))
    if told.is_empty():
        raise InvalidInput(f"In der Spalte „{kind.target}“ steht nichts, was sich lernen lässt.", data={"columns": [kind.target]})
    return told


def _column(values: pl.Series, sort: str) -> pl.Series:
    read = amounts if sort == "number" else moments if sort == "moment" else names
    return read(values).alias(values.name)


def _target(kind: Kind, values: pl.Series) -> pl.Series:
    if kind.task == "class":
        return names(values).alias(kind.target)
    if kind.task == "chance":
        return switches(values).alias(kind.target)
    read = amounts(values).alias(kind.target)
    if kind.task == "share" and float(read.max() or 0) > 1.5:  # type: ignore[arg-type]
        read = read / 100  # told in per cent
    return read.clip(0, 1) if kind.task == "share" else read.clip(0)


def names(values: pl.Series) -> pl.Series:
    """Text without spaces around it, null where it is empty or says so; a sign alone ("/" is a page) says something."""
    text = text_of(values)
    return text.set((text.str.len_chars() == 0) | text.str.to_lowercase().is_in(_NOTHING), None)


def amounts(values: pl.Series) -> pl.Series:
    """Numbers in any writing; yes and no are 1 and 0."""
    if values.dtype == pl.Boolean:
        return values.cast(pl.Float64)
    text = values.set(blank(values), None) if values.dtype == pl.String else values
    read = numbers(text, notation_of(text.drop_nulls().head(2000).to_list()) if text.dtype == pl.String else None)
    if text.dtype == pl.String and read.null_count() > text.null_count():
        read = read.fill_null(_said(text))
    return read.set(~read.is_finite().fill_null(False), None)


def switches(values: pl.Series) -> pl.Series:
    """1 and 0 of yes and no, true and false, or numbers."""
    return (amounts(values) > 0.5).cast(pl.Float64)


def _said(text: pl.Series) -> pl.Series:
    low = text_of(text).str.to_lowercase()
    return pl.select(pl.when(low.is_in(_YES)).then(1.0).when(low.is_in(_NO)).then(0.0).otherwise(None)).to_series()


def moments(values: pl.Series) -> pl.Series:
    """Seconds since 1970, of a moment or a day in any writing; an offset is left out: the clock of the place counts."""
    if values.dtype.is_temporal():
        if isinstance(values.dtype, pl.Datetime):
            return values.dt.replace_time_zone(None).cast(pl.Datetime("us")).to_physical().cast(pl.Float64) / 1e6
        return days(values).cast(pl.Float64) * _SECONDS
    text = text_of(values).set(blank(values), None)
    plain = text.str.replace(_ZONE, "")
    read = pl.Series(values.name, [None] * len(text), dtype=pl.Float64)
    for form in _MOMENTS:
        if read.null_count() == text.null_count():
            return read
        told = plain.str.to_datetime(form, strict=False, time_unit="us", exact=True).to_physical().cast(pl.Float64) / 1e6
        read = read.fill_null(told)
    return read.fill_null(days(text).cast(pl.Float64) * _SECONDS)
