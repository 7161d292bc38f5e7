"""A file of messages in, how many emergencies are missed, how many harmless ones are taken for one and how many kinds are right out.

    python -m tests.rooms.answers.emergency.count            counts on every set

Of the locked half nothing but the count may be looked at.
"""

from dataclasses import dataclass
from pathlib import Path

from nova.answers.emergency.judge import judge
from nova.answers.emergency.weights import NONE

HERE = Path(__file__).parent
SETS = tuple(sorted(file.name for file in HERE.glob("author*.tsv")))


@dataclass(frozen=True)
class Counted:
    """`missed` of `emergencies`, `wrong` of `harmless`; of the emergencies that were seen `kinds` were called by the right kind."""

    emergencies: int
    missed: int
    harmless: int
    wrong: int
    kinds: int


def messages(name: str) -> list[tuple[str, str]]:
    """The lines of a set: a kind, and what was written."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [(kind, text.replace("\\n", "\n")) for kind, text in (line.split("\t") for line in lines)]


def counted(name: str) -> Counted:
    """The count of one set."""
    told = [(kind, judge(text)) for kind, text in messages(name)]
    tells = [(kind, verdict) for kind, verdict in told if kind != NONE]
    wrong = sum(verdict is not None for kind, verdict in told if kind == NONE)
    kinds = sum(verdict is not None and verdict.kind == kind for kind, verdict in tells)
    return Counted(len(tells), sum(verdict is None for _, verdict in tells), len(told) - len(tells), wrong, kinds)


def said(name: str, one: Counted) -> str:
    """A count in words."""
    return f"{name}: {one.missed} of {one.emergencies} missed, {one.wrong} of {one.harmless} wrong, {one.kinds} kinds right"


if __name__ == "__main__":
    for name in SETS:
        print(said(name, counted(name)))
