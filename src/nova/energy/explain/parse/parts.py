"""A question that was looked over in, its parts out: each clause as a question of its own, once for each period and meter that it names."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

from nova.energy.explain.parse import lexis, wishes
from nova.energy.explain.parse.against import compared, than
from nova.energy.explain.parse.asked import MOST_PARTS, Question, Refusal
from nova.energy.explain.parse.both import BY_HOW_MUCH
from nova.energy.explain.parse.clauses import Clause, clauses
from nova.energy.explain.parse.example import example
from nova.energy.explain.parse.follow import ask_of, meant
from nova.energy.explain.parse.lexis import MARKET, NOW, OWN, USUAL, WHY, Ask
from nova.energy.explain.parse.periods import PeriodMention, whole_days
from nova.energy.explain.parse.relevance import QuestionText, is_of_the_present
from nova.energy.explain.parse.subject import phrases, subject_of
from nova.energy.explain.parse.which import Choice, choose
from nova.energy.period import ONE, Period, of_days
from nova.energy.source import Meter
from nova.german import BERLIN
from nova.series import DAY, QUARTER


def parts(seen: QuestionText, choice: Choice) -> tuple[Question, ...] | Refusal:
    """Each clause as a question of its own, once for each period and meter that it names."""
    split = _clauses(seen, choice)
    made: list[Question] = []
    before = None
    for number, clause in enumerate(split):
        last = made[-1] if made else seen.last
        ask = _ask_of(clause, choice, last)
        here = meant(
            choose(clause.text, seen.meters, seen.places, ask in lexis.PRODUCES), clause.text, seen.meters, seen.spoken, seen.beside
        )
        before = here if here.explicit else before or (choice if choice.told else None)
        found = seen.within(clause) or _nearest(seen, split, number)
        asked = _asked(replace(seen, found=found), clause, ask, before or here, last)
        if isinstance(asked, Refusal):
            return asked
        made += [one for one in asked if one not in made]
        if len(made) > MOST_PARTS:
            break
    return _paired(seen.text, made)[: MOST_PARTS + 1]


_COSTS = re.compile(r"\b(?:\w*koste\w*|teuer)\b")


def _clauses(seen: QuestionText, choice: Choice) -> list[Clause]:
    """The clauses of a question; names, periods and phrases for one thing ("base und peak") stay in one piece."""
    if lexis.WINDOW.search(seen.text):
        return [Clause(seen.text, 0, len(seen.text), True)]
    together = (match.span() for match in phrases(seen.text) if " und " in match.group())
    return clauses(seen.text, [*seen.places, *choice.spans, *together], lambda text: subject_of(text) is not None)


def _ask_of(clause: Clause, choice: Choice, last: Question | None) -> Ask:
    """What a clause asks for, read without the names of meters."""
    plain = _blanked(clause.text, choice.spans) if choice.named and not lexis.WINDOW.search(clause.text) else ""
    ask = ask_of(plain if subject_of(plain) else clause.text, last) or "energy"
    if ask == "price" and choice.explicit and _is_dear(clause):
        return "cost"
    return "price" if ask == "cost" and _is_of_market(clause, last) else ask


def _is_dear(clause: Clause) -> bool:
    """Whether a clause asks what something cost in words that may mean the market."""
    return _COSTS.search(clause.text) is not None and subject_of(clause.text) in ("price", "cost")


def _is_of_market(clause: Clause, last: Question | None) -> bool:
    """Whether what a clause calls dear is the market's price: behind a question of the market, and nobody's own."""
    after_market = last is not None and last.ask in MARKET
    return after_market and "kosten" not in clause.text and not OWN.search(clause.text)


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
    windows = _windows(seen, clause, ask, last)
    if isinstance(windows, Refusal):
        return windows
    top = _top(clause, ask, windows[0][0], None if last is None else last.top)
    among = choice.several if top is not None and top.unit == "meter" else ()
    meters = _meters_of(ask, choice, among)
    if not meters:
        return Refusal(choice.problem, example(ask, seen.some_meter, seen.now), Question(ask, windows[0][0], against=windows[0][1]))
    plain = replace(
        _plain(seen, clause, Question(ask, windows[0][0]), last), why=_asks_why(clause, last) and ask != "included", top=top, among=among
    )
    made = []
    for (period, against), meter in product(windows, meters):
        one = _timed(seen, replace(plain, period=period, against=against, meter=meter))
        if isinstance(one, Refusal):
            return one
        made.append(one)
    return made


def _plain(seen: QuestionText, clause: Clause, one: Question, last: Question | None) -> Question:
    """A question with what its clause says besides; how long hours last and the unit stay those of the question before."""
    unit = wishes.told_in(clause.text) if one.ask not in MARKET else None
    return replace(
        one,
        usual=USUAL.search(clause.text) is not None,
        now=one.ask == "price" and NOW.search(clause.text) is not None,
        hours=_stretch(clause.text, one.ask) or _kept_stretch(clause, one.ask, last),
        law=seen.law,
        each=wishes.each(clause.text) if one.ask in lexis.EACHABLE else None,
        told_in=unit if unit is not None else "" if last is None else last.told_in,
    )


_OF_STRETCHES: frozenset[Ask] = frozenset({"cheapest", "dearest", "window"})
_NAMES_END = re.compile(r"\b(?:guenstigste|billigste|teuerste)\w*|\bam (?:guenstigsten|billigsten|teuersten)\b")


def _kept_stretch(clause: Clause, ask: Ask, last: Question | None) -> float | None:
    """How many hours the question before wanted, where a clause does not name the other end of the prices itself."""
    if last is None or ask not in _OF_STRETCHES:
        return None
    return last.hours if ask == last.ask or not _NAMES_END.search(clause.text) else None


def _stretch(text: str, ask: Ask) -> float | None:
    """How many hours are wanted at a stretch: "am günstigsten für 2 Stunden", but not "die 2 günstigsten Stunden"."""
    wanted = ask == "window" or (ask in ("cheapest", "dearest") and wishes.at_a_stretch(text))
    return wishes.length(text) if wanted else None


def _asks_why(clause: Clause, last: Question | None) -> bool:
    """Whether a clause asks for causes, or goes on with a question that does."""
    if WHY.search(clause.text):
        return True
    return last is not None and last.why and not clause.asks


def _top(clause: Clause, ask: Ask, period: Period, last: wishes.Top | None) -> wishes.Top | None:
    """Which of many a clause asks for; of a single day it is the hour."""
    top = wishes.top(clause.text) or wishes.again(clause.text, last) if ask in lexis.RANKABLE else None
    if top is None or top.unit != "day" or period.seconds > 25 * 3600:
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
        return Refusal(_FUTURE, example(asked.ask, asked.meter, seen.now))
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


Windows = list[tuple[Period, Period | None]]


def _windows(seen: QuestionText, clause: Clause, ask: Ask, last: Question | None) -> Windows | Refusal:
    """The periods of a clause, each with what it is held against."""
    if ask == "window":
        return [(_to_come(seen, last), None)]
    found = _of_whole(clause, seen.found)
    if not found:
        return _unnamed(seen, clause, ask, last)
    goes_on = _held_against_before(clause, found, seen.last)
    if goes_on is not None:
        return [goes_on]
    return _named(seen, clause, ask, found)


def _named(seen: QuestionText, clause: Clause, ask: Ask, found: Sequence[PeriodMention]) -> Windows | Refusal:
    """The periods that a clause names."""
    if len(found) > 1 and than(clause.text) is None:
        whole = _united([one.period for one in found]) if lexis.TOGETHER.search(clause.text) else None
        return [(whole, None)] if whole is not None else [(one.period, None) for one in found]
    period, against = compared(clause.text, found, seen.now)
    return [(period, against)] if period is not None else _no_period(seen, ask, len(found) > 1)


def _united(found: Sequence[Period]) -> Period | None:
    """Days that lie side by side as one period; None where they do not."""
    periods = sorted(found, key=lambda one: one.start)
    if any(one.end != other.start or one.hours or one.days or other.hours or other.days for one, other in pairwise(periods)):
        return None
    return Period(periods[0].start, periods[-1].end)


def _unnamed(seen: QuestionText, clause: Clause, ask: Ask, last: Question | None) -> Windows | Refusal:
    """The period of a clause that names none: the present, that of the question before, or one that is long enough to tell."""
    if is_of_the_present(clause.text, ask):
        today = seen.now.astimezone(BERLIN).date()
        return [(of_days(today, today), None)]
    if than(clause.text) is not None and not USUAL.search(clause.text):
        return _no_period(seen, ask, False)
    if last is None:
        return _unsaid(seen, ask)
    if seen.times is not None and lexis.BOTH_TIMES.search(clause.text):
        return [_both_times(*seen.times)]
    if ask in _OF_WHOLE_DAYS and ask != last.ask:
        return [(whole_days(last.period), None)]
    return [(last.period, last.against if ask == last.ask else None)]


def _both_times(first: Period, second: Period) -> tuple[Period, Period | None]:
    """Two periods as one where they lie side by side, else the later held against the other."""
    whole = _united([first, second])
    return (second, first) if whole is None else (whole, None)


_OF_WHOLE_DAYS: frozenset[Ask] = frozenset({"cheapest", "dearest", "spread", "window", "negative"})


def _held_against_before(clause: Clause, found: Sequence[PeriodMention], last: Question | None) -> tuple[Period, Period] | None:
    """The period spoken of before against the only one that is named now, behind "im Vergleich zu" or the like."""
    if last is None or len(found) != 1:
        return None
    mark = than(clause.text)
    if mark is None:
        held = BY_HOW_MUCH.search(clause.text) is not None and last.period != found[0].period
        return (found[0].period, last.period) if held else None
    return None if found[0].start < mark.start() else (last.period, found[0].period)


_SOME_WEEK = re.compile(r"(?<!pro )(?<!je )(?<!jede )(?<!unter der )\bwoche\b")


def _unsaid(seen: QuestionText, ask: Ask) -> Windows:
    """The period of a question that names none: what there is of prices, else a stretch long enough to tell; the answer says which."""
    today = seen.now.astimezone(BERLIN).date()
    if ask in MARKET:
        return [(_to_come(seen) if ask in ("cheapest", "forecast") else of_days(today, today), None)]
    if ask in ("base", "peak", "mean", "load_factor", "quality", "count"):
        return [(of_days(today - 7 * ONE, today - ONE), None)]
    if _SOME_WEEK.search(seen.text):
        monday = today - (today.weekday() + 7) * ONE
        return [(of_days(monday, monday + 6 * ONE), None)]
    first = today.replace(day=1)
    before = of_days((first - ONE).replace(day=1), first - ONE)
    running = of_days(first, today)
    return [(running, None), (before, None)] if today.day > 1 else [(before, None)]


def _of_whole(clause: Clause, found: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Where some hours or days "davon" are asked for, the whole period comes first."""
    if len(found) != 1 or "davon" not in clause.text or (found[0].period.hours is None and not found[0].period.days):
        return list(found)
    return [replace(found[0], period=replace(found[0].period, hours=None, days="")), found[0]]


def _no_period(seen: QuestionText, ask: Ask, several: bool) -> Refusal:
    sentence = "Bitte nennen Sie einen Zeitraum nach dem anderen." if several else "Für welchen Zeitraum soll ich das sagen?"
    return Refusal(sentence, example(ask, seen.some_meter, seen.now))


def _to_come(seen: QuestionText, last: Question | None = None) -> Period:
    """From now, or from the period named (or spoken of) on where that is to come, up to its end, else to the end of tomorrow."""
    today = seen.now.astimezone(BERLIN).date()
    named = seen.found[0].period if seen.found else None if last is None or last.meter is not None else whole_days(last.period)
    if named is not None and named.end <= seen.instant and "heute nacht" in seen.text:
        named = named.shifted(days=1)
    begin = seen.instant // QUARTER * QUARTER
    if named is None:
        return replace(of_days(today, today + ONE), start=begin)
    return replace(named, start=max(named.start, begin)) if named.end > begin else named
