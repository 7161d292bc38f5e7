"""Rules that a record must keep, as a strict list (YAML), checked by a pandera schema; a violation removes the record and says which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from nova.errors import InvalidInput
from nova.seeding.step import CHANGED, ID, REMOVED, Done

if TYPE_CHECKING:
    import pandera.polars as pa
    from pandera.api.polars.types import PolarsData


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str


class NotNull(_Rule):
    """The column holds a value."""

    rule: Literal["not_null"]


class Unique(_Rule):
    """No two records have the same value; the first one keeps it."""

    rule: Literal["unique"]


class Range(_Rule):
    """The number lies between `least` and `most`, ends included."""

    rule: Literal["range"]
    least: float | None = None
    most: float | None = None


class Regex(_Rule):
    """The whole text matches `pattern`, in the syntax of Rust's crate regex (linear time)."""

    rule: Literal["regex"]
    pattern: str


class OneOf(_Rule):
    """The value is one of these."""

    rule: Literal["one_of"]
    values: tuple[str, ...] = Field(min_length=1)


class NotAfter(_Rule):
    """The value of `column` is at most that of `until`; an open end is fine."""

    rule: Literal["not_after"]
    until: str


Rule = Annotated[NotNull | Unique | Range | Regex | OneOf | NotAfter, Field(discriminator="rule")]
_RULES: TypeAdapter[list[Rule]] = TypeAdapter(list[Rule])


def rules_of(listed: Any) -> tuple[Rule, ...]:
    """A list as YAML gives it -> rules; InvalidInput names the first entry that is none."""
    try:
        return tuple(_RULES.validate_python(listed))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"Die Regel an der Stelle „{where}“ ist nicht zulässig ({first['type']}).") from error


@dataclass(frozen=True, slots=True)
class Rules:
    """The step: a record that breaks a rule goes; of several rules the first one listed is its reason.

    An empty value breaks `not_null` only.
    """

    rules: Sequence[Rule]
    name: str = "rules"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """InvalidInput where a column of a rule is missing, or its type is not the rule's."""
        broken = [self._broken(frame, rule) for rule in self.rules]
        removed = pl.concat([pl.DataFrame(schema=REMOVED), *broken]).unique(ID, keep="first", maintain_order=True)
        return Done(frame.filter(~pl.col(ID).is_in(removed[ID].implode())), removed, pl.DataFrame(schema=CHANGED))

    def _broken(self, frame: pl.DataFrame, rule: Rule) -> pl.DataFrame:
        for column in (rule.column, getattr(rule, "until", rule.column)):
            if column not in frame.columns:
                raise InvalidInput(f"Die Spalte „{column}“ einer Regel gibt es nicht.")
        rows = _failing(frame, rule)
        value = pl.col(rule.column).cast(pl.String).fill_null("leer")
        return frame.with_row_index("row").filter(pl.col("row").is_in(rows)).select(
            ID, step=pl.lit(self.name), kept_id=pl.lit(None, pl.String), score=pl.lit(None, pl.Float64), differs=pl.lit(rule.column),
            reason=pl.format("{}: {}", pl.lit(_told(rule)), value),
        ).cast(REMOVED)  # fmt: skip


def pandera_schema(rule: Rule) -> "pa.DataFrameSchema":
    """The schema that a frame must pass to keep a rule."""
    import pandera.polars as pa  # a fifth of a second, for those who have rules alone

    return pa.DataFrameSchema(checks=[pa.Check(partial(_check, expression=_kept(rule)), name=rule.rule)])


def _check(data: "PolarsData", *, expression: pl.Expr) -> pl.LazyFrame:
    return data.lazyframe.select(expression.fill_null(True))


def _failing(frame: pl.DataFrame, rule: Rule) -> list[int]:
    """The places of the rows that break a rule."""
    from pandera.errors import SchemaErrors

    try:
        pandera_schema(rule).validate(frame, lazy=True)
    except SchemaErrors as found:
        if any(one.reason_code is not None and one.reason_code.name == "CHECK_ERROR" for one in found.schema_errors):
            raise InvalidInput(f"Die Regel „{_told(rule)}“ passt nicht zum Inhalt der Spalte.") from found
        kept = frame.select(_kept(rule).fill_null(True).alias("kept"))["kept"]
        return [int(place) for place in (~kept).arg_true()]
    return []


def _kept(rule: Rule) -> pl.Expr:
    """Whether a row keeps the rule; null where there is no value to judge."""
    value = pl.col(rule.column)
    if isinstance(rule, NotNull):
        return value.is_not_null()
    if isinstance(rule, Unique):
        return value.is_first_distinct() | value.is_null()
    if isinstance(rule, Range):
        low = value >= rule.least if rule.least is not None else pl.lit(True)
        return low & (value <= rule.most if rule.most is not None else pl.lit(True)) | value.is_null()
    if isinstance(rule, Regex):
        return value.str.contains(f"^(?:{rule.pattern})$")
    if isinstance(rule, OneOf):
        return value.cast(pl.String).is_in(list(rule.values))
    return value <= pl.col(rule.until)


def _told(rule: Rule) -> str:
    texts: Mapping[type[BaseModel], Callable[[Any], str]] = {
        NotNull: lambda one: f"„{one.column}“ darf nicht leer sein",
        Unique: lambda one: f"„{one.column}“ muss eindeutig sein",
        Range: lambda one: f"„{one.column}“ muss zwischen {_bound(one.least)} und {_bound(one.most)} liegen",
        Regex: lambda one: f"„{one.column}“ muss dem Muster {one.pattern} folgen".replace("{}", "{ }"),
        OneOf: lambda one: f"„{one.column}“ muss einer dieser Werte sein: {', '.join(one.values)}",
        NotAfter: lambda one: f"„{one.column}“ darf nicht nach „{one.until}“ liegen",
    }
    return texts[type(rule)](rule)


def _bound(value: float | None) -> str:
    return "beliebig" if value is None else f"{value:g}".replace(".", ",")
