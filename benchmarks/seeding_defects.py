"""How well the judge of seeded data finds planted defects, bias and drift, and what it costs beside bare Polars.

`python -m benchmarks.seeding_defects [--rows 20000] [--seeds 3] [--cost 100000]` prints one JSON object a seed and one for the cost.
AUROC: planted against clean records by quality. Precision: of the records with confidence >= 70, the share without a planted defect.
"""

import argparse
import json
import time
from typing import Any

import numpy as np
import polars as pl
from sklearn.metrics import roc_auc_score

from benchmarks.seeding_records import WAYS, records
from nova.seeding.judge import fit, read_policies, score
from nova.seeding.judge.bias import bias
from nova.seeding.judge.checks import checks, prepared, unclear
from nova.seeding.judge.drift import drift
from nova.seeding.judge.profile import kind_of
from nova.seeding.judge.report import judge


def detection(rows: int, seed: int) -> dict[str, Any]:
    frame, truth = records(rows, seed)
    scored = score(frame)
    planted = np.array([bool(way) for way in truth])
    quality, confidence = scored["quality"].to_numpy(), scored["confidence"].to_numpy()
    sure = confidence >= 70
    flagged = scored["reasons"].is_not_null().to_numpy()
    found = {way: round(float(np.mean(flagged[[told == way for told in truth]])), 3) for way in WAYS}
    clean = scored.filter(pl.Series(~planted) & pl.col("reasons").is_not_null())
    return {
        "seed": seed,
        "rows": rows,
        "planted": int(planted.sum()),
        "auroc": round(float(roc_auc_score(planted, -quality)), 4),
        "confident": int(sure.sum()),
        "confident_right": round(float(np.mean(~planted[sure])), 4),
        "clean_confident": round(float(np.mean(sure[~planted])), 4),
        "found": found,
        "clean_flagged": len(clean),
        "clean_examples": clean["reasons"].head(12).to_list(),
        "missed": [
            (truth[at], {k: v for k, v in frame.row(at, named=True).items() if v is not None})
            for at in np.flatnonzero(planted & ~flagged)[:20]
        ],
    }


def skew(seed: int, rows: int = 8000, rounds: int = 20) -> dict[str, Any]:
    """Flags of a planted bias and drift, and of as many shuffles."""
    dice = np.random.default_rng(seed)
    frame, _ = records(rows, seed, share=0.0)
    group = dice.choice(["Nord", "Süd", "Ost", "West"], rows, p=[0.4, 0.3, 0.2, 0.1])
    outcome = dice.random(rows) < np.where(group == "West", 0.45, 0.6)
    told = frame.with_columns(pl.Series("g", group), pl.Series("y", outcome))
    planted = {one.group: one.flagged for one in bias(told, "g", "y")}
    false_bias = sum(
        one.flagged for _ in range(rounds) for one in bias(told.with_columns(pl.Series("y", dice.permutation(outcome))), "g", "y")
    )
    moved = frame.with_columns(
        pl.col("kwh") * 1.3, pl.when(pl.Series(dice.random(rows) < 0.35)).then(pl.lit("Mail")).otherwise("channel").alias("channel")
    )
    flagged = [one.column for one in drift(moved[rows // 2 :], frame[: rows // 2]) if one.flagged]
    false_drift = 0
    for _ in range(rounds):
        mixed = frame[dice.permutation(rows)]
        false_drift += sum(one.flagged for one in drift(mixed[: rows // 2], mixed[rows // 2 :]))
    return {"bias": planted, "bias_shuffled_flags": false_bias, "drift": flagged, "drift_shuffled_flags": false_drift, "rounds": rounds}


def cost(rows: int, only: str | None = None) -> dict[str, Any]:
    """CPU seconds of the judge from frame to scores and of the same expressions in bare Polars; of one kind or of all six."""
    frame, _ = records(rows, 99, kinds=[only] if only else None)
    frame = frame.select(column.name for column in frame if column.null_count() < len(frame))
    began = time.process_time()
    profile = fit(frame)
    fitted = time.process_time() - began
    began = time.process_time()
    score(frame, profile)
    scored = time.process_time() - began
    kinds = kind_of(frame)
    began = time.process_time()
    for kind, known in profile.kinds.items():
        seen = prepared(frame.filter(kinds == kind), profile, known)
        seen.select(check.broken.alias(f"c{at}") for at, check in enumerate([*checks(known, profile), *unclear(known)]))
    bare = time.process_time() - began
    began = time.process_time()
    judge(frame, policy=read_policies("policies: {a: {}}")["a"])
    whole = time.process_time() - began
    return {
        "rows": rows,
        "kind": only or "all six",
        "columns": frame.width,
        "fit": round(fitted, 2),
        "score": round(scored, 2),
        "bare": round(bare, 2),
        "ratio": round((fitted + scored) / bare, 2),
        "judge": round(whole, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--cost", type=int, default=100_000)
    asked = parser.parse_args()
    for seed in range(asked.first, asked.first + asked.seeds):
        print(json.dumps(detection(asked.rows, seed), ensure_ascii=False, indent=1))
        print(json.dumps(skew(seed), ensure_ascii=False))
    if asked.cost:
        print(json.dumps(cost(asked.cost, "bill")))
        print(json.dumps(cost(asked.cost)))


if __name__ == "__main__":
    main()
