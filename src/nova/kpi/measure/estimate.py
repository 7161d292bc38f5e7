"""A figure over a window, with its bounds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over a window: shares from 0 to 1, its 95 % bounds, from `n` cases. None where there is too little to say.

    `few`: fewer people are behind it than may be told of. Rules judge by it; people are told what is `shown` of it.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    few: bool = False

    @property
    def shown(self) -> "Estimate":
        """What may be told: of too few people nothing, not even from how many cases."""
        return Estimate(None, 0, few=True) if self.few else self

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Both bounds; None unless both are known."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def apart(self, other: "Estimate") -> float | None:
        """How far two lie apart, beside where their bounds just touch (1); None where one of them says too little."""
        if self._spread is None or other._spread is None:
            return None
        (lower, _, up), (upper, down, _) = sorted((self._spread, other._spread))
        room = up - lower + upper - down
        return (upper - lower) / room if room > 0 else None

    @property
    def _spread(self) -> tuple[float, float, float] | None:
        return None if self.value is None or self.bounds is None else (self.value, *self.bounds)
