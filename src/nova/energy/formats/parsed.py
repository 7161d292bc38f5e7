"""What a parser gives, and the same as JSON and plain bytes, which is how it leaves the process that read a hostile file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.report import Report
from nova.series import QUALITIES, Prices, Product, Readings, Signal

METER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,63}")
MAX_SERIES = 20_000
EARLIEST, LATEST = 946_684_800, 2_524_608_000  # 2000 and 2050, as the store keeps them
LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Options:
    """What the sender says of a file beyond its content, "" for nothing: its name, its format ("csv", "mscons", ...), the
    meter and the bidding zone where the file names none, the clock of times without offset ("Europe/Berlin", "UTC", "+01:00"), and the
    unit of values where the file says none ("kW", "kWh").
    """

    name: str = ""
    format: str = ""
    meter: str = ""
    zone: str = ""
    clock: str = ""
    unit: str = ""


@dataclass(slots=True)
class ParsedRows:
    """What was read of a file or of one part of it."""

    report: Report
    readings: list[Readings] = field(default_factory=list)
    prices: list[Prices] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)

    def rows(self) -> int:
        """How many rows are to be stored."""
        return sum(map(len, self.readings)) + sum(map(len, self.prices)) + sum(map(len, self.signals))


def pack(parsed: ParsedRows, state: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """JSON values and the columns' bytes; `state` is what the next part of the same file needs."""
    heads: list[dict[str, Any]] = []
    parts: list[bytes] = []
    for one in parsed.readings:
        heads.append({"of": "readings", "n": len(one), "meter": one.meter_id, "seconds": one.seconds, "rules": one.rules})
        parts += _bytes(one.ts, one.consumption, one.production, one.voltage, one.quality, one.rule)
    for price in parsed.prices:
        heads.append({"of": "prices", "n": len(price), "product": asdict(price.product)})
        parts += _bytes(price.ts, price.price, price.volume, price.quality)
    for signal in parsed.signals:
        heads.append({"of": "signals", "n": len(signal), "signal": signal.signal, "zone": signal.zone, "seconds": signal.seconds})
        parts += _bytes(signal.ts, signal.value, signal.quality)
    return {"report": parsed.report.as_dict(), "series": heads, "state": dict(state)}, b"".join(parts)


def unpack(value: Mapping[str, Any], body: bytes) -> ParsedRows:
    """What `pack` wrote, checked: it comes from a process that a file may have taken over. ValueError when it cannot be true."""
    parsed = ParsedRows(Report.from_dict(value["report"]))
    columns = _Columns(body)
    for head in value["series"]:
        n = int(head["n"])
        ts = columns.take(np.int64, n)
        if len(ts) and (int(ts[0]) < EARLIEST or int(ts[-1]) >= LATEST or bool((np.diff(ts) <= 0).any())):
            raise ValueError("times are out of order or out of range")
        if head["of"] == "readings":
            parsed.readings.append(_readings(head, ts, columns))
        elif head["of"] == "prices":
            price, volume = columns.values(n), columns.values(n)
            parsed.prices.append(Prices(_product(head["product"]), ts, price, volume, columns.codes(n, len(QUALITIES))))
        else:
            names = _named(head["signal"]), _named(head["zone"])
            parsed.signals.append(Signal(*names, _seconds(head), ts, columns.values(n), columns.codes(n, len(QUALITIES))))
    columns.end()
    return parsed


def _bytes(*columns: NDArray[Any]) -> list[bytes]:
    return [np.ascontiguousarray(column).tobytes() for column in columns]


def _readings(head: Mapping[str, Any], ts: NDArray[np.int64], columns: "_Columns") -> Readings:
    n, rules = len(ts), tuple(str(rule)[:64] for rule in head["rules"])
    if METER_ID.fullmatch(head["meter"]) is None:
        raise ValueError("no meter")
    values = columns.values(n), columns.values(n), columns.values(n)
    return Readings(head["meter"], _seconds(head), ts, *values, columns.codes(n, len(QUALITIES)), columns.codes(n, len(rules)), rules)


def _product(value: Mapping[str, Any]) -> Product:
    return Product(_named(value["market"]), _named(value["product"]), _named(value["zone"]), _seconds(value))


def _named(value: Any) -> str:
    if not isinstance(value, str) or NAME.fullmatch(value) is None:
        raise ValueError("no name")
    return value


def _seconds(head: Mapping[str, Any]) -> int:
    seconds = head["seconds"]
    if not isinstance(seconds, int) or not 1 <= seconds <= 86_400:
        raise ValueError("no interval")
    return seconds


class _Columns:
    """The columns of a reply, one after the other."""

    def __init__(self, body: bytes) -> None:
        self._body, self._at = body, 0

    def take(self, kind: Any, n: int) -> NDArray[Any]:
        if n < 0:
            raise ValueError("less than nothing")
        column = np.frombuffer(self._body, kind, n, self._at)
        self._at += column.nbytes
        return column

    def values(self, n: int) -> NDArray[np.float64]:
        column: NDArray[np.float64] = self.take(np.float64, n)
        if bool(np.isinf(column).any()):
            raise ValueError("infinite")
        return column

    def codes(self, n: int, below: int) -> NDArray[np.uint8]:
        column: NDArray[np.uint8] = self.take(np.uint8, n)
        if n and int(column.max()) >= below:
            raise ValueError("unknown code")
        return column

    def end(self) -> None:
        if self._at != len(self._body):
            raise ValueError("bytes are left over")


def describe(products: Sequence[Prices], signals: Sequence[Signal]) -> list[str]:
    """Products and signals as a report names them."""
    named = [f"{one.product.market} {one.product.product} {one.product.zone}" for one in products]
    return list(dict.fromkeys([*named, *(f"{one.signal} {one.zone}" for one in signals)]))


def cover(parsed: ParsedRows) -> None:
    """Say in the report which window was taken."""
    series = [
        *((one.ts, one.seconds) for one in parsed.readings),
        *((one.ts, one.product.seconds) for one in parsed.prices),
        *((one.ts, one.seconds) for one in parsed.signals),
    ]
    for ts, seconds in series:
        parsed.report.cover(int(ts[0]), int(ts[-1]) + seconds)
