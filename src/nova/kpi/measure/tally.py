"""Single values in, the rows of one hour out."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from nova.crowd import FEWEST
from nova.stats.histograms import histogram
from nova.store.quality.kpi import HourRow

LATENCY = "latency_ms"


class Tally:
    """What one hour adds up to, by figure and segment ('' for all), and of whom."""

    def __init__(self) -> None:
        self._who: tuple[UUID, ...] = ()
        self._people: dict[tuple[str, str], set[int]] = {}
        self._sums: dict[tuple[str, str], list[float]] = {}
        self._waits: dict[str, list[float]] = {}

    def of(self, *people: UUID | None) -> None:
        """What is added from now on is of these; None is nobody, such as the operator."""
        self._who = tuple(one for one in people if one is not None)

    def add(self, kpi: str, value: float, segments: Iterable[str] = (), *, n: int = 1) -> None:
        """One case, or `n` cases that together are `value` (then their squares are unknown: counts and shares only)."""
        self.sums(kpi, n, value, value * value, segments)

    def apart(self, kpi: str, value: float, segments: Iterable[str]) -> None:
        """One case that counts in its segments only: elsewhere it would be added to what is measured otherwise."""
        for segment in segments:
            self._add(kpi, segment, 1, value, value * value)
            if kpi == LATENCY:
                self._waits.setdefault(segment, []).append(value)

    def sums(self, kpi: str, n: int, total: float, squares: float, segments: Iterable[str] = ()) -> None:
        """`n` cases with their sum and sum of squares."""
        for segment in ("", *segments):
            self._add(kpi, segment, n, total, squares)

    def _add(self, kpi: str, segment: str, n: int, total: float, squares: float) -> None:
        sums = self._sums.setdefault((kpi, segment), [0, 0.0, 0.0])
        self._people.setdefault((kpi, segment), set()).update(map(mark_of, self._who))
        sums[0] += n
        sums[1] += total
        sums[2] += squares

    def wait(self, milliseconds: float, segments: Iterable[str] = ()) -> None:
        """One answer took so long."""
        self.add(LATENCY, milliseconds, segments)
        for segment in ("", *segments):
            self._waits.setdefault(segment, []).append(milliseconds)

    def rows(self, starts: datetime) -> list[HourRow]:
        """The rows, in a fixed order. Sums are rounded so that they do not depend on the order of adding."""
        return [
            HourRow(
                kpi, segment, starts, int(n), round(total, 9), round(squares, 9),
                histogram(self._waits[segment]) if kpi == LATENCY else None, sorted(self._people[kpi, segment])[:FEWEST],
            )
            for (kpi, segment), (n, total, squares) in sorted(self._sums.items())
        ]  # fmt: skip


def mark_of(person: UUID) -> int:
    """By what a person is counted once; nobody is found by it."""
    return int.from_bytes(blake2b(person.bytes, digest_size=8, person=b"nova.kpi").digest(), signed=True)
