"""What is planted in example data: copies, twins, wrong values, other writings. Each is told, so that what finds them can be measured."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

COLUMNS = ("table", "id", "kind", "of", "column", "before", "after")
COPIES, TWINS, WRONG, WRITINGS = 0.02, 0.01, 0.01, 0.05
"""Which share of a table's records is copied, has a twin, holds a wrong value, is written otherwise (a share of numbers and days)."""


@dataclass
class Truth:
    """The planted faults, in the order in which they were planted."""

    rows: list[tuple[str | None, ...]] = field(default_factory=list)

    def add(self, table: str, record: str, kind: str, *, of: str | None = None, change: tuple[str, Any, Any] | None = None) -> None:
        """One more: `kind` is copy, twin, wrong or writing; `of` the record it was made from; `change` is column, before, after."""
        column, before, after = change or (None, None, None)
        self.rows.append((table, record, kind, of, column, before, after))

    def table(self) -> pl.DataFrame:
        """All of them."""
        return pl.DataFrame(self.rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def plant(rng: np.random.Generator, name: str, table: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """The table with its faults, in an order that tells nothing."""
    rows = table.to_dicts()
    count = len(rows)
    for at in rng.permutation(count)[: round(count * WRONG)]:
        _go_wrong(rng, name, rows[at], truth)
    for at in rng.permutation(count)[: round(count * WRITINGS)]:
        _write_otherwise(rng, name, rows[at], truth)
    if "text" in table.columns:
        more = [_copy(rng, name, rows[at], truth) for at in rng.permutation(count)[: round(count * COPIES)]]
        more += [twin for at in rng.permutation(count)[: round(count * TWINS)] if (twin := _twin(rng, name, rows[at], truth))]
        rows += more
    return pl.DataFrame([rows[at] for at in rng.permutation(len(rows))], schema=table.schema)


def _go_wrong(rng: np.random.Generator, name: str, row: dict[str, Any], truth: Truth) -> None:
    able = [column for column in WRONG_VALUES if row.get(column)]
    if not able:
        return
    column = able[int(rng.integers(len(able)))]
    before = row[column]
    row[column] = WRONG_VALUES[column](before)
    truth.add(name, row["id"], "wrong", change=(column, before, row[column]))


def _another_place(value: str) -> str:
    return value[:-1] + str((int(value[-1]) + 5) % 10)


WRONG_VALUES: dict[str, Callable[[str], str | None]] = {
    "plz": lambda value: value[:3],
    "malo": _another_place,
    "verbrauch_kwh": lambda value: "-" + value,
    "betrag_eur": lambda value: value.replace(".", ""),
    "kunde_seit": lambda value: "2062" + value[4:],
    "ende": lambda value: "1999" + value[4:],
    "name": lambda value: value.encode().decode("cp1252", "replace").replace("\ufffd", "?") if not value.isascii() else None,
    "text": lambda value: value[: max(8, len(value) // 6)],
    "datum": lambda _: None,
}
"""How a value of a column goes wrong; None: it is lost."""


def _write_otherwise(rng: np.random.Generator, name: str, row: dict[str, Any], truth: Truth) -> None:
    """The same value in another writing: days as 01.03.2025, numbers as 1.234,50."""
    for column in ("datum", "beginn", "ende", "kunde_seit", "gueltig_ab"):
        value = row.get(column)
        if value and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            row[column] = ".".join(reversed(value.split("-")))
            truth.add(name, row["id"], "writing", change=(column, value, row[column]))
    for column in ("betrag_eur", "grundpreis_eur"):
        value = row.get(column)
        if value and "." in value:
            row[column] = f"{float(value):,.2f}".translate(str.maketrans(",.", ".,")) + str(rng.choice(["", " €", " EUR"]))
            truth.add(name, row["id"], "writing", change=(column, value, row[column]))


def _copy(rng: np.random.Generator, name: str, row: dict[str, Any], truth: Truth) -> dict[str, Any]:
    """The same text as somebody else typed it: one word with two letters swapped, another greeting, blanks, capitals."""
    copy = dict(row, id=f"{row['id']}-{rng.integers(1000, 9999)}c")
    ways: list[Callable[[str], str]] = [
        lambda text: _typo(rng, text),
        lambda text: "Guten Tag, " + text,
        lambda text: text.replace(" ", "  ", 3),
        lambda text: text.replace("ß", "ss").replace("ü", "ue"),
        lambda text: text.rstrip(".") + "!",
        lambda text: text.upper() if len(text) < 120 else text,
    ]
    copy["text"] = ways[int(rng.integers(len(ways)))](row["text"])
    truth.add(name, copy["id"], "copy", of=row["id"])
    return copy


def _typo(rng: np.random.Generator, text: str) -> str:
    long = list(re.finditer(r"[a-zäöü]{6,}", text))
    if not long:
        return text
    match = long[int(rng.integers(len(long)))]
    at = match.start() + 1 + int(rng.integers(match.end() - match.start() - 3))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _twin(rng: np.random.Generator, name: str, row: dict[str, Any], truth: Truth) -> dict[str, Any] | None:
    """Another record that differs in one digit of one number."""
    digits = [match.start() for match in re.finditer(r"(?<=\d)\d(?=\D|$)", row["text"])]
    if not digits:
        return None
    at = digits[int(rng.integers(len(digits)))]
    other = str((int(row["text"][at]) + 1 + int(rng.integers(8))) % 10)
    twin = dict(row, id=f"{row['id']}-{rng.integers(1000, 9999)}t", text=row["text"][:at] + other + row["text"][at + 1 :])
    truth.add(name, twin["id"], "twin", of=row["id"])
    return twin
