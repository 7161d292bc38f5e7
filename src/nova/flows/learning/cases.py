"""Questions asked with what is live and with a candidate: the documents' own headings, the operator's, and what people found useful.

Those who are held out are asked with what would have been learned without them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from nova.answers.replay import orders, sections
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.search.weigh import ndcg
from nova.answers.understand.learned import RankingRelease
from nova.answers.understand.vocabulary import Vocabulary
from nova.courtesy import make_way
from nova.flows.learning.probes import Probe, curated, headings
from nova.kpi.learn.evidence import OPERATOR, Signal, split
from nova.kpi.learn.gate import Case
from nova.kpi.learn.read import Evidence, left_out
from nova.language.analyser import Analyser
from nova.language.topics import Topic, likeness, topic
from nova.ports import Index
from nova.ports.jobs import JobContext
from nova.ports.learning import Lessons
from nova.store.postgres.db import Database
from nova.store.quality import learning as rows
from nova.store.talk.answers import StoredAnswers

OTHERS, LATER = "Andere Personen", "Spätere Fragen"
HELD_OUT = 3  # one person in so many
LATE = 0.2  # the newest share of the signals
MOST_LOGGED = 150
ABOUT = 0.4  # how like a topic a question must be to count as its own


@dataclass(frozen=True, slots=True)
class Learning:
    """What learning needs: the tables, the index, and how questions are read."""

    db: Database
    index: Index
    analyser: Callable[[], Analyser]
    vocabulary: Callable[[], Vocabulary]


def cases_of(
    learning: Learning, evidence: Evidence, live: rows.LearnedState | None, states: tuple[Lessons, Lessons], ctx: JobContext
) -> tuple[list[Case], dict[str, Topic]]:
    """Every question asked before and with the candidate; and the topics by key, also those that only a part of the evidence makes."""
    shelf, analyser = StoredAnswers(learning.db), learning.analyser()
    sources = Sources(shelf, learning.index, analyser, learning.vocabulary(), Memory())
    probes, masked = headings(learning.db, shelf)
    both = (_as_learned(states[0]), _as_learned(states[1]))
    asked = curated(learning.db)
    total = len(probes) + len(asked) + 2 * MOST_LOGGED
    cases: list[Case] = []
    topics: dict[str, Topic] = {one.key: dict(one.terms) for one in states[1].topics}
    for some, where in ((probes, replace(sources, shelf=masked)), (asked, sources)):
        for probe in some:
            _next(ctx, len(cases), total)
            cases.append(_probe_case(probe, where, both, states[1], analyser))
    for group, train, test in _held_out(evidence):
        own = (_live_without(train, live, evidence, analyser), replace(evidence, signals=train).lessons(analyser))
        topics |= {one.key: dict(one.terms) for one in own[1].topics}
        for case in _logged(group, test, sources, own):
            _next(ctx, len(cases), total)
            cases.append(case)
    return cases, topics


def _next(ctx: JobContext, done: int, total: int) -> None:
    ctx.progress("messen", min(done, total), total)
    make_way()


def _as_learned(lessons: Lessons) -> RankingRelease:
    return RankingRelease("", lessons.topics)


def _live_without(train: Sequence[Signal], live: rows.LearnedState | None, evidence: Evidence, analyser: Analyser) -> Lessons:
    """What would be live had it not learned from those held out either."""
    if live is None:
        return Lessons()
    return replace(evidence, signals=train, left_out=left_out(live)).lessons(analyser, live.cutoff, live.blocks)


def _probe_case(
    probe: Probe, sources: Sources, states: tuple[RankingRelease, RankingRelease], lessons: Lessons, analyser: Analyser
) -> Case:
    before, after = (ndcg(sections(order), probe.right) for order in orders(probe.text, sources, states))
    return Case(probe.group, _topic_of(probe.text, lessons, analyser), before, after)


def _topic_of(text: str, lessons: Lessons, analyser: Analyser) -> str:
    """The key of the topic that a question is most like; "" for none."""
    asked = topic(text, analyser)
    best = max(((likeness(asked, dict(one.terms)), one.key) for one in lessons.topics), default=(0.0, ""))
    return best[1] if best[0] >= ABOUT else ""


def _held_out(evidence: Evidence) -> list[tuple[str, list[Signal], list[Signal]]]:
    """Two ways to hold out: one person in three, and the newest part; each as what is learned from and what is asked."""
    people = {signal.subject for signal in evidence.signals} - {OPERATOR}
    chosen = frozenset(one for one in people if _lot(f"{one} {evidence.cutoff:%Y-%m-%d}") % HELD_OUT == 0)
    train, test = split(evidence.signals, chosen)
    at = int(len(evidence.signals) * (1 - LATE))
    return [(OTHERS, train, test), (LATER, list(evidence.signals[:at]), list(evidence.signals[at:]))]


def _lot(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _logged(group: str, test: Sequence[Signal], sources: Sources, states: tuple[Lessons, Lessons]) -> list[Case]:
    """What people found useful, asked again: right is every section that their own signals speak for."""
    liked: dict[tuple[str, str], dict[UUID, float]] = defaultdict(lambda: defaultdict(float))
    for signal in test:
        liked[signal.subject, signal.question][signal.chunk_id] += signal.up - signal.down
    asked = [(question, [chunk for chunk, value in found.items() if value > 0]) for (_, question), found in sorted(liked.items())]
    asked = sorted((one for one in asked if one[1]), key=lambda one: _lot(one[0]))[:MOST_LOGGED]
    both = (_as_learned(states[0]), _as_learned(states[1]))
    cases = []
    for question, chunks in asked:
        make_way()
        found = orders(question, sources, both)
        place = {passage.chunk_id: passage.section_id for order in found for passage in order}
        right = tuple(dict.fromkeys(frozenset({place[chunk]}) for chunk in chunks if chunk in place))
        if right:
            before, after = (ndcg(sections(order), right) for order in found)
            cases.append(Case(group, _topic_of(question, states[1], sources.analyser), before, after))
    return cases
