"""A question asked again in; the order that several states of what was learned give, or how surely documents answer it by now, out."""

import math
from collections.abc import Sequence
from uuid import UUID

from nova.answers.check.abstain import decide
from nova.answers.check.abstain import margin as reached
from nova.answers.rules.map import shipped_map
from nova.answers.search.retrieve import CANDIDATES, Clock, Sources, candidates, retrieve
from nova.answers.search.select import choose
from nova.answers.understand.concepts import understand
from nova.answers.understand.learned import RankingRelease, joining
from nova.records import Passage, Scope


def orders(text: str, sources: Sources, states: Sequence[RankingRelease]) -> list[list[Passage]]:
    """For each state the passages best first, within what the company's people see. Words alone: an embedding model is not asked."""
    names, _ = sources.memory.names(sources.shelf)
    question = understand(text, sources.analyser, sources.vocabulary, sources.memory.speller(sources.analyser), names)
    scores = {hit.chunk_id: hit.score for hit in sources.index.search(question.vector, Scope(), CANDIDATES)}
    ranker = sources.memory.ranker(sources.analyser)
    found = []
    for state in states:
        preferences = state.preferences(text, sources.analyser)
        passages = candidates(sources.shelf, Scope(), scores, None, joining(preferences))
        found.append(ranker.rank(question, passages, None, preferences))
    return found


def margin(text: str, sources: Sources) -> float:
    """How far above what an answer needs the company's documents are for a question, as `knew` tells it: 1 is just enough.

    0 where they do not answer it, infinite where it names a provision that is there.
    """
    found = retrieve(text, Scope(), sources, Clock(), rules=shipped_map().near(text))
    chosen = choose(found.question, found.readings, hints=found.hints)
    if decide(found, chosen, sources.analyser) is not None:
        return 0.0
    return math.inf if found.direct else reached(found, chosen, sources.analyser)


def sections(ranked: Sequence[Passage]) -> list[UUID]:
    """The sections in order, each once."""
    return list(dict.fromkeys(passage.section_id for passage in ranked))
