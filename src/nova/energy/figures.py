"""Readings and prices of a window in, key figures out: energy, peak, utilisation, base load, costs, own use, CO2. Pure.

Nothing is scaled over gaps: sums are of what is known, and `covered` says of how much of the window that is. A figure that cannot be told
is None with a German reason. `consumption` is what is used and `production` what is made behind the meter; the grid gives their difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import local_hours, weekdays
from nova.energy.spans import Spans, Steps, mean_over, spans, steps
from nova.errors import InvalidInput
from nova.series import QUARTER, Prices, Readings, Signal, Values

NIGHT = (0.0, 5.0)  # local hours in which only what always runs does
BASE_QUANTILE = 0.05  # of the nights' power: above dips, below what runs by chance; stated with the figure
SHORTEST_YEAR, LONGEST_YEAR = 365, 366  # days; hours of use are told of whole years only
ENOUGH = 0.95  # of a year must be known before hours of use are told
PEAK_HOURS = (8.0, 20.0)  # EPEX: PEAK is Monday to Friday, 8 to 20 o'clock, holidays included


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value or the reason that there is none, its unit, when (peak), and what it is a figure of."""

    name: str
    value: float | None
    unit: str
    meaning: str
    reason: str = ""
    at: int | None = None
    covered: float = 1.0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a customer pays: ct/kWh in a fixed tariff, ct/kWh above the spot price, ct/kWh for feeding in, all in the end amount.

    `vat_percent` is put on the spot price only; the others already hold it.
    """

    fixed_ct_kwh: float | None = None
    surcharge_ct_kwh: float | None = None
    feed_in_ct_kwh: float | None = None
    vat_percent: float = 0.0


def terms_of(given: Any) -> Terms:
    """A tariff of plain values; InvalidInput names the known keys for an unknown one and for what is no number."""
    known = [one.name for one in fields(Terms)]
    if not isinstance(given, Mapping) or any(key not in known or not is_number(value) for key, value in given.items()):
        raise InvalidInput(f"Der Tarif eines Zählers hat Zahlen unter {', '.join(known)}.")
    return Terms(**{key: float(value) for key, value in given.items()})


def is_number(value: Any) -> bool:
    """Whether a plain value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A window with what is known of it: [start, end), spans of readings, the spot price and the CO2 factor where they are known."""

    start: int
    end: int
    known: Spans
    price: Steps | None
    co2: Steps | float | None

    @property
    def covered(self) -> float:
        """The share of the window of which consumption is known, 0..1."""
        return float((self.known.end - self.known.start).sum()) / max(self.end - self.start, 1)


def window(
    readings: Sequence[Readings], start: int, end: int, *, prices: Prices | None = None, co2: Signal | float | None = None
) -> Window:
    """The window [start, end) of one meter's readings; `co2` in g/kWh, one number or a signal."""
    spot = None if prices is None else steps(prices.ts, prices.product.seconds, prices.price)
    factor = steps(co2.ts, co2.seconds, co2.value) if isinstance(co2, Signal) else co2
    return Window(start, end, spans(readings, start, end), spot, factor)


def figures(seen: Window, terms: Terms = Terms()) -> Mapping[str, Figure]:
    """All figures by name."""
    found = [energy(seen), *peaks(seen), load_factor(seen), hours_of_use(seen), base_load(seen), *costs(seen, terms), *market(seen)]
    found += [*own(seen), co2_of(seen)]
    return {one.name: one for one in found}


def energy(seen: Window) -> Figure:
    """E = sum of P x dt over what is known, in kWh."""
    value, reason = (float(seen.known.consumption @ seen.known.hours), "") if len(seen.known) else (None, "Es gibt keine Messwerte.")
    return _figure(seen, "energy", value, "kWh", "Summe aus Leistung mal Zeit aller bekannten Intervalle", reason)


def peaks(seen: Window) -> list[Figure]:
    """The highest mean power of a single interval, and of a quarter-hour of the clock known in full (what grid fees count)."""
    known = seen.known
    if not len(known):
        none = "Es gibt keine Messwerte."
        return [_figure(seen, name, None, "kW", "höchste Leistung", none) for name in ("peak", "quarter_peak")]
    top = int(known.consumption.argmax())
    single = _figure(
        seen, "peak", float(known.consumption[top]), "kW", "höchste mittlere Leistung eines Messintervalls", at=int(known.start[top])
    )
    fourths = quarters(known)
    if not len(fourths):
        return [single, _figure(seen, "quarter_peak", None, "kW", _QUARTER, "Keine Viertelstunde ist vollständig bekannt.")]
    top = int(fourths.consumption.argmax())
    highest = float(fourths.consumption[top])
    return [single, _figure(seen, "quarter_peak", highest, "kW", _QUARTER, at=int(fourths.start[top]))]


_QUARTER = "höchste mittlere Leistung einer vollständig bekannten Viertelstunde"


def quarters(known: Spans) -> Spans:
    """The quarter-hours (or longer intervals) that are known in full, by time, with their mean consumption."""
    length = known.end - known.start
    fine = length < QUARTER
    slot = known.start[fine] // QUARTER
    if (known.end[fine] > (slot + 1) * QUARTER).any():
        fine, slot = np.zeros(len(known), bool), slot[:0]  # spans that cross quarter-hours stay as they are
    which, place = np.unique(slot, return_inverse=True)
    seconds = np.bincount(place, length[fine], len(which))
    energy = np.bincount(place, known.consumption[fine] * length[fine], len(which))
    full = seconds == QUARTER
    start = np.r_[which[full] * QUARTER, known.start[~fine]]
    end = np.r_[which[full] * QUARTER + QUARTER, known.end[~fine]]
    order = np.argsort(start, kind="stable")
    mean = np.r_[energy[full] / QUARTER, known.consumption[~fine]]
    return Spans(start[order], end[order], mean[order], np.full(len(order), np.nan))


def load_factor(seen: Window) -> Figure:
    """Mean power over the highest: (E / h) / P_max of what is known, 0..1 (Belastungsgrad)."""
    top = peaks(seen)[0].value
    meaning = "mittlere durch höchste Leistung der bekannten Intervalle"
    if not top:
        return _figure(seen, "load_factor", None, "1", meaning, "Ohne Verbrauch gibt es keine Spitze.")
    mean = float(seen.known.consumption @ seen.known.hours) / float(seen.known.hours.sum())
    return _figure(seen, "load_factor", mean / top, "1", meaning)


def hours_of_use(seen: Window) -> Figure:
    """h = kWh of a year / peak of a quarter-hour in kW (Benutzungsstunden, as § 19 Abs. 2 StromNEV uses them); of whole years only."""
    meaning = "Verbrauch eines Jahres durch höchste Viertelstunde"
    days = (seen.end - seen.start) / 86_400
    top = peaks(seen)[1].value
    reason = ""
    if not SHORTEST_YEAR - 0.05 <= days <= LONGEST_YEAR + 0.05:
        reason = "Benutzungsstunden gelten für ein ganzes Jahr."
    elif seen.covered < ENOUGH:
        reason = f"Vom Jahr sind nur {seen.covered * 100:.0f} % bekannt; hochgerechnet wird nicht."
    elif not top:
        reason = "Ohne Verbrauch gibt es keine Spitze."
    value = None if reason or not top else float(seen.known.consumption @ seen.known.hours) / top
    return _figure(seen, "hours_of_use", value, "h", meaning, reason)


def base_load(seen: Window) -> Figure:
    """The 5 % quantile of the power between 0 and 5 o'clock local time, each interval with its length as weight."""
    meaning = "5-%-Quantil der Leistung von 0 bis 5 Uhr Ortszeit"
    hour = local_hours(seen.known.start)
    night = seen.known.take((hour >= NIGHT[0]) & (hour < NIGHT[1]))
    if not len(night):
        return _figure(seen, "base_load", None, "kW", meaning, "Aus keiner Nacht gibt es Messwerte.")
    return _figure(seen, "base_load", weighted_quantile(night.consumption, night.hours, BASE_QUANTILE), "kW", meaning)


def weighted_quantile(values: Values, weights: Values, share: float) -> float:
    """The smallest value at or below which at least this share of the weights lies."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(reached, share * reached[-1] - 1e-12))])


def costs(seen: Window, terms: Terms) -> list[Figure]:
    """EUR for what the grid gave: fixed tariff, and spot price + surcharge; both over what has a reading and a price, so they compare."""
    known, priced, spot = _priced(seen)
    bought = known.bought * known.hours
    meaning = "Netzbezug der Intervalle mit Messwert und Preis"
    if terms.fixed_ct_kwh is None:
        fixed = _figure(seen, "cost_fixed", None, "EUR", "Netzbezug mal Festpreis", "Es ist kein Festpreis angegeben.")
    elif not len(known):
        fixed = _figure(seen, "cost_fixed", None, "EUR", "Netzbezug mal Festpreis", "Es gibt keine Messwerte.")
    else:
        alone = not priced.any()  # nothing to compare with
        of = bought if alone else bought[priced]
        covered = seen.covered if alone else _share(seen, known.take(priced))
        told = "Netzbezug mal Festpreis" if alone else f"{meaning} mal Festpreis"
        fixed = _figure(seen, "cost_fixed", float(of.sum()) * terms.fixed_ct_kwh / 100, "EUR", told, covered=covered)
    if not priced.any():
        return [fixed, _figure(seen, "cost_spot", None, "EUR", meaning, _no_price(seen))]
    if terms.surcharge_ct_kwh is None:
        return [fixed, _figure(seen, "cost_spot", None, "EUR", meaning, "Es ist kein Aufschlag auf den Börsenpreis angegeben.")]
    rate = spot[priced] / 1000 * (1 + terms.vat_percent / 100) + terms.surcharge_ct_kwh / 100
    covered = _share(seen, known.take(priced))
    value = float(bought[priced] @ rate)
    return [fixed, _figure(seen, "cost_spot", value, "EUR", f"{meaning} mal (Börsenpreis + Aufschlag)", covered=covered)]


def market(seen: Window) -> list[Figure]:
    """EUR/MWh paid on average, BASE and PEAK of the same window, and the share of the energy at negative prices."""
    known, priced, spot = _priced(seen)
    bought = (known.bought * known.hours)[priced]
    covered = _share(seen, known.take(priced))
    paid = float(bought @ spot[priced] / bought.sum()) if bought.sum() > 0 else None
    why = "" if paid is not None else _no_price(seen) if not priced.any() else "Es wurde nichts aus dem Netz bezogen."
    below = None
    if seen.price is not None and paid is not None:
        negative = mean_over(Steps(seen.price.start, seen.price.end, (seen.price.value < 0).astype(float)), known.start, known.end)
        below = float(bought @ negative[priced] / bought.sum())
    base, peak = _base_and_peak(seen)
    return [
        _figure(seen, "paid_price", paid, "EUR/MWh", "Börsenpreis, mit dem Netzbezug gewichtet", why, covered=covered),
        _figure(
            seen, "base_price", base, "EUR/MWh", "Mittel des Börsenpreises im Zeitraum (BASE)", "" if base is not None else _no_price(seen)
        ),
        _figure(
            seen, "peak_price", peak, "EUR/MWh", "Mittel montags bis freitags von 8 bis 20 Uhr (PEAK)", "" if peak is not None else _NO_PEAK
        ),
        _figure(seen, "negative_share", below, "1", "Anteil des Netzbezugs zu negativen Preisen", why, covered=covered),
    ]


_NO_PEAK = "Im Zeitraum liegt keine PEAK-Stunde mit Preis."


def own(seen: Window) -> list[Figure]:
    """Own use = sum of min(load, production); Eigenverbrauchsquote = own use / production, Autarkiegrad = own use / load.

    As HTW Berlin defines them (Weniger, Quaschning et al., Unabhängigkeitsrechner), without a battery behind the meter.

    Within an interval both count as simultaneous, so long intervals tell too much rather than too little.
    """
    both = seen.known.take(np.isfinite(seen.known.production))
    made, used = float(both.production @ both.hours), float(both.consumption @ both.hours)
    self_used = float(np.minimum(both.production, both.consumption) @ both.hours)
    covered = _share(seen, both)
    none = "Für diesen Zähler gibt es keine Erzeugung."
    quota = self_used / made if made > 0 else None
    autarky = self_used / used if made > 0 and used > 0 else None
    total = made if len(both) else None
    return [
        _figure(seen, "production", total, "kWh", "Summe der Erzeugung", "" if len(both) else none, covered=covered),
        _figure(
            seen,
            "self_consumption",
            quota,
            "1",
            "selbst verbrauchter Anteil der Erzeugung",
            "" if quota is not None else none,
            covered=covered,
        ),
        _figure(
            seen, "autarky", autarky, "1", "selbst erzeugter Anteil des Verbrauchs", "" if autarky is not None else none, covered=covered
        ),
    ]


def co2_of(seen: Window) -> Figure:
    """kg = grid energy x factor (g/kWh) / 1000; a factor that changes counts with its mean over each interval."""
    meaning = "Netzbezug mal Emissionsfaktor"
    if seen.co2 is None:
        return _figure(seen, "co2", None, "kg", meaning, "Es ist kein Emissionsfaktor angegeben.")
    known = seen.known
    factor = np.full(len(known), seen.co2) if isinstance(seen.co2, float | int) else mean_over(seen.co2, known.start, known.end)
    told = np.isfinite(factor)
    if not told.any():
        return _figure(seen, "co2", None, "kg", meaning, "Für keinen Messwert ist ein Emissionsfaktor bekannt.")
    value = float((known.bought * known.hours)[told] @ factor[told]) / 1000
    return _figure(seen, "co2", value, "kg", meaning, covered=_share(seen, known.take(told)))


def _priced(seen: Window) -> tuple[Spans, NDArray[np.bool_], Values]:
    """The known spans, which of them have a price, and the mean price of each in EUR/MWh."""
    known = seen.known
    spot = np.full(len(known), np.nan) if seen.price is None else mean_over(seen.price, known.start, known.end)
    return known, np.isfinite(spot), spot


def _base_and_peak(seen: Window) -> tuple[float | None, float | None]:
    """Means over time of the prices of the window: all, and of Monday to Friday from 8 to 20 o'clock."""
    if seen.price is None:
        return None, None
    start, end = np.clip(seen.price.start, seen.start, seen.end), np.clip(seen.price.end, seen.start, seen.end)
    weight = (end - start).astype(float)
    hour = local_hours(seen.price.start)
    peak = (weekdays(seen.price.start) < 5) & (hour >= PEAK_HOURS[0]) & (hour < PEAK_HOURS[1])
    return _mean(seen.price.value, weight), _mean(seen.price.value, weight * peak)


def _mean(values: Values, weights: Values) -> float | None:
    return float(values @ weights / weights.sum()) if weights.sum() > 0 else None


def _no_price(seen: Window) -> str:
    return (
        "Es sind keine Preise bekannt." if seen.price is None or not len(seen.price.start) else "Zu keinem Messwert ist der Preis bekannt."
    )


def _share(seen: Window, part: Spans) -> float:
    return float((part.end - part.start).sum()) / max(seen.end - seen.start, 1)


def _figure(seen: Window, name: str, value: float | None, unit: str, meaning: str, reason: str = "", **more: float | int | None) -> Figure:
    at, covered = more.get("at"), more.get("covered", seen.covered)
    return Figure(name, value, unit, meaning, reason, None if at is None else int(at), float(covered or 0.0), len(seen.known))
