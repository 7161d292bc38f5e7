"""Learn which topic of the map of rules a question is about, and keep its lines as rows: `python -m scripts.topic_weights`.

A softmax regression over the signs of `nova.answers.rules.match`; weights that change nothing are left out. Writes
`src/nova/answers/rules/topics.npz`.
"""

from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from nova.answers.rules.book import shipped
from nova.answers.rules.map import RuleMap
from nova.answers.rules.topics import FILE, packed
from nova.answers.understand.vocabulary import Vocabulary

HERE = Path(__file__).resolve().parent.parent
INTO = HERE / "src" / "nova" / "answers" / "rules" / FILE
MILD = 20.0  # inverse strength of regularisation
LIGHT = 0.12  # a weight below it is left out


def main() -> int:
    """Learn and write."""
    rules = shipped()
    book = RuleMap(rules, Vocabulary.load())
    lines, alone = book.lines, book.alone
    topics = sorted({rule.topic for rule in rules})
    number = {topic: at for at, topic in enumerate(topics)}
    fitted = LogisticRegression(C=MILD, max_iter=300).fit(
        lines.rows[:alone], [number[rules[owner].topic] for owner in lines.owners[:alone]]
    )
    weights = np.where(np.abs(fitted.coef_) < LIGHT, 0.0, fitted.coef_).T.astype(np.float32)
    signs = sorted(lines.places, key=lines.places.__getitem__)
    INTO.write_bytes(packed(topics, signs, lines.rarities, weights, fitted.intercept_, (lines.rows, lines.owners)))
    share = float((weights != 0).mean())
    size = f"{len(rules)} rules, {len(topics)} topics, {len(signs)} signs, {share:.1%} kept"
    print(f"{INTO.relative_to(HERE)}: {size}, {INTO.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
