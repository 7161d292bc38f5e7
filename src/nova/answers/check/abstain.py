"""What was found in, a refusal out when the sources do not answer: honest, with a concrete next question.

Named provisions and laws are facts: either they are held or not. Everything else is a weighted sum of a few signals, fitted by
`benchmarks/refusals.py` on questions with and without an answer in German energy law.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nova.answers.check.beyond import beyond
from nova.answers.check.quantity import asked_quantity
from nova.answers.passages.analyse import AnalysedSection
from nova.answers.passages.name import place_name
from nova.answers.passages.starters import heading_question
from nova.answers.rules.book import mapped_laws
from nova.answers.search.retrieve import Retrieval
from nova.answers.search.select import ConceptMatcher, ScoredStatement, defines, hinted, is_about, telling
from nova.answers.understand.concepts import Question
from nova.language.analyser import Analyser
from nova.language.fold import fold, form, raw_words, words
from nova.language.norms import NormRef
from nova.language.questions import asks_a_term
from nova.language.stems import is_stop, stem

NOTHING = "Dazu steht nichts in Ihren Unterlagen."
# Weights of the signals, their sum's threshold, and the size of the corpus they were fitted on.
WEIGHTS: Mapping[str, float] = {
    "index": 3.75,
    "cover": 5.0,
    "length": 3.3,
    "names": -1.5,
    "focus": 1.2,
    "now": -5.3,
    "year": -3.5,
    "law": 3.3,
}
THRESHOLD = 19.3
FITTED_ON = 4000
# Among fewer passages chance matches less: the threshold's share for none, and from how many passages on it holds in full.
FEW_SHARE = 0.85
FEW = 500
FAINT = 0.5
# A law that answers needs more, for what speaks for and against it counts, too: the rule whose words it holds, and what no law tells.
LAW, BEYOND = 2.7, 0.7
HINTED = 10.0  # what a rule whose sentence was chosen adds, times how near it is
SURE_AGAIN = 0.25  # likelihood from which on a rule answers a question that goes on, whatever else is said
DOUBT, MOST_DOUBT = 0.8, 5.0  # what a law needs more where something else is e times likelier wanted, and up to how much likelier
SURELY = 1.2  # the margin of an answer that a definition, or a rule of what was spoken of, gives
CLOSE = 0.85  # the margin from which on what is nearest is worth a mention
ANNEX = 2.0
BEST = 3

_NOW = re.compile(
    r"\b(?:heute|heutige[nrs]?|gestern|aktuell\w*|zurzeit|derzeit\w*|gerade|momentan|im Moment"
    r"|letzte[nrs]? (?:Woche|Monat|Sommer|Winter|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember))\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}")
_YEAR = re.compile(r"\b20[2-9]\d\b")
_STANDARD = re.compile(r"\b(?:DIN|VDE|EN|ISO|IEC|DVGW)\b[A-Z /-]*(?P<number>\d{3,6}(?:-\d+)*)")
_QUOTED = re.compile(r"[„“\"»«‚‘']([^„“”\"»«‚‘']{3,60})[“”\"»«‘’']")
_LAW_WORD = re.compile(r"\b[A-ZÄÖÜ][\w-]*(?:gesetz|gesetzes|verordnung|gesetzbuch\w*|grundverordnung)\b")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Luna says instead of an answer, and what could be asked next."""

    text: str
    next_question: str | None


def decide(
    found: Retrieval, chosen: Sequence[ScoredStatement], analyser: Analyser, *, follows: bool = False, doubt: float = 0.0
) -> Refusal | None:
    """The refusal, or None when the statements answer.

    `follows`: the question goes on with what was said, and says little itself; `doubt`: how much rather it wants
    something else than the law (the logarithm of how many times likelier that is).
    """
    if not chosen:
        return Refusal(NOTHING, None)
    if found.direct:
        return None
    reached = margin(found, chosen, analyser, follows=follows, doubt=doubt)
    return _absent(found, chosen, analyser) or _weak(found, chosen, reached, follows)


def _absent(found: Retrieval, chosen: Sequence[ScoredStatement], analyser: Analyser) -> Refusal | None:
    """The refusal where the question names a provision, law, standard or title that is not there."""
    if found.missing and (refusal := _not_held(found, chosen)):
        return refusal
    absent = _unknown_law(found) or _unknown_standard(found) or _unknown_title(found, analyser)
    return Refusal(f"{NOTHING} „{absent}“ gehört nicht zu den Dokumenten, die mir vorliegen.", _nearest(found)) if absent else None


def margin(found: Retrieval, chosen: Sequence[ScoredStatement], analyser: Analyser, *, follows: bool = False, doubt: float = 0.0) -> float:
    """How far above what an answer needs the signals and the map of rules are for the best statement: 1 is just enough."""
    best = chosen[0]
    value = (strength(signals(found, chosen, analyser)) - _of_law(found, best, doubt)) / threshold(found.size)
    surely = (asks_a_term(found.question.text) and defines(found.question, best.said)) or (follows and _goes_on(found, chosen))
    return max(value, SURELY) if surely else value


def _weak(found: Retrieval, chosen: Sequence[ScoredStatement], reached: float, follows: bool) -> Refusal | None:
    """The refusal where the number asked for is not told, or too little of what an answer needs is `reached`."""
    best, text = chosen[0], found.question.text
    asked = None if follows else asked_quantity(text)
    untold = asked is not None and not asked.is_told(_said(best))
    if reached >= 1 and not untold:
        return None
    nothing = f"{asked.name} dazu steht nicht in Ihren Unterlagen." if asked is not None and untold else NOTHING
    mentioned = reached >= 1 or (reached > CLOSE and beyond(text) < 0)
    return Refusal(f"{nothing} {_closest(best)}" if mentioned else nothing, _nearest(found))


def _of_law(found: Retrieval, best: ScoredStatement, doubt: float) -> float:
    """What an answer from a law of the map needs more than one from the company's own documents."""
    if (best.said.held.text.norm or "").partition(":")[0] not in mapped_laws():
        return 0.0
    return LAW + BEYOND * beyond(found.question.text) - HINTED * hinted(best.said, found.hints) + DOUBT * min(doubt, MOST_DOUBT)


def _said(one: ScoredStatement) -> list[str]:
    return [f"{said.lead} {said.body} {said.tail}" for said in (one.said, *one.near)]


def _closest(best: ScoredStatement) -> str:
    """What is said of a place that speaks of the matter, and leaves open what was asked."""
    return f"Am nächsten kommt {place_name(best.said.held, best.said.statement)}."


def _goes_on(found: Retrieval, chosen: Sequence[ScoredStatement]) -> bool:
    """Whether what goes on is answered by a rule of what was spoken of, or by a provision of it that says some of the words."""
    about = is_about(chosen[0].said, found.hints) and max(chosen[0].held, default=0.0) >= FAINT
    return about or hinted(chosen[0].said, found.hints) >= SURE_AGAIN


def strength(values: Mapping[str, float]) -> float:
    """The weighted sum of the signals."""
    return sum(WEIGHTS[name] * value for name, value in values.items())


def signals(found: Retrieval, chosen: Sequence[ScoredStatement], analyser: Analyser) -> dict[str, float]:
    """What speaks for and against an answer in the best statements.

    `index`: the log of the best index score, scaled to a corpus of `FITTED_ON` passages. `cover`: the share of the question that the best
    three statements speak of on average (of few passages, the best one alone); `length`: the log of the number of concepts, for long
    questions are rarely covered whole.
    `focus`: whether the best speaks of the most telling concept. `names`: proper names and codes that nobody knows and the statement does
    not hold (at most 2). `now`: the question asks for today's value, `year`: for one of a recent year that the section never mentions.
    `law`: the statement stands in a law the question names.
    """
    question, held = found.question, chosen[0].held
    weights = [telling(concept) for concept in question.concepts]
    total = sum(weights) or 1.0
    covers = [sum(weight * value for weight, value in zip(weights, one.held, strict=True)) / total for one in chosen[:BEST]]
    best = chosen[0].said
    focus = max(range(len(weights)), key=lambda at: weights[at], default=-1)
    return {
        "index": math.log1p(found.best_score * _rarity(FITTED_ON) / _rarity(found.size)),
        "cover": max(sum(covers) / len(covers), covers[0] * (1 - found.size / FEW)),
        "length": math.log1p(len(weights)),
        "names": float(min(_names(question, chosen[0], analyser), 2)),
        "focus": held[focus] if focus >= 0 else 0.0,
        "now": float(bool(_NOW.search(question.text))),
        "law": float((best.held.text.norm or "").partition(":")[0] in question.laws),
        "year": float(any(year not in best.held.text.text for year in _YEAR.findall(question.text))),
    }


def _lost(question: Question, held: Sequence[float]) -> list[bool]:
    return [not concept.known and value < FAINT for concept, value in zip(question.concepts, held, strict=True)]


def _rarity(size: int) -> float:
    """The inverse document frequency of a word that one of `size` passages holds."""
    return math.log(1 + (max(size, 1) - 0.5) / 1.5)


def threshold(size: int) -> float:
    """The strength that an answer from `size` passages needs."""
    return THRESHOLD * min(1.0, FEW_SHARE + (1 - FEW_SHARE) * size / FEW)


def _names(question: Question, best: ScoredStatement, analyser: Analyser) -> int:
    """Proper names, codes and abbreviations ("Hager", "MT175", "EPEX") that neither corpus, vocabulary nor the statement's section know."""
    lost = {root for concept, gone in zip(question.concepts, _lost(question, best.held), strict=True) if gone for root in concept.stems}
    suspects = [raw for at, raw in enumerate(raw_words(question.text)) if _nameless(raw, at, lost, analyser)]
    if not suspects:
        return 0
    text = best.said.held.text
    there = set(words(f"{best.said.held.document} {text.title} {text.text}"))
    return sum(1 for raw in suspects if form(raw) not in there)


def _nameless(raw: str, at: int, lost: set[str], analyser: Analyser) -> bool:
    word, folded = analyser.word(raw), form(raw)
    if raw[0].isdigit() or is_stop(folded) or word.stem not in lost:
        return False
    return _is_code(raw) or (at > 0 and raw[0].isupper() and not analyser.splitter.split(folded))


def _is_code(raw: str) -> bool:
    """An abbreviation ("EPEX") or capitals and digits in one ("MT175")."""
    return bool(_ACRONYM.fullmatch(raw)) or (any(char.isdigit() for char in raw) and any(char.isupper() for char in raw))


def _unknown_standard(found: Retrieval) -> str | None:
    """A technical standard the question names by number that no found passage mentions."""
    for match in _STANDARD.finditer(found.question.text):
        number = match["number"]
        if not any(number in passage.text for passage in found.ranked[:20]):
            return match.group().strip()
    return None


def _unknown_title(found: Retrieval, analyser: Analyser) -> str | None:
    """A name in quotation marks ("Tarif „Komfort Strom 24“") with a word that neither the corpus nor a found passage knows."""
    for match in _QUOTED.finditer(found.question.text):
        strange = [raw for raw in raw_words(match[1]) if raw[0].isupper() and not analyser.knows(analyser.word(raw).stem)]
        if strange and not any(form(raw) in words(passage.text) for raw in strange for passage in found.ranked[:20]):
            return match[1]
    return None


def _not_held(found: Retrieval, chosen: Sequence[ScoredStatement]) -> Refusal | None:
    """The refusal for a named provision that is not there; None when a statement at least speaks of it."""
    ref = found.missing[0]
    if ref.norm.law in found.held_laws:
        return Refusal(f"{NOTHING} {_as_written(found.question, ref)} finde ich darin nicht.", _nearest(found))
    spoken = " ".join(f"{one.said.lead} {one.said.body}" for one in chosen)
    if re.search(rf"§§?\s*{re.escape(ref.norm.number)}\b", spoken):
        return None
    return Refusal(f"{NOTHING} {_as_written(found.question, ref)} gehört nicht zu den Dokumenten, die mir vorliegen.", _nearest(found))


def _as_written(question: Question, ref: NormRef) -> str:
    return question.text[ref.start : ref.end].strip() or ref.norm.key


def _unknown_law(found: Retrieval) -> str | None:
    """A law the question names in words that no found document is or mentions and the vocabulary does not explain."""
    if found.question.laws:
        return None
    for match in _LAW_WORD.finditer(found.question.text):
        name = fold(match.group()).removesuffix("es")
        explained = any(len(concept.alternatives) > 2 and stem(name) in concept.stems for concept in found.question.concepts)
        texts = (fold(f"{passage.title} {passage.text}") for passage in found.ranked[:20])
        if not explained and not any(name in text for text in texts):
            return match.group()
    return None


def _nearest(found: Retrieval) -> str | None:
    """A question the sources do answer: the read section whose heading speaks most of what was asked, annexes last."""
    sought = [ConceptMatcher.of(concept) for concept in found.question.concepts]

    def near(reading: AnalysedSection) -> float:
        share = sum(one.weight * one.share(reading.heading) for one in sought)
        return share - (ANNEX if not reading.held.text.label.startswith("§") else 0.0)

    for reading in sorted((reading for reading, _ in found.readings), key=near, reverse=True):
        held = reading.held
        question = heading_question(held.text.label, held.text.title, held.document, held.text.norm)
        if question and question != found.question.text:
            return question
    return None
