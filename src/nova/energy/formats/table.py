"""CSV in: 001's readings and prices, and German tables, long (a row a meter's interval) or wide (a column a meter). `ParsedRows` out.

A large file comes in parts, cut at ends of lines: `State` is what one part tells the next.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats import layout as tables
from nova.energy.formats.assemble import Mask, Rows, meters
from nova.energy.formats.cells import Cells, split
from nova.energy.formats.layout import Layout, power_unit
from nova.energy.formats.market import market_rows
from nova.energy.formats.numbers import numbers
from nova.energy.formats.parsed import METER_ID, Options, ParsedRows
from nova.energy.formats.report import Report
from nova.energy.formats.rowtimes import State, lengths, number_of, when
from nova.energy.formats.wide import wide
from nova.energy.formats.words import coded, qualities, words
from nova.errors import InvalidInput
from nova.series import Readings, Times, Values


def parse(data: bytes, options: Options, state: State) -> ParsedRows:
    """Read a table, or a part of it. InvalidInput when nothing says what its columns are."""
    report = Report()
    if state.layout is None:
        state.layout = tables.layout(data)
        data = data.removeprefix(b"\xef\xbb\xbf")
        data = data[_skip(data, state.layout.first_line - 1) :]
        state.line = state.layout.first_line
        _say(state.layout, report)
    shape = state.layout
    report.format = "csv_de" if shape.german else "csv"
    cells = split(data, shape.separator, shape.columns, state.line, report)
    state.line += data.count(b"\n")
    if shape.kind == "prices":
        return market_rows(cells, shape, options, state.folds, state.usual, report)
    if not len(cells):
        return ParsedRows(report)
    read = _long if shape.kind == "long" else wide
    return ParsedRows(report, readings=read(cells, shape, options, state, report))


def _skip(data: bytes, lines: int) -> int:
    at = 0
    for _ in range(lines):
        following = data.find(b"\n", at)
        at = len(data) if following < 0 else following + 1
    return at


def _say(shape: Layout, report: Report) -> None:
    if shape.comma:
        report.note("Dezimalkomma gelesen, Punkte als Trennung von Tausendern")
    if shape.ends:
        report.note("Zeiten als Ende des Intervalls gelesen")


def _long(cells: Cells, shape: Layout, options: Options, state: State, report: Report) -> list[Readings]:
    group, unnamed = _meters(cells, shape, options, state, report)
    ts, good = when(cells, shape, options, group, state.folds, report)
    good &= ~unnamed
    bought, kwh_in = _values(cells, shape, "consumption", options.unit, good, report)
    sold, kwh_out = _values(cells, shape, "production", options.unit, good, report)
    volt = _plain(cells, shape, "voltage", good, report)
    codes = qualities(cells, shape, good, report)
    seconds = lengths(cells, shape, good, report)
    rule = _rules(cells, shape, state)
    rows = Rows(group, ts, seconds, bought, sold, volt, codes.astype(np.uint8), rule)
    kept = np.flatnonzero(good)
    if shape.german and "production" not in shape.roles:
        _fed_in(rows, good, report, lambda row: cells.place(row, shape.roles["consumption"], shape.name("consumption")))
    if shape.ends:
        rows.ts = _begun(rows, good)
    return meters(
        rows.take(kept),
        list(state.meters),
        tuple(state.rules),
        (kwh_in, kwh_out),
        state.usual,
        report,
        lambda row: cells.place(int(kept[row]), shape.roles["time"], shape.name("time")),
    )


def _meters(cells: Cells, shape: Layout, options: Options, state: State, report: Report) -> tuple[NDArray[np.int64], Mask]:
    """Each row's meter as an index of the state's, and which rows name none that can be stored."""
    if "meter" not in shape.roles:
        if METER_ID.fullmatch(options.meter) is None:
            raise InvalidInput("Die Datei nennt keinen Zähler: geben Sie ihn beim Einlesen an (Zähler, etwa „DE0001234…“).")
        return np.full(len(cells), number_of(options.meter, state), np.int64), np.zeros(len(cells), bool)
    index, known = words(cells, shape.roles["meter"])
    numbers_of = [number_of(word, state) if METER_ID.fullmatch(word) else -1 for word in known]
    group = np.array(numbers_of, np.int64)[index]
    unnamed: Mask = group < 0
    report.refuse_where("keine Zählernummer", unnamed, lambda row: cells.place(row, shape.roles["meter"], shape.name("meter")))
    return np.maximum(group, 0), unnamed


def _values(cells: Cells, shape: Layout, role: str, unit: str, good: Mask, report: Report) -> tuple[Values, bool]:
    """A column's values in kW, or in kWh where the flag says so; `good` loses rows that hold something else."""
    if role not in shape.roles:
        return np.full(len(cells), np.nan), False
    column = shape.roles[role]
    if "unit" in shape.roles:
        return _with_units(cells, shape, role, good, report)
    scale, energy = power_unit(shape, column, unit)
    return _plain(cells, shape, role, good, report) * scale, energy


def _with_units(cells: Cells, shape: Layout, role: str, good: Mask, report: Report) -> tuple[Values, bool]:
    """Values whose unit stands in a column of its own; one unit of energy or power for the whole file."""
    index, known = words(cells, shape.roles["unit"])
    units = [word.lower() for word in known]
    energies = [unit in tables.ENERGY for unit in units]
    scale = np.array([{**tables.POWER, **tables.ENERGY}.get(unit, np.nan) for unit in units])[index]
    mixed = np.array(energies)[index] != energies[int(index[0])]
    wrong = (np.isnan(scale) | mixed) & good
    report.refuse_where("unbekannte oder wechselnde Einheit", wrong, lambda row: cells.place(row, shape.roles["unit"], shape.name("unit")))
    good &= ~wrong
    return _plain(cells, shape, role, good, report) * np.nan_to_num(scale, nan=1.0), energies[int(index[0])]


def _plain(cells: Cells, shape: Layout, role: str, good: Mask, report: Report) -> Values:
    if role not in shape.roles:
        return np.full(len(cells), np.nan)
    column = shape.roles[role]
    found = numbers(cells, column, shape.comma)
    report.refuse_where("keine Zahl", found.bad & good, lambda row: cells.place(row, column, shape.cells[column]))
    good &= ~found.bad
    return found.values


def _rules(cells: Cells, shape: Layout, state: State) -> NDArray[np.uint8]:
    if "rule" not in shape.roles:
        return np.zeros(len(cells), np.uint8)

    def number(word: str) -> int:
        short = word[:64]
        if short not in state.rules:
            if len(state.rules) > 200:
                return 0
            state.rules.append(short)
        return state.rules.index(short)

    return coded(cells, shape.roles["rule"], number)[0].astype(np.uint8)


def _fed_in(rows: Rows, good: Mask, report: Report, place: Callable[[int], str]) -> None:
    """A negative value of the only column is power fed in."""
    fed = (rows.consumption < 0) & good
    if bool(fed.any()):
        report.note("negative Werte als Einspeisung übernommen", int(np.count_nonzero(fed)), [place(int(np.flatnonzero(fed)[0]))])
        rows.production = np.where(fed, -rows.consumption, rows.production)
        rows.consumption = np.where(fed, 0.0, rows.consumption)


def _begun(rows: Rows, good: Mask) -> Times:
    """Starts of intervals of which the file says the end: each begins where the usual distance before it lies."""
    order = np.lexsort((rows.ts, rows.group))[good[np.lexsort((rows.ts, rows.group))]]
    steps = np.diff(rows.ts[order])
    steps = steps[(np.diff(rows.group[order]) == 0) & (steps > 0)]
    known, counts = np.unique(steps, return_counts=True)
    usual = int(known[np.argmax(counts)]) if len(known) else 900
    return rows.ts - np.where(rows.seconds > 0, rows.seconds, usual)
