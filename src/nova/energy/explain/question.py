"""A German question, the present and the meters there are in, what is asked of the data out: typed, without a model.

A question is one for data when it names something that meters or markets measure and a period or meter, and next to nothing that none of
them explains. Laws, contracts and figures of others ("der Stromverbrauch in Deutschland") are for documents: None.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nova.energy.calendar import BERLIN, day_bounds
from nova.energy.explain import periods
from nova.energy.explain.lexis import (
    ASKS,
    BEFORE,
    DOCUMENTS,
    MARKET,
    MARKET_WORDS,
    NOW,
    SPARE,
    SPELLER,
    SUBJECTS,
    THAN,
    USUAL,
    WHY,
    Ask,
)
from nova.energy.explain.period import Period, Unclear, describe, of_days
from nova.energy.explain.periods import Found
from nova.energy.explain.source import Meter
from nova.energy.explain.which import OWN, Choice, choose
from nova.language.fold import fold, tokens
from nova.language.stems import is_stop

LONGEST = 400  # characters; what is longer tells a story, and looking it through takes more than its length


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `why`: for causes; `usual`: against what is expected; `against`: against another period. A market has no meter."""

    ask: Ask
    period: Period
    meter: Meter | None = None
    why: bool = False
    usual: bool = False
    against: Period | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """One German sentence that says why there is no answer, and a question that would have one."""

    text: str
    next_question: str


def parse(question: str, now: datetime, meters: Sequence[Meter]) -> Question | Refusal | None:
    """What is asked of the data; a Refusal where period or meter cannot be told; None where the question asks nothing of them."""
    if not touches(question):
        return None
    text = _tidy(" ".join(fold(question).split()), meters)
    ask = _subject(text)
    if ask is None:
        return None
    unclear = None
    found: list[Found] = []
    places: list[tuple[int, int]] = []
    try:
        found, places = periods.find(text, now), periods.spans(text, now)
    except Unclear as error:
        unclear = error.message
    produces = ask in ("production", "feed_in", "self_use", "autarky")
    choice = choose(text, meters, places, produces)
    if not _is_for_data(text, ask, places, choice, unclear is not None):
        return None
    if unclear is not None:
        return Refusal(unclear, _example(ask, choice.meter or (meters[0] if meters else None), now))
    return _asked(text, ask, found, choice, now, meters)


def touches(question: str) -> bool:
    """Whether it may be one for data: told from its words alone, before anything is read."""
    if len(question) > LONGEST:
        return False
    text = _tidy(" ".join(fold(question).split()), ())
    return _subject(text) is not None and DOCUMENTS.search(text) is None and ASKS.search(text) is not None


def _tidy(text: str, meters: Sequence[Meter]) -> str:
    """The text with slips of the pen in the words of this trade mended; names of meters stay as they are."""
    names = {token.form for meter in meters for token in tokens(fold(meter.name))}
    out = list(text)
    for token in reversed(tokens(text)):
        word = text[token.start : token.end]
        better = None if word in names or is_stop(word) or _explained(word, word) else SPELLER.correct(word)
        if better is not None:
            out[token.start : token.end] = better
    return "".join(out)


def _subject(text: str) -> Ask | None:
    ask = next((ask for ask, words in SUBJECTS if re.search(rf"(?<![\w-])(?:{words})(?!\w)", text)), None)
    market = MARKET_WORDS.search(text)
    if ask == "cost" and market and not re.search(r"fixtarif|festpreis|fixpreis|\w*kosten\b", text):
        return "price"
    if ask == "cost" and re.search(r"strom\b.* (?:teuer|teurer)", text) and not OWN.search(text):
        return "price"
    if ask == "peak" and re.search(r"preis", text):
        return "products"
    if ask == "cheapest" and not re.search(r"strom|preis|stunde|uhr|zeit|wann|kwh", text):
        return None
    return ask


def _is_for_data(text: str, ask: Ask, places: Sequence[tuple[int, int]], choice: Choice, unclear: bool) -> bool:
    """Whether a period or meter is named, and how many words nothing explains: none beside a period alone, two beside a named meter."""
    own = OWN.search(text) is not None
    if not (places or unclear or choice.named or own or (ask in MARKET and NOW.search(text))):
        return False
    spans = [*places, *choice.spans]
    left = []
    for token in tokens(text):
        word = text[token.start : token.end]
        inside = any(start < token.end and token.start < end for start, end in spans)
        if not inside and not is_stop(word) and not _explained(word, text) and not (unclear and word[0].isdigit()):
            left.append(word)
    dated = bool(places) or unclear
    return len(left) <= (2 if choice.named and dated else 1 if own and dated else 0)


def _explained(word: str, text: str) -> bool:
    if SPARE.fullmatch(word) or OWN.fullmatch(word):
        return True
    return any(re.fullmatch(words, word) for _, words in SUBJECTS) or any(
        word in match.group() for _, words in SUBJECTS for match in re.finditer(rf"(?<![\w-])(?:{words})(?!\w)", text)
    )


def _asked(text: str, ask: Ask, found: Sequence[Found], choice: Choice, now: datetime, meters: Sequence[Meter]) -> Question | Refusal:
    """The question with its period and meter, or why they cannot be told."""
    meter = None if ask in MARKET else choice.meter
    if ask not in MARKET and meter is None:
        first = meters[0] if meters else None
        return Refusal(choice.problem, _example(ask, first, now))
    period, against = _compared(text, found, now)
    at_once = ask == "price" and NOW.search(text) is not None
    if period is None and ask in MARKET and NOW.search(text):
        period = of_days(now.astimezone(BERLIN).date(), now.astimezone(BERLIN).date())
    if period is None:
        several = len(found) > 1
        sentence = "Bitte nennen Sie einen Zeitraum nach dem anderen." if several else "Für welchen Zeitraum soll ich das sagen?"
        return Refusal(sentence, _example(ask, meter, now))
    instant = int(now.timestamp())
    if ask not in MARKET:
        period = period.until(instant)
        if period.end <= period.start:
            return Refusal("Dieser Zeitraum liegt in der Zukunft; dafür gibt es noch keine Messwerte.", _example(ask, meter, now))
    why = WHY.search(text) is not None
    usual = USUAL.search(text) is not None and against is None
    return Question(ask, period, meter, why, usual, against, at_once)


def _compared(text: str, found: Sequence[Found], now: datetime) -> tuple[Period | None, Period | None]:
    """The period asked for and the one it is held against, each None where there is none."""
    than = THAN.search(text)
    before = next((unit for word, unit in BEFORE.items() if re.search(rf"\b{word}", text)), 0)
    if than is None:
        return (found[0].period if len(found) == 1 else None), None
    after = [one for one in found if one.start >= than.start()]
    first = [one for one in found if one.start < than.start()] or after[1:]
    instant = int(now.timestamp())
    if not first and len(after) == 1:
        return _running(after[0].period, instant)
    if len(first) != 1:
        return None, None
    period = first[0].period.until(instant)
    if before:
        return period, _earlier(period, before)
    other = after[0].period if after else None
    if other is not None and _cut(first[0].period, period):
        other = Period(other.start, min(other.end, other.start + period.seconds), other.hours, other.days)
    return period, other


def _cut(whole: Period, period: Period) -> bool:
    return period.end < whole.end


def _running(reference: Period, now: int) -> tuple[Period | None, Period]:
    """What runs since `reference` ended, as long as it at most, against as much of `reference`."""
    period = Period(reference.end, reference.end + reference.seconds).until(now)
    if period.end <= period.start:
        return None, reference
    return period, Period(reference.start, min(reference.end, reference.start + period.seconds))


def _earlier(period: Period, unit: int) -> Period:
    """The year (1), month, week or day before; weeks and days a year ago are those of the same weekdays."""
    if unit == 1:
        whole = period.seconds > 27 * 86_400
        return period.shifted(years=-1) if whole else period.shifted(days=-364)
    return period.shifted(months=-1) if unit == 2 else period.shifted(days=-7 if unit == 3 else -1)


def _example(ask: Ask, meter: Meter | None, now: datetime) -> str:
    """A question of this kind that has an answer."""
    yesterday = day_bounds(now.astimezone(BERLIN).date())[0] - 3600
    if ask in MARKET or meter is None:
        return "Wann war der Strompreis gestern am niedrigsten?"
    what = {"peak": "Lastspitze", "cost": "Kosten", "base": "Grundlast", "production": "Erzeugung"}.get(ask, "Verbrauch")
    day = describe(of_days(*(2 * (datetime.fromtimestamp(yesterday, BERLIN).date(),))))
    verb = "Wie hoch waren die" if what == "Kosten" else "Wie hoch war der" if what == "Verbrauch" else "Wie hoch war die"
    return f"{verb} {what} von {meter.name} {day}?"
