"""What goes on with the question before in, what it asks for and which meter it means out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nova.energy.explain.parse import lexis, wishes
from nova.energy.explain.parse.asked import Question
from nova.energy.explain.parse.lexis import MARKET, OWN, TOGETHER, Ask
from nova.energy.explain.parse.subject import subject_of
from nova.energy.explain.parse.which import Choice, added, own_of
from nova.energy.source import Meter

_OTHER = re.compile(
    r"\b(?:de[rnms]|die|das|mein(?:e[nrsm]?)?|unser(?:e[nrsm]?)?|beim|im|vom)? ?(?:andere[nrsm]?|zweite[nrsm]?)"
    r"(?: (?:zaehler\w*|wohnung\w*|haus\w*|anschluss\w*|anlage\w*|messstelle\w*|einen|eine[rs]?))?(?![\w-])"
)
_BOTH = re.compile(rf"\b(?:alle )?beiden?\b(?! {lexis.STRETCHES}\b)(?: zaehlern?\b| wohnungen\b)?|\balle zusammen\b")
MONEY = re.compile(r"\b(?:in|als|an) (?:euro|eur|geld|cash|€)|\beuro\b|€|\bgeld\b|\bkosten?(?:te|t)?\b")
_POWER_UNIT = r"kw(?! ?\d)|kilowatt|watt"  # "KW 46" is a week
_POWER = re.compile(rf"\b(?:{_POWER_UNIT}|in w)\b")
_AMOUNT = re.compile(r"\b(?:kwh|kilowattstunden?|mwh|wh|wattstunden?)\b")
_WHEN = re.compile(r"\bwann\b|\bum (?:wieviel|wie ?viel|welche) ?uhr\b|\bwelche[rn]? (?:uhrzeit|stunde|zeit)\b")
_MEAN = re.compile(r"\b(?:im (?:schnitt|mittel|durchschnitt)|durchschnitt\w*|mittel\w*)\b")
_PRICE_UNIT = re.compile(r"\b(?:ct|cent|mwh|megawattstunde)\b")
_LOW = re.compile(r"\b(?:min|minimum|tiefstwert|tiefpunkt|billigste\w*|guenstigste\w*|niedrigste\w*)\b")
_HIGH = re.compile(r"\b(?:max|maximum|hoechstwert|spitze|peak|teuerste\w*|hoechste\w*)\b")
_AVOIDED = re.compile(r"\b(?:lieber|besser|auf keinen fall|bloss|gar) (?:\w+ )?nicht\b|\bfinger (?:davon|weg)\b|\b(?:ver)?meiden\b")
_TO_COME = re.compile(r"\b(?:morgen|uebermorgen|naechste\w*)\b")
_SPENT = re.compile(r"\b(?:das|es|da|dafuer|dann|\w*koste\w*)\b")
_INCLUDED = re.compile(
    r"\b(?:steuern?|mehrwertsteuer|abgaben|netzentgelte?|umlagen?|alles)\b.*\b(?:drin\w*|dabei|enthalten|inklusive|inbegriffen|dazu|drauf|eingerechnet)\b"
    r"|\b(?:brutto|netto|inklusive|inkl)\b"
)
_STRETCHES: frozenset[Ask] = frozenset({"window", "cheapest", "dearest"})
_OF_STRETCH: tuple[Ask | None, ...] = (None, "price", "cost", "mean", "energy")
_IN_IT = re.compile(
    r"\b(?:in|waehrend) (?:de[rmn]|diese[rmn]) (?:\w+ )?(?:fenster|zeitfenster|block|stunden|zeit(?! (?:von|zwischen|bis|ab)))\b(?! \d)"
    r"|\b(?:in|waehrend) (?:denen|dieser zeit)\b"
)
_POWERS: frozenset[Ask] = frozenset({"base", "mean", "peak"})
_ENDS: frozenset[Ask] = frozenset({"window", "cheapest", "dearest", "price"})


def ask_of(text: str, last: Question | None) -> Ask | None:
    """What a text asks for: by its own words, by a unit, else what the question before asked for."""
    said = subject_of(text)
    if last is None:
        ends = _LOW.search(text) or _HIGH.search(text)
        return "price" if said in (None, "peak") and ends and _TO_COME.search(text) else said
    if _INCLUDED.search(text) and last.ask in (*MARKET, "cost"):
        return "included"
    last = replace(last, ask="price") if last.ask == "included" else last
    if last.ask in MARKET:
        return _of_market(text, said, last)
    return _turned(_turns(last), text, said, last)


def says(text: str, last: Question | None) -> Ask | None:
    """What a text itself asks for, by its words or by a unit; None where it leaves that to the question before, or to nobody."""
    ask = ask_of(text, last)
    return subject_of(text) if last is None or ask == last.ask else ask


@dataclass(frozen=True, slots=True)
class _Turned:
    """What words mean behind a certain kind of question: where the text itself says one of `said`, it has `words` and not `unless`.

    `means` None: what was asked for before.
    """

    said: tuple[Ask | None, ...]
    words: re.Pattern[str]
    means: Ask | None
    unless: re.Pattern[str] | None = None

    def fits(self, text: str, said: Ask | None) -> bool:
        """Whether it holds for a text."""
        if said not in self.said or self.words.search(text) is None:
            return False
        return self.unless is None or self.unless.search(text) is None


def _turned(turns: Sequence[_Turned], text: str, said: Ask | None, last: Question) -> Ask:
    """What a text asks for by the first of these that fits, else by its own words, else as before."""
    fitting = next((one for one in turns if one.fits(text, said)), None)
    return said or last.ask if fitting is None else fitting.means or last.ask


_BEHIND_MARKET = (
    _Turned((None, "energy"), _PRICE_UNIT, None),
    _Turned((None, "mean"), _MEAN, "price"),
    _Turned(("cost",), re.compile(""), "price", OWN),
)
_BEHIND_METER = (
    _Turned(("price",), re.compile(r"\bteuer\w* (?:\w+ )?(?:das|es|wars)\b|\b(?:das|es) (?:\w+ )?teuer\b"), "cost", lexis.MARKET_WORDS),
    _Turned(("price",), re.compile(rf"(?=.*{_SPENT.pattern})(?:.*\b(?:{lexis.MARKET_WORDS.pattern}))"), "cost"),
    _Turned(
        (None, "energy", "price"), re.compile(r"\b(?:spot|boersen|markt)-?werte?\b|\bzu[mr]? (?:spot|boersen|markt)-?preise?n?\b"), "cost"
    ),
    _Turned((None, "energy"), re.compile(r"\b(?:ct|cent)\b"), "tariff"),
    _Turned((None, "energy", "price"), MONEY, "cost"),
    _Turned((None, "energy"), _POWER, "peak"),
    _Turned((None, "energy"), re.compile(r"\b(?:last|leistung)\b"), "peak"),
    _Turned((None,), _AMOUNT, "energy"),
)

_BEHIND_POWER = (_Turned((None, "energy"), re.compile(rf"\b(?:in|als) (?:{_POWER_UNIT}|w)\b"), None), *_BEHIND_METER)


def _turns(last: Question) -> Sequence[_Turned]:
    """What words mean behind a question for a number of a meter."""
    return _BEHIND_POWER if last.ask in _POWERS else _BEHIND_METER


def _of_market(text: str, said: Ask | None, last: Question) -> Ask:
    stretch = _stretch_of(text, said, last)
    if stretch is not None:
        return stretch
    end = _end_of(text) if said in (None, "peak") else None
    return end or _turned(_BEHIND_MARKET, text, said, last)


def _stretch_of(text: str, said: Ask | None, last: Question) -> Ask | None:
    """The hours at a stretch that a text asks for, or speaks of as those that were told; None where it does neither."""
    if said in (None, *_STRETCHES) and _AVOIDED.search(text):
        return "dearest"
    if last.ask in _STRETCHES and said in _OF_STRETCH and _IN_IT.search(text):
        return last.ask
    if (last.ask in _ENDS and wishes.length(text)) or wishes.at_a_stretch(text):
        return "dearest" if "dearest" in (said, last.ask) else "window"
    return None


def _end_of(text: str) -> Ask | None:
    """The cheapest or the dearest hours, where a text speaks of one end of the prices alone."""
    low, high = _LOW.search(text), _HIGH.search(text)
    return None if bool(low) == bool(high) else "cheapest" if low else "dearest"


def meant(choice: Choice, text: str, meters: Sequence[Meter], before: Meter | None, several: tuple[Meter, ...] = ()) -> Choice:
    """The meter that a text means, where the one before says it, the other one than before, or it and others.

    `several` are the meters that were asked for side by side before.
    """
    unsaid = not choice.told or (choice.meter is None and not choice.several)
    both = _both(text, meters) if unsaid else None
    if both is not None or before is None:
        return both or choice
    return (
        _beside(choice, text, meters, before) or (_other(text, meters, before) if unsaid else None) or _as_before(choice, before, several)
    )


def _other(text: str, meters: Sequence[Meter], before: Meter) -> Choice | None:
    """The only other meter than before, where a text says "der andere"; None where it does not or there are several."""
    match = _OTHER.search(text)
    left = [one for one in own_of(meters) or meters if one.meter_id != before.meter_id]
    return Choice(left[0], (match.span(),), True) if match is not None and len(left) == 1 else None


def _as_before(choice: Choice, before: Meter, several: tuple[Meter, ...]) -> Choice:
    """The meter that was spoken of before, or the `several` side by side, unless the text names one."""
    if choice.explicit and not _is_vague(choice):
        return choice
    return replace(choice, meter=None if several else before, several=several, problem="")


def _both(text: str, meters: Sequence[Meter]) -> Choice | None:
    """All of one's own as one, where a text says "beide"; None where it does not or there is one only."""
    match, mine = _BOTH.search(text), own_of(meters) or list(meters)
    return added(mine, (match.span(),)) if match is not None and len(mine) > 1 else None


def _beside(choice: Choice, text: str, meters: Sequence[Meter], before: Meter) -> Choice | None:
    """The meter before and the one that is named now as one, where a text adds them up."""
    if choice.meter is None or choice.meter.parts or not choice.named or TOGETHER.search(text) is None:
        return None
    if choice.meter.meter_id in (before.meter_id, *before.parts):
        return Choice(before, choice.spans, True)
    parts = [one for one in meters if one.meter_id in before.parts]
    return added([*(parts or [before]), choice.meter], choice.spans)


def _is_vague(choice: Choice) -> bool:
    """Whether a word for a meter was said ("die Wohnung") that fits several."""
    return choice.meter is None and not choice.several and choice.problem.endswith("?")
