"""Made-up weeks of an adapter that serves in; how often chance alone warns of it or takes it out, and whether a fall is warned of before.

    python -m benchmarks.adapter_drift [--weeks 400] [--sentences 20]

Five figures are looked at each hour from the second on, as `flows/training/guarding.py` and `watching.py` do. No bar: it says what the
threshold of `adapter_abdrift` costs.
"""

import argparse
import random
from collections.abc import Sequence
from math import inf

from nova.flows.training.guarding import WATCHED, drift
from nova.kpi.measure.estimate import Estimate
from nova.stats.bounds import wilson

USUAL = (0.80, 0.95, 0.85, 0.75, 0.10)  # of WATCHED
HOURS, FIRST = 168, 2
WARN, LASTING = 0.8, 4  # as the rule: so far, for so many hours


def sums(dice: random.Random, share: float, sentences: int) -> list[int]:
    """How many are good up to each hour."""
    found, total = [], 0
    for _ in range(HOURS):
        total += sum(dice.random() < share for _ in range(sentences))
        found.append(total)
    return found


def week(dice: random.Random, fall: float, sentences: int) -> list[float]:
    """The worst drift at each look; the first figure is worse by `fall` since the adapter serves."""
    looks = [0.0] * (HOURS + 1)
    for at, (name, usual) in enumerate(zip(WATCHED, USUAL, strict=True)):
        before, after = sums(dice, usual, sentences), sums(dice, usual - fall * (at == 0), sentences)
        for hour in range(FIRST, HOURS + 1):
            cases = sentences * hour
            sides = (Estimate(one / cases, cases, *wilson(one, cases)) for one in (before[hour - 1], after[hour - 1]))
            looks[hour] = max(looks[hour], drift(name, *sides) or 0.0)
    return looks


def first(looks: Sequence[float], limit: float, lasting: int = 1) -> float:
    """The hour at which the drift has been beyond a limit for so many hours; inf: never."""
    row = 0
    for hour, value in enumerate(looks):
        row = row + 1 if value > limit else 0
        if row == lasting:
            return hour
    return inf


def main() -> None:
    """Print a line for each fall."""
    options = argparse.ArgumentParser()
    options.add_argument("--weeks", type=int, default=400)
    options.add_argument("--sentences", type=int, default=20)
    chosen = options.parse_args()
    dice = random.Random(7)
    for fall in (0.0, 0.03, 0.06):
        weeks = [week(dice, fall, chosen.sentences) for _ in range(chosen.weeks)]
        gone = [first(looks, 1.0) for looks in weeks]
        warned = [first(looks, WARN, LASTING) for looks in weeks]
        share = {f"beyond {limit:g}": sum(first(looks, limit) < inf for looks in weeks) / len(weeks) for limit in (0.5, WARN)}
        share |= {"warned": sum(at < inf for at in warned) / len(weeks), "gave way": sum(at < inf for at in gone) / len(weeks)}
        told = [at < end for at, end in zip(warned, gone, strict=True) if end < inf]
        share["warned before"] = sum(told) / len(told) if told else 0.0
        print(f"worse by {fall:.2f}: " + ", ".join(f"{name} {value:.0%}" for name, value in share.items()))


if __name__ == "__main__":
    main()
