"""Actions for which the installation may want a second operator's word: done at once, or noted until it is said."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from nova.api.doors import House
from nova.api.models.people.approvals import ApprovalWanted
from nova.api.protocol.envelope import Envelope, ok
from nova.errors import Conflict
from nova.records import Caller

WANTED: dict[int | str, dict[str, Any]] = {202: {"model": Envelope[ApprovalWanted], "description": "Eine zweite Person muss bestätigen."}}
MOST_ALONE = 0.5


def require_part(house: House, action: str, share: float) -> None:
    """Conflict where an action needs two and one alone would do it to more than half of the people."""
    if share > MOST_ALONE and action in house.cases.approvals.wanted():
        raise Conflict("Für alle braucht es eine zweite Person. Allein erproben lässt sich eine Version an höchstens der Hälfte.")


def twice(house: House, caller: Caller, action: str, target: str, args: Mapping[str, Any], run: Callable[[], Response]) -> Response:
    """What `run` answers where one is enough; else 202 with the number under which it waits for another's word."""
    waits = house.cases.approvals.ask(caller, action, target, args)
    return run() if waits is None else ok({"approval_id": waits, "action": action}, status=202)
