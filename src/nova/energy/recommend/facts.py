"""What is known of a meter, its tariff and the coming day's prices in, named facts out: what rules ask and what their texts may say.

Each fact holds its number, how it is said, and over which window and rows it was found. What cannot be found is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import day_bounds, local_date, local_days
from nova.energy.cheapest import cheapest, dearest, left, of_prices
from nova.energy.expected import WEEKS, usual, weeks_before
from nova.energy.figure import WHOLE, Window, window
from nova.energy.figures import figures, quarters
from nova.energy.schedule.course import Schedule, clock, course
from nova.energy.schedule.plant import Plant
from nova.energy.spans import Spans, Steps, mean_over
from nova.energy.tariff import NO_TERMS, Terms, dynamic
from nova.errors import NovaError
from nova.german import number
from nova.language.inert import inert_name
from nova.series import QUARTER, Prices, Readings, Times, Values

ENOUGH = 0.9  # of a window that a text names ("vier Wochen", "zwölf Monate") must be known; nothing is extrapolated
RECENT, BEFORE = 14, 56  # days whose nights are compared: the last two weeks with the eight before
MONTH, YEAR = 28, 365
EXPECTED = 10  # the day whose peak counts as usual: the tenth highest of a year


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or word of a rule: `said` is how a text says it; `start` and `end` are the window, `rows` what it was found from.

    `days` is of how many days readings are known that it rests on.
    """

    name: str
    value: float | str
    unit: str
    said: str
    label: str
    start: int = 0
    end: int = 0
    rows: int = 0
    days: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """All that is known when a recommendation for local day `day` is looked for, at instant `now`."""

    meter_id: str
    title: str
    kind: str
    now: int
    day: date
    readings: Sequence[Readings]
    prices: Prices | None = None
    terms: Terms = NO_TERMS
    plant: Plant | None = None
    given: Mapping[str, float] = field(default_factory=dict)


# What the law and the regulator set, as facts of their own: they may stand in texts like measured numbers.
CONSTANTS = (
    Fact(
        "limit_2500",
        2500.0,
        "h",
        "2.500",
        "Grenze zwischen den Preisen für wenige und viele Benutzungsstunden (§ 17 StromNEV, Preisblätter)",
    ),
    Fact("limit_7000", 7000.0, "h", "7.000", "Benutzungsstunden für ein individuelles Netzentgelt (§ 19 Abs. 2 Satz 2 StromNEV)"),
    Fact("limit_gwh", 10.0, "GWh", "10", "Verbrauch für ein individuelles Netzentgelt (§ 19 Abs. 2 Satz 2 StromNEV)"),
    Fact("module_2_share", 60.0, "%", "60", "Abschlag auf den Arbeitspreis in Modul 2 (BNetzA BK8-22/010-A)"),
)
GIVEN = {
    "grid_fee_ct": ("ct/kWh", 2, "Arbeitspreis des Netzes"),
    "module_1_eur": ("EUR", 2, "pauschale Minderung in Modul 1"),
    "controllable_kwh": ("kWh", 0, "Jahresverbrauch der steuerbaren Einrichtung"),
    "controllable_kw": ("kW", 1, "Leistung der steuerbaren Einrichtung"),
    "peak_eur_kw": ("EUR/kW", 2, "Leistungspreis je kW und Jahr"),
}


def facts(seen: Situation) -> dict[str, Fact]:
    """Every fact that can be found, by name."""
    found = [
        Fact("meter", seen.meter_id, "", inert_name(seen.title or seen.meter_id), "Zähler"),
        Fact("kind", seen.kind, "", seen.kind, "Art des Zählers"),
    ]
    found += CONSTANTS
    found += [_number(name, seen.given[name], *how) for name, how in GIVEN.items() if name in seen.given]
    found += [*_tariff(seen), *_silence(seen), *_habits(seen), *_year(seen)]
    if seen.prices is not None:
        found += [*_coming(seen, seen.prices), *_tariffs(seen, seen.prices)]
        if seen.plant is not None:
            found += _scheduled(seen, seen.plant, seen.prices)
    return {one.name: one for one in found}


def _number(name: str, value: float, unit: str, digits: int, label: str, seen: Window | None = None) -> Fact:
    start, end, rows, days = (seen.start, seen.end, len(seen.known), days_of(seen)) if seen else (0, 0, 0, 0.0)
    return Fact(name, float(value), unit, number(float(value), digits), label, start, end, rows, days)


def days_of(seen: Window) -> float:
    """Of how many days readings are known in a window."""
    return float(seen.known.hours.sum()) / 24


def _tariff(seen: Situation) -> Iterator[Fact]:
    follows = seen.terms.kind == "dynamic"
    yield Fact("on_spot", float(follows), "", "ja" if follows else "nein", "Tarif folgt dem Börsenpreis")
    if seen.terms.fixed_ct_kwh is not None:
        yield _number("fixed_ct", seen.terms.fixed_ct_kwh, "ct/kWh", 2, "Festpreis")
    if seen.terms.feed_in_ct_kwh is not None:
        yield _number("feed_in_ct", seen.terms.feed_in_ct_kwh, "ct/kWh", 2, "Einspeisevergütung")


def _silence(seen: Situation) -> Iterator[Fact]:
    """How long ago the last known interval ended."""
    ends = [int(one.ts[-1]) + one.seconds for one in seen.readings if len(one)]
    if ends:
        hours = max(seen.now - max(ends), 0) / 3600
        yield Fact("silent_hours", hours, "h", number(hours, 0), "Stunden seit dem letzten Messwert", max(ends), seen.now)
        yield Fact("last_at", float(max(ends)), "", f"{clock(max(ends))} Uhr", "Ende des letzten Messwerts", max(ends), seen.now)


def _last(seen: Situation, days: int, skip: int = 0) -> Window:
    """The window of so many whole local days before today, `skip` days left out, with prices where there are any."""
    today = local_date(seen.now)
    start, end = day_bounds(today - timedelta(days=days + skip))[0], day_bounds(today - timedelta(days=skip))[0]
    return window(seen.readings, start, end, prices=seen.prices)


def _habits(seen: Situation) -> Iterator[Fact]:
    """Base load of late and of before, and PV that was fed in although it could have been used."""
    late, early = _last(seen, RECENT), _last(seen, BEFORE, RECENT)
    if min(late.covered, early.covered) >= 0.5:
        now, then = (figures(one)["base_load"].value for one in (late, early))
        if now is not None and then is not None:
            yield _number("base_kw", now, "kW", 2, "Grundlast der letzten zwei Wochen", late)
            yield _number("base_before_kw", then, "kW", 2, "Grundlast der acht Wochen davor", early)
            yield _number("base_rise_kw", now - then, "kW", 2, "Anstieg der Grundlast", late)
            yield _number("base_days", days_of(late), "Tage", 0, "Tage mit Messwerten in den letzten zwei Wochen", late)
            if then > 0:
                yield _number("base_rise_percent", (now / then - 1) * 100, "%", 0, "Anstieg der Grundlast", late)
    yield from _surplus(_last(seen, MONTH))


def _surplus(month: Window) -> Iterator[Fact]:
    told = figures(month)
    out, bought, share = (told[name].value for name in ("feed_in", "bought", "self_consumption"))
    if month.covered < ENOUGH or out is None or bought is None or share is None:
        return
    yield _number("fed_in_kwh", out, "kWh", 0, "eingespeiste Energie der letzten vier Wochen", month)
    yield _number("usable_kwh", min(out, bought), "kWh", 0, "davon höchstens selbst nutzbar, weil zu anderer Zeit bezogen", month)
    yield _number("self_percent", share * 100, "%", 0, "Eigenverbrauchsquote", month)


def _year(seen: Situation) -> Iterator[Fact]:
    """Peak, hours of use and energy of the last year; nothing where less of it is known than a claim about a year takes."""
    year = _last(seen, YEAR)
    if year.covered < ENOUGH:
        return
    told = figures(year)
    top, hours, total = told["quarter_peak"], told["hours_of_use"].value, told["energy"].value
    if not top.value or top.at is None or total is None:
        return
    yield _number("peak_kw", top.value, "kW", 1, "höchste Viertelstunde der letzten zwölf Monate", year)
    yield Fact("peak_at", float(top.at), "", f"{clock(top.at)} Uhr", "Zeit der höchsten Viertelstunde", year.start, year.end, top.rows)
    known = quarters(year.known)
    daily = _daily_peaks(known)
    if len(daily) > EXPECTED:
        usual = float(np.sort(daily)[-EXPECTED])
        over = np.maximum(known.consumption - usual, 0.0)
        yield _number("usual_peak_kw", usual, "kW", 1, "zehnthöchste Tagesspitze der letzten zwölf Monate", year)
        yield _number("excess_kw", top.value - usual, "kW", 1, "Abstand der Spitze von der zehnthöchsten", year)
        yield _number("excess_percent", (1 - usual / top.value) * 100, "%", 0, "Abstand der Spitze von der zehnthöchsten", year)
        yield _number("excess_kwh", float(over @ known.hours), "kWh", 1, "Energie oberhalb der zehnthöchsten Tagesspitze", year)
    if hours is not None:
        yield _number("use_hours", hours, "h", 0, "Benutzungsstunden", year)
        yield _number("year_kwh", total, "kWh", 0, "Verbrauch der letzten zwölf Monate", year)
        yield _number("year_gwh", total / 1e6, "GWh", 2, "Verbrauch der letzten zwölf Monate", year)
        yield _number("peak_for_7000_kw", total / 7000, "kW", 1, "Spitze, mit der es genug Benutzungsstunden wären", year)
        yield _number("peak_for_2500_kw", total / 2500, "kW", 1, "Spitze, mit der es gerade die Grenze wäre", year)
        yield _number("to_cut_kw", top.value - total / 7000, "kW", 1, "dazu nötige Minderung der Spitze", year)


def _daily_peaks(known: Spans) -> Values:
    days = local_days(known.start).astype(np.int64)
    edges = np.flatnonzero(np.diff(days, prepend=days[0] - 1))
    return np.maximum.reduceat(known.consumption, edges)


def _coming(seen: Situation, prices: Prices) -> Iterator[Fact]:
    """The cheapest and dearest three hours of what is left of the coming day as they are paid, negative hours, and what can be moved."""
    start, end = left(*day_bounds(seen.day), seen.now)
    of, ts = of_prices(prices), np.arange(start, end, QUARTER, dtype=np.int64)
    spot = mean_over(of, ts, ts + QUARTER)
    cheap, dear = cheapest(of, start, end), dearest(of, start, end)
    if cheap is None or dear is None:
        return
    buy, (low, high) = dynamic(seen.terms, spot), dynamic(seen.terms, np.array([cheap.mean, dear.mean])) * 100
    yield Fact("day", float(start), "", f"{seen.day:%d.%m.%Y}", "Tag der Preise", start, end)
    for name, one, cents in (("cheap", cheap, low), ("dear", dear, high)):
        label = "günstigste drei Stunden" if name == "cheap" else "teuerste drei Stunden"
        yield Fact(f"{name}_ct", float(cents), "ct/kWh", number(float(cents), 2), f"Preis der {label}", start, end, len(ts))
        yield Fact(f"{name}_from", float(one.start), "", clock(one.start)[-5:], f"Beginn der {label}", start, end)
        yield Fact(f"{name}_to", float(one.end), "", clock(one.end)[-5:], f"Ende der {label}", start, end)
    spread = float(high - low)
    yield Fact("spread_ct", spread, "ct/kWh", number(spread, 2), "Preisabstand", start, end)
    yield from _below_zero(ts, spot, buy)
    yield from _movable(seen, ts, slice(*np.searchsorted(ts, (dear.start, dear.end))), buy)


def _below_zero(ts: Times, spot: Values, buy: Values) -> Iterator[Fact]:
    """How long and when the exchange price lies below zero, and what is paid then."""
    start, end, negative = int(ts[0]), int(ts[-1]) + QUARTER, spot < 0
    hours = float(negative.sum()) / 4
    yield Fact("negative_hours", hours, "h", number(hours), "Stunden mit negativem Preis", start, end, len(ts))
    if not negative.any():
        return
    first, last = (int(ts[at]) for at in np.flatnonzero(negative)[[0, -1]])
    yield Fact("negative_from", float(first), "", clock(first)[-5:], "Beginn der ersten Viertelstunde unter null", start, end)
    yield Fact(
        "negative_to", float(last + QUARTER), "", clock(last + QUARTER)[-5:], "Ende der letzten Viertelstunde unter null", start, end
    )
    paid = float(buy[negative].mean()) * 100
    yield Fact("negative_ct", paid, "ct/kWh", number(paid, 2), "Preis dabei", start, end)


def _movable(seen: Situation, ts: Times, dear: slice, buy: Values) -> Iterator[Fact]:
    """What was used in the dear hours of the same weekdays before, above the base load: what can wait at most."""
    load, month = _usual(seen, ts), _last(seen, MONTH)
    base = figures(month)["base_load"].value
    if load is None or base is None:
        return
    known = days_of(month)
    movable = float(np.maximum(load[dear] - base, 0.0).sum()) / 4
    whole = f"gleiche Wochentage der letzten {WEEKS} Wochen"
    start, end = int(ts[0]), int(ts[-1]) + QUARTER
    label = f"üblicher Verbrauch der teuersten Stunden über der Grundlast ({whole})"
    yield Fact("movable_kwh", movable, "kWh", number(movable), label, start, end, len(month.known), known)
    yield Fact(
        "day_kwh",
        float(load.sum()) / 4,
        "kWh",
        number(float(load.sum()) / 4),
        f"üblicher Verbrauch in dieser Zeit ({whole})",
        start,
        end,
        0,
        known,
    )
    if np.isfinite(buy).all():
        yield Fact(
            "day_eur",
            float(load @ buy) / 4,
            "EUR",
            number(float(load @ buy) / 4, 2),
            "Kosten des üblichen Verbrauchs in dieser Zeit",
            start,
            end,
        )


def _usual(seen: Situation, ts: Times) -> Values | None:
    """The usual course of these quarter-hours in kW."""
    back = weeks_before(ts)
    known = window(seen.readings, int(back[-1].min()), int(back[0].max()) + QUARTER).known
    return usual(Steps(known.start, known.end, known.consumption), ts) if len(known) else None


def _tariffs(seen: Situation, prices: Prices) -> Iterator[Fact]:
    """What the last four weeks cost in the fixed tariff and would have cost in one that follows the spot price."""
    del prices
    month = _last(seen, MONTH)
    told = figures(month, seen.terms)
    fixed, spot = told["cost_fixed"], told["cost_spot"]
    priced = month.covered >= ENOUGH and spot.covered >= WHOLE * month.covered  # else the two are of different times
    if fixed.value is None or spot.value is None or not priced:
        return
    yield _number("fixed_eur", fixed.value, "EUR", 2, "Kosten der letzten vier Wochen zum Festpreis", month)
    yield _number("spot_eur", spot.value, "EUR", 2, "Kosten derselben Zeit zum Börsenpreis mit Aufschlag", month)
    yield _number("spot_saves_eur", fixed.value - spot.value, "EUR", 2, "Ersparnis mit dem Börsenpreis", month)
    yield _number("spot_costs_eur", spot.value - fixed.value, "EUR", 2, "Mehrkosten mit dem Börsenpreis", month)
    yield _number("month_kwh", told["energy"].value or 0.0, "kWh", 0, "Verbrauch der letzten vier Wochen", month)
    if fixed.value > 0:
        yield _number("spot_saves_percent", (1 - spot.value / fixed.value) * 100, "%", 1, "Ersparnis mit dem Börsenpreis", month)
        yield _number("spot_costs_percent", (spot.value / fixed.value - 1) * 100, "%", 1, "Mehrkosten mit dem Börsenpreis", month)


def _scheduled(seen: Situation, plant: Plant, prices: Prices) -> Iterator[Fact]:
    """What a schedule of the plant saves on the coming day, when the battery charges, and when its largest load is to run."""
    from nova.energy.schedule.solve import plan

    try:
        found = plan(plant, course(plant, prices, seen.day))
    except NovaError:
        return  # without prices for the whole day, or with a plant that contradicts itself, there is nothing to recommend
    start, end = day_bounds(seen.day)
    if found.idle_eur is not None:
        yield _eur("plan_idle_eur", found.idle_eur, "Kosten des Tages ohne Fahrplan", found)
        yield _eur("plan_eur", found.replayed.cost_eur, "Kosten des Tages mit Fahrplan", found)
        yield _eur("plan_saves_eur", found.idle_eur - found.objective, "Ersparnis durch den Fahrplan", found)
    if plant.battery:
        power = found.setpoints.battery
        moved = float(np.maximum(-power, 0.0).sum()) * found.course.hours
        yield Fact("moved_kwh", moved, "kWh", number(moved), "Energie aus der Batterie", start, end, len(power))
        yield from _span("charge", power > 0.05, found, "Batterie lädt")
        yield from _span("discharge", power < -0.05, found, "Batterie entlädt")
    yield from _largest_load(plant, found)


def _eur(name: str, value: float, label: str, found: Schedule) -> Fact:
    ts = found.course.ts
    return Fact(name, value, "EUR", number(value, 2), label, int(ts[0]), int(ts[-1]) + found.course.seconds, len(ts))


def _span(name: str, on: NDArray[np.bool_], found: Schedule, label: str) -> Iterator[Fact]:
    """Beginning and end of the longest run of steps."""
    edges = np.flatnonzero(np.diff(np.r_[0, on.astype(np.int8), 0])).reshape(-1, 2)
    if not len(edges):
        return
    first, last = edges[int((edges[:, 1] - edges[:, 0]).argmax())]
    start, end = int(found.course.ts[first]), int(found.course.ts[last - 1]) + found.course.seconds
    yield Fact(f"{name}_from", float(start), "", clock(start)[-5:], f"{label} von (längstes Stück)", start, end)
    yield Fact(f"{name}_to", float(end), "", clock(end)[-5:], f"{label} bis (längstes Stück)", start, end)


def _largest_load(plant: Plant, found: Schedule) -> Iterator[Fact]:
    """The load that draws most on this day: when it is to run, and what that saves over running at once, at the prices of the day."""
    from nova.energy.schedule.solve import at_once

    drawn = {load.name: float(found.setpoints.loads[load.name].sum()) * found.course.hours for load in plant.loads}
    largest = max(plant.loads, key=lambda load: drawn[load.name], default=None)
    if largest is None or drawn[largest.name] <= 0:
        return
    rate = found.course.buy * found.course.hours
    planned, once = float(found.setpoints.loads[largest.name] @ rate), float(at_once(largest, found.course) @ rate)
    ts = found.course.ts
    yield Fact("load", largest.name, "", largest.name, "größter verschiebbarer Verbraucher", int(ts[0]), int(ts[-1]), len(ts))
    yield Fact(
        "load_kwh",
        drawn[largest.name],
        "kWh",
        number(drawn[largest.name]),
        "sein Verbrauch an diesem Tag",
        int(ts[0]),
        int(ts[-1]),
        len(ts),
    )
    yield _eur("load_eur", planned, "seine Kosten zur geplanten Zeit", found)
    yield _eur("load_at_once_eur", once, "seine Kosten, wenn er sofort läuft", found)
    yield _eur("load_saves_eur", once - planned, "Ersparnis durch die geplante Zeit", found)
    yield from _span("load", found.setpoints.loads[largest.name] > 0.05, found, f"{largest.name} läuft")


# Every name that `facts` may give; rules may use no other.
_NAMES = """
    meter kind on_spot fixed_ct feed_in_ct silent_hours last_at base_kw base_before_kw base_rise_kw base_rise_percent fed_in_kwh usable_kwh
    base_days self_percent peak_kw peak_at usual_peak_kw excess_kw excess_percent excess_kwh use_hours year_kwh year_gwh peak_for_7000_kw
    peak_for_2500_kw to_cut_kw day cheap_ct cheap_from cheap_to dear_ct dear_from dear_to spread_ct negative_hours negative_from negative_to
    negative_ct movable_kwh day_kwh day_eur fixed_eur spot_eur spot_saves_eur spot_costs_eur month_kwh spot_saves_percent spot_costs_percent
    plan_idle_eur plan_eur plan_saves_eur moved_kwh charge_from charge_to discharge_from discharge_to load load_kwh load_eur
    load_at_once_eur load_saves_eur load_from load_to
"""
NAMES = frozenset(_NAMES.split()) | {one.name for one in CONSTANTS} | set(GIVEN)
