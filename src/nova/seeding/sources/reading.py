"""What every reader of a file gives and keeps to: rows of text under named columns, what was odd about them, and the limits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from nova.errors import TooLarge
from nova.german import number

MOST_BYTES = 4 * 1024**3
MOST_ROWS = 10_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 200_000_000
LONGEST_NAME = 200
MOST_PLACES = 5
BLOCK = 20_000
_UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a file that was read all the same: what it is (German), how often, and where the first times."""

    what: str
    count: int
    places: tuple[str, ...]


@dataclass(slots=True)
class Problems:
    """Problems as they are found; of each kind only the first places are kept."""

    _found: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    def add(self, what: str, place: str = "", count: int = 1) -> None:
        """Note `count` of a kind of problem, one of them at `place`."""
        before, places = self._found.get(what, (0, []))
        if place and len(places) < MOST_PLACES:
            places.append(place)
        self._found[what] = (before + count, places)

    def told(self) -> tuple[Problem, ...]:
        """All of them, in the order in which they were first found."""
        return tuple(Problem(what, count, tuple(places)) for what, (count, places) in self._found.items())


def told(problem: Problem) -> str:
    """A problem as one German line."""
    places = f" ({', '.join(problem.places)})" if problem.places else ""
    return f"{problem.what}: {problem.count}x{places}"


def check_size(rows: int, columns: int) -> None:
    """TooLarge where a table is larger than Nova takes at once."""
    if columns > MOST_COLUMNS:
        raise TooLarge(f"Die Datei hat {number(columns, 0)} Spalten; mehr als {number(MOST_COLUMNS, 0)} liest Nova nicht.")
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise TooLarge(
            f"Die Datei hat {number(rows, 0)} Zeilen und {number(columns, 0)} Spalten; Nova liest höchstens {number(MOST_ROWS, 0)} Zeilen "
            f"und {number(MOST_CELLS, 0)} Felder auf einmal. Bitte teilen Sie die Datei."
        )


def column_names(header: Sequence[str | None], problems: Problems) -> list[str]:
    """Header cells as distinct names of columns; what had to be changed is noted."""
    check_size(0, len(header))
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(header, 1):
        name = " ".join(_UNSEEN.sub(" ", cell or "").split())
        if len(name) > LONGEST_NAME:
            problems.add("Spaltenname gekürzt", f"Spalte {place}")
            name = name[:LONGEST_NAME]
        if not name:
            problems.add("Spalte ohne Namen", f"Spalte {place}")
            name = f"spalte_{place}"
        if name in taken:
            problems.add("Spaltenname mehrfach vergeben", name)
            name = next(one for one in (f"{name}_{turn}" for turn in range(2, place + 2)) if one not in taken)
        taken.add(name)
        names.append(name)
    return names


def frame_of(names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Rows of equal length as columns of text; an empty or blank cell is null."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    series = [pl.Series(name, list(column), dtype=pl.String) for name, column in zip(names, columns, strict=True)]
    return blank_as_null(pl.DataFrame(series))


def blank_as_null(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame of text with null where a cell is empty or holds spaces only."""
    if not frame.width:
        return frame
    return frame.with_columns(pl.when(pl.all().str.strip_chars() != "").then(pl.all()))


def header_at(rows: Sequence[Sequence[str | None]]) -> int:
    """The place of the header in the first rows of a table: behind title lines, which fill less than half of the usual width.

    A row with a bare number in it is data, so that the first one is the header whatever its width.
    """
    widths = sorted(_filled(row) for row in rows)
    usual = widths[len(widths) // 2] if widths else 0
    found = next((place for place, row in enumerate(rows) if _filled(row) and _filled(row) * 2 >= usual), 0)
    bare = any(re.fullmatch(r"[\d.,\s]+", cell or "") for cell in rows[found]) if rows else False
    return 0 if bare else found


def merged_header(top: Sequence[str | None], below: Sequence[str | None]) -> list[str] | None:
    """Two lines of a header as one, where cells of the upper were merged over several of the lower; None where it is one line only."""
    words = all(cell and not re.search(r"\d", cell) for cell in below)
    if all(top) or not top[0] or len(below) != len(top) or not words:
        return None
    names: list[str] = []
    over = ""
    for high, low in zip(top, below, strict=True):
        over = high or over
        names.append(f"{over} {low}")
    return names


def _filled(row: Iterable[str | None]) -> int:
    return sum(1 for cell in row if cell and cell.strip())
