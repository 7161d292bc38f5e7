"""A number held against that of another period or meter, in German."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nova.energy.explain.say.missing import MUCH_UNKNOWN
from nova.energy.explain.say.speech import Speech
from nova.energy.explain.tools import SHARES
from nova.energy.period import describe, iso
from nova.records import DataFact


@dataclass(frozen=True, slots=True)
class _Other:
    """What a number is held against: its name, as it follows "als", where nothing is known of it, and as queries name it."""

    name: str
    than: str
    missing: str
    query: Mapping[str, Any]


def versus(speech: Speech, tool: str, what: str, **args: Any) -> None:
    """Hold the number against another period or meter, where the question does. Windows of other hours or days compare mean powers."""
    other = _other(speech)
    if other is None:
        return
    if tool == "energy" and _is_of_other_hours(speech):
        tool, what = "mean", "Mittlere Leistung"
        mean = speech.of_meter(tool, what, **args)
        speech.say(f"Im Mittel waren es {mean.text}.", mean)
    then = _then(speech, tool, what, args)
    held: dict[str, Any] = {"of": tool, **args, **other.query}
    change = speech.number("difference", f"{what}: Unterschied zu {other.name}", **held)
    if then.value is None or change.value is None:
        speech.drop(change)
        speech.say(f"Zum Vergleich liegen {other.missing} keine Werte vor.", then)
        return
    more = change.value >= 0
    if not more:
        speech.drop(change)
        held["sign"] = -1
        change = speech.number("difference", f"{what}: weniger als {other.name}", **held)
    start, word = "Es" if speech.question.why else "Das", "mehr" if more else "weniger"
    share = speech.number("difference_share", f"{what}: Unterschied zu {other.name}", **held)
    if change.unit in SHARES and share.value is not None:
        speech.say(f"{start} sind {change.text} ({share.text}) {word} als {other.than} mit {then.text}.", change, share, then)
    else:
        speech.drop(share)
        speech.say(f"{start} sind {_points(change)} {word} als {other.than} mit {then.text}.", change, then)
    if speech.question.meter is not None:
        _other_holes(speech, other.than, args)


def of_the_whole(speech: Speech, tool: str, what: str, **args: Any) -> None:
    """The number as a share of the sum of several meters, where the question wants it."""
    whole = speech.question.whole
    if whole is None:
        return None
    share = speech.of_meter("share", f"{what}: Anteil an {whole.name}", of=tool, other_meters=list(whole.parts), **args)
    every = speech.of_meter(tool, what, meter=whole, **args)
    if share.value is None:
        speech.drop(every)
        return speech.say(f"Einen Anteil kann ich nicht sagen: Von {whole.name} ist {speech.when} nicht genug bekannt.", share)
    return speech.say(f"Das sind {share.text} der {every.text} von {whole.name}.", share, every)


def _is_of_other_hours(speech: Speech) -> bool:
    """Whether the other period counts other hours or days."""
    other = speech.question.against
    return other is not None and (other.hours, other.days) != (speech.period.hours, speech.period.days)


def _then(speech: Speech, tool: str, what: str, args: Mapping[str, Any]) -> DataFact:
    """The number of the other meter or period."""
    rival = speech.question.rival
    if rival is not None:
        return speech.of_meter(tool, what, meter=rival, **args)
    return speech.number(tool, what, speech.question.against, **args)


def _points(change: DataFact) -> str:
    """A difference in words; of shares in points of percent."""
    return f"{change.text.removesuffix(' %')} Prozentpunkte" if change.unit == "%" else change.text


def _other_holes(speech: Speech, against: str, args: Mapping[str, Any]) -> None:
    """Say what is unknown of what the number is held against where that is much."""
    column = {"column": args["column"]} if "column" in args else {}
    share = speech.of_meter("unknown_share", "Unbekannter Anteil", speech.question.against, speech.question.rival, **column)
    if share.value is not None and share.value >= MUCH_UNKNOWN:
        speech.say(f"Zum Vergleich fehlen {against} {share.text} der Messwerte; der Unterschied gilt ohne sie.", share)
    else:
        speech.drop(share)


def _other(speech: Speech) -> _Other | None:
    """What the question holds its number against; None where it does not."""
    rival, other = speech.question.rival, speech.question.against
    if rival is not None:
        query: dict[str, Any] = {"other_meters": list(rival.parts)} if rival.parts else {"other_meter": rival.meter_id}
        return _Other(rival.name, f"bei {rival.name}", f"von {rival.name} {speech.when}", query)
    if other is None:
        return None
    narrow: dict[str, Any] = {"other_hours": list(other.hours)} if other.hours is not None else {}
    if other.days:
        narrow["other_days"] = other.days
    name = describe(other)
    return _Other(name, name, name, {"other_from": iso(other.start), "other_to": iso(other.end), **narrow})
