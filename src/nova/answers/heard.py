"""A message in, how it is answered out: what is wanted, what the data say to it, and whether documents are searched, and for what."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nova.answers.check.abstain import Refusal
from nova.answers.compose.data import DataReply
from nova.answers.numbers import FEWEST_WORDS, RULE_FITS, SURELY_RULE, Asked, of_data, parted
from nova.answers.rules.map import Hit, RuleMap
from nova.answers.turn.focus import Focus
from nova.answers.turn.helping import HelpBook
from nova.answers.turn.spoken import Spoken, back, cannot_do, spoken
from nova.answers.turn.translate import in_german
from nova.answers.turn.understand import Turn, names_law, understand
from nova.answers.turn.wanted import wanted
from nova.answers.work import Work
from nova.ports import DataTool
from nova.records import DataAnswer, Scope, Sentence
from nova.turns import TurnKind

HELP_FITS = 0.45  # nearness from which on help is told without a look at the documents
NEVER = 9.0
BESIDE_RULE: Mapping[TurnKind, float] = {"mixed": 0.15, "law": 0.4}  # the same for a rule beside a number
MAYBE_LAW = 0.25  # likelihood from which on documents are searched where the data know nothing
LAW_BESIDE = 0.6  # likelihood from which on a clause beside one for the data asks the law
MAY_BE_TWO: frozenset[TurnKind] = frozenset({"mixed", "data", "law", "outside"})
OTHER = "Zum anderen Teil Ihrer Frage"
IN_ENGLISH = "Your documents say nothing about that."
HARDLY_EVER = 0.01  # likelihood of the law below which it makes no difference any more
_OF_LAW: frozenset[TurnKind] = frozenset({"law", "mixed", "action"})
_AT_ONCE: frozenset[TurnKind] = frozenset({"talk", "help"})


@dataclass(frozen=True, slots=True)
class Other:
    """What a message asks the law beside what it asks the data, and the rules that may answer it."""

    text: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was understood. `searches`: documents are asked; `prelude` is said before what they say.

    `spoken` is said without documents; where they are searched all the same, only if none of them answers. `other` is what a message asks
    the law beside the data.
    """

    turn: Turn
    focus: Focus
    said: DataReply
    spoken: Spoken | None
    searches: bool
    prelude: str = ""
    other: Other | None = None

    @property
    def kind(self) -> TurnKind:
        """What is wanted: both where it asks the data and the law."""
        return "mixed" if self.other is not None else self.turn.kind

    @property
    def beside(self) -> bool:
        """Whether documents only stand beside what the data say."""
        return self.said.answers

    @property
    def has_words(self) -> bool:
        """Whether there is something to say where documents do not answer."""
        return self.spoken is not None or (self.said.told is not None and self.said.told.asks_back)

    @property
    def doubt(self) -> float:
        """How much rather something else than the law is wanted: the logarithm of how many times likelier it is, 0 where the law may be."""
        if self.beside or self.other is not None or self.turn.kind in _OF_LAW:
            return 0.0
        likely = self.turn.chances["law"] + self.turn.chances["mixed"]
        return max(0.0, math.log(self.turn.sure / max(likely, HARDLY_EVER)))

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The rules that may answer."""
        return self.other.hits if self.other is not None else self.turn.hits

    @property
    def about(self) -> tuple[str, ...]:
        """The provisions that it goes on with."""
        return self.turn.about.norms if self.turn.about is not None else ()

    @property
    def in_full(self) -> str:
        """What is looked up, with the title of the rule that a message goes on with: who writes must know what it speaks of."""
        title = self.hits[0].rule.title if self.turn.follows and self.turn.about is not None and self.hits else ""
        return f"{title}: {self.look_up}" if title else self.look_up

    @property
    def look_up(self) -> str:
        """What documents are searched for: the message, or the rule that it holds its number against."""
        if self.other is not None:
            return self.other.text
        terms = self.said.told.terms if self.said.told is not None else ()
        return " ".join(terms) if terms and self.turn.kind != "mixed" else self.turn.in_words

    def sentences(self) -> list[Sentence]:
        """What is said without documents."""
        if self.spoken is not None:
            return [Sentence(text, (), True) for text in self.spoken.sentences]
        if self.said.answers:
            return self.said.sentences
        return [Sentence(self.said.refusal.text, (), True)] if self.said.refusal else []

    def told(self, refusal: Refusal | None, work: Work) -> Iterator[Sentence]:
        """What the data say comes first, then what documents say to it; a refusal of the documents is not said where the data answer."""
        yield from self.said.sentences
        if self.prelude:
            yield Sentence(self.prelude, (), True)
        if refusal is not None:
            yield from self._refused(refusal)
        else:
            yield from work.composed() if self.beside else work.write()

    def _refused(self, refusal: Refusal) -> Iterator[Sentence]:
        """A refusal beside an answer is said where the law was asked, too."""
        if self.other is not None:
            yield Sentence(f"{OTHER}: {self._in_words(refusal)}", (), True)
        elif not (self.beside or self.prelude):
            yield Sentence(self._in_words(refusal), (), True)

    def _in_words(self, refusal: Refusal) -> str:
        return IN_ENGLISH if self.turn.english and self.spoken is None else refusal.text


def listen(text: str, focus: Focus, rules: RuleMap, helps: HelpBook, tools: Sequence[DataTool], scope: Scope, now: datetime) -> Heard:
    """Understand a message, ask the data where it may be for them, and decide who answers."""
    turn = understand(text, focus, rules, helps)
    asked = Asked(tools, scope, now)
    if turn.kind in MAY_BE_TWO and (other := _other(turn, asked, rules)) is not None:
        return Heard(turn, focus, other[0], None, searches=True, other=other[1])
    said = of_data(turn, focus, asked)
    if said.told is not None:
        return Heard(turn, focus, said, None, _has_law_beside(turn, said.told, said.whole) or (said.told.asks_back and _may_be_law(turn)))
    return _without_data(turn, focus, scope, now)


def _without_data(turn: Turn, focus: Focus, scope: Scope, now: datetime) -> Heard:
    """Who answers what the data do not."""
    nothing = DataReply(None)
    if turn.kind == "action":
        return _cannot(turn, focus, now)
    if turn.kind == "law" or (turn.kind not in _AT_ONCE and turn.chances["law"] + turn.chances["mixed"] >= MAYBE_LAW):
        return Heard(turn, focus, nothing, None, searches=True)
    told = spoken(turn, now, asked_back=focus.asked_back, staff=scope.staff) or back(turn, now, asked_back=focus.asked_back)
    return Heard(turn, focus, nothing, told, _is_worth_a_search(turn, told))


def _other(turn: Turn, asked: Asked, rules: RuleMap) -> tuple[DataReply, Other] | None:
    """What the data say to one clause of a message, and what it asks the law in the others; None where it has no two such clauses."""
    told, rest = parted(turn, asked)
    if not told.answers:
        return None
    words = in_german(rest) if turn.english else rest
    near = rules.near(words)
    fits = turn.kind != "data" and bool(near) and near[0].score >= RULE_FITS
    asks_law = turn.kind == "mixed" or fits or names_law(rest) or wanted(rest).chances["law"] >= LAW_BESIDE
    return (told, Other(words, _both(near, turn.hits))) if asks_law else None


def _both(near: Sequence[Hit], whole: Sequence[Hit]) -> tuple[Hit, ...]:
    """The rules near to a clause and to the whole message: what both are near to comes first."""
    scores: dict[str, Hit] = {}
    for hit in (*near, *whole):
        known = scores.get(hit.rule.key)
        scores[hit.rule.key] = Hit(hit.rule, min(1.0, hit.score + (known.score if known else 0.0)))
    return tuple(sorted(scores.values(), key=lambda hit: -hit.score))


def _is_worth_a_search(turn: Turn, told: Spoken) -> bool:
    """Whether what was taken for something else may be a question to documents after all."""
    if turn.kind == "talk" or (told.outcome == "asked_back" and len(turn.text.split()) < FEWEST_WORDS):
        return False
    return told.outcome != "help" or min(turn.nearness, turn.sure) < HELP_FITS or turn.best >= SURELY_RULE


def _has_law_beside(turn: Turn, told: DataAnswer, whole: bool) -> bool:
    """Whether documents are asked beside the data: for the rule that a number is held against, or because the law was asked, too.

    Where the data answer all of its words, nothing is left to ask the law.
    """
    if told.terms:
        return True
    return not (told.asks_back or whole) and turn.best >= BESIDE_RULE.get(turn.kind, NEVER)


def _cannot(turn: Turn, focus: Focus, now: datetime) -> Heard:
    """What is said to a wish that Luna cannot fulfil: that, and the rule for it where one fits."""
    fits, prelude = turn.best >= RULE_FITS, cannot_do(turn, now)
    return Heard(turn, focus, DataReply(None), None if fits else Spoken((prelude,), "help"), fits, prelude)


def _may_be_law(turn: Turn) -> bool:
    return turn.best >= RULE_FITS or turn.chances["law"] + turn.chances["mixed"] >= MAYBE_LAW
