"""Seeding measured against its bars: duplicates, handwritten pairs, speed, planted truth, what a file costs from end to end.

    python -m benchmarks.seeding [--only dedup,handwritten,speed,truth,bias,drift,files,bare,stream] [--rows 100000] [--json]

Run from the repository's root, with nothing else running. Each line is one measure: what it is, its value, its bar ("" where none is
set), whether it is met. Peers are measured in the same run, as far as they are installed. CPU seconds are of this process and its threads.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl
from sklearn.metrics import roc_auc_score

from benchmarks.seeding_handwritten import judged, pairs_of
from benchmarks.seeding_pairs import generated, measured, rensa_alone
from nova.seeding.clean import Brake, clean
from nova.seeding.commands import CleanOptions, clean_file, judge_file, steps
from nova.seeding.judge import fit, score
from nova.seeding.judge.bias import bias
from nova.seeding.judge.checks import checks, prepared, unclear
from nova.seeding.judge.drift import drift
from nova.seeding.judge.profile import kind_of
from nova.seeding.sample import Sample, make
from nova.seeding.sources.files import read_records
from nova.seeding.steps.columns import CANONICAL
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.values import number_of

HAND = Path("benchmarks/seeding")
PEERS = {"text-dedup": "text_dedup", "data-juicer": "data_juicer", "datatrove": "datatrove"}


@dataclass(frozen=True)
class Measure:
    """One line of the table; `met` is None where no bar is set."""

    section: str
    what: str
    value: object
    bar: str = ""
    met: bool | None = None


def least(section: str, what: str, value: float, bar: float) -> Measure:
    return Measure(section, what, round(value, 5), f">= {bar:g}", bool(value >= bar))


def most(section: str, what: str, value: float, bar: float) -> Measure:
    return Measure(section, what, round(value, 5), f"<= {bar:g}", bool(value <= bar))


def dedup(rows: int) -> Iterator[Measure]:
    """Exact and fuzzy removal among records of the generator; three seeds, the worst of each number."""
    found = []
    for seed in (101, 102, 103):
        frame, truth = generated(rows, seed)
        found.append(measured(clean(frame, [Harmonise(), Exact(), Fuzzy()], Brake(share=1)).removed, frame, truth))
    yield least("dedup", "precision, worst of three seeds", min(one["precision"] for one in found), 0.999)
    yield least("dedup", "recall, worst of three seeds", min(one["recall"] for one in found), 0.97)
    yield most("dedup", "facts lost, all seeds", sum(one["facts_lost"] for one in found), 0)


def handwritten(_: int) -> Iterator[Measure]:
    """Pairs that people wrote; the locked ones were not read by whoever wrote the rules."""
    for file in sorted(HAND.glob("*.jsonl*")):
        told, _wrong = judged(pairs_of(file))
        name = file.name.split(".")[0]
        yield Measure("handwritten", f"{name}: pairs", told["pairs"])
        yield least("handwritten", f"{name}: precision", told["precision"], 0.97)
        recall = told["recall"]
        yield (
            least("handwritten", f"{name}: recall", recall, 0.97) if "copies" in name else Measure("handwritten", f"{name}: recall", recall)
        )
        lost = told["facts_lost"]
        yield most("handwritten", f"{name}: facts lost", lost, 1) if "copies" in name else Measure("handwritten", f"{name}: wrong", lost)


def speed(rows: int) -> Iterator[Measure]:
    """Records a CPU second of harmonise, exact and fuzzy with their reasons; rensa's deduplicator, which verifies nothing, beside it."""
    frame, truth = generated(rows, 104)
    own, theirs = [], []
    for _ in range(3):
        began = time.process_time()
        clean(frame, [Harmonise(), Exact(), Fuzzy()], Brake(share=1))
        own.append(time.process_time() - began)
        theirs.append(rensa_alone(frame, truth))
    rensa = median(one["cpu_seconds"] for one in theirs)
    yield least("speed", "records a CPU second, median of three", rows / median(own), 12_000)
    yield most("speed", "CPU time as a multiple of rensa's without verifying", median(own) / rensa, 8)
    yield Measure("speed", "rensa alone: CPU seconds", round(rensa, 2))
    yield Measure("speed", "rensa alone: precision", round(theirs[0]["precision"], 4))
    for name, module in PEERS.items():
        yield Measure("speed", name, "installed, not measured" if find_spec(module) else "not installed")


def truth(rows: int) -> Iterator[Measure]:
    """The tables of the example data with planted faults: cleaned as `nova seed clean` does, compared with what was planted."""
    sample = make(min(rows, 5000), 21)
    cells, right, changed, planted, found, lost = 0, 0, 0, 0, 0, 0
    quality, wrong, sure = [], [], []
    untouched = 0
    for name, table in sample.tables.items():
        told = sample.truth.filter(pl.col("table") == name)
        done = clean(table, steps("text" if "text" in table.columns else None, redact=False), Brake(share=1))
        came, kept = rows_of(table), rows_of(done.kept)
        writings = told.filter(pl.col("kind") == "writing")
        for identity, column, before in writings.select("id", "column", "before").iter_rows():
            if identity in kept and came[identity][column] != before:
                cells += 1
                right += same(kept[identity][column], before)
        touched = dict.fromkeys(told.filter(pl.col("column").is_not_null()).select("id", "column").iter_rows())
        for made, of in told.filter(pl.col("of").is_not_null()).select("id", "of").iter_rows():
            touched |= {(made, column): None for column in table.columns if (of, column) in touched}
        untouched += table.height * (table.width - 1) - len(touched)
        moved = done.changed.filter(pl.col("column") != "text").select("id", "column", "before", "after").iter_rows()
        changed += sum((identity, column) not in touched and not same(before, after) for identity, column, before, after in moved)
        gone, stands = dict(done.removed.select("id", "kept_id").iter_rows()), set(kept)
        copies = told.filter(pl.col("kind") == "copy").select("id", "of").rows()
        planted += len(copies)
        found += sum(not {copy, of} <= stands for copy, of in copies)
        for twin, of in told.filter(pl.col("kind") == "twin").select("id", "of").iter_rows():
            lost += gone.get(twin) == of or gone.get(of) == twin
        judged_table = score(done.kept)
        bad = set(told.filter(pl.col("kind") == "wrong")["id"])
        quality += judged_table["quality"].to_list()
        wrong += [identity in bad for identity in judged_table["id"]]
        sure += judged_table["confidence"].to_list()
    yield Measure("truth", "cells written otherwise", cells)
    yield least("truth", "accuracy of those after cleaning", right / max(1, cells), 0.95)
    yield most("truth", "share of right values changed", changed / untouched, 0.001)
    yield least("truth", "copies found", found / max(1, planted), 0.97)
    yield most("truth", "twins lost", lost, 0)
    yield least("truth", "AUROC of quality for wrong records", float(roc_auc_score(wrong, -np.array(quality))), 0.95)
    confident = np.array(sure) >= 70
    yield least("truth", "confidence >= 70 is right", 1 - float(np.mean(np.array(wrong)[confident])), 0.95)
    yield Measure("truth", "share of records with confidence >= 70", round(float(np.mean(confident)), 4))


def rows_of(table: pl.DataFrame) -> dict[str, dict[str, str | None]]:
    return {row["id"]: row for row in table.iter_rows(named=True)}


def same(left: str | None, right: str | None) -> bool:
    """Whether two values say the same: the same text, or the same number."""
    numbers = [number_of(value or "", ".") for value in (left, right)]
    return left == right or (numbers[0] is not None and numbers[0] == numbers[1])


def uneven(rows: int) -> Iterator[Measure]:
    """One place waits longer than the others; where the outcomes are shuffled none does."""
    dice = np.random.default_rng(5)
    table = Harmonise()(make(min(rows, 5000), 21).tables["tickets"]).kept
    flagged = sorted(one.group for one in bias(table, "ort", "rechtzeitig") if one.flagged)
    yield Measure("bias", "places flagged", ", ".join(flagged), "Mühlental", "Mühlental" in flagged)
    shuffled = [table.with_columns(table["rechtzeitig"].gather(dice.permutation(len(table)))) for _ in range(20)]
    flags = sum(one.flagged for mixed in shuffled for one in bias(mixed, "ort", "rechtzeitig"))
    yield most("bias", "places flagged in 20 shuffles", flags, 0)


def moved(rows: int) -> Iterator[Measure]:
    """Consumption a fifth lower than in the version before; two seeds of the same year beside it."""
    count = min(rows, 5000)
    versions = {
        name: _contracts(made)
        for name, made in {"old": make(count, 31), "new": make(count, 32, shift=-0.2), "same": make(count, 32)}.items()
    }
    names = sorted(one.column for one in drift(versions["new"], versions["old"]) if one.flagged)
    yield Measure("drift", "flagged of what uses a fifth less", ", ".join(names), "verbrauch_kwh", "verbrauch_kwh" in names)
    names = sorted(one.column for one in drift(versions["same"], versions["old"]) if one.flagged)
    yield Measure("drift", "flagged between two seeds", ", ".join(names), "none", not names)


def _contracts(sample: Sample) -> pl.DataFrame:
    return Harmonise()(sample.tables["vertraege"]).kept


def files(_: int) -> Iterator[Measure]:
    """10,000 rows from a file to cleaned and judged files: contracts, which have no free text, and tickets, which do."""
    sample = make(10_000, 41)
    with tempfile.TemporaryDirectory() as folder:
        for name, bar in (("vertraege", 5.0), ("tickets", 0.0)):
            source, kept = Path(folder) / f"{name}.csv", Path(folder) / "kept.parquet"
            sample.tables[name].head(10_000).write_csv(source)
            taken = []
            for _turn in range(3):
                began = time.perf_counter()
                clean_file(source, CleanOptions(kept, Path(folder) / "removed.csv", Path(folder) / "changes.csv"))
                judge_file(kept, group=None, outcome=None, against=None, policy=None)
                taken.append(time.perf_counter() - began)
            what = f"{name}: 10,000 rows from file to files, seconds"
            yield most("files", what, median(taken), bar) if bar else Measure("files", what, round(median(taken), 2))


def bare(rows: int) -> Iterator[Measure]:
    """Reading, harmonising and judging beside the same in bare Polars expressions, CPU seconds."""
    table = make(rows, 51).tables["vertraege"]
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("csv", "jsonl"):
            source = Path(folder) / f"a.{ending}"
            table.write_csv(source, separator=";") if ending == "csv" else table.write_ndjson(source)
            own = timed(lambda source=source: read_records(source))
            plain = timed(
                lambda source=source: (
                    pl.read_csv(source, separator=";", infer_schema=False) if source.suffix == ".csv" else pl.read_ndjson(source)
                )
            )
            yield Measure(
                "bare", f"reading {ending} with ids, encoding, hash and what is odd / Polars' reader alone", round(own / plain, 1)
            )
    own, plain = timed(lambda: Harmonise()(table)), timed(lambda: _plain_harmonise(table))
    yield most("bare", f"Harmonise / bare Polars, {rows:,} rows of {table.width} columns", own / plain, 1.5)
    yield Measure("bare", "Harmonise: CPU seconds", round(own, 2))
    clean_table = Harmonise()(table).kept
    own, plain = timed(lambda: score(clean_table)), timed(lambda: _plain_score(clean_table))
    yield most("bare", "fit and score / the same checks in bare Polars", own / plain, 1.5)
    yield Measure("bare", "fit and score: CPU seconds", round(own, 2))


def timed(work: Callable[[], object]) -> float:
    """CPU seconds, the median of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken)


def _plain_harmonise(table: pl.DataFrame) -> pl.DataFrame:
    """NFKC, invisible signs, blanks, German numbers and days as one list of expressions, without asking whether a value needs it."""
    text = pl.col(pl.String)
    blanks = (
        text.str.normalize("NFKC").str.replace_all("[\u00ad\u200b-\u200f\u2060\ufeff]", "").str.replace_all(r"\s+", " ").str.strip_chars()
    )
    numbers = [name for name in table.columns if name.endswith(("_eur", "_kwh", "_ct"))]
    days = ["beginn", "ende"]
    plain = pl.col(numbers).str.replace(r"\s*(?:€|EUR)$", "")
    german = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return (
        table.with_columns(blanks)
        .with_columns(
            pl.when(plain.str.contains(CANONICAL)).then(plain).otherwise(german.str.strip_chars_end("0").str.strip_chars_end("."))
        )
        .with_columns(pl.col(days).str.replace(r"^(\d\d)\.(\d\d)\.(\d{4})$", "$3-$2-$1"))
    )


def _plain_score(table: pl.DataFrame) -> None:
    profile, kinds = fit(table), kind_of(table)
    for kind, known in profile.kinds.items():
        seen = prepared(table.filter(kinds == kind), profile, known)
        seen.select(check.broken.alias(f"c{at}") for at, check in enumerate([*checks(known, profile), *unclear(known)]))


STREAM = """
import resource, sys, time
from pathlib import Path
from nova.seeding.stream import harmonise_and_judge
began = time.perf_counter()
counts = harmonise_and_judge(Path(sys.argv[1]), Path(sys.argv[2]))
print(counts.rows, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def stream(rows: int) -> Iterator[Measure]:
    """50 times `rows` records of six columns through a process of its own: seconds and its largest resident memory."""
    table = make(min(rows, 100_000), 61).tables["tickets"].select("id", "kind", "lang", "text", "datum", "tage_offen").head(rows)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.parquet", Path(folder) / "b.parquet"
        numbered = (table.with_columns(pl.col("id") + f"-{turn}").lazy() for turn in range(50))
        pl.concat(numbered).sink_parquet(source, row_group_size=100_000)
        told = subprocess.run([sys.executable, "-c", STREAM, str(source), str(target)], capture_output=True, text=True, check=True)
    read, seconds, memory = map(float, told.stdout.split())
    yield Measure("stream", "records of six columns", int(read))
    yield most("stream", "largest resident memory, MB", memory, 600)
    yield Measure("stream", "seconds", round(seconds, 1))


SECTIONS: dict[str, Callable[[int], Iterator[Measure]]] = {
    "dedup": dedup, "handwritten": handwritten, "speed": speed, "truth": truth, "bias": uneven, "drift": moved, "files": files,
    "bare": bare, "stream": stream,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, with commas between")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="one JSON object a measure instead of a table")
    args = parser.parse_args()
    unknown = set(args.only.split(",")) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    missed = 0
    for name in args.only.split(","):
        for one in SECTIONS[name](args.rows):
            missed += one.met is False
            mark = {True: "met", False: "MISSED", None: ""}[one.met]
            line = f"{one.section:<12}{one.what:<75}{one.value!s:>14}  {one.bar:<14}{mark}"
            print(json.dumps(asdict(one), ensure_ascii=False) if args.json else line, flush=True)
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
