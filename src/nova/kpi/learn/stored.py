"""Lessons in, JSON and a digest out, and back again: what a release keeps. Equal lessons have equal digests."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from nova.ports.learning import LearnedPassage, LearnedTerm, LearnedTopic, Lessons


def to_json(lessons: Lessons) -> dict[str, Any]:
    """What a release's `artefact` holds."""
    return {
        "topics": [
            {
                "key": one.key,
                "terms": [[term, weight] for term, weight in one.terms],
                "passages": [[str(part.chunk_id), part.up, part.down, part.subjects] for part in one.passages],
                "evidence": one.evidence,
                "subjects": one.subjects,
            }
            for one in lessons.topics
        ],
        "terms": [[one.lay, one.term, one.subjects] for one in lessons.terms],
        "evidence": lessons.evidence,
        "subjects": lessons.subjects,
    }


def from_json(data: Mapping[str, Any]) -> Lessons:
    """The lessons that `to_json` wrote."""
    topics = tuple(
        LearnedTopic(
            one["key"],
            tuple((int(term), float(weight)) for term, weight in one["terms"]),
            tuple(LearnedPassage(UUID(chunk), float(up), float(down), int(n)) for chunk, up, down, n in one["passages"]),
            one["evidence"],
            one["subjects"],
        )
        for one in data["topics"]
    )
    return Lessons(topics, tuple(LearnedTerm(lay, term, n) for lay, term, n in data["terms"]), data["evidence"], data["subjects"])


def digest(lessons: Lessons) -> str:
    """A short hash of everything that decides a ranking."""
    return hashlib.blake2b(json.dumps(to_json(lessons), sort_keys=True).encode(), digest_size=16).hexdigest()
