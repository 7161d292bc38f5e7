"""Learn how likely a rule answers a question that stands alone: `python -m scripts.rule_chances`.

A logistic regression over questions whose provisions are known, and such as none answers (`benchmarks/questions`, the halves of
`benchmarks/dialogues` that may be looked at): by how near the nearest rule is, and by the share of the question's words that the lines
of its topic hold. Prints the constants of `nova.answers.rules.map`, and what they are worth on tenths that were kept out.
"""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from nova.answers.rules.map import RuleMap, shipped_map
from nova.language.norms import known_laws

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
FILES = (
    "questions/specialist.jsonl", "questions/unfound.jsonl", "questions/answerable.jsonl", "questions/unanswerable.jsonl",
    "questions/second-author-tune.jsonl", "questions/second-author-tune-unanswerable.jsonl", "dialogues/law-tune.jsonl",
)  # fmt: skip
Case = tuple[str, frozenset[str]]


def main() -> int:
    """Learn and print."""
    rules = shipped_map()
    found = [_features(rules, text, right) for text, right in cases()]
    values, answers = np.array([one[0] for one in found]), np.array([one[1] for one in found])
    model = LogisticRegression(C=10.0)
    kept_out = cross_val_predict(model, values, answers, cv=10, method="predict_proba")[:, 1]
    model.fit(values, answers)
    near, spoken = model.coef_[0]
    print(f"NEARNESS, SPOKEN, UNLIKE = {near:.2f}, {spoken:.2f}, {-model.intercept_[0]:.2f}")
    print(f"{len(found)} questions, the nearest rule answers {answers.sum()}; AUC {roc_auc_score(answers, kept_out):.3f}")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        right, wrong = (kept_out[answers] >= least).mean(), (kept_out[~answers] >= least).mean()
        print(f"from {least}: {right:.0%} of those that answer, {wrong:.0%} of those that do not")
    return 0


def _features(rules: RuleMap, text: str, right: frozenset[str]) -> tuple[tuple[float, float], bool]:
    near, spoken, rule = rules.nearest(text)
    return (near, spoken), not right.isdisjoint(rule.norms)


def cases() -> list[Case]:
    """Questions with the provisions that answer them; none where nothing does."""
    rows = [json.loads(line) for name in FILES for line in (BENCHMARKS / name).read_text("utf-8").splitlines() if line.strip()]
    return [(row["question"], _right(row)) for row in rows] + _first_turns()


def _first_turns() -> list[Case]:
    lines = (BENCHMARKS / "dialogues" / "tune.jsonl").read_text("utf-8").splitlines()
    turns = [json.loads(line)["turns"][0] for line in lines if line.strip()]
    return [(turn["ask"], _keys(turn["cites"])) for turn in turns if turn["kind"] == "law" and turn.get("cites")]


def _right(row: dict[str, Any]) -> frozenset[str]:
    if row.get("kind", "found") != "found" or not row.get("law"):
        return frozenset()
    return _keys([_name(row), *map(_name, row.get("also", []))])


def _name(place: dict[str, Any] | str) -> str:
    return place if isinstance(place, str) else f"{place['law']} {place['section']}"


def _keys(names: list[str]) -> frozenset[str]:
    """ "stromgvv § 19" and "enwg_2005:41" as the keys of provisions."""
    found = (re.fullmatch(r"(\S+?)(?::| )\W*(\d+\s?[a-z]?)\b.*", name) for name in names)
    laws = known_laws()
    return frozenset(f"{laws.key(one[1])}:{one[2].replace(' ', '')}" for one in found if one)


if __name__ == "__main__":
    raise SystemExit(main())
