"""Signals and a cut-off in, lessons out: for each topic the passages that helped or did not, as decayed and capped counts.

Nothing here draws lots or looks at a clock: without a person's signals it gives what it had given had they never been here.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from nova.kpi.learn.evidence import OPERATOR, Signal
from nova.kpi.learn.topics import centre, groups
from nova.language.analyser import Analyser
from nova.language.topics import Topic, likeness, topic
from nova.ports.learning import LearnedPassage, LearnedTerm, LearnedTopic, Lessons

HALF_LIFE = timedelta(days=60)
PERSON_MOST = 3.0  # what one person's judgements on a topic weigh together
OPERATOR_MOST = 9.0
FEWEST_PEOPLE = 3  # below this no passage and no term of a topic is learned, unless the operator said so
FEWEST_WEIGHT = 0.2
MOST_TOPICS, MOST_PASSAGES, MOST_TERMS = 5000, 12, 12
SAME = 0.8  # how like two topics are that count as one
BLOCKED = 0.7  # how like a topic must be to what was taken back


@dataclass(frozen=True, slots=True)
class Block:
    """A topic that was taken back: what was said of it until then no longer counts."""

    entry_id: UUID
    terms: Topic
    until: datetime


@dataclass(frozen=True, slots=True)
class _Count:
    up: float
    down: float
    subjects: frozenset[str]


def learn(
    signals: Sequence[Signal],
    cutoff: datetime,
    analyser: Analyser,
    blocks: Sequence[Block] = (),
    terms: tuple[LearnedTerm, ...] = (),
) -> Lessons:
    """The lessons of the signals up to `cutoff`."""
    in_time = [signal for signal in signals if signal.at <= cutoff]
    asked = _topics(in_time, analyser)
    counted = [signal for signal in in_time if not _blocked(signal, asked[signal.question], blocks)]
    by_question = _by_question(counted)
    questions = sorted(by_question)
    made = groups([asked[one] for one in questions], [len(by_question[one]) for one in questions])
    found = (_topic([(questions[at], by_question[questions[at]]) for at in sorted(group.questions)], asked, cutoff) for group in made)
    return Lessons(_named(_kept(found)), terms, len(counted), len({signal.subject for signal in counted}))


def _kept(found: Iterable[LearnedTopic | None]) -> list[LearnedTopic]:
    """Those of most people first, as many as there may be."""
    return sorted((one for one in found if one), key=lambda one: (-one.subjects, -one.evidence, one.terms))[:MOST_TOPICS]


def _by_question(signals: Iterable[Signal]) -> dict[str, list[Signal]]:
    found: dict[str, list[Signal]] = defaultdict(list)
    for signal in signals:
        found[signal.question].append(signal)
    return found


def _topics(signals: Iterable[Signal], analyser: Analyser) -> dict[str, Topic]:
    return {question: topic(question, analyser) for question in {signal.question for signal in signals}}


def _blocked(signal: Signal, asked: Topic, blocks: Sequence[Block]) -> bool:
    return any(signal.at <= block.until and likeness(asked, block.terms) >= BLOCKED for block in blocks)


def _topic(asked: Sequence[tuple[str, Sequence[Signal]]], topics: dict[str, Topic], cutoff: datetime) -> LearnedTopic | None:
    """A group's lessons; None where too few people speak in it."""
    parts = [(topics[question], signal.subject) for question, said in asked for signal in said]
    middle = centre(parts, FEWEST_PEOPLE, OPERATOR)
    if not middle:
        return None
    terms = sorted(sorted(middle, key=lambda term: (-middle[term], term))[:MOST_TERMS])
    signals = sorted((signal for _, said in asked for signal in said), key=lambda signal: (signal.at, signal.subject, signal.chunk_id))
    passages = _passages(_counts(signals, cutoff))
    if not passages:
        return None
    subjects = len({signal.subject for signal in signals})
    return LearnedTopic("", tuple((term, round(middle[term], 4)) for term in terms), passages, len(signals), subjects)


def _counts(signals: Sequence[Signal], cutoff: datetime) -> dict[UUID, _Count]:
    """Counts by passage, each person's scaled down to what one person may weigh."""
    own: dict[str, dict[UUID, list[float]]] = defaultdict(dict)
    for signal in signals:
        worth = 0.5 ** ((cutoff - signal.at) / HALF_LIFE)
        pair = own[signal.subject].setdefault(signal.chunk_id, [0.0, 0.0])
        pair[0] += worth * signal.up
        pair[1] += worth * signal.down
    ups: dict[UUID, list[float]] = defaultdict(list)
    downs: dict[UUID, list[float]] = defaultdict(list)
    people: dict[UUID, set[str]] = defaultdict(set)
    for subject in sorted(own):
        most = OPERATOR_MOST if subject == OPERATOR else PERSON_MOST
        scale = min(1.0, most / (math.fsum(up + down for up, down in own[subject].values()) or 1.0))
        for chunk, (up, down) in own[subject].items():
            ups[chunk].append(scale * up)
            downs[chunk].append(scale * down)
            people[chunk].add(subject)
    return {chunk: _Count(math.fsum(ups[chunk]), math.fsum(downs[chunk]), frozenset(people[chunk])) for chunk in people}


def _passages(counts: dict[UUID, _Count]) -> tuple[LearnedPassage, ...]:
    spoken = {
        chunk: count
        for chunk, count in counts.items()
        if (len(count.subjects) >= FEWEST_PEOPLE or OPERATOR in count.subjects) and count.up + count.down >= FEWEST_WEIGHT
    }
    most = sorted(spoken, key=lambda chunk: (-(spoken[chunk].up + spoken[chunk].down), chunk))[:MOST_PASSAGES]
    return tuple(
        LearnedPassage(chunk, round(spoken[chunk].up, 4), round(spoken[chunk].down, 4), len(spoken[chunk].subjects))
        for chunk in sorted(most)
    )


def _named(topics: Sequence[LearnedTopic]) -> tuple[LearnedTopic, ...]:
    """Each topic with a short name made of its terms; those whose terms are the same are one."""
    found: dict[str, LearnedTopic] = {}
    for one in topics:
        key = key_of(one.terms)
        known = found.get(key)
        found[key] = replace(one, key=key) if known is None else _joined(known, one)
    return tuple(found.values())


def _joined(left: LearnedTopic, right: LearnedTopic) -> LearnedTopic:
    """Two topics' lessons as one; people who speak in both count once as far as that is known."""
    parts = {part.chunk_id: part for part in left.passages}
    for part in right.passages:
        known = parts.get(part.chunk_id)
        parts[part.chunk_id] = (
            part
            if known is None
            else LearnedPassage(
                part.chunk_id, round(known.up + part.up, 4), round(known.down + part.down, 4), max(known.subjects, part.subjects)
            )
        )
    passages = tuple(parts[chunk] for chunk in sorted(parts))
    return replace(left, passages=passages, evidence=left.evidence + right.evidence, subjects=max(left.subjects, right.subjects))


def leave_out(lessons: Lessons, gone: Sequence[Topic]) -> Lessons:
    """The lessons without topics that are like some."""
    kept = tuple(one for one in lessons.topics if all(likeness(dict(one.terms), other) < SAME for other in gone))
    return replace(lessons, topics=kept)


def key_of(terms: Iterable[tuple[int, float]]) -> str:
    """A short name for a set of terms, whatever their weights."""
    return hashlib.blake2b(",".join(str(term) for term, _ in sorted(terms)).encode(), digest_size=8).hexdigest()
