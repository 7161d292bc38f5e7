"""Policies for recommended passages where they serve: how many lists the gate takes, how often it errs, and what a promoted policy brings.

    python -m benchmarks.recommend_served [--seeds 20] [--lists 300 1000 3000] [--policy thompson]

Lists of five are drawn as `/recommend` draws them (one place in ten by lot) from made-up passages for 100 persons. `wrong`: people like
what is new, which the house's order hardly does. `right`: they like what it puts first, so that little is to be gained. `none`: what they
click has nothing to do with any feature. Told per number of lists: how often the gate said `better`, and the share of shown passages that
were clicked under the house's order and under the learned policy, in truth. Bar: at most 5 % `better` in the worlds but `wrong`.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from uuid import UUID

import numpy as np

from nova.answers.policies.log import Choice
from nova.answers.policies.replay import replay
from nova.answers.policies.served import digest_of, learned, served
from nova.answers.search.features import FEATURES, Candidate, Chooser
from nova.answers.search.recommend import drawn
from nova.records import Passage

PEOPLE, PLACES, PASSAGES = 100, 5, 40
WORLDS = ("wrong", "right", "none")


def candidates(dice: random.Random) -> list[Candidate]:
    """What one person may be shown at one time, by the house's score."""
    found = []
    for _ in range(PASSAGES):
        item, chunk = UUID(int=dice.getrandbits(128)), UUID(int=dice.getrandbits(128))
        like, popular, fresh, reward = dice.random() ** 2, dice.random() ** 3, dice.random(), dice.choice([0.0, 0.0, 1.0, -0.5])
        passage = Passage(chunk, item, 1, "", "document", (), "", item, "", "wort " * dice.randrange(50, 200), 0, 0)
        found.append(Candidate(passage, like, popular, fresh, reward, 0.65 * like + 0.2 * popular + 0.15 * fresh + 0.1 * reward))
    return sorted(found, key=lambda one: -one.score)


def chance(world: str, x: Sequence[float], taste: float) -> float:
    """How likely a person clicks what has these features; `taste`: how much of it is their own."""
    told = dict(zip(FEATURES, x, strict=True))
    return {"wrong": 0.05 + 0.5 * told["fresh"] * taste, "right": 0.05 + 0.5 * told["score"] * taste, "none": 0.25 * taste}[world]


def lists(world: str, count: int, seed: int, chooser: Chooser | None = None) -> list[Choice]:
    """So many lists as they are logged, with what came of them; `truth` is what each candidate would have brought."""
    dice, found = random.Random(seed), []
    tastes = [dice.uniform(0.5, 1.5) for _ in range(PEOPLE)]
    for at in range(count):
        person = dice.randrange(PEOPLE)
        for place, one in enumerate(drawn(candidates(dice), PLACES, dice, chooser)):
            truth = np.array([chance(world, x, tastes[person]) * 0.85**place for _, x in one.pool])
            shown = [chunk for chunk, _ in one.pool].index(one.passage.chunk_id)
            ids, features = tuple(str(chunk) for chunk, _ in one.pool), np.array([x for _, x in one.pool])
            reward = 0.5 * float(dice.random() < truth[shown])
            found.append(
                Choice(f"l{at}", f"{at:08d}", f"p{person}", place, ids, features, shown, one.propensity, reward, truth)
            )  # fmt: skip
    return found


def clicked(choices: Sequence[Choice]) -> float:
    """The share of what was shown that is clicked, in truth."""
    return float(np.mean([one.truth[one.shown] for one in choices if one.truth is not None]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--lists", type=int, nargs="+", default=[300, 1000, 3000])
    parser.add_argument("--policy", choices=["thompson", "linucb"], default="thompson")
    asked = parser.parse_args()
    wrongly, judged = 0, 0
    for world in WORLDS:
        for count in asked.lists:
            began, better, gains, house, policy = time.process_time(), 0, [], [], []
            for seed in range(asked.seeds):
                log = lists(world, count, seed)
                done = replay(log, asked.policy, 0, personal=False)
                better += done.verdict == "better"
                gains.append(done.gain.value)
                text = learned(log, asked.policy)
                house.append(clicked(lists(world, 100, 10_000 + seed)))
                policy.append(clicked(lists(world, 100, 10_000 + seed, served("regel", text, digest_of(text)))))
            wrongly, judged = wrongly + better * (world != "wrong"), judged + asked.seeds * (world != "wrong")
            told = {"world": world, "lists": count, "better": f"{better}/{asked.seeds}", "gain": round(float(np.mean(gains)), 4)}
            told |= {"house": round(float(np.mean(house)), 3), "policy": round(float(np.mean(policy)), 3)}
            print(json.dumps(told | {"cpu_s": round((time.process_time() - began) / asked.seeds, 2)}), flush=True)
    return int(wrongly > 0.05 * judged)


if __name__ == "__main__":
    sys.exit(main())
