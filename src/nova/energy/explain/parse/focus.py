"""Questions for data in, what a conversation keeps of them out, and back: ids and periods, nothing that anybody said."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from nova.energy.explain.parse.asked import Before, Question
from nova.energy.explain.parse.lexis import Ask
from nova.energy.explain.parse.which import added
from nova.energy.explain.parse.wishes import Top
from nova.energy.period import Period
from nova.energy.source import Meter
from nova.turns import DataFocus

KEPT = 2  # questions, the newest last
_ASKS = frozenset(get_args(Ask))
_FLAGS = ("usual", "cents", "why")


def focus_of(before: Before, asked: Sequence[Question]) -> DataFocus:
    """What is kept when these questions have been answered."""
    meters = [one for one in before.asked if one.meter is not None][-1:]
    known = [*meters, *asked] if all(one.meter is None for one in asked) else list(asked)
    if len(asked) == 1:
        known = [*before.asked[-1:], *known[-1:]] if len(known) == 1 else [*known[:-1], *before.asked[-1:], asked[0]]
    return DataFocus(tuple(_kept(one) | {"parts": len(asked)} for one in list(dict.fromkeys(known))[-(KEPT + 1) :]))


def before_of(focus: DataFocus, meters: Sequence[Meter], *, sure: bool) -> Before:
    """The questions that a focus keeps, with the meters as they are now; what somebody may see no longer is left out."""
    known = {meter.meter_id: meter for meter in meters}
    asked = (_question(one, known) for one in focus.asked)
    together = bool(focus.asked) and focus.asked[-1]["parts"] > 1
    return Before(tuple(one for one in asked if one is not None), sure, together)


def _kept(one: Question) -> dict[str, Any]:
    meters = [] if one.meter is None else list(one.meter.parts) or [one.meter.meter_id]
    return {
        "ask": one.ask,
        "period": _period(one.period),
        "against": None if one.against is None else _period(one.against),
        "meters": meters,
        "rival": None if one.rival is None or one.rival.parts else one.rival.meter_id,
        "top": None if one.top is None else [one.top.unit, one.top.count, one.top.least],
        "hours": one.hours,
        "whole": [] if one.whole is None else list(one.whole.parts),
        "told_in": one.told_in,
        **{name: getattr(one, name) for name in _FLAGS},
    }


def _period(one: Period) -> list[Any]:
    return [one.start, one.end, None if one.hours is None else list(one.hours), one.days]


def _question(kept: Mapping[str, Any], known: Mapping[str, Meter]) -> Question | None:
    if kept["ask"] not in _ASKS or any(one not in known for one in kept["meters"]):
        return None
    meter, whole = (_as_one(kept[name], known) for name in ("meters", "whole"))
    against = None if kept["against"] is None else _read(kept["against"])
    usual, cents, why = (bool(kept[name]) for name in _FLAGS)
    rival = known.get(kept["rival"])
    top = None if kept["top"] is None else Top(*kept["top"])
    return Question(
        kept["ask"], _read(kept["period"]), meter, why=why, usual=usual, against=against, rival=rival, cents=cents, top=top,
        hours=kept["hours"], told_in=kept["told_in"], whole=whole,
    )  # fmt: skip


def _as_one(ids: Sequence[str], known: Mapping[str, Meter]) -> Meter | None:
    """The meter of this id, or the sum of several; None for none, or where one of them may be seen no longer."""
    meters = [known[one] for one in ids if one in known]
    if len(meters) < len(ids):
        return None
    return added(meters, ()).meter if len(meters) > 1 else next(iter(meters), None)


def _read(kept: Sequence[Any]) -> Period:
    start, end, hours, days = kept
    return Period(start, end, None if hours is None else (hours[0], hours[1]), days)
