"""What a figure is, and the window that it is of: which readings and prices count, what is known of it, what is missing. Pure.

A window is [start, end) in instants; local days of Europe/Berlin begin and end at midnight, so that one has 23, 24 or 25 hours. A reading
interval that an edge cuts counts with the part inside. Substitute and preliminary values count as measured ones do; rows of quality
"missing" or without a power do not. A gap is a time inside the window of which no value is known; nothing is scaled over it. What is still
to come is no gap: who asks cuts a window at the last full quarter-hour (`passed`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from nova.energy.period import Period, describe
from nova.energy.said import amount
from nova.energy.spans import Spans, Steps, mean_over, spans, steps
from nova.german import number
from nova.series import DAY, HOUR, QUARTER, Prices, Readings, Signal, Values

WHOLE = 0.9995  # of a window, from which on nothing is said to be missing


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value or the reason that there is none, its unit, when (peak), and what it is a figure of.

    `covered` is the share of the window that it rests on; `basis` names window, what is in it and what is missing, in German.
    """

    name: str
    value: float | None
    unit: str
    meaning: str
    reason: str = ""
    at: int | None = None
    covered: float = 1.0
    rows: int = 0
    basis: str = ""

    @property
    def text(self) -> str:
        """The value as it is written everywhere; "" where there is none."""
        return "" if self.value is None else amount(self.value, self.unit)


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A window with what is known of it: [start, end), spans with consumption (`known`) and with production (`made`), price and CO2 factor.

    `counted` are its seconds: fewer than from start to end where only some hours or days count.
    """

    start: int
    end: int
    known: Spans
    made: Spans
    price: Steps | None
    co2: Steps | float | None
    counted: float

    @property
    def covered(self) -> float:
        """The share of the window of which consumption (of a plant production) is known, 0..1."""
        return self.share(self.known if len(self.known) else self.made)

    @property
    def missing_s(self) -> float:
        """The seconds of the window that lie in gaps."""
        known = self.known if len(self.known) else self.made
        return max(0.0, self.counted - float((known.end - known.start).sum()))

    def share(self, part: Spans) -> float:
        """The share of the window that these spans are."""
        return float((part.end - part.start).sum()) / max(self.counted, 1.0)

    def narrowed(self, within: NDArray[np.bool_], within_made: NDArray[np.bool_], counted: float) -> "Window":
        """Only these spans of a window of which so many seconds count."""
        return Window(self.start, self.end, self.known.take(within), self.made.take(within_made), self.price, self.co2, counted)

    def priced(self) -> tuple[NDArray[np.bool_], Values]:
        """Which known spans have an exchange price for their whole length, and the mean price of each in EUR/MWh."""
        spot = np.full(len(self.known), np.nan) if self.price is None else mean_over(self.price, self.known.start, self.known.end)
        return np.isfinite(spot), spot


def window(
    readings: Sequence[Readings], start: int, end: int, *, prices: Prices | None = None, co2: Signal | float | None = None
) -> Window:
    """The window [start, end) of one meter's readings; `co2` in g/kWh, one number or a signal."""
    spot = None if prices is None else steps(prices.ts, prices.product.seconds, prices.price)
    factor = steps(co2.ts, co2.seconds, co2.value) if isinstance(co2, Signal) else co2
    every = spans(readings, start, end)
    known, made = every.take(np.isfinite(every.consumption)), every.take(np.isfinite(every.production))
    return Window(start, end, known, made, spot, factor, float(max(end - start, 0)))


def passed(start: int, end: int, now: int) -> int:
    """The end of what has passed of a window, at the last full quarter-hour, not before its start; of one that is to come its own end."""
    return max(start, now // QUARTER * QUARTER) if start < now < end else end


def gaps(seen: Window) -> list[tuple[int, int]]:
    """The gaps of a window from and to, in order; of one that counts as a whole."""
    known = seen.known if len(seen.known) else seen.made
    begins, ends = np.r_[known.start, seen.end], np.r_[seen.start, known.end]
    return [(int(ends[at]), int(begins[at])) for at in np.flatnonzero(ends < begins)]


class More(TypedDict, total=False):
    """What not every figure has: when it was, the share it rests on where that is not the window's, and what is in a sum of money."""

    at: int
    covered: float
    holds: str


def figure(seen: Window, name: str, value: float | None, unit: str, meaning: str, reason: str = "", **more: Unpack[More]) -> Figure:
    """A figure of a window."""
    share = more.get("covered", seen.covered)
    rows = len(seen.known) or len(seen.made)
    return Figure(name, value, unit, meaning, reason, more.get("at"), share, rows, basis(seen, share, more.get("holds", "")))


def basis(seen: Window, covered: float, holds: str = "") -> str:
    """As "am 22.11.2026, Arbeitspreis und Grundpreis, brutto, 3 Stunden fehlen": window, contents and what is missing of it."""
    gone = seen.counted * (1 - covered)
    lacking = "" if covered >= WHOLE or gone < 60 else f"{length_text(gone)} fehlen"
    return ", ".join(part for part in (describe(Period(seen.start, seen.end)), holds, lacking) if part)


def length_text(seconds: float) -> str:
    """As "3 Tage", "2,5 Stunden", "15 Minuten", and the like."""
    for unit, size, digits in (("Tage", DAY, 1), ("Stunden", HOUR, 1), ("Minuten", 60, 0)):
        if seconds >= 2 * size or unit == "Minuten":
            told = number(seconds / size, digits)
            return f"{told.removesuffix(',0')} {unit}"
    return ""
