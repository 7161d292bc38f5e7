"""Second opinions in, the JSON shapes of `models.second_opinions` out; a second editor's words in, what the flow is told out."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from nova.api.views.records import named
from nova.flows.second_opinions import Blind, Desk, Pair, Side, Waiting, own_sides
from nova.records import Caller

SIDES: Mapping[str, Side] = {"erste": "first", "zweite": "second"}


def desk_view(desk: Desk, who: Caller) -> dict[str, Any]:
    """What stands where for an editor."""
    return {
        "waiting": [_row(one, desk.now) for one in desk.waiting],
        "disputed": [_pair(one, who) for one in desk.disputed],
        "counts": {"waiting": desk.counts[0], "disputed": desk.counts[1]},
        "agreement": [asdict(one.week) | {"text": one.text} for one in desk.agreement],
    }


def blind_view(one: Blind) -> dict[str, Any]:
    """An entry to judge, with its answer."""
    return _row(one, datetime.now(UTC)) | {"citations": [named(place) for place in one.citations]}


def _row(one: Waiting, now: datetime) -> dict[str, Any]:
    return asdict(one) | {"overdue": one.due_at < now}


def _pair(one: Pair, who: Caller) -> dict[str, Any]:
    own = own_sides(one, who)
    told = {name: value for name, value in asdict(one).items() if name not in ("drawn_from", "disputed")}
    return told | {"own": [word for word, side in SIDES.items() if side in own]}
