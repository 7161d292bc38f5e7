"""What three measured steps took in, what a run will take out: hours, memory, energy and money, beside the budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nova.training.config import Recipe

WATTS_IN_KW, SECONDS_IN_HOUR = 1000, 3600
LEAST_FITTING = 0.9
"""So large a share of the examples has to be short enough for a run to begin."""


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the estimate: what it takes, what the budget has, and why it does not pass (German; "" where it does)."""

    name: str
    value: float
    limit: float
    reason: str


def needs(recipe: Recipe, steps: int, seconds_per_step: float, memory_mib: float) -> list[Need]:
    """Hours, memory in MiB, kWh and EUR of a run of so many steps. Checkpoints and the questions of the test are not in it."""
    hours = steps * seconds_per_step / SECONDS_IN_HOUR
    kwh = hours * recipe.profile.watts / WATTS_IN_KW
    budget = recipe.config.budget
    told = (
        ("hours", hours, budget.hours, "{} Stunden; das Budget sind {}."),
        ("memory_mib", memory_mib, budget.memory_mib, "{} MiB Speicher; das Budget sind {}."),
        ("kwh", kwh, budget.kwh, "{} kWh; das Budget sind {}."),
        ("eur", kwh * recipe.profile.eur_per_kwh, budget.eur, "{} €; das Budget sind {}."),
    )
    return [
        Need(name, round(value, 4), limit, "" if value <= limit else "Der Lauf braucht etwa " + text.format(_german(value), _german(limit)))
        for name, value, limit, text in told
    ]


def told(recipe: Recipe, measured: Mapping[str, Any]) -> dict[str, Any]:
    """The preflight as people and programs read it; `rows` of `given` examples are short enough to be learned from."""
    found = needs(recipe, int(measured["steps"]), float(measured["seconds_per_step"]), float(measured["memory_mib"]))
    rows, given = int(measured["rows"]), int(measured["given"])
    reasons = [one.reason for one in found if one.reason]
    if rows < LEAST_FITTING * given:
        reasons.append(f"Nur {rows} von {given} Beispielen passen in {recipe.config.training.length} Token; die übrigen gingen verloren.")
    return {
        **{one.name: one.value for one in found}, "steps": measured["steps"], "rows": rows, "given": given,
        "seconds_per_step": round(float(measured["seconds_per_step"]), 4),
        "budget": {one.name: one.limit for one in found}, "reasons": reasons, "passed": not reasons,
    }  # fmt: skip


def cheapest_start(prices: Sequence[tuple[datetime, float]], hours: float, now: datetime) -> datetime | None:
    """When a run of so many hours begins so that it costs least: at `now` or at one of the hours in `prices` (a run of them without gaps).

    `prices`: starts of hours and their price, ascending, from the hour of `now` on. None where they do not reach as far as the run.
    """
    whole = max(1, int(-(-hours // 1)))
    starts = [at for at, _ in prices]
    sums = [
        (sum(price for _, price in prices[n : n + whole]), max(at, now))
        for n, at in enumerate(starts[: len(starts) - whole + 1])
        if starts[n + whole - 1] - at == timedelta(hours=whole - 1)
    ]
    return min(sums)[1] if sums else None


def _german(value: float) -> str:
    text = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return text.translate(str.maketrans(",.", ".,"))
