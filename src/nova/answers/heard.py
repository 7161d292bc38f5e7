"""A message in, how it is answered out: what is wanted, what the data say to it, and whether documents are searched, and for what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from nova.answers.check.abstain import Refusal
from nova.answers.compose.data import DataReply, ask_advice, ask_data
from nova.answers.rules.map import Hit, RuleMap
from nova.answers.turn.focus import Focus
from nova.answers.turn.helping import HelpBook
from nova.answers.turn.spoken import Spoken, back, cannot_do, spoken
from nova.answers.turn.understand import Turn, understand
from nova.answers.work import Work
from nova.ports import DataTool
from nova.records import NO_FOCUS, Scope, Sentence, TurnKind

RULE_FITS = 0.35  # nearness from which on a rule answers what was not taken for a question of law
SURELY_RULE, HARDLY = 0.5, 0.06  # the same for what was taken for a question for data, where the law is not out of the question
ADVICE_SURE, BESIDE_RULE = 0.4, 0.15
MAYBE_LAW = 0.25  # likelihood from which on documents are searched where the data know nothing
FEWEST_WORDS = 4
IN_ENGLISH = "Your documents say nothing about that."
_CLAUSES = re.compile(r"(?<=[?.!])\s+|,?\s+und\s+")
_NEVER_DATA: frozenset[TurnKind] = frozenset({"talk", "help"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was understood. `searches`: documents are asked; `prelude` is said before what they say."""

    turn: Turn
    focus: Focus
    said: DataReply
    spoken: Spoken | None
    searches: bool
    prelude: str = ""

    @property
    def beside(self) -> bool:
        """Whether documents only stand beside what the data say."""
        return self.said.answers

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The rules that may answer."""
        return self.turn.hits

    @property
    def look_up(self) -> str:
        """What documents are searched for: the message, or the rule that it holds its number against."""
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
            yield from [] if self.beside or self.prelude else [Sentence(IN_ENGLISH if self.turn.english else refusal.text, (), True)]
        else:
            yield from work.composed() if self.beside else work.write()


def listen(text: str, focus: Focus, rules: RuleMap, helps: HelpBook, tools: Sequence[DataTool], scope: Scope, now: datetime) -> Heard:
    """Understand a message, ask the data where it may be for them, and decide who answers."""
    turn = understand(text, focus, rules, helps)
    said = _asked_of_data(turn, focus, tools, scope, now)
    if said.told is not None:
        beside = turn.kind == "mixed" and not said.told.asks_back and turn.best >= BESIDE_RULE
        return Heard(turn, focus, said, None, beside or bool(said.told.terms))
    if turn.kind == "action":
        fits = turn.best >= RULE_FITS
        prelude = cannot_do(turn, now)
        return Heard(turn, focus, said, None if fits else Spoken((prelude,), "help"), fits, prelude)
    if turn.kind in ("data", "outside", "advice", "unclear") and not _may_be_law(turn):
        kind = spoken(turn, now, asked_back=focus.asked_back, staff=scope.staff) or back(turn, now, asked_back=focus.asked_back)
        return Heard(turn, focus, said, kind, False)
    told = spoken(turn, now, asked_back=focus.asked_back, staff=scope.staff) if turn.kind in _NEVER_DATA else None
    return Heard(turn, focus, said, told, told is None)


def _asked_of_data(turn: Turn, focus: Focus, tools: Sequence[DataTool], scope: Scope, now: datetime) -> DataReply:
    """What the data say: first read strictly; where the message wants data, or goes on with theirs, so that it is answered or asked back.

    A rule of law that fits goes before asking back: "Rechnung mehr als doppelt so hoch, muss ich zahlen?" wants no meter.
    """
    if turn.kind == "talk" and not turn.english:
        return DataReply(None)
    if turn.kind == "advice" and turn.chances["advice"] >= ADVICE_SURE:
        return ask_advice(tools, turn.text, scope, now, focus.data)
    if turn.kind == "mixed":
        clause = _clause_for_data(turn, tools, scope, now)
        if clause.told is not None:
            return clause
    strict = ask_data(tools, turn.text, scope, now, focus.data if turn.follows or focus.kind in ("data", "mixed") else NO_FOCUS)
    if strict.told is not None and (strict.answers or not _rather_law(turn)):
        return strict
    if not _sure(turn, focus) or _rather_law(turn):
        return DataReply(None)
    return ask_data(tools, turn.text, scope, now, focus.data, sure=True)


def _clause_for_data(turn: Turn, tools: Sequence[DataTool], scope: Scope, now: datetime) -> DataReply:
    """What the data say to one clause of a message that asks the law something, too: two questions, two answers."""
    clauses = [one for one in _CLAUSES.split(turn.text) if len(one.split()) >= FEWEST_WORDS]
    if len(clauses) < 2:
        return DataReply(None)
    told = (ask_data(tools, one if one.endswith("?") else f"{one}?", scope, now) for one in clauses)
    return next((one for one in told if one.answers), DataReply(None))


def _rather_law(turn: Turn) -> bool:
    if turn.follows and turn.kind == "data":
        return False
    return (turn.kind != "data" and turn.best >= RULE_FITS) or (turn.best >= SURELY_RULE and turn.chances["law"] >= HARDLY)


def _sure(turn: Turn, focus: Focus) -> bool:
    """Whether a message is surely for the data: it wants them, or goes on with an answer of theirs."""
    if turn.for_data:
        return True
    return turn.follows and bool(focus.data.asked) and focus.kind in ("data", "mixed") and turn.kind in ("advice", "unclear")


def _may_be_law(turn: Turn) -> bool:
    return turn.best >= RULE_FITS or turn.chances["law"] + turn.chances["mixed"] >= MAYBE_LAW
