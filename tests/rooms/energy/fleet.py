"""Simulated homes, businesses and solar plants to try the quality rules on, and how their findings are counted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from nova.energy.calendar import day_start
from nova.energy.quality.checks import check
from nova.energy.quality.findings import KINDS, Context
from nova.energy.simulate.faults import inject, matched
from nova.energy.simulate.world import readings, world
from nova.series import Readings


def fleet(seed: int, seconds: int, count: int, days: int) -> Iterator[Readings]:
    """Meters of a world, one after the other; their days begin in different months."""
    for number, one in enumerate(world(seed, count)):
        first = date(2023 + number % 3, 1 + (number * 5 + seed) % 12, 1)
        yield readings(one, day_start(first), day_start(first + timedelta(days=days)), seconds)


def tally(given: Iterator[Readings], seed: int, kinds: Sequence[str] = KINDS) -> dict[str, Counter[str]]:
    """Labels found, labels, findings and false alarms by kind over these meters, once each has had these faults."""
    sums: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for number, clean in enumerate(given):
        faulty = inject(clean, np.random.default_rng([seed, number]), kinds)
        found = check(faulty.readings, Context(earlier=faulty.earlier))
        for kind in KINDS:
            spans = [(one.start, one.end) for one in found if one.kind == kind]
            hit, labels, wrong = matched(faulty.labels, kind, spans)
            sums[kind].update(hit=hit, labels=labels, wrong=wrong, found=len(spans))
    return sums


def rates(sums: dict[str, Counter[str]]) -> Iterator[tuple[str, float, float]]:
    """Kind, recall and precision; a kind without labels has neither."""
    for kind, counted in sums.items():
        if counted["labels"]:
            yield kind, counted["hit"] / counted["labels"], 1.0 - counted["wrong"] / max(1, counted["found"])
