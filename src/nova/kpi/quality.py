"""Answers and their judgements in, how often each passage and document is cited and how useful that was out.

The useful share is the mean of a Beta distribution with one success and one failure assumed beforehand, so that one thumb decides nothing;
its bounds are the 2.5 % and 97.5 % points by the normal approximation of its logit.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.kpi.statistics import Z
from nova.store import kpi_quality

PRIOR = 1.0


@dataclass(frozen=True, slots=True)
class Beta:
    """A share between 0 and 1 as far as it is known."""

    mean: float
    low: float
    high: float


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
class Wanted:
    """Which, in which order, and which page."""

    by: Literal["chunk", "item"] = "item"
    sort: Literal["cited", "useful", "worst"] = "cited"
    limit: int = 50
    offset: int = 0


def beta(useful: float, not_useful: float) -> Beta:
    """The useful share after so many judgements."""
    a, b = PRIOR + useful, PRIOR + not_useful
    middle = math.log(a / b)
    half = Z * math.sqrt(1 / a + 1 / b)
    return Beta(a / (a + b), _share(middle - half), _share(middle + half))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def quality(conn: Connection[Any], frm: datetime, to: datetime, wanted: Wanted) -> tuple[list[Quality], int]:
    """What was cited in [frm, to), and how many there are in all."""
    rows, total = kpi_quality.page(conn, frm, to, wanted.by, wanted.sort, (wanted.limit, wanted.offset))
    found = []
    for row in rows:
        known = beta(row["useful"], row["not_useful"])
        found.append(Quality(**row, share=known.mean, low=known.low, high=known.high))
    return found, total
