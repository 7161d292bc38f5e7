"""Answers and their passages in, what Nova's own checks find out: sentences that are proven or wrong, references that stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from nova.answers.check.verify import DOUBTFUL, judge, split_references
from nova.answers.passages.analyse import AnalysedStatement, SectionAnalyser
from nova.answers.passages.shelf import HeldSection, Place
from nova.language.analyser import Analyser
from nova.language.figures import missing
from nova.language.sentences import sentences
from nova.records import SectionText
from nova.training.run_gates import Grounded

NOWHERE = UUID(int=0)
_QUOTED = re.compile(r"[„»“\"]([^„“”«»\"]{12,600})[“”«\"]")
FEWEST_QUOTED = 4


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

    def add(self, answer: str, passages: Sequence[str], given: str) -> None:
        """An answer with its passages; what the question (`given`) says itself is not held against it."""
        if not passages:
            return
        known = [str(at) for at in range(1, len(passages) + 1)]
        said = [self._statements(passage) for passage in passages]
        for start, end in sentences(answer):
            draft = split_references(answer[start:end], known)
            self._cited(draft.text, draft.refs, said)
            self._judged(draft.text, [one for some in said for one in some], " ".join((*passages, given)))
        self._quoted(answer, passages)

    def told(self) -> Grounded:
        """The sums."""
        return Grounded(self.sentences, self.proven, self.unfounded, self.cites, self.valid)

    def _judged(self, text: str, said: Sequence[AnalysedStatement], everything: str) -> None:
        """As a sentence of Nova's own: proven, or wrong (the sense is turned, or it has a number that stands nowhere), or neither."""
        if self.analyser.words(text):
            kind = judge(text, said, self.analyser).kind
            self.sentences += 1
            self.proven += kind == "supported"
            self.unfounded += kind == "wrong" or (kind == "doubtful" and bool(missing(text, everything)))

    def _cited(self, text: str, refs: Iterable[str], said: Sequence[Sequence[AnalysedStatement]]) -> None:
        for ref in refs:
            self.cites += 1
            at = int(ref.lstrip("a")) - 1 if ref.lstrip("a").isdecimal() else -1
            if 0 <= at < len(said):
                verdict = judge(text, said[at], self.analyser)
                self.valid += verdict.kind != "wrong" and verdict.cover >= DOUBTFUL

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


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:").casefold()
