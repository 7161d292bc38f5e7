"""A folded question as far as it is read, and whether it is one for data.

It is when it names something that meters or markets measure and a period or meter, and next to nothing that none of them explains.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nova.energy.explain.parse import law, lexis, wishes
from nova.energy.explain.parse.asked import Question
from nova.energy.explain.parse.clauses import Clause
from nova.energy.explain.parse.colloquial import written_out
from nova.energy.explain.parse.dates import MONTH
from nova.energy.explain.parse.lexis import ASKS, DOCUMENTS, GOING_ON, LAW, MARKET, NOW, OWN, SPARE, SPELLER, Ask
from nova.energy.explain.parse.periods import PeriodMention
from nova.energy.explain.parse.places import Place, is_free
from nova.energy.explain.parse.subject import is_subject, phrases, subject_of
from nova.energy.explain.parse.which import Choice
from nova.energy.period import Period
from nova.energy.source import Meter
from nova.language.fold import fold, tokens
from nova.language.stems import is_stop
from nova.series import DAY

LONGEST = 400  # characters; what is longer tells a story, and looking it through takes more than its length
FORESEEN = 31 * DAY  # what is later no market and no forecast tells
LONGEST_GOING_ON = 120
_OTHER_FEW = 3  # words of a rule that nothing explains
_FEW_BESIDE_NAME = 2


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A folded question as far as it is read: what it asks for, its periods, the places of their words, the meters there are.

    `last` is the question before it in the conversation, `spoken` the meter that was spoken of last, `beside`
    those that were asked for side by side, `times` the two periods that were.
    """

    text: str
    now: datetime
    meters: Sequence[Meter]
    found: Sequence[PeriodMention] = ()
    places: Sequence[Place] = ()
    unclear: str = ""
    law: str = ""
    last: Question | None = None
    spoken: Meter | None = None
    beside: tuple[Meter, ...] = ()
    times: tuple[Period, Period] | None = None
    ask: Ask | None = None

    @property
    def produces(self) -> bool:
        """Whether it asks for what is produced."""
        return self.ask in lexis.PRODUCES

    @property
    def instant(self) -> int:
        """The present."""
        return int(self.now.timestamp())

    @property
    def dated(self) -> bool:
        """Whether it names a period, though perhaps an unclear one."""
        return bool(self.places or self.unclear)

    @property
    def own(self) -> bool:
        """Whether it asks for what is one's own."""
        return OWN.search(self.text) is not None

    @property
    def some_meter(self) -> Meter | None:
        """A meter to ask for instead."""
        return self.meters[0] if self.meters else None

    def words_beside(self, spans: Sequence[Place]) -> list[str]:
        """Its words that lie in none of these places."""
        return [self.text[one.start : one.end] for one in tokens(self.text) if is_free((one.start, one.end), spans)]

    def within(self, clause: Clause) -> list[PeriodMention]:
        """The periods that a clause of it names."""
        return [one for one in self.found if clause.holds(one.start)]


def touches(question: str) -> bool:
    """Whether it may be one for data: told from its words alone, before anything is read."""
    if len(question) > LONGEST:
        return False
    text = folded(question, ())
    if subject_of(text) is None or ASKS.search(text) is None:
        return False
    if DOCUMENTS.search(text) is None:
        return True
    return bool(law.compared(text)) and (OWN.search(text) or lexis.NUMBERED.search(text)) is not None


def folded(question: str, meters: Sequence[Meter]) -> str:
    """The text as it is read: PEAK in capitals is the market's, and what differs between two months is no range."""
    peak = re.sub(r"\bPEAK\b", "Peakpreis", question) if not question.isupper() else question
    text = _tidy(written_out(" ".join(fold(peak).split())), meters)
    held = re.search(r"\b(?:unterschied|differenz|vergleich)\w*", text)
    return re.sub(rf"\bzwischen(?= (?:dem )?{MONTH}\s+und\b)", "im", text) if held else text


def _tidy(text: str, meters: Sequence[Meter]) -> str:
    """The text with slips of the pen in the words of this trade mended; names of meters stay as they are."""
    names = {token.form for meter in meters for token in tokens(fold(meter.name))}
    out = list(text)
    for token in reversed(tokens(text)):
        word = text[token.start : token.end]
        better = None if word in names or is_stop(word) or _is_known(word) else SPELLER.correct(word)
        if better is not None:
            out[token.start : token.end] = better
    return "".join(out)


def _is_known(word: str) -> bool:
    """Whether a word is right as it stands; one that only begins like a word of the trade may be a slip of the pen."""
    return _is_explained(word, word) and not _LIKE_TRADE.match(word)


_LIKE_TRADE = re.compile(r"verbrauch(?!t?e?[nrst]?$|er[ns]?$)|boersen?(?!$)")


def is_for_data(seen: QuestionText, ask: Ask, choice: Choice) -> bool:
    """Whether a period or meter is named, and how many words nothing explains: none beside a period alone, two beside a named meter."""
    if not _is_bound(seen, ask, choice) or not _is_within_reach(seen, ask, choice):
        return False
    left = _unexplained(seen, ask, choice)
    if seen.law:
        return seen.dated and (seen.own or choice.named) and left <= _OTHER_FEW
    return left <= (_FEW_BESIDE_NAME if choice.named and seen.dated and ask not in MARKET else 0)


def goes_on(seen: QuestionText, ask: Ask, choice: Choice) -> bool:
    """Whether a text goes on with the question before: it says something of period, meter, unit or comparison, and next to nothing else."""
    if seen.last is None or len(seen.text) > LONGEST_GOING_ON:
        return False
    if ask == "included" or _is_named_at_last(seen.last, ask, choice):
        return True
    says = any((seen.dated, choice.told, subject_of(seen.text), GOING_ON.search(seen.text)))
    return says and DOCUMENTS.search(seen.text) is None and _unexplained(seen, ask, choice) == 0


def _is_named_at_last(last: Question, ask: Ask, choice: Choice) -> bool:
    """Whether a text names the meter that was asked back for."""
    return last.meter is None and ask not in MARKET and choice.named and not choice.problem


def _is_bound(seen: QuestionText, ask: Ask, choice: Choice) -> bool:
    """Whether the question says what its number is of: a period, a meter, one's own or the present."""
    if ask == "co2" and not (seen.own or choice.named or choice.summed):
        return False
    if seen.dated or choice.told or seen.own or ask == "window":
        return True
    return is_of_the_present(seen.text, ask)


def is_of_the_present(text: str, ask: Ask) -> bool:
    """Whether a text asks for the market as it is now."""
    return ask in MARKET and NOW.search(text) is not None


def _is_within_reach(seen: QuestionText, ask: Ask, choice: Choice) -> bool:
    """Whether data may reach as far as its periods: a forecast is of what is to come, and nothing is told of what lies far ahead."""
    if ask == "forecast" and all(one.period.end <= seen.instant for one in seen.found):
        return False
    if ask not in MARKET and (choice.named or seen.own):
        return True  # of a meter it is said that nothing is known so far ahead
    return all(one.period.start <= seen.instant + FORESEEN for one in seen.found)


def _unexplained(seen: QuestionText, ask: Ask, choice: Choice) -> int:
    """How many words name no period, meter or rule and say something that does not go with such a question."""
    rules = [match.span() for match in LAW.finditer(seen.text)] if seen.law else []
    words = seen.words_beside([*seen.places, *choice.spans, *rules])
    if seen.unclear:  # a number belongs to the period that cannot be told
        words = [word for word in words if not word[0].isdigit()]
    return sum(not (is_stop(word) or _is_explained(word, seen.text, ask)) for word in words)


def _is_explained(word: str, text: str, ask: Ask = "energy") -> bool:
    """Whether a word of a text goes with a question for data and says nothing of what else it might be about."""
    if any(spare.fullmatch(word) for spare in (SPARE, OWN, lexis.LIMIT_SPARE)):
        return True
    if ask == "window" and lexis.WINDOW_SPARE.fullmatch(word):
        return True
    if wishes.is_number(word) and (ask == "window" or wishes.top(text) is not None):
        return True
    return is_subject(word) or any(word in match.group() for match in phrases(text))
