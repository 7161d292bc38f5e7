"""Files in, what came of them out: what an engineer does without a server."""

from pathlib import Path
from typing import Any

from nova.training.evaluate import measure, told
from nova.training.gates import gates
from nova.training.judge import Contradicts
from nova.training.leaks import Leaks, find_leaks
from nova.training.limits import limits_of
from nova.training.rows import read_table, text_of
from nova.training.sides import sides_of
from nova.training.wins import votes_of

SHORTEST_CANARY = 6


def evaluate_files(
    cand: Path, base: Path, reference: Path, votes: Path | None, own_gates: Path | None, contradicts: Contradicts
) -> dict[str, Any]:
    """A candidate's answers beside a base's: words, facts, refusals, who wins, and what each gate says (`told` has the shape).

    Raises what cannot be read, and InvalidInput for a column that is not there.
    """
    limits = limits_of(own_gates)
    ours, theirs = (read_table(path, ("id", "answer")) for path in (cand, base))
    asked = read_table(reference, ("id", "reference"), ("topic", "question", "answerable"))
    problems = [f"{table.name}: {one}" for table in (ours, theirs, asked) for one in table.problems]
    sides = sides_of(ours, theirs, asked, problems)
    said = read_table(votes, ("id", "rater", "winner")).rows if votes else []
    counted = votes_of(said, [item.id for item in sides.items], problems)
    found = measure(sides, counted, limits, contradicts)
    return told(found, gates(found, limits), problems)


def leak_files(train: Path, test: Path, canaries: Path | None, own_gates: Path | None) -> dict[str, Any]:
    """Which rows of `test` stand in `train`, in which way, and marks that must not be learned. Raises as `evaluate_files`."""
    limits = limits_of(own_gates)
    more = ("id", "person", "session", "template")
    tables = [read_table(path, ("question", "answer"), more) for path in (train, test)]
    problems = [f"{table.name}: {one}" for table in tables for one in table.problems]
    for table in tables:
        _number(table.rows)
        if len({row["id"] for row in table.rows}) < len(table.rows):
            problems.append(f"{table.name}: Kennungen kommen mehrfach vor.")
    marks = _canaries(canaries, problems) if canaries else []
    found = find_leaks(tables[0].rows, tables[1].rows, marks)
    leaked, repeated = found.leaked, _repeated(found, limits.canary)
    return {
        "pairs": [
            {"train": one.train, "test": one.test, "kind": one.kind, "score": round(one.score, 4)} for one in found.pairs
        ],
        "test_leaked": round(len(leaked) / len(tables[1].rows), 4), "test_leaked_count": len(leaked),
        "train_rows": len(tables[0].rows), "test_rows": len(tables[1].rows), "kinds": found.kinds,
        "canaries": found.canaries, "repeated": repeated, "passed": len(leaked) <= limits.leaked and not repeated, "problems": problems,
    }  # fmt: skip


def _repeated(found: Leaks, most: int) -> list[str]:
    """A sentence for each mark that stands too often."""
    there = {one["canary"]: f" und {one['test']}-mal im Test" if one["test"] else "" for one in found.canaries}
    return [
        f"Die Marke „{one['canary']}“ steht {one['train']}-mal im Training{there[one['canary']]}; "
        f"erlaubt ist sie dort {most}-mal und im Test nie."
        for one in found.repeated(most)
    ]


def _number(rows: list[dict[str, str]]) -> None:
    """Rows without ids are named by their place."""
    for at, row in enumerate(rows, 1):
        row.setdefault("id", str(at))


def _canaries(path: Path, problems: list[str]) -> list[str]:
    text, odd = text_of(path)
    problems += odd
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    long = [line for line in lines if sum(map(str.isalnum, line)) >= SHORTEST_CANARY]
    if len(long) < len(lines):
        problems.append(f"{len(lines) - len(long)} Marken haben weniger als {SHORTEST_CANARY} Zeichen; übergangen.")
    return long
