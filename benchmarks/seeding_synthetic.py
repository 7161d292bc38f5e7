"""Made-up records measured on the data of the made-up Stadtwerke: likeness and distance of tables, facts of variants, clicks, bias.

    python -m benchmarks.seeding_synthetic [--customers 4000] [--seeds 3] [--only table,variants,sessions,messages,bias]

One JSON object a measure. Facts are counted here by `facts_of` over whole texts, not by the check that the variants went through. `copier`
is what the same measures say of rows that are real ones of the half learned from with one number moved by a thousandth of its spread.
"""

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz

from nova.seeding.sample import make
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.steps.mitigate import Mitigate, shown
from nova.seeding.synthetic.columns import FRESH, sorts_of, values_of
from nova.seeding.synthetic.messages import LENGTH, events, written
from nova.seeding.synthetic.nearest import auroc, closest, mixed, nearer_share
from nova.seeding.synthetic.sessions import ROUTES, sessions, transitions
from nova.seeding.synthetic.table import Wanted, bootstrap
from nova.seeding.synthetic.variants import variants, varied
from nova.seeding.texts.facts import facts_of

HAND = Path("benchmarks/seeding")
NAMES = re.compile(
    r"V-\d+|RE-\d+|1ESY\d+|\b[A-ZÄÖÜ]\w+(?:weg|straße|gasse|ring|allee)\b|Kirchau|Neudorf|Hohenfeld|Oberlinden|Unterlinden|Mühlental"
)


def table(name: str, frame: pl.DataFrame, seed: int) -> dict[str, Any]:
    real = Harmonise()(frame).kept
    begin = time.process_time()
    made, report = bootstrap(real, Wanted(len(real), seed, name, subject="kundennummer"))
    spent = time.process_time() - begin
    worst = max(report.marginals, key=lambda column: report.marginals[column])
    modelled = [column for column, sort in report.sorts.items() if sort not in FRESH and sort != "text"]
    equal = len(made.join(real.unique(modelled), on=modelled, how="semi", nulls_equal=True))
    told = {
        "measure": "table", "table": name, "seed": seed, "real": len(real), "made": len(made), "missing": report.missing,
        "redrawn": report.redrawn, "merged_values": report.merged, "nearest_share": report.nearest_share,
        "closest_p05": report.closest[0] , "closest_real_p05": report.closest_real[0], "membership_auroc": report.membership,
        "worst_marginal": [worst, report.marginals[worst]], "association_error": report.association_error,
        "by_chance": report.by_chance, "equal_in_all_modelled": equal, "cpu_seconds": spent,
    }  # fmt: skip
    if name == "vertraege":
        price = pl.col("grundpreis_eur").cast(float) + pl.col("verbrauch_kwh").cast(float) * pl.col("arbeitspreis_ct").cast(float) / 100
        apart = made.select(((pl.col("betrag_eur").cast(float) - price).abs() / price).median()).item()
        told["betrag_off_its_formula_median"] = apart
    return told


def copier(name: str, frame: pl.DataFrame, seed: int) -> dict[str, Any]:
    """The measures on rows that are copies, so that it is seen that they can fail."""
    real = Harmonise()(frame).kept.sort("id")
    columns = [values_of(real[column], sort, 5, real["id"]) for column, sort in sorts_of(real, {}).items() if sort not in FRESH | {"text"}]
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(real))
    learned, held = order[: len(real) // 2], order[len(real) // 2 : len(real) // 2 * 2]
    chosen = rng.choice(learned, len(learned))
    read = [column.read[chosen] for column in columns]
    number = next(at for at, column in enumerate(columns) if not column.is_category)
    read[number] = read[number] + rng.normal(0, 0.001, len(chosen)) * np.nanstd(read[number])
    every, copies = mixed(columns, [column.read for column in columns]), mixed(columns, read)
    some = copies.rows(np.arange(min(2000, len(copies))))
    halves = [every.rows(half[:2000]) for half in (learned, held)]
    return {
        "measure": "copier", "table": name, "seed": seed,
        "nearest_share": nearer_share(*(closest(some, every.rows(half)) for half in (learned, held))),
        "membership_auroc": auroc(*(closest(half, copies) for half in halves)),
    }  # fmt: skip


def texts(name: str, frame: pl.DataFrame, seed: int, count: int = 3) -> dict[str, Any]:
    begin = time.process_time()
    made = varied(frame, count, seed)
    spent = time.process_time() - begin
    pairs = made.join(frame.select("id", before="text"), left_on="_from", right_on="id")
    lost = named = 0
    for now, before in pairs.select("text", "before").iter_rows():
        lost += sorted(facts_of(now, "de")) != sorted(facts_of(before, "de"))
        named += Counter(NAMES.findall(now)) != Counter(NAMES.findall(before))
    likeness = [fuzz.ratio(now, before) for now, before in pairs.select("text", "before").iter_rows()]
    moved = sum(_words(now) != _words(before) for now, before in pairs.select("text", "before").iter_rows())
    return {
        "measure": "variants", "table": name, "seed": seed, "texts": len(frame), "made": len(made), "wanted": count * len(frame),
        "facts_differ": lost, "names_differ": named, "likeness_mean": float(np.mean(likeness)), "other_words_or_order": moved / len(pairs),
        "different_texts": made["text"].n_unique() / len(made), "a_cpu_second": len(made) / spent,
    }  # fmt: skip


def handwritten(seed: int) -> dict[str, Any]:
    """Variants of what people wrote by hand (the open halves of the pairs), in three languages."""
    lines = [json.loads(line) for file in sorted(HAND.glob("*open.jsonl")) for line in file.read_text("utf-8").splitlines()]
    said = [(pair[side]["text"], pair["lang"]) for pair in lines for side in "ab" if pair[side].get("text")]
    made = differ = 0
    begin = time.process_time()
    told = [(text, language, variants(text, 3, language, seed)) for text, language in said]
    spent = time.process_time() - begin
    for text, language, others in told:
        made += len(others)
        differ += sum(sorted(facts_of(other, language)) != sorted(facts_of(text, language)) for other in others)
    return {
        "measure": "handwritten", "seed": seed, "texts": len(said), "made": made,
        "with_a_variant": sum(bool(others) for *_, others in told),
        "facts_differ": differ, "a_cpu_second": made / spent,
    }  # fmt: skip


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def clicks(rows: int, seed: int) -> dict[str, Any]:
    begin = time.process_time()
    made = sessions(rows, seed)
    spent = time.process_time() - begin
    apart = 0.0
    steps = made.with_columns(pl.col("route").shift(-1).over("session", order_by="ts").alias("next")).drop_nulls("next")
    for role, pages in ROUTES.items():
        own = steps.filter(pl.col("role") == role).group_by("route", "next").len()
        counts = {(here, there): count for here, there, count in own.iter_rows()}
        for at, here in enumerate(pages):
            total = sum(counts.get((here, there), 0) for there in pages)
            if total >= 500:
                seen = np.array([counts.get((here, there), 0) / total for there in pages])
                apart = max(apart, float(np.abs(seen - transitions(role)[at]).max()))
    return {
        "measure": "sessions", "seed": seed, "clicks": rows, "sessions": made["session"].n_unique(), "clicks_a_cpu_second": rows / spent,
        "largest_transition_error": apart,
    }  # fmt: skip


def channels(rows: int, seed: int) -> dict[str, Any]:
    begin = time.process_time()
    made = written(rows, seed)
    spent = time.process_time() - begin
    differ = sum(len({frozenset(facts_of(text, "de")) for text in group["text"]}) > 1 for group in made.partition_by("event"))
    lacking = 0
    for event, group in zip(events(rows // 4, seed), made.partition_by("event", maintain_order=True), strict=True):
        lacking += sum(value not in text for value in event.facts.values() for text in group["text"])
    longest = {channel: made.filter(pl.col("channel") == channel)["text"].str.len_chars().max() for channel in LENGTH}
    return {
        "measure": "messages", "seed": seed, "messages": len(made), "events_whose_facts_differ": differ, "facts_lacking": lacking,
        "longest": longest, "lengths": dict(LENGTH), "a_cpu_second": len(made) / spent,
    }  # fmt: skip


def bias(frame: pl.DataFrame, seed: int) -> list[dict[str, Any]]:
    told = []
    for spec in (
        Mitigate("ort", "rechtzeitig"),
        Mitigate("ort", "rechtzeitig", "resample"),
        Mitigate("ort", "rechtzeitig", "resample", repeat=False),
    ):
        begin = time.process_time()
        seen = shown(frame, spec)
        told.append(
            {
                "measure": "bias", "how": spec.how, "repeat": spec.repeat, "seed": seed, "rows": len(frame),
                **{f"{when}_{name}": round(pick(one["rate"] for one in seen[when]), 4)
                   for when in ("before", "after") for name, pick in (("lowest", min), ("highest", max))},
                "flagged_before": sum(one["flagged"] for one in seen["before"]),
                "flagged_after": sum(one["flagged"] for one in seen["after"]),
                **{name: seen[name] for name in ("left_out", "repeated", "smallest_weight", "largest_weight", "unmended")},
                "cpu_seconds": time.process_time() - begin,
            }
        )  # fmt: skip
    return told


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--customers", type=int, default=4000)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--texts", type=int, default=300)
    options.add_argument("--only", default="table,variants,sessions,messages,bias")
    chosen = options.parse_args()
    only = chosen.only.split(",")
    for seed in range(1, chosen.seeds + 1):
        tables = make(chosen.customers, 100 + seed).tables
        told: list[dict[str, Any]] = []
        if "table" in only:
            told += [made(name, tables[name], seed) for name in ("vertraege", "kunden", "zaehler", "tickets") for made in (table, copier)]
        if "variants" in only:
            told += [texts(name, tables[name].head(chosen.texts), seed) for name in ("tickets", "briefe")]
            told.append(handwritten(seed))
        if "sessions" in only:
            told.append(clicks(200_000, seed))
        if "messages" in only:
            told.append(channels(400, seed))
        if "bias" in only:
            told += bias(tables["tickets"], seed)
        for one in told:
            print(
                json.dumps({key: round(value, 5) if isinstance(value, float) else value for key, value in one.items()}, ensure_ascii=False)
            )


if __name__ == "__main__":
    main()
