"""Planted preferences: how much policies lose against the best, and how often the truth lies within the bounds of a replay.

    python -m benchmarks.recommend_policies [--seeds 100] [--rounds 10000] [--policy thompson] [--own .5]

Persons share a linear taste and have one of their own (`--own`, in parts of the shared one); candidates have a worth beside their features;
lower places of a list are looked at less. The log is of a policy that prefers what was popular. Bars: Thompson's regret is at most half of
choosing by lot; the truth is within SNIPS's and the doubly robust bounds in at least 93 of 100.
"""

import argparse
import json
import sys
import time

import numpy as np

from nova.answers.policies.log import Choice
from nova.answers.policies.replay import play, replay


def planted(seed: int, rounds: int, own: float, size: int = 5, items: int = 60, people: int = 150) -> list[Choice]:
    """A log of so many choices."""
    dice = np.random.default_rng(seed)
    taste = dice.normal(0, 1, size)
    tastes = taste + own * dice.normal(0, 1, (people, size))
    features, worth = dice.normal(0, 1, (items, size)), dice.normal(0, 0.4, items)
    popular = features @ dice.normal(0, 0.6, size)
    made = []
    for at in range(rounds):
        person, shown = int(dice.integers(people)), dice.choice(items, 8, replace=False)
        position = at % 3
        chance = np.exp(popular[shown] - popular[shown].max())
        chance = 0.8 * chance / chance.sum() + 0.2 / len(shown)
        looked = (1.0, 0.8, 0.6)[position]
        truth = looked / (1 + np.exp(-(features[shown] @ tastes[person] + worth[shown] - 1)))
        place = int(dice.choice(len(shown), p=chance))
        reward = float(dice.random() < truth[place])
        ids = tuple(f"c{one}" for one in shown)
        made.append(
            Choice(f"l{at // 3}", f"{at:08d}", f"p{person}", position, ids, features[shown], place, float(chance[place]), reward, truth)
        )
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--policy", choices=["thompson", "linucb"], default="thompson")
    parser.add_argument("--own", type=float, default=0.5)
    asked = parser.parse_args()
    began, inside, shares, better = time.process_time(), {"snips": 0, "dr": 0}, [], 0
    for seed in range(asked.seeds):
        log = planted(seed, asked.rounds, asked.own)
        done, played = replay(log, asked.policy, seed), play(log, asked.policy, seed)
        if done.true is None or played is None:
            raise SystemExit("the log tells no truth")
        for name, one in (("snips", done.snips), ("dr", done.dr)):
            inside[name] += int(one.low <= done.true <= one.high)
        shares.append(played.regret / played.random)
        better += int(done.verdict == "better")
    told = {"policy": asked.policy, "own": asked.own, "seeds": asked.seeds, "rounds": asked.rounds, "within": inside, "better": better}
    told |= {"regret_share": round(float(np.mean(shares)), 3), "worst_share": round(max(shares), 3)}
    print(json.dumps(told | {"cpu_s_per_seed": round((time.process_time() - began) / asked.seeds, 2)}))
    enough = min(inside.values()) >= 0.93 * asked.seeds
    return int(not enough or (asked.policy == "thompson" and max(shares) > 0.5))


if __name__ == "__main__":
    sys.exit(main())
