"""A text and the spans found in it in, what stands in the same columns of rows without heads out: a column holds one kind of value.

Rows are neighbouring lines of as many cells. A cell is of a column's kind when it is made like one that was found; where each row holds
a person, a device or a metering point, columns of long numbers that nothing names are the customer's and the contract's.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from nova.privacy.recognise.dates import DATE, of_a_life
from nova.privacy.recognise.values import digits, make
from nova.privacy.spans import Kind, Span

LINE = re.compile(r"[^\n]+")
SIGNS = tuple(re.compile(one) for one in (r" ?; ?", r" ?\| ?", r" {2,}", r", ?", r" / ", r" [-–·] "))
FEWEST_ROWS, MOST_LINES, FEWEST_CELLS, MOST_CELLS, FEWEST_DIGITS, LONG_CONTRACT = 2, 400, 2, 24, 5, 12
COLUMNS: frozenset[Kind] = frozenset(
    {"customer_no", "contract_no", "meter", "malo", "melo", "id_card", "tax_id", "birth_date", "phone", "plate"}
)
ANCHORS: frozenset[Kind] = frozenset({"name", "meter", "melo", "iban", "email", "birth_date"})
CARD = re.compile(r"[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8,9}")
NUMBER = re.compile(r"(?:[A-Z]{1,4}[-/]?)?[1-9]\d{5,11}(?:-\d{1,4})?")
OF_CONTRACT = re.compile(r"V|KTR|STR|GAS|SV|GV")
SORTED = re.compile(
    r"auftrag|ticket|vorgang|rechnung|bestell|sendung|paket|mahnung|artikel|beleg|charge|material|lager|serien|buchung|angebot|projekt|inventar",
    re.IGNORECASE,
)
Cell = tuple[int, int]
Row = list[Cell]
Column = tuple[Cell, ...]


def in_columns(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """The cells of such columns that nobody found yet, or found once more."""
    if "\n" not in text or not found:
        return
    kinds = {(span.start, span.end): span.kind for span in found}
    of_other_things = SORTED.search(text) is not None
    for rows in _tables(text):
        columns = list(zip(*rows, strict=True))
        for column in columns:
            yield from _alike(text, column, _kinds(column, kinds))
        if not of_other_things:
            yield from _unnamed(text, columns, kinds)


def _tables(text: str) -> Iterator[list[Row]]:
    """Groups of neighbouring lines with as many cells."""
    lines = [match.span() for match in LINE.finditer(text)][:MOST_LINES]
    for sign in SIGNS:
        rows: list[Row] = []
        for start, end in lines:
            row = _cells(text, start, end, sign)
            if rows and len(row) != len(rows[0]):
                if len(rows) >= FEWEST_ROWS:
                    yield rows
                rows = []
            if FEWEST_CELLS <= len(row) <= MOST_CELLS:
                rows.append(row)
        if len(rows) >= FEWEST_ROWS:
            yield rows


def _cells(text: str, start: int, end: int, sign: re.Pattern[str]) -> Row:
    cells, at = [], start
    for match in sign.finditer(text, start, end):
        cells.append((at, match.start()))
        at = match.end()
    return [*cells, (at, end)]


def _kinds(column: Column, kinds: Mapping[Cell, Kind]) -> dict[Cell, Kind]:
    """What was found in whole cells of a column."""
    return {cell: kinds[cell] for cell in column if cell in kinds and kinds[cell] in COLUMNS}


def _alike(text: str, column: Column, told: Mapping[Cell, Kind]) -> Iterator[Span]:
    """The cells that are made like one of the column that was found."""
    if len(set(told.values())) != 1:
        return
    kind = next(iter(told.values()))
    fits = WHOLE.get(kind)
    makes = {make(text[start:end]) for start, end in told}
    for cell in column:
        value = text[slice(*cell)]
        same = make(value) in makes and digits(value) >= FEWEST_DIGITS
        if cell not in told and (same or (fits is not None and fits(value))):
            yield Span(*cell, kind)


def _is_card(value: str) -> bool:
    return CARD.fullmatch(value) is not None and digits(value) > 1


def _is_day(value: str) -> bool:
    return DATE.fullmatch(value) is not None


WHOLE: Mapping[Kind, Callable[[str], bool]] = {"id_card": _is_card, "birth_date": _is_day}
"""Kinds whose values are known by their looks, however another of the column is made."""


def _unnamed(text: str, columns: Sequence[Column], kinds: Mapping[Cell, Kind]) -> Iterator[Span]:
    """Columns of numbers, or of days of long ago, in rows that each hold somebody or something of a home."""
    full = [column for column in columns if kinds.keys() >= set(column)]
    anchors = {kinds[cell] for column in full for cell in column} & ANCHORS
    if not anchors:
        return
    given = {kinds[cell] for column in columns for cell in column if cell in kinds}
    for column in columns:
        if not kinds.keys().isdisjoint(column):
            continue
        kind = _kind_of([text[start:end] for start, end in column], anchors, given)
        if kind:
            given.add(kind)
            yield from (Span(start, end, kind) for start, end in column)


def _kind_of(values: Sequence[str], anchors: set[Kind], given: set[Kind]) -> Kind | None:
    """What a column of values that nobody found is: births beside names, or numbers of one make; None for anything else."""
    if len(set(values)) < len(values):
        return None
    if "name" in anchors and all(map(_is_birth, values)):
        return "birth_date"
    numbered = all(map(NUMBER.fullmatch, values)) and len(set(map(make, values))) == 1
    return _kind(values[0], anchors, given) if numbered and not any(map(_is_day, values)) else None


def _is_birth(value: str) -> bool:
    day = DATE.fullmatch(value)
    return day is not None and of_a_life(day)


def _kind(value: str, anchors: set[Kind], given: set[Kind]) -> Kind | None:
    """What a column of such numbers is, next to what else the rows hold; None when it stays open."""
    if OF_CONTRACT.match(value) or digits(value) >= LONG_CONTRACT:
        return "contract_no"
    if "melo" in anchors and "meter" not in given:
        return "meter"
    if "customer_no" not in given:
        return "customer_no"
    return "contract_no" if "contract_no" not in given else None
