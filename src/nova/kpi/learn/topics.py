"""Questions' topics in, groups of like ones out: the same questions give the same groups, in whatever order they came."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nova.language.topics import Topic, likeness, unit

ALIKE = 0.5  # cosine from which two questions are one topic
TELLING = 4  # terms of a question that look for its group
CROWDED = 400  # groups beyond which a term is too common to look with


@dataclass(slots=True)
class Group:
    """A topic in the making: the question that began it, and every question in it with how often it was asked."""

    leader: Topic
    questions: list[int] = field(default_factory=list)


def groups(topics: Sequence[Topic], counts: Sequence[int]) -> list[Group]:
    """Group distinct topics: the most asked ones lead, each other one joins the leader most like it or leads a group of its own."""
    order = sorted(range(len(topics)), key=lambda at: (-counts[at], tuple(topics[at].items())))
    found: list[Group] = []
    by_term: dict[int, list[int]] = defaultdict(list)
    for at in order:
        asked = topics[at]
        if not asked:
            continue
        telling = sorted(asked, key=lambda term: (-asked[term], term))[:TELLING]
        near = {place for term in telling for place in by_term[term][:CROWDED]}
        best = max(((likeness(asked, found[place].leader), -place) for place in near), default=(0.0, 0))
        if best[0] >= ALIKE:
            found[-best[1]].questions.append(at)
            continue
        for term in telling:
            by_term[term].append(len(found))
        found.append(Group(asked, [at]))
    return found


def centre(parts: Sequence[tuple[Topic, str]], fewest: int, always: str) -> Mapping[int, float]:
    """The middle of some people's questions: only terms that `fewest` of them used, or one who always counts. Empty where none is left."""
    people: dict[int, set[str]] = defaultdict(set)
    summed: dict[int, float] = defaultdict(float)
    for topic, subject in parts:
        for term, weight in topic.items():
            people[term].add(subject)
            summed[term] += weight
    kept = {term: weight for term, weight in summed.items() if len(people[term]) >= fewest or always in people[term]}
    return unit(kept.items())
