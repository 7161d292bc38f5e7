"""Triage takes the cheapest cure that fits, and says why the others do not."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from nova.kpi.measure.estimate import Estimate
from nova.kpi.tickets.triage import Gap, Scene, triage
from nova.kpi.tickets.words import cure

GAP = Gap(uuid4(), 12, 0.9, 12)
FINE = {"weak_share": Estimate(0.1, 200, 0.07, 0.15)}
WORSE = {**FINE, "groundedness": Estimate(0.6, 200, 0.55, 0.65)}
BEFORE = {**FINE, "groundedness": Estimate(0.8, 200, 0.76, 0.84)}
PROMPT = Scene("groundedness", 200, now=WORSE, before=BEFORE, generator=True)


def test_a_gap_comes_before_everything_else() -> None:
    found = triage(replace(PROMPT, gaps=(GAP,), bad=40, misranked=90, candidates=999))
    assert (found.kind, found.owner, found.gap_id) == ("knowledge", "lumina", GAP.gap_id)
    assert found.gain is not None and found.gain.low < found.gain.share == 12 / 200 < found.gain.high and found.gain.n == 200
    assert [one.kind for one in found.considered] == ["knowledge"]


@pytest.mark.parametrize("gap", [Gap(uuid4(), 4, 0.9, 4), Gap(uuid4(), 50, 0.3, 50)])
def test_a_small_or_shallow_gap_is_none(gap: Gap) -> None:
    found = triage(replace(PROMPT, gaps=(gap,)))
    assert found.kind == "prompt" and not found.considered[0].fits and str(gap.questions) in found.considered[0].why


@pytest.mark.parametrize(
    ("held", "bad", "kind"),
    [
        ((7,), 36, "ranking"),  # less than a fifth
        ((8,), 36, "knowledge"),
        ((6, 6, 6), 36, "knowledge"),  # none a fifth, together a half
        ((6, 6, 5), 36, "ranking"),
        ((0,), 36, "ranking"),
        ((0,), 0, "ranking"),
    ],
)
def test_a_gap_must_hold_its_share_of_what_the_figure_counts_as_bad(held: tuple[int, ...], bad: int, kind: str) -> None:
    gaps = tuple(Gap(uuid4(), 12, 0.9, one) for one in held)
    found = triage(Scene("useful_share", 200, gaps=gaps, bad=bad, source_thumbs=36))
    assert found.kind == kind
    assert f"{held[0]} der {bad} schlechten Antworten" in found.considered[0].why
    assert found.evidence["gaps"][0]["bad"] == held[0] and found.evidence["bad"] == bad


def test_a_prompt_is_to_blame_when_retrieval_holds_and_words_got_surely_worse() -> None:
    found = triage(PROMPT)
    assert (found.kind, found.owner) == ("prompt", "orion")
    assert found.gain is not None and found.gain.share == pytest.approx(0.2)
    assert (found.gain.low, found.gain.high) == (pytest.approx(0.11), pytest.approx(0.29))
    assert "„Belegtreue“" in found.why and "20,0 % der Sätze" in cure(found)  # 200 sentences are no questions
    assert "der Fragen" in cure(triage(replace(PROMPT, gaps=(GAP,), bad=12)))


@pytest.mark.parametrize(
    "scene",
    [
        replace(PROMPT, generator=False),
        replace(PROMPT, now={**WORSE, "weak_share": Estimate(0.6, 200, 0.5, 0.7)}),
        replace(PROMPT, now={**WORSE, "groundedness": Estimate(0.78, 200, 0.7, 0.83)}),
        replace(PROMPT, before={}),
        replace(PROMPT, kpi="weak_share"),
    ],
)
def test_a_prompt_is_not_blamed_otherwise(scene: Scene) -> None:
    assert triage(scene).kind == "other"


def test_an_angry_tone_counts_the_other_way_round() -> None:
    scene = Scene(
        "negative_share",
        200,
        {"negative_share": Estimate(0.5, 90, 0.42, 0.58)},
        {"negative_share": Estimate(0.2, 90, 0.15, 0.25)},
        generator=True,
    )
    found = triage(scene)
    assert found.kind == "prompt" and found.gain is not None and found.gain.share == pytest.approx(0.3)
    assert triage(replace(scene, now=scene.before, before=scene.now)).kind == "other"


def test_ranking_learns_when_passages_stood_too_low_or_judgements_blame_the_source() -> None:
    assert triage(Scene("useful_share", 200, misranked=60)).kind == "ranking"
    assert triage(Scene("useful_share", 200, source_thumbs=3)).kind == "ranking"
    assert triage(Scene("useful_share", 200, misranked=10, source_thumbs=2)).kind == "other"
    assert triage(Scene("useful_share", 4, misranked=4)).kind == "other"


def test_only_then_training_with_the_size_of_the_candidate_set() -> None:
    found = triage(Scene("useful_share", 200, candidates=250))
    assert (found.kind, found.owner) == ("training", "orion")
    assert "250" in found.why and found.evidence["candidates"] == 250
    assert [one.kind for one in found.considered] == ["knowledge", "prompt", "ranking", "training"]
    few = triage(Scene("useful_share", 200, candidates=199))
    assert (few.kind, few.owner) == ("other", "chronos")


SHALLOW = Gap(uuid4(), 50, 0.3, 1)


def test_before_training_gaps_are_filled_and_a_prompt_is_tried() -> None:
    """What nothing explains is not yet a reason to train: cheaper things come first, and a search is not trained away."""
    scene = Scene("useful_share", 200, gaps=(SHALLOW,), bad=30, generator=True, candidates=250)
    found = triage(scene)
    assert (found.kind, found.gap_id) == ("knowledge", SHALLOW.gap_id) and "Bevor trainiert wird" in found.why
    assert [(one.kind, one.fits) for one in found.considered][-2:] == [("training", False), ("knowledge", True)]
    assert triage(replace(scene, tried={"knowledge"})).kind == "prompt"
    assert triage(replace(scene, tried={"knowledge", "prompt"})).kind == "training"
    assert triage(replace(scene, tried={"prompt"}, gaps=())).kind == "training"
    assert triage(replace(scene, tried={"ranking"}, gaps=(), generator=False)).kind == "training"
    assert triage(replace(scene, kpi="weak_share", tried={"knowledge", "prompt"})).kind == "other"


def test_what_is_no_quality_goes_to_operations() -> None:
    found = triage(Scene("latency_p95_ms", 200, gaps=(GAP,)))
    assert (found.kind, found.owner, found.gap_id) == ("operations", "aura", None)


def test_evidence_is_ids_and_numbers() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(plain(part) for part in value.values())
        if isinstance(value, list):
            return all(plain(part) for part in value)
        return value is None or isinstance(value, (int, float, bool)) or value == "groundedness" or bool(UUID(str(value)))

    assert plain(triage(replace(PROMPT, gaps=(GAP,), bad=12)).evidence)
