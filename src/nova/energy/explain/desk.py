"""A source in, the same source out that reads and explains each window once: one for each answer."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from nova.energy.explain import reasons as why
from nova.energy.explain.period import Period
from nova.energy.explain.source import Meter, Source
from nova.series import Prices, Readings, Signal


@dataclass(frozen=True, slots=True)
class Desk:
    """What an answer works on. Not for more than one: it does not see what changes meanwhile."""

    source: Source
    memory: dict[Hashable, Any] = field(default_factory=dict)

    def meters(self) -> tuple[Meter, ...]:
        """As the source."""
        if "meters" not in self.memory:
            self.memory["meters"] = self.source.meters()
        found: tuple[Meter, ...] = self.memory["meters"]
        return found

    def readings(self, meter_id: str, start: int, end: int) -> Readings:
        """As the source."""
        key = ("readings", meter_id, start, end)
        if key not in self.memory:
            self.memory[key] = self.source.readings(meter_id, start, end)
        found: Readings = self.memory[key]
        return found

    def prices(self, start: int, end: int) -> Prices | None:
        """As the source."""
        return self.source.prices(start, end)

    def signal(self, name: str, place: str, start: int, end: int) -> Signal | None:
        """As the source."""
        return self.source.signal(name, place, start, end)

    def reasons(self, meter_id: str, column: why.Column, period: Period) -> why.Reasons | None:
        """Why the period differs; None where the past is too short."""
        key = ("reasons", meter_id, column, period)
        if key not in self.memory:
            self.memory[key] = why.reasons(self, meter_id, column, period)
        found: why.Reasons | None = self.memory[key]
        return found

    def costs(self, found: why.Reasons, period: Period) -> why.Costs | None:
        """What the difference costs; None without prices."""
        key = ("costs", id(found), period)
        if key not in self.memory:
            self.memory[key] = why.costs(self, found, period)
        costs: why.Costs | None = self.memory[key]
        return costs
