"""A file in, cleaned or judged files and a summary out: what an engineer does with a file of their own, without a server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from nova.errors import InvalidInput
from nova.seeding.clean import Brake, clean
from nova.seeding.judge import judge, score
from nova.seeding.judge.policy import named
from nova.seeding.sources.files import read_records, write_records
from nova.seeding.sources.reading import told
from nova.seeding.step import Step
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.steps.redact import Redact
from nova.seeding.steps.semantic import Semantic

NO_TEXT = "Keine Spalte „text“: Dubletten wurden nicht gesucht."


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """Where results go (`kept`, `removed`, `changes`: jsonl, csv or parquet by their suffix), the text's column (None: `text`, where
    there is one), the brake, and whether personal data in texts is replaced.
    """

    kept: Path
    removed: Path
    changes: Path
    text: str | None = None
    share: float = 0.6
    cluster: int = 1000
    redact: bool = False


def steps(text: str | None, *, redact: bool) -> Sequence[Step]:
    """The steps of a file of which nothing more is known, in their order; without a text nothing is compared."""
    if text is None and redact:
        raise InvalidInput("Ohne Spalte „text“ wird nichts ersetzt; --text nennt die Spalte mit dem Text.")
    if text is None:
        return [Harmonise()]
    usual: list[Step] = [Harmonise(texts=(text,)), Exact(text=text), Fuzzy(text=text), Semantic(text=text)]
    return [*usual, Redact((text,))] if redact else usual


def clean_file(file: Path, options: CleanOptions) -> dict[str, Any]:
    """Write the three files; how many records came, stay, go and were changed, why the brake held (or None), and the hash of what stays.

    Raises InvalidInput, UnsupportedFile, TooLarge (what cannot be read), DiskFull.
    """
    read = read_records(file)
    text = options.text or ("text" if "text" in read.frame.columns else None)
    done = clean(read.frame, steps(text, redact=options.redact), Brake(options.share, options.cluster))
    write_records(score(done.kept), options.kept)
    write_records(done.removed, options.removed)
    write_records(done.changed, options.changes)
    return {
        "rows_in": len(read.frame),
        "kept": len(done.kept),
        "removed": len(done.removed),
        "changed": len(done.changed),
        "stopped": done.stopped and done.stopped.told(),
        "sha256": sha256(options.kept.read_bytes()).hexdigest(),
        "problems": [*map(told, read.problems), *([] if text else [NO_TEXT])],
    }


def judge_file(file: Path, *, group: str | None, outcome: str | None, against: Path | None, policy: str | None) -> dict[str, Any]:
    """What `nova seed judge` tells; raises as `clean_file` and InvalidInput for a rule or column that does not exist."""
    frame = read_records(file).frame
    older = None if against is None else read_records(against).frame
    return judge(frame, policy=named(policy), group=group, outcome=outcome, against=older, today=datetime.now(UTC).date()).as_dict()
