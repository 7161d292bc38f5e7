"""What a person used, what is popular and what is new in; passages they may like out, each with the chance it had of its place.

Content first: passages like those used, in the lexical space of the search (and the embedding model's, where it counts). Without a past it
is what others use and what is new. A small share of places is drawn by lot, so that later policies can be measured on what was shown; with
what was shown go the candidates it was chosen from, and their features. A policy that was learned from that chooses among the same ones.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from nova.answers.passages.shelf import Shelf
from nova.answers.search.features import MOST_OF_AN_ITEM, Candidate, Chooser
from nova.language.analyser import Analyser
from nova.ports import Index
from nova.records import Passage, Scope, SparseVector
from nova.store.talk.suggestions import PassageUse

POLICY = "inhalt-1"
EXPLORE = 0.1  # share of places drawn by lot from the pool
POOL = 20
CANDIDATES = 120
PROFILE, PROFILE_TERMS = 25, 80
HALF_LIFE = timedelta(days=45)
FRESH_FOR = timedelta(days=60)
KNOWN_FOR = timedelta(days=14)  # what was used lately is not recommended again
LIKE, POPULAR, NEW = 0.65, 0.2, 0.15
COLD_POPULAR, COLD_NEW = 0.6, 0.4
LIKED_ITEM = 0.1
AGAIN = 0.2  # what a further passage of the same document loses
CONVERSATION = "conversation"


@dataclass(frozen=True)
class Tastes:
    """What is known before recommending: by passage what was used, is popular (weights) or new (moments); `rewards` by document."""

    used: Sequence[PassageUse] = ()
    popular: Mapping[UUID, float] = field(default_factory=dict)
    fresh: Mapping[UUID, datetime] = field(default_factory=dict)
    rewards: Mapping[UUID, float] = field(default_factory=dict)
    near: Mapping[UUID, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage, its score (0 to about 1), the chance it had of being drawn for its place, and from which passages with which features."""

    passage: Passage
    score: float
    propensity: float
    pool: Sequence[tuple[UUID, tuple[float, ...]]] = ()


def recommend(
    tastes: Tastes,
    scope: Scope,
    reading: tuple[Shelf, Index, Analyser],
    now: datetime,
    top_k: int,
    dice: random.Random,
    chooser: Chooser | None = None,
) -> list[Suggestion]:
    """At most `top_k` passages somebody may see, best first; the same dice give the same list. `chooser`: a policy that was learned."""
    shelf, index, analyser = reading
    profile = _profile(tastes.used, shelf, scope, analyser, now)
    like = _scaled({hit.chunk_id: hit.score for hit in index.search(profile, scope, CANDIDATES)}) if profile.indices else {}
    for chunk, value in tastes.near.items():
        like[chunk] = max(like.get(chunk, 0.0), value)
    lately = {one.chunk_id for one in tastes.used if now - one.at < KNOWN_FOR}
    wanted = {*like, *tastes.popular, *tastes.fresh} - lately
    passages = [one for one in shelf.passages(sorted(wanted), scope) if one.kind != CONVERSATION]
    return drawn(_scores(passages, like, tastes, now), top_k, dice, chooser)


def _profile(used: Sequence[PassageUse], shelf: Shelf, scope: Scope, analyser: Analyser, now: datetime) -> SparseVector:
    """The middle of the passages used, later ones counting more."""
    weights: dict[UUID, float] = defaultdict(float)
    for one in used:
        weights[one.chunk_id] += one.weight * 0.5 ** (max(now - one.at, timedelta()) / HALF_LIFE)
    best = sorted(weights, key=lambda chunk: (-weights[chunk], chunk))[:PROFILE]
    terms: dict[int, float] = defaultdict(float)
    for passage in sorted(shelf.passages(best, scope), key=lambda one: one.chunk_id):
        vector = analyser.document(passage.title, passage.path, passage.text)
        length = math.sqrt(math.fsum(value * value for value in vector.values)) or 1.0
        for term, value in zip(vector.indices, vector.values, strict=True):
            terms[term] += weights[passage.chunk_id] * value / length
    kept = sorted(sorted(terms, key=lambda term: (-terms[term], term))[:PROFILE_TERMS])
    return SparseVector(tuple(kept), tuple(round(terms[term], 4) for term in kept))


def _scores(passages: Sequence[Passage], like: Mapping[UUID, float], tastes: Tastes, now: datetime) -> list[Candidate]:
    """Every passage with its score, best first."""
    popular = _scaled(tastes.popular)
    fresh = {chunk: 0.5 ** (max(now - at, timedelta()) / FRESH_FOR) for chunk, at in tastes.fresh.items()}
    weights = (LIKE, POPULAR, NEW) if like else (0.0, COLD_POPULAR, COLD_NEW)
    scored = []
    for one in passages:
        parts = (like.get(one.chunk_id, 0.0), popular.get(one.chunk_id, 0.0), fresh.get(one.chunk_id, 0.0))
        score = math.fsum(weight * part for weight, part in zip(weights, parts, strict=True))
        reward = tastes.rewards.get(one.item_id, 0.0)
        scored.append(Candidate(one, *parts, reward, score + LIKED_ITEM * reward))
    return sorted(scored, key=lambda one: (-one.score, one.passage.chunk_id))


def drawn(scored: Sequence[Candidate], top_k: int, dice: random.Random, chooser: Chooser | None) -> list[Suggestion]:
    """At most `top_k`, place by place one of the best that are left, each further passage of a document a little worse."""
    left, taken, found = list(scored), Counter[UUID](), list[Suggestion]()
    while len(found) < top_k and (pool := _pool(left, taken)):
        told = [(one.passage.chunk_id, one.features(taken[one.passage.item_id])) for one in pool]
        at, chance = _first(len(pool), dice) if chooser is None else _chosen(chooser, [features for _, features in told], dice)
        one = pool[at]
        found.append(Suggestion(one.passage, round(max(0.0, one.score), 4), round(chance, 6), told))
        taken[one.passage.item_id] += 1
        left = [other for other in left if other is not one]
    return found


def _first(size: int, dice: random.Random) -> tuple[int, float]:
    """The best, sometimes one of the pool by lot; its place there and its chance."""
    at = dice.randrange(size) if dice.random() < EXPLORE else 0
    return at, EXPLORE / size + (1 - EXPLORE if at == 0 else 0.0)


def _chosen(chooser: Chooser, features: Sequence[Sequence[float]], dice: random.Random) -> tuple[int, float]:
    """One drawn by a policy's chances."""
    chances = chooser.chances(features, dice.getrandbits(32))
    at = dice.choices(range(len(chances)), weights=chances)[0]
    return at, chances[at]


def _pool(left: Sequence[Candidate], taken: Counter[UUID]) -> list[Candidate]:
    """The best that may be taken now; documents of which enough was taken are out."""
    open_ = [one for one in left if taken[one.passage.item_id] < MOST_OF_AN_ITEM]
    return sorted(open_, key=lambda one: (AGAIN * taken[one.passage.item_id] - one.score, one.passage.chunk_id))[:POOL]


def _scaled(weights: Mapping[UUID, float]) -> dict[UUID, float]:
    top = max(weights.values(), default=0.0)
    return {chunk: weight / top for chunk, weight in weights.items()} if top > 0 else {}
