"""A folded message and the questions before it in, the last two of them as one out: held against each other, or added up."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nova.energy.explain.parse import lexis
from nova.energy.explain.parse.asked import Question
from nova.energy.explain.parse.follow import MONEY
from nova.energy.explain.parse.lexis import MARKET, Ask
from nova.energy.explain.parse.relevance import QuestionText
from nova.energy.explain.parse.subject import subject_of
from nova.energy.explain.parse.which import Choice
from nova.energy.source import Meter

BY_HOW_MUCH = re.compile(
    r"\bum wie ?viel (?:\w+ ){0,5}(?:mehr|weniger|hoeher|niedriger|teurer|billiger|guenstiger|sparsamer|drueber|drunter)\b"
)
_HELD = re.compile(
    r"\b(?:unterschied\w*|differenz|delta|gestiegen oder gefallen|gefallen oder gestiegen|abstand|prozent|prozentual\w*|veraenderung"
    r"|wie ?viel (?:mehr|weniger|hoeher|niedriger|teurer|billiger)"
    r"|um wie ?viel (?:\w+ ){0,5}(?:mehr|weniger|hoeher|niedriger|teurer|billiger|guenstiger|sparsamer|drueber|drunter)"
    r"|(?:wer|welcher|was) (?:ist|war|braucht|hat) (?:da )?(?:sparsamer|guenstiger|teurer|mehr|weniger|hoeher|niedriger)"
    r"|(?:ist|sind|war|waren) das (?:jetzt )?(?:mehr|weniger|viel|wenig)|mehr oder weniger)\b|%"
)
_ADDED = re.compile(
    r"^(?:(?:und|was|wie ?viel|das|ist|sind|macht|waere|waren) )*(?:zusammen|insgesamt|gesamt|in summe|summe|summiert|addiert)\W*$"
)
_EXTREMES: frozenset[Ask] = frozenset({"cheapest", "dearest"})


def of_both(text: str, asked: Sequence[Question], choice: Choice, seen: QuestionText) -> Question | None:
    """The last two questions as one, held against each other or added up; None where a text asks for anything else."""
    if not asked or seen.dated or (choice.told and not _means_those(choice, asked, text)):
        return None
    if _HELD.search(text) is not None:
        return _against(text, asked, seen.meters)
    return _added_up(asked) if _ADDED.search(text) is not None else None


def _means_those(choice: Choice, asked: Sequence[Question], text: str) -> bool:
    """Whether "beide" are the meters that were spoken of, held against each other."""
    spoken = {part for one in asked[-2:] if one.meter is not None for part in one.meter.parts or (one.meter.meter_id,)}
    return choice.meter is not None and choice.summed and set(choice.meter.parts) == spoken and _HELD.search(text) is not None


def _against(text: str, asked: Sequence[Question], meters: Sequence[Meter]) -> Question | None:
    """The last question held against the one before it ("Wie groß ist der Unterschied?"), or the two meters of a sum against each other."""
    last = asked[-1]
    if _compares(last):
        return _as_money(last, text)
    if last.ask in _EXTREMES:
        return replace(last, ask="spread")
    if not (_is_as_money(last, text) or subject_of(text) in (None, last.ask, "spread")):
        return None
    pair = (_held_pair(asked[-2], last) if len(asked) > 1 else None) or _held_parts(last, meters)
    return None if pair is None else _as_money(pair, text)


def _is_as_money(one: Question, text: str) -> bool:
    return one.ask == "energy" and one.meter is not None and MONEY.search(text) is not None


def _as_money(one: Question, text: str) -> Question:
    """What a difference of energy costs: "was macht der Unterschied in Euro?"."""
    return replace(one, ask="cost") if _is_as_money(one, text) else one


def is_held(text: str) -> bool:
    """Whether a text holds something against what was told before, or adds both up."""
    return _HELD.search(text) is not None or _ADDED.search(text) is not None


def _added_up(asked: Sequence[Question]) -> Question | None:
    """What lies side by side as one ("macht zusammen?")."""
    if len(asked) < 2:
        return None
    one, last = sorted(asked[-2:], key=lambda each: each.period.start)
    beside = one.period.end == last.period.start and one.period.hours == last.period.hours and one.period.days == last.period.days
    if not beside or one.ask not in lexis.EACHABLE or replace(one, period=last.period) != last:
        return None
    return replace(last, period=replace(last.period, start=one.period.start))


def _compares(one: Question) -> bool:
    """Whether a question that has what it needs holds something against something already."""
    return (one.against is not None or one.rival is not None) and (one.meter is not None or one.ask in MARKET)


def _held_parts(last: Question, meters: Sequence[Meter]) -> Question | None:
    """The first of the two meters that were added up against the second."""
    if last.meter is None or len(last.meter.parts) != 2 or last.ask not in lexis.COMPARABLE:
        return None
    one, other = (next((meter for meter in meters if meter.meter_id == part), None) for part in last.meter.parts)
    return None if one is None or other is None else replace(last, meter=one, rival=other)


def _held_pair(one: Question, last: Question) -> Question | None:
    """The later of two questions held against the other, where they differ in period or meter alone."""
    if one.ask != last.ask or last.ask not in lexis.COMPARABLE or (last.meter is None and last.ask not in MARKET):
        return None
    if one.meter == last.meter:
        one, last = sorted((one, last), key=lambda each: each.period.start)
        return replace(last, against=one.period) if one.period != last.period else None
    return replace(last, rival=one.meter) if one.period == last.period and one.meter is not None else None
