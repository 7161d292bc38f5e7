"""Figures of several meters in, those of their sum out: the one definition of what a sum of meters says. Pure.

Energies, costs, fees and hours in gaps are added meter by meter, each by its own tariff, so that each kWh counts once. A sum of what is
used or paid is told only where every meter says something; production is that of the meters that have any. Shares of own use are those of
the sums. Peaks, means and everything else are those of the instants that all meters know (`together`). Meters of plants, stores,
wallboxes, heat pumps and the grid's own stay out of "all meters", as they may lie behind one of the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nova.energy.figure import Figure

USERS = ("household", "business", "other")  # kinds that lie behind no other meter
OF_USE = (
    "energy", "bought", "missing", "cost", "cost_fixed", "cost_spot", "cost_market", "base_fee", "spot_saves",
    "expected", "excess",
)  # fmt: skip
OF_PRODUCTION = ("production", "feed_in", "self_used", "feed_in_eur")
LACKING = "Nicht von allen Zählern ist das bekannt; eine Summe wäre falsch."


def of_sum(each: Sequence[Mapping[str, Figure]], together: Mapping[str, Figure]) -> dict[str, Figure]:
    """The figures of the sum of several meters; of one meter its own."""
    if len(each) == 1:
        return dict(each[0])
    found = dict(together)
    for name in OF_USE:
        if all(name in one for one in each):
            found[name] = added([one[name] for one in each])
    for name in OF_PRODUCTION:
        found[name] = added([one[name] for one in each], some=True)
    return found | shares(found, each)


def total(values: Sequence[float | None], *, some: bool = False) -> float | None:
    """The sum of what each meter says; with `some` of those that say something, else None where one says nothing."""
    known = [one for one in values if one is not None]
    return sum(known) if known and (some or len(known) == len(values)) else None


def added(each: Sequence[Figure], *, some: bool = False) -> Figure:
    """The sum of one figure of each meter; its basis is that of the meter of which most is missing, of `some` among those that say any."""
    told = [one for one in each if one.value is not None]
    value = total([one.value for one in each], some=some)
    reason = "" if value is not None else LACKING if told else each[0].reason
    counted = told if some and told else each
    covered = sum(one.covered for one in counted) / len(counted)
    least = min(counted, key=lambda one: one.covered)
    return replace(counted[0], value=value, reason=reason, covered=covered, rows=sum(one.rows for one in counted), basis=least.basis)


def shares(found: Mapping[str, Figure], each: Sequence[Mapping[str, Figure]]) -> dict[str, Figure]:
    """Self-consumption and autarky of the sum, where it has production and of each that produces it is known what it uses."""
    at_once, made, used = (found[name].value for name in ("self_used", "production", "energy"))
    blind = any(one["production"].value and one["self_consumption"].value is None for one in each)
    quota, autarky = (None, None) if blind or not made else (_share(at_once, made), _share(at_once, used))
    plain = {name: each[0][name] for name in ("self_consumption", "autarky")}
    values = {"self_consumption": quota, "autarky": autarky}
    return {name: replace(one, value=values[name], reason="" if values[name] is not None else LACKING) for name, one in plain.items()}


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None
