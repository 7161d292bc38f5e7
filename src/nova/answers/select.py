"""A question and the read sections in, the statements that answer it best out, each with its score."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from nova.answers.figures import Figure, figures
from nova.answers.reading import Features, Reading, Said
from nova.answers.vocabulary import Expansion
from nova.language.analyser import Analyser, Word
from nova.language.norms import NormRef
from nova.language.questions import QuestionType, question_type

BODY, AROUND, HEADING = 1.0, 0.5, 0.4
PRIOR, TYPE, RANGE = 0.45, 0.12, 0.2
CAP = 6.0
_TIME_UNITS = frozenset({"tag", "woche", "monat", "jahr", "stunde", "minute", "werktag", "arbeitstag", "kalendertag", "quartal"})
_TERM_IS = re.compile(
    r"^[^.:;]{2,90}:\s|\bim Sinne (?:dieses|dieser|des|der)\b|\bbedeute[tn]\b"
    r"|\b(?:ist|sind|gilt|gelten) (?:jede|ein|eine|der|die|das|als)\b"
)
_RULES = re.compile(
    r"\b(?:darf|dürfen|kann|können|muss|müssen|hat|haben|ist|sind|gilt|gelten|bedarf|verpflichtet|berechtigt|zulässig|unzulässig)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(r"\b(?:unberührt|entsprechend anzuwenden|gelten entsprechend|gilt entsprechend|sinngemäß)\b")
_NAMES = re.compile(r"§§?\s*\d+[a-z]*|\b(?:Absatz|Absatzes|Absätze\w*|Satz|Satzes|Nummer|Nummern|Buchstabe\w*)\s+\d*\w?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term the vocabulary adds for some stems of the question; it counts as much as those when a statement holds it, times `weight`."""

    stems: frozenset[str]
    words: tuple[Word, ...]
    weight: float

    def share(self, features: Features) -> float:
        """How well a statement holds the term, 0 to `weight`."""
        return self.weight * sum(features.share(word) for word in self.words) / len(self.words)


@dataclass(frozen=True)
class Asked:
    """An analysed question. `own` are its content words with weights, `expanded` what the vocabulary adds."""

    text: str
    type: QuestionType
    own: tuple[tuple[Word, float], ...]
    expanded: tuple[Meaning, ...]
    norms: tuple[NormRef, ...]
    figures: tuple[Figure, ...]

    @property
    def total(self) -> float:
        """The weight of all own words."""
        return sum(weight for _, weight in self.own) or 1.0


@dataclass(frozen=True)
class Chosen:
    """A statement and how well it answers."""

    said: Said
    score: float
    cover: float


def analyse(text: str, analyser: Analyser, expansions: Sequence[Expansion] = (), norms: Sequence[NormRef] = ()) -> Asked:
    """The question's words weighted by how telling they are, and the vocabulary's terms for them."""
    own: dict[str, tuple[Word, float]] = {}
    for word in analyser.words(_NAMES.sub(" ", text) if norms else text):
        own.setdefault(word.stem, (word, min(analyser.idf(word.stem), CAP)))
    meanings = [Meaning(frozenset(one.stems), tuple(analyser.words(one.term)), one.weight) for one in expansions]
    return Asked(text, question_type(text), tuple(own.values()), tuple(one for one in meanings if one.words), tuple(norms), figures(text))


def choose(asked: Asked, readings: Sequence[tuple[Reading, float]], limit: int = 3) -> list[Chosen]:
    """The best statements of some sections (each with its passages' best rank score from 0 to 1), best first, none twice."""
    scored = [_score(asked, reading, prior, said) for reading, prior in readings for said in reading.said if len(said.body) > 3]
    scored.sort(key=lambda chosen: -chosen.score)
    kept: list[Chosen] = []
    for chosen in scored:
        if len(kept) == limit:
            break
        if not any(_repeats(chosen, other) for other in kept):
            kept.append(chosen)
    return kept


def _score(asked: Asked, reading: Reading, prior: float, said: Said) -> Chosen:
    body, around, heading = said.features, said.around, reading.heading
    meant = [(one.stems, max(BODY * one.share(body), AROUND * one.share(around), HEADING * one.share(heading))) for one in asked.expanded]
    met = 0.0
    for word, weight in asked.own:
        best = max((value for stems, value in meant if word.stem in stems), default=0.0)
        best = max(best, BODY * body.share(word))
        if best < AROUND:
            best = max(best, AROUND * around.share(word), HEADING * heading.share(word))
        met += weight * best
    cover = met / asked.total
    return Chosen(said, cover + PRIOR * prior + _fits(asked, said), cover)


def _fits(asked: Asked, said: Said) -> float:
    """What the kind of question adds: a deadline wants a duration or date, an amount a number with a unit, and so on."""
    body, found = said.body, said.figures
    bonus = 0.0
    if asked.type == "deadline" and any(figure.unit in _TIME_UNITS or figure.kind in ("date", "time") for figure in found):
        bonus += TYPE
    if asked.type == "amount" and any(figure.kind == "number" for figure in found):
        bonus += TYPE
    if asked.type == "definition" and _TERM_IS.search(body):
        bonus += TYPE
    if asked.type in ("whether", "who", "how") and _RULES.search(f"{said.lead} {body} {said.tail}"):
        bonus += TYPE / 2
    bonus += RANGE * in_range(asked.figures, found)
    if _REFERS.search(body):
        bonus -= TYPE
    if len(body) < 40 and not said.lead:
        bonus -= TYPE
    return bonus


def in_range(asked: Sequence[Figure], found: Sequence[Figure]) -> float:
    """1 when a figure of the question lies inside the limits a statement names for its unit, -1 when outside, 0 when it names none."""
    verdict = 0.0
    for figure in asked:
        if figure.kind != "number" or not figure.unit:
            continue
        bounds = [other for other in found if other.kind == "number" and other.bound and other.unit in (figure.unit, "")]
        limits = [(other.bound, float(other.value)) for other in bounds]
        if not any(other.unit == figure.unit for other in bounds):
            continue
        value = float(figure.value)
        inside = all(value >= limit if bound == "min" else value <= limit for bound, limit in limits)
        verdict = max(verdict, 1.0) if inside else min(verdict, -1.0)
    return verdict


def _repeats(chosen: Chosen, other: Chosen) -> bool:
    """Whether a statement says what another already says: the same words (twin regulations), or one is the other's lead-in."""
    mine, theirs = chosen.said, other.said
    if mine.held.text.section_id == theirs.held.text.section_id:
        spans = {(mine.statement.start, mine.statement.end)}
        return bool(spans & set(theirs.statement.lead)) or (theirs.statement.start, theirs.statement.end) in mine.statement.lead
    return mine.held.text.section_id != theirs.held.text.section_id and _alike(mine.features, theirs.features)


def _alike(mine: Features, theirs: Features) -> bool:
    both = len(mine.stems & theirs.stems)
    return both > 0.8 * max(len(mine.stems), len(theirs.stems), 1)


def section_of(chosen: Chosen) -> UUID:
    """The section a statement stands in."""
    return chosen.said.held.text.section_id
