"""Answers and their judgements in, how often each passage and document is cited and how useful that was out.

The useful share is that of `stats.bounds.beta`: one of each is assumed beforehand, so that one thumb decides nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.stats.bounds import beta
from nova.store.quality import kpi_quality


@dataclass(frozen=True, slots=True)
class Quality:
    """A passage (or with `chunk_id` None a document), how often it was cited, and how the answers that cite it were judged."""

    item_id: UUID
    chunk_id: UUID | None
    title: str | None
    section: str | None
    cited: int
    useful: int
    not_useful: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class QualityPage:
    """Which, in which order, and which page."""

    by: Literal["chunk", "item"] = "item"
    sort: Literal["cited", "useful", "worst"] = "cited"
    limit: int = 50
    offset: int = 0


def quality(conn: Connection[Any], frm: datetime, to: datetime, wanted: QualityPage) -> tuple[list[Quality], int]:
    """What was cited in [frm, to), and how many there are in all."""
    rows, total = kpi_quality.page(conn, frm, to, wanted.by, wanted.sort, (wanted.limit, wanted.offset))
    found = []
    for row in rows:
        known = beta(row["useful"], row["not_useful"])
        found.append(Quality(**row, share=known.mean, low=known.low, high=known.high))
    return found, total
