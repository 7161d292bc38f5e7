"""What a model is worth: it must help questions it was not chosen on, not by chance, and harm none."""

import random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.search.dense import likeness
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.search.weigh import WEIGHTS, EvaluationQuestion, Outcome, choose, ndcg, outcomes
from nova.errors import Busy
from nova.records import Scope
from tests.fakes.embedder import WordEmbedder
from tests.fakes.embeddings import POISON
from tests.fakes.memory import MemoryIndex
from tests.rooms.answers.shelf import house
from tests.rooms.answers.test_dense import CANTEEN, CARS, OUTAGE

pytestmark = pytest.mark.slow


def outcome(gain: dict[float, float], base: float = 0.5, group: str = "Überschriften") -> Outcome:
    values = {weight: base + gain.get(weight, 0.0) for weight in WEIGHTS}
    return Outcome(group, values, {weight: float(value > 0.4) for weight, value in values.items()}, 12.0)


def noisy(mean: float, count: int, seed: int, group: str = "Überschriften") -> list[Outcome]:
    dice = random.Random(seed)
    gains = [dice.gauss(mean, 0.2) for _ in range(count)]
    return [outcome({weight: weight * gain + dice.gauss(0, 0.02) for weight in WEIGHTS if weight}, group=group) for gain in gains]


def test_a_model_that_helps_gets_a_weight() -> None:
    made = choose(noisy(0.1, 200, 1))
    assert made["weight"] in WEIGHTS[1:]
    assert made["chance"] < 0.05
    assert all(half["gain"] > 0 for half in made["halves"])
    assert made["questions"] == {"Überschriften": 200}
    assert len(made["rows"]) == len(WEIGHTS)


def test_the_smaller_of_two_chosen_weights_counts() -> None:
    made = choose(noisy(0.1, 200, 1))
    assert made["weight"] == min(half["chosen"] for half in made["halves"])


def test_a_model_that_harms_or_does_nothing_gets_none() -> None:
    assert choose(noisy(-0.1, 200, 2))["weight"] == 0
    assert choose([outcome({}) for _ in range(200)])["weight"] == 0


def test_noise_alone_gets_a_weight_seldom() -> None:
    assert sum(choose(noisy(0.0, 60, seed))["weight"] > 0 for seed in range(20)) <= 2


def test_a_model_that_helps_headings_and_harms_questions_gets_none() -> None:
    made = choose([*noisy(0.1, 200, 3), *noisy(-0.05, 60, 4, "Fragen")])
    assert made["weight"] == 0
    assert "Fragen" in made["reason"]


def test_few_questions_are_no_proof() -> None:
    made = choose(noisy(0.2, 39, 5))
    assert made["weight"] == 0
    assert "Zu wenige Fragen" in made["reason"]
    assert choose([])["weight"] == 0


@given(st.integers(1, 12), st.integers(1, 3), st.randoms(use_true_random=False))
def test_ndcg_is_1_for_the_right_order_and_falls_with_the_rank(count: int, right: int, dice: random.Random) -> None:
    sections = [uuid4() for _ in range(count + right)]
    places = [frozenset({section}) for section in sections[:right]]
    assert ndcg(sections, places) == pytest.approx(1.0)
    shuffled = sections[:]
    dice.shuffle(shuffled)
    assert 0.0 <= ndcg(shuffled, places) <= 1.0 + 1e-9
    assert ndcg(sections[right:], places) == 0.0


def test_questions_are_asked_as_people_ask_them() -> None:
    context = house(("netz", OUTAGE), ("autos", CARS), ("kantine", CANTEEN))
    index, embedder = context.index, WordEmbedder()
    assert isinstance(index, MemoryIndex)
    held = context.shelf.held  # type: ignore[attr-defined]
    index.make_room(embedder.dimension)
    for key, point in list(index.points.items()):
        index.points[key] = type(point)(*(getattr(point, name) for name in point.__slots__[:-1]), embedder._one(held[key].text))
    outage = next(passage for passage in held.values() if passage.title == "Regeln der Netze")
    sources = Sources(context.shelf, index, context.analyser(), context.vocabulary(), Memory())
    right = (frozenset({outage.section_id}),)
    (seen,) = outcomes(
        [EvaluationQuestion("Fragen", f"Was ist {POISON}?", right), EvaluationQuestion("Fragen", "Quibbel", right)], sources, embedder
    )
    assert seen.ndcg[0.0] == 0.0
    assert all(seen.ndcg[weight] == 1.0 for weight in WEIGHTS[1:])
    assert likeness(1.0, index.near(embedder._one("Quibbel"), Scope(), 5)) is not None
    with pytest.raises(Busy, match="inzwischen ein anderes"):
        list(outcomes([EvaluationQuestion("Fragen", "Quibbel", right)], sources, WordEmbedder(dimension=24)))
