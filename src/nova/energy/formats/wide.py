"""A table with a column a meter in, readings out. Each of its cells counts as a row."""

import re

import numpy as np

from nova.energy.formats.assemble import UNSAID, Mask, Rows, meters
from nova.energy.formats.cells import Cells
from nova.energy.formats.layout import BRACKETS, Layout, power_unit
from nova.energy.formats.numbers import numbers
from nova.energy.formats.parsed import METER_ID, Options
from nova.energy.formats.report import NAMES, Report
from nova.energy.formats.rowtimes import State, number_of, when
from nova.series import Readings, Times

LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def wide(cells: Cells, shape: Layout, options: Options, state: State, report: Report) -> list[Readings]:
    """Readings of every column that holds a meter. InvalidInput when a column names no unit and the sender does not either."""
    first = report.start is None and state.line <= shape.first_line + len(cells) + 1
    ts, good = _instants(cells, shape, options, state, report)
    found: list[Readings] = []
    taken: dict[str, int] = {}
    for column in shape.meters:
        name = options.meter if options.meter and len(shape.meters) == 1 else meter_of(shape.cells[column])
        if METER_ID.fullmatch(name) is None:
            report.refuse("Spaltenname ist keine Zählernummer", int(good.sum()), [f"Spalte {shape.cells[column]}"])
        elif name in taken:
            report.refuse("mehrere Spalten nennen denselben Zähler", int(good.sum()), [f"Spalte {shape.cells[column]}"])
        else:
            taken[name] = column
            if first and name not in (shape.cells[column], BRACKETS.sub("", shape.cells[column]).strip()):
                report.note("Spaltenname als Zählernummer geschrieben", 1, [f"{shape.cells[column]}: {name}"])
            found += _column(cells, shape, (name, column, options.unit), ts, good, state, report)
    report.meters, report.meter_count = list(taken)[:NAMES], len(taken)
    return found


def _instants(cells: Cells, shape: Layout, options: Options, state: State, report: Report) -> tuple[Times, Mask]:
    """When the interval of each line begins, and which lines have a time; a line without one is refused for each meter."""
    times = Report()
    ts, good = when(cells, shape, options, np.zeros(len(cells), np.int64), state.folds, times)
    for reason in times.reasons:
        if reason.kind == "refused":
            report.refuse(reason.text, reason.count * len(shape.meters), reason.places)
        else:
            report.note(reason.text, reason.count, reason.places)
    return (ts - _usual_step(ts, good) if shape.ends else ts), good


def meter_of(name: str) -> str:
    """A column's name as a meter may be called: without its unit, other signs than letters, digits and .:_- as hyphens."""
    bare = BRACKETS.sub("", name).strip().translate(LETTERS)
    bare = re.sub(r"[\s_]+(kWh|kW|Wh|W|MWh|MW)$", "", bare, flags=re.IGNORECASE)
    return re.sub(r"[^A-Za-z0-9._:-]+", "-", bare).strip("-")[:64]


def _usual_step(ts: Times, good: Mask) -> int:
    steps = np.diff(np.unique(ts[good]))
    known, counts = np.unique(steps, return_counts=True)
    return int(known[np.argmax(counts)]) if len(known) else 900


def _column(
    cells: Cells, shape: Layout, column: tuple[str, int, str], ts: Times, good: Mask, state: State, report: Report
) -> list[Readings]:
    """Readings of one column, given as the meter, its index and the unit where its name says none."""
    name, index, unit = column
    scale, energy = power_unit(shape, index, unit)
    found = numbers(cells, index, shape.comma)
    title = shape.cells[index]
    report.refuse_where("keine Zahl", found.bad & good, lambda row: cells.place(row, index, title))
    kept = np.flatnonzero(good & ~found.bad)
    if not len(kept):
        return []
    values = found.values[kept] * scale + 0.0  # no negative zeros
    fed = values < 0
    if bool(fed.any()):
        first = int(kept[np.flatnonzero(fed)[0]])
        report.note("negative Werte als Einspeisung übernommen", int(fed.sum()), [cells.place(first, index, title)])
    unknown, rows = np.full(len(kept), np.nan), len(kept)
    rows_of = Rows(
        np.full(rows, number_of(name, state), np.int64),
        ts[kept],
        np.zeros(rows, np.int64),
        np.where(fed, 0.0, values),
        np.where(fed, -values, np.nan),
        unknown,
        np.full(rows, UNSAID, np.uint8),
        np.zeros(rows, np.uint8),
    )
    return meters(
        rows_of, list(state.meters), ("",), (energy, energy), state.usual, report, lambda row: cells.place(int(kept[row]), index, title)
    )
