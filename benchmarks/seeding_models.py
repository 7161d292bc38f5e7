"""Nine kinds of models on planted and on shuffled records of three seeds: what validation promises, what a test set then says, CPU seconds.

    python -m benchmarks.seeding_models [--rows 5000] [--seeds 3] [--kind KIND] [--started]

Bars: at least seven kinds are proven better than their baseline on planted records; none on shuffled ones. `--started`: how long a model of
the same kind takes that goes on from a former one, against one from nothing.
"""

import argparse
import json
import sys
import time
import warnings
from typing import Any

import numpy as np

from benchmarks.seeding_planted import planted, shuffled
from nova.seeding.pretrain import KINDS, fit, gains, predict


def judged(kind: str, seed: int, rows: int) -> dict[str, Any]:
    """One kind and seed: the last fifth of the records is kept apart as a test."""
    frame = planted(kind, seed, rows)
    known, test = frame.head(rows * 4 // 5), frame.slice(rows * 4 // 5)
    began = time.process_time()
    fitted = fit(kind, known)
    seconds = time.process_time() - began
    void = fit(kind, shuffled(kind, known, seed)).score
    told = {"kind": kind, "seed": seed, "metric": fitted.score.metric, "value": fitted.score.value, "baseline": fitted.score.baseline}
    told |= {"low": fitted.score.low, "high": fitted.score.high, "verdict": fitted.score.verdict, "shuffled": void.verdict}
    return told | {
        "test": round(float(gains(fitted.model, test).mean()), 4),
        "cpu_s": round(seconds, 2),
        **_groups(kind, fitted.model, test),
    }


def _groups(kind: str, model: Any, test: Any) -> dict[str, float]:
    if kind != "segments":
        return {}
    from sklearn.metrics import adjusted_rand_score

    return {"ari": round(float(adjusted_rand_score(test["segment"].to_list(), predict(model, test).to_list())), 3)}


def started(kind: str, rows: int) -> dict[str, Any]:
    """How long a start from a former model takes to the same score, and from nothing."""
    frame = planted(kind, 1, rows)
    test = frame.slice(rows * 4 // 5)
    former = fit(kind, frame.head(rows * 3 // 5)).model
    seconds, scores = [], []
    for begin in (None, former):
        began = time.process_time()
        model = fit(kind, frame.head(rows * 4 // 5), start=begin).model
        seconds.append(time.process_time() - began)
        scores.append(float(gains(model, test).mean()))
    return {
        "kind": kind,
        "nothing_s": round(seconds[0], 2),
        "started_s": round(seconds[1], 2),
        "ratio": round(seconds[1] / seconds[0], 2),
        "scores": np.round(scores, 4).tolist(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--kind", choices=sorted(KINDS))
    parser.add_argument("--started", action="store_true")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    kinds = [asked.kind] if asked.kind else list(KINDS)
    if asked.started:
        for kind in kinds:
            print(json.dumps(started(kind, asked.rows)), flush=True)
        return 0
    found = []
    for kind in kinds:
        for seed in range(1, asked.seeds + 1):
            found.append(judged(kind, seed, asked.rows))
            print(json.dumps(found[-1]), flush=True)
    proven = {kind for kind in kinds if all(one["verdict"] == "better" for one in found if one["kind"] == kind)}
    false = sum(one["shuffled"] == "better" for one in found)
    print(json.dumps({"proven_with_every_seed": len(proven), "kinds": len(kinds), "false": false}))
    return int(false > 0 or (len(kinds) > 1 and len(proven) < 7))


if __name__ == "__main__":
    sys.exit(main())
