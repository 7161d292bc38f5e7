"""What another threshold would mean: how many records fewer or more, and of which kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from nova.errors import InvalidInput
from nova.german import number, short
from nova.seeding.judge.profile import kind_of

STEPS: Final = (50, 55, 60, 65, 70, 75, 80, 85, 90, 95)
MEASURES: Final = ("quality", "confidence", "completeness")
_NAMES: Final = (
    ("Kunde", "Kunden", "customer kunde"), ("Vertrag", "Verträge", "contract vertrag"),
    ("Zähler", "Zähler", "meter zaehler zähler"),
    ("Zählerstand", "Zählerstände", "reading zaehlerstand zählerstand"), ("Ticket", "Tickets", "ticket"),
    ("Brief", "Briefe", "letter brief"),
    ("Beitrag", "Beiträge", "post beitrag"), ("Rechnung", "Rechnungen", "bill invoice rechnung"), ("E-Mail", "E-Mails", "mail email"),
)  # fmt: skip
_KINDS: Final = {kind: (one, many) for one, many, kinds in _NAMES for kind in kinds.split()}


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One threshold beside the one in force: `fewer` records pass (negative: more), by kind in `kinds`, told in `text`."""

    measure: str
    now: float
    then: float
    kept: int
    fewer: int
    kinds: dict[str, int]
    text: str


def what_if(scored: pl.DataFrame, measure: str, now: float, then: float) -> WhatIf:
    """What `then` instead of `now` would mean for the least `measure` of a record; `scored` is what `score` gave."""
    if measure not in MEASURES:
        raise InvalidInput(f"„{measure}“ ist keine Schwelle; es gibt: {', '.join(MEASURES)}.")
    values = scored[measure].fill_null(0.0)
    moved = (values >= now) != (values >= then)
    counts = kind_of(scored).filter(moved).value_counts(name="n").sort(["n", "kind"], descending=[True, False])
    kinds: dict[str, int] = dict(counts.iter_rows())
    sign = 1 if then >= now else -1
    return WhatIf(measure, now, then, int((values >= then).sum()), sign * sum(kinds.values()), kinds, _text(now, then, kinds))


def _text(now: float, then: float, kinds: Mapping[str, int]) -> str:
    total = sum(kinds.values())
    head = f"{short(then)} statt {short(now)}: "
    if total == 0:
        return head + "kein Datensatz anders."
    way = "weniger" if then >= now else "mehr"
    named = [f"{number(count, 0)} {called(kind, count)}" for kind, count in kinds.items() if kind]
    return (
        head
        + f"{number(total, 0)} {'Datensatz' if total == 1 else 'Datensätze'} {way}"
        + (f", davon {', '.join(named)}." if named else ".")
    )


def called(kind: str, count: int) -> str:
    """How one or more records of a kind are called; a kind that is not known keeps its own name."""
    known = kind.lower()
    names = _KINDS.get(known) or _KINDS.get(known.removesuffix("s")) or (kind, kind)
    return names[0] if count == 1 else names[1]


def steps(scored: pl.DataFrame, thresholds: Mapping[str, float]) -> list[WhatIf]:
    """Every step of five points for each threshold in force."""
    return [what_if(scored, measure, now, float(then)) for measure, now in thresholds.items() for then in STEPS if then != now]
