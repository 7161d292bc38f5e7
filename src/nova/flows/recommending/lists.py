"""Passages a person may like, from what they used, what others use and what is new; logged with their chances where they agreed."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.passages.shelf import Shelf
from nova.answers.search.dense import NEAREST, Meaning
from nova.answers.search.features import VERSION
from nova.answers.search.recommend import POLICY, PROFILE, Suggestion, Tastes, recommend
from nova.errors import NotFound
from nova.flows.recommending.policies import serving
from nova.language.analyser import Analyser
from nova.ports import Index
from nova.records import Caller, Scope
from nova.store.documents import embeddings
from nova.store.ids import uuid7
from nova.store.people import governance
from nova.store.postgres.db import Database
from nova.store.talk import suggestions
from nova.store.talk.suggestions import PassageUse, SuggestionRow
from nova.telemetry.events import own_user


@dataclass(frozen=True, slots=True)
class RecommendedList:
    """A list, best first, and the name it is logged under."""

    list_id: UUID
    suggestions: Sequence[Suggestion]


class PassageRecommendations:
    """`meaning` is the embedding model's part in answers, None without one."""

    def __init__(self, db: Database, shelf: Shelf, index: Index, analyser: Callable[[], Analyser], meaning: Meaning | None) -> None:
        self._db, self._shelf, self._index, self._analyser, self._meaning = db, shelf, index, analyser, meaning

    def recommend(self, caller: Caller, user: str | None, top_k: int) -> RecommendedList:
        """Passages for a person, or for anybody (the operator's key without a name).

        NotAllowed for somebody else's name, NotFound for nobody's.
        """
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            user_id = _whose(conn, caller, user)
            used = suggestions.used(conn, user_id, now) if user_id else []
            popular, fresh = suggestions.popular(conn, now), suggestions.fresh(conn, user_id)
            fresh |= suggestions.arrived(conn, list(popular))
            rewards = suggestions.rewards(conn, user_id) if user_id else {}
            middle, policy = self._middle(conn, used), serving(conn)
        scope = Scope(owner=user_id)
        tastes = Tastes(used, popular, fresh, rewards, self._near(middle, scope))
        list_id = uuid7()
        dice = random.Random(list_id.int)  # noqa: S311 - a lottery of passages, no secret
        found = recommend(tastes, scope, (self._shelf, self._index, self._analyser()), now, top_k, dice, policy)
        self._log(user_id, list_id, (found, policy.name if policy else POLICY), now)
        return RecommendedList(list_id, found)

    def _middle(self, conn: Connection[Any], used: Sequence[PassageUse]) -> list[float]:
        """The mean of the embedding vectors of what was used; nothing where no model counts."""
        model = embeddings.indexed(conn) if self._meaning and self._meaning.counts() else None
        if model is None or model.state != "live" or not used:
            return []
        vectors = list(embeddings.vectors(conn, model.model, [one.chunk_id for one in used[:PROFILE]]).values())
        return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)] if vectors else []

    def _near(self, middle: list[float], scope: Scope) -> dict[UUID, float]:
        hits = self._index.near(middle, scope, NEAREST) if middle else []
        top = max((hit.score for hit in hits), default=0.0)
        return {hit.chunk_id: hit.score / top for hit in hits} if top > 0 else {}

    def _log(self, user_id: UUID | None, list_id: UUID, shown: tuple[Sequence[Suggestion], str], now: datetime) -> None:
        found, policy = shown
        if user_id is None or not found:
            return
        with self._db.transaction() as conn:
            subject = suggestions.measurable(conn, user_id)
            if subject is not None:
                rows = [SuggestionRow(one.passage.chunk_id, one.score, one.propensity, one.pool) for one in found]
                suggestions.log(conn, list_id, subject, rows, (policy, VERSION), now)


def _whose(conn: Connection[Any], caller: Caller, user: str | None) -> UUID | None:
    if user is None:
        return caller.user_id
    if not caller.may("rights"):
        return own_user(caller, user)
    known = governance.find_user(conn, user)
    if known is None:
        raise NotFound("Diese Person ist nicht bekannt.")
    return known.user_id
