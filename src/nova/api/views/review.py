"""Entries of the editorial queue in, the JSON shapes of `models.review` out; an editor's verdict in, a decision out."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

from nova.api.models.quality import review as shapes
from nova.api.views.records import named
from nova.flows.review import ReviewDecision
from nova.kpi.review.curated import CuratedExport
from nova.kpi.review.queue import Review, ReviewPage

STATES: Mapping[str, Literal["accepted", "rejected", "changed"]] = {"annehmen": "accepted", "ablehnen": "rejected", "aendern": "changed"}
SKIP = "ueberspringen"


def decision_of(body: shapes.ReviewDecision) -> ReviewDecision:
    """What the room decides by; for every verdict but SKIP."""
    return ReviewDecision(STATES[body.verdict], body.rating, body.question, body.answer, body.note, body.publish)


def page_view(page: ReviewPage) -> dict[str, Any]:
    """A page of the queue or of what was decided, with the counts."""
    return {"reviews": [asdict(one) for one in page.reviews], "total": page.total, "counts": asdict(page.counts)}


def review_view(entry: Review) -> dict[str, Any]:
    """One entry with its answer."""
    return asdict(entry) | {"citations": [named(one) for one in entry.citations]}


def export_view(found: CuratedExport) -> dict[str, Any]:
    """What may be learned from."""
    return {"rows": [asdict(row) for row in found.rows], "held_back": found.held_back}
