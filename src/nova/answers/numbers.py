"""A message that was understood in, what the data say to it out: strictly read, or because they are surely meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from nova.answers.compose.data import DataReply, ask_advice, ask_data
from nova.answers.turn.focus import Focus
from nova.answers.turn.understand import Turn, question_of
from nova.ports import DataTool
from nova.records import Scope
from nova.turns import NO_FOCUS, DataFocus, TurnKind

RULE_FITS = 0.25  # likelihood from which on a rule answers what was not taken for a question of law
SURELY_RULE, HARDLY = 0.5, 0.06  # the same for what was taken for a question for data, where the law is not out of the question
ADVICE_SURE = 0.4  # likelihood from which on advice is given from one's own figures
SURELY_ELSE = 0.85  # likelihood from which on what goes on with numbers wants something else all the same
FEWEST_WORDS = 4  # of a clause
_TAKEN_FOR: frozenset[TurnKind] = frozenset({"advice", "unclear", "help", "outside"})
_CLAUSES = re.compile(r"(?<=[?!])\s+|(?<=[^\W\d]\.)\s+|,?\s+und\s+")  # "am 22.10. im Haus" is one
NOTHING = DataReply(None)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who knows data, whose they may tell, and when it is."""

    tools: Sequence[DataTool]
    scope: Scope
    now: datetime

    def strictly(self, text: str, before: DataFocus = NO_FOCUS) -> DataReply:
        """What the data say where a message is for them by its own words, or goes on with what they said before."""
        return ask_data(self.tools, text, self.scope, self.now, before)

    def surely(self, text: str, before: DataFocus) -> DataReply:
        """What the data say to a message that is known to be for them."""
        return ask_data(self.tools, text, self.scope, self.now, before, sure=True)


def of_data(turn: Turn, focus: Focus, asked: Asked) -> DataReply:
    """What the data say, first read strictly; where the message wants data, or goes on with theirs, it is answered or asked back.

    A rule of law that fits goes before asking back: "Rechnung mehr als doppelt so hoch, muss ich zahlen?" wants no meter.
    """
    if turn.kind == "talk" and not turn.english:
        return NOTHING
    if turn.kind == "advice" and turn.chances["advice"] >= ADVICE_SURE:
        return ask_advice(asked.tools, turn.text, asked.scope, asked.now, focus.data)
    return _whole(turn, focus, asked)


def _whole(turn: Turn, focus: Focus, asked: Asked) -> DataReply:
    rather_law = _is_rather_law(turn)
    strict = _strictly(turn, focus, asked)
    if strict.told is not None and (strict.answers or turn.kind == "data" or not rather_law):
        return replace(strict, whole=strict.answers)
    return NOTHING if rather_law or not _is_sure(turn, focus) else asked.surely(turn.text, focus.data)


def _strictly(turn: Turn, focus: Focus, asked: Asked) -> DataReply:
    """What the data say to a message by its own words, or to the question of a long one."""
    before = focus.data if turn.follows or focus.kind in ("data", "mixed") else NO_FOCUS
    strict, question = asked.strictly(turn.text, before), question_of(turn.text)
    return strict if strict.answers or question == turn.text else asked.strictly(question, before)


def parted(turn: Turn, asked: Asked) -> tuple[DataReply, str]:
    """What the data say to one clause of a message that asks the law something, too, and the other clauses: two questions, two answers."""
    clauses = [one for one in _CLAUSES.split(turn.text) if len(one.split()) >= FEWEST_WORDS]
    if len(clauses) < 2:
        return NOTHING, ""
    for at, clause in enumerate(clauses):
        told = asked.strictly(clause if clause.endswith("?") else f"{clause}?")
        if told.answers:
            return told, " ".join(other for number, other in enumerate(clauses) if number != at)
    return NOTHING, ""


def _is_rather_law(turn: Turn) -> bool:
    """Whether a rule fits so well that the law is meant, though the message may be read as one for data."""
    if turn.kind == "data":
        return not turn.follows and turn.best >= SURELY_RULE and turn.chances["law"] >= HARDLY
    return turn.best >= RULE_FITS


def _is_sure(turn: Turn, focus: Focus) -> bool:
    """Whether a message is surely for the data: it wants them, or goes on with an answer of theirs."""
    if turn.for_data:
        return True
    goes_on = turn.follows and bool(focus.data.asked) and focus.kind in ("data", "mixed")
    return goes_on and turn.sure < SURELY_ELSE and (turn.kind in _TAKEN_FOR or (turn.kind == "law" and turn.best < RULE_FITS))
