"""A request for recommended passages in, the list out; logged with its chances where the person agreed to analytics."""

import random
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.search import recommend as recommender
from nova.answers.search.dense import NEAREST
from nova.answers.search.recommend import POLICY, Suggestion, Tastes
from nova.api.doors import House
from nova.api.views import named
from nova.errors import NotFound
from nova.records import Caller, Scope
from nova.store import embeddings, governance, suggestions
from nova.store.ids import uuid7
from nova.store.suggestions import Logged, Used
from nova.telemetry.events import own_user


def recommend(house: House, caller: Caller, user: str | None, top_k: int) -> dict[str, Any]:
    """Passages for a person, or for anybody (the operator without a name). NotAllowed for somebody else's name, NotFound for nobody's."""
    now, nova = datetime.now(UTC), house.nova
    with nova.db.transaction() as conn:
        user_id = _whose(conn, caller, user)
        used = suggestions.used(conn, user_id, now) if user_id else []
        popular, fresh = suggestions.popular(conn, now), suggestions.fresh(conn, user_id)
        fresh |= suggestions.arrived(conn, list(popular))
        rewards = suggestions.rewards(conn, user_id) if user_id else {}
        middle = _middle(house, conn, used)
    scope = Scope(owner=user_id)
    near = _near(house, middle, scope)
    reading = (nova.answers.shelf, nova.answers.index, nova.answers.analyser())
    list_id = uuid7()
    dice = random.Random(list_id.int)  # noqa: S311 - a lottery of passages, no secret
    found = recommender.recommend(Tastes(used, popular, fresh, rewards, near), scope, reading, now, top_k, dice)
    _log(house, user_id, list_id, found, now)
    return {"list_id": list_id, "items": [_view(one) for one in found]}


def _whose(conn: Connection[Any], caller: Caller, user: str | None) -> UUID | None:
    if caller.role != "admin":
        return own_user(caller, user) if user is not None else caller.user_id
    if user is None:
        return None
    known = governance.find_user(conn, user)
    if known is None:
        raise NotFound("Diese Person ist nicht bekannt.")
    return known.user_id


def _middle(house: House, conn: Connection[Any], used: list[Used]) -> list[float]:
    """The mean of the embedding vectors of what was used; nothing where no model counts."""
    meaning = house.nova.answers.meaning
    model = embeddings.indexed(conn) if meaning and meaning.counts() else None
    if model is None or model.state != "live" or not used:
        return []
    vectors = list(embeddings.vectors(conn, model.model, [one.chunk_id for one in used[: recommender.PROFILE]]).values())
    return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)] if vectors else []


def _near(house: House, middle: list[float], scope: Scope) -> dict[UUID, float]:
    hits = house.nova.answers.index.near(middle, scope, NEAREST) if middle else []
    top = max((hit.score for hit in hits), default=0.0)
    return {hit.chunk_id: hit.score / top for hit in hits} if top > 0 else {}


def _log(house: House, user_id: UUID | None, list_id: UUID, found: list[Suggestion], now: datetime) -> None:
    if user_id is None or not found:
        return
    with house.nova.db.transaction() as conn:
        subject = suggestions.measurable(conn, user_id)
        if subject is not None:
            rows = [Logged(one.passage.chunk_id, one.score, one.propensity) for one in found]
            suggestions.log(conn, list_id, subject, rows, POLICY, now)


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
