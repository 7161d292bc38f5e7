"""A policy that serves: plain numbers of everybody together, exact chances with a floor, nothing chosen by what is damaged."""

import json
import random
from collections import Counter
from typing import Any

import numpy as np
import pytest

from benchmarks.recommend_policies import planted
from nova.answers.policies.log import Choice
from nova.answers.policies.replay import replay
from nova.answers.policies.served import Served, digest_of, learned, served
from nova.answers.search.features import FEATURES
from nova.answers.search.recommend import Tastes
from nova.errors import InvalidInput
from nova.stats.bandits import FLOOR
from nova.store.talk.suggestions import PassageUse
from tests.rooms.answers.test_recommend import NOW, chunks, suggested

KINDS = ["thompson", "linucb"]


def log(rounds: int = 800, person: str = "") -> list[Choice]:
    """Who likes what is fresh gets what comes; `person` stands in every row."""
    dice = np.random.default_rng(5)
    found = []
    for at in range(rounds):
        features = dice.random((8, len(FEATURES)))
        place = int(dice.integers(8))
        reward = float(dice.random() < 0.1 + 0.8 * features[place, FEATURES.index("fresh")])
        ids = tuple(f"{person}{at}-{n}" for n in range(8))
        found.append(Choice(f"l{at}", f"{at:05d}", person or f"p{at % 30}", 0, ids, features, place, 1 / 8, reward, None))
    return found


def policy(kind: Any) -> Served:
    text = learned(log(), kind)
    return served("regel", text, digest_of(text))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_learned_is_shared_by_all_and_comes_back_as_it_was(kind: Any) -> None:
    text = learned(log(), kind)
    assert text == learned(log(person="jemand"), kind)
    told = json.loads(text)
    assert tuple(told["features"]) == FEATURES and np.argmax(told["middle"][:-1]) == FEATURES.index("fresh")
    found = served("regel", text, digest_of(text))
    assert found.shared.middle.tolist() == told["middle"] and found.shared.inverse.tolist() == told["inverse"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_measured_as_it_serves(kind: Any) -> None:
    assert replay(log(), kind, 0, personal=False).verdict == "better"
    assert replay(log(), kind, 0, personal=False).dr.value == replay(log(person="jemand"), kind, 0, personal=False).dr.value
    assert replay(planted(3, 600, 0.5), kind, 0, personal=False) != replay(planted(3, 600, 0.5), kind, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_has_the_chance_it_was_drawn_with(kind: Any) -> None:
    used, chooser = [PassageUse(chunk, 1.0, NOW) for chunk in chunks("19")[:1]], policy(kind)
    used = [PassageUse(one.chunk_id, 1.0, NOW.replace(year=2025)) for one in used]
    drawn = Counter[Any]()
    for seed in range(150):
        (one,) = suggested(Tastes(used), 1, random.Random(seed), chooser)
        assert one.propensity >= FLOOR / len(one.pool) - 1e-6
        drawn[one.passage.chunk_id] += 1
        chances = chooser.chances([x for _, x in one.pool], random.Random(seed).getrandbits(32))
        at = [chunk for chunk, _ in one.pool].index(one.passage.chunk_id)
        assert one.propensity == round(chances[at], 6) and abs(sum(chances) - 1) < 1e-9
    assert len(drawn) > 1


def test_without_it_the_list_is_the_one_before_and_with_it_another() -> None:
    used = [PassageUse(chunk, 1.0, NOW.replace(year=2025)) for chunk in chunks("19")]
    own = suggested(Tastes(used), 8, random.Random(7))
    assert suggested(Tastes(used), 8, random.Random(7), policy("linucb")) == suggested(Tastes(used), 8, random.Random(7), policy("linucb"))
    assert suggested(Tastes(used), 8, random.Random(7), policy("linucb")) != own
    assert suggested(Tastes(used), 8, random.Random(7)) == own


@pytest.mark.parametrize(
    "changed",
    [
        {"middle": [0.0]}, {"middle": ["x"] * 9}, {"inverse": [[1.0]]}, {"inverse": [[0.0] * 9] * 9}, {"noise": 0}, {"floor": 0},
        {"floor": 2}, {"policy": "anders"}, {"features": ["like"]}, {"version": 0}, {"middle": None}, {"noise": "NaN"},
    ],
)  # fmt: skip
def test_what_is_damaged_or_of_other_features_chooses_nothing(changed: dict[str, Any]) -> None:
    text = learned(log(60), "linucb")
    wrong = json.dumps(json.loads(text) | changed)
    with pytest.raises(InvalidInput):
        served("regel", wrong, digest_of(wrong))
    with pytest.raises(InvalidInput):
        served("regel", wrong, digest_of(text))
