"""A fact of an answer (its tool and query) in, its number out, reckoned anew from the rows (`data_truth.py`); and the numbers of a text.

A number of an answer is recomputable when one of the answer's facts says what it is and this arithmetic comes to the same digits.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from data_expected import expected
from data_truth import DAY, HOUR, Truth, Window

Query = Mapping[str, Any]
Value = float | None
_EACH = {"hour": HOUR, "day": DAY, "week": 7 * DAY, "month": 365.25 / 12 * DAY}


class Unknown(Exception):
    """A tool that is not reckoned here."""


def instant(text: str) -> int:
    """Seconds since 1970 of a time as facts write it."""
    return int(datetime.fromisoformat(text).timestamp())


def window(query: Query) -> Window:
    """The window of a query."""
    hours = query.get("hours")
    return Window(instant(query["from"]), instant(query["to"]), (hours[0], hours[1]) if hours else None, query.get("days", ""))


def meters(query: Query) -> list[str]:
    """The meters of a query."""
    return list(query.get("meters") or ([query["meter"]] if "meter" in query else []))


def reckoned(truth: Truth, query: Query) -> Value:
    """The number of a query."""
    tool = str(query["tool"])
    if tool not in _TOOLS:
        raise Unknown(tool)
    value = _TOOLS[tool](truth, query)
    return value if value is None else value * float(query.get("sign", 1))


def _added(of: Callable[[Truth, str, Query], Value], some: bool = False) -> Callable[[Truth, Query], Value]:
    def measure(truth: Truth, query: Query) -> Value:
        each = [of(truth, one, query) for one in meters(query)]
        known = [one for one in each if one is not None]
        return sum(known) if known and (some or len(known) == len(each)) else None

    return measure


def _energy(truth: Truth, query: Query) -> Value:
    return truth.kwh(meters(query), window(query), query.get("column", "consumption"))


def _peak(which: int) -> Callable[[Truth, Query], Value]:
    def measure(truth: Truth, query: Query) -> Value:
        found = truth.peak(meters(query), window(query))
        return None if found is None else float(found[which])

    return measure


def _extreme(highest: bool, which: int) -> Callable[[Truth, Query], Value]:
    def measure(truth: Truth, query: Query) -> Value:
        found = truth.extreme(window(query), highest)
        return None if found is None else float(found[which])

    return measure


def _stretch(which: int) -> Callable[[Truth, Query], Value]:
    def measure(truth: Truth, query: Query) -> Value:
        if query.get("forecast"):
            raise Unknown("forecast")
        found = truth.stretch(window(query), float(query["hours_long"]), bool(query.get("dearest")))
        if found is None:
            return None
        return (found[0], float(found[1]), found[1] + float(query["hours_long"]) * HOUR, float(query["hours_long"]))[which]

    return measure


def _top(which: int) -> Callable[[Truth, Query], Value]:
    def measure(truth: Truth, query: Query) -> Value:
        seen, unit, least = window(query), str(query["unit"]), bool(query["least"])
        price = query["ranked"] == "price"
        found = truth.ranked_prices(seen, unit, least) if price else truth.ranked(meters(query), seen, unit, least, query["ranked"])
        rank = int(query["rank"])
        return float(found[rank][which]) if rank < len(found) else None

    return measure


def _other(query: Query) -> dict[str, Any]:
    """The query that a difference is held against."""
    there = {key.removeprefix("other_"): value for key, value in query.items() if key.startswith("other_")}
    plain = {key: value for key, value in query.items() if not key.startswith("other_") and key not in ("of", "sign")}
    if "from" in there:
        plain.pop("hours", None)
        plain.pop("days", None)
    if "meter" in there or "meters" in there:
        plain.pop("meter", None)
        plain.pop("meters", None)
    return {**plain, **there, "tool": query["of"]}


def _difference(truth: Truth, query: Query) -> Value:
    plain = {key: value for key, value in query.items() if key != "sign"}
    one, other = reckoned(truth, {**plain, "tool": query["of"]}), reckoned(truth, _other(plain))
    return None if one is None or other is None else one - other


def _difference_share(truth: Truth, query: Query) -> Value:
    other, change = reckoned(truth, _other(query)), _difference(truth, query)
    return None if change is None or not other else 100 * change / other


def _each(truth: Truth, query: Query) -> Value:
    whole = reckoned(truth, {**query, "tool": query["of"]})
    return None if whole is None else whole / (window(query).seconds / _EACH[str(query["unit"])])


def _missing_share(truth: Truth, query: Query) -> Value:
    seen = window(query)
    each = [100 * truth.missing(one, seen) * HOUR / seen.seconds for one in meters(query)]
    return sum(each) / len(each)


def _expected(which: int) -> Callable[[Truth, Query], Value]:
    def measure(truth: Truth, query: Query) -> Value:
        found = expected(truth.meters[query["meter"]], window(query))
        if found is None or which < 3:
            return None if found is None else found[which]
        energy = truth.energy(query["meter"], window(query))
        return None if energy is None else energy - found[0]

    return measure


def _negative(which: int) -> Callable[[Truth, Query], Value]:
    def measure(truth: Truth, query: Query) -> Value:
        found = truth.negative(window(query))
        return None if found is None else float(found[which])

    return measure


def _load_factor(truth: Truth, query: Query) -> Value:
    top, mean = truth.peak(meters(query), window(query)), truth.mean(meters(query), window(query))
    return None if top is None or mean is None else 100 * mean / top[0]


def _priced_now(truth: Truth, query: Query) -> Value:
    at = instant(query["at"])
    return truth.price(Window(at, at + 1))


def _one(of: Callable[[Truth, str, Window], Value]) -> Callable[[Truth, str, Query], Value]:
    return lambda truth, meter, query: of(truth, meter, window(query))


_TOOLS: dict[str, Callable[[Truth, Query], Value]] = {
    "energy": _energy,
    "peak": _peak(0),
    "peak_time": _peak(1),
    "mean": lambda truth, query: truth.mean(meters(query), window(query)),
    "base": lambda truth, query: truth.base(meters(query), window(query)),
    "base_year": lambda truth, query: (truth.base(meters(query), window(query)) or np.nan) * 8760,
    "load_factor": _load_factor,
    "self_use": lambda truth, query: truth.shares(query["meter"], window(query))[0],
    "autarky": lambda truth, query: truth.shares(query["meter"], window(query))[1],
    "feed_in": _added(_one(Truth.feed_in), some=True),
    "cost_paid": _added(_one(Truth.cost)),
    "cost_spot": _added(lambda truth, meter, query: truth.cost(meter, window(query), market=True)),
    "unknown": _added(_one(Truth.missing)),
    "unknown_share": _missing_share,
    "substitutes": _added(_one(Truth.substitutes)),
    "count": _added(lambda truth, meter, query: float(truth.count(meter, window(query)))),
    "expected": _expected(0),
    "expected_low": _expected(1),
    "expected_high": _expected(2),
    "excess": _expected(3),
    "tariff": lambda truth, query: truth.meters[query["meter"]].tariff.get("fixed_ct_kwh"),
    "price_in_force": lambda truth, query: truth.in_force(query["meter"], instant(query["at"])),
    "difference": _difference,
    "difference_share": _difference_share,
    "each": _each,
    "top_value": _top(1),
    "top_time": _top(0),
    "price_mean": lambda truth, query: truth.price(window(query)),
    "price_peak": lambda truth, query: truth.peak_price(window(query)),
    "price_min": _extreme(False, 0),
    "price_min_time": _extreme(False, 1),
    "price_max": _extreme(True, 0),
    "price_max_time": _extreme(True, 1),
    "price_now": _priced_now,
    "negative": _negative(0),
    "negative_days": _negative(1),
    "spread": lambda truth, query: truth.spread(window(query)),
    "window_price": _stretch(0),
    "window_start": _stretch(1),
    "window_end": _stretch(2),
    "window_length": _stretch(3),
}  # fmt: skip

# ---------------------------------------------------------------- numbers of a text


@dataclass(frozen=True)
class Said:
    """A number with a unit as it stands in a text; `step` is half of its last digit."""

    text: str
    value: float
    unit: str
    step: float

    def is_about(self, value: float, unit: str) -> bool:
        """Whether a value in a unit is what these digits say, in the same unit or in one that is ten or a thousand of it."""
        factor = 1.0 if unit == self.unit else _FACTORS.get((unit, self.unit))
        return factor is not None and abs(abs(self.value) - abs(value * factor)) <= self.step * 1.001 + 1e-9


_UNITS = r"EUR/MWh|ct/kWh|kWh|MWh|kW|MW|EUR|Euro|€|Cent|ct|%|Prozentpunkte|Prozent|Stunden?|h|kg|Tage?n?"
_NUMBER = re.compile(
    rf"(?<![\w.,:])([-−]?\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|[-−]?\d+(?:,\d+)?)\s?({_UNITS})(?![\w/])|"
    r"(?<![\w.,:])(\d{1,3}(?:\.\d{3})*)\s(Messwerte?)\b"
)
_SAME = {"Euro": "EUR", "€": "EUR", "Cent": "ct", "Prozent": "%", "Prozentpunkte": "%", "Stunde": "h", "Stunden": "h"} | dict.fromkeys(
    ("Tag", "Tage", "Tagen", "Messwert", "Messwerte"), ""
)
_FACTORS = {("EUR/MWh", "ct/kWh"): 0.1, ("ct/kWh", "EUR/MWh"): 10.0, ("kWh", "MWh"): 0.001, ("1", "%"): 100.0}


def numbers(text: str) -> list[Said]:
    """The numbers of a text that have a unit."""
    found = []
    for match in _NUMBER.finditer(text.replace("\u00a0", " ").replace("\u202f", " ")):
        plain = (match[1] or match[3]).replace("−", "-").replace(".", "").replace(",", ".")
        digits = len(plain.partition(".")[2])
        unit = match[2] or match[4]
        found.append(Said(match.group(), float(plain), _SAME.get(unit, unit), 0.5 * 10**-digits))
    return found


def unfounded(text: str, facts: Sequence[Mapping[str, Any]], truth: Truth) -> list[str]:
    """The numbers of a text that no fact of the answer explains, or that come out differently from the rows."""
    values: list[tuple[float, str]] = []
    unknown = []
    for fact in facts:
        try:
            value = reckoned(truth, fact["query"])
        except Unknown as error:
            unknown.append(str(error))
            continue
        if value is not None:
            values.append((value, "EUR/MWh" if fact["unit"] == "ct/kWh" and _is_market(fact["query"]) else str(fact["unit"])))
    wrong = [one.text for one in numbers(text) if not any(one.is_about(*value) for value in values)]
    return [f"{one} ({', '.join(unknown)})" if unknown else one for one in wrong]


def _is_market(query: Query) -> bool:
    return str(query.get("of") or query["tool"]) not in ("tariff", "price_in_force")
