"""Questions as they were read in, the same beside others out: as a share of a sum, against the other meter, ranked as the one before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nova.energy.explain.parse import lexis
from nova.energy.explain.parse.against import than
from nova.energy.explain.parse.asked import Before, Question, Refusal
from nova.energy.explain.parse.both import BY_HOW_MUCH
from nova.energy.explain.parse.relevance import QuestionText
from nova.energy.explain.parse.subject import subject_of
from nova.energy.explain.parse.which import added, choose, own_of
from nova.energy.source import Meter
from nova.series import DAY, HOUR, QUARTER

_SHARE = re.compile(
    r"\banteil\w*|(?<!um wie viel )(?<!um wieviel )(?:\bprozent|%) "
    r"(?:davon|von|vom|der|des|am|an|sind|ist|war|waren|mach\w*|entfaellt|entfallen|entfiel\w*|gehen|geht|ging\w*)\b"
)
_OF_IT = re.compile(r"\bdavon\b")
_MORE = re.compile(rf"{BY_HOW_MUCH.pattern}|\bwie ?viel (?:mehr|weniger)\b")


def beside_others(
    found: tuple[Question, ...] | Refusal, seen: QuestionText, before: Before, message: str
) -> tuple[Question, ...] | Refusal:
    """The questions of a folded message, where it names one meter, as a share of all or against the other one that was spoken of."""
    if isinstance(found, Refusal) or than(seen.text) is not None:
        return found
    named = choose(seen.text, seen.meters, seen.places)
    if named.named and named.meter is not None and not named.meter.parts:
        meter = named.meter
        found = tuple(_of_named(one, seen.text, meter, seen.meters, before) for one in found)
    if subject_of(message) is not None or before.last is None:
        return found
    last = before.last
    return tuple(_still_ranked(_still_a_share(one, last), last, message) for one in found)


def _of_named(one: Question, text: str, meter: Meter, meters: Sequence[Meter], before: Before) -> Question:
    if one.against is not None or one.top is not None or one.meter is None or meter.meter_id not in (one.meter.meter_id, *one.meter.parts):
        return one
    if _MORE.search(text) and one.ask in lexis.COMPARABLE:
        rival = _rival(meter, meters, before)
        return one if rival is None else replace(one, meter=meter, rival=rival)
    whole = _whole(text, meter, meters, before) if one.ask in lexis.EACHABLE else None
    return one if whole is None else replace(one, meter=meter, whole=whole)


def _whole(text: str, meter: Meter, meters: Sequence[Meter], before: Before) -> Meter | None:
    """The sum that a meter's share is wanted of: the one spoken of before, else that of one's own; None where none is."""
    spoken = None if before.last is None else before.last.whole or before.last.meter
    if spoken is not None and meter.meter_id in spoken.parts and (_SHARE.search(text) or _OF_IT.search(text)):
        return spoken
    return _every(meter, meters) if _SHARE.search(text) else None


def _every(meter: Meter, meters: Sequence[Meter]) -> Meter | None:
    """The sum of one's own meters, or of all; None where a meter is not part of it."""
    every = added(own_of(meters) or meters, ()).meter
    return every if every is not None and meter.meter_id in every.parts else None


def _rival(meter: Meter, meters: Sequence[Meter], before: Before) -> Meter | None:
    """The only other meter of those spoken of together."""
    last = before.last
    ids = () if last is None or last.meter is None else last.meter.parts or tuple(one.meter_id for one in before.several)
    others = [one for one in meters if one.meter_id in ids and one.meter_id != meter.meter_id]
    return others[0] if len(others) == 1 and meter.meter_id in ids else None


def _still_a_share(one: Question, last: Question) -> Question:
    """Where nothing but period or meter is another than before, a share stays one."""
    if last.whole is None or one.ask != last.ask or one.against is not None or one.rival is not None:
        return one
    return replace(one, whole=last.whole) if one.meter is not None and one.meter.meter_id in last.whole.parts else one


_FEW_WORDS = 5
_LENGTHS: Mapping[str, int] = {"quarter": QUARTER, "hour": HOUR, "day": DAY + HOUR, "week": 7 * DAY + HOUR, "month": 31 * DAY}


def _still_ranked(one: Question, last: Question, message: str) -> Question:
    """Where nothing but period or meter is another than before, and several units lie in it, the first of them stays wanted."""
    if last.top is None or last.top.unit not in _LENGTHS or one.period.seconds <= _LENGTHS[last.top.unit]:
        return one
    plain = Question(one.ask, one.period, one.meter, told_in=one.told_in, law=one.law)
    moved = (one.period, one.meter) != (last.period, last.meter)
    if one != plain or one.ask != last.ask or not moved:
        return one
    return one if lexis.TOGETHER.search(message) or len(message.split()) > _FEW_WORDS else replace(one, top=last.top)
