"""Rules that fit become hints at provisions and passages; those of the other energy count less."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.rules.book import Rule, RulePlace
from nova.answers.rules.hints import LEAST, OF_A_STORY, STORY, Hint, by_passage, hints_of, squeezed
from nova.answers.rules.map import Hit
from nova.records import Passage

POWER, GAS = RulePlace("stromgvv:19", "mindestens 100 Euro"), RulePlace("gasgvv:19", "mindestens 100 Euro")
BOTH = Rule("sperre", "Ab 100 Euro", "kunde", (POWER, GAS), ("Ab wann?",), ())


def passage(number: int, text: str, norm: str | None) -> Passage:
    item = UUID(int=99)
    return Passage(UUID(int=number), item, 1, "Verordnung", "document", (), "§ 19", UUID(int=7), "Sperre", text, 0, len(text), None, norm)


def scores(sector: str = "", score: float = 0.8) -> dict[str, float]:
    return {hint.norm: hint.score for hint in hints_of([Hit(BOTH, score)], sector)}


def test_the_first_place_counts_in_full() -> None:
    assert scores()["stromgvv:19"] == pytest.approx(0.8)
    assert scores("strom")["stromgvv:19"] == pytest.approx(0.8)


@pytest.mark.parametrize(("sector", "more"), [("gas", "gasgvv:19"), ("strom", "stromgvv:19"), ("", "stromgvv:19")])
def test_the_other_energy_counts_less(sector: str, more: str) -> None:
    best, other = sorted(scores(sector).items(), key=lambda one: -one[1])
    assert best[0] == more
    assert best[1] > other[1] > 0


def test_what_is_hardly_near_is_no_hint() -> None:
    assert hints_of([Hit(BOTH, LEAST - 0.001)]) == ()
    assert len(hints_of([Hit(BOTH, LEAST)])) == 2
    assert hints_of([]) == ()


def test_hints_are_worth_what_the_question_says_they_are() -> None:
    full, less = (hints_of([Hit(BOTH, 0.8)], "strom", worth) for worth in (1.0, 0.35))
    assert [one.score for one in less] == pytest.approx([0.35 * one.score for one in full])
    assert len(hints_of([Hit(BOTH, LEAST)], "", 0.1)) == 2  # what is near enough stays a hint, whatever it is worth


def test_a_passage_with_the_words_counts_more_than_the_rest_of_its_provision() -> None:
    hints = hints_of([Hit(BOTH, 0.8)], "strom")
    found = by_passage(
        hints,
        [
            passage(1, "Der Zahlungsverzug muss mindestens\n100   EURO betragen.", "stromgvv:19"),
            passage(2, "Der Grundversorger ist berechtigt.", "stromgvv:19"),
            passage(3, "mindestens 100 Euro", "nav:24"),
            passage(4, "mindestens 100 Euro", None),
        ],
    )
    assert set(found) == {UUID(int=1), UUID(int=2)}
    assert found[UUID(int=1)] == pytest.approx(0.8)
    assert 0 < found[UUID(int=2)] < 0.8


def test_a_passage_counts_by_its_best_hint() -> None:
    hints = (Hint("nav:5", "", 0.3), Hint("nav:5", squeezed("wer anschließt"), 0.9), Hint("nav:5", "", 0.5))
    assert by_passage(hints, [passage(1, "Wer anschließt, zahlt.", "nav:5")]) == {UUID(int=1): 0.9}


def test_without_hints_no_passage_counts() -> None:
    assert by_passage((), [passage(1, "Worte", "nav:5")]) == {}


@given(st.text(max_size=200))
def test_words_are_compared_without_case_marks_and_spaces(text: str) -> None:
    assert squeezed(squeezed(text)) == squeezed(text)
    assert squeezed(f"  {text}\n!") == squeezed(text)
    assert squeezed("§ 19 Abs. 2:  „Mindestens“ 100 Euro") == "19 abs 2 mindestens 100 euro"


def test_in_a_story_a_rule_is_a_hint_sooner() -> None:
    perhaps = [Hit(BOTH, OF_A_STORY)]
    assert hints_of(perhaps, count=STORY - 1) == ()
    assert len(hints_of(perhaps, count=STORY)) == 2
