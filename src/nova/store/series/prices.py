"""Market prices in and out of their table as columns, inside the caller's transaction. Everybody may see them.

Instants are whole seconds since 1970. Products of other interval lengths are series apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from nova.records import EPOCH
from nova.series import Prices, Product, Quality
from nova.store import queries
from nova.store.series import put as series_put
from nova.store.series.put import Kind, Stored, Strand, Task

SQL = queries.load("prices")
COPY = "COPY market_prices (market, product, zone, seconds, ts, price_eur_mwh, volume, quality, batch_id) FROM STDIN (FORMAT binary)"
KIND = Kind("market_prices", SQL, COPY, apart=True)


@dataclass(frozen=True, slots=True)
class Version:
    """What a price was, or (without `replaced_by`) is: EUR/MWh and MWh, None for unknown."""

    price_eur_mwh: float | None
    volume: float | None
    quality: Quality
    batch_id: int
    replaced_by: int | None
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Traded:
    """A product, and when its first and its last interval begin."""

    product: Product
    first: int
    last: int


def put(conn: Connection[Any], pieces: Iterable[Prices], batch_id: int, *, insist: bool = False, again: bool = False) -> Stored:
    """Store prices, everything or nothing with the caller's transaction; how many were new, the same, corrected (see `series.put`).

    With `again` what was replaced before may come back.
    """
    strands = [_strand(piece) for piece in pieces] if isinstance(pieces, Sequence) else (_strand(piece) for piece in pieces)
    return sum((stored for _, stored in series_put.put(Task(conn, KIND, batch_id, insist, again), strands)), Stored())


def get(conn: Connection[Any], product: Product, start: int, end: int) -> Prices:
    """The prices of a product whose intervals begin in [start, end); without rows when there are none."""
    found = series_put.between(conn, KIND, [(_key(product), product.seconds)], [start], [max(start, end)])[0].strand
    price, volume = found.values
    return Prices(product, found.ts, price, volume, found.quality)


def history(conn: Connection[Any], product: Product, ts: int) -> list[Version]:
    """What the price of the interval that begins at `ts` was and is, the oldest first."""
    names = {"market": product.market, "product": product.product, "zone": product.zone, "seconds": product.seconds}
    rows = conn.execute(SQL["versions"], names | {"ts": EPOCH + timedelta(seconds=ts)}).fetchall()
    return [Version(**row) for row in rows]


def products(conn: Connection[Any]) -> list[Traded]:
    """What the table holds, by product."""
    rows = conn.execute(SQL["products"]).fetchall()
    return [Traded(Product(row["market"], row["product"], row["zone"], row["seconds"]), row["first"], row["last"]) for row in rows]


def _key(product: Product) -> tuple[str, str, str]:
    return product.market, product.product, product.zone


def _strand(piece: Prices) -> Strand:
    return Strand(_key(piece.product), piece.product.seconds, piece.ts, (piece.price, piece.volume), piece.quality)
