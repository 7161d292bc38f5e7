"""A German question, the present and the meters there are in, what is asked of the data out: typed, without a model.

A question is one for data when it names something that meters or markets measure and a period or meter, and next to nothing that none of
them explains; or when somebody knows that it is, or it goes on with one that was. Laws, contracts and figures of others ("der
Stromverbrauch in Deutschland") are for documents: None. A question of several parts is read as so many questions; what one part does not
say, the part before (or after) says for it, and what the question does not say, the one before it in the conversation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from nova.energy.explain.parse import law, lexis, periods
from nova.energy.explain.parse.asked import ALONE, Before, Question, Refusal
from nova.energy.explain.parse.bare import in_full
from nova.energy.explain.parse.both import is_held, of_both
from nova.energy.explain.parse.example import example
from nova.energy.explain.parse.figure_wanted import in_trade_words
from nova.energy.explain.parse.follow import ask_of, meant, says
from nova.energy.explain.parse.hours import all_at_their_time
from nova.energy.explain.parse.lexis import Ask
from nova.energy.explain.parse.parts import parts
from nova.energy.explain.parse.places import Place, is_free
from nova.energy.explain.parse.relevance import QuestionText, folded, goes_on, is_for_data, touches
from nova.energy.explain.parse.shares import beside_others
from nova.energy.explain.parse.story import asked_in
from nova.energy.explain.parse.which import Choice, choose, is_name_alone, named_places
from nova.energy.period import Unclear, of_days
from nova.energy.source import Meter
from nova.german import BERLIN
from nova.language.fold import fold
from nova.series import DAY, HOUR


def parse(question: str, now: datetime, meters: Sequence[Meter]) -> Question | Refusal | None:
    """The first thing that is asked of the data."""
    found = read(question, now, meters)
    return found[0] if isinstance(found, tuple) else found


def read(question: str, now: datetime, meters: Sequence[Meter], before: Before = ALONE) -> tuple[Question, ...] | Refusal | None:
    """What is asked of the data, part by part (one more than `MOST_PARTS` at most).

    A Refusal where period or meter cannot be told; None where the question asks nothing of the data. With `before` it goes on with that:
    what it does not say, the question before says for it.
    """
    if not (before.sure or before.asked or touches(question)):
        return None
    question = asked_in(question, now, meters, surely=before.sure)
    text = _in_full_words(folded(question, meters), before, meters)
    seen = _looked_over(text, now, meters, before)
    choice = meant(choose(text, meters, seen.places, seen.produces), text, meters, before.meter, before.several)
    ask = _asked_for(seen, choice, before)
    if ask is None:
        return None
    problem = seen.unclear or _beyond(seen, ask, choice)
    if problem:
        return Refusal(problem, example(ask, choice.meter or seen.some_meter, now))
    again = of_both(text, before.asked, choice, seen)
    if again is not None:
        return (again,)
    words = law.words(question, text, [*seen.places, *choice.spans]) if seen.law else ""
    found = beside_others(parts(replace(seen, law=words), choice), replace(seen, law=words), before, fold(question))
    return all_at_their_time(found, before.last, fold(question), now)


def _in_full_words(text: str, before: Before, meters: Sequence[Meter]) -> str:
    """What it leaves to the question before, and its figure where it is surely for data: elsewhere its own words say whether it is."""
    text = in_full(text, before.last)
    said = says(text, before.last)
    if not before.sure or is_held(text) or is_name_alone(text, meters) or (said is None and _SHOWN.search(text)):
        return text
    return in_trade_words(text, said, before.last)


_SHOWN = re.compile(r"\bwas (?:stand|steht|zeigt\w*|sagt\w*)\b.*\b(?:da|dort|drauf|darauf|an|zaehler\w*)\b")


def _asked_for(seen: QuestionText, choice: Choice, before: Before) -> Ask | None:
    """What is asked of the data; None where nothing is."""
    if before.sure:
        return seen.ask or ("energy" if choice.told or seen.dated else None)
    ask = seen.ask
    return ask if ask is not None and (goes_on(seen, ask, choice) or is_for_data(seen, ask, choice)) else None


def _looked_over(text: str, now: datetime, meters: Sequence[Meter], before: Before) -> QuestionText:
    last = before.last
    names = named_places(text, meters)
    seen = QuestionText(
        text, now, meters, law=law.compared(text), last=last, spoken=before.meter, beside=before.several, times=before.times,
        ask=ask_of(text, last),
    )  # fmt: skip
    period = None if last is None else last.period
    try:
        found, places = periods.find(text, now, names, period), periods.spans(text, now, names, period)
    except Unclear as error:
        return _of_today(seen, names) if before.sure else replace(seen, unclear=error.message)
    return replace(seen, found=found, places=places)


def _of_today(seen: QuestionText, names: Sequence[Place]) -> QuestionText:
    """A time of day that nobody says the day of is today's, of weekends and the like nothing is known."""
    today = seen.now.astimezone(BERLIN).date()
    try:
        day = of_days(today, today)
        return replace(seen, found=periods.find(seen.text, seen.now, names, day), places=periods.spans(seen.text, seen.now, names, day))
    except Unclear as error:
        return replace(seen, unclear=error.message)


def _is_counted(seen: QuestionText, ask: Ask) -> bool:
    """Whether it is asked how often something was, or on which days of the week over more than one."""
    if lexis.WEEKDAY.search(seen.text) and not _is_of_a_week(seen):
        return True
    return ask not in ("quality", "negative") and lexis.OFTEN.search(seen.text) is not None


def _is_of_a_week(seen: QuestionText) -> bool:
    """Whether the period is a week at most, so that each day of the week is one day of it."""
    periods_asked = [one.period for one in seen.found] or ([] if seen.last is None else [seen.last.period])
    return bool(periods_asked) and all(one.seconds <= 7 * DAY + HOUR for one in periods_asked)


def _beyond(seen: QuestionText, ask: Ask, choice: Choice) -> str:
    """Why a number of the period would be the answer to another question; "" where it is the answer to this one."""
    if any(is_free(one.span(), choice.spans) for one in lexis.NOT_POWER.finditer(seen.text)):
        return "Gemessen ist hier nur Strom: Werte für Gas, Wasser und Wärme habe ich nicht."
    if any(lexis.WITHOUT.search(seen.text[:start]) for start, _ in (*seen.places, *choice.spans)):
        return "Ausnehmen kann ich nichts; bitte nennen Sie die Zeiträume oder Zähler, die zählen sollen."
    if _is_counted(seen, ask):
        return "Wie oft etwas vorkam oder an welchen Wochentagen, kann ich nicht zählen."
    if ask not in ("spread", *lexis.EACHABLE) and lexis.EACH.search(seen.text):
        return "Werte je Tag, Woche oder Monat kann ich nicht nennen, nur den eines ganzen Zeitraums."
    return ""
