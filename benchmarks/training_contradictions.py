"""Passages with answers that keep to them and answers that do not in, how many are told apart out.

`python -m benchmarks.training_contradictions`; of each passage two answers are right and two say otherwise (a number, a unit, a day, a
denial, an exchange). On `open` the rules were written, `kept` was looked at once after that, `fresh` was measured when they were done.
"""

from pathlib import Path
from typing import Any

import yaml

from nova.answers.check.polarity import contradicts
from nova.training.dataset.contradiction import contradicts_source

FOLDER = Path(__file__).parent / "training"
SETS = ("open", "kept", "fresh")


def cases(name: str) -> list[dict[str, Any]]:
    """Passages with a question, answers that are right and ones that are wrong."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"contradictions-{name}.yaml").read_text("utf-8"))
    return found


def measured(name: str) -> tuple[int, int, int, int]:
    """Of a set: contradictions found, all of them, right answers called one, all of those."""
    told = {side: [_is_one(case, answer) for case in cases(name) for answer in case[side]] for side in ("wrong", "right")}
    return sum(told["wrong"]), len(told["wrong"]), sum(told["right"]), len(told["right"])


def beside(name: str) -> tuple[int, int]:
    """Right answers called a contradiction beside passages of something else, and how many there were: three for each answer."""
    some = cases(name)
    told = [
        contradicts_source(case["question"], answer, [some[(at + step) % len(some)]["passage"]], contradicts)
        for at, case in enumerate(some)
        for step in (1, 3, 7)
        for answer in case["right"]
    ]
    return sum(told), len(told)


def _is_one(case: dict[str, Any], answer: str) -> bool:
    return contradicts_source(case["question"], answer, [case["passage"]], contradicts)


def main() -> None:
    """Print a line a set."""
    for name in SETS:
        found, wrong, false, right = measured(name)
        told = f"{name}: {found} of {wrong} contradictions found ({found / wrong:.1%}), {false} of {right} right answers called one"
        print(told + ", {} of {} beside another passage".format(*beside(name)))


if __name__ == "__main__":
    main()
