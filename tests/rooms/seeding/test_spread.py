"""Cleaning in parts: whatever the number of parts and shards, what comes out is what comes out of one piece."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.engines.spread.local import InProcess
from nova.errors import InvalidInput, JobCancelled
from nova.ports.spread import Executor, Task
from nova.seeding import commands, stream
from nova.seeding.clean import Brake, clean
from nova.seeding.commands import CleanOptions, clean_file, steps
from nova.seeding.judge import score
from nova.seeding.sample import make
from nova.seeding.sources.files import with_ids
from nova.seeding.sources.reading import Problems
from nova.seeding.spread.blobs import save
from nova.seeding.spread.collect import collected
from nova.seeding.spread.rounds import Size
from nova.seeding.spread.run import Plan, clean_in_parts
from nova.seeding.spread.works import WORKS
from nova.seeding.step import CHANGED, REMOVED

SIZES = (1, 2, 3, 7)
FIRST, TOWNS = ["Müller", "Meier", "Schmidt", "Jansen"], ["Essen", "Bonn", "Kiel"]
SAYINGS = [
    "Zähler {n} in {town} zeigt {kwh} kWh, meldet {name}.",
    "Der Kunde {name} aus {town} bittet um Rückruf wegen der Rechnung.",
    "Abschlag von {kwh},50 EUR für {name} ab 01.0{d}.2026.",
    "Strom ist weg",
    "Rechnung storniert, Kunde {name} wartet auf die Kostenst. {n}",
]
WRITINGS = [
    lambda text: text,
    lambda text: text.upper(),
    lambda text: f"Guten Tag, {text} Mit freundlichen Grüßen",
    lambda text: text.replace("Kunde", "Kudne").replace("Zähler", "Zaehler"),
    lambda text: text.replace("Rechnung storniert", "Storno der Rechnung").replace("Kostenst.", "Kostenstelle"),
    lambda text: f"  {text}!! ",
]


@dataclass(frozen=True)
class Outcome:
    """What a run gave."""

    kept: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame
    stopped: Mapping[str, Any] | None


@st.composite
def records(draw: st.DrawFn) -> pl.DataFrame:
    """Records of few texts in several writings, with columns that agree, differ or are empty."""
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows = []
    for number in range(draw(st.integers(1, 90))):
        values = {"n": dice.integers(1, 4), "kwh": dice.integers(10, 13), "d": dice.integers(1, 4)}
        told = dice.choice(SAYINGS).format(**values, name=dice.choice(FIRST), town=dice.choice(TOWNS))
        text = None if dice.random() < 0.05 else WRITINGS[dice.integers(len(WRITINGS))](told)
        rows.append(
            {
                "id": f"r{number}" if dice.random() < 0.95 else "r0",
                "lang": "de",
                "text": text,
                "kunde": dice.choice([None, "Haupstr. 5", "Hauptstr. 5", "Hauptstraße 7"]),
                "betrag": dice.choice([None, "1.234,50 €", "1234.5", "99"]),
                "quelle": dice.choice(["a", "b"]),
            }
        )
    return pl.DataFrame(rows, schema=dict.fromkeys(("id", "lang", "text", "kunde", "betrag", "quelle"), pl.String))


def in_parts(frame: pl.DataFrame, parts: int, size: Size, executor: Executor, folder: Path, brake: Brake) -> Outcome:
    """A frame in so many parts of unequal size through all steps."""
    edges = np.unique(np.linspace(0, 1, parts + 1) ** 1.3 * len(frame)).astype(int)
    batches = [frame[low:high] for low, high in pairwise(edges) if high > low]
    text = "text" if "text" in frame.columns else None
    done = clean_in_parts(collected(batches, executor, folder, Problems()), Plan(text, False, brake, executor, folder, size))
    removed, changed = (pl.concat([schema.to_frame(), *told]) for schema, told in ((REMOVED, done.removed()), (CHANGED, done.changed())))
    return Outcome(pl.concat(list(done.kept())), removed, changed, done.stopped and done.stopped.told())


def in_one_piece(frame: pl.DataFrame, brake: Brake) -> Outcome:
    """The same by `clean` and `score`."""
    text = "text" if "text" in frame.columns else None
    done = clean(with_ids(frame, Problems()), steps(text, redact=False), brake)
    return Outcome(score(done.kept), done.removed, done.changed, done.stopped and done.stopped.told())


def assert_same(left: Outcome, right: Outcome) -> None:
    for name in ("kept", "removed", "changed"):
        assert getattr(left, name).equals(getattr(right, name)), name
    assert left.stopped == right.stopped


def assert_parts_change_nothing(frame: pl.DataFrame, parts: int, size: Size, share: float) -> None:
    brake = Brake(share=share, least=5)
    with TemporaryDirectory() as folder:
        found = in_parts(frame, parts, size, InProcess(WORKS, Path(folder) / "blobs"), Path(folder), brake)
    assert_same(found, in_one_piece(frame, brake))


CASES = (
    records(),
    st.sampled_from(SIZES),
    st.builds(Size, st.sampled_from([10, 40, 1000]), st.sampled_from([200, 900, 10_000])),
    st.sampled_from([1.0, 0.2]),
)


@settings(max_examples=4, deadline=None)
@given(*CASES)
def test_parts_and_shards_change_nothing(frame: pl.DataFrame, parts: int, size: Size, share: float) -> None:
    assert_parts_change_nothing(frame, parts, size, share)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(*CASES)
def test_many_parts_and_shards_change_nothing(frame: pl.DataFrame, parts: int, size: Size, share: float) -> None:
    assert_parts_change_nothing(frame, parts, size, share)


@pytest.fixture(scope="module")
def tickets() -> pl.DataFrame:
    return make(150, seed=5).tables["tickets"]


def test_tickets_lose_the_same_copies_in_each_step(tmp_path: Path) -> None:
    tickets = make(400, seed=5).tables["tickets"]
    twice = pl.concat([tickets, tickets.sample(40, seed=1).with_columns(("k" + pl.col("id")).alias("id"))])
    whole = in_one_piece(twice, Brake(share=1))
    found = in_parts(twice, 5, Size(60, 900), InProcess(WORKS, tmp_path / "blobs"), tmp_path, Brake(share=1))
    assert_same(found, whole)
    assert {"exact", "fuzzy"} <= set(whole.removed["step"])


def test_too_many_copies_of_one_stop_a_run_in_parts_too(tmp_path: Path, tickets: pl.DataFrame) -> None:
    many = pl.concat([tickets, *(tickets.head(1).with_columns(pl.lit(f"k{number}").alias("id")) for number in range(9))])
    brake = Brake(share=1, cluster=5)
    whole = in_one_piece(many, brake)
    assert whole.stopped is not None and whole.stopped["kept_id"] is not None
    assert_same(in_parts(many, 4, Size(40, 900), InProcess(WORKS, tmp_path / "blobs"), tmp_path, brake), whole)


def test_columns_without_a_text_are_brought_into_one_writing_and_judged(tmp_path: Path) -> None:
    contracts = make(300, seed=5).tables["vertraege"]
    whole = in_one_piece(contracts, Brake())
    assert_same(in_parts(contracts, 3, Size(), InProcess(WORKS, tmp_path / "blobs"), tmp_path, Brake()), whole)


@pytest.mark.parametrize("columns", [["id", "text"], ["ID", "text"], ["text", "kunde"]])
def test_ids_are_the_same_in_parts(tmp_path: Path, columns: list[str]) -> None:
    rows = [["a", "a", "a#2", "b", "a", "a#2", None, "b#2", "b"], ["x 1", "x 1", "y", "z", "x 1", "y", "w", "v", "z"]]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))
    executor = InProcess(WORKS, tmp_path / "blobs")
    problems = Problems()
    parts = collected([frame[:4], frame[4:5], frame[5:]], executor, tmp_path, problems)
    found = pl.concat([pl.read_ipc(executor.fetch(blob)) for blob in parts.blobs])
    expected = Problems()
    assert found.equals(with_ids(frame, expected))
    assert sorted(map(str, problems.told())) == sorted(map(str, expected.told()))


def options(folder: Path, ending: str, **more: Any) -> CleanOptions:
    return CleanOptions(folder / f"kept{ending}", folder / f"removed{ending}", folder / f"changes{ending}", share=1.0, **more)


def digests(chosen: CleanOptions) -> list[str]:
    return [sha256(path.read_bytes()).hexdigest() for path in (chosen.kept, chosen.removed, chosen.changes)]


@pytest.mark.parametrize(("source", "ending"), [("a.parquet", ".parquet"), ("a.csv", ".csv"), ("a.csv", ".jsonl")])
def test_a_file_in_parts_gives_the_bytes_of_one_piece(tmp_path: Path, tickets: pl.DataFrame, source: str, ending: str) -> None:
    file, twice = tmp_path / source, pl.concat([tickets, tickets.head(30).with_columns(("k" + pl.col("id")).alias("id"))])
    twice.write_parquet(file) if source.endswith("parquet") else twice.write_csv(file, separator=";")
    whole = clean_file(file, options(tmp_path, ending))
    expected = digests(options(tmp_path, ending))
    chosen = options(tmp_path, ending, parts=3, workdir=tmp_path)
    assert clean_file(file, chosen, lambda folder: InProcess(WORKS, folder)) == whole
    assert digests(chosen) == expected
    assert not list(tmp_path.glob("nova-seed-*"))


def test_a_large_file_is_cleaned_in_parts_by_itself_and_from_the_same_sample(
    tmp_path: Path, tickets: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LARGE", 100)
    monkeypatch.setattr(commands, "PART_ROWS", 90)
    monkeypatch.setattr(stream, "LEARNT", 60)
    tickets.write_parquet(tmp_path / "a.parquet")
    made: list[Path] = []

    def executor(folder: Path) -> Executor:
        made.append(folder)
        return InProcess(WORKS, folder)

    found = clean_file(tmp_path / "a.parquet", options(tmp_path, ".csv"), executor)
    assert len(made) == 1
    assert clean_file(tmp_path / "a.parquet", options(tmp_path, ".csv")) == found


@pytest.mark.parametrize("content", [b'[{"id": 1}]', b"Bericht\nid;b\n1;2\n3;4\n", b"a\0;b\n1;2\n"])
def test_what_cannot_be_read_in_parts_is_refused_where_parts_are_asked_for(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(InvalidInput, match="in Teilen"):
        clean_file(tmp_path / "a.csv", options(tmp_path, ".csv", parts=2), lambda folder: InProcess(WORKS, folder))


def test_somebody_may_stop_a_run(tmp_path: Path, tickets: pl.DataFrame) -> None:
    told: list[str] = []

    def progress(stage: str, _done: int, _total: int) -> None:
        told.append(stage)
        if stage == "fuzzy":
            raise JobCancelled("Abgebrochen.")

    executor = InProcess(WORKS, tmp_path / "blobs")
    parts = collected([tickets], executor, tmp_path, Problems())
    with pytest.raises(JobCancelled):
        clean_in_parts(parts, replace(Plan("text", False, Brake(), executor, tmp_path), progress=progress))
    assert told[-1] == "fuzzy" and "judge" not in told


def test_a_task_over_the_same_files_gives_the_same_bytes(tmp_path: Path, tickets: pl.DataFrame) -> None:
    executors = [InProcess(WORKS, tmp_path / name) for name in "ab"]
    results = []
    for executor in executors:
        parts = collected([tickets], executor, tmp_path, Problems())
        sample = executor.put(save(tickets, tmp_path, "sample"))
        (done,) = executor.run([Task("harmonise", (parts.blobs[0], sample), {"text": "text"})])
        results.append([executor.fetch(blob).read_bytes() for blob in done])
    assert results[0] == results[1]
