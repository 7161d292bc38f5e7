"""Columns of numbers and amounts: how they are written is learnt from some of their values, then each value is told in one form."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from nova.seeding.values import DECIMAL, NUMBER, UNITS, Notation, decided, number_of, votes_of

AMOUNT = re.compile(rf"(?P<front>€|EUR|EURO?)?\s*(?P<number>{NUMBER.pattern})\s*(?P<unit>[^\d\s][^\s\d]{{0,7}})?", re.IGNORECASE)
SETTLED = (
    r"^(?:0|-?[1-9][0-9]*)$"
    r"|^-?(?:0|[1-9][0-9]{3,})\.[0-9]*[1-9]$"
    r"|^-?[1-9][0-9]{0,2}\.(?:[0-9]?[1-9]|[0-9]{3,}[1-9])$"
)
"""A number in its one form that cannot be read in another way."""
_PARTS = rf"(?i)^(?:{AMOUNT.pattern})$"
_ZERO_IN_FRONT = r"^[+-]?0[0-9]"


def numbers_of(number: pl.Series, notation: pl.Series | None = None) -> pl.Series:
    """`number_of` of a whole column: texts that `NUMBER` matches -> numbers in one form, null where one can be read in two ways."""
    asked = pl.lit(None, pl.String) if notation is None else notation
    digits, head, tail, sign = (pl.col(name) for name in ("digits", "head", "tail", "sign"))
    frame = pl.DataFrame({"number": number}).with_columns(pl.col("number").str.replace_all(r"[^0-9.,]", "").alias("digits"), asked=asked)
    frame = frame.with_columns(
        digits.str.extract_groups(r"^(?P<head>.*)(?P<sign>[.,])(?P<tail>[^.,]*)$").struct.unnest(),
        digits.str.count_matches("[.,]").alias("signs"),
    ).with_columns(head.str.count_matches(pl.when(sign == ".").then(pl.lit(r"\.")).otherwise(pl.lit(","))).alias("again"))
    both = (head != "") & (tail != "")
    telling = both & ((tail.str.len_bytes() != 3) | (head.str.len_bytes() > 3) | head.str.starts_with("0"))
    one, groups = pl.col("signs") == 1, r"^[0-9]{1,3}(?:[.,][0-9]{3})+$"
    of_one = telling | (pl.col("asked") == sign).fill_null(False)
    of_more = (pl.col("again") == 0) & head.str.contains(groups)
    thousands = ~one & (pl.col("again") == pl.col("signs") - 1) & digits.str.contains(groups)
    frame = frame.with_columns(
        decimal=pl.when(one).then(of_one).otherwise(of_more).fill_null(False),
        whole=(pl.col("signs") == 0) | thousands | (one & both & pl.col("asked").is_not_null()),
    )
    whole = pl.when("decimal").then(head).when("whole").then(digits)
    frame = frame.select(
        "number",
        whole.str.replace_all("[.,]", "").str.strip_chars_start("0").replace("", "0").alias("whole"),
        pl.when("decimal").then(tail).otherwise(pl.lit("")).str.strip_chars_end("0").alias("rest"),
    ).select("number", pl.when(pl.col("rest") == "").then("whole").otherwise(pl.col("whole") + "." + pl.col("rest")).alias("value"))
    negative = pl.col("number").str.contains(r"^\s*[-−–]") & (pl.col("value") != "0")
    return frame.select(pl.when(negative).then("-" + pl.col("value")).otherwise("value").alias("value")).to_series()


@dataclass(frozen=True, slots=True)
class Habits:
    """How the numbers of a column are written, by language and on the whole, and between which sizes those lie that tell it themselves."""

    by_lang: Mapping[str | None, Notation | None]
    overall: Notation | None
    low: float = 0.0
    high: float = float("inf")

    @classmethod
    def of(cls, pairs: pl.DataFrame) -> "Habits":
        """Of the different pairs of value (an amount or not) and language (`value`, `lang`) of a column."""
        settled = pairs["value"].str.contains(SETTLED)
        plain, odd = pairs.filter(settled), _parts(pairs.filter(~settled)).drop_nulls("number")
        votes = {lang: votes_of(texts) for lang, texts in odd.group_by("lang", maintain_order=True).agg("number").iter_rows()}
        for lang, told in plain.group_by("lang").agg(pl.col("value").str.contains(".", literal=True).sum()).iter_rows():
            votes[lang] = votes.get(lang, Counter[Notation]()) + Counter[Notation]({".": told})
        own = numbers_of(odd["number"]).drop_nulls()
        sizes = pl.concat([plain["value"], own]).cast(pl.Float64).abs().sort()
        cut = len(sizes) // 50
        inner = sizes.slice(cut, len(sizes) - 2 * cut)
        limits = () if inner.is_empty() else (inner[0], inner[-1])
        return cls({lang: decided(one) for lang, one in votes.items()}, decided(sum(votes.values(), Counter[Notation]())), *limits)

    def of_values(self, parts: pl.DataFrame) -> pl.Series:
        """The decimal sign to read each `number` by that can be read in two ways: what its language does in this column, what the whole
        column does, which of both sizes is usual here; where the column is mixed and both are, none.
        """
        langs = parts["lang"].unique().to_list()
        told = {lang: self.by_lang.get(lang) or self.overall for lang in langs}
        if self.high == float("inf"):
            told = {lang: told[lang] or DECIMAL.get(lang or "") for lang in langs}
        known = parts["lang"].replace_strict(list(told), list(told.values()), return_dtype=pl.String)
        if self.high == float("inf") or not known.null_count():
            return known
        comma, dot = (self._usual(parts["number"], sign) for sign in (",", "."))
        usual = pl.when(comma & ~dot).then(pl.lit(",")).when(dot & ~comma).then(pl.lit("."))
        return pl.select(pl.coalesce(known, usual)).to_series()

    def _usual(self, number: pl.Series, sign: Notation) -> pl.Series:
        read = numbers_of(number, pl.repeat(sign, len(number), eager=True, dtype=pl.String)).cast(pl.Float64)
        return read.abs().is_between(self.low, self.high).fill_null(False)


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of amounts: how its numbers are written, and the unit it is told in (None: each keeps its own)."""

    habits: Habits
    unit: str | None

    @classmethod
    def learnt(cls, rows: pl.DataFrame, name: str) -> "Amounts":
        """From the rows (`value`, `lang`) of a column of this name."""
        pairs = rows.unique(maintain_order=True).drop_nulls("value")
        return cls(Habits.of(pairs), _main_unit(name, pairs["value"]))

    def read(self, rows: pl.DataFrame) -> pl.DataFrame:
        """For rows (`value`, `lang`): `value` in its one form, and the `rule` by which it was read (`number`, `unit`)."""
        pairs = rows.filter(~pl.col("value").str.contains(SETTLED)).unique(maintain_order=True)
        if pairs.is_empty():
            return rows.select("value", rule=pl.lit(""))
        parts = _parts(pairs)
        amount = numbers_of(parts["number"], self.habits.of_values(parts))
        parts = parts.with_columns(amount.alias("amount"), pl.col("unit").str.to_lowercase().alias("small"))
        parts = parts.filter(pl.col("amount").is_not_null() & ~pl.col("number").str.contains(_ZERO_IN_FRONT))
        table = pl.concat([pairs.head(0).with_columns(read=pl.lit(""), rule=pl.lit("")), *map(self._told, parts.partition_by("small"))])
        joined = rows.join(table, on=["value", "lang"], how="left", nulls_equal=True, maintain_order="left")
        return joined.select(pl.coalesce("read", "value").alias("value"), pl.col("rule").fill_null(""))

    def _told(self, parts: pl.DataFrame) -> pl.DataFrame:
        """Amounts of one unit (`small`, null for none) as the column tells them."""
        unit = parts["small"][0]
        of_kind = self.unit is not None and unit in UNITS and UNITS[unit][0] == UNITS[self.unit][0]
        read, rule = parts["amount"], "number"
        if self.unit is not None and of_kind:
            rule, factor = "unit", UNITS[unit][1] / UNITS[self.unit][1]
            read = read if UNITS[unit][1] == UNITS[self.unit][1] else _converted(read, factor)
        elif unit is not None:
            read = read + " " + parts["unit"]
        return parts.select("value", "lang", read=read, rule=pl.lit(rule))


def _parts(pairs: pl.DataFrame) -> pl.DataFrame:
    """Of amounts, beside `value` and `lang`: the `number` and the `unit`; null where a value is no amount."""
    found = pairs["value"].str.extract_groups(_PARTS).struct.unnest()
    return pairs.with_columns(found["number"], found.select(pl.coalesce("unit", "front").alias("unit")).to_series())


def _main_unit(name: str, values: pl.Series) -> str | None:
    """The unit a column is told in: that of its name ("verbrauch_kwh"), else that of values which all have one of one kind."""
    for part in reversed(re.split(r"[_\s()\[\]]+", name.lower())):
        if part in UNITS and len(part) > 1:
            return part
    if values.str.contains(SETTLED).any():
        return None
    units = _parts(pl.DataFrame({"value": values, "lang": values}))["unit"].str.to_lowercase()
    counts: Counter[str | None] = Counter(units.to_list())
    if None in counts or len({UNITS[unit][0] for unit in counts if unit in UNITS}) != 1:
        return None
    return counts.most_common(1)[0][0]


def _converted(values: pl.Series, factor: float) -> pl.Series:
    told = [number_of(f"{round(float(value) * factor, 9):.9f}", ".") or value for value in values]
    return pl.Series(values.name, told, dtype=pl.String)
