"""A German question, the present and the meters there are in, what is asked of the data out: typed, without a model.

A question is one for data when it names something that meters or markets measure and a period or meter, and next to nothing that none of
them explains. Laws, contracts and figures of others ("der Stromverbrauch in Deutschland") are for documents: None. A question of several
parts is read as so many questions; what one part does not say, the part before (or after) says for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from nova.energy.calendar import DAY, QUARTER, day_bounds
from nova.energy.explain.parse import law, lexis, periods, wishes
from nova.energy.explain.parse.against import compared, than
from nova.energy.explain.parse.clauses import Clause, clauses
from nova.energy.explain.parse.dates import MONTH
from nova.energy.explain.parse.lexis import ASKS, DOCUMENTS, LAW, MARKET, NOW, SPARE, SPELLER, SUBJECTS, USUAL, WHY, Ask
from nova.energy.explain.parse.period import ONE, Period, Unclear, describe, of_days
from nova.energy.explain.parse.periods import Found
from nova.energy.explain.parse.which import OWN, Choice, choose
from nova.energy.explain.source import Meter
from nova.german import BERLIN
from nova.language.fold import fold, tokens
from nova.language.stems import is_stop

LONGEST = 400  # characters; what is longer tells a story, and looking it through takes more than its length
FORESEEN = 31 * DAY  # what is later no market and no forecast tells
MOST_PARTS = 4  # of a question; what comes after them is said to be unanswered
_OTHER_FEW = 3  # words of a rule that nothing explains


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


@dataclass(frozen=True, slots=True)
class _Text:
    """A folded question as far as it is read: its periods, the places of their words, and the meters there are."""

    text: str
    now: datetime
    meters: Sequence[Meter]
    found: Sequence[Found]
    places: Sequence[tuple[int, int]]
    law: str

    @property
    def instant(self) -> int:
        """The present."""
        return int(self.now.timestamp())


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
    text = _folded(question, meters)
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
    choice = choose(text, meters, places, ask in lexis.PRODUCES)
    seen = _Text(text, now, meters, found, places, law.compared(text))
    if not _is_for_data(seen, ask, choice, unclear is not None):
        return None
    if unclear is not None:
        return Refusal(unclear, _example(ask, choice.meter or (meters[0] if meters else None), now))
    beyond = _beyond(seen, ask, choice)
    if beyond:
        return Refusal(beyond, _example(ask, choice.meter or (meters[0] if meters else None), now))
    words = law.words(question, text, [*places, *choice.spans]) if seen.law else ""
    return _parts(replace(seen, law=words), choice)


def _beyond(seen: _Text, ask: Ask, choice: Choice) -> str:
    """Why a number of the period would be the answer to another question; "" where it is the answer to this one."""
    if any(lexis.WITHOUT.search(seen.text[:start]) for start, _ in (*seen.places, *choice.spans)):
        return "Ausnehmen kann ich nichts; bitte nennen Sie die Zeiträume oder Zähler, die zählen sollen."
    if ask not in ("quality", "negative") and lexis.OFTEN.search(seen.text):
        return "Wie oft etwas vorkam oder an welchen Wochentagen, kann ich nicht zählen."
    if ask != "spread" and lexis.EACH.search(seen.text):
        return "Werte je Tag, Woche oder Monat kann ich nicht nennen, nur den eines ganzen Zeitraums."
    return ""


def touches(question: str) -> bool:
    """Whether it may be one for data: told from its words alone, before anything is read."""
    if len(question) > LONGEST:
        return False
    text = _folded(question, ())
    if _subject(text) is None or ASKS.search(text) is None:
        return False
    if DOCUMENTS.search(text) is None:
        return True
    return bool(law.compared(text)) and (OWN.search(text) or lexis.NUMBERED.search(text)) is not None


def _folded(question: str, meters: Sequence[Meter]) -> str:
    """The text as it is read: PEAK in capitals is the market's, and what differs between two months is no range."""
    peak = re.sub(r"\bPEAK\b", "Peakpreis", question) if not question.isupper() else question
    text = _tidy(" ".join(fold(peak).split()), meters)
    held = re.search(r"\b(?:unterschied|differenz|vergleich)\w*", text)
    return re.sub(rf"\bzwischen(?= (?:dem )?{MONTH}\s+und\b)", "im", text) if held else text


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
    if lexis.WINDOW.search(text):
        return "window"
    ask = next((ask for ask, words in SUBJECTS if re.search(rf"(?<![\w-])(?:{words})(?!\w)", text)), None)
    if ask is None:
        return "energy" if re.match(r"(?:bitte )?vergleiche?n?\b|.*\bsumme\b", text.strip()) else None
    if ask == "price" and re.search(r"\bschwank\w+", text):
        return "spread"
    market = lexis.MARKET_WORDS.search(text)
    if ask == "cost" and market and not re.search(r"fixtarif|festpreis|fixpreis|\w*kosten\b", text):
        return "price"
    if ask == "cost" and re.search(r"kost\w* (?:die|eine) (?:kwh|kilowattstunde|mwh|megawattstunde)\b", text) and not OWN.search(text):
        return "price"
    dear = re.search(r"\bstrom\b.* (?:teuer|teurer)|(?:teuer|teurer) (?:wird|ist|war|wird es) (?:der )?strom\b", text)
    if ask == "cost" and dear and not OWN.search(text):
        return "price"
    if ask == "peak" and re.search(r"preis", text):
        return "products"
    if ask in ("peak", "mean") and re.search(r"verbrauch", text) and wishes.top(text) is not None and not re.search(r"spitze|last", text):
        return "energy"
    if ask == "cheapest" and not re.search(r"strom|preis|stunde|uhr|zeit|wann|kwh|boerse|\bwelche[rs]? (?:tag|stunde|woche|monat)", text):
        return None
    return ask


def _is_for_data(seen: _Text, ask: Ask, choice: Choice, unclear: bool) -> bool:
    """Whether a period or meter is named, and how many words nothing explains: none beside a period alone, two beside a named meter."""
    text, places = seen.text, seen.places
    own = OWN.search(text) is not None
    at_once = (ask in MARKET and NOW.search(text) is not None) or ask == "window"
    if not (places or unclear or choice.named or choice.several or own or at_once):
        return False
    if ask == "co2" and not (own or choice.named or (choice.meter is not None and choice.meter.parts)):
        return False
    if ask == "forecast" and not any(one.period.end > seen.instant for one in seen.found):
        return False
    if any(one.period.start > seen.instant + FORESEEN for one in seen.found):
        return False
    spans = [*places, *choice.spans, *((match.span() for match in LAW.finditer(text)) if seen.law else ())]
    left = []
    for token in tokens(text):
        word = text[token.start : token.end]
        inside = any(start < token.end and token.start < end for start, end in spans)
        if not inside and not is_stop(word) and not _explained(word, text, ask) and not (unclear and word[0].isdigit()):
            left.append(word)
    dated = bool(places) or unclear
    if seen.law:
        return dated and (own or choice.named) and len(left) <= _OTHER_FEW
    return len(left) <= (2 if choice.named and dated and ask not in MARKET else 0)


def _explained(word: str, text: str, ask: Ask = "energy") -> bool:
    if SPARE.fullmatch(word) or OWN.fullmatch(word) or lexis.LIMIT_SPARE.fullmatch(word):
        return True
    if ask == "window" and (lexis.WINDOW_SPARE.fullmatch(word) or wishes.is_number(word)):
        return True
    if wishes.is_number(word) and wishes.top(text) is not None:
        return True
    return any(re.fullmatch(words, word) for _, words in SUBJECTS) or any(
        word in match.group() for _, words in SUBJECTS for match in re.finditer(rf"(?<![\w-])(?:{words})(?!\w)", text)
    )


def _parts(seen: _Text, choice: Choice) -> tuple[Question, ...] | Refusal:
    """Each clause as a question of its own, once for each period and meter that it names."""
    whole = [*seen.places, *choice.spans, *_phrases(seen.text)]
    split = [_clause_of(seen)] if lexis.WINDOW.search(seen.text) else clauses(seen.text, whole, lambda text: _subject(text) is not None)
    made: list[Question] = []
    before: Choice | None = None
    for number, clause in enumerate(split):
        if len(made) > MOST_PARTS:
            break
        last = made[-1] if made else None
        plain = clause.text if lexis.WINDOW.search(clause.text) else _blanked(clause.text, choice.spans if choice.named else ())
        ask = _subject(plain) or _subject(clause.text) or "energy"
        if ask == "cost" and last is not None and last.ask in MARKET and "kosten" not in clause.text:
            ask = "price"
        here = choose(clause.text, seen.meters, seen.places, ask in lexis.PRODUCES)
        explicit = here.named or here.several or (here.meter is not None and here.meter.parts)
        before = here if explicit else before or (choice if choice.named or choice.several else None)
        found = [one for one in seen.found if clause.holds(one.start)] or _nearest(seen, split, number)
        asked = _asked(replace(seen, found=found), clause, ask, here if explicit else before or here, last)
        if isinstance(asked, Refusal):
            return asked
        made += [one for one in asked if one not in made]
    return _paired(seen.text, made)[: MOST_PARTS + 1]


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the names of meters, which ask for nothing."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _clause_of(seen: _Text) -> Clause:
    return Clause(seen.text, 0, len(seen.text), True)


def _phrases(text: str) -> list[tuple[int, int]]:
    """Places of phrases for one thing that hold an "und"."""
    found = (match for _, words in SUBJECTS for match in re.finditer(rf"(?<![\w-])(?:{words})(?!\w)", text))
    return [match.span() for match in found if " und " in match.group()]


def _nearest(seen: _Text, split: Sequence[Clause], number: int) -> list[Found]:
    """The periods of the last clause before that names one, else of the first after."""
    order = [*reversed(split[:number]), *split[number + 1 :]]
    return next((found for clause in order if (found := [one for one in seen.found if clause.holds(one.start)])), [])


def _paired(text: str, made: Sequence[Question]) -> tuple[Question, ...]:
    """Two questions that differ in period or meter alone are one where the text holds them against each other."""
    held = lexis.COMPARE.search(text) or (re.search(r"\boder\b|\bals\b", text) and lexis.EITHER.search(text))
    if len(made) == 2 and held and not any(one.against or one.top for one in made):
        one, other = made
        if replace(other, period=one.period) == one and _comparable(one):
            return (replace(one, against=other.period),)
        if replace(other, meter=one.meter) == one and other.meter is not None and _comparable(one):
            return (replace(one, rival=other.meter),)
    return tuple(made)


def _comparable(one: Question) -> bool:
    return one.ask in lexis.COMPARABLE and not one.why and not one.ahead


def _asked(seen: _Text, clause: Clause, ask: Ask, choice: Choice, last: Question | None) -> list[Question] | Refusal:
    """The clause as questions, or why period or meter cannot be told."""
    goes_on = last is not None and not clause.asks
    top = wishes.top(clause.text) if ask in lexis.RANKABLE else None
    if top is not None and top.unit == "day" and seen.found and seen.found[0].period.seconds <= 25 * 3600:
        top = replace(top, unit="hour")
    market = ask in MARKET
    meters: list[Meter | None] = [None]
    among = choice.several if top is not None and top.unit == "meter" else ()
    if ask == "forecast":
        meters = [choice.meter]
    elif not market:
        meters = [choice.meter] if choice.meter is not None else list(choice.several)
        if not meters:
            return Refusal(choice.problem, _example(ask, seen.meters[0] if seen.meters else None, seen.now))
    if among and top is not None and top.unit == "meter" and len(among) > 1:
        meters = meters[:1] if choice.meter is not None else [among[0]]
    at_once = ask == "price" and NOW.search(clause.text) is not None
    windows = _windows(seen, clause, ask, last)
    if isinstance(windows, Refusal):
        return windows
    why = WHY.search(clause.text) is not None or (goes_on and last is not None and last.why)
    made = []
    for period, against in windows:
        for meter in meters:
            ahead = not market and _is_ahead(seen, ask, period)
            cut = period if market or ahead else period.until(seen.instant)
            if cut.end <= cut.start:
                return Refusal(_FUTURE, _example(ask, meter, seen.now))
            usual = USUAL.search(clause.text) is not None and against is None and not ahead and not market
            hours = wishes.length(clause.text) if ask == "window" else None
            made.append(Question(ask, cut, meter, why and not ahead, usual, against, at_once, None, top, among, hours, ahead, seen.law))
    return made


_FUTURE = "Dieser Zeitraum liegt in der Zukunft; dafür gibt es noch keine Messwerte."


def _is_ahead(seen: _Text, ask: Ask, period: Period) -> bool:
    """Whether a forecast is asked for: of what is wholly to come, or of today in words of the future."""
    if ask not in ("energy", "mean", "peak"):
        return False
    return period.start >= seen.instant or (
        period.end > seen.instant and lexis.WILL.search(seen.text) is not None and period.seconds <= 2 * DAY
    )


def _windows(seen: _Text, clause: Clause, ask: Ask, last: Question | None) -> list[tuple[Period, Period | None]] | Refusal:
    """The periods of a clause, each with what it is held against."""
    if ask == "window":
        return [(_to_come(seen), None)]
    found = _of_whole(clause, seen.found)
    if not found and ask in MARKET and NOW.search(clause.text):
        today = seen.now.astimezone(BERLIN).date()
        return [(of_days(today, today), None)]
    if than(clause.text) is not None or len(found) == 1:
        period, against = compared(clause.text, found, seen.now)
        return [(period, against)] if period is not None else _no_period(seen, ask, len(found) > 1)
    if not found:
        return [(last.period, last.against)] if last is not None else _no_period(seen, ask, False)
    return [(one.period, None) for one in found]


def _of_whole(clause: Clause, found: Sequence[Found]) -> list[Found]:
    """Where some hours or days "davon" are asked for, the whole period comes first."""
    if len(found) != 1 or "davon" not in clause.text or (found[0].period.hours is None and not found[0].period.days):
        return list(found)
    return [replace(found[0], period=replace(found[0].period, hours=None, days="")), found[0]]


def _no_period(seen: _Text, ask: Ask, several: bool) -> Refusal:
    sentence = "Bitte nennen Sie einen Zeitraum nach dem anderen." if several else "Für welchen Zeitraum soll ich das sagen?"
    return Refusal(sentence, _example(ask, seen.meters[0] if seen.meters and ask not in MARKET else None, seen.now))


def _to_come(seen: _Text) -> Period:
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
