"""A number held against that of another period or meter, in German."""

from collections.abc import Mapping
from typing import Any

from nova.energy.explain.parse.period import describe, iso
from nova.energy.explain.say.missing import MUCH_UNKNOWN
from nova.energy.explain.say.speech import Speech
from nova.energy.explain.tools import SHARES


def versus(speech: Speech, tool: str, what: str, **args: Any) -> None:
    """Hold the number against another period or meter, where the question does. Windows of other hours or days compare mean powers."""
    asked = speech.question
    other, rival = asked.against, asked.rival
    if other is None and rival is None:
        return None
    if other is not None and (other.hours, other.days) != (speech.period.hours, speech.period.days) and tool == "energy":
        tool, what = "mean", "Mittlere Leistung"
        mean = speech.of_meter(tool, what, **args)
        speech.say(f"Im Mittel waren es {mean.text}.", mean)
    one_of_market = asked.meter is None
    put = speech.fact if one_of_market else speech.of_meter
    name = describe(other) if other is not None else rival.name if rival is not None else ""
    then = speech.of_meter(tool, what, meter=rival, **args) if rival is not None else put(tool, what, other, **args)
    held: dict[str, Any] = {"of": tool, **args, **_held(speech)}
    change = put("difference", f"{what}: Unterschied zu {name}", **held)
    if then.value is None or change.value is None:
        speech.drop(change)
        missing = f"von {name} {speech.when}" if rival is not None else name
        return speech.say(f"Zum Vergleich liegen {missing} keine Werte vor.", then)
    sign = 1 if change.value >= 0 else -1
    if sign < 0:
        speech.drop(change)
        change = put("difference", f"{what}: weniger als {name}", **held, sign=-1)
    held |= {} if sign > 0 else {"sign": -1}
    share = put("difference_share", f"{what}: Unterschied zu {name}", **held)
    facts = [change, then]
    if change.unit in SHARES and share.value is not None:
        facts.insert(1, share)
    else:
        speech.drop(share)
    told = change.text if len(facts) == 2 else f"{change.text} ({share.text})"
    if change.unit == "%":
        told = f"{change.text.removesuffix(' %')} Prozentpunkte"
    word = "mehr" if sign > 0 else "weniger"
    against = f"bei {name}" if rival is not None else name
    speech.say(f"{'Es' if asked.why else 'Das'} sind {told} {word} als {against} mit {then.text}.", *facts)
    return None if one_of_market else _other_holes(speech, against, args)


def _other_holes(speech: Speech, against: str, args: Mapping[str, Any]) -> None:
    """Say what is unknown of what the number is held against where that is much."""
    column = {"column": args["column"]} if "column" in args else {}
    share = speech.of_meter("unknown_share", "Unbekannter Anteil", speech.question.against, speech.question.rival, **column)
    if share.value is not None and share.value >= MUCH_UNKNOWN:
        speech.say(f"Zum Vergleich fehlen {against} {share.text} der Messwerte; der Unterschied gilt ohne sie.", share)
    else:
        speech.drop(share)


def _held(speech: Speech) -> dict[str, Any]:
    """What a query is held against."""
    other, rival = speech.question.against, speech.question.rival
    if rival is not None:
        return {"other_meters": list(rival.parts)} if rival.parts else {"other_meter": rival.meter_id}
    if other is None:
        return {}
    narrow: dict[str, Any] = {"other_hours": list(other.hours)} if other.hours is not None else {}
    if other.days:
        narrow["other_days"] = other.days
    return {"other_from": iso(other.start), "other_to": iso(other.end), **narrow}
