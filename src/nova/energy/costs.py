"""A window and a tariff in, what it cost out: the one definition of cost. Pure.

Cost = what came from the grid in each interval times the price in force then (`tariff`), plus the base fee's share of the window's time.
What is fed in is a figure of its own and never taken off. With a fixed price every known interval counts; where the price follows the
exchange (or no tariff is known) only intervals whose exchange price is known as a whole, with its mean over the interval. Gaps cost
nothing and are said; nothing is scaled over them. Two tariffs are compared over the intervals that both can price.
"""

import numpy as np

from nova.energy.calendar import is_peak
from nova.energy.cheapest import price_at
from nova.energy.figure import Figure, Window, figure
from nova.energy.spans import Steps, mean_over
from nova.energy.tariff import NO_TERMS, Terms, base_fee, dynamic, feeding_in, in_force
from nova.series import Values

NO_READINGS = "Es gibt keine Messwerte."
_GRID = "Netzbezug"
_NO_PEAK = "Im Zeitraum liegt keine PEAK-Stunde mit Preis."


def costs(seen: Window, terms: Terms) -> list[Figure]:
    """EUR: `cost` by the tariff in force, and the energy alone at the fixed price, in a dynamic tariff and at the exchange."""
    return [
        _cost(seen, terms),
        _fixed(seen, terms),
        _spot(seen, terms),
        _market(seen),
        _base(seen, terms),
        _saves(seen, terms),
        _earned(seen, terms),
    ]


def _cost(seen: Window, terms: Terms) -> Figure:
    """What the window cost by the tariff in force, base fee included."""
    work = _fixed(seen, terms) if terms.kind == "fixed" else _spot(seen, terms) if terms.kind == "dynamic" else _market(seen)
    fee = _fee(seen, terms) if terms.known else 0.0
    meaning = f"{work.meaning}{' und Anteil des Grundpreises' if fee else ''}"
    if work.value is None:
        return figure(seen, "cost", None, "EUR", meaning, work.reason)
    return figure(seen, "cost", work.value + fee, "EUR", meaning, covered=work.covered, holds=terms.holds)


def _fixed(seen: Window, terms: Terms) -> Figure:
    name, meaning, holds = "cost_fixed", f"{_GRID} mal Festpreis", "nur Arbeitspreis, brutto"
    if terms.fixed_ct_kwh is None:
        return figure(seen, name, None, "EUR", meaning, "Es ist kein Festpreis angegeben.")
    if not len(seen.known):
        return figure(seen, name, None, "EUR", meaning, NO_READINGS)
    value = float(_bought(seen) @ in_force(terms, np.zeros(len(seen.known))))
    return figure(seen, name, value, "EUR", meaning, holds=holds)


def _spot(seen: Window, terms: Terms) -> Figure:
    name, meaning = "cost_spot", f"{_GRID} der Intervalle mit Messwert und Preis mal (Börsenpreis + Aufschlag)"
    if terms.surcharge_ct_kwh is None:
        none = "Es ist kein Aufschlag auf den Börsenpreis angegeben." if len(seen.known) else NO_READINGS
        return figure(seen, name, None, "EUR", meaning, none)
    holds = f"nur Arbeitspreis mit Aufschlag, {'brutto' if terms.vat_percent else 'ohne Umsatzsteuer auf den Börsenpreis'}"
    return _followed(seen, name, meaning, terms, holds)


def _market(seen: Window) -> Figure:
    meaning = f"{_GRID} der Intervalle mit Messwert und Preis mal Börsenpreis"
    return _followed(seen, "cost_market", meaning, NO_TERMS, NO_TERMS.holds)


def _followed(seen: Window, name: str, meaning: str, terms: Terms, holds: str) -> Figure:
    """What the grid gave at prices that follow the exchange's."""
    priced, spot = seen.priced()
    if not priced.any():
        return figure(seen, name, None, "EUR", meaning, _no_price(seen))
    value = float(_bought(seen)[priced] @ dynamic(terms, spot[priced]))
    return figure(seen, name, value, "EUR", meaning, covered=seen.share(seen.known.take(priced)), holds=holds)


def _base(seen: Window, terms: Terms) -> Figure:
    """The base fee's share of the window."""
    meaning = "Grundpreis mal Anteil des Zeitraums am Kalenderjahr"
    return figure(seen, "base_fee", _fee(seen, terms), "EUR", meaning, covered=1.0, holds="nur Grundpreis, brutto")


def _fee(seen: Window, terms: Terms) -> float:
    """EUR of base fee for the time that counts of the window: nights and days, weekends and other days add up to the whole."""
    return base_fee(terms, seen.start, seen.end) * seen.counted / max(1, seen.end - seen.start)


def _saves(seen: Window, terms: Terms) -> Figure:
    """What the dynamic tariff would have saved over the fixed price; below 0 it would have cost more."""
    meaning = "Kosten zum Festpreis weniger Kosten mit Börsenpreis und Aufschlag, derselben Intervalle"
    priced, spot = seen.priced()
    if terms.fixed_ct_kwh is None or terms.surcharge_ct_kwh is None or not priced.any():
        return figure(seen, "spot_saves", None, "EUR", meaning, "Zum Vergleich fehlt ein Tarif oder ein Preis.")
    value = float(_bought(seen)[priced] @ (in_force(terms, spot[priced]) - dynamic(terms, spot[priced])))
    return figure(seen, "spot_saves", value, "EUR", meaning, covered=seen.share(seen.known.take(priced)), holds="nur Arbeitspreise, brutto")


def _earned(seen: Window, terms: Terms) -> Figure:
    """What feeding in brought at the agreed price; nothing is told at the exchange's."""
    meaning = "Einspeisung mal Einspeisevergütung"
    if terms.feed_in_ct_kwh is None:
        return figure(seen, "feed_in_eur", None, "EUR", meaning, "Es ist keine Einspeisevergütung angegeben.")
    if not len(seen.made):
        return figure(seen, "feed_in_eur", None, "EUR", meaning, "Für diesen Zähler gibt es keine Erzeugung.")
    value = float((seen.made.fed_in * seen.made.hours) @ feeding_in(terms, np.zeros(len(seen.made))))
    return figure(seen, "feed_in_eur", value, "EUR", meaning, covered=seen.share(seen.made), holds="nur Einspeisevergütung")


def market(seen: Window) -> list[Figure]:
    """EUR/MWh paid on average, BASE and PEAK of the same window, and the share of the energy at negative prices."""
    priced, spot = seen.priced()
    bought = _bought(seen)[priced]
    covered = seen.share(seen.known.take(priced))
    paid = float(bought @ spot[priced] / bought.sum()) if bought.sum() > 0 else None
    why = "" if paid is not None else _no_price(seen) if not priced.any() else "Es wurde nichts aus dem Netz bezogen."
    below = None
    if seen.price is not None and paid is not None:
        negative = mean_over(
            Steps(seen.price.start, seen.price.end, (seen.price.value < 0).astype(float)), seen.known.start, seen.known.end
        )
        below = float(bought @ negative[priced] / bought.sum())
    base, peak = base_and_peak(seen.price, seen.start, seen.end)
    none = "" if base is not None else _no_price(seen)
    return [
        figure(seen, "paid_price", paid, "EUR/MWh", "Börsenpreis, mit dem Netzbezug gewichtet", why, covered=covered),
        figure(seen, "base_price", base, "EUR/MWh", "Mittel des Börsenpreises im Zeitraum (BASE)", none),
        figure(
            seen, "peak_price", peak, "EUR/MWh", "Mittel montags bis freitags von 8 bis 20 Uhr (PEAK)", "" if peak is not None else _NO_PEAK
        ),
        figure(seen, "negative_share", below, "1", "Anteil des Netzbezugs zu negativen Preisen", why, covered=covered),
    ]


def price_in_force(terms: Terms, price: Steps, at: int) -> float | None:
    """ct/kWh that one more kWh from the grid costs at an instant; None where that follows an exchange price that is not known."""
    spot = price_at(price, at)
    if spot is None and terms.kind != "fixed":
        return None
    return float(in_force(terms, np.array([spot or 0.0]))[0]) * 100


def base_and_peak(price: Steps | None, start: int, end: int) -> tuple[float | None, float | None]:
    """Means over time of the prices of a window: all, and of Monday to Friday from 8 to 20 o'clock."""
    if price is None:
        return None, None
    first, last = np.clip(price.start, start, end), np.clip(price.end, start, end)
    weight = (last - first).astype(float)
    return _mean(price.value, weight), _mean(price.value, weight * is_peak(price.start))


def _mean(values: Values, weights: Values) -> float | None:
    return float(values @ weights / weights.sum()) if weights.sum() > 0 else None


def _bought(seen: Window) -> Values:
    """kWh from the grid in each known span."""
    return seen.known.bought * seen.known.hours


def _no_price(seen: Window) -> str:
    if not len(seen.known):
        return NO_READINGS
    return (
        "Es sind keine Preise bekannt." if seen.price is None or not len(seen.price.start) else "Zu keinem Messwert ist der Preis bekannt."
    )
