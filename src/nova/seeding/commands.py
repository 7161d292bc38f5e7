"""A file in, cleaned or judged files and a summary out: what an engineer does with a file of their own, without a server."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from nova.errors import InvalidInput
from nova.ports.spread import Executor
from nova.seeding.clean import Brake, Stopped, clean
from nova.seeding.judge import judge, score
from nova.seeding.judge.policy import named
from nova.seeding.sources.files import read_records, write_batches, write_records
from nova.seeding.sources.reading import Problem, Problems, told
from nova.seeding.spread.collect import collected
from nova.seeding.spread.run import Plan, clean_in_parts
from nova.seeding.step import CHANGED, REMOVED, Step
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.steps.redact import Redact
from nova.seeding.steps.semantic import Semantic
from nova.seeding.stream import UNREADABLE, learnt_from, records_in_batches, rows_in_parts

LARGE, PART_ROWS = 500_000, 100_000
"""From so many records on a file is cleaned in parts, of so many records."""
NO_TEXT = "Keine Spalte „text“: Dubletten wurden nicht gesucht."


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """Where results go (`kept`, `removed`, `changes`: jsonl, csv or parquet by their suffix), the text's column (None: `text`, where
    there is one), the brake, and whether personal data in texts is replaced. In how many parts (None: as its size asks for), and where
    they lie meanwhile (None: where temporary files do).
    """

    kept: Path
    removed: Path
    changes: Path
    text: str | None = None
    share: float = 0.6
    cluster: int = 1000
    redact: bool = False
    parts: int | None = None
    workdir: Path | None = None


def steps(text: str | None, *, redact: bool) -> list[Step]:
    """The steps of a file of which nothing more is known, in their order; without a text nothing is compared."""
    if text is None and redact:
        raise InvalidInput("Ohne Spalte „text“ wird nichts ersetzt; --text nennt die Spalte mit dem Text.")
    if text is None:
        return [Harmonise()]
    usual: list[Step] = [Harmonise(texts=(text,)), Exact(text=text), Fuzzy(text=text), Semantic(text=text)]
    return [*usual, Redact((text,))] if redact else usual


def clean_file(file: Path, options: CleanOptions, executor: Callable[[Path], Executor] | None = None) -> dict[str, Any]:
    """Write the three files; how many records came, stay, go and were changed, why the brake held (or None), and the hash of what stays.

    With an `executor` (made of a folder for its files) in parts, where the file is Parquet or a plain CSV and has `LARGE` records or
    `options.parts` says so; the result is the same. Raises InvalidInput, UnsupportedFile, TooLarge (what cannot be read), DiskFull.
    """
    rows = executor and rows_in_parts(file, at_least=0 if options.parts else LARGE)
    if executor is not None and rows is not None:
        with tempfile.TemporaryDirectory(prefix="nova-seed-", dir=options.workdir) as folder:
            return _in_parts(file, options, rows, executor, Path(folder))
    if options.parts:
        raise InvalidInput(UNREADABLE)
    return _in_one_piece(file, options)


def _in_one_piece(file: Path, options: CleanOptions) -> dict[str, Any]:
    read = read_records(file)
    text = _text_of(read.frame.columns, options)
    first, *others = steps(text, redact=options.redact)
    learnt: Step = first.fit(learnt_from(read.frame)) if isinstance(first, Harmonise) else first
    done = clean(read.frame, [learnt, *others], Brake(options.share, options.cluster))
    write_records(score(done.kept), options.kept)
    write_records(done.removed, options.removed)
    write_records(done.changed, options.changes)
    return _told(options, (len(read.frame), len(done.kept), len(done.removed), len(done.changed)), done.stopped, text, read.problems)


def _in_parts(file: Path, options: CleanOptions, rows: int, executor: Callable[[Path], Executor], folder: Path) -> dict[str, Any]:
    size = -(-rows // options.parts) if options.parts else PART_ROWS
    problems = Problems()
    runs = executor(folder / "blobs")
    try:
        parts = collected(records_in_batches(file, max(1, size), problems), runs, folder, problems)
        text = _text_of(parts.columns, options)
        steps(text, redact=options.redact)
        plan = Plan(text, options.redact, Brake(options.share, options.cluster), executor=runs, folder=folder)
        done = clean_in_parts(parts, plan)
        kept = write_batches(done.kept(), done.schema(), options.kept)
        removed = write_batches(done.removed(), REMOVED, options.removed)
        changed = write_batches(done.changed(), CHANGED, options.changes)
    finally:
        runs.close()
    return _told(options, (sum(parts.sizes), kept, removed, changed), done.stopped, text, problems.told())


def _text_of(columns: Sequence[str], options: CleanOptions) -> str | None:
    return options.text or ("text" if "text" in columns else None)


def _told(
    options: CleanOptions, counts: tuple[int, int, int, int], stopped: Stopped | None, text: str | None, problems: Sequence[Problem]
) -> dict[str, Any]:
    with options.kept.open("rb") as kept:
        digest = file_digest(kept, "sha256").hexdigest()
    return {
        **dict(zip(("rows_in", "kept", "removed", "changed"), counts, strict=True)),
        "stopped": stopped and stopped.told(),
        "sha256": digest,
        "problems": [*map(told, problems), *([] if text else [NO_TEXT])],
    }


def judge_file(file: Path, *, group: str | None, outcome: str | None, against: Path | None, policy: str | None) -> dict[str, Any]:
    """What `nova seed judge` tells; raises as `clean_file` and InvalidInput for a rule or column that does not exist."""
    frame = read_records(file).frame
    older = None if against is None else read_records(against).frame
    return judge(frame, policy=named(policy), group=group, outcome=outcome, against=older, today=datetime.now(UTC).date()).as_dict()
