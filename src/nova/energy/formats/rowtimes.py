"""Rows of a table in, their instants out; and what one part of a large table tells the next."""

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.assemble import Mask
from nova.energy.formats.cells import Cells
from nova.energy.formats.layout import Layout, plain
from nova.energy.formats.numbers import numbers
from nova.energy.formats.parsed import EARLIEST, LATEST, MAX_SERIES, Options
from nova.energy.formats.report import Report, shown
from nova.energy.formats.times import FIRST, NAIVE, SECOND, Stamps, clock_of, instants, stamps
from nova.energy.formats.words import words
from nova.errors import InvalidInput, TooLarge
from nova.series import HOUR, Times

NO_OFFSET = "Zeit ohne Zeitzone: schreiben Sie den Abstand zu UTC dazu (+01:00) oder geben Sie die Uhr beim Einlesen an"
NO_SUCH = (
    "Ortszeit gibt es nicht: die Uhr springt von 2 auf 3 Uhr vor (eine Datei, die das ganze Jahr MEZ zählt, "
    "braucht beim Einlesen die Uhr MEZ)"
)
THIRD = "Ortszeit kommt mehr als zweimal vor"
ONCE = "doppelte Stunde nur einmal vorhanden: als Sommerzeit gelesen"


@dataclass(slots=True)
class State:
    """What one part of a file tells the next: how to read it, the line it ends at, meters and their usual intervals, doubled hours."""

    layout: Layout | None = None
    line: int = 1
    meters: dict[str, int] = field(default_factory=dict)
    usual: dict[str, int] = field(default_factory=dict)
    folds: dict[str, list[int]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=lambda: [""])


def number_of(meter: str, state: State) -> int:
    """The index of a meter in the state's, which keeps it from now on; TooLarge."""
    if meter not in state.meters and len(state.meters) >= MAX_SERIES:
        raise TooLarge(f"Die Datei nennt mehr als {MAX_SERIES} Zähler.")
    return state.meters.setdefault(meter, len(state.meters))


def _says_utc(shape: Layout, options: Options) -> bool:
    return not options.clock and re.search(r"(^|[^a-z])utc$", plain(shape.cells[shape.roles["time"]])) is not None


def clock_words(shape: Layout, options: Options) -> str:
    """Which clock times without an offset are read by."""
    if options.clock and options.clock != "Europe/Berlin":
        return {"MEZ": "Winterzeit (MEZ) das ganze Jahr über"}.get(options.clock, options.clock)
    if _says_utc(shape, options):
        return "UTC"
    return "Ortszeit in Deutschland"


def when(
    cells: Cells, shape: Layout, options: Options, group: NDArray[np.int64], folds: dict[str, list[int]], report: Report
) -> tuple[Times, Mask]:
    """Instants of each row and which rows have one; the others are counted as refused."""
    try:
        clock = clock_of(options.clock)
    except ValueError:
        raise InvalidInput(f"Die Uhr {shown(options.clock)} ist unbekannt: „Europe/Berlin“, „UTC“ oder ein Abstand wie „+01:00“.") from None
    column = shape.roles["time"]
    found = stamps(cells, column, shape.roles.get("hour"))
    if "mark" in shape.roles:
        found = _marked(cells, shape.roles["mark"], found)
    name = shape.cells[column]
    utc = _says_utc(shape, options)
    known = instants(found, group, 0 if utc else clock, utc or shape.german or bool(options.clock), folds)

    def place(row: int) -> str:
        return cells.place(row, column, name)

    report.refuse_where("keine Zeit", found.bad, place)
    report.refuse_where(NO_OFFSET, known.naive & ~found.bad, place)
    report.refuse_where(NO_SUCH, known.skipped, place)
    report.refuse_where(THIRD, known.third, place)
    good = ~(found.bad | known.naive | known.skipped | known.third)
    outside = good & ((known.ts < EARLIEST) | (known.ts >= LATEST))
    report.refuse_where("Zeit liegt nicht in den Jahren 2000 bis 2049", outside, place)
    good &= ~outside
    if count := int(np.count_nonzero(good & (found.offset == NAIVE))):
        report.note(f"Zeiten ohne Zeitzone als {clock_words(shape, options)} gelesen", count)
    if count := int(np.count_nonzero(known.assumed & good)):
        report.note(ONCE, count, [place(int(np.flatnonzero(known.assumed & good)[0]))])
    return known.ts, good


def _marked(cells: Cells, column: int, found: Stamps) -> Stamps:
    """Times with what a column of their own says of the hour that comes twice."""
    meanings = {"MESZ": 2 * HOUR, "CEST": 2 * HOUR, "SOMMER": 2 * HOUR, "MEZ": HOUR, "CET": HOUR, "WINTER": HOUR, "UTC": 0}
    index, known = words(cells, column)
    offset = np.array([meanings.get(word.upper(), NAIVE) for word in known])[index]
    mark = np.array([{"A": FIRST, "B": SECOND}.get(word.upper(), 0) for word in known], np.uint8)[index]
    return Stamps(found.wall, np.where(offset == NAIVE, found.offset, offset), np.maximum(found.mark, mark), found.bad)


def lengths(cells: Cells, shape: Layout, good: Mask, report: Report) -> Times:
    """The lengths of intervals that a column says, 0 where it says none; `good` loses rows with something else."""
    if "seconds" not in shape.roles:
        return np.zeros(len(cells), np.int64)
    column = shape.roles["seconds"]
    found = numbers(cells, column, False)
    length = np.nan_to_num(found.values, nan=0.0)
    wrong = (found.bad | (~found.empty & ((length < 1) | (length > 86_400) | (length != np.floor(length))))) & good
    report.refuse_where(
        "keine Länge eines Intervalls (1 bis 86.400 Sekunden)", wrong, lambda row: cells.place(row, column, shape.name("seconds"))
    )
    good &= ~wrong
    return np.where(wrong, 0, length).astype(np.int64)
