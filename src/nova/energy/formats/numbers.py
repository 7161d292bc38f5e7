"""Cells of a column in, floating point numbers out: those of a decimal point or comma, with points in thousands, or none."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.cells import LONGEST, Bytes, Cells, strings
from nova.energy.formats.parsed import LARGEST
from nova.series import Values

EMPTY = (b"-", b"--", b"nan", b"NaN", b"NAN", b"null", b"NULL", b"None", b"n/a", b"N/A", b"NA", b"n.v.", b"k.A.", b"#NV", b"n/e")
POINT, COMMA, ZERO, NINE = 46, 44, 48, 57
_ALLOWED = np.zeros(256, bool)
_ALLOWED[[0, POINT, COMMA, *b"+-eE", *range(ZERO, NINE + 1)]] = True
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Values, NaN where a cell holds none; `empty` marks cells that say so, `bad` those that hold something else."""

    values: Values
    empty: Mask
    bad: Mask


def numbers(cells: Cells, column: int, comma: bool) -> Numbers:
    """The numbers of a column; `comma`: decimals follow a comma, and points part thousands."""
    matrix, length = cells.matrix(column), cells.lengths(column)
    text = strings(matrix)
    foreign = ~_ALLOWED[matrix].all(axis=1) if matrix.shape[1] else np.zeros(len(cells), bool)
    empty: Mask = (length == 0) | (matrix[:, 0] == ord("-") if matrix.shape[1] else True) & np.isin(text, EMPTY[:2])
    if foreign.any():
        empty |= foreign & np.isin(text, EMPTY)
    bad: Mask = ~empty & (foreign | (length > LONGEST))
    if matrix.shape[1]:
        matrix, wrong = _pointed(matrix) if comma else (matrix, (matrix == COMMA).any(axis=1))
        bad |= ~empty & wrong
    values = np.full(len(cells), np.nan)
    asked = np.flatnonzero(~empty & ~bad)
    if len(asked):
        values[asked], failed = _floats(strings(np.ascontiguousarray(matrix[asked])))
        bad[asked[failed]] = True
    return Numbers(values, empty, bad)


def _pointed(matrix: Bytes) -> tuple[Bytes, Mask]:
    """German numbers with a decimal point instead, and which of them have points or commas in the wrong place."""
    comma = matrix == COMMA
    wrong: Mask = comma.sum(axis=1) > 1
    matrix = np.where(comma, POINT, matrix).astype(np.uint8)
    point = ~comma & (matrix == POINT)
    rows = np.flatnonzero(point.any(axis=1))
    if not len(rows):
        return matrix, wrong
    part, marks, commas = matrix[rows], point[rows], comma[rows]
    wrong[rows] |= _ungrouped(part, marks, commas)
    plain = np.strings.replace(strings(np.where(marks, 32, part).astype(np.uint8)), b" ", b"")
    width = matrix.shape[1]
    matrix[rows] = np.frombuffer(plain.astype(f"S{width}").tobytes(), np.uint8).reshape(-1, width)
    return matrix, wrong


def _ungrouped(part: Bytes, marks: Mask, commas: Mask) -> Mask:
    """Whether a point is not followed by three digits and then by a point, the comma or the end, or stands after the comma or first."""
    wide = np.pad(part, ((0, 0), (1, 5)))
    digit = (wide >= ZERO) & (wide <= NINE)
    width = part.shape[1]
    after = [digit[:, 1 + step : 1 + step + width] for step in (1, 2, 3, 4)]
    good = digit[:, :width] & after[0] & after[1] & after[2] & ~after[3]
    late = np.cumsum(commas, axis=1) > 0
    found: Mask = np.any(marks & (~good | late), axis=1)
    return found


def _floats(text: NDArray[Any]) -> tuple[Values, Mask]:
    """Numbers of byte strings, and which of them are none."""
    try:
        values = text.astype(np.float64)
    except ValueError:
        values = np.array([_float(one) for one in text.tolist()])
    failed: Mask = np.logical_not(np.abs(values) <= LARGEST)
    values[failed] = np.nan
    return values, failed


def _float(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def looks_german(samples: list[str]) -> bool:
    """Whether these numbers have a decimal comma; of points alone, whether they can only part thousands."""
    if any("," in one for one in samples):
        return True
    pointed = [one.lstrip("+-") for one in samples if "." in one]
    return bool(pointed) and all(_thousands(one) for one in pointed)


def _thousands(text: str) -> bool:
    first, *groups = text.split(".")
    return first.isdigit() and len(first) <= 3 and first[0] != "0" and all(len(one) == 3 and one.isdigit() for one in groups)
