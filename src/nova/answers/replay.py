"""A question and several states of what was learned in, the order each gives out: what is searched and read once is ranked by each."""

from collections.abc import Sequence
from uuid import UUID

from nova.answers.concepts import understand
from nova.answers.learned import Learned, joining
from nova.answers.retrieve import CANDIDATES, Sources, candidates
from nova.records import Passage, Scope


def orders(text: str, sources: Sources, states: Sequence[Learned]) -> list[list[Passage]]:
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


def sections(ranked: Sequence[Passage]) -> list[UUID]:
    """The sections in order, each once."""
    return list(dict.fromkeys(passage.section_id for passage in ranked))
