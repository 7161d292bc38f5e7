"""A question and the read sections in, the statements that answer it best out, each with its score."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from nova.answers.passages.analyse import AnalysedSection, AnalysedStatement, Features
from nova.answers.passages.statements import Span
from nova.answers.rules.aspects import aspects, tells
from nova.answers.rules.hints import Hint, squeezed
from nova.answers.understand.concepts import Alternative, Concept, Question
from nova.answers.understand.wanted import TIME, wanted_units
from nova.language.figures import Figure, figures

BODY, AROUND, HEADING = 1.0, 0.45, 0.5
PRIOR, TYPE, RANGE, UNIT, OTHER_LAW, NAMED = 2.0, 0.2, 0.2, 0.5, 0.25, 0.4
AGAIN, NEAR, ADDS = 0.05, 0.15, 0.15
HINTED = 3.0
ASPECT = 0.3  # a statement that tells what is asked of the matter: in which form, at what price, with what consequence
OWN_BLOCK = 0.2  # a statement that a rule names this surely answers beside another one of its Absatz
CAP, RARE, SURELY = 6.0, 3.0, 0.7


@dataclass(frozen=True)
class ScoredStatement:
    """A statement and how well it answers: `held` says for each concept of the question how far the statement speaks of it (0 to 1).

    `near` are the other statements of its Absatz that answer nearly as well or speak of what it leaves out, in reading order. `hinted` is
    what the map of rules says for it.
    """

    said: AnalysedStatement
    score: float
    held: tuple[float, ...]
    near: tuple[AnalysedStatement, ...] = ()
    hinted: float = 0.0


def choose(
    asked: Question, readings: Sequence[tuple[AnalysedSection, float]], limit: int = 5, hints: Sequence[Hint] = ()
) -> list[ScoredStatement]:
    """The best statement of each of the best Absätze of some sections (each with its passages' best rank score from 0 to 1), best first.

    `hints` say which sentence probably answers.
    A section that has already answered stands back a little for the next one, and none says what another says.
    """
    sought = [ConceptMatcher.of(concept) for concept in asked.concepts]
    scored = [block for reading, prior in readings for block in _scored(asked, sought, reading, prior, hints)]
    kept: list[ScoredStatement] = []
    while scored and len(kept) < limit:
        said_by = Counter(section_of(one) for one in kept)
        best = max(scored, key=lambda block: block[0].score - AGAIN * said_by[section_of(block[0])])
        scored.remove(best)
        if not any(_repeats(best[0], other) for other in kept):
            kept.append(_with_near(best, sought))
    return kept


def _scored(
    asked: Question, sought: Sequence["ConceptMatcher"], reading: AnalysedSection, prior: float, hints: Sequence[Hint]
) -> list[list[ScoredStatement]]:
    """The statements of each Absatz of a section, the best of each first, the others in reading order."""
    sure = [hint for hint in hints if hint.quote and hint.norm == reading.held.text.norm]
    judge = _Judge(asked, sought, [HEADING * one.share(reading.heading) for one in sought], PRIOR * prior, sure, {})
    blocks: dict[Span, list[ScoredStatement]] = {}
    for said in reading.said:
        if len(said.body) > 3:
            one = judge.scored(said)
            blocks.setdefault(_block_of(one), []).append(one)
    for block in blocks.values():
        block.insert(0, block.pop(max(range(len(block)), key=lambda at: block[at].score)))
    return list(blocks.values())


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges the statements of one section: what is `sought`, how far its `heading` speaks of that, its `prior`, the hints to it."""

    asked: Question
    sought: Sequence["ConceptMatcher"]
    heading: Sequence[float]
    prior: float
    hints: Sequence[Hint]
    around: dict[int, list[float]]

    def scored(self, said: AnalysedStatement) -> ScoredStatement:
        """A statement and how well it answers."""
        held = _held(self.sought, self.heading, said, self.around)
        total = sum(one.weight for one in self.sought) or 1.0
        cover = sum(one.weight * value for one, value in zip(self.sought, held, strict=True)) / total
        hint = hinted(said, self.hints) if self.hints else 0.0
        return ScoredStatement(said, cover + self.prior + _fits(self.asked, said) + HINTED * hint, held, hinted=hint)


def _block_of(one: ScoredStatement) -> Span:
    """What a statement stands for among the chosen: its Absatz, or itself where a rule surely names it."""
    statement = one.said.statement
    return (statement.start, statement.end) if one.hinted >= OWN_BLOCK else statement.block


def hinted(said: AnalysedStatement, hints: Sequence[Hint]) -> float:
    """The best score of the hints whose words stand in a statement of their provision, 0 for none."""
    text = squeezed(f"{said.lead} {said.body} {said.tail}")
    return max((hint.score for hint in hints if hint.quote and hint.norm == said.held.text.norm and hint.quote in text), default=0.0)


def is_about(said: AnalysedStatement, hints: Sequence[Hint]) -> bool:
    """Whether a statement stands in a provision that the question goes on with."""
    return any(not hint.quote and hint.norm == said.held.text.norm for hint in hints)


def _with_near(block: Sequence[ScoredStatement], sought: Sequence["ConceptMatcher"]) -> ScoredStatement:
    """The best statement of an Absatz with those that answer nearly as well or speak of what it leaves out."""
    best = block[0]
    least = ADDS * sum(one.weight for one in sought)

    def adds(other: ScoredStatement) -> bool:
        gains = (one.weight * (mine - theirs) for one, mine, theirs in zip(sought, other.held, best.held, strict=True) if mine > theirs)
        return sum(gains) >= least

    near = tuple(one.said for one in block[1:] if one.score >= best.score - NEAR or adds(one))
    return ScoredStatement(best.said, best.score, best.held, near, best.hinted)


@dataclass(frozen=True, slots=True)
class ConceptMatcher:
    """A concept as it is looked for: its weight and the ways to say it with all their roots."""

    weight: float
    roots: frozenset[str]
    ways: tuple[Alternative, ...]

    @staticmethod
    def of(concept: Concept) -> "ConceptMatcher":
        """Prepared once for all statements."""
        return ConceptMatcher(
            telling(concept), frozenset(root for way in concept.alternatives for root, _ in way.shares), concept.alternatives
        )

    def share(self, features: Features) -> float:
        """How well a text speaks of the concept, 0 to 1: by the best of the ways to say it."""
        parts = features.parts
        if self.roots.isdisjoint(parts):
            return 0.0
        best = 0.0
        for way in self.ways:
            met = 0.0
            for root, share in way.shares:
                if root in parts:
                    met += share
            best = max(best, way.weight * met)
        return best


def _held(
    sought: Sequence[ConceptMatcher], heading: Sequence[float], said: AnalysedStatement, known: dict[int, list[float]]
) -> tuple[float, ...]:
    """How far a statement speaks of each concept: itself, else by the words around it (`known`, by Absatz) or its section's heading."""
    own = [BODY * one.share(said.features) for one in sought]
    if all(value >= AROUND for value in own):
        return tuple(own)
    around = known.get(id(said.around))
    if around is None:
        around = known[id(said.around)] = [AROUND * one.share(said.around) for one in sought]
    return tuple(value if value >= AROUND else max(value, above, beside) for value, above, beside in zip(own, heading, around, strict=True))


def telling(concept: Concept) -> float:
    """What a concept counts: its inverse document frequency, capped so that one rare word does not decide alone."""
    return min(concept.weight, CAP)


def _fits(asked: Question, said: AnalysedStatement) -> float:
    """What the kind of question adds: a deadline wants a duration or date, an amount a number with a unit, and so on."""
    bonus = _measured(asked, said) + _of_kind(asked, said)
    if values := figures(asked.text):
        bonus += RANGE * in_range(values, said.figures)
    bonus += NAMED * _named(asked, said)
    if asked.laws and (said.held.text.norm or "").partition(":")[0] not in asked.laws:
        bonus -= OTHER_LAW
    if (asked_of := aspects(asked.text)) and tells(asked_of, said.body):
        bonus += ASPECT
    if said.refers:
        bonus -= TYPE
    if len(said.body) < 40 and not said.lead:
        bonus -= TYPE
    return bonus


def _of_kind(asked: Question, said: AnalysedStatement) -> float:
    """What a definition is worth to who asks for one, and a rule to who asks whether, who or how."""
    if asked.kind == "definition":
        return 3 * TYPE if defines(asked, said) else TYPE / 2 if said.explains else 0.0
    return TYPE / 2 if asked.kind in ("whether", "who", "how") and said.rules else 0.0


def _named(asked: Question, said: AnalysedStatement) -> float:
    """1 for a statement of a provision the question names, 2 for one of the Absatz it names, -1 for another Absatz."""
    for ref in asked.norms:
        if ref.norm.law and ref.norm.key == said.held.text.norm:
            return 1.0 if not ref.norm.absatz else 2.0 if ref.norm.absatz == said.statement.absatz else -1.0
    return 0.0


def _measured(asked: Question, said: AnalysedStatement) -> float:
    """Whether a statement has a figure of the kind asked for."""
    units = wanted_units(asked.text)
    timed = asked.kind == "deadline" or not units.isdisjoint(TIME)
    fits = _tells_time if timed else _is_number if asked.kind == "amount" else None
    if fits is None and not units:
        return 0.0
    bonus = UNIT if any(figure.unit in units for figure in said.figures) else 0.0
    return bonus + 2 * TYPE if fits and any(map(fits, said.figures)) else bonus


def _tells_time(figure: Figure) -> bool:
    return figure.unit in TIME or figure.kind in ("date", "time")


def _is_number(figure: Figure) -> bool:
    return figure.kind == "number"


def defines(asked: Question, said: AnalysedStatement) -> bool:
    """Whether a statement begins with the asked term, as the entries of definitions do (`Minutenreserve die Regelleistung, ...`)."""
    opening = Features.of(said.term or said.words[:3])
    listed = said.statement.item or said.explains
    return listed and any(concept.weight > RARE and ConceptMatcher.of(concept).share(opening) > SURELY for concept in asked.concepts)


def in_range(asked: Sequence[Figure], found: Sequence[Figure]) -> float:
    """1 when a figure of the question lies inside the limits a statement names for its unit, -1 when outside, 0 when it names none."""
    verdict = 0.0
    for figure in asked:
        limits = _limits(figure, found)
        if limits:
            value = float(figure.value)
            inside = all(value >= limit if bound == "min" else value <= limit for bound, limit in limits)
            verdict = max(verdict, 1.0) if inside else min(verdict, -1.0)
    return verdict


def _limits(figure: Figure, found: Sequence[Figure]) -> list[tuple[str, float]]:
    """The bounds for a number with a unit, also those without one where one has it; none for all other figures."""
    if not figure.unit:
        return []
    bounds = [other for other in found if _is_number(other) and other.bound and other.unit in (figure.unit, "")]
    named = any(other.unit == figure.unit for other in bounds)
    return [(other.bound, float(other.value)) for other in bounds] if named else []


def _repeats(chosen: ScoredStatement, other: ScoredStatement) -> bool:
    """Whether a statement says what another already says: the same words (twin regulations), or one is the other's lead-in."""
    mine, theirs = chosen.said, other.said
    if mine.held.text.section_id == theirs.held.text.section_id:
        spans = {(mine.statement.start, mine.statement.end)}
        return bool(spans & set(theirs.statement.lead)) or (theirs.statement.start, theirs.statement.end) in mine.statement.lead
    return mine.held.text.section_id != theirs.held.text.section_id and _alike(mine.features, theirs.features)


def _alike(mine: Features, theirs: Features) -> bool:
    both = len(mine.stems & theirs.stems)
    return both > 0.8 * max(len(mine.stems), len(theirs.stems), 1)


def section_of(chosen: ScoredStatement) -> UUID:
    """The section a statement stands in."""
    return chosen.said.held.text.section_id
