"""Questions with and without an answer in a corpus in; what refusing reaches now, and freshly fitted weights for its signals, out.

    nova --data FOLDER ingest CORPUS
    python benchmarks/refusals.py FOLDER --answerable QUESTIONS.jsonl ... --unanswerable FILE.jsonl ...

Answerable rows hold `law` (the file's stem), `section` and `also`; only those whose section is among the first five count.
"""

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova.answers.check.abstain import THRESHOLD, WEIGHTS, decide, signals, strength
from nova.answers.search.retrieve import Clock, Sources, retrieve
from nova.answers.search.select import choose
from nova.records import Scope
from nova.settings import load_settings
from nova.wiring import Nova, open_nova

NAMES = list(WEIGHTS)
FOLDS = 8
STEPS = (-1.0, -0.5, 0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Judged:
    """One question: its signals and their sum, whether it was refused, its section was among the first five, it named a provision."""

    row: dict[str, Any]
    values: tuple[float, ...]
    strength: float
    refused: bool
    found: bool
    direct: bool

    @property
    def by_fact(self) -> bool:
        """Whether a named provision, law or standard decided, not the sum."""
        return self.refused and self.strength >= THRESHOLD


def judge(nova: Nova, row: dict[str, Any], stems: dict[Any, str]) -> Judged:
    """Retrieve and decide, without writing an answer."""
    context = nova.answers
    sources = Sources(context.shelf, context.index, context.analyser(), context.vocabulary(), context.memory)
    found = retrieve(row["question"], Scope(), sources, Clock())
    chosen = choose(found.question, found.readings)
    values = signals(found, chosen, sources.analyser) if chosen else dict.fromkeys(NAMES, 0.0)
    right = {(pair["law"], pair["section"]) for pair in [row, *row.get("also", [])] if pair.get("law")}
    places = list(dict.fromkeys((stems[passage.item_id], passage.label) for passage in found.ranked))[:5]
    refused = decide(found, chosen, sources.analyser) is not None
    hit = bool(right.intersection(places))
    return Judged(row, tuple(values[name] for name in NAMES), strength(values), refused, hit, bool(found.direct))


def fit(rows: Sequence[tuple[tuple[float, ...], int]], rounds: int = 600) -> tuple[list[float], float]:
    """Logistic regression by gradient descent on standardised signals; weights in the signals' own units and the bias."""
    size, width = len(rows), len(NAMES)
    means = [sum(values[at] for values, _ in rows) / size for at in range(width)]
    spread = [math.sqrt(sum((values[at] - means[at]) ** 2 for values, _ in rows) / size) or 1.0 for at in range(width)]
    scaled = [([(values[at] - means[at]) / spread[at] for at in range(width)], label) for values, label in rows]
    weights, bias = [0.0] * width, 0.0
    for _ in range(rounds):
        errors = [1 / (1 + math.exp(-bias - sum(w * v for w, v in zip(weights, values, strict=True)))) - label for values, label in scaled]
        slopes = [sum(e * values[at] for e, (values, _) in zip(errors, scaled, strict=True)) for at in range(width)]
        weights = [w - 0.5 * (slope + w) / size for w, slope in zip(weights, slopes, strict=True)]
        bias -= 0.5 * sum(errors) / size
    own = [w / s for w, s in zip(weights, spread, strict=True)]
    return own, bias - sum(w * mean for w, mean in zip(own, means, strict=True))


def crossed(rows: Sequence[tuple[tuple[float, ...], int]]) -> list[tuple[float, int]]:
    """Each question's sum under weights fitted without it."""
    sums = []
    for fold in range(FOLDS):
        weights, bias = fit([row for at, row in enumerate(rows) if at % FOLDS != fold])
        sums += [
            (bias + sum(w * v for w, v in zip(weights, values, strict=True)), label)
            for at, (values, label) in enumerate(rows)
            if at % FOLDS == fold
        ]
    return sums


def report(answerable: Sequence[Judged], without: Sequence[Judged]) -> None:
    """Print what is reached now, where it fails, and what fitting anew would give."""
    found = [one for one in answerable if one.found]
    wrong = [one for one in found if one.refused]
    print(f"refused although found: {len(wrong)} of {len(found)} ({100 * len(wrong) / max(len(found), 1):.1f} %)")
    for kind in sorted({one.row["kind"] for one in without}):
        some = [one for one in without if one.row["kind"] == kind]
        print(f"{kind}: {sum(one.refused for one in some)} of {len(some)} refused")
    for one in [*wrong, *(one for one in without if not one.refused)]:
        print(f"  {'refused ' if one.refused else 'answered'} {one.strength:6.2f} {one.row['question']}")
    hard = [one for one in without if one.row["kind"] != "near_miss"]
    for step in STEPS:
        lost = sum(one.refused if one.by_fact else one.strength < THRESHOLD + step for one in found if not one.direct)
        caught = sum(one.by_fact or one.strength < THRESHOLD + step for one in hard)
        shares = f"{100 * lost / max(len(found), 1):.1f} % refused although found, {100 * caught / max(len(hard), 1):.1f} % of the others"
        print(f"threshold {THRESHOLD + step:.1f}: {shares}")
    rows = [(one.values, 1) for one in found] + [(one.values, 0) for one in hard if not one.by_fact]
    facts = sum(one.by_fact for one in hard)
    sums = crossed(rows)
    good = sorted(value for value, label in sums if label)
    for share in (0.02, 0.03, 0.05):
        limit = good[int(share * len(good))]
        caught = facts + sum(value < limit for value, label in sums if not label)
        print(f"fitted anew ({FOLDS}-fold): {100 * share:.0f} % refused although found, {100 * caught / len(hard):.1f} % of the others")
    weights, bias = fit(rows)
    print({name: round(weight, 2) for name, weight in zip(NAMES, weights, strict=True)}, "bias", round(bias, 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--answerable", type=Path, nargs="+", required=True)
    parser.add_argument("--unanswerable", type=Path, nargs="+", required=True)
    options = parser.parse_args()

    def read(files: Sequence[Path]) -> list[dict[str, Any]]:
        return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]

    with open_nova(load_settings(overrides={"NOVA_DATA": str(options.folder)})) as nova:
        stems = {row["item_id"]: Path(row["filename"]).stem for row in nova.db.fetch_all("SELECT item_id, filename FROM items")}
        answerable = [judge(nova, row, stems) for row in read(options.answerable)]
        without = [judge(nova, row, stems) for row in read(options.unanswerable)]
    report(answerable, without)


if __name__ == "__main__":
    main()
