"""Draft sentences with references and the passages in, checked sentences with citations out.

Unknown references fall away, each sentence is laid beside the statements that support it best, and every number, date and provision
it names must stand there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from nova.answers.check.cite import Ledger, quotes, section_name
from nova.answers.check.polarity import contradicts
from nova.answers.passages.analyse import AnalysedStatement
from nova.answers.passages.statements import plain
from nova.language.analyser import Analyser, Word
from nova.language.figures import missing
from nova.language.inert import inert
from nova.records import Sentence

SUPPORTED = 0.6
DOUBTFUL = 0.35
LONGEST_SENTENCE = 2000
_CAP = 6.0
_REFERENCE = re.compile(
    r"\[\s*(?P<chunk>chunks?\s*[:#]?\s+)?(?P<ids>[\w-]{1,40}(?:\s*[,;]\s*(?:chunk\s+)?[\w-]{1,40})*)\s*\]", re.IGNORECASE
)
_IDENTIFIER = re.compile(r"[a-z]{1,2}\d{1,3}|\d{1,3}|[0-9a-f]{8}-[0-9a-f-]{4,27}", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;]\s+(?:und\s+)?|\s+(?:und|sowie|aber|jedoch)\s+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_MARKUP = re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s+|[-*+•]\s+|>\s?|\d{1,2}[.)]\s+(?=[A-ZÄÖÜ]))|\*\*|__|`+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as someone proposes it, and the ids it refers to as written."""

    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A passage under its short id ("a1") with the statements that stand in it."""

    token: str
    chunk_id: UUID
    said: tuple[AnalysedStatement, ...]

    def named_in(self, refs: Sequence[str]) -> bool:
        """Whether a draft refers to it, by its short id or by its own."""
        return self.token in refs or str(self.chunk_id) in refs


@dataclass(frozen=True, slots=True)
class Verdict:
    """`supported`, `doubtful` (too little of it is in the sources) or `wrong` (a figure is missing or the sense is turned)."""

    kind: Literal["supported", "doubtful", "wrong"]
    cover: float
    rests_on: tuple[AnalysedStatement, ...]


def split_references(text: str, known: Iterable[str] = ()) -> Draft:
    """A raw sentence without its reference marks, cleaned for display, and the ids it named."""
    refs: list[str] = []
    names = {name.lower() for name in known}

    def take(match: re.Match[str]) -> str:
        ids = [part.lower() for part in re.findall(r"[\w-]+", match["ids"]) if part.lower() not in ("chunk", "chunks")]
        if match["chunk"] or all(one in names or _IDENTIFIER.fullmatch(one) for one in ids):
            refs.extend(ids)
            return " "
        return match.group()

    bare = _REFERENCE.sub(take, text)
    return Draft(clean(bare), tuple(dict.fromkeys(refs)))


def clean(text: str) -> str:
    """A model's words as plain text: no markup, pictures, links or tags, nothing that looks like a citation mark."""
    text = _TAG.sub(" ", _PICTURE.sub(" ", text[:LONGEST_SENTENCE]))
    text = inert(_MARKUP.sub("", text))
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s+([.,;:!?])", r"\1", text).strip()


def judge(text: str, candidates: Sequence[AnalysedStatement], analyser: Analyser) -> Verdict:
    """How well the candidate statements support a sentence: by one of them, else by two together."""
    claim = _Claim.of(text, analyser)
    if not claim.total or not candidates:
        return Verdict("doubtful", 0.0, ())
    ranked = claim.closest(candidates)
    best, turned = Verdict("doubtful", ranked[0][0], ()), False
    for rests in _rests(ranked, candidates):
        if turned and len(rests) > 1:
            break
        cover, proof = claim.proof(rests, analyser)
        if proof == "supported":
            return Verdict("supported", cover, rests)
        turned = turned or proof == "turned"
        best = _nearer(best, Verdict("doubtful" if proof == "far" else "wrong", cover, rests))
    return best


def _nearer(best: Verdict, other: Verdict) -> Verdict:
    """Which of two verdicts that support nothing says more: a contradiction before a doubt, the later one of two, the greater cover."""
    if other.kind == "wrong":
        return Verdict("wrong", other.cover, ())
    return best if best.kind == "wrong" or best.cover >= other.cover else other


Proof = Literal["supported", "lacking", "turned", "far"]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence to be proven: each of its words once, with what it weighs."""

    text: str
    words: Sequence[tuple[Word, float]]
    total: float

    @classmethod
    def of(cls, text: str, analyser: Analyser) -> "_Claim":
        """A sentence as the analyser reads it."""
        words = [(word, min(analyser.idf(word.stem), _CAP)) for word in {word.stem: word for word in analyser.words(text)}.values()]
        return cls(text, words, sum(weight for _, weight in words))

    def closest(self, candidates: Sequence[AnalysedStatement], most: int = 6) -> list[tuple[float, int]]:
        """How far the statements that hold most of it cover it, and where they stand among the candidates."""
        covers = ((_cover(self.words, said) / self.total, at) for at, said in enumerate(candidates))
        return sorted(covers, key=lambda pair: (-pair[0], pair[1]))[:most]

    def proof(self, rests: Sequence[AnalysedStatement], analyser: Analyser) -> tuple[float, Proof]:
        """How far statements cover it together, and what they prove; `far` where they speak of too little of it."""
        cover = sum(weight * max(_share(word, said) for said in rests) for word, weight in self.words) / self.total
        if cover < SUPPORTED:
            return cover, "far"
        return cover, _alone(self.text, rests[0]) if len(rests) == 1 else _together(self.text, rests, analyser)


def _alone(text: str, said: AnalysedStatement) -> Proof:
    """Whether one statement holds a sentence's figures and does not say the opposite."""
    source = f"{said.lead} {said.body} {said.tail}"
    if contradicts(text, source):
        return "turned"
    return "lacking" if missing(text, f"{source} {_names(said)}") else "supported"


def _together(text: str, rests: Sequence[AnalysedStatement], analyser: Analyser) -> Proof:
    """Whether each clause of a sentence rests on one of the statements: a figure of one never goes with the words of another."""
    clauses = [clause for clause in _CLAUSES.split(text) if len(analyser.words(clause)) > 1]
    if len(clauses) < 2:
        return "lacking"
    for clause in clauses:
        words = [(word, 1.0) for word in analyser.words(clause)]
        best = max(rests, key=lambda said: _cover(words, said))
        if _cover(words, best) < SUPPORTED * len(words) or _alone(clause, best) != "supported":
            return "lacking"
    return "supported"


def _rests(ranked: Sequence[tuple[float, int]], candidates: Sequence[AnalysedStatement]) -> Iterable[tuple[AnalysedStatement, ...]]:
    """Each of the best alone, then the best with each of the next: two statements may prove a sentence, but not heal a contradiction."""
    for _, at in ranked:
        yield (candidates[at],)
    first = ranked[0][1]
    for _, at in ranked[1:4]:
        yield tuple(candidates[one] for one in sorted((first, at)))


def _names(said: AnalysedStatement) -> str:
    """What a statement's place is called, so that "§ 37 Absatz 2" may be said of it."""
    text, start = said.held.text, said.held.text.start + said.statement.start
    absatz = f"Absatz {said.statement.absatz}" if said.statement.absatz else ""
    return " ".join((section_name(said.held, (start, start)), text.label, absatz, *text.path))


def _cover(words: Sequence[tuple[Word, float]], said: AnalysedStatement) -> float:
    return sum(weight * _share(word, said) for word, weight in words)


def _share(word: Word, said: AnalysedStatement) -> float:
    return max(said.features.share(word), said.lead_features.share(word))


def check(draft: Draft, sources: Sequence[Source], ledger: Ledger, analyser: Analyser) -> Sentence | None:
    """The checked sentence, marked one (`checked` False, no citations), or None when it must not be said."""
    if not re.search(r"\w", draft.text):
        return None
    verdict = _judged(draft, sources, analyser)
    if verdict.kind == "supported":
        numbers = [ledger.cite(said.held, place, span) for said in verdict.rests_on for place, span in quotes(said)]
        return Sentence(draft.text, tuple(dict.fromkeys(numbers)), True) if numbers else None
    if verdict.kind == "wrong" or verdict.cover < DOUBTFUL or missing(draft.text, _everything(sources)):
        return None
    return Sentence(draft.text, (), False)


def _judged(draft: Draft, sources: Sequence[Source], analyser: Analyser) -> Verdict:
    """By the passages it refers to; where those prove nothing, by all, so that a wrong reference is put right."""
    named = judge(draft.text, [said for source in sources if source.named_in(draft.refs) for said in source.said], analyser)
    if named.kind == "supported":
        return named
    by_all = judge(draft.text, [said for source in sources for said in source.said], analyser)
    return named if by_all.kind == "doubtful" and named.cover else by_all


def _everything(sources: Sequence[Source]) -> str:
    return plain(" ".join(f"{said.lead} {said.body} {said.tail} {said.held.text.title}" for source in sources for said in source.said))
