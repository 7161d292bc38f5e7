"""What is shown of texts: ideas for gaps, texts that may become documents, what passages are worth, how useful documents will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nova.seeding.delivery.learned import part
from nova.seeding.pretrain import Model, predict

Rows = Sequence[Mapping[str, object]]
WORTH = 0.15
"""The most that what a passage is worth moves it in the ranking: less than what like questions surely say."""


@dataclass(frozen=True, slots=True)
class Idea:
    """What a document that closes a gap is about, and the document that is nearest to it."""

    terms: str
    nearest: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that may become a document: where it is from, under which licence (None: the company's own), and the day it is of (ISO)."""

    key: str
    source: str
    day: str
    licence: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the model of its usefulness reads it; `ts` is ISO 8601."""

    ts: str
    kind: str
    topic: str
    words: float
    age_days: float
    dwell_s: float | None


def ideas(rows: Rows) -> dict[str, Idea]:
    """By gap."""
    return {str(row["gap_id"]): Idea(str(row["terms"]), str(row["nearest"])) for row in rows}


def earlier(rows: Rows) -> list[Proposal]:
    """Texts of former systems, the newest first."""
    found = [Proposal(f"{row['source']}/{row['id']}", str(row["source"]), _day(row["ts"]), None, str(row["text"])) for row in rows]
    return sorted(found, key=lambda one: (one.day, one.key), reverse=True)


def pages(rows: Rows) -> list[Proposal]:
    """Pages that were found and may be used, the newest first."""
    found = [Proposal(str(row["url"]), str(row["url"]), _day(row["fetched_at"]), str(row["licence"]), str(row["text"])) for row in rows]
    return sorted(found, key=lambda one: (one.day, one.key), reverse=True)


def worths(state: bytes) -> Mapping[str, float]:
    """By passage, from -`WORTH` to `WORTH`."""
    return {str(chunk): max(-WORTH, min(WORTH, float(value))) for chunk, value in part(state, "chunks").items() if value}


def expected(model: Model, documents: Sequence[Document]) -> list[float]:
    """The share of those who will find each document useful."""
    if not documents:
        return []
    frame = pl.DataFrame([{name: getattr(one, name) for name in Document.__slots__} for one in documents], infer_schema_length=None)
    return [round(min(1.0, max(0.0, float(value))), 6) for value in predict(model, frame).to_list()]


def _day(seconds: object) -> str:
    return "" if seconds is None else str(pl.from_epoch(pl.Series([int(float(str(seconds)))]), time_unit="s")[0].date())
