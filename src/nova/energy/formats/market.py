"""A table of prices in, prices of each product out: 001's columns `market,product,ts,price_eur_mwh,volume`, or a price column alone."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.assemble import DOUBLED, NO_SPACING, OVERLAP, SAME_AGAIN, UNSAID, Mask, at_line, once, overlapping, spacing
from nova.energy.formats.cells import Cells
from nova.energy.formats.layout import PRICE, Layout
from nova.energy.formats.numbers import numbers
from nova.energy.formats.parsed import MAX_SERIES, NAME, Options, ParsedRows, cover, describe
from nova.energy.formats.report import Report
from nova.energy.formats.rowtimes import lengths, when
from nova.energy.formats.words import qualities, words
from nova.errors import TooLarge
from nova.series import HOUR, MEASURED, QUARTER, Codes, Prices, Product, Times

Name = tuple[str, str, str]
MARKET, PRODUCT, ZONE = "EPEX", "DAY_AHEAD", "DE-LU"
NAMELESS = "Markt, Produkt oder Gebotszone ist kein Name"
QUARTERS_SINCE = 1_759_269_600  # 2025-10-01 in Germany: day-ahead is traded in quarter-hours from here on


def market_rows(
    cells: Cells, shape: Layout, options: Options, folds: dict[str, list[int]], usual: dict[str, int], report: Report
) -> ParsedRows:
    """Prices of a table; what it does not say is EPEX, DAY_AHEAD and DE-LU, or the sender's zone."""
    parsed = ParsedRows(report)
    if not len(cells):
        return parsed
    group, names, unnamed = _products(cells, shape, options, report)
    ts, good = when(cells, shape, options, group, folds, report)
    good &= ~unnamed
    price = numbers(cells, shape.roles["price"], shape.comma)
    column = shape.roles["price"]
    report.refuse_where("keine Zahl", price.bad & good, lambda row: cells.place(row, column, shape.cells[column]))
    good &= ~price.bad
    volume = np.full(len(cells), np.nan)
    if "volume" in shape.roles:
        at = shape.roles["volume"]
        found = numbers(cells, at, shape.comma)
        report.refuse_where("keine Zahl", found.bad & good, lambda row: cells.place(row, at, shape.cells[at]))
        good &= ~found.bad
        volume = found.values
    codes = qualities(cells, shape, good, report)
    seconds = lengths(cells, shape, good, report)
    report.refuse_where("kein Preis", price.empty & good & (codes == UNSAID), lambda row: cells.place(row, column, shape.cells[column]))
    good &= ~(price.empty & (codes == UNSAID))
    kept = np.flatnonzero(good)
    values = price.values * PRICE.get(shape.units.get(column, ""), 1.0)
    quality_of: Codes = np.where(codes == UNSAID, MEASURED, codes).astype(np.uint8)
    columns: Columns = group[kept], ts[kept], seconds[kept], values[kept], volume[kept], quality_of[kept]
    parsed.prices = product_series(
        columns, names, usual, report, lambda row: cells.place(int(kept[row]), shape.roles["time"], shape.name("time"))
    )
    report.others = describe(parsed.prices, [])[:50]
    cover(parsed)
    return parsed


def _products(cells: Cells, shape: Layout, options: Options, report: Report) -> tuple[NDArray[np.int64], list[Name], Mask]:
    """Each row's market, product and zone as an index, and which rows name none that can be stored."""
    defaults = {"market": MARKET, "product": PRODUCT, "zone": options.zone or ZONE}
    parts: list[tuple[NDArray[np.int64], list[str]]] = []
    for role, default in defaults.items():
        index, known = words(cells, shape.roles[role]) if role in shape.roles else (np.zeros(len(cells), np.int64), [default])
        parts.append((index, [word or default for word in known]))
    group, names = named_together(parts, MAX_SERIES)
    wrong = nameless(names)[group]
    column = shape.roles.get("market", shape.roles["time"])
    report.refuse_where(NAMELESS, wrong, lambda row: cells.place(row, column, shape.cells[column]))
    return group, names, wrong


def named_together(parts: Sequence[tuple[NDArray[np.int64], Sequence[str]]], most: float = inf) -> tuple[NDArray[np.int64], list[Name]]:
    """Which name (market, product, zone) each row has, and the names; `parts` are codes and words of the three. TooLarge above `most`."""
    total = np.zeros(len(parts[0][0]), np.int64)
    for index, known in parts:
        total = total * len(known) + index
    used, group = np.unique(total, return_inverse=True)
    if len(used) > most:
        raise TooLarge(f"Die Datei nennt mehr als {most} Produkte.")
    markets, products, zones = (known for _, known in parts)
    names = []
    for number in used.tolist():
        rest, zone = divmod(number, len(zones))
        market, product = divmod(rest, len(products))
        names.append((markets[market], products[product], zones[zone]))
    return group.astype(np.int64), names


def nameless(names: Sequence[Name]) -> Mask:
    """Which of them cannot be stored."""
    return np.array([any(NAME.fullmatch(word) is None for word in name) for name in names], bool)


Columns = tuple[NDArray[np.int64], Times, Times, NDArray[np.float64], NDArray[np.float64], NDArray[np.uint8]]


def product_series(columns: Columns, names: list[Name], usual: dict[str, int], report: Report, place: Callable[[int], str]) -> list[Prices]:
    """Prices of each product and length of interval."""
    group, ts, seconds, price, volume, codes = columns
    key = group * 86_401 + seconds
    order, other, same = once(key, ts, (price, volume, codes))
    report.refuse_where(DOUBLED, other, place)
    report.refuse_where(SAME_AGAIN, same, place)
    found: list[Prices] = []
    edges = np.flatnonzero(np.diff(key[order], prepend=-1, append=-1)).tolist()
    for start, end in pairwise(edges):
        rows = order[start:end]
        name = names[int(group[rows[0]])]
        length = seconds[rows]
        if not length[0]:
            length, usual["/".join(name)] = _spaced(ts[rows], usual.get("/".join(name), 0), report, name)
        bad = (length < 1) | (length > 86_400)
        report.refuse_where(NO_SPACING, bad, partial(at_line, place, rows))
        crossing = overlapping(ts[rows], np.where(bad, 0, length)) & ~bad
        report.refuse_where(OVERLAP, crossing, partial(at_line, place, rows))
        bad |= crossing
        report.accepted += int(np.count_nonzero(~bad))
        for one in np.unique(length[~bad]).tolist():
            part = rows[length == one]
            found.append(Prices(Product(*name, int(one)), ts[part], price[part], volume[part], codes[part]))
    return found


def _spaced(ts: Times, known: int, report: Report, name: Name) -> tuple[Times, int]:
    if len(ts) == 1 and not known:
        length, words = (QUARTER, "eine Viertelstunde") if ts[0] >= QUARTERS_SINCE else (HOUR, "eine Stunde")
        report.note(f"Intervall nicht erkennbar: {words} angenommen", 1, [" ".join(name)])
        return np.full(1, length, np.int64), 0
    return spacing(ts, known)
