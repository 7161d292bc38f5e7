"""The table of the papers' promises in, their page out: where each one is kept, what is still to come, or why it is not made true."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

TABLE = Path(__file__).parent.parent / "docs" / "reference" / "papers.yaml"
KINDS = ("file", "route", "field", "command", "setting", "table", "service", "target", "metric")
MEANINGS = {"here": "kept: where it is, and a test", "next": "still to come, or kept in part: what is missing", "not": "not made true: why"}

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Standing = Literal["here", "next", "not"]


class Strict(BaseModel):
    """Nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Promise(Strict):
    """One promise of one paper, in a few words."""

    paper: Words
    section: Words
    promise: Words
    standing: Standing
    where: tuple[Words, ...] = ()
    test: Words | None = None
    subject: Words | None = None
    missing: Words | None = None
    reason: Words | None = None
    decisions: tuple[Annotated[str, StringConstraints(pattern=r"^\d{4}$")], ...] = ()
    note: Words | None = None

    @model_validator(mode="after")
    def has_what_its_standing_needs(self) -> Self:
        """A place and a test, a subject and what is missing, or a reason; and nothing of the other two."""
        wanted = {"here": {"where", "test"}, "next": {"subject", "missing"}, "not": {"reason"}}[self.standing]
        given = {name for name in ("where", "test", "subject", "missing", "reason") if getattr(self, name)}
        if given != wanted or (self.decisions and self.standing != "not"):
            raise ValueError(f"{self.standing!r} takes {sorted(wanted)}, not {sorted(given)}: {self.promise}")
        return self


class Table(Strict):
    """All promises, with what the papers are called and what the reasons say."""

    papers: dict[str, Words]
    reasons: dict[str, Words]
    promises: tuple[Promise, ...]


def load() -> Table:
    """The table as it is kept."""
    return Table.model_validate(yaml.safe_load(TABLE.read_text("utf-8")))


def place(where: str) -> tuple[str, str]:
    """What kind of place it is, and its name: `route GET /api/v1/system/info`."""
    kind, _, name = where.partition(" ")
    return kind, name


def lines(rows: list[Promise]) -> list[tuple[str, ...]]:
    """A line of the page for each promise."""
    return [(row.section, row.promise, row.standing, _told(row), f"`{row.test}`" if row.test else "") for row in rows]


def counts(table: Table) -> list[tuple[str, ...]]:
    """How many of each standing: of each paper, and together."""
    found = Counter((row.paper, row.standing) for row in table.promises)
    made = [(f"{paper} {title}", *(str(found[paper, standing]) for standing in MEANINGS)) for paper, title in table.papers.items()]
    return [*made, ("**together**", *(f"**{sum(row.standing == standing for row in table.promises)}**" for standing in MEANINGS))]


def _told(row: Promise) -> str:
    if row.standing == "here":
        told = "; ".join(f"{kind} `{name}`" for kind, name in map(place, row.where))
    elif row.standing == "next":
        told = f"{row.subject}: {row.missing}"
    else:
        told = " ".join([f"*{row.reason}*", *(f"([{number}](../decisions/{_decision(number)}))" for number in row.decisions)])
    return f"{told}. {row.note[0].upper()}{row.note[1:]}" if row.note else told


def _decision(number: str) -> str:
    (path,) = (TABLE.parent.parent / "decisions").glob(f"{number}-*.md")
    return path.name
