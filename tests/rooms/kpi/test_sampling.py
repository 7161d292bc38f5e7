"""Which answers editors should look at first."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from nova.kpi.review.sampling import OF_A_KIND, draw
from nova.store.quality.review import Candidate


def answer(number: int, question: str = "Frage", **told: object) -> Candidate:
    values = {"status": "answered", "retrieval": {}, "against": 0, "in_favour": 0} | told
    return Candidate(UUID(int=number), question, **values)  # type: ignore[arg-type]


def drawn(candidates: list[Candidate], room: int = 100) -> dict[int, tuple[str, ...]]:
    return {one.answer_id.int: one.reasons for one in draw(candidates, room, str.split) if one.reasons != ("sample",)}


def test_what_is_probably_wrong_comes_before_what_retrieval_was_unsure_of() -> None:
    found = draw(
        [
            answer(1, "gut", retrieval={"margin": 2.0}),
            answer(2, "unsicher", retrieval={"margin": 1.02}),
            answer(3, "unbelegt", status="partial"),
            answer(4, "beanstandet", against=1),
            answer(5, "gelobt", against=1, in_favour=2),
        ],
        10,
        str.split,
    )
    assert [one.answer_id.int for one in found if one.reasons != ("sample",)] == [4, 3, 2]


def test_a_refusal_is_weak_and_has_nothing_to_be_grounded() -> None:
    assert drawn([answer(1, status="refused", retrieval={"margin": 0.4})]) == {1: ("weak",)}


def test_of_alike_questions_three_are_enough() -> None:
    alike = [answer(number, "wallbox anmelden", against=1) for number in range(1, 9)]
    assert len(drawn([*alike, answer(20, "zähler defekt", against=1)])) == OF_A_KIND + 1


def test_alike_questions_that_wait_already_count_too() -> None:
    alike = [answer(number, "wallbox anmelden", against=1) for number in range(1, 9)]
    waiting = ["wallbox anmelden"] * (OF_A_KIND - 1)
    assert len(draw(alike, 100, str.split, waiting)) == 1
    assert draw(alike, 100, str.split, [*waiting, waiting[0]]) == []


def test_a_question_whose_words_nobody_else_uses_is_rare_where_there_are_many() -> None:
    many = [answer(number, "abschlag ändern") for number in range(1, 25)]
    assert drawn([*many, answer(99, "blindleistung kompensieren")]) == {99: ("rare",)}
    assert drawn([answer(99, "blindleistung kompensieren")]) == {}


@given(st.permutations([answer(number, f"a{number % 5} b{number % 3}", against=number % 2) for number in range(30)]), st.integers(0, 30))
def test_the_order_of_candidates_does_not_matter_and_room_is_kept(candidates: list[Candidate], room: int) -> None:
    found = draw(candidates, room, str.split)
    assert found == draw(sorted(candidates, key=lambda one: one.answer_id), room, str.split)
    assert len(found) <= room
    assert [one.priority for one in found] == sorted((one.priority for one in found), reverse=True)


def test_a_few_are_drawn_by_chance_and_always_the_same() -> None:
    many = [answer(number, f"frage {number % 7}") for number in range(2000)]
    found = draw(many, 2000, lambda question: [f"{question}"])
    again = draw(many[::-1], 2000, lambda question: [f"{question}"])
    assert found == again
    assert all(one.reasons == ("sample",) for one in found)
    assert 0 < len(found) <= 7 * OF_A_KIND
