"""How like real homes simulated ones are over unseen seeds, and what a year of a meter by the minute costs.

    python benchmarks/simulate.py [--seeds 20] [--first 100] [--tens 100]

CPU seconds of a meter-year by the minute, with the tables that a fleet shares made before, and of those tables; then for each seed the
medians of twenty homes, and over all seeds how many tens of homes (one after the other, and random ones), summed, leave a range.
"""

import argparse
import time

import numpy as np

from nova.energy.calendar import day_start
from nova.energy.simulate import draws, validate, world
from nova.energy.simulate.statistics import REAL_HOMES, REAL_TEN, medians, statistics


def main() -> None:
    """Print a line a seed, then sums."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, value in (("--seeds", 20), ("--first", 100), ("--tens", 100)):
        asked.add_argument(name, type=int, default=value)
    given = asked.parse_args()
    cost(given.first)
    likeness(range(given.first, given.first + given.seeds), given.tens)


def likeness(seeds: range, tens: int) -> None:
    """Medians of homes, and sums of ten, against what real ones show."""
    found, outside, neighbours = [], dict.fromkeys(REAL_TEN, 0), dict.fromkeys(REAL_TEN, 0)
    print("seed", *REAL_HOMES, "| kWh a year: median, least, most", sep="  ")
    for seed in seeds:
        power = validate.loads(seed)
        middle = medians([statistics(one) for one in power])
        found.append(middle)
        some = draws.once(draws.root(seed, "benchmark"))
        for _ in range(tens):
            figures = statistics(power[some.choice(len(power), 10, replace=False)].sum(axis=0))
            for key, real in REAL_TEN.items():
                outside[key] += not real.holds(figures[key])
        for ten in (power[:10], power[10:20]):
            figures = statistics(ten.sum(axis=0))
            for key, real in REAL_TEN.items():
                neighbours[key] += not real.holds(figures[key])
        yearly = np.sort(power.mean(axis=1) * 8760)
        inside = all(real.holds(middle[key]) for key, real in REAL_HOMES.items())
        print(seed, *(f"{middle[key]:.3f}" for key in REAL_HOMES), "inside" if inside else "OUTSIDE", end="  | ")
        print(f"{np.median(yearly):.0f}, {yearly[0]:.0f}, {yearly[-1]:.0f}", flush=True)
    print("median of seeds", *(f"{key} {np.median([one[key] for one in found]):.3f} (real {REAL_HOMES[key].middle})" for key in REAL_HOMES))
    print("tens of homes one after the other outside", {key: f"{count} of {2 * len(seeds)}" for key, count in neighbours.items()})
    print("random tens outside", {key: f"{count} of {tens * len(seeds)}" for key, count in outside.items()})


def cost(seed: int) -> None:
    """CPU seconds of a year by the minute, meter by meter."""
    start, end = day_start(validate.FIRST), day_start(validate.LAST)
    fleet = world.world(seed, 20)
    begun = time.process_time()
    for one in fleet[:10]:
        world.readings(one, start, end)
    first, took = time.process_time() - begun, []
    for one in fleet:
        begun = time.process_time()
        world.readings(one, start, end)
        took.append(time.process_time() - begun)
    print(f"meter-year at 1 minute: mean {np.mean(took):.3f}, most {max(took):.3f} CPU s")
    print(f"imports and tables that the fleet shares: {first - sum(took[:10]):.2f} CPU s")


if __name__ == "__main__":
    main()
