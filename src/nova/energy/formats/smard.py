"""A CSV file as SMARD's download page gives it in, prices and signals out; also the JSON of its charts.

The CSV has `;`, local times in `Datum von` and `Datum bis` (older files: `Datum`, `Anfang`, `Ende`), a decimal comma with points in
thousands (English files: the other way round), "-" where there is no value, and columns such as `Netzlast [MWh] Originalauflösungen`:
energies of the interval, which become mean powers in MW. The JSON holds `series`: pairs of milliseconds since 1970 and a value or null;
what they are stands in its file's name only, `{filter}_{region}_{resolution}_{timestamp}.json`.
"""

import json
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats import layout as tables
from nova.energy.formats import smard_names as names
from nova.energy.formats.assemble import DOUBLED, NO_SPACING, OVERLAP, SAME_AGAIN, Mask, once, overlapping, spacing
from nova.energy.formats.cells import Cells, split
from nova.energy.formats.layout import Layout, unit_of
from nova.energy.formats.numbers import looks_german, numbers
from nova.energy.formats.parsed import EARLIEST, LARGEST, LATEST, Options, ParsedRows, cover, describe
from nova.energy.formats.report import Report, shown
from nova.energy.formats.rowtimes import when
from nova.energy.formats.times import ENGLISH, stamps
from nova.errors import InvalidInput
from nova.series import MEASURED, Prices, Product, Signal, Times, Values

FILE = re.compile(r"(\d+)_([A-Za-z0-9-]+)_([a-z]+)(?:_\d+)?(?:\.json)?$")
ZONE = "DE-LU"
SWAPPED = bytes.maketrans(b".,", b",.")  # numbers of English files become German ones
EMPTY = "kein Wert"


def parse(data: bytes, options: Options) -> ParsedRows:
    """Prices and signals of a CSV download."""
    report = Report(format="smard")
    line, separator, cells_of_head = tables.find(data)
    body = data
    for _ in range(line):
        body = body.partition(b"\n")[2]
    english = ENGLISH.match(body[:40].decode("latin-1")) is not None
    if english:
        body = body.translate(SWAPPED)
    roles = _roles(cells_of_head)
    columns = [column for column, name in enumerate(cells_of_head) if name and column not in roles.values()]
    sample = [tables.cells_of(row.decode("utf-8", "replace"), separator) for row in body[:65_536].split(b"\n")[:200]]
    comma = looks_german(tables.values_of(sample, columns))
    shape = Layout(separator, comma, cells_of_head, line + 1, "smard", roles, german=True)
    cells = split(body, separator, len(cells_of_head), line + 1, report)
    forecast = any(_bare(cells_of_head[column]) in names.FORECAST_TOLD_BY for column in columns)
    ts, good = _instants(cells, shape, options, len(columns), report)
    parsed, seconds = ParsedRows(report), _seconds(cells, roles, ts, good)
    for column in columns:
        _column(cells, shape, column, (ts, good, seconds), (forecast, options.zone or ZONE), parsed)
    return told(parsed)


def _instants(cells: Cells, shape: Layout, options: Options, columns: int, report: Report) -> tuple[Times, Mask]:
    """When each line is, and which have a time; what is wrong with a line is counted for each of its columns."""
    if not len(cells):
        return np.zeros(0, np.int64), np.zeros(0, bool)
    times = Report()
    found = when(cells, shape, options, np.zeros(len(cells), np.int64), {}, times)
    for reason in times.reasons:
        (report.refuse if reason.kind == "refused" else report.note)(reason.text, reason.count * columns, reason.places)
    return found


def _roles(head: list[str]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for column, name in enumerate(head):
        role = "hour" if tables.plain(name) in ("anfang", "start") and "time" in roles else tables.role_of(name)
        if role in ("time", "hour", "end") and role not in roles:
            roles[role] = column
    return roles


def _seconds(cells: Cells, roles: dict[str, int], ts: Times, good: Mask) -> int:
    """The length of most intervals, from their ends where the file has them, else from how they follow each other; 0 for none."""
    if not len(cells):
        return 0
    steps: Times = np.diff(np.unique(ts[good])).astype(np.int64)
    if "end" in roles and "hour" not in roles:
        begin, end = stamps(cells, roles["time"]), stamps(cells, roles["end"])
        steps = (end.wall - begin.wall)[~(begin.bad | end.bad)]
    known, counts = np.unique(steps[steps > 0], return_counts=True)
    usual = int(known[np.argmax(counts)]) if len(known) else 0
    return usual if usual and 86_400 % usual == 0 else 0


def _bare(name: str) -> str:
    """What a column is of, without unit and resolution."""
    return tables.ascii_name(name.partition("[")[0])


def _column(cells: Cells, shape: Layout, column: int, when_: tuple[Times, Mask, int], of: tuple[bool, str], parsed: ParsedRows) -> None:
    """Read one column into `parsed`; one of an unknown kind is refused."""
    report, title = parsed.report, shape.cells[column]
    (ts, good, seconds), (forecast, zone) = when_, of
    bare, unit = _bare(title), unit_of(re.sub(r"\].*", "]", title))
    area, signal = names.ZONES.get(bare), names.SIGNALS.get(bare)
    known = area if unit in tables.PRICE else signal if unit in tables.ENERGY else None
    if known is None:
        report.refuse("Spalte, deren Bedeutung nicht bekannt ist", int(good.sum()), [f"Spalte {title}"])
        return
    found = numbers(cells, column, shape.comma)

    def place(row: int) -> str:
        return cells.place(row, column, title.partition("[")[0].strip())

    report.refuse_where("keine Zahl", found.bad & good, place)
    report.refuse_where(EMPTY, found.empty & good, place)
    kept = np.flatnonzero(good & ~found.bad & ~found.empty)
    rows = ts[kept], found.values[kept]
    if unit in tables.PRICE:
        prices_into(parsed, rows, known, tables.PRICE[unit], lambda row: place(int(kept[row])), seconds)
    else:
        name = known.replace("_mw", "_forecast_mw") if forecast else known
        signals_into(parsed, rows, (name, zone), tables.ENERGY[unit] / 1000.0, lambda row: place(int(kept[row])), seconds)


Column = tuple[Times, Values]


def prices_into(parsed: ParsedRows, rows: Column, zone: str, scale: float, place: Callable[[int], str], seconds: int = 0) -> None:
    """Prices of one zone, in the order of the file."""
    for ts, values, length in pieces(parsed.report, rows, seconds, place):
        product = Product(names.MARKET, names.PRODUCT, zone, length)
        parsed.prices.append(Prices(product, ts, values * scale, np.full(len(ts), np.nan), np.full(len(ts), MEASURED, np.uint8)))


def signals_into(
    parsed: ParsedRows, rows: Column, name: tuple[str, str], scale: float, place: Callable[[int], str], seconds: int = 0
) -> None:
    """Mean powers in MW of energies in MWh/`scale` of each interval, in the order of the file."""
    for ts, values, length in pieces(parsed.report, rows, seconds, place):
        codes = np.full(len(ts), MEASURED, np.uint8)
        parsed.signals.append(Signal(name[0], name[1], length, ts, values * scale * 3600.0 / length, codes))


def pieces(report: Report, rows: Column, seconds: int, place: Callable[[int], str]) -> list[tuple[Times, Values, int]]:
    """The rows in order of time, each time once, parted by the length of their intervals; counts what is taken."""
    ts, values = rows
    order, other, same = once(np.zeros(len(ts), np.int64), ts, (values,))
    report.refuse_where(DOUBLED, other, place)
    report.refuse_where(SAME_AGAIN, same, place)
    ts, values = ts[order], values[order]
    length = np.full(len(ts), seconds, np.int64) if seconds else spacing(ts, 3600 if len(ts) == 1 else 0)[0]
    report.refuse_where(
        NO_SPACING,
        length < 1,
        lambda row: place(int(order[row])),
    )
    crossing = overlapping(ts, length)
    report.refuse_where(OVERLAP, crossing, lambda row: place(int(order[row])))
    length = np.where(crossing, 0, length)
    report.accepted += int(np.count_nonzero(length > 0))
    return [(ts[length == one], values[length == one], int(one)) for one in np.unique(length[length > 0]).tolist()]


def told(parsed: ParsedRows) -> ParsedRows:
    """With the window and the names in the report."""
    cover(parsed)
    parsed.report.others = describe(parsed.prices, parsed.signals)[:50]
    return parsed


def parse_json(data: bytes, options: Options) -> ParsedRows:
    """Prices or a signal of one file of SMARD's charts."""
    report = Report(format="smard_json")
    series = _series(data)
    found = FILE.search(options.name)
    if found is None or found[3] not in names.RESOLUTIONS:
        raise InvalidInput(
            f"Eine SMARD-Datei in JSON sagt nur mit ihrem Namen, was sie enthält, etwa „410_DE_hour_1704063600000.json“; "
            f"{shown(options.name)} sagt es nicht."
        )
    number, zone, seconds = int(found[1]), options.zone or found[2], names.RESOLUTIONS[found[3]]
    if number not in names.FILTERS and number not in names.PRICE_FILTERS:
        raise InvalidInput(f"Die SMARD-Reihe {number} ist nicht bekannt.")
    ts, values = _pairs(series, report)
    kept = np.flatnonzero(~np.isnan(values))
    parsed, rows = ParsedRows(report), (ts[kept], values[kept])

    def place(row: int) -> str:
        return f"Paar {int(kept[row]) + 1}"

    if number in names.PRICE_FILTERS:
        prices_into(parsed, rows, names.PRICE_FILTERS[number], 1.0, place, seconds)
    else:
        signals_into(parsed, rows, (names.FILTERS[number], ZONE if zone == "DE" else zone), 1.0, place, seconds)
    return told(parsed)


def _series(data: bytes) -> list[Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidInput("Die Datei ist kein gültiges JSON.") from None
    series = value.get("series") if isinstance(value, dict) else None
    if not isinstance(series, list):
        raise InvalidInput("Die JSON-Datei enthält keine Reihe „series“.")
    return series


def _pairs(series: list[Any], report: Report) -> tuple[NDArray[np.int64], Values]:
    """Starts and values; NaN for pairs that are not taken, which are counted."""
    ts, values = np.zeros(len(series), np.int64), np.full(len(series), np.nan)
    for row, pair in enumerate(series):
        wrong = _why_not(pair)
        if wrong:
            report.refuse(wrong, 1, [f"Paar {row + 1}"])
        else:
            ts[row], values[row] = pair[0] // 1000, pair[1]
    return ts, values


def _why_not(pair: Any) -> str:
    """Why a pair is not taken; "" when it is."""
    if not (isinstance(pair, list) and len(pair) == 2 and _is_number(pair[0])):
        return "kein Paar aus Zeit und Wert"
    milliseconds, value = pair
    if value is None:
        return EMPTY
    if not _is_number(value) or not math.isfinite(value) or abs(value) > LARGEST:
        return "keine Zahl"
    if milliseconds % 1000 or not EARLIEST <= milliseconds // 1000 < LATEST:
        return "Zeit liegt nicht in den Jahren 2000 bis 2049"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
