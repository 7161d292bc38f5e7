"""Learn what counts for what is asked right after a topic of help was told: `python -m scripts.help_next`.

The questions of `benchmarks/questions/help-next.jsonl`, each with the topic that was told and the one that answers, are ranked by a softmax
over the topics. Prints the weights for `answers/turn/helping.py`, as shares of the weight of nearness, and how often the best topic
is right on the half that was kept out.
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from nova.answers.rules.match import signs
from nova.answers.turn.helping import HelpBook, help_book

QUESTIONS = Path(__file__).resolve().parent.parent / "benchmarks" / "questions" / "help-next.jsonl"
NAMES = ("nearness", "NEXT_LIKELY", "NEXT_PAGE", "NEXT_AGAIN", "NEXT_SHARE")
MILD = 1.0  # what keeps the weights small
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def seen(book: HelpBook, rows: list[dict[str, str]]) -> tuple[Floats, Places]:
    """For each question what speaks for each topic (questions x topics x signals), and the topic that answers."""
    numbers = {one.topic_id: at for at, one in enumerate(book.topics)}
    table = []
    for row in rows:
        found, before = signs(row["ask"], lambda _: ()), book.topics[numbers[row["after"]]]
        page = [bool(one.page) and one.page == before.page for one in book.topics]
        again = [one is before for one in book.topics]
        table.append(np.stack([book.by_lines(found, goes_on=True), book.likely(found), page, again, book.shares(found)], axis=1))
    return np.array(table, float), np.array([numbers[row["id"]] for row in rows])


def fitted(table: Floats, right: Places) -> Floats:
    """The weights of the signals by which the right topics lead."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        values = table @ weights
        chances = np.exp(values - values.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        at = np.arange(len(right))
        slope = np.einsum("qt,qts->s", chances, table) - table[at, right].sum(axis=0) + MILD * weights
        return float(-np.log(chances[at, right] + 1e-12).sum() + MILD * weights @ weights / 2), slope

    weights: Floats = minimize(loss, np.zeros(table.shape[2]), jac=True, method="L-BFGS-B").x
    return weights


def main() -> int:
    """Learn from half of the questions, count on the other, both ways; print the weights of all."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    table, right = seen(help_book(), rows)
    hits = 0
    for kept in (slice(0, None, 2), slice(1, None, 2)):
        learned = np.ones(len(rows), bool)
        learned[kept] = False
        hits += int(np.sum((table[kept] @ fitted(table[learned], right[learned])).argmax(axis=1) == right[kept]))
    weights = fitted(table, right)
    print(", ".join(f"{name} {value / weights[0]:.2f}" for name, value in zip(NAMES, weights, strict=True)))
    print(f"right where kept out: {hits} of {len(rows)} ({100 * hits / len(rows):.1f} %)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
