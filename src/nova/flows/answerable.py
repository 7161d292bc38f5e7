"""Documents and what was learned in; whether they answer a question now, and not weakly, out: what closes a knowledge gap."""

from collections.abc import Callable
from dataclasses import dataclass

from nova.answers.replay import margin
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.understand.learned import RankingRelease
from nova.answers.understand.vocabulary import Vocabulary
from nova.kpi.measure.hour import WEAK_MARGIN
from nova.language.analyser import Analyser
from nova.ports import Index
from nova.store.postgres.db import Database
from nova.store.talk.answers import StoredAnswers


@dataclass(frozen=True, slots=True)
class AnswerableNow:
    """Whether the company's documents answer a question, with the vocabulary and what was learned."""

    db: Database
    index: Index
    analyser: Callable[[], Analyser]
    vocabulary: Callable[[], Vocabulary]
    learned: Callable[[], RankingRelease] = RankingRelease

    def __call__(self) -> Callable[[str], bool]:
        """What tells it, of this moment."""
        learned = self.learned()
        vocabulary = learned.widened(self.vocabulary())
        sources = Sources(StoredAnswers(self.db), self.index, self.analyser(), vocabulary, Memory(), None, learned)
        return lambda question: margin(question, sources) >= WEAK_MARGIN
