"""What was said of data in, the same in English out: for who asks in English. Numbers are those of the facts, in English spelling."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from nova.energy.explain.say.speech import Speech
from nova.energy.explain.words import CLOCK, DATE, MONTH, TIME
from nova.energy.period import Period, instant_of
from nova.energy.said import digits_of
from nova.german import BERLIN
from nova.records import DataFact, DataSentence

_SAYINGS: Mapping[str, str] = {
    "energy": "The {what} of {meter} {when} was {value}.",
    "peak": "The peak load of {meter} {when} was {value}.",
    "peak_time": "It began at {value}.",
    "mean": "The mean power was {value}.",
    "base": "The base load of {meter} {when} was {value}.",
    "cost_spot": "At exchange prices the electricity of {meter} {when} cost {value}, without grid fees, levies and taxes.",
    "cost_paid": "The electricity of {meter} {when} cost {value} by the tariff on file.",
    "price_in_force": "One more kilowatt-hour costs {value} now.",
    "excess": "That is {value} away from what was to be expected.",
    "cost_fixed": "At the agreed fixed price it is {value}.",
    "each": "On average that is {value} per {unit}.",
    "difference": "That is a difference of {value}.",
    "difference_share": "The difference is {value}.",
    "expected": "{value} were to be expected.",
    "price_now": "The exchange price (day-ahead) is {value} now.",
    "price_mean": "The mean exchange price (day-ahead) {when} is {value}.",
    "price_min": "The lowest price {when} is {value}.",
    "price_min_time": "It is cheapest at {value}.",
    "price_max": "The highest price {when} is {value}.",
    "price_max_time": "It is most expensive at {value}.",
    "spread": "The difference between the highest and the lowest price {when} is {value}.",
    "window_start": "The cheapest hours in a row begin at {value}",
    "window_end": "and end at {value}.",
    "window_price": "The mean price then is {value}.",
    "negative": "Prices {when} are negative for {value}.",
    "tariff": "The agreed fixed price is {value}.",
    "share": "That is {value} of all.",
    "top_value": "The highest value is {value}.",
    "top_time": "The highest value began at {value}.",
    "base_year": "Over a year that makes {value}.",
    "self_use": "{value} of the generation was used on site.",
    "count": "There are {value} readings of {meter} {when}.",
    "unknown": "Readings are missing for {value}.",
    "unknown_share": "That is {value} of the time.",
}
_FIRST = ("price_min_time", "price_max_time", "window_start", "window_end")
_UNITS = {"hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year"}


def in_english(speeches: Sequence[Speech], facts: Sequence[DataFact]) -> tuple[DataSentence, ...]:
    """The facts that were said, one sentence each; where there is no answer, that there is none."""
    said = dict.fromkeys(fact_id for speech in speeches if not speech.refused for one in speech.sentences for fact_id in one.facts)
    told = [fact for fact in facts if fact.fact_id in said and fact.value is not None]
    ordered = sorted(told, key=lambda fact: str(fact.query["tool"]) not in _FIRST)
    return tuple(DataSentence(_sentence(fact), (fact.fact_id,)) for fact in ordered) or (DataSentence("I have no data on that.", ()),)


def _sentence(fact: DataFact) -> str:
    query = fact.query
    meter = " and ".join(query["meters"]) if query.get("meters") else str(query.get("meter", ""))
    plain = _SAYINGS.get(str(query["tool"]), "One more figure: {value}.")
    period = Period(instant_of(query["from"]), instant_of(query["to"]))
    what = "generation" if query.get("column") == "production" else "consumption"
    return plain.format(what=what, meter=meter, when=_when(period), value=value_of(fact), unit=_UNITS.get(str(query.get("unit")), "unit"))


def value_of(fact: DataFact) -> str:
    """A fact's number in English spelling: "1,234.5 kWh", "21:00 on 22 November 2026"."""
    value = fact.value or 0.0
    if fact.unit in _MOMENTS:
        return _MOMENTS[fact.unit](value)
    digits = digits_of(value, fact.unit)
    return f"{value:,.{digits}f} {fact.unit}".strip()


def _local(instant: float) -> datetime:
    return datetime.fromtimestamp(instant, BERLIN)


_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def _day(at: datetime) -> str:
    return f"{at.day} {_NAMES[at.month - 1]} {at.year}"


_MOMENTS: Mapping[str, Callable[[float], str]] = {
    TIME: lambda instant: f"{_local(instant):%H:%M} on {_day(_local(instant))}",
    DATE: lambda instant: _day(_local(instant)),
    MONTH: lambda instant: f"{_NAMES[_local(instant).month - 1]} {_local(instant).year}",
    CLOCK: lambda minute: f"{int(minute) // 60:02d}:{int(minute) % 60:02d}",
}


def _when(period: Period) -> str:
    first, last = _local(period.start), _local(period.end - 1)
    if first.date() == last.date():
        whole = (first.hour, first.minute) == (0, 0) and (last.hour, last.minute) == (23, 59)
        return f"on {_day(first)}" if whole else f"on {_day(first)} from {first:%H:%M}"
    return f"from {_day(first)} to {_day(last)}"
