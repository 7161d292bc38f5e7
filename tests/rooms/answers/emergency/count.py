"""A file of messages in, how many emergencies are missed, how many harmless ones are taken for one and how many kinds are right out.

    python -m tests.rooms.answers.emergency.count            counts on every set

Of the locked half nothing but the count may be looked at.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from nova.answers.emergency.judge import judge

HERE = Path(__file__).parent
SETS = ("author1-dev.jsonl",)


@dataclass(frozen=True)
class Counted:
    """`missed` of `emergencies`, `wrong` of `harmless`; of the emergencies that were seen `kinds` were called by the right kind."""

    emergencies: int
    missed: int
    harmless: int
    wrong: int
    kinds: int


def counted(name: str) -> Counted:
    """The count of one set."""
    rows = [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]
    told = [(row, judge(row["text"])) for row in rows]
    tells = [(row["about"], verdict) for row, verdict in told if row["emergency"]]
    wrong = sum(verdict is not None for row, verdict in told if not row["emergency"])
    kinds = sum(verdict is not None and verdict.kind == about for about, verdict in tells)
    return Counted(len(tells), sum(verdict is None for _, verdict in tells), len(rows) - len(tells), wrong, kinds)


def said(name: str, one: Counted) -> str:
    """A count in words."""
    return f"{name}: {one.missed} of {one.emergencies} missed, {one.wrong} of {one.harmless} wrong, {one.kinds} kinds right"


if __name__ == "__main__":
    for name in SETS:
        print(said(name, counted(name)))
