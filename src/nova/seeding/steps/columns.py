"""What a column holds, read from its own values: numbers, amounts with units, days; and each value in one form."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nova.seeding.values import DECIMAL, NUMBER, UNITS, Notation, date_of, notation_of, number_of

NOTATIONS: tuple[Notation, Notation] = (",", ".")
ENOUGH = 0.9
"""Which share of a column's values must read as numbers or days before any of them is written so."""
SAMPLE = 5_000
IDENTIFIER = re.compile(
    r"(?:^|_)(?:id|ids|nr|no|nummer|number|nos|code|plz|zip|postcode|malo|melo|iban|bic|tel|telefon|phone|mobil|fax|ean|eic|konto|account|key|schluessel|hash)(?:$|_)"
    r"|nummer$|(?:kunden|vertrags|zaehler|zähler|konto|kd|rechnungs)(?:nr|no)$"
)
"""A column of this name holds identifiers."""
CANONICAL = r"^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$"
ISO_DAY = r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
AMOUNT = re.compile(rf"(?P<front>€|EUR|EURO?)?\s*(?P<number>{NUMBER.pattern})\s*(?P<unit>[^\d\s][^\s\d]{{0,7}})?", re.IGNORECASE)
MOMENT = re.compile(r"(?P<day>.+?)[T ,]+(?P<time>[0-2]?\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)\s*(?:Uhr)?\s*(?P<zone>Z|UTC|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """A column in one form: its `values`, and by which rule each was changed (`number`, `unit`, `date`)."""

    values: pl.Series
    rules: pl.Series


def read_column(frame: pl.DataFrame, name: str) -> Reading | None:
    """The column's values in one form; None where it holds neither numbers nor days, or needs nothing."""
    column = frame[name]
    present = column.drop_nulls()
    if present.is_empty() or IDENTIFIER.search(name.lower()):
        return None
    if present.str.contains(CANONICAL).all() or present.str.contains(ISO_DAY).all():
        return None
    distinct = present.unique(maintain_order=True)
    sample = distinct.head(SAMPLE).to_list()
    if _share(sample, _looks_like_a_day) >= ENOUGH:
        return _days(column, distinct)
    if _share(sample, _looks_like_an_amount) >= ENOUGH and not _fixed(sample):
        return _amounts(frame, name)
    return None


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


def _days(column: pl.Series, distinct: pl.Series) -> Reading:
    texts = distinct.to_list()
    slashed = [text for text in texts if "/" in text]
    month_first = any(day_of(text) is None for text in slashed) and not any(day_of(text, month_first=True) is None for text in slashed)
    read = {text: found for text in texts if (found := day_of(text, month_first=month_first)) is not None and found != text}
    values = column.replace(list(read), list(read.values())) if read else column
    return Reading(values, pl.repeat("date", len(column), eager=True, dtype=pl.String))


def _amounts(frame: pl.DataFrame, name: str) -> Reading | None:
    column = frame[name]
    lang = frame["lang"].str.to_lowercase() if "lang" in frame.columns else pl.repeat(None, len(frame), eager=True, dtype=pl.String)
    rows = pl.DataFrame({"value": column, "lang": lang})
    pairs = rows.unique(maintain_order=True).drop_nulls("value")
    habits = Habits.of(pairs.rows())
    main = _main_unit(name, Counter(_unit(text) for text in pairs["value"]))
    read = [_amount(text, habits.of_value(text, lang), main) for text, lang in pairs.iter_rows()]
    table = pairs.with_columns(
        read=pl.Series([value for value, _ in read], dtype=pl.String), rule=pl.Series([rule for _, rule in read], dtype=pl.String)
    )
    joined = rows.join(table, on=["value", "lang"], how="left", nulls_equal=True, maintain_order="left")
    return Reading(joined["read"].alias(name), joined["rule"])


@dataclass(frozen=True, slots=True)
class Habits:
    """How the numbers of a column are written, by language and on the whole, and between which sizes those lie that tell it themselves."""

    by_lang: Mapping[str | None, Notation | None]
    overall: Notation | None
    low: float
    high: float

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str | None]]) -> "Habits":
        """Of the different values of a column, each with its record's language."""
        numbers: dict[str | None, list[str]] = {}
        for text, lang in pairs:
            if match := AMOUNT.fullmatch(text):
                numbers.setdefault(lang, []).append(match["number"])
        every = [text for texts in numbers.values() for text in texts]
        sizes = sorted(abs(float(value)) for text in every if (value := number_of(text)) is not None)
        inner = sizes[len(sizes) // 50 : len(sizes) - len(sizes) // 50]
        return cls(
            {lang: notation_of(texts) for lang, texts in numbers.items()},
            notation_of(every),
            inner[0] if inner else 0.0,
            inner[-1] if inner else float("inf"),
        )

    def of_value(self, text: str, lang: str | None) -> Notation | None:
        """The decimal sign to read a value by that can be read in two ways: what its language does in this column, what the whole column
        does, which of both sizes is usual here; where the column is mixed and both are, none.
        """
        told = self.by_lang.get(lang) or self.overall
        if told is not None:
            return told
        match = AMOUNT.fullmatch(text)
        if match is None or self.high == float("inf"):
            return DECIMAL.get(lang or "")
        usual = [sign for sign in NOTATIONS if (value := number_of(match["number"], sign)) and self.low <= abs(float(value)) <= self.high]
        return usual[0] if len(usual) == 1 else None


def _unit(text: str) -> str | None:
    match = AMOUNT.fullmatch(text)
    unit = (match["unit"] or match["front"]) if match else None
    return unit.lower() if unit else None


def _main_unit(name: str, units: Counter[str | None]) -> str | None:
    """The unit a column is told in: that of its name ("verbrauch_kwh"), else that of values which all have one of one kind."""
    for part in reversed(re.split(r"[_\s()\[\]]+", name.lower())):
        if part in UNITS and len(part) > 1:
            return part
    if None in units or len({UNITS[unit][0] for unit in units if unit in UNITS}) != 1:
        return None
    return units.most_common(1)[0][0]


def _amount(text: str, notation: Notation | None, main: str | None) -> tuple[str, str]:
    match = AMOUNT.fullmatch(text)
    value = number_of(match["number"], notation) if match else None
    if match is None or value is None or re.match(r"[+-]?0\d", match["number"]):
        return text, ""
    unit = (match["unit"] or match["front"] or "").lower()
    if not unit:
        return value, "number"
    if main is None or unit not in UNITS or UNITS[unit][0] != UNITS[main][0]:
        return f"{value} {match['unit'] or match['front']}", "number"
    if unit == main or UNITS[unit][1] == UNITS[main][1]:
        return value, "unit"
    return _converted(value, UNITS[unit][1] / UNITS[main][1]), "unit"


def _converted(value: str, factor: float) -> str:
    return number_of(f"{round(float(value) * factor, 9):.9f}", ".") or value
