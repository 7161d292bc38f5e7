"""Folded text in, a view out in which every cell of a table stands behind its column's head ("Geb.: 11.07.73"); None without a table.

A table is a line of heads and lines of as many cells, parted by semicolons, bars, slashes, commas, or blanks that align (tabs, see `fold`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nova.privacy.fold import View
from nova.privacy.recognise.labels import called, compact
from nova.privacy.spans import Span

LINE = re.compile(r"[^\n]+")
SIGNS = tuple(re.compile(one) for one in (r";", r"\|", r" {2,}", r"/", r","))
FEWEST_CELLS, LONGEST_HEAD, MOST_LINES, MOST_HEADS = 3, 32, 2000, 12
HEADS = re.compile(
    r"name|mieter|kunde|geb|zähler|malo|melo|iban|steuer|vertrag|adress|anschrift|straße|telefon|mail|bewohner|gesellschafter|ausweis|kennz",
    re.IGNORECASE,
)
LONG_NUMBER = re.compile(r"\d{4}")
Cells = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """The view of a table, and where in it the cells begin and end."""

    view: View
    begins: list[int]
    ends: list[int]

    def in_cells(self, spans: Iterable[Span]) -> Iterator[Span]:
        """The spans that lie in one cell, at their places in the text; what reaches over a head or a second cell is none."""
        for span in spans:
            cell = bisect_right(self.begins, span.start) - 1
            if cell >= 0 and span.start < span.end <= self.ends[cell]:
                yield Span(*self.view.original(span.start, span.end), span.kind)


def by_columns(text: str) -> Table | None:
    """The view with heads before cells."""
    if "\n" not in text:
        return None
    lines = list(LINE.finditer(text))[:MOST_LINES]
    for number, line in enumerate(lines[: min(MOST_HEADS, len(lines) - 1)]):
        if LONG_NUMBER.search(line.group()):
            continue
        for sign in SIGNS:
            heads = [text[start:end].strip() for start, end in _cells(line, sign)]
            rows = _rows(lines[number + 1 :], sign, len(heads)) if _heads(heads, sign not in SIGNS[-2:]) else []
            if rows:
                return _view(text, heads, rows)
    return None


def _rows(lines: Sequence[re.Match[str]], sign: re.Pattern[str], most: int) -> list[Cells]:
    """The lines of as many cells as there are heads."""
    return [row for row in (_cells(one, sign, most) for one in lines) if len(row) == most]


def _cells(line: re.Match[str], sign: re.Pattern[str], most: int = 0) -> Cells:
    """Where the cells of a line stand in the text; empty ones at its end only where `most` asks for them."""
    cells, at = [], line.start()
    for match in sign.finditer(line.string, line.start(), line.end()):
        cells.append((at, match.start()))
        at = match.end()
    cells.append((at, line.end()))
    while len(cells) > max(most, 1) and not line.string[slice(*cells[-1])].strip():
        cells.pop()
    return cells + [(line.end(), line.end())] * (FEWEST_CELLS <= len(cells) + 1 == most)


def _heads(heads: Sequence[str], clear: bool) -> bool:
    """Whether these are a table's heads: short, and one of them the name of something personal, of two alone the word for its number,
    or any such word where the sign between is no comma and no slash."""
    if len(heads) < FEWEST_CELLS - 1 or max(map(len, heads)) > LONGEST_HEAD:
        return False
    keys = [compact(head) for head in heads]
    if len(heads) < FEWEST_CELLS:
        told = [label for key in keys if (label := called(key))]
        return any(clear or of_number for _, of_number in told) and all(map(str.isalpha, keys))
    return any(map(HEADS.search, heads)) or any(map(called, keys))


def _view(text: str, heads: Sequence[str], rows: Sequence[Cells]) -> Table:
    """Heads stand at the place where their cell begins."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    table = Table(View("", starts, ends), [], [])
    for row in rows:
        for head, (begin, end) in zip(heads, row, strict=True):
            lead, at = f"{head}: ", min(begin, len(text) - 1)
            pieces.append(f"{lead}{text[begin:end]}\n")
            starts.extend([at] * len(lead))
            ends.extend([at + 1] * len(lead))
            table.begins.append(len(starts))
            table.ends.append(len(starts) + end - begin)
            starts.extend(min(place, len(text) - 1) for place in range(begin, end + 1))
            ends.extend(min(place + 1, len(text)) for place in range(begin, end + 1))
    return Table(View("".join(pieces), starts, ends), table.begins, table.ends)
