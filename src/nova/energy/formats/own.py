"""The JSON that Nova exports in, readings and prices out: lists of columns, `{"readings": [...]}` or `{"prices": [...]}`."""

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.assemble import apart
from nova.energy.formats.parsed import EARLIEST, LARGEST, LATEST, METER_ID, NAME, ParsedRows, cover, describe
from nova.energy.formats.report import NAMES, Report, shown
from nova.energy.formats.times import NAIVE, plain_stamp
from nova.errors import InvalidInput
from nova.series import QUALITIES, Prices, Product, Readings, Times, Values


def parse(data: bytes) -> ParsedRows:
    """What the document holds; InvalidInput when it is no JSON of this form."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidInput("Die Datei ist kein gültiges JSON.") from None
    lists = {name: value[name] for name in _READERS if isinstance(value.get(name), list)} if isinstance(value, dict) else {}
    if not lists:
        raise InvalidInput("Die JSON-Datei enthält weder „readings“ noch „prices“.")
    parsed = ParsedRows(Report(format="json"))
    for name, pieces in lists.items():
        for number, piece in enumerate(pieces, 1):
            _READERS[name](piece, f"{name} {number}", parsed)
    report = parsed.report
    known = list(dict.fromkeys(one.meter_id for one in parsed.readings))
    report.meters, report.meter_count, report.others = known[:NAMES], len(known), describe(parsed.prices, [])[:NAMES]
    cover(parsed)
    return parsed


def _readings(piece: Any, where: str, parsed: ParsedRows) -> None:
    columns = _Columns(piece, where, parsed.report, ("consumption_kw", "production_kw", "voltage"), ruled=True)
    meter = columns.text("meter_id")
    if METER_ID.fullmatch(meter) is None:
        columns.refuse_all("keine Zählernummer")
    rows = columns.rows()
    if rows is None:
        return
    ts, values, quality, rule = rows
    parsed.readings.append(Readings(meter, columns.seconds, ts, values[0], values[1], values[2], quality, rule, tuple(columns.rules)))


def _prices(piece: Any, where: str, parsed: ParsedRows) -> None:
    columns = _Columns(piece, where, parsed.report, ("price_eur_mwh", "volume"), ruled=False)
    names = [columns.text(name) for name in ("market", "product", "zone")]
    if any(NAME.fullmatch(name) is None for name in names):
        columns.refuse_all("Markt, Produkt oder Gebotszone ist kein Name")
    rows = columns.rows()
    if rows is None:
        return
    ts, values, quality, _ = rows
    parsed.prices.append(Prices(Product(names[0], names[1], names[2], columns.seconds), ts, values[0], values[1], quality))


_READERS: Mapping[str, Callable[[Any, str, ParsedRows], None]] = {"readings": _readings, "prices": _prices}


class _Columns:
    """The columns of one piece, of which every row is taken or refused with a reason."""

    def __init__(self, piece: Any, where: str, report: Report, values: tuple[str, ...], *, ruled: bool) -> None:
        self._piece: dict[str, Any] = piece if isinstance(piece, dict) else {}
        self._where, self._report, self._values, self._ruled = where, report, values, ruled
        found = self._piece.get("ts")
        self._ts: list[Any] = found if isinstance(found, list) else []
        seconds = self._piece.get("seconds")
        self.seconds = seconds if isinstance(seconds, int) and 1 <= seconds <= 86_400 else 0
        self.rules = [""]
        self._refused = "keine Länge eines Intervalls (1 bis 86.400 Sekunden)" if not self.seconds else ""

    def text(self, name: str) -> str:
        """A name of the whole piece."""
        found = self._piece.get(name)
        return found if isinstance(found, str) else ""

    def refuse_all(self, why: str) -> None:
        """No row of this piece is taken."""
        self._refused = self._refused or why

    def rows(self) -> tuple[Times, list[Values], Any, Any] | None:
        """Times, values, qualities and rules of the rows that are taken, ascending; None for none."""
        if self._refused or not self._ts:
            self._report.refuse(self._refused or "keine Zeiten", max(1, len(self._ts)), [self._where])
            return None
        every, good = range(len(self._ts)), np.ones(len(self._ts), bool)
        ts = np.array([self._instant(row, good) for row in every], np.int64)
        values = [self._numbers(self._column(name), good) for name in self._values]
        words = self._column("quality")
        quality = np.array([self._quality(words, row, good) for row in every], np.uint8)
        rule = self._rule_codes()
        kept = np.flatnonzero(good)
        compared: list[NDArray[Any]] = [*values, quality]
        columns = tuple(column[kept] for column in compared)
        rows = kept[apart(ts[kept], self.seconds, columns, self._report, self._place(kept))]
        return (ts[rows], [value[rows] for value in values], quality[rows], rule[rows]) if len(rows) else None

    def _rule_codes(self) -> NDArray[np.uint8]:
        if not self._ruled:
            return np.zeros(len(self._ts), np.uint8)
        rules = self._column("rule")
        return np.array([self._rule(rules, row) for row in range(len(self._ts))], np.uint8)

    def _numbers(self, column: list[Any], good: Any) -> Values:
        return np.array([self._number(column, row, good) for row in range(len(self._ts))])

    def _place(self, rows: Any) -> Callable[[int], str]:
        return lambda row: f"{self._where}, Wert {int(rows[row]) + 1}"

    def _column(self, name: str) -> list[Any]:
        found = self._piece.get(name)
        return found if isinstance(found, list) and len(found) == len(self._ts) else [None] * len(self._ts)

    def _refuse(self, why: str, row: int, value: Any, good: Any) -> None:
        if good[row]:
            self._report.refuse(why, 1, [f"{self._where}, Wert {row + 1}: {shown(str(value))}"])
        good[row] = False

    def _instant(self, row: int, good: Any) -> int:
        found = plain_stamp(self._ts[row]) if isinstance(self._ts[row], str) else None
        if found is None or found[1] == NAIVE:
            self._refuse("keine Zeit mit Abstand zu UTC", row, self._ts[row], good)
            return 0
        ts = found[0] - found[1]
        if not EARLIEST <= ts < LATEST:
            self._refuse("Zeit liegt nicht in den Jahren 2000 bis 2049", row, self._ts[row], good)
        return ts

    def _number(self, column: list[Any], row: int, good: Any) -> float:
        value = column[row]
        if value is None:
            return math.nan
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST:
            self._refuse("keine Zahl", row, value, good)
            return math.nan
        return float(value)

    def _quality(self, column: list[Any], row: int, good: Any) -> int:
        word = column[row]
        if word is None:
            return 0
        if word not in QUALITIES:
            self._refuse("unbekannte Qualität", row, word, good)
            return 0
        return QUALITIES.index(word)

    def _rule(self, column: list[Any], row: int) -> int:
        word = column[row]
        if not isinstance(word, str) or len(self.rules) > 200:
            return 0
        if word[:64] not in self.rules:
            self.rules.append(word[:64])
        return self.rules.index(word[:64])
