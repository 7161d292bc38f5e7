"""Pairs of records that people wrote by hand: copies that are one, twins that are two; what `nova seed clean` makes of them.

    python benchmarks/seeding_handwritten.py benchmarks/seeding/copies-open.jsonl [--show]

Each pair says whether both are the same. All records are cleaned together; a pair is taken for the same where one of it was removed in
favour of the other. Removed for a record of another pair counts as wrong.
"""

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

import polars as pl

from nova.seeding.clean import Brake, clean
from nova.seeding.commands import steps


def frame_of(pairs: list[dict]) -> pl.DataFrame:
    records = []
    for pair in pairs:
        for side in "ab":
            record = {"id": f"{pair['id']}{side}", "kind": pair["kind"], "lang": pair["lang"]}
            records.append(record | {key: None if value is None else str(value) for key, value in pair[side].items()})
    return pl.DataFrame(records, infer_schema_length=None)


def pairs_of(file: Path) -> list[dict]:
    raw = file.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode().splitlines() if line]


def judged(pairs: list[dict]) -> tuple[dict, list[tuple]]:
    """Precision, recall and facts lost, and what was taken wrongly: what it is, the step, and the pair."""
    done = clean(frame_of(pairs), steps("text", redact=False), Brake(share=1))
    kept_for = dict(done.removed.select("id", "kept_id").iter_rows())
    step_of = dict(done.removed.select("id", "step").iter_rows())
    counts: Counter[str] = Counter()
    by_step: Counter[str] = Counter()
    wrong: list[tuple] = []
    for pair in pairs:
        a, b = f"{pair['id']}a", f"{pair['id']}b"
        merged = kept_for.get(a) == b or kept_for.get(b) == a
        counts[("right" if pair["same"] else "wrong") if merged else ("missed" if pair["same"] else "apart")] += 1
        if merged:
            by_step[step_of.get(a) or step_of[b]] += 1
        if merged != pair["same"]:
            wrong.append(("WRONG " if merged else "MISSED", step_of.get(a) or step_of.get(b), [pair["a"], pair["b"], pair.get("why")]))
    strangers = [(gone, kept) for gone, kept in kept_for.items() if kept is None or kept[:-1] != gone[:-1]]
    wrong += [("STRANGER", step_of[gone], [gone, kept]) for gone, kept in strangers]
    found = {
        "pairs": len(pairs),
        "precision": round(counts["right"] / max(1, counts["right"] + counts["wrong"] + len(strangers)), 4),
        "recall": round(counts["right"] / max(1, counts["right"] + counts["missed"]), 4),
        "facts_lost": counts["wrong"] + len(strangers),
        "merged_by": dict(by_step),
    }
    return found, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true", help="print the pairs that were taken wrongly")
    args = parser.parse_args()
    found, wrong = judged(pairs_of(args.file))
    for what, step, pair in wrong if args.show else ():
        print(what, step, json.dumps(pair, ensure_ascii=False))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
