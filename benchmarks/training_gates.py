"""Gates and leaks: candidates with one planted fault and harmless twins on made-up answers; planted pairs and twins that are none.

    python -m benchmarks.training_gates [--items 180] [--seeds 5] [--train 20000] [--test 3000]

Bars: every candidate with a fault is held and every harmless one passes; of leaking test rows 98 % are found, of clean ones at most 1 % are
called leaking, and 20,000 x 3,000 rows take less than a minute of one processor.
"""

import argparse
import json
import sys
import time
from collections import Counter

from benchmarks.training_pairs import planted
from benchmarks.training_sets import Answers, Case, cases, faulty, former, good, harmless, with_base
from nova.answers.check.polarity import contradicts
from nova.training.evaluate import Measured, measure
from nova.training.gates import gates
from nova.training.leaks import find_leaks
from nova.training.limits import limits_of
from nova.training.rows import Table
from nova.training.sides import sides_of

LIMITS = limits_of()


def table(name: str, some: Answers) -> Table:
    return Table(name, [{"id": id_, "answer": text} for id_, text in some.items()])


def judged(some: list[Case], cand: Answers, base: Answers) -> tuple[Measured, list[str]]:
    """What was measured, and the gates that hold the candidate."""
    rows = [
        {"id": one.id, "topic": one.topic, "question": one.question, "reference": one.reference, "answerable": str(one.answerable).lower()}
        for one in some
    ]
    found = measure(sides_of(table("Kandidat", cand), table("Basis", base), Table("Referenz", rows), []), [], LIMITS, contradicts)
    return found, [gate["name"] for gate in gates(found, LIMITS) if not gate["passed"]]


def gates_of(items: int, seeds: int) -> dict[str, object]:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    by_fault: dict[str, Counter[str]] = {}
    by_paper = 0
    for seed in range(1, seeds + 1):
        some = cases(items, seed)
        base = former(some, seed + 1000)
        bad = [(name, some, cand, base) for name, cand in faulty(some, seed).items()]
        few = cases(30, seed)
        bad.append(("zu wenige", few, good(few, seed), former(few, seed + 1000)))
        right = [(name, some, cand, base) for name, cand in harmless(some, seed).items()]
        right.append(("Basis gleich auf einem Thema", some, good(some, seed), with_base(some, good(some, seed), base, "netz")))
        for kind, sets in (("bad", bad), ("good", right)):
            for name, asked, cand, other in sets:
                found, held = judged(asked, cand, other)
                counts[kind] += 1
                counts[f"{kind}_right"] += bool(held) == (kind == "bad")
                if kind == "bad":
                    by_fault.setdefault(name, Counter()).update(held)
                    by_paper += found.cand.bleu >= LIMITS.bleu and found.cand.rouge_l >= LIMITS.rouge_l
                if bool(held) != (kind == "bad"):
                    wrong.append(f"{kind} {name} seed {seed}: {held}")
    faults = {name: dict(held) for name, held in by_fault.items()}
    return {**counts, "bad_that_pass_bleu_and_rouge": by_paper, "held_by": faults, "wrong": wrong}


def leaks_of(train: int, test: int, seed: int) -> dict[str, object]:
    made = planted(train, test, seed)
    begun = time.process_time()
    found = find_leaks(made.train, made.test)
    seconds = time.process_time() - begun
    leaking = {test_id for _, test_id in made.leaks}
    told = {(one.train, one.test) for one in found.pairs}
    clean = len(made.test) - len(leaking)
    by_kind = {
        kind: f"{sum(pair in told for pair, one in made.leaks.items() if one == kind)} of {count}"
        for kind, count in Counter(made.leaks.values()).items()
    }
    return {
        "rows": f"{len(made.train)} x {len(made.test)}", "leaking": len(leaking),
        "recall": round(len(found.leaked & leaking) / len(leaking), 4),
        "false_share": round(len(found.leaked - leaking) / clean, 4), "planted_pairs_found": by_kind, "cpu_seconds": round(seconds, 1),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=180)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--train", type=int, default=20_000)
    parser.add_argument("--test", type=int, default=3_000)
    chosen = parser.parse_args()
    result = {"gates": gates_of(chosen.items, chosen.seeds), "leaks": leaks_of(chosen.train, chosen.test, 11)}
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return int(bool(result["gates"]["wrong"]) or result["leaks"]["recall"] < 0.98 or result["leaks"]["false_share"] > 0.01)  # type: ignore[operator]


if __name__ == "__main__":
    sys.exit(main())
