"""Who wins, how sure that is, and how far people agree."""

import pytest

from nova.training.differences import by_topic, difference, holm, ratio_bounds
from nova.training.judge import Judged
from nova.training.wins import Vote, agreed, better, votes_of, winner_of, wins


def one(score: float, unproven: int = 0, against: bool = False) -> Judged:
    return Judged(4, int(4 * score), 0, unproven, against, False, score, 0.5)


def test_right_facts_win_then_fewer_unproven_sentences() -> None:
    assert better(one(1), one(0.5)) == "cand"
    assert better(one(1, unproven=2), one(1)) == "base"
    assert better(one(1), one(1, against=True)) == "cand"
    assert better(one(1), one(1)) == "tie"


def test_the_majority_of_votes_overrules_the_facts() -> None:
    pairs = {"a": (one(1), one(0)), "b": (one(1), one(0)), "c": (one(1), one(1))}
    votes = [Vote("a", "x", "base"), Vote("a", "y", "base"), Vote("a", "z", "cand"), Vote("b", "x", "cand"), Vote("b", "y", "base")]
    found = wins(pairs, votes)
    assert (found.won, found.lost, found.tied, found.voted) == (0, 1, 2, 2)
    assert found.rate == pytest.approx(1 / 3) and found.low is not None and found.low < 1 / 3 < (found.high or 0)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Candidate", "cand"),
        (" Kandidat ", "cand"),
        ("A", "cand"),
        ("B", "base"),
        ("Basis", "base"),
        ("unentschieden", "tie"),
        ("huch", None),
    ],
)
def test_winners_are_read_leniently(word: str, meant: str | None) -> None:
    assert winner_of(word) == meant


def test_a_vote_counts_once_and_who_contradicts_themselves_does_not() -> None:
    said = [("a", "x", "cand"), ("a", "x", "cand"), ("a", "y", "cand"), ("a", "y", "base"), ("weg", "x", "cand"), ("a", "z", "?")]
    problems: list[str] = []
    found = votes_of([{"id": id_, "rater": rater, "winner": winner} for id_, rater, winner in said], ["a"], problems)
    assert found == [Vote("a", "x", "cand")]
    assert len(problems) == 3


def test_kappa_is_cohens_of_two() -> None:
    """20 times both say cand, 15 both base, 5 and 10 they differ: .7 agree, .5 by chance (Cohen's own arithmetic)."""
    told = [("cand", "cand")] * 20 + [("cand", "base")] * 5 + [("base", "cand")] * 10 + [("base", "base")] * 15
    votes = [Vote(str(at), rater, winner) for at, pair in enumerate(told) for rater, winner in zip("xy", pair, strict=True)]  # type: ignore[arg-type]
    assert agreed(votes) == (pytest.approx(0.7), pytest.approx(0.4))


def test_kappa_is_fleiss_of_more() -> None:
    told = [("cand", "cand", "cand"), ("cand", "cand", "base"), ("base", "base", "base"), ("tie", "tie", "base")]
    votes = [Vote(str(at), rater, winner) for at, row in enumerate(told) for rater, winner in zip("xyz", row, strict=True)]  # type: ignore[arg-type]
    seen, chance = (1 + 1 / 3 + 1 + 1 / 3) / 4, (5 / 12) ** 2 + (5 / 12) ** 2 + (2 / 12) ** 2
    assert agreed(votes) == (pytest.approx(seen), pytest.approx((seen - chance) / (1 - chance)))
    assert agreed([Vote("a", "x", "cand")]) == (None, None)


def test_a_topic_that_got_worse_is_proven_and_chance_is_not() -> None:
    worse = by_topic(["a"] * 10 + ["b"] * 10, [1.0] * 10 + [0.0] * 10, [1.0] * 20)
    assert worse["a"].chance == 1 and worse["a"].value == 0
    assert worse["b"].chance < 0.01 and worse["b"].high < 0
    assert difference([], []).n == 0
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == {"a": 0.03, "c": 0.06, "b": 0.06}


def test_bounds_of_a_share_of_facts_hold_it() -> None:
    value, low, high = ratio_bounds([1, 0] * 50, [1, 1] * 50)
    assert value == 0.5 and 0.35 < low < 0.5 < high < 0.65
    assert ratio_bounds([], []) == (0.0, 0.0, 0.0)
