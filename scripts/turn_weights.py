"""Learn what a message wants from utterances: `python -m scripts.turn_weights [--check]`.

They are those of `benchmarks/utterances` and questions to the law, and to nobody here, of
`benchmarks/questions`, and some of the ways in which help is asked for.

Two linear models share their signs: one tells the kind (softmax), one whether the message goes on with what was said before (logistic). An
utterance that goes on is learned behind the kind that the first model sees in the one before it; one that stands alone is learned behind
nothing and behind every kind by chance, so that what was wanted before decides only where the words do not. `--check` prints how often both
are right on a fifth that was kept out, five times, each author's lines apart.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from nova.answers.turn.helping import help_book
from nova.answers.turn.wanted import FOLLOWS, KINDS, SCALE, after
from nova.language.signs import signs

HERE = Path(__file__).resolve().parent.parent
UTTERANCES = HERE / "benchmarks" / "utterances"
WEIGHTS = HERE / "src" / "nova" / "answers" / "turn" / "weights.txt"
QUESTIONS = ("specialist.jsonl", "unfound.jsonl")
OF_EACH_TOPIC, FEWEST_WORDS = 3, 4
HELP_NEXT, OF_NEXT = "help-next.jsonl", 12  # what is asked behind help: every so many lines, for more make all that is short help
OF_FIGURES, NO_FIGURE = 8, ("nothing", "saving", "tariff", "included")  # each so many lines; what is asked of documents too, or of nothing
LEAST = 3  # utterances that a sign is seen in
MILD, MILD_FOLLOWS = 0.2, 0.1  # inverse strength of regularisation
LIGHT = 2  # of SCALE: a sign whose weights are all below it is left out
PARTS = 5
Row = dict[str, Any]


def main() -> int:
    """Read the command line, learn, write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say how often it is right on what was kept out; write nothing")
    args = parser.parse_args()
    rows = read()
    if args.check:
        print(checked(rows))
        return 0
    WEIGHTS.write_text(as_text(*learn(rows)), encoding="utf-8")
    print(f"{WEIGHTS.relative_to(HERE)}: {len(rows)} utterances, {WEIGHTS.stat().st_size // 1000} kB")
    return 0


def _telling(lines: Sequence[str]) -> list[str]:
    """Those of several words: a word or two may be asked of anything."""
    return [line for line in lines if len(line.split()) >= FEWEST_WORDS]


def read() -> list[Row]:
    """The utterances that tell of no emergency; those are noticed before anybody asks what is wanted."""
    lines = [line for path in sorted(UTTERANCES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in map(json.loads, lines) if row["kind"] != "emergency"] + questions() + helps() + figures()


def helps() -> list[Row]:
    """Some of the ways in which people ask for each topic of help."""
    found = []
    for topic in help_book().topics:
        found += [{"text": text, "kind": "help", "follow": False, "before": None} for text in _telling(topic.ask)[:OF_EACH_TOPIC]]
        found += [{"text": text, "kind": "help", "follow": True, "before": topic.ask[0]} for text in topic.then[:1]]
    asked = {topic.topic_id: topic.ask[0] for topic in help_book().topics}
    after = [json.loads(line) for line in (HERE / "benchmarks" / "questions" / HELP_NEXT).read_text("utf-8").splitlines()]
    return found + [{"text": row["ask"], "kind": "help", "follow": True, "before": asked[row["after"]]} for row in after[::OF_NEXT]]


def figures() -> list[Row]:
    """Some of the ways in which people ask for figures, each author's; what goes on stands behind one for the figure before."""
    found = []
    for path in sorted((UTTERANCES / "figures").glob("*.jsonl")):
        rows = [row for row in map(json.loads, path.read_text("utf-8").splitlines()) if row["ask"] not in NO_FIGURE]
        first = {row["ask"]: row["text"] for row in reversed(rows) if not row["follow"]}
        for row in rows[::OF_FIGURES]:
            before = first.get(row["before"]) if row["follow"] else None
            found.append({"text": row["text"], "kind": "data", "follow": row["follow"], "before": before})
    return found


def questions() -> list[Row]:
    """Questions of specialists, and such as nothing answers: who asks for what no law holds asks the law all the same."""
    found = []
    for name in QUESTIONS:
        for line in (HERE / "benchmarks" / "questions" / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            kind = "outside" if row.get("kind") == "outside" else "law"
            found.append({"text": row["question"], "kind": kind, "follow": False, "before": None})
    return found


Model = tuple[DictVectorizer, LogisticRegression]


def learn(rows: Sequence[Row]) -> tuple[Model, Model]:
    """The model of kinds and that of going on."""
    alone = [row for row in rows if not row["follow"]]
    plain = _fitted([_signs(row["text"]) for row in alone], [row["kind"] for row in alone], MILD)
    chance = random.Random(7)
    texts, kinds = [], []
    for row in rows:
        before = _told(plain, row["before"]) if row["follow"] and row["before"] else None
        texts.append(_signs(row["text"], before))
        kinds.append(row["kind"])
        if not row["follow"]:
            texts.append(_signs(row["text"], chance.choice(KINDS)))
            kinds.append(row["kind"])
    follows = _fitted([_signs(row["text"]) for row in rows], [FOLLOWS if row["follow"] else "alone" for row in rows], MILD_FOLLOWS)
    return _fitted(texts, kinds, MILD), follows


def _signs(text: str, before: Any = "") -> dict[str, int]:
    return dict.fromkeys((*signs(text), *(after(before) if before != "" else ())), 1)


def _fitted(found: Sequence[dict[str, int]], kinds: Sequence[str], mild: float) -> Model:
    counts: dict[str, int] = {}
    for one in found:
        for sign in one:
            counts[sign] = counts.get(sign, 0) + 1
    kept = [{sign: 1 for sign in one if counts[sign] >= LEAST} for one in found]
    vectors = DictVectorizer()
    return vectors, LogisticRegression(C=mild, max_iter=1000).fit(vectors.fit_transform(kept), list(kinds))


def _told(model: Model, text: str, before: Any = "") -> str:
    vectors, fitted = model
    return str(fitted.predict(vectors.transform([_signs(text, before)]))[0])


def as_text(kinds: Model, follows: Model) -> str:
    """The weights as lines: a sign, then a whole number for each kind, and one for going on."""
    table: dict[str, list[int]] = {}
    order = [list(kinds[1].classes_).index(kind) for kind in KINDS]
    _add(table, "", [*kinds[1].intercept_[order], 0.0], 0)
    for sign, at in kinds[0].vocabulary_.items():
        _add(table, sign, [*kinds[1].coef_[order, at], 0.0], 0)
    side = 1.0 if follows[1].classes_[1] == FOLLOWS else -1.0
    _add(table, "", [0.0] * len(KINDS) + [side * follows[1].intercept_[0]], 0)
    for sign, at in follows[0].vocabulary_.items():
        _add(table, sign, [0.0] * len(KINDS) + [side * follows[1].coef_[0, at]], 0)
    told = {sign: row for sign, row in table.items() if max(map(abs, row)) >= LIGHT}
    head = "\t".join(("sign", *KINDS, FOLLOWS))
    return "\n".join([head, *("\t".join((sign, *map(str, row))) for sign, row in sorted(told.items()))]) + "\n"


def _add(table: dict[str, list[int]], sign: str, weights: Sequence[float], _: int) -> None:
    row = table.setdefault(sign, [0] * (len(KINDS) + 1))
    for at, weight in enumerate(weights):
        row[at] += round(float(weight) * SCALE)


def checked(rows: Sequence[Row]) -> str:
    """How often both models are right on what they have not seen."""
    places = list(range(len(rows)))
    random.Random(1).shuffle(places)
    right = {"alone": [0, 0], "goes on": [0, 0], "whether it goes on": [0, 0]}
    for part in range(PARTS):
        out = set(places[part::PARTS])
        kinds, follows = learn([row for at, row in enumerate(rows) if at not in out])
        for at in out:
            row = rows[at]
            before = _told(kinds, row["before"], None) if row["follow"] and row["before"] else None
            _count(right["goes on" if row["follow"] else "alone"], _told(kinds, row["text"], before) == row["kind"])
            _count(right["whether it goes on"], (_told(follows, row["text"]) == FOLLOWS) == row["follow"])
    return "\n".join(f"{name:20} {100 * np.divide(*one):.1f} % of {one[1]}" for name, one in right.items())


def _count(tally: list[int], hit: bool) -> None:
    tally[0] += hit
    tally[1] += 1


if __name__ == "__main__":
    raise SystemExit(main())
