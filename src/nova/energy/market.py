"""Whose prices count: the one choice of a market's day-ahead prices for figures, charts, plans, recommendations and answers.

Where nobody names a market it is the one that comes first in `standing` among those that have prices of the window. Of a market that
delivers several interval lengths the shortest counts wherever it is known, and a longer one's price holds in each part of it elsewhere.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from psycopg import Connection

from nova.series import DAY, HOUR, Prices, Product
from nova.series import prices as columns
from nova.store.series import prices

DAY_AHEAD = "DAY_AHEAD"
ZONE = "DE-LU"
REAL = ("EPEX", "EEX")  # whose prices count where a question names no market, as long as they come in
STALE_S = 7 * DAY  # behind the newest prices of any market
ANY = Product("", DAY_AHEAD, ZONE)


def day_ahead(conn: Connection[Any], start: int, end: int, asked: Product = ANY) -> Prices | None:
    """Day-ahead prices (or another product's) of every interval that touches [start, end), in the shortest length; None without any."""
    traded = prices.products(conn)
    while found := delivered(traded, asked, asked.product or DAY_AHEAD, (start, end)):
        given = [prices.get(conn, product, start - HOUR, end) for product in found]
        if known := [one for one in given if (one.ts + one.product.seconds > start).any()]:
            return finest(known)
        traded = [one for one in traded if one.product.market != found[0].market]  # it has none of this window: the next one counts
    return None


def finest(given: Sequence[Prices]) -> Prices:
    """Prices of one product in several interval lengths, the shortest first, as one series of the shortest; at least one."""
    best = given[0]
    seconds, product = best.product.seconds, best.product
    ts, price = best.ts, best.price
    for one in given[1:]:
        parts = max(1, one.product.seconds // seconds)
        begins = (one.ts[:, None] + seconds * np.arange(parts, dtype=np.int64)).ravel()
        free = ~np.isin(begins, ts)
        order = np.argsort(np.r_[ts, begins[free]], kind="stable")
        ts, price = np.r_[ts, begins[free]][order], np.r_[price, np.repeat(one.price, parts)[free]][order]
    return columns(product, ts, price)


def delivered(traded: Sequence[prices.Traded], asked: Product, kind: str, window: tuple[int, int] | None = None) -> list[Product]:
    """What is stored of a product of one market, the shortest intervals first; where no market is named, of one with prices then."""
    found = [one for one in traded if (one.product.product, one.product.zone) == (kind, asked.zone)]
    then = [one for one in found if window is None or _reaches(one, window)]
    market = asked.market or _first_market(then or found, found, asked.zone)
    return sorted((one.product for one in found if one.product.market == market), key=lambda one: one.seconds)


def _first_market(some: Sequence[prices.Traded], traded: Sequence[prices.Traded], zone: str) -> str:
    """The market of some that counts before the others; "" for none."""
    rank_of = standing(traded)
    return min((one.product.market for one in some), key=lambda name: rank_of(name, zone), default="")


def _reaches(one: prices.Traded, window: tuple[int, int]) -> bool:
    """Whether there are prices of a window."""
    return one.first < window[1] and one.last + one.product.seconds > window[0]


def standing(traded: Sequence[prices.Traded]) -> Callable[[str, str], tuple[bool, int, str, str]]:
    """How to sort markets and zones: those whose prices still come in, then real ones, then by name."""
    until: dict[tuple[str, str], int] = {}
    for one in traded:
        place = one.product.market, one.product.zone
        until[place] = max(one.last, until.get(place, one.last))
    due = max(until.values(), default=0) - STALE_S
    return lambda market, zone: (until[market, zone] < due, REAL.index(market) if market in REAL else len(REAL), market, zone)
