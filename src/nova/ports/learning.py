"""What was learned, as it crosses rooms: topics of term ids, passages with counts for and against, pairs of terms. No words of people."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LearnedPassage:
    """How often a passage helped with a topic (`up`) or did not (`down`), as decayed and capped counts, by how many pseudonyms."""

    chunk_id: UUID
    up: float
    down: float
    subjects: int


@dataclass(frozen=True, slots=True)
class LearnedTopic:
    """What questions of a kind share: ids of terms, ascending, with weights (a unit vector). `key` names the topic within its release."""

    key: str
    terms: tuple[tuple[int, float], ...]
    passages: tuple[LearnedPassage, ...]
    evidence: int
    subjects: int


@dataclass(frozen=True, slots=True)
class LearnedTerm:
    """A lay stem that so many people replaced by the documents' `term`."""

    lay: str
    term: str
    subjects: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """Everything one computation learned; the same evidence gives the same lessons."""

    topics: tuple[LearnedTopic, ...] = ()
    terms: tuple[LearnedTerm, ...] = ()
    evidence: int = 0
    subjects: int = 0
