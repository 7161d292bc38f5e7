"""Learn which questions no law answers: `python -m scripts.beyond_weights [--check]`.

A logistic regression over the signs of questions that laws answer (utterances, questions of specialists, some lines of the map of rules)
and such as none does (`benchmarks/questions`, `benchmarks/dialogues`). Writes `src/nova/answers/check/beyond.txt`; `--check` prints what
it is worth on tenths that were kept out, and writes nothing.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from nova.answers.check.beyond import FILE, SCALE
from nova.answers.rules.book import shipped
from nova.language.signs import signs

HERE = Path(__file__).resolve().parent.parent
WEIGHTS = HERE / "src" / "nova" / "answers" / "check" / FILE
FILES = (
    "questions/specialist.jsonl", "questions/unfound.jsonl", "questions/answerable.jsonl", "questions/unanswerable.jsonl",
    "questions/second-author-tune.jsonl", "questions/second-author-tune-unanswerable.jsonl", "dialogues/law-tune.jsonl",
)  # fmt: skip
MILD = 0.1  # inverse strength of regularisation
LEAST, LIGHT = 2, 2  # questions that a sign is seen in, and the weight (of SCALE) below which it is left out
OF_EACH_RULE = 1


def main() -> int:
    """Read the command line, learn, write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say what it is worth on what was kept out; write nothing")
    args = parser.parse_args()
    rows = read()
    vectors, answers = DictVectorizer(), np.array([answer for _, answer in rows])
    found = vectors.fit_transform(_kept([dict.fromkeys(signs(text), 1) for text, _ in rows]))
    model = LogisticRegression(C=MILD, max_iter=1000)
    if args.check:
        folds = StratifiedKFold(10, shuffle=True, random_state=1)
        kept_out = cross_val_predict(model, found, answers, cv=folds, method="decision_function")
        print(f"{len(rows)} questions, {answers.sum()} beyond the law; AUC {roc_auc_score(answers, kept_out):.3f}")
        return 0
    model.fit(found, answers)
    table = {"": round(float(model.intercept_[0]) * SCALE)}
    table |= {sign: round(float(model.coef_[0, at]) * SCALE) for sign, at in vectors.vocabulary_.items()}
    WEIGHTS.write_text(
        "".join(f"{sign}\t{weight}\n" for sign, weight in sorted(table.items()) if abs(weight) >= LIGHT or not sign), "utf-8"
    )
    print(f"{WEIGHTS.relative_to(HERE)}: {len(rows)} questions, {WEIGHTS.stat().st_size // 1000} kB")
    return 0


def _kept(found: list[dict[str, int]]) -> list[dict[str, int]]:
    counts: dict[str, int] = {}
    for one in found:
        for sign in one:
            counts[sign] = counts.get(sign, 0) + 1
    return [{sign: 1 for sign in one if counts[sign] >= LEAST} for one in found]


def read() -> list[tuple[str, bool]]:
    """Questions, and whether they are beyond the law. Near misses are not: their words are the law's."""
    rows = [row for name in FILES for row in _lines(HERE / "benchmarks" / name)]
    told = [(row["question"], row.get("kind", "found") in ("absent", "outside")) for row in rows]
    for path in sorted((HERE / "benchmarks" / "utterances").glob("*.jsonl")):
        told += [(row["text"], False) for row in _lines(path) if row["kind"] == "law" and not row["follow"]]
    return told + [(line, False) for rule in shipped() for line in rule.ask[:OF_EACH_RULE]]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    raise SystemExit(main())
