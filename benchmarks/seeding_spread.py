"""Millions of records cleaned in parts: time, memory, what is removed; and one hash whoever works.

    python -m benchmarks.seeding_spread make FILE [--rows 5000000]       records with planted copies, as Parquet
    python -m benchmarks.seeding_spread clean FILE [--parts N] [--workdir FOLDER] [--ray ADDRESS]
    python -m benchmarks.seeding_spread fuzzy FILE [--part-rows 100000] [--workdir FOLDER]    duplicates only, no marks

Run from the repository's root. One in twenty records with a text comes once more in a later part, with a greeting around it, under an id of
its own; the planted copies are the truth that `fuzzy` tells its recall by. Memory is the process's peak (resident).
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from benchmarks.seeding_records import records
from nova.engines.spread.local import InProcess
from nova.seeding.clean import Brake
from nova.seeding.commands import CleanOptions, clean_file
from nova.seeding.sources.reading import Problems
from nova.seeding.spread.collect import collected
from nova.seeding.spread.run import Plan, clean_in_parts
from nova.seeding.spread.works import WORKS
from nova.seeding.stream import records_in_batches

CHUNK = 100_000
COPIES = 0.05


def chunks(rows: int) -> Iterator[pl.DataFrame]:
    """Records, and in each chunk copies of the one before."""
    before: pl.DataFrame | None = None
    schema: pl.Schema | None = None
    for number, start in enumerate(range(0, rows, CHUNK)):
        copies = 0 if before is None else int(COPIES * len(before))
        frame = records(min(CHUNK, rows - start) - copies, 1000 + number)[0].with_columns(("p" + str(number) + pl.col("id")).alias("id"))
        frame = (
            frame.with_columns(pl.all().cast(pl.String))
            if schema is None
            else frame.with_columns(pl.all().cast(pl.String)).select(list(schema))
        )
        schema = schema or frame.schema
        told = frame.filter(pl.col("text").str.contains(r"\d{3}"))
        if before is not None:
            copied = before.head(copies).with_columns(
                ("c" + pl.col("id")).alias("id"), ("Guten Tag, " + pl.col("text") + " Mit freundlichen Grüßen").alias("text")
            )
            frame = pl.concat([frame, copied])
        before = told.sample(fraction=1.0, shuffle=True, seed=number)
        yield frame


def make(file: Path, rows: int) -> None:
    first = next(chunks(min(rows, 2000)))
    register_io_source(lambda *_: chunks(rows), schema=first.schema).sink_parquet(file, row_group_size=CHUNK)


def told(began: tuple[float, float], **more: object) -> None:
    """One line of JSON, with wall and CPU seconds and the peak of memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {"wall_s": round(time.time() - began[0], 1), "cpu_s": round(time.process_time() - began[1], 1), "peak_mib": round(peak), **more}
        )
    )


def fuzzy(file: Path, part_rows: int, workdir: Path | None) -> None:
    """Duplicates of all three steps, in this process; the planted copies that are found, and what else is removed."""
    began = time.time(), time.process_time()

    def stage(name: str, done: int, total: int) -> None:
        if done == total:
            told(began, stage=name, tasks=total)

    with tempfile.TemporaryDirectory(dir=workdir) as folder:
        runs = InProcess(WORKS, Path(folder) / "blobs")
        parts = collected(records_in_batches(file, part_rows, Problems()), runs, Path(folder), Problems())
        told(began, stage="parts", tasks=len(parts.sizes))
        done = clean_in_parts(parts, Plan("text", False, Brake(share=1), runs, Path(folder), progress=stage))
        removed = pl.concat([frame.select("id", "kept_id", "step") for frame in done.removed()])
        planted = sum(int(done.table.load(part)["id"].str.starts_with("c").sum()) for part in done.table.parts)
        copy, kept = pl.col("id").str.strip_prefix("c"), pl.col("kept_id").str.strip_prefix("c")
        right = int(removed.select((copy == kept).sum()).item())
        told(began, rows=sum(parts.sizes), planted=planted, removed=len(removed), found=right)
        runs.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["make", "clean", "fuzzy"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--parts", type=int)
    parser.add_argument("--part-rows", type=int, default=100_000)
    parser.add_argument("--workdir", type=Path)
    chosen = parser.parse_args()
    if chosen.what == "make":
        make(chosen.file, chosen.rows)
    elif chosen.what == "fuzzy":
        fuzzy(chosen.file, chosen.part_rows, chosen.workdir)
    else:
        began = time.time(), time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            out = CleanOptions(*(Path(folder) / f"{name}.parquet" for name in ("kept", "removed", "changes")), parts=chosen.parts)
            told(began, **clean_file(chosen.file, out, lambda at: InProcess(WORKS, at)))


if __name__ == "__main__":
    main()
