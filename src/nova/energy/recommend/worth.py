"""Facts (name -> number) in, expected EUR and kWh of a recommendation out: the functions that rules name.

A KeyError means that a fact is not known; the rule then does not fire. None means that there is no such amount.
"""

from collections.abc import Callable, Mapping

Known = Mapping[str, float]
Worth = tuple[float | None, float | None]


def shift(known: Known) -> Worth:
    """What may be saved at most by moving the dear hours' load above base into the cheap ones."""
    return known["movable_kwh"] * known["spread_ct"] / 100, known["movable_kwh"]


def into_negative(known: Known) -> Worth:
    """The same, moved to where the spot price is negative."""
    return known["movable_kwh"] * (known["dear_ct"] - known["negative_ct"]) / 100, known["movable_kwh"]


def shave(known: Known) -> Worth:
    """A year's peak price of what the highest quarter-hour exceeds the tenth highest day's by."""
    return known["excess_kw"] * known["peak_eur_kw"], known["excess_kwh"]


def base(known: Known) -> Worth:
    """The base load's rise in the days that are known; EUR where a fixed price is known."""
    kwh = known["base_rise_kw"] * known["base_days"] * 24
    return (kwh * known["fixed_ct"] / 100 if "fixed_ct" in known else None), kwh


def scheduled(known: Known) -> Worth:
    """What the day's schedule saves over resting, and what the battery moves."""
    return known["plan_saves_eur"], known["moved_kwh"]


def window(known: Known) -> Worth:
    """What a load saves at its planned time."""
    return known["load_saves_eur"], known["load_kwh"]


def own_use(known: Known) -> Worth:
    """Four weeks: what was fed in and bought back at another time, at the difference of both prices."""
    return known["usable_kwh"] * (known["fixed_ct"] - known["feed_in_ct"]) / 100, known["usable_kwh"]


def switch(known: Known) -> Worth:
    """Four weeks of the difference of both tariffs; no kWh are saved."""
    return known["spot_saves_eur"], None


def stay(known: Known) -> Worth:
    """Four weeks of what a change would have cost."""
    return known["spot_costs_eur"], None


def module_2(known: Known) -> Worth:
    """A year of the lower grid fee less the flat amount of module 1."""
    return known["controllable_kwh"] * known["grid_fee_ct"] / 100 * known["module_2_share"] / 100 - known["module_1_eur"], None


def nothing(known: Known) -> Worth:
    """No amount can be told."""
    del known
    return None, None


WORTH: Mapping[str, Callable[[Known], Worth]] = {
    "verschieben": shift,
    "zu_negativen_preisen": into_negative,
    "spitze_kappen": shave,
    "grundlast_senken": base,
    "fahrplan": scheduled,
    "ladefenster": window,
    "eigenverbrauch": own_use,
    "tarif_wechseln": switch,
    "tarif_behalten": stay,
    "modul_2": module_2,
    "keiner": nothing,
}
