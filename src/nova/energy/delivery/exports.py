"""Columns of readings or prices in, a file's bytes out, piece by piece: CSV as Nova reads it, German CSV, JSON or Parquet.

What is written can be read again and gives the same rows. Parquet is packed with gzip, which its reader in a confined child knows.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nova.courtesy import politely
from nova.energy.calendar import local_seconds
from nova.energy.charts.serve import Window, check
from nova.errors import InvalidInput, NotFound
from nova.records import Caller
from nova.series import HOUR, QUALITIES, Codes, Prices, Product, Readings, Times, Values
from nova.store.postgres.db import Database
from nova.store.series import meters, prices, readings
from nova.unseen import cell
from nova.visibility import Visible

if TYPE_CHECKING:
    import polars as pl

Format = Literal["csv", "csv_de", "json", "parquet"]
FORMATS: tuple[Format, ...] = ("csv", "csv_de", "json", "parquet")
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "csv_de": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
ROWS = 10_000  # of a piece, some hundredths of a second
WINDOW = timedelta(days=31)
GERMAN_QUALITIES = ("gemessen", "Ersatzwert", "vorläufig", "fehlt", "simuliert")
GERMAN = {
    "meter_id": "Zähler",
    "market": "Markt",
    "product": "Produkt",
    "ts": "Zeit",
    "consumption_kw": "Bezug [kW]",
    "production_kw": "Einspeisung [kW]",
    "voltage": "Spannung [V]",
    "price_eur_mwh": "Preis [€/MWh]",
    "volume": "Volumen [MWh]",
    "quality": "Qualität",
    "zone": "Gebotszone",
    "seconds": "Sekunden",
    "rule": "Regel",
}


class Exports:
    """Stored rows for files, as they are read; the checks are made before the first row."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def readings(self, caller: Caller, meter_ids: Sequence[str], window: Window) -> Iterator[Readings]:
        """Readings of these meters; InvalidInput for none or a window too long, NotFound for one that the caller may not see."""
        check(window)
        if not meter_ids:
            raise InvalidInput("Nennen Sie mindestens einen Zähler (`meter_id`).")
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            for meter_id in meter_ids:
                meters.get(conn, meter_id, seen)
        return stored_readings(self._db, meter_ids, window.start, window.end, seen)

    def prices(self, market: str | None, zone: str, window: Window) -> Iterator[Prices]:
        """Prices of every product of a zone, or of one market there; NotFound where nobody trades, InvalidInput for a window too long."""
        check(window)
        with self._db.transaction() as conn:
            traded = [one.product for one in prices.products(conn)]
        found = [one for one in traded if one.zone == zone and market in (None, one.market)]
        if not found:
            raise NotFound("Dafür gibt es keine Preise.", data={"market": market, "zone": zone})
        return stored_prices(self._db, found, window.start, window.end)


def stored_readings(db: Database, meter_ids: Sequence[str], start: int, end: int, seen: Visible | None = None) -> Iterator[Readings]:
    """What is stored of these meters in [start, end), a month at a time; NotFound for one that the caller may not see."""
    for meter in meter_ids:
        for low, high in _windows(start, end):
            with db.transaction() as conn:
                found = readings.get(conn, meter, low, high, seen)
            yield from found


def stored_prices(db: Database, products: Sequence[Product], start: int, end: int) -> Iterator[Prices]:
    """What is stored of these products in [start, end), a month at a time."""
    for product in products:
        for low, high in _windows(start, end):
            with db.transaction() as conn:
                found = prices.get(conn, product, low, high)
            if len(found):
                yield found


def _windows(start: int, end: int) -> Iterator[tuple[int, int]]:
    step = int(WINDOW.total_seconds())
    for low in range(start, end, step):
        yield low, min(end, low + step)


def written(pieces: Iterable[Readings] | Iterable[Prices], form: Format) -> Iterator[bytes]:
    """The bytes of a file; Parquet comes as a whole at the end, the others as the pieces do."""
    parts = (part for piece in pieces for part in _parts(piece))
    if form == "json":
        return _json(parts)
    if form == "parquet":
        return _parquet(parts)
    return _csv(parts, form == "csv_de")


def _parts(piece: Readings | Prices) -> Iterator[Readings | Prices]:
    if isinstance(piece, Readings):
        for at in range(0, len(piece), ROWS):
            yield piece.take(slice(at, at + ROWS))
        return
    for at in range(0, len(piece), ROWS):
        part = slice(at, at + ROWS)
        yield Prices(piece.product, piece.ts[part], piece.price[part], piece.volume[part], piece.quality[part])


def _csv(parts: Iterable[Readings | Prices], german: bool) -> Iterator[bytes]:
    first = True
    for part in parts:
        frame = _frame(_disarmed(part), german)
        if german:
            frame = frame.rename({name: GERMAN[name] for name in frame.columns})
        text = frame.write_csv(include_header=first, separator=";" if german else ",", decimal_comma=german)
        yield ("\ufeff" if german and first else "").encode() + text.encode()
        first = False


def _disarmed(part: Readings | Prices) -> Readings | Prices:
    """The part with names that no spreadsheet takes for formulas; rules are words of whoever sent the readings."""
    if isinstance(part, Readings):
        return replace(part, meter_id=cell(part.meter_id), rules=tuple(cell(rule) for rule in part.rules))
    return part


def _parquet(parts: Iterable[Readings | Prices]) -> Iterator[bytes]:
    import polars as pl

    frames = [_frame(part, False).with_columns(_instant(part.ts)) for part in politely(parts, 1)]
    into = io.BytesIO()
    (pl.concat(frames) if frames else pl.DataFrame()).write_parquet(into, compression="gzip")
    yield into.getvalue()


def _instant(ts: Times) -> "pl.Series":
    import polars as pl

    return pl.Series("ts", ts * 1000).cast(pl.Datetime("ms", "UTC"))


def _frame(part: Readings | Prices, german: bool) -> "pl.DataFrame":
    """001's columns, and behind them those that its tables have besides."""
    import polars as pl

    words = GERMAN_QUALITIES if german else QUALITIES
    times = _local(part.ts) if german else _utc(part.ts)
    if isinstance(part, Readings):
        columns: dict[str, Any] = {
            "meter_id": [part.meter_id] * len(part),
            "ts": times,
            "consumption_kw": part.consumption,
            "production_kw": part.production,
            "voltage": part.voltage,
            "quality": _words(part.quality, words),
            "seconds": np.full(len(part), part.seconds, np.int64),
            "rule": [word or None for word in _words(part.rule, part.rules)],
        }
    else:
        columns = {
            "market": [part.product.market] * len(part),
            "product": [part.product.product] * len(part),
            "ts": times,
            "price_eur_mwh": part.price,
            "volume": part.volume,
            "zone": [part.product.zone] * len(part),
            "seconds": np.full(len(part), part.product.seconds, np.int64),
            "quality": _words(part.quality, words),
        }
    frame = pl.DataFrame(columns).with_columns(pl.selectors.float().fill_nan(None))
    return frame.with_columns(pl.col("rule").cast(pl.String)) if "rule" in frame.columns else frame


def _words(codes: Codes, names: Sequence[str]) -> list[str]:
    return [names[code] for code in codes.tolist()]


def _utc(ts: Times) -> list[str]:
    found: list[str] = np.strings.add(np.datetime_as_string(ts.astype("datetime64[s]"), unit="s"), "Z").tolist() if len(ts) else []
    return found


def _local(ts: Times) -> list[str]:
    """Local times as Germans write them; the hour that autumn brings twice is marked A and B."""
    import polars as pl

    wall = local_seconds(ts)
    form = "%d.%m.%Y %H:%M:%S" if bool((wall % 60).any()) else "%d.%m.%Y %H:%M"
    texts: list[str] = pl.from_epoch(pl.Series(wall), "s").dt.strftime(form).to_list()
    first, second = local_seconds(ts + HOUR) == wall, local_seconds(ts - HOUR) == wall
    for row in np.flatnonzero(first | second).tolist():
        texts[row] += " A" if first[row] else " B"
    return texts


def _json(parts: Iterable[Readings | Prices]) -> Iterator[bytes]:
    """`{"readings": [...], "prices": [...]}`: a list of columns for each piece; what is unknown is null."""
    opened = ""
    for part in parts:
        name = "readings" if isinstance(part, Readings) else "prices"
        yield (f'{{"{name}": [' if not opened else ",\n").encode()
        opened = name
        yield json.dumps(_columns(part), ensure_ascii=False, allow_nan=False).encode()
    yield b"]}\n" if opened else b'{"readings": []}\n'


def _columns(part: Readings | Prices) -> dict[str, Any]:
    if isinstance(part, Readings):
        return {
            "meter_id": part.meter_id,
            "seconds": part.seconds,
            "ts": _utc(part.ts),
            "consumption_kw": _known(part.consumption),
            "production_kw": _known(part.production),
            "voltage": _known(part.voltage),
            "quality": _words(part.quality, QUALITIES),
            "rule": _words(part.rule, part.rules),
        }
    return {
        "market": part.product.market,
        "product": part.product.product,
        "zone": part.product.zone,
        "seconds": part.product.seconds,
        "ts": _utc(part.ts),
        "price_eur_mwh": _known(part.price),
        "volume": _known(part.volume),
        "quality": _words(part.quality, QUALITIES),
    }


def _known(values: Values) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def instant(text: str) -> int:
    """Seconds since 1970 of a day (its beginning in Germany) or an ISO time; without offset it is a German clock's. ValueError."""
    from nova.energy.calendar import day_start
    from nova.german import BERLIN

    if len(text) <= 10:
        return day_start(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC).timestamp())
