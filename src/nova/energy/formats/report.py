"""What became of a file's rows: how many were taken, changed and refused, why, and where the first of each kind stand.

A row is one value of one interval: a line of a long table, a cell of a wide one, a QTY segment, a Point. `accepted`, `corrected` and
`refused` add up to all of them. Texts are German, for those who sent the file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np

Kind = Literal["corrected", "refused", "note"]
PLACES, REASONS, NAMES = 3, 40, 50


@dataclass(slots=True)
class Reason:
    """Why rows were changed or refused, or what was assumed; `places` says where the first stand and what they hold."""

    kind: Kind
    text: str
    count: int = 0
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What became of a file. `start` and `end` bound what was taken (seconds since 1970, end excluded), None when nothing was."""

    format: str = ""
    accepted: int = 0
    corrected: int = 0
    refused: int = 0
    reasons: list[Reason] = field(default_factory=list)
    start: int | None = None
    end: int | None = None
    meters: list[str] = field(default_factory=list)
    meter_count: int = 0
    others: list[str] = field(default_factory=list)

    def taken(self) -> int:
        """How many rows were taken, as they were or changed."""
        return self.accepted + self.corrected

    def refuse(self, text: str, count: int = 1, places: Iterable[str] = ()) -> None:
        """Count rows that are not taken."""
        self.refused += count
        self._say("refused", text, count, places)

    def correct(self, text: str, count: int = 1, places: Iterable[str] = ()) -> None:
        """Count rows that are taken with a change, and no longer as taken as they were."""
        self.corrected += count
        self._say("corrected", text, count, places)

    def note(self, text: str, count: int = 1, places: Iterable[str] = ()) -> None:
        """Say what was assumed or read in which way."""
        self._say("note", text, count, places)

    def refuse_where(self, text: str, which: "np.ndarray[Any, np.dtype[np.bool_]]", place: Callable[[int], str]) -> None:
        """Refuse the rows of a mask; `place` describes one by its index."""
        if count := int(np.count_nonzero(which)):
            self.refuse(text, count, (place(int(row)) for row in np.flatnonzero(which)[:PLACES]))

    def correct_where(self, text: str, which: "np.ndarray[Any, np.dtype[np.bool_]]", place: Callable[[int], str]) -> None:
        """Count the rows of a mask as changed; `place` describes one by its index."""
        if count := int(np.count_nonzero(which)):
            self.correct(text, count, (place(int(row)) for row in np.flatnonzero(which)[:PLACES]))

    def cover(self, start: int, end: int) -> None:
        """Widen the window to hold these instants."""
        self.start = start if self.start is None else min(self.start, start)
        self.end = end if self.end is None else max(self.end, end)

    def add(self, other: "Report") -> None:
        """Take over what became of a later part of the same file."""
        self.format = other.format or self.format
        self.accepted += other.accepted
        self.corrected += other.corrected
        self.refused += other.refused
        for reason in other.reasons:
            self._say(reason.kind, reason.text, reason.count, reason.places)
        if other.start is not None and other.end is not None:
            self.cover(other.start, other.end)
        self.meter_count = max(self.meter_count, other.meter_count)
        self.meters = list(dict.fromkeys((*self.meters, *other.meters)))[:NAMES]
        self.meter_count = max(self.meter_count, len(self.meters))
        self.others = list(dict.fromkeys((*self.others, *other.others)))[:NAMES]

    def as_dict(self) -> dict[str, Any]:
        """JSON values, as `series_batches.report` keeps them."""
        return asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "Report":
        """The report that `as_dict` wrote."""
        return cls(**{**value, "reasons": [Reason(**reason) for reason in value["reasons"]]})

    def _say(self, kind: Kind, text: str, count: int, places: Iterable[str]) -> None:
        found = next((one for one in self.reasons if (one.kind, one.text) == (kind, text)), None)
        if found is None and len(self.reasons) >= REASONS:
            text = "weitere Gründe"
            found = next((one for one in self.reasons if (one.kind, one.text) == (kind, text)), None)
        if found is None:
            found = Reason(kind, text)
            self.reasons.append(found)
        found.count += count
        if len(found.places) < PLACES:
            found.places.extend(list(places)[: PLACES - len(found.places)])


def shown(text: str, most: int = 40) -> str:
    """What stands in a file, in German quotation marks, short and on one line."""
    flat = "".join(one if one.isprintable() else "·" for one in text[: most + 1])
    return f"„{flat[:most]}{'…' if len(flat) > most else ''}“"
