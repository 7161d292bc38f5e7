"""Where finding faults ends: recall by length or size, and the CPU time of checking, on simulated meters of a year.

    python benchmarks/faults.py [--seed 21] [--meters 20] [--seconds 900]

Each line: what was injected (four a meter), how many were found, how many findings matched none, and the share of the labelled time that
findings of the kind cover.
"""

import argparse
import time
from dataclasses import dataclass
from datetime import date

import numpy as np

from nova.energy.calendar import day_start
from nova.energy.quality.checks import check
from nova.energy.quality.findings import Context
from nova.energy.simulate.faults import HOUR, PLANS, Plan, inject, matched
from nova.energy.simulate.world import readings, world
from nova.series import DAY, Readings


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    plan: Plan
    words: str


CASES = (
    *(Case("stuck", Plan(low * HOUR, high * HOUR), f"frozen for {low} to {high} h") for low, high in ((1, 2), (2, 4), (4, 6), (6, 96))),
    *(Case("unit", Plan(low * DAY, high * DAY), f"wrong unit for {low} to {high} days") for low, high in ((1, 2), (2, 3), (3, 5), (5, 21))),
    *(Case(kind, PLANS.get(kind, Plan(0, 0)), f"{kind}, as the bars inject it") for kind in ("gap", "spike", "late", "dst")),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--meters", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=900)
    wish = parser.parse_args()
    window = day_start(date(2025, 1, 1)), day_start(date(2026, 1, 1))
    meters = [readings(one, *window, wish.seconds) for one in world(wish.seed, wish.meters)]
    begun = time.process_time()
    alarms = sum(len(check(one)) for one in meters)
    print(f"clean: {alarms} alarms in {len(meters)} meter-years, {(time.process_time() - begun) / len(meters):.3f} CPU s each")
    for case in CASES:
        print(f"{case.words:32} {tried(case, meters, wish.seed)}")


def tried(case: Case, meters: list[Readings], seed: int) -> str:
    hits = labels = wrong = inside = labelled = 0
    for number, clean in enumerate(meters):
        faulty = inject(clean, np.random.default_rng([seed, number]), [case.kind] * 4, {**PLANS, case.kind: case.plan})
        spans = [(one.start, one.end) for one in check(faulty.readings, Context(earlier=faulty.earlier)) if one.kind == case.kind]
        hit, there, false = matched(faulty.labels, case.kind, spans)
        hits, labels, wrong = hits + hit, labels + there, wrong + false
        for label in faulty.labels:
            labelled += label.end - label.start
            at = np.arange(label.start, label.end, clean.seconds)
            inside += clean.seconds * sum(any(start <= one < end for start, end in spans) for one in at)
    return f"{hits:4} of {labels:4} and {wrong} false, {inside / max(1, labelled):.0%} of the time"


if __name__ == "__main__":
    main()
