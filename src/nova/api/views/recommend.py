"""Recommended passages and the policies that choose them in, the JSON shapes of `models.recommend` out."""

from collections.abc import Sequence
from typing import Any

from nova.answers.search.recommend import Suggestion
from nova.api.views.records import named
from nova.flows.recommending.lists import RecommendedList
from nova.flows.recommending.policies import PolicyView


def list_view(found: RecommendedList) -> dict[str, Any]:
    """Best first."""
    return {"list_id": found.list_id, "items": [_view(one) for one in found.suggestions]}


def _view(one: Suggestion) -> dict[str, Any]:
    passage = one.passage
    return {
        "chunk_id": passage.chunk_id,
        "score": one.score,
        "payload": named({
            "item_id": passage.item_id, "version": passage.version, "title": passage.title, "kind": passage.kind, "tags": passage.tags,
            "path": passage.path, "section": passage.label or passage.section_title, "page": passage.page, "text": passage.text,
            "start": passage.start, "end": passage.end,
        }),
    }  # fmt: skip


def policies_view(found: Sequence[PolicyView]) -> dict[str, Any]:
    """Newest first."""
    live = next((one.release.name for one in found if one.release.state == "live"), None)
    return {"live": live, "policies": [policy_view(one) for one in found]}


def policy_view(one: PolicyView) -> dict[str, Any]:
    """One, as it was measured."""
    release = one.release
    return {
        "name": release.name, "state": release.state, "before": release.before, "gate": dict(release.gate or {}), "since": one.since,
        "until": one.until, "fault": one.fault, "created_by": release.created_by, "created_at": release.created_at,
        "live_at": release.live_at,
    }  # fmt: skip
