"""No function becomes harder to follow than it is, and what has become easier stays so."""

from pathlib import Path

import pytest

from scripts import complexity

MOST_RECORDED = 99


def test_the_record_says_what_is() -> None:
    now, before = complexity.measured(), complexity.recorded()
    assert complexity.grown(now, before) == []
    assert {name: number for name, number in before.items() if now.get(name) != number} == {}, "python -m scripts.complexity"


def test_the_record_shrinks() -> None:
    assert len(complexity.recorded()) <= MOST_RECORDED


@pytest.mark.parametrize(
    ("body", "number"),
    [("return a", 1), ("return a and b or c", 3), ("return [x for x in a if x]", 3), ("if a:\n        return b\n    return c", 2)],
)
def test_conditions_count_wherever_they_stand(tmp_path: Path, body: str, number: int) -> None:
    file = tmp_path / "one.py"
    file.write_text(f"def f(a, b, c):\n    {body}\n", "utf-8")
    (found,) = complexity.lizard.analyze_file(str(file)).function_list
    assert found.cyclomatic_complexity == number


def test_what_is_new_or_grows_is_named() -> None:
    assert complexity.grown({"a.py f": 12, "b.py g": 11, "c.py h": 12}, {"a.py f": 12, "c.py h": 11}) == [
        "b.py g has 11, 10 at most",
        "c.py h has 12, 11 at most",
    ]
