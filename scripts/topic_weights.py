"""Learn which topic a question is about, and keep its lines as rows: `python -m scripts.topic_weights`.

A softmax regression over the signs of `nova.answers.rules.match`, once for the topics of the map of rules (from the questions that they
are asked in), once for those of help (from the questions and the sentences of the topics); weights that change nothing are left out.
Writes `src/nova/answers/rules/topics.npz` and `src/nova/answers/turn/help.npz`.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from nova.answers.rules.book import shipped
from nova.answers.rules.map import RuleMap
from nova.answers.rules.match import Nearest
from nova.answers.rules.topics import FILE, packed
from nova.answers.turn.helping import LEARNED, HelpTopic, help_book
from nova.answers.understand.vocabulary import Vocabulary

HERE = Path(__file__).resolve().parent.parent
ANSWERS = HERE / "src" / "nova" / "answers"
MILD = 20.0  # inverse strength of regularisation
LIGHT = 0.12  # a weight below it is left out
SAID = 0.5  # what a sentence of a topic of help counts beside a question
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")


def main() -> int:
    """Learn and write."""
    rules = shipped()
    book = RuleMap(rules, Vocabulary.load())
    owners = [rules[owner].topic for owner in book.lines.owners[: book.alone]]
    _write(ANSWERS / "rules" / FILE, book.lines, owners, [1.0] * len(owners))
    topics = help_book().topics
    lines = [(at, text) for at, one in enumerate(topics) for text in one.ask]
    more = [(at, text) for at, one in enumerate(topics) for text in _said(one)]
    near = Nearest.of([*lines, *more], lambda _: ())
    counts = [1.0] * len(lines) + [SAID] * len(more)
    _write(ANSWERS / "turn" / LEARNED, near, [topics[at].topic_id for at, _ in (*lines, *more)], counts)
    return 0


def _said(topic: HelpTopic) -> list[str]:
    return [*_SENTENCE.split(topic.text), *topic.then, f"{topic.topic_id.replace('-', ' ')} {topic.page}"]


def _write(into: Path, lines: Nearest, owners: Sequence[str], counts: Sequence[float]) -> None:
    """Learn from the first lines, those that have an owner, and write."""
    topics = sorted(set(owners))
    number = {topic: at for at, topic in enumerate(topics)}
    fitted = LogisticRegression(C=MILD, max_iter=300).fit(lines.rows[: len(owners)], [number[one] for one in owners], list(counts))
    weights = np.where(np.abs(fitted.coef_) < LIGHT, 0.0, fitted.coef_).T.astype(np.float32)
    signs = sorted(lines.places, key=lines.places.__getitem__)
    into.write_bytes(packed(topics, signs, lines.rarities, weights, fitted.intercept_, (lines.rows, lines.owners)))
    share = float((weights != 0).mean())
    print(f"{into.relative_to(HERE)}: {len(topics)} topics, {len(signs)} signs, {share:.1%} kept, {into.stat().st_size // 1000} kB")


if __name__ == "__main__":
    raise SystemExit(main())
