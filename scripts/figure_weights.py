"""Learn which figure a message wants: `python -m scripts.figure_weights [--check]`.

The lines of `benchmarks/utterances/figures` are learned as a softmax over their signs; what goes on stands behind the figure before it, and
what goes on with the same figure ("und im Mai?") is told behind every figure, lightly.
`--check` prints how often it is right on each author's lines when it has learned from the others', and writes nothing.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from nova.energy.explain.parse.figure_wanted import FILE, SCALE, signs_of
from nova.language.fold import fold

HERE = Path(__file__).resolve().parent.parent
LINES = HERE / "benchmarks" / "utterances" / "figures"
WEIGHTS = HERE / "src" / "nova" / "energy" / "explain" / "parse" / FILE
LEAST, MILD, LIGHT = 2, 1.0, 4  # lines that a sign is seen in; inverse strength of regularisation; weights below it are left out
SAME = 0.03  # what a line that goes on with the same figure weighs behind another one
Row = dict[str, Any]


def main() -> int:
    """Read the command line, learn, write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say how often it is right on another author's lines; write nothing")
    options = parser.parse_args()
    authors = {path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in sorted(LINES.glob("*.jsonl"))}
    if options.check:
        for name, rows in authors.items():
            others = [row for other, more in authors.items() if other != name for row in more]
            print(f"{name}: {checked(learn(others), rows)}")
        return 0
    WEIGHTS.write_text(as_text(*learn([row for rows in authors.values() for row in rows])), "utf-8")
    print(f"{WEIGHTS.relative_to(HERE)}: {sum(map(len, authors.values()))} lines, {WEIGHTS.stat().st_size // 1000} kB")
    return 0


Model = tuple[DictVectorizer, LogisticRegression]


def learn(rows: Sequence[Row]) -> Model:
    """The signs and the softmax over them."""
    kinds = sorted({row["ask"] for row in rows} - {"nothing"})
    same = [{**row, "before": kind, "ask": kind} for row in rows if row["follow"] and row["ask"] == row["before"] for kind in kinds]
    weights = [1.0] * len(rows) + [SAME] * len(same)
    rows = [*rows, *same]
    found = [seen(row) for row in rows]
    counts = Counter(sign for one in found for sign in one)
    vectors = DictVectorizer()
    table = vectors.fit_transform([{sign: 1 for sign in one if counts[sign] >= LEAST} for one in found])
    return vectors, LogisticRegression(C=MILD, max_iter=500).fit(table, [row["ask"] for row in rows], sample_weight=weights)


def seen(row: Row) -> dict[str, int]:
    """The signs of a line."""
    return dict.fromkeys(signs_of(fold(row["text"]), row["before"] if row["follow"] else None), 1)


def checked(model: Model, rows: Sequence[Row]) -> str:
    """How often it is right on lines it has not seen: alone, and going on."""
    told = zip(model[1].predict(model[0].transform([seen(row) for row in rows])), rows, strict=True)
    right: dict[bool, list[bool]] = {False: [], True: []}
    for one, row in told:
        right[row["follow"]].append(one == row["ask"])
    return f"alone {100 * np.mean(right[False]):.0f} %, going on {100 * np.mean(right[True]):.0f} %"


def as_text(vectors: DictVectorizer, fitted: LogisticRegression) -> str:
    """The kinds, then a sign a line with the weights that are worth it, each behind the number of its kind."""
    lines = ["\t".join(fitted.classes_), *_line("", fitted.intercept_)]
    for sign, at in sorted(vectors.vocabulary_.items()):
        lines += _line(sign, fitted.coef_[:, at])
    return "\n".join(lines) + "\n"


def _line(sign: str, weights: Sequence[float]) -> list[str]:
    whole = [(at, round(SCALE * float(weight))) for at, weight in enumerate(weights)]
    told = [f"{at}:{weight}" for at, weight in whole if abs(weight) >= LIGHT]
    return ["\t".join((sign, *told))] if told else []


if __name__ == "__main__":
    raise SystemExit(main())
