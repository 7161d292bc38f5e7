"""A CSV(.gz) with a column of times in, its series out, one for each meter of it: regular, averaged to the frequency asked for.

Times may be ISO (with or without offset), German (dd.mm.yyyy HH:MM) or seconds since 1970. Without an offset they are local: of Berlin,
unless they name an hour that Berlin skips, which then is the clock of somewhere else and is taken as it is.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nova.energy.forecast.grid import Series, clock_seconds
from nova.energy.forecast.times import Stamps, parse_times, to_instants
from nova.errors import InvalidInput
from nova.series import HOUR, Times, Values

TIMES = (
    "ts",
    "timestamp",
    "time",
    "datetime",
    "timestamp_unix",
    "unix",
    "epoch",
    "datetime_utc",
    "ts_utc",
    "ts_local",
    "zeit",
    "zeitstempel",
    "datum",
    "date",
)
METERS = ("meter_id", "meter", "zaehler", "zähler", "zählernummer")
CLOCKS = ("uhrzeit", "zeit", "time", "hour", "stunde", "anfang", "von")
CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
NOTHING = ("nan", "null", "none", "na", "n/a", "#n/a", "#nv", "-", "--", "?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
MOST_METERS = 200
MOST_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which columns are read: the target, what hindsight may use, the time ("": the first that looks like one); an interval's seconds."""

    target: str
    seconds: int
    extras: tuple[str, ...] = ()
    time: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The columns' names and cells as text."""

    names: tuple[str, ...]
    rows: Sequence[Sequence[str]]

    def column(self, name: str) -> list[str]:
        """The cells of a column; InvalidInput names those there are."""
        if name not in self.names:
            raise InvalidInput(f"Die Spalte „{name}“ gibt es nicht. Vorhanden sind: {', '.join(self.names)}.")
        at = self.names.index(name)
        return [row[at].strip() if at < len(row) else "" for row in self.rows]

    def numbers(self, name: str) -> Values:
        """A column as numbers, NaN where a cell is empty; InvalidInput when one is neither."""
        cells = self.column(name)
        comma = _comma(cells)
        return np.array([_number(cell, comma, name, row) for row, cell in enumerate(cells, start=2)], np.float64)


def read(path: Path, wanted: TableColumns) -> dict[str, Series]:
    """The series of each meter ("" where the file names none). InvalidInput says what is wrong with the file."""
    table = _table(_text(path))
    values = [table.numbers(name) for name in (wanted.target, *wanted.extras)]
    stamps = parse_times(_times(table, wanted.time or _time_column(table)))
    return {
        meter: _regular(_choose(stamps, which), [column[which] for column in values], wanted.seconds)
        for meter, which in _meters(table).items()
    }


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInput(f"Die Datei „{path.name}“ lässt sich nicht lesen: {error}.") from error
    if len(data) > MOST_BYTES:
        raise InvalidInput("Die Datei ist ausgepackt größer als ein Gibibyte.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise InvalidInput(f"Die Datei „{path.name}“ ist kein Text. Erwartet wird CSV, auch mit gzip gepackt.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _table(text: str) -> Table:
    head = text.split("\n", 1)[0]
    mark = max(";,\t", key=head.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row]
    except csv.Error as error:
        raise InvalidInput("Die Datei ist keine lesbare CSV-Datei: eine Zeile lässt sich nicht in Spalten teilen.") from error
    if len(rows) < 2:
        raise InvalidInput("Die Datei hat keine Zeilen mit Werten. Erwartet wird eine Kopfzeile und darunter Zeit und Werte.")
    return Table(tuple(name.strip() for name in rows[0]), rows[1:])


def _comma(cells: Sequence[str]) -> bool:
    """Whether a comma is the decimal sign of a column; where it has none, or only between thousands, a point is."""
    found = [cell for cell in cells if "," in cell]
    return bool(found) and not all(THOUSANDS.fullmatch(cell) and ("." in cell or cell.count(",") > 1) for cell in found)


def _number(cell: str, comma: bool, name: str, row: int) -> float:
    """A cell's number, NaN for an empty one; InvalidInput names it when it is neither."""
    if not cell or cell.casefold() in NOTHING:
        return np.nan
    try:
        number = float(cell.replace(".", "").replace(",", ".") if comma else cell.replace(",", ""))
    except ValueError:
        raise InvalidInput(f"Zeile {row}, Spalte „{name}“: „{cell[:40]}“ ist keine Zahl.") from None
    return number if np.isfinite(number) else np.nan


def _times(table: Table, name: str) -> list[str]:
    """The cells of times; of a column of days with a column of hours beside it, both."""
    days = table.column(name)
    if any(":" in day for day in days[:5]):
        return days
    for other in table.names:
        hours = table.column(other) if other != name and other.casefold() in CLOCKS else []
        if hours and all(CLOCK.fullmatch(hour) for hour in hours[:5]):
            return [f"{day} {hour:0>5}" for day, hour in zip(days, hours, strict=True)]
    return days


def _time_column(table: Table) -> str:
    """The first column with a usual name, else the first whose cells are times."""
    folded = {name.casefold(): name for name in reversed(table.names)}
    for usual in TIMES:
        if usual in folded:
            return folded[usual]
    sample = Table(table.names, table.rows[:5])
    for numbers in (False, True):
        for name in table.names:
            try:
                parse_times(sample.column(name), numbers=numbers)
            except InvalidInput:
                continue
            return name
    raise InvalidInput(f"Keine Spalte enthält Zeiten. Vorhanden sind: {', '.join(table.names)}. Nennen Sie sie mit --time.")


def _meters(table: Table) -> Mapping[str, NDArray[np.intp]]:
    """The rows of each meter, in the order of the file."""
    name = next((name for name in table.names if name.casefold() in METERS), None)
    if name is None:
        return {"": np.arange(len(table.rows))}
    cells = np.array(table.column(name))
    meters = list(dict.fromkeys(cells.tolist()))
    if len(meters) > MOST_METERS:
        raise InvalidInput(f"Die Datei enthält {len(meters)} Zähler, mehr als {MOST_METERS} auf einmal.")
    return {meter: np.flatnonzero(cells == meter) for meter in meters}


def _choose(stamps: Stamps, which: NDArray[np.intp]) -> Stamps:
    return Stamps(stamps.seconds[which], stamps.local)


def _regular(stamps: Stamps, columns: list[Values], seconds: int) -> Series:
    """Intervals without gaps in time from the first to the last; what is finer is averaged."""
    ts, clock = to_instants(stamps)
    if seconds > HOUR:  # longer intervals begin on the local clock, which then is all that counts
        ts, clock = clock_seconds(ts, clock), "wall"
    _require_frequency(ts, seconds)
    start, end = int(ts.min()) // seconds, int(ts.max()) // seconds
    at, size = ts // seconds - start, end - start + 1
    values = [_averaged(column, at, size) for column in columns]
    return Series((start + np.arange(size)) * seconds, values[0], seconds, clock, tuple(values[1:]))


def _averaged(column: Values, at: Times, size: int) -> Values:
    known = np.isfinite(column)
    count = np.bincount(at[known], minlength=size)
    return np.where(count > 0, np.bincount(at[known], column[known], size) / np.maximum(count, 1), np.nan)


def _require_frequency(ts: Times, seconds: int) -> None:
    """The file's own interval must divide the one asked for, and its times lie on one grid."""
    steps = np.asarray(np.diff(np.unique(ts)), np.int64)
    if not len(steps):
        raise InvalidInput("Die Zeitreihe hat nur einen Zeitpunkt.")
    own = int(np.median(steps))
    if own > seconds:
        raise InvalidInput(f"Die Werte stehen alle {own} s; feiner als das kann --freq nicht sein.")
    if np.count_nonzero(np.mod(steps, own)) > 0.02 * len(steps) or seconds % own:
        raise InvalidInput(
            f"Die Zeitpunkte sind unregelmäßig: üblich sind {own} s Abstand, der nicht überall gilt oder nicht zu --freq passt."
        )
    if (int(ts.max()) - int(ts.min())) // seconds > 40 * max(len(ts), 1):
        raise InvalidInput("Zwischen den Zeitpunkten fehlen mehr als 97 % der Zeitreihe.")
