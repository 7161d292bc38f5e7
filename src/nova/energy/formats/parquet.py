"""A Parquet file with the columns of 001 in, readings or prices out: what Nova's export writes, or another program with the same names."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats import parquet_file
from nova.energy.formats.assemble import UNSAID, Mask, Rows, meters
from nova.energy.formats.market import NAMELESS, named_together, nameless, product_series
from nova.energy.formats.parquet_file import Column
from nova.energy.formats.parsed import EARLIEST, LARGEST, LATEST, MAX_SERIES, METER_ID, Options, ParsedRows, cover, describe
from nova.energy.formats.report import NAMES, Report, shown
from nova.energy.formats.words import quality
from nova.errors import InvalidInput, TooLarge
from nova.series import DAY, MEASURED, Times, Values

MARKET: Mapping[str, str] = {"market": "EPEX", "product": "DAY_AHEAD", "zone": "DE-LU"}
POWERS = ("consumption_kw", "production_kw")


def parse(data: bytes, options: Options) -> ParsedRows:
    """What the file holds; InvalidInput when it has no times or no values that Nova knows."""
    columns = parquet_file.columns(data)
    report = Report(format="parquet")
    if not columns or not len(next(iter(columns.values())).values):
        return ParsedRows(report)
    table = _Table(columns, report)
    if "price_eur_mwh" in columns:
        return _prices(table, options)
    if not any(name in columns for name in POWERS):
        raise InvalidInput(f"Die Parquet-Datei hat weder „consumption_kw“ noch „price_eur_mwh“, sondern {shown(', '.join(columns))}.")
    return _readings(table, options)


class _Table:
    """Columns of equal length; every row is taken or refused with a reason."""

    def __init__(self, columns: Mapping[str, Column], report: Report) -> None:
        self._columns, self.report = columns, report
        self.rows = len(next(iter(columns.values())).values)
        self.good: Mask = np.ones(self.rows, bool)

    def place(self, row: int) -> str:
        """Where a row stands."""
        return f"Zeile {row + 1}"

    def refuse(self, why: str, which: Mask) -> None:
        """These rows are not taken, as far as they would have been."""
        self.report.refuse_where(why, which & self.good, self.place)
        self.good &= ~which

    def times(self) -> Times:
        """Instants; InvalidInput when the column holds no times in UTC."""
        found = self._columns.get("ts")
        if found is None or not found.per_second:
            raise InvalidInput("Die Parquet-Datei hat keine Spalte „ts“ mit Zeitpunkten.")
        if not found.utc:
            raise InvalidInput("Die Zeiten der Parquet-Datei haben keine Zeitzone; gelesen werden Zeitpunkte in UTC.")
        ts = found.values.astype(np.int64)
        self.refuse("keine Zeit", ~found.known)
        self.refuse("Zeit hat Bruchteile von Sekunden", ts % found.per_second != 0)
        ts = ts // found.per_second
        self.refuse("Zeit liegt nicht in den Jahren 2000 bis 2049", (ts < EARLIEST) | (ts >= LATEST))
        return ts

    def numbers(self, name: str) -> Values:
        """A column's numbers, NaN where there is none."""
        found = self._columns.get(name)
        if found is None:
            return np.full(self.rows, np.nan)
        if found.words is not None:
            raise InvalidInput(f"Die Spalte „{name}“ der Parquet-Datei enthält Text statt Zahlen.")
        values = np.where(found.known, found.values.astype(np.float64), np.nan)
        self.refuse("keine Zahl", np.abs(np.nan_to_num(values, nan=0.0, posinf=np.inf, neginf=-np.inf)) > LARGEST)
        return values

    def seconds(self) -> Times:
        """The lengths of intervals, 0 where the file does not say them."""
        length = np.nan_to_num(self.numbers("seconds"), nan=0.0)
        self.refuse(
            "keine Länge eines Intervalls (1 bis 86.400 Sekunden)",
            (length != 0) & ((length < 1) | (length > DAY) | (length != np.floor(length))),
        )
        return np.where(self.good, length, 0).astype(np.int64)

    def texts(self, name: str, default: str) -> tuple[NDArray[np.int64], list[str]]:
        """A column's texts as codes, `default` where there is none."""
        found = self._columns.get(name)
        if found is None or found.words is None:
            return np.zeros(self.rows, np.int64), [default]
        words = [*found.words, default]
        return np.where(found.known, found.values, len(words) - 1), words

    def qualities(self) -> NDArray[np.uint8]:
        """Codes of qualities, UNSAID where the file says none."""
        codes, words = self.texts("quality", "")
        known = np.array([UNSAID if not word else -1 if (code := quality(word, UNSAID)) is None else code for word in words], np.int64)
        found = known[codes]
        self.refuse("unbekannte Qualität", found < 0)
        return np.where(found < 0, UNSAID, found).astype(np.uint8)


def _readings(table: _Table, options: Options) -> ParsedRows:
    group, names = table.texts("meter_id", options.meter)
    if len(names) > MAX_SERIES:
        raise TooLarge(f"Die Datei nennt mehr als {MAX_SERIES} Zähler.")
    table.refuse("keine Zählernummer", np.array([METER_ID.fullmatch(name) is None for name in names])[group])
    ts, seconds = table.times(), table.seconds()
    values = [table.numbers(name) for name in (*POWERS, "voltage")]
    codes = table.qualities()
    rule, rules = table.texts("rule", "")
    ruled = ("", *dict.fromkeys(word[:64] for word in rules if word))
    if len(ruled) > 200:
        raise TooLarge("Die Datei nennt mehr als 200 Regeln.")
    places = np.array([ruled.index(word[:64]) for word in rules], np.uint8)
    rows = Rows(group, ts, seconds, values[0], values[1], values[2], codes, places[rule])
    kept = np.flatnonzero(table.good)
    usual: dict[str, int] = {}
    found = meters(rows.take(kept), names, ruled, (False, False), usual, table.report, lambda row: table.place(int(kept[row])))
    return ParsedRows(table.report, readings=found)


def _prices(table: _Table, options: Options) -> ParsedRows:
    report = table.report
    defaults = {**MARKET, "zone": options.zone or MARKET["zone"]}
    group, names = named_together([table.texts(name, default) for name, default in defaults.items()])
    table.refuse(NAMELESS, nameless(names)[group])
    ts, seconds, price, volume, codes = (
        table.times(),
        table.seconds(),
        table.numbers("price_eur_mwh"),
        table.numbers("volume"),
        table.qualities(),
    )
    table.refuse("kein Preis", np.isnan(price) & (codes == UNSAID))
    kept = np.flatnonzero(table.good)
    said = np.where(codes == UNSAID, MEASURED, codes).astype(np.uint8)
    columns: Any = group[kept], ts[kept], seconds[kept], price[kept], volume[kept], said[kept]
    parsed = ParsedRows(report, prices=product_series(columns, names, {}, report, lambda row: table.place(int(kept[row]))))
    report.others = describe(parsed.prices, [])[:NAMES]
    cover(parsed)
    return parsed
