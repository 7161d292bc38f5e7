"""A tariff and the exchange's price in, the price in force out: what one more kWh from the grid costs, and one fed in brings. Pure.

Price in force, EUR/kWh of each instant:
- fixed price agreed: that price, as agreed (gross); it goes before a surcharge where both are given.
- dynamic tariff: exchange price x (1 + VAT) + surcharge; the surcharge holds its VAT already.
- no tariff known: the exchange price alone, net, without grid fees, levies and taxes.
The base fee is paid by the day, not by the kWh: its share of the calendar year belongs to a window's costs and not to this price.
What is fed in is not taken off: it brings `feed_in_ct_kwh`, else the exchange price.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from nova.energy.calendar import day_start, local_date
from nova.errors import InvalidInput
from nova.series import Values

Kind = Literal["fixed", "dynamic", "exchange"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a customer pays: ct/kWh in a fixed tariff, ct/kWh above the spot price, ct/kWh for feeding in, EUR a year whatever is used.

    All are in the end amount; `vat_percent` is put on the spot price only, the others already hold it.
    """

    fixed_ct_kwh: float | None = None
    surcharge_ct_kwh: float | None = None
    feed_in_ct_kwh: float | None = None
    vat_percent: float = 0.0
    base_eur_year: float = 0.0

    @property
    def kind(self) -> Kind:
        """Which price is in force."""
        if self.fixed_ct_kwh is not None:
            return "fixed"
        return "exchange" if self.surcharge_ct_kwh is None else "dynamic"

    @property
    def known(self) -> bool:
        """Whether a price of a kWh is agreed at all."""
        return self.kind != "exchange"

    @property
    def holds(self) -> str:
        """What a sum of money by these terms holds, in German."""
        if self.kind == "exchange":
            return "nur Börsenpreis, netto, ohne Netzentgelt, Abgaben und Steuern"
        parts = "Arbeitspreis und Grundpreis" if self.base_eur_year else "Arbeitspreis"
        if self.kind == "fixed":
            return f"{parts}, brutto"
        return f"{parts} nach Börsenpreis mit Aufschlag, {'brutto' if self.vat_percent else 'ohne Umsatzsteuer auf den Börsenpreis'}"


NO_TERMS = Terms()


def terms_of(given: Any) -> Terms:
    """A tariff of plain values; InvalidInput names the known keys for an unknown one and for what is no number."""
    known = [one.name for one in fields(Terms)]
    if not isinstance(given, Mapping) or any(key not in known or not is_number(value) for key, value in given.items()):
        raise InvalidInput(f"Der Tarif eines Zählers hat Zahlen unter {', '.join(known)}.")
    return Terms(**{key: float(value) for key, value in given.items()})


def terms_in(facts: Mapping[str, Any]) -> Terms:
    """The tariff among a meter's facts; without one nothing is agreed. InvalidInput."""
    return terms_of(facts.get("tariff") or {})


def is_number(value: Any) -> bool:
    """Whether a plain value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def filled(kept: Terms, given: Terms) -> Terms:
    """What is kept, and of what is given only what does not change the price in force: a tariff to compare with, what feeding in brings."""
    feed_in = given.feed_in_ct_kwh if kept.feed_in_ct_kwh is None else kept.feed_in_ct_kwh
    if not kept.known:
        return replace(given, feed_in_ct_kwh=feed_in)
    if kept.kind == "fixed" and kept.surcharge_ct_kwh is None:
        return replace(kept, feed_in_ct_kwh=feed_in, surcharge_ct_kwh=given.surcharge_ct_kwh, vat_percent=given.vat_percent)
    return replace(kept, feed_in_ct_kwh=feed_in)


def in_force(terms: Terms, spot: Values) -> Values:
    """EUR/kWh in force at exchange prices in EUR/MWh; a fixed price needs none, elsewhere NaN stays NaN."""
    return dynamic(terms, spot) if terms.fixed_ct_kwh is None else np.full(len(spot), terms.fixed_ct_kwh / 100)


def dynamic(terms: Terms, spot: Values) -> Values:
    """EUR/kWh that follow exchange prices in EUR/MWh: with VAT and surcharge, whether or not a fixed price is agreed."""
    followed: Values = spot / 1000 * (1 + terms.vat_percent / 100) + (terms.surcharge_ct_kwh or 0.0) / 100
    return followed


def feeding_in(terms: Terms, spot: Values) -> Values:
    """EUR/kWh that feeding in brings at exchange prices in EUR/MWh."""
    return spot / 1000 if terms.feed_in_ct_kwh is None else np.full(len(spot), terms.feed_in_ct_kwh / 100)


def base_fee(terms: Terms, start: int, end: int) -> float:
    """EUR of base fee from `start` to `end`: of each calendar year its share by time."""
    total = 0.0
    for year in range(local_date(start).year, local_date(max(end - 1, start)).year + 1):
        first, last = day_start(date(year, 1, 1)), day_start(date(year + 1, 1, 1))
        total += max(0, min(end, last) - max(start, first)) / (last - first)
    return terms.base_eur_year * total
