"""Random battery days through `nova.energy.schedule.course`: CPU seconds, distance to the bound, and whether every schedule can be run.

    python benchmarks/schedule.py [--days 200] [--seed 1] [--prices FILE] [--proof 0]

`--prices` takes a CSV with `ts` and `price_eur_mwh`, else prices are drawn: a midday trough that falls below zero on every third day.
`--proof N` lets HiGHS look at a day for N seconds and compares with its dual bound, where a schedule has not come near enough to its own.
"""

import argparse
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from nova.energy.calendar import day_bounds, local_date, local_hours
from nova.energy.schedule.course import Course
from nova.energy.schedule.plant import Battery, Plant
from nova.energy.schedule.prices import read
from nova.energy.schedule.replay import faults
from nova.energy.schedule.solve import general, plan
from nova.energy.spans import mean_over, steps

CHANGES = (date(2026, 3, 29), date(2026, 10, 25))


def days(count: int, seed: int, file: str | None) -> Iterator[tuple[Plant, Course]]:
    rng = np.random.default_rng(seed)
    known = read(Path(file).read_text("utf-8"), file) if file else None
    for number in range(count):
        if known is None:
            day = CHANGES[number % 2] if number % 5 == 0 else date(2026, 1, 1) + timedelta(days=int(rng.integers(0, 365)))
        else:
            day = local_date(int(rng.choice(known.ts[48:-48])))
        ts = np.arange(*day_bounds(day), 900, dtype=np.int64)
        if known is None:
            hour = local_hours(ts)
            dip = rng.uniform(0.1, 0.3) if number % 3 == 0 else rng.uniform(0, 0.08)
            spot = 0.09 + 0.04 * np.cos((hour - 19) / 12 * np.pi) - dip * np.exp(-(((hour - 13) / 3) ** 2)) + rng.normal(0, 0.01, len(ts))
        else:
            spot = mean_over(steps(known.ts, known.product.seconds, known.price), ts, ts + 900) / 1000
        if not np.isfinite(spot).all():
            continue
        power = float(rng.choice([3.0, 5.0, 10.0]))
        size, wear = float(rng.choice([5.0, 10.0, 20.0, 40.0])), float(rng.choice([0.0, 0.02]))
        up, down = (float(one) for one in rng.uniform(0.88, 0.98, 2))
        battery = Battery(size, power, power, up, down, soc_end=0.5, cycle_eur_kwh=wear)
        kind = number % 3  # a household, a household with a fixed feed-in tariff, and a battery that trades
        buy = spot + (0.0 if kind == 2 else 0.15)
        sell = np.full(len(ts), 0.08) if kind == 1 else spot - 0.001
        base, pv = (np.zeros(len(ts)),) * 2 if kind == 2 else (rng.uniform(0.2, 3, len(ts)), np.maximum(rng.normal(0, 3, len(ts)), 0))
        yield Plant(battery=battery), Course(ts, 900, buy, sell, base, pv)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prices")
    parser.add_argument("--proof", type=float, default=0.0)
    words = parser.parse_args()
    spent, gaps, negative, wrong = [], [], 0, 0
    for plant, given in days(words.days, words.seed, words.prices):
        began = time.process_time()
        found = plan(plant, given)
        spent.append(time.process_time() - began)
        wrong += bool(list(faults(plant, given, found.setpoints)))
        negative += bool((given.buy < 0).any())
        bound = found.bound
        if found.gap > 1e-4 and words.proof and (proved := general(plant, given, words.proof, 0.0)):
            bound = max(bound, proved.bound)
        gaps.append(max(found.objective - bound, 0.0) / max(abs(found.objective), 1e-9))
    cpu, gap = np.array(spent[1:]), np.array(gaps)  # the first day imports scipy
    print(f"{len(gaps)} days, {negative} with negative prices, {wrong} not sound")
    print(f"CPU s: median {np.median(cpu):.3f}, p95 {np.quantile(cpu, 0.95):.3f}, max {cpu.max():.3f}; over 0.1: {(cpu > 0.1).sum()}")
    print(f"gap: {(gap <= 1e-4).sum()} of {len(gap)} within 1e-4, max {gap.max():.1e}")


if __name__ == "__main__":
    main()
