"""A German question, the present and the meters there are in, what is asked of the data out: typed, without a model.

A question is one for data when it names something that meters or markets measure and a period or meter, and next to nothing that none of
them explains. Laws, contracts and figures of others ("der Stromverbrauch in Deutschland") are for documents: None. A question of several
parts is read as so many questions; what one part does not say, the part before (or after) says for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from nova.energy.calendar import day_bounds
from nova.energy.explain.parse import law, lexis, periods, wishes
from nova.energy.explain.parse.against import compared, than
from nova.energy.explain.parse.clauses import Clause, clauses
from nova.energy.explain.parse.lexis import MARKET, NOW, USUAL, WHY, Ask
from nova.energy.explain.parse.period import ONE, Period, Unclear, describe, of_days
from nova.energy.explain.parse.periods import PeriodMention
from nova.energy.explain.parse.relevance import QuestionText, folded, is_for_data, is_of_the_present, touches
from nova.energy.explain.parse.subject import phrases, subject_of
from nova.energy.explain.parse.which import Choice, choose
from nova.energy.explain.source import Meter
from nova.german import BERLIN
from nova.series import DAY, QUARTER

MOST_PARTS = 4  # of a question; what comes after them is said to be unanswered


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. A market has no meter.

    `why`: for causes; `usual`: against what is expected; `against`: against another period; `rival`: against another meter; `top`: which of
    many; `hours`: how long a stretch is wanted (None: nobody said); `ahead`: what is to come; `law`: words for what documents say to it.
    """

    ask: Ask
    period: Period
    meter: Meter | None = None
    why: bool = False
    usual: bool = False
    against: Period | None = None
    now: bool = False
    rival: Meter | None = None
    top: wishes.Top | None = None
    among: tuple[Meter, ...] = ()
    hours: float | None = None
    ahead: bool = False
    law: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One German sentence that says why there is no answer, and a question that would have one."""

    text: str
    next_question: str


def parse(question: str, now: datetime, meters: Sequence[Meter]) -> Question | Refusal | None:
    """The first thing that is asked of the data."""
    found = read(question, now, meters)
    return found[0] if isinstance(found, tuple) else found


def read(question: str, now: datetime, meters: Sequence[Meter]) -> tuple[Question, ...] | Refusal | None:
    """What is asked of the data, part by part (one more than `MOST_PARTS` at most).

    A Refusal where period or meter cannot be told; None where the question asks nothing of the data.
    """
    if not touches(question):
        return None
    text = folded(question, meters)
    ask = subject_of(text)
    if ask is None:
        return None
    seen = _looked_over(text, now, meters)
    choice = choose(text, meters, seen.places, ask in lexis.PRODUCES)
    if not is_for_data(seen, ask, choice):
        return None
    problem = seen.unclear or _beyond(seen, ask, choice)
    if problem:
        return Refusal(problem, _example(ask, choice.meter or seen.some_meter, now))
    words = law.words(question, text, [*seen.places, *choice.spans]) if seen.law else ""
    return _parts(replace(seen, law=words), choice)


def _looked_over(text: str, now: datetime, meters: Sequence[Meter]) -> QuestionText:
    seen = QuestionText(text, now, meters, law=law.compared(text))
    try:
        return replace(seen, found=periods.find(text, now), places=periods.spans(text, now))
    except Unclear as error:
        return replace(seen, unclear=error.message)


def _beyond(seen: QuestionText, ask: Ask, choice: Choice) -> str:
    """Why a number of the period would be the answer to another question; "" where it is the answer to this one."""
    if any(lexis.WITHOUT.search(seen.text[:start]) for start, _ in (*seen.places, *choice.spans)):
        return "Ausnehmen kann ich nichts; bitte nennen Sie die Zeiträume oder Zähler, die zählen sollen."
    if ask not in ("quality", "negative") and lexis.OFTEN.search(seen.text):
        return "Wie oft etwas vorkam oder an welchen Wochentagen, kann ich nicht zählen."
    if ask != "spread" and lexis.EACH.search(seen.text):
        return "Werte je Tag, Woche oder Monat kann ich nicht nennen, nur den eines ganzen Zeitraums."
    return ""


def _parts(seen: QuestionText, choice: Choice) -> tuple[Question, ...] | Refusal:
    """Each clause as a question of its own, once for each period and meter that it names."""
    split = _clauses(seen, choice)
    made: list[Question] = []
    before = None
    for number, clause in enumerate(split):
        last = made[-1] if made else None
        ask = _ask_of(clause, choice, last)
        here = choose(clause.text, seen.meters, seen.places, ask in lexis.PRODUCES)
        before = here if here.explicit else before or (choice if choice.told else None)
        found = seen.within(clause) or _nearest(seen, split, number)
        asked = _asked(replace(seen, found=found), clause, ask, before or here, last)
        if isinstance(asked, Refusal):
            return asked
        made += [one for one in asked if one not in made]
        if len(made) > MOST_PARTS:
            break
    return _paired(seen.text, made)[: MOST_PARTS + 1]


def _clauses(seen: QuestionText, choice: Choice) -> list[Clause]:
    """The clauses of a question; names, periods and phrases for one thing ("base und peak") stay in one piece."""
    if lexis.WINDOW.search(seen.text):
        return [Clause(seen.text, 0, len(seen.text), True)]
    together = (match.span() for match in phrases(seen.text) if " und " in match.group())
    return clauses(seen.text, [*seen.places, *choice.spans, *together], lambda text: subject_of(text) is not None)


def _ask_of(clause: Clause, choice: Choice, last: Question | None) -> Ask:
    """What a clause asks for, read without the names of meters."""
    named = choice.named and not lexis.WINDOW.search(clause.text)
    ask = subject_of(_blanked(clause.text, choice.spans) if named else clause.text) or subject_of(clause.text) or "energy"
    after_market = last is not None and last.ask in MARKET
    return "price" if ask == "cost" and after_market and "kosten" not in clause.text else ask


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the names of meters, which ask for nothing."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _nearest(seen: QuestionText, split: Sequence[Clause], number: int) -> list[PeriodMention]:
    """The periods of the last clause before that names one, else of the first after."""
    order = [*reversed(split[:number]), *split[number + 1 :]]
    return next((found for clause in order if (found := seen.within(clause))), [])


def _paired(text: str, made: Sequence[Question]) -> tuple[Question, ...]:
    """Two questions that differ in period or meter alone are one where the text holds them against each other."""
    if len(made) != 2 or not _compares(text) or not all(_comparable(one) for one in made):
        return tuple(made)
    one, other = made
    if replace(other, period=one.period) == one:
        return (replace(one, against=other.period),)
    if replace(other, meter=one.meter) == one and other.meter is not None:
        return (replace(one, rival=other.meter),)
    return tuple(made)


def _compares(text: str) -> bool:
    if lexis.COMPARE.search(text):
        return True
    return re.search(r"\boder\b|\bals\b", text) is not None and lexis.EITHER.search(text) is not None


def _comparable(one: Question) -> bool:
    return one.ask in lexis.COMPARABLE and not (one.why or one.ahead or one.against or one.top)


def _asked(seen: QuestionText, clause: Clause, ask: Ask, choice: Choice, last: Question | None) -> list[Question] | Refusal:
    """The clause as questions, or why period or meter cannot be told."""
    top = _top(seen, clause, ask)
    among = choice.several if top is not None and top.unit == "meter" else ()
    meters = _meters_of(ask, choice, among)
    if not meters:
        return Refusal(choice.problem, _example(ask, seen.some_meter, seen.now))
    windows = _windows(seen, clause, ask, last)
    if isinstance(windows, Refusal):
        return windows
    plain = Question(
        ask,
        windows[0][0],
        why=_asks_why(clause, last),
        usual=USUAL.search(clause.text) is not None,
        now=ask == "price" and NOW.search(clause.text) is not None,
        top=top,
        among=among,
        hours=wishes.length(clause.text) if ask == "window" else None,
        law=seen.law,
    )
    made = []
    for (period, against), meter in product(windows, meters):
        one = _timed(seen, replace(plain, period=period, against=against, meter=meter))
        if isinstance(one, Refusal):
            return one
        made.append(one)
    return made


def _asks_why(clause: Clause, last: Question | None) -> bool:
    """Whether a clause asks for causes, or goes on with a question that does."""
    if WHY.search(clause.text):
        return True
    return last is not None and last.why and not clause.asks


def _top(seen: QuestionText, clause: Clause, ask: Ask) -> wishes.Top | None:
    """Which of many a clause asks for; of a single day it is the hour."""
    top = wishes.top(clause.text) if ask in lexis.RANKABLE else None
    if top is None or top.unit != "day" or not seen.found or seen.found[0].period.seconds > 25 * 3600:
        return top
    return replace(top, unit="hour")


def _meters_of(ask: Ask, choice: Choice, among: Sequence[Meter]) -> list[Meter | None]:
    """The meters that are asked for one by one, only the first where they are ranked; a market has none."""
    meters: list[Meter | None]
    if ask in MARKET:
        meters = [choice.meter if ask == "forecast" else None]
    else:
        meters = [choice.meter] if choice.meter is not None else list(choice.several)
    if len(among) > 1:
        return meters[:1] if choice.meter is not None else [among[0]]
    return meters


def _timed(seen: QuestionText, asked: Question) -> Question | Refusal:
    """A question by when its period is: what is to come is for forecasts, of what runs counts what has passed."""
    market = asked.ask in MARKET
    ahead = not market and _is_ahead(seen, asked.ask, asked.period)
    period = asked.period if market or ahead else asked.period.until(seen.instant)
    if period.end <= period.start:
        return Refusal(_FUTURE, _example(asked.ask, asked.meter, seen.now))
    usual = asked.usual and asked.against is None and not (ahead or market)
    return replace(asked, period=period, why=asked.why and not ahead, usual=usual, ahead=ahead)


_FUTURE = "Dieser Zeitraum liegt in der Zukunft; dafür gibt es noch keine Messwerte."


def _is_ahead(seen: QuestionText, ask: Ask, period: Period) -> bool:
    """Whether a forecast is asked for: of what is wholly to come, or of today in words of the future."""
    if ask not in ("energy", "mean", "peak"):
        return False
    return period.start >= seen.instant or (
        period.end > seen.instant and lexis.WILL.search(seen.text) is not None and period.seconds <= 2 * DAY
    )


def _windows(seen: QuestionText, clause: Clause, ask: Ask, last: Question | None) -> list[tuple[Period, Period | None]] | Refusal:
    """The periods of a clause, each with what it is held against."""
    if ask == "window":
        return [(_to_come(seen), None)]
    found = _of_whole(clause, seen.found)
    if not found and is_of_the_present(clause.text, ask):
        today = seen.now.astimezone(BERLIN).date()
        return [(of_days(today, today), None)]
    if len(found) == 1 or than(clause.text) is not None:
        period, against = compared(clause.text, found, seen.now)
        return [(period, against)] if period is not None else _no_period(seen, ask, len(found) > 1)
    if found:
        return [(one.period, None) for one in found]
    return [(last.period, last.against)] if last is not None else _no_period(seen, ask, False)


def _of_whole(clause: Clause, found: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Where some hours or days "davon" are asked for, the whole period comes first."""
    if len(found) != 1 or "davon" not in clause.text or (found[0].period.hours is None and not found[0].period.days):
        return list(found)
    return [replace(found[0], period=replace(found[0].period, hours=None, days="")), found[0]]


def _no_period(seen: QuestionText, ask: Ask, several: bool) -> Refusal:
    sentence = "Bitte nennen Sie einen Zeitraum nach dem anderen." if several else "Für welchen Zeitraum soll ich das sagen?"
    return Refusal(sentence, _example(ask, seen.some_meter, seen.now))


def _to_come(seen: QuestionText) -> Period:
    """From now, or from the period named on where that is to come, up to its end, else to the end of tomorrow."""
    today = seen.now.astimezone(BERLIN).date()
    named = seen.found[0].period if seen.found else None
    if named is not None and named.end <= seen.instant and "heute nacht" in seen.text:
        named = named.shifted(days=1)
    begin = seen.instant // QUARTER * QUARTER
    if named is None:
        return replace(of_days(today, today + ONE), start=begin)
    return replace(named, start=max(named.start, begin)) if named.end > begin else named


def _example(ask: Ask, meter: Meter | None, now: datetime) -> str:
    """A question of this kind that has an answer."""
    yesterday = day_bounds(now.astimezone(BERLIN).date())[0] - 3600
    if ask in MARKET or meter is None:
        return "Wann war der Strompreis gestern am niedrigsten?"
    what = {"peak": "Lastspitze", "cost": "Kosten", "base": "Grundlast", "production": "Erzeugung"}.get(ask, "Verbrauch")
    day = describe(of_days(*(2 * (datetime.fromtimestamp(yesterday, BERLIN).date(),))))
    verb = "Wie hoch waren die" if what == "Kosten" else "Wie hoch war der" if what == "Verbrauch" else "Wie hoch war die"
    return f"{verb} {what} von {meter.name} {day}?"
