"""What a column holds, read from its own values: numbers, amounts with units, days; and each value in one form."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from nova.seeding.amounts import AMOUNT, Amounts, Habits
from nova.seeding.values import UNITS, date_of

ENOUGH = 0.9
"""Which share of a column's values must read as numbers or days before any of them is written so."""
SAMPLE = 5_000
IDENTIFIER = re.compile(
    r"(?:^|_)(?:id|ids|nr|no|nummer|number|nos|code|plz|zip|postcode|malo|melo|iban|bic|tel|telefon|phone|mobil|fax|ean|eic|konto|account|key|schluessel|hash)(?:$|_)"
    r"|nummer$|(?:kunden|vertrags|zaehler|zähler|konto|kd|rechnungs)(?:nr|no)$"
)
"""A column of this name holds identifiers."""
CANONICAL = r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?$"
ISO_DAY = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
MOMENT = re.compile(r"(?P<day>.+?)[T ,]+(?P<time>[0-2]?\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)\s*(?:Uhr)?\s*(?P<zone>Z|UTC|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class Days:
    """A column of days; `month_first` where "03/14/2026" shows that they are written so."""

    month_first: bool = False

    def read(self, rows: pl.DataFrame) -> pl.DataFrame:
        """For rows (`value`, `lang`): `value` as ISO 8601, where it is a day, and the `rule` by which it was read (`date`)."""
        texts = rows["value"].filter(~rows["value"].str.contains(ISO_DAY)).unique().to_list()
        read = {text: found for text in texts if (found := day_of(text, month_first=self.month_first)) is not None and found != text}
        values = rows["value"].replace(list(read), list(read.values())) if read else rows["value"]
        return pl.DataFrame({"value": values}).with_columns(rule=pl.lit("date"))


Manner = Days | Amounts
"""How the values of a column are read."""


def manner_of(frame: pl.DataFrame, name: str) -> Manner | None:
    """How a column is read, learnt from its values in a frame; None where it holds neither numbers nor days."""
    column = frame[name]
    present = column.drop_nulls()
    if present.is_empty() or IDENTIFIER.search(name.lower()):
        return None
    if present.str.contains(ISO_DAY).all():
        return Days()
    distinct = present.unique(maintain_order=True)
    sample = distinct.head(SAMPLE).to_list()
    if present.str.contains(CANONICAL).all():
        return None if _fixed(sample) else Amounts(Habits({}, "."), None)
    if _share(sample, _looks_like_a_day) >= ENOUGH:
        return Days(_month_first(distinct))
    if _share(sample, _looks_like_an_amount) >= ENOUGH and not _fixed(sample):
        return Amounts.learnt(told_rows(frame, name), name)
    return None


def told_rows(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """A column's values (`value`), each with its record's language (`lang`, null where nothing says it)."""
    lang = frame["lang"].str.to_lowercase() if "lang" in frame.columns else pl.repeat(None, len(frame), eager=True, dtype=pl.String)
    return pl.DataFrame({"value": frame[name], "lang": lang})


def _month_first(distinct: pl.Series) -> bool:
    slashed = distinct.filter(distinct.str.contains("/", literal=True)).to_list()
    return any(day_of(text) is None for text in slashed) and not any(day_of(text, month_first=True) is None for text in slashed)


def _share(sample: list[str], looks: Callable[[str], bool]) -> float:
    return sum(looks(text) for text in sample) / len(sample)


def _looks_like_a_day(text: str) -> bool:
    return day_of(text) is not None or day_of(text, month_first=True) is not None


def _looks_like_an_amount(text: str) -> bool:
    match = AMOUNT.fullmatch(text)
    return match is not None and (match["unit"] is None or match["unit"].lower() in UNITS) and not re.match(r"[+-]?0\d", match["number"])


def _fixed(sample: list[str]) -> bool:
    """Whether all values are digits of one length, and long: numbers that count nothing."""
    return all(text.isdigit() for text in sample) and len({len(text) for text in sample}) == 1 and len(sample[0]) >= 5 and len(sample) > 1


def day_of(text: str, *, month_first: bool = False) -> str | None:
    """A day, or a day with a time as `2026-03-01T07:15:00`; a zone stays behind it."""
    day = date_of(text, month_first=month_first)
    if day is not None:
        return day
    match = MOMENT.fullmatch(text.strip())
    found = date_of(match["day"], month_first=month_first) if match else None
    if match is None or found is None:
        return None
    hour, _, rest = match["time"].partition(":")
    if int(hour) > 23:
        return None
    zone = (match["zone"] or "").replace("UTC", "Z")
    return f"{found}T{int(hour):02}:{rest if rest.count(':') else rest + ':00'}{zone}"
