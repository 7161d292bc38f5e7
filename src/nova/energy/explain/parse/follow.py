"""What goes on with the question before in, what it asks for and which meter it means out, and whether it compares the last answers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nova.energy.explain.parse import lexis, wishes
from nova.energy.explain.parse.asked import Question
from nova.energy.explain.parse.lexis import MARKET, OWN, TOGETHER, Ask
from nova.energy.explain.parse.relevance import QuestionText
from nova.energy.explain.parse.subject import subject_of
from nova.energy.explain.parse.which import Choice, added, own_of
from nova.energy.explain.source import Meter
from nova.language.fold import NUMBER_WORDS

_OTHER = re.compile(
    r"\b(?:de[rnms]|die|das|mein(?:e[nrsm]?)?|unser(?:e[nrsm]?)?|beim|im|vom)? ?(?:andere[nrsm]?|zweite[nrsm]?)"
    r"(?: (?:zaehler\w*|wohnung\w*|haus\w*|anschluss\w*|anlage\w*|messstelle\w*|einen|eine[rs]?))?(?![\w-])"
)
_BOTH = re.compile(r"\b(?:alle )?beiden?(?: zaehlern?| wohnungen)?\b|\balle zusammen\b")
_MONEY = re.compile(r"\b(?:in|als|an) (?:euro|eur|geld|cash|€)|\beuro\b|€|\bgeld\b|\bkosten?(?:te|t)?\b")
_POWER = re.compile(r"\b(?:kw|kilowatt)\b")
_AMOUNT = re.compile(r"\b(?:kwh|kilowattstunden?|mwh)\b")
_WHEN = re.compile(r"\bwann\b|\bum (?:wieviel|wie ?viel|welche) ?uhr\b|\bwelche[rn]? (?:uhrzeit|stunde|zeit)\b")
_MEAN = re.compile(r"\b(?:im (?:schnitt|mittel|durchschnitt)|durchschnitt\w*|mittel\w*)\b")
_HELD = re.compile(
    r"\b(?:unterschied\w*|differenz|delta|gestiegen oder gefallen|gefallen oder gestiegen|abstand|prozent|prozentual\w*|veraenderung"
    r"|wie ?viel (?:mehr|weniger|hoeher|niedriger|teurer|billiger)"
    r"|(?:ist|sind|war|waren) das (?:jetzt )?(?:mehr|weniger|viel|wenig)|mehr oder weniger)\b|%"
)
_STRETCH = re.compile(
    rf"\b(?:\d{{1,2}}|{'|'.join(NUMBER_WORDS)}|eine?) ?(?:stunden?|std|h) (?:am stueck|hintereinander|lang|fuer)"
    rf"|\bbrauche?\w* (?:\w+ ){{0,2}}stunden?\b"
)
_PRICE_UNIT = re.compile(r"\b(?:ct|cent|mwh|megawattstunde)\b")
_LOW = re.compile(r"\b(?:min|minimum|tiefstwert|tiefpunkt|billigste\w*|guenstigste\w*|niedrigste\w*)\b")
_HIGH = re.compile(r"\b(?:max|maximum|hoechstwert|spitze|peak|teuerste\w*|hoechste\w*)\b")
_TO_COME = re.compile(r"\b(?:morgen|uebermorgen|naechste\w*)\b")
_SPENT = re.compile(r"\b(?:das|es|da|dafuer|dann|\w*koste\w*)\b")
_INCLUDED = re.compile(
    r"\b(?:steuern?|mehrwertsteuer|abgaben|netzentgelte?|umlagen?|alles)\b.*\b(?:drin\w*|dabei|enthalten|inklusive|inbegriffen|dazu|drauf|eingerechnet)\b"
    r"|\b(?:brutto|netto|inklusive|inkl)\b"
)
_EXTREMES: frozenset[Ask] = frozenset({"cheapest", "dearest"})


def ask_of(text: str, last: Question | None) -> Ask | None:
    """What a text asks for: by its own words, by a unit, else what the question before asked for."""
    said = subject_of(text)
    if last is None:
        ends = _LOW.search(text) or _HIGH.search(text)
        return "price" if said in (None, "peak") and ends and _TO_COME.search(text) else said
    if _INCLUDED.search(text) and last.ask in (*MARKET, "cost"):
        return "included"
    if last.ask in MARKET:
        return _of_market(text, said, last)
    return _of_meter(text, said, last)


def _of_market(text: str, said: Ask | None, last: Question) -> Ask:
    if _STRETCH.search(text) or (last.ask == "window" and wishes.length(text)):
        return "window"
    if said in (None, "energy") and _PRICE_UNIT.search(text):
        return last.ask
    if said in (None, "peak") and (end := _end_of(text)) is not None:
        return end
    if said in (None, "mean") and _MEAN.search(text):
        return "price"
    if said == "cost" and not OWN.search(text):
        return "price"
    return said or last.ask


def _end_of(text: str) -> Ask | None:
    """The cheapest or the dearest hours, where a text speaks of one end of the prices alone."""
    low, high = _LOW.search(text), _HIGH.search(text)
    return None if bool(low) == bool(high) else "cheapest" if low else "dearest"


def _of_meter(text: str, said: Ask | None, last: Question) -> Ask:
    if said == "price" and lexis.MARKET_WORDS.search(text) and _SPENT.search(text):
        return "cost"
    if said in (None, "energy", "price") and _MONEY.search(text):
        return "cost"
    if said in (None, "energy") and _POWER.search(text):
        return "peak"
    if said is None and _AMOUNT.search(text):
        return "energy"
    return said or last.ask


def meant(choice: Choice, text: str, meters: Sequence[Meter], before: Meter | None) -> Choice:
    """The meter that a text means, where the one before says it, the other one than before, or it and others."""
    unsaid = choice.meter is None and not choice.several
    both = _BOTH.search(text)
    if both is not None and (unsaid or not choice.told):
        mine = own_of(meters) or list(meters)
        return added(mine, (both.span(),)) if len(mine) > 1 else choice
    if before is None:
        return choice
    if choice.named and choice.meter is not None and not choice.meter.parts and TOGETHER.search(text) and choice.meter != before:
        return added([before, choice.meter], choice.spans)
    other = _OTHER.search(text)
    if other is not None and (unsaid or not choice.told):
        left = [one for one in own_of(meters) or meters if one.meter_id != before.meter_id]
        return Choice(left[0], (other.span(),), True) if len(left) == 1 else choice
    return choice if choice.explicit and not _is_vague(choice) else replace(choice, meter=before, problem="")


def _is_vague(choice: Choice) -> bool:
    """Whether a word for a meter was said ("die Wohnung") that fits several."""
    return choice.meter is None and not choice.several and choice.problem.endswith("?")


def against_before(text: str, asked: Sequence[Question], choice: Choice, seen: QuestionText) -> Question | None:
    """The last question held against the one before it ("Wie groß ist der Unterschied?"); None where a text asks for anything else."""
    if not asked or _HELD.search(text) is None or choice.told or seen.dated:
        return None
    last = asked[-1]
    if last.against is not None or last.rival is not None:
        return last
    if last.ask in _EXTREMES:
        return replace(last, ask="spread")
    said, one = subject_of(text), asked[-2] if len(asked) > 1 else None
    if said not in (None, last.ask, "spread") or one is None:
        return None
    if one.period.start > last.period.start and one.meter == last.meter:
        one, last = last, one
    if one.ask != last.ask or last.ask not in lexis.COMPARABLE:
        return None
    if one.meter == last.meter and one.period != last.period:
        return replace(last, against=one.period)
    if one.period == last.period and one.meter is not None and one.meter != last.meter:
        return replace(last, rival=one.meter)
    return None
