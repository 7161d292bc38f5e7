"""Columns of readings, prices and signals as they cross rooms: numpy arrays of one length, in ascending order of time.

`ts` is the start of an interval in whole seconds since 1970 (UTC), `seconds` the length of every interval of the object. Powers are means
over the interval in kW, prices EUR/MWh, volumes MWh. NaN means unknown. Local days are those of Europe/Berlin.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

DAY, HOUR, QUARTER = 86_400, 3600, 900  # seconds
Quality = Literal["measured", "substitute", "preliminary", "missing", "simulated"]
QUALITIES: tuple[Quality, ...] = ("measured", "substitute", "preliminary", "missing", "simulated")
MEASURED, SUBSTITUTE, PRELIMINARY, MISSING, SIMULATED = range(len(QUALITIES))
Times = NDArray[np.int64]
Values = NDArray[np.float64]
Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Intervals of one meter. `quality` are indices of QUALITIES; `rule` indices of `rules`, which begins with "" for none."""

    meter_id: str
    seconds: int
    ts: Times
    consumption: Values
    production: Values
    voltage: Values
    quality: Codes
    rule: Codes
    rules: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.ts)

    def take(self, which: NDArray[np.bool_] | NDArray[np.intp] | slice) -> Self:
        """Only these rows."""
        return replace(
            self,
            ts=self.ts[which],
            consumption=self.consumption[which],
            production=self.production[which],
            voltage=self.voltage[which],
            quality=self.quality[which],
            rule=self.rule[which],
        )


@dataclass(frozen=True, slots=True)
class Product:
    """What is traded: a product ("DAY_AHEAD") of a market ("EPEX") in a bidding zone, in intervals of so many seconds."""

    market: str
    product: str
    zone: str = "DE-LU"
    seconds: int = 900


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Intervals of one product. `quality` are indices of QUALITIES."""

    product: Product
    ts: Times
    price: Values
    volume: Values
    quality: Codes

    def __len__(self) -> int:
        return len(self.ts)


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """Intervals of what explains readings and prices, such as "load_mw" of "DE-LU" or "temperature_c" of "Jena"."""

    signal: str
    zone: str
    seconds: int
    ts: Times
    value: Values
    quality: Codes

    def __len__(self) -> int:
        return len(self.ts)


def readings(
    meter_id: str, seconds: int, ts: Times, consumption: Values, production: Values | None = None, quality: int | Codes = MEASURED
) -> Readings:
    """Readings of these columns; what is not given is unknown, the voltage too."""
    return Readings(meter_id, seconds, ts, consumption, _or_nan(production, ts), _or_nan(None, ts), _codes(quality, ts), _codes(0, ts))


def prices(product: Product, ts: Times, price: Values, volume: Values | None = None, quality: int | Codes = MEASURED) -> Prices:
    """Prices of these columns; volumes that are not given are unknown."""
    return Prices(product, ts, price, _or_nan(volume, ts), _codes(quality, ts))


def join(parts: Sequence[Readings]) -> Readings:
    """Readings of one meter and one interval length, one after the other; at least one, each later than the one before."""
    first, names = parts[0], tuple(dict.fromkeys(rule for part in parts for rule in part.rules))
    codes = [np.array([names.index(rule) for rule in part.rules], np.uint8)[part.rule] for part in parts]
    return replace(
        first,
        ts=np.concatenate([part.ts for part in parts]),
        consumption=np.concatenate([part.consumption for part in parts]),
        production=np.concatenate([part.production for part in parts]),
        voltage=np.concatenate([part.voltage for part in parts]),
        quality=np.concatenate([part.quality for part in parts]),
        rule=np.concatenate(codes),
        rules=names,
    )


def _or_nan(values: Values | None, like: Times) -> Values:
    return np.full(len(like), np.nan) if values is None else values


def _codes(value: int | Codes, like: Times) -> Codes:
    return np.full(len(like), value, np.uint8) if isinstance(value, int) else value
