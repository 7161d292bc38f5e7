"""Columns of text as columns of their type; what cannot be read becomes null with a change row, or the record goes where it is required."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

import polars as pl
from pydantic import ConfigDict, TypeAdapter, ValidationError

from nova.errors import InvalidInput
from nova.seeding.step import CHANGED, ID, REMOVED, Done
from nova.seeding.values import Notation, date_of, notation_of, number_of

Type = Literal["text", "integer", "number", "boolean", "date", "datetime"]
BERLIN = ZoneInfo("Europe/Berlin")
KINDS: dict[Type, str] = {
    "text": "Text", "integer": "ganze Zahl", "number": "Zahl", "boolean": "Ja/Nein", "date": "Datum", "datetime": "Zeitpunkt",
}  # fmt: skip
MADE: dict[Type, pl.DataType] = {
    "text": pl.String(), "integer": pl.Int64(), "number": pl.Float64(), "boolean": pl.Boolean(),
    "date": pl.Date(), "datetime": pl.Datetime("us", "UTC"),
}  # fmt: skip
YES, NO = ("true", "ja", "j", "yes", "y", "wahr", "x", "1"), ("false", "nein", "n", "no", "falsch", "0", "nee")
LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a target schema."""

    type: Type
    required: bool = False
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


_COLUMNS: TypeAdapter[dict[str, Column]] = TypeAdapter(dict[str, Column])


def columns_of(given: Any) -> dict[str, Column]:
    """Columns as YAML gives them (`{kwh: {type: number, required: true}}`); InvalidInput names the first that is none."""
    try:
        return _COLUMNS.validate_python(given)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InvalidInput(f"Die Spalte an der Stelle „{where}“ hat keinen Typ aus {', '.join(KINDS)}.") from error


@dataclass(frozen=True, slots=True)
class Types:
    """The step: each column of `columns` gets its type (times in UTC; a time without an offset is Berlin's); others stay."""

    columns: Mapping[str, Column]
    name: str = "types"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """A required column that is missing is InvalidInput; one that may be missing is left out."""
        for column, wanted in self.columns.items():
            if wanted.required and column not in frame.columns:
                raise InvalidInput(f"Die Spalte „{column}“ wird gebraucht, ist aber nicht da.")
        made: list[pl.Series] = []
        removed: list[pl.DataFrame] = []
        changed: list[pl.DataFrame] = []
        for column, wanted in self.columns.items():
            if column in frame.columns and column != ID:
                typed = typed_column(frame[column], wanted.type)
                made.append(typed)
                (removed if wanted.required else changed).append(self._unread(frame, typed, wanted))
        gone = pl.concat([pl.DataFrame(schema=REMOVED), *removed]).unique(ID, keep="first", maintain_order=True)
        kept = frame.with_columns(made).filter(~pl.col(ID).is_in(gone[ID].implode()))
        told = pl.concat([pl.DataFrame(schema=CHANGED), *changed]).filter(~pl.col(ID).is_in(gone[ID].implode()))
        return Done(kept, gone, told)

    def _unread(self, frame: pl.DataFrame, typed: pl.Series, wanted: Column) -> pl.DataFrame:
        """Rows of what was lost: removals of a required column, changes of another."""
        column, kind = typed.name, KINDS[wanted.type]
        before = frame[column].cast(pl.String)
        table = pl.DataFrame({ID: frame[ID], "before": before, "gone": typed.is_null()}).filter(pl.col("gone"))
        if not wanted.required:
            lost = table.filter(pl.col("before").is_not_null())
            return lost.select(
                ID,
                pl.lit(column).alias("column"),
                "before",
                pl.lit(None, pl.String).alias("after"),
                pl.lit(f"{self.name}: keine {kind}" if kind.endswith("ahl") else f"{self.name}: kein {kind}").alias("rule"),
            ).cast(CHANGED)
        unread = pl.format("Pflichtfeld „{}“ ist nicht als {} lesbar: {}", pl.lit(column), pl.lit(kind), "before")
        told = pl.when(pl.col("before").is_null()).then(pl.lit(f"Pflichtfeld „{column}“ ist leer")).otherwise(unread)
        return table.select(
            ID, step=pl.lit(self.name), kept_id=pl.lit(None, pl.String), score=pl.lit(None, pl.Float64), differs=pl.lit(column), reason=told
        ).cast(REMOVED)


def as_type(column: pl.Series, kind: pl.DataType) -> pl.Series:
    """A column as the type that this step gave another; what cannot be read so is null."""
    if column.dtype == kind:
        return column
    wanted = next((name for name, made in MADE.items() if kind == made), None)
    return column.cast(kind, strict=False) if wanted is None else typed_column(column, wanted)


def typed_column(column: pl.Series, wanted: Type) -> pl.Series:
    """A column as this type, null where a value cannot be read (or is none); a column that has the type already stays."""
    if column.dtype == MADE[wanted]:
        return column.fill_nan(None) if wanted == "number" else column
    texts = column.cast(pl.String)
    if wanted == "text":
        return texts
    distinct = texts.drop_nulls().unique().sort().to_list()
    notation = notation_of(distinct) if wanted in ("integer", "number") else None
    readers: dict[Type, Callable[[str], str | None]] = {
        "integer": lambda text: _whole(_plain(text, notation)), "number": lambda text: _plain(text, notation),
        "boolean": _truth, "date": lambda text: date_of(text) or _day(text), "datetime": _moment,
    }  # fmt: skip
    read = texts.replace_strict({text: readers[wanted](text) for text in distinct}, return_dtype=pl.String)
    return _cast(read, wanted).cast(MADE[wanted])


def _cast(read: pl.Series, wanted: Type) -> pl.Series:
    if wanted == "boolean":
        return read == "true"
    if wanted == "date":
        return read.str.to_date("%Y-%m-%d")
    if wanted == "datetime":
        return read.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", time_unit="us")
    values = read.cast(pl.Int64 if wanted == "integer" else pl.Float64)
    return values if wanted == "integer" else pl.DataFrame([values]).select(pl.when(pl.first().is_finite()).then(pl.first())).to_series()


def _plain(text: str, notation: Notation | None) -> str | None:
    """A number in digits 0 to 9; those of other scripts are not read."""
    value = number_of(text, notation)
    return value if value is not None and value.isascii() else None


def _whole(text: str | None) -> str | None:
    return text if text is not None and "." not in text and abs(int(text[:30])) < LARGEST else None


def _truth(text: str) -> str | None:
    small = text.strip().lower()
    return "true" if small in YES else "false" if small in NO else None


def _day(text: str) -> str | None:
    """The day of a time that is midnight, as a spreadsheet writes days."""
    day, _, clock = text.strip().replace("T", " ").partition(" ")
    return date_of(day) if clock in ("00:00", "00:00:00") else None


def _moment(text: str) -> str | None:
    """A time with its offset; None for an hour that Berlin's clock shows twice or never, where no offset says which."""
    day, _, clock = text.strip().replace("T", " ").partition(" ")
    on = date_of(day)
    if on is None:
        return None
    try:
        at = datetime.fromisoformat(f"{on}T{clock.strip().removesuffix(' Uhr') or '00:00'}")
        if at.tzinfo is None:
            early, late = (at.replace(tzinfo=BERLIN, fold=fold) for fold in (0, 1))
            if early.utcoffset() != late.utcoffset():
                return None
            at = early
        at.astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        return None
    offset = at.utcoffset() or timedelta()
    return (at.replace(tzinfo=None) - offset).isoformat() + "+0000"
