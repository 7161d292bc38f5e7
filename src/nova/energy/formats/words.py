"""Cells of words in a column (meters, qualities, markets) in, an index of each row's word and the words out."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.assemble import UNSAID
from nova.energy.formats.cells import Bytes, Cells, decoded, strings
from nova.energy.formats.layout import Layout
from nova.energy.formats.report import Report
from nova.series import MEASURED, MISSING, PRELIMINARY, SIMULATED, SUBSTITUTE

QUALITY: Mapping[str, int] = {
    **dict.fromkeys(("measured", "gemessen", "ok", "good", "valid", "gueltig", "gültig", "wahr", "wahrer wert", "w", "g", "220"), MEASURED),
    **dict.fromkeys(("substitute", "ersatzwert", "ersatz", "e", "67", "geschätzt", "estimated", "interpoliert"), SUBSTITUTE),
    **dict.fromkeys(("preliminary", "vorläufig", "vorlaeufig", "v", "z18"), PRELIMINARY),
    **dict.fromkeys(("missing", "fehlt", "fehlend", "fehlwert", "f"), MISSING),
    **dict.fromkeys(("simulated", "simuliert"), SIMULATED),
}


def words(cells: Cells, column: int) -> tuple[NDArray[np.int64], list[str]]:
    """For each row an index of the words, each once."""
    matrix = cells.matrix(column)
    if matrix.shape[1] == 0:
        return np.zeros(len(cells), np.int64), [""]
    heads = np.concatenate(([True], (matrix[1:] != matrix[:-1]).any(axis=1)))
    first = np.flatnonzero(heads)
    known, inverse = _unique(np.ascontiguousarray(matrix[first]))
    return inverse[np.cumsum(heads) - 1], [decoded(one) for one in known]


def _unique(matrix: Bytes) -> tuple[list[bytes], NDArray[np.int64]]:
    """Distinct rows by a hash of eight bytes at a time, checked; sorting byte strings takes ten times as long."""
    text = strings(matrix)
    wide = np.pad(matrix, ((0, 0), (0, -matrix.shape[1] % 8)))
    parts = np.ascontiguousarray(wide).view(np.uint64)
    key = np.zeros(len(matrix), np.uint64)
    for part in range(parts.shape[1]):
        key = (key ^ parts[:, part]) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    if not bool((text[first][inverse] == text).all()):
        sorted_text, inverse = np.unique(text, return_inverse=True)
        return sorted_text.tolist(), inverse.astype(np.int64)
    order = np.argsort(first)  # in the order of the file
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return text[first[order]].tolist(), rank[inverse]


def coded(cells: Cells, column: int, meaning: Callable[[str], int | None]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Each row's code, and which rows hold a word without one."""
    index, known = words(cells, column)
    codes = [meaning(word) for word in known]
    found = np.array([0 if code is None else code for code in codes], np.int64)[index]
    return found, np.array([code is None for code in codes], bool)[index]


def quality(word: str, unsaid: int) -> int | None:
    """The code of a quality's name; `unsaid` for none, None for an unknown one."""
    return QUALITY.get(word.lower(), None) if word else unsaid


def qualities(cells: Cells, shape: Layout, good: NDArray[np.bool_], report: Report) -> NDArray[np.int64]:
    """The code of each row's quality, UNSAID for none; rows of an unknown one are refused and no longer `good`."""
    if "quality" not in shape.roles:
        return np.full(len(cells), UNSAID, np.int64)
    column = shape.roles["quality"]
    codes, unknown = coded(cells, column, lambda word: quality(word, UNSAID))
    report.refuse_where("unbekannte Qualität", unknown & good, lambda row: cells.place(row, column, shape.name("quality")))
    good &= ~unknown
    return codes
