"""Readings and prices of a window in, key figures out: energy, peak, utilisation, base load, costs, own use, CO2. Pure.

Nothing is scaled over gaps: sums are of what is known, and `covered` says of how much of the window that is. A figure that cannot be told
is None with a German reason. `consumption` is what is used and `production` what is made behind the meter; the grid gives their difference.
"""

from collections.abc import Mapping
from typing import SupportsFloat

import numpy as np

from nova.energy.calendar import local_hours
from nova.energy.costs import NO_READINGS, costs, market
from nova.energy.figure import Figure, Window, figure
from nova.energy.spans import Spans, mean_over
from nova.energy.tariff import NO_TERMS, Terms
from nova.series import QUARTER, Values

NIGHT = (0.0, 5.0)  # local hours in which only what always runs does
BASE_QUANTILE = 0.05  # of the nights' power: above dips, below what runs by chance; stated with the figure
SHORTEST_YEAR, LONGEST_YEAR = 365, 366  # days; hours of use are told of whole years only
ENOUGH = 0.95  # of a year must be known before hours of use are told


def figures(seen: Window, terms: Terms = NO_TERMS) -> Mapping[str, Figure]:
    """All figures by name."""
    found = [
        energy(seen),
        bought(seen),
        missing(seen),
        *peaks(seen),
        load_factor(seen),
        hours_of_use(seen),
        base_load(seen),
        *costs(seen, terms),
        *market(seen),
    ]
    found += [*own(seen), co2_of(seen)]
    return {one.name: one for one in found}


def energy(seen: Window) -> Figure:
    """E = sum of P x dt over what is known, in kWh."""
    value, reason = (float(seen.known.consumption @ seen.known.hours), "") if len(seen.known) else (None, NO_READINGS)
    return figure(seen, "energy", value, "kWh", "Summe aus Leistung mal Zeit aller bekannten Intervalle", reason)


def bought(seen: Window) -> Figure:
    """What came from the grid: what consumption exceeds own production by in each known interval, in kWh."""
    meaning = "Verbrauch über der gleichzeitigen Erzeugung"
    if not len(seen.known):
        return figure(seen, "bought", None, "kWh", meaning, NO_READINGS)
    return figure(seen, "bought", float(seen.known.bought @ seen.known.hours), "kWh", meaning)


def missing(seen: Window) -> Figure:
    """How much of the window lies in gaps (`figure.gaps`), in hours."""
    return figure(seen, "missing", seen.missing_s / 3600, "h", "Zeit ohne Messwert")


def peaks(seen: Window) -> list[Figure]:
    """The highest mean power of a single interval, and of a quarter-hour of the clock known in full (what grid fees count)."""
    known = seen.known
    if not len(known):
        none = NO_READINGS
        return [figure(seen, name, None, "kW", "höchste Leistung", none) for name in ("peak", "quarter_peak")]
    top = int(known.consumption.argmax())
    single = figure(
        seen, "peak", float(known.consumption[top]), "kW", "höchste mittlere Leistung eines Messintervalls", at=int(known.start[top])
    )
    fourths = quarters(known)
    if not len(fourths):
        return [single, figure(seen, "quarter_peak", None, "kW", _QUARTER, "Keine Viertelstunde ist vollständig bekannt.")]
    top = int(fourths.consumption.argmax())
    highest = float(fourths.consumption[top])
    return [single, figure(seen, "quarter_peak", highest, "kW", _QUARTER, at=int(fourths.start[top]))]


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
        return figure(seen, "load_factor", None, "1", meaning, "Ohne Verbrauch gibt es keine Spitze.")
    mean = float(seen.known.consumption @ seen.known.hours) / float(seen.known.hours.sum())
    return figure(seen, "load_factor", mean / top, "1", meaning)


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
    return figure(seen, "hours_of_use", value, "h", meaning, reason)


def base_load(seen: Window) -> Figure:
    """The 5 % quantile of the power between 0 and 5 o'clock local time, each interval with its length as weight."""
    meaning = "5-%-Quantil der Leistung von 0 bis 5 Uhr Ortszeit"
    hour = local_hours(seen.known.start)
    night = seen.known.take((hour >= NIGHT[0]) & (hour < NIGHT[1]))
    if not len(night):
        return figure(seen, "base_load", None, "kW", meaning, "Aus keiner Nacht gibt es Messwerte.")
    return figure(seen, "base_load", weighted_quantile(night.consumption, night.hours, BASE_QUANTILE), "kW", meaning)


def weighted_quantile(values: Values, weights: Values, share: float) -> float:
    """The smallest value at or below which at least this share of the weights lies."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(reached, share * reached[-1] - 1e-12))])


def own(seen: Window) -> list[Figure]:
    """Self-use = sum of min(load, production); Eigenverbrauchsquote = self-use / production, Autarkiegrad = self-use / load.

    As HTW Berlin defines them (Weniger, Quaschning et al., Unabhängigkeitsrechner), without a battery behind the meter. Within an interval
    both count as simultaneous, so long intervals tell too much rather than too little. Shares are of intervals of which both are known;
    what is made and not used at once is fed in, of a plant that uses nothing all of it.
    """
    every, both = seen.made, seen.made.take(np.isfinite(seen.made.consumption))
    made, used, at_once = (float(part @ both.hours) for part in (both.production, both.consumption, both.used_at_once))
    why = "" if len(every) else "Für diesen Zähler gibt es keine Erzeugung."
    no_share = why if made > 0 or why else "Zu keiner Erzeugung ist der Verbrauch bekannt."
    some, met = seen.share(every), seen.share(both)
    return [
        _of_plant(seen, "production", every.production @ every.hours, "Summe der Erzeugung", why, some),
        _of_plant(seen, "feed_in", every.fed_in @ every.hours, "Erzeugung über dem gleichzeitigen Verbrauch", why, some),
        _of_plant(seen, "self_used", at_once, "gleichzeitig verbrauchte Erzeugung", why, met),
        _share(seen, "self_consumption", (at_once, made), "selbst verbrauchter Anteil der Erzeugung", no_share or _NOTHING),
        _share(seen, "autarky", (at_once, used if made > 0 else 0.0), "selbst erzeugter Anteil des Verbrauchs", no_share or _NOTHING),
    ]


_NOTHING = "Im Zeitraum wurde nichts erzeugt oder nichts verbraucht."


def _of_plant(seen: Window, name: str, value: SupportsFloat, meaning: str, why: str, covered: float) -> Figure:
    return figure(seen, name, None if why else float(value), "kWh", meaning, why, covered=covered)


def _share(seen: Window, name: str, of: tuple[float, float], meaning: str, why: str) -> Figure:
    part, whole = of
    value = part / whole if whole > 0 else None
    both = seen.made.take(np.isfinite(seen.made.consumption))
    return figure(seen, name, value, "1", meaning, "" if value is not None else why, covered=seen.share(both))


def co2_of(seen: Window) -> Figure:
    """kg = grid energy x factor (g/kWh) / 1000; a factor that changes counts with its mean over each interval."""
    meaning = "Netzbezug mal Emissionsfaktor"
    if seen.co2 is None:
        return figure(seen, "co2", None, "kg", meaning, "Es ist kein Emissionsfaktor angegeben.")
    known = seen.known
    factor = np.full(len(known), seen.co2) if isinstance(seen.co2, float | int) else mean_over(seen.co2, known.start, known.end)
    told = np.isfinite(factor)
    if not told.any():
        return figure(seen, "co2", None, "kg", meaning, "Für keinen Messwert ist ein Emissionsfaktor bekannt.")
    value = float((known.bought * known.hours)[told] @ factor[told]) / 1000
    return figure(seen, "co2", value, "kg", meaning, covered=seen.share(known.take(told)))
