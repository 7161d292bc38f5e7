"""What is asked for, a meter and the present in, a question of this kind that has an answer out."""

from datetime import datetime

from nova.energy.calendar import day_bounds
from nova.energy.explain.parse.lexis import MARKET, Ask
from nova.energy.period import describe, of_days
from nova.energy.source import Meter
from nova.german import BERLIN


def example(ask: Ask, meter: Meter | None, now: datetime) -> str:
    """A question of this kind that has an answer."""
    yesterday = day_bounds(now.astimezone(BERLIN).date())[0] - 3600
    if ask in MARKET or meter is None:
        return "Wann war der Strompreis gestern am niedrigsten?"
    what = {"peak": "Lastspitze", "cost": "Kosten", "base": "Grundlast", "production": "Erzeugung"}.get(ask, "Verbrauch")
    day = describe(of_days(*(2 * (datetime.fromtimestamp(yesterday, BERLIN).date(),))))
    verb = "Wie hoch waren die" if what == "Kosten" else "Wie hoch war der" if what == "Verbrauch" else "Wie hoch war die"
    return f"{verb} {what} von {meter.name} {day}?"
