"""A list of recommended passages in, the JSON shapes of `models.recommend` out."""

from typing import Any

from nova.answers.search.recommend import Suggestion
from nova.api.views.records import named
from nova.flows.recommending.lists import RecommendedList


def list_view(found: RecommendedList) -> dict[str, Any]:
    """Best first."""
    return {"list_id": found.list_id, "items": [_view(one) for one in found.suggestions]}


def _view(one: Suggestion) -> dict[str, Any]:
    passage = one.passage
    return {
        "chunk_id": passage.chunk_id,
        "score": one.score,
        "payload": named({
            "item_id": passage.item_id, "title": passage.title, "kind": passage.kind, "tags": passage.tags, "path": passage.path,
            "section": passage.label or passage.section_title, "page": passage.page, "text": passage.text,
        }),
    }  # fmt: skip
