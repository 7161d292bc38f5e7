"""What the customer service is shown of customers: who may leave, which groups there are, what others offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from nova.crowd import FEWEST
from nova.seeding.delivery.kinds import ENGINES
from nova.seeding.delivery.makers import typed
from nova.seeding.pretrain import Model, predict

MOST = 50
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A customer as their newest record tells, and the chance (0 to 1) that they leave within 90 days."""

    customer_no: str
    chance: float
    tariff: str | None
    months_left: float | None
    price_change: float | None
    contacts_90d: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """Customers that are alike: how many, and what they use on average (kWh, shares from 0 to 1, kW)."""

    group: str
    n: int
    means: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a supplier takes at a postcode: EUR a month and ct a kWh, from a day on (ISO)."""

    supplier: str
    plz: str
    base_eur: float
    ct_kwh: float
    valid_from: str


def at_risk(model: Model, records: pl.DataFrame, most: int = MOST) -> list[AtRisk]:
    """The customers that most likely leave, of each the newest record."""
    told = typed(ENGINES["Churn"], records).drop_nulls(["customer_no", "cutoff"])
    newest = told.sort("customer_no", "cutoff").unique("customer_no", keep="last", maintain_order=True)
    if newest.is_empty():
        return []
    said = newest.with_columns(predict(model, newest).round(4).alias("§chance")).sort("§chance", "customer_no", descending=[True, False])
    names = ("customer_no", "§chance", "tariff", "months_left", "price_change", "contacts_90d")
    return [AtRisk(*row) for row in said.select(names).head(most).iter_rows()]


def groups(model: Model, records: pl.DataFrame) -> list[Group]:
    """The groups of at least five customers, the largest first."""
    told = typed(ENGINES["CustomerIntelligence"], records)
    by = told.with_columns(predict(model, told).alias("§group")).group_by("§group").agg(pl.len().alias("§n"), pl.all().mean().round(4))
    shown = by.filter(pl.col("§n") >= FEWEST).sort("§n", "§group", descending=[True, False])
    return [Group(str(row["§group"]), int(row["§n"]), {name: row[name] for name in told.columns}) for row in shown.iter_rows(named=True)]


def offers(rows: Rows, plz: str) -> list[Offer]:
    """What others offer at a postcode, the cheapest kWh first."""
    found = [_offer(row) for row in rows if row["plz"] == plz]
    return sorted(found, key=lambda one: (one.ct_kwh, one.base_eur, one.supplier))


def _offer(row: Mapping[str, Any]) -> Offer:
    day = pl.from_epoch(pl.Series([int(row["valid_from"])]), time_unit="s")[0].date().isoformat()
    return Offer(str(row["supplier"]), str(row["plz"]), float(row["base_eur"]), float(row["ct_kwh"]), day)
