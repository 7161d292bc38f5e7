"""The key figures of meters, of prices and of their windows for whoever may see them: what tiles, charts, commands and files show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from psycopg import Connection

from nova.energy import market
from nova.energy.charts.serve import Window, check
from nova.energy.cheapest import USUAL_HOURS, Stretch, cheapest, dearest, left, of_prices, price_at
from nova.energy.costs import base_and_peak, price_in_force
from nova.energy.expected import expectation, expected
from nova.energy.explain.answer_source import AnswerSource
from nova.energy.figure import Figure, basis, figure, gaps, passed
from nova.energy.figure import Window as Known
from nova.energy.figures import figures
from nova.energy.period import Period, describe
from nova.energy.spans import Steps
from nova.energy.stored import StoredSource
from nova.energy.sums import of_sum
from nova.energy.tariff import NO_TERMS, Terms, filled
from nova.errors import InvalidInput, NotFound
from nova.records import Caller
from nova.series import DAY, HOUR, Product
from nova.store.postgres.db import Database
from nova.store.series import meters
from nova.visibility import Visible

LONGEST_S = 400 * DAY
LONGEST_EXPECTED_S = 35 * DAY
MOST_METERS = 12
MOST_GAPS = 200
MIXED = "nach den hinterlegten Tarifen"
OWN_TARIFFS = "Summe der Kosten jedes Zählers nach seinem Tarif"


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """Whose figures of which window, at which market's day-ahead prices ("": the one that counts).

    `terms` count for meters without a tariff of their own; `co2` are g/kWh; `expected`: with what was to be expected.
    """

    meter_ids: Sequence[str]
    window: Window
    market: Product = market.ANY
    terms: Terms = NO_TERMS
    co2: float | None = None
    expected: bool = False


@dataclass(frozen=True, slots=True)
class FigureReport:
    """Figures of [start, end), which is cut at the last full quarter-hour where it is not over; gaps of one meter's readings.

    `agreed`: the costs are by tariffs kept with the meters, and not by terms that were given or the exchange alone.
    """

    meter_ids: Sequence[str]
    start: int
    end: int
    said: str
    agreed: bool
    holds: str
    figures: Sequence[Figure]
    gaps: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PriceFigures:
    """What the prices of [start, end) say, EUR/MWh: now, BASE and PEAK, the cheapest and dearest hours of what is left, hours below zero.

    `whole`: every instant of the window has a price. `spread`: the dearest less the cheapest single hour of the whole window.
    """

    product: Product
    start: int
    end: int
    said: str
    hours: float
    now: float | None
    whole: bool
    base: float | None
    peak: float | None
    cheapest: Stretch | None
    dearest: Stretch | None
    cheapest_hour: Stretch | None
    dearest_hour: Stretch | None
    spread: float | None
    negative_h: float
    known_h: float


class KeyFigures:
    """Energy, peak, load factor, costs, own use, gaps and expectation of meters, at most 400 days; and what prices say."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, caller: Caller, asked: FiguresAsked, now: datetime | None = None) -> FigureReport:
        """The figures of one meter or of the sum of several; NotFound, InvalidInput."""
        check(asked.window, LONGEST_S)
        if not 1 <= len(asked.meter_ids) <= MOST_METERS:
            raise InvalidInput(f"Nennen Sie 1 bis {MOST_METERS} Zähler.")
        at = int((now or datetime.now(UTC)).timestamp())
        period = Period(asked.window.start, passed(asked.window.start, asked.window.end, at))
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            for meter_id in asked.meter_ids:
                meters.get(conn, meter_id, seen)
            return _Reckoning(conn, seen, asked, period, at).report()

    def prices(self, wanted: Product, asked: Window, hours: float = USUAL_HOURS, now: datetime | None = None) -> PriceFigures:
        """What the day-ahead (or another product's) prices of a window say; NotFound where nobody has any."""
        check(asked, LONGEST_S)
        at = int((now or datetime.now(UTC)).timestamp())
        with self._db.transaction() as conn:
            found = market.day_ahead(conn, asked.start, asked.end, wanted)
            if found is None:
                raise NotFound("Dafür gibt es keine Preise.", data={"market": wanted.market, "zone": wanted.zone})
            running = market.day_ahead(conn, at, at + 1, replace(wanted, market=found.product.market))
        return _of_prices(found.product, of_prices(found), asked, hours, (at, price_at(of_prices(running), at)))


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """One report in the making."""

    conn: Connection[Any]
    seen: Visible
    asked: FiguresAsked
    period: Period
    now: int

    def report(self) -> FigureReport:
        asked, source = self.asked, AnswerSource(StoredSource(self.conn, self.seen))
        given = {one: source.terms(one) for one in asked.meter_ids}
        terms = {one: filled(kept, asked.terms) for one, kept in given.items()}
        spot = of_prices(market.day_ahead(self.conn, self.now, self.now + 1, asked.market))
        each = [self._one(source, one, terms[one], spot) for one in asked.meter_ids]
        together = self._known(source, tuple(asked.meter_ids))
        told = of_sum(each, figures(together))
        start, end = self.period.start, self.period.end
        holds = {one.holds for one in terms.values()}
        if len(holds) > 1:
            least = min(one["cost"].covered for one in each)
            told["cost"] = replace(told["cost"], meaning=OWN_TARIFFS, basis=basis(together, least, MIXED))
        single = gaps(source.window((asked.meter_ids[0],), self.period)) if len(asked.meter_ids) == 1 else []
        return FigureReport(
            asked.meter_ids, start, end, describe(self.period), all(one.known for one in given.values()),
            holds.pop() if len(holds) == 1 else MIXED, list(told.values()), single[-MOST_GAPS:],
        )  # fmt: skip

    def _one(self, source: AnswerSource, meter_id: str, terms: Terms, spot: Steps) -> dict[str, Figure]:
        """The figures of one meter."""
        known = self._known(source, (meter_id,))
        found = dict(figures(known, terms))
        price = price_in_force(terms, spot, self.now)
        why = "" if price is not None else "Für diesen Augenblick ist kein Börsenpreis bekannt."
        found["price_in_force"] = figure(known, "price_in_force", price, "ct/kWh", "Preis einer weiteren kWh jetzt", why, holds=terms.holds)
        if self.asked.expected and self.period.seconds <= LONGEST_EXPECTED_S:
            due = expectation(source, meter_id, "consumption", self.period)
            found |= {one.name: one for one in expected(known, found["energy"], due)}
        return found

    def _known(self, source: AnswerSource, meter_ids: tuple[str, ...]) -> Known:
        """What is known of some meters together, at the prices and with the emissions that were asked for."""
        seen = replace(source.window(meter_ids, self.period), co2=self.asked.co2)
        if self.asked.market == market.ANY:
            return seen
        found = market.day_ahead(self.conn, self.period.start, self.period.end, self.asked.market)
        return replace(seen, price=None if found is None else of_prices(found))


def _of_prices(product: Product, of: Steps, asked: Window, hours: float, now: tuple[int, float | None]) -> PriceFigures:
    start, end = asked.start, asked.end
    inside = (np.clip(of.end, start, end) - np.clip(of.start, start, end)).astype(float)
    known = float(inside.sum())
    base, peak = base_and_peak(of, start, end)
    rest = left(start, end, now[0])
    low, high = cheapest(of, start, end, 1.0), dearest(of, start, end, 1.0)
    negative = float((inside * (of.value < 0)).sum()) / HOUR
    return PriceFigures(
        product, start, end, describe(Period(start, end)), hours, now[1], known >= end - start, base, peak, cheapest(of, *rest, hours),
        dearest(of, *rest, hours), low, high, None if low is None or high is None else high.mean - low.mean, negative, known / HOUR,
    )  # fmt: skip
