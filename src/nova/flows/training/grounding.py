"""Answers and their passages in, what Nova's own checks find out: sentences that are proven or wrong, references that stand.

Answers that are shown are checked word by word (`answers/check/verify.py`): what is said otherwise is not shown. A model is judged more
fairly: a sentence in other words is proven where it tells a fact of its passages and none against them, also in another unit.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from nova.answers.check.polarity import contradicts
from nova.answers.check.verify import DOUBTFUL, Verdict, judge, split_references
from nova.answers.passages.analyse import AnalysedStatement, SectionAnalyser
from nova.answers.passages.shelf import HeldSection, Place
from nova.language.analyser import Analyser
from nova.language.sentences import sentences
from nova.records import SectionText
from nova.training.facts import facts_of
from nova.training.judge import Item
from nova.training.judge import judge as by_facts
from nova.training.run_gates import Grounded

NOWHERE = UUID(int=0)
_QUOTED = re.compile(r"[„»“\"]([^„“”«»\"]{12,600})[“”«\"]")
_COURTEOUS = re.compile(
    r"\b(?:guten (?:tag|morgen|abend)|hallo|gern\w*|grüße\w*|weiteren? fragen|helfen|danke|ihrer? (?:an)?frage|sie fragen)\b",
    re.IGNORECASE,
)
FEWEST_QUOTED = 4
Rests = Literal["proven", "wrong", "neither"]


@dataclass(slots=True)
class Grounding:
    """What answers rest on, added up; each passage is read once."""

    analyser: Analyser
    sentences: int = 0
    proven: int = 0
    unfounded: int = 0
    cites: int = 0
    valid: int = 0
    _read: dict[str, Sequence[AnalysedStatement]] = field(default_factory=dict)

    def add(self, answer: str, passages: Sequence[str], question: str) -> None:
        """An answer with its passages; what the question says itself is not held against it."""
        if not passages:
            return
        known = [str(at) for at in range(1, len(passages) + 1)]
        for start, end in sentences(answer):
            draft = split_references(answer[start:end], known)
            self._cited(draft.text, draft.refs, passages, question)
            if self.analyser.words(draft.text) and not _is_courtesy(draft.text):
                rests, _ = self._rests(draft.text, passages, question)
                self.sentences += 1
                self.proven += rests == "proven"
                self.unfounded += rests == "wrong"
        self._quoted(answer, passages)

    def told(self) -> Grounded:
        """The sums."""
        return Grounded(self.sentences, self.proven, self.unfounded, self.cites, self.valid)

    def _rests(self, text: str, passages: Sequence[str], question: str) -> tuple[Rests, Verdict]:
        """Whether a sentence rests on passages, goes against them, or neither; and what the check of shown answers says."""
        verdict = judge(text, [said for passage in passages for said in self._statements(passage)], self.analyser)
        facts = by_facts(Item("", "", question, "\n\n".join(passages)), text, contradicts)
        if facts.wrong or facts.against:
            return "wrong", verdict
        return ("proven" if verdict.kind == "supported" or facts.right else "neither"), verdict

    def _cited(self, text: str, refs: Iterable[str], passages: Sequence[str], question: str) -> None:
        for ref in refs:
            self.cites += 1
            at = int(ref.lstrip("a")) - 1 if ref.lstrip("a").isdecimal() else -1
            if 0 <= at < len(passages):
                rests, verdict = self._rests(text, [passages[at]], question)
                self.valid += rests == "proven" or (rests == "neither" and verdict.cover >= DOUBTFUL)

    def _quoted(self, answer: str, passages: Sequence[str]) -> None:
        """What is quoted at some length stands word for word in a passage."""
        plain = [_plain(passage) for passage in passages]
        for match in _QUOTED.finditer(answer):
            if len(match[1].split()) >= FEWEST_QUOTED:
                self.cites += 1
                self.valid += any(_plain(match[1]) in passage for passage in plain)

    def _statements(self, passage: str) -> Sequence[AnalysedStatement]:
        if passage not in self._read:
            text = SectionText(NOWHERE, NOWHERE, 1, "", "", (), passage, 0)
            held = HeldSection(text, "", "document", (Place(NOWHERE, 0, len(passage)),))
            self._read[passage] = SectionAnalyser(1).read(held, self.analyser).said
        return self._read[passage]


def _is_courtesy(text: str) -> bool:
    """Whether a sentence only greets, offers help or says what was asked."""
    return bool(_COURTEOUS.search(text)) and not facts_of(text)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:").casefold()
