"""What a turn of a conversation is: what was wanted, how it was understood, how it ended, what it was about, and emergencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

TurnKind = Literal["law", "data", "mixed", "help", "talk", "action", "advice", "outside", "unclear"]
Outcome = Literal["answered", "partial", "asked_back", "refused", "help", "talk", "hotline"]


@dataclass(frozen=True, slots=True)
class Understood:
    """How a message was understood, before anything was searched: what it wants (`sure`: how likely, 0 to 1) and the full `question`.

    `topic` and `norm` are of law ("stromsperre", "stromgvv:19"), the rest of data; None where nothing of the kind is meant. `restated`: the
    question says more than the message did.
    """

    kind: TurnKind
    sure: float
    question: str
    restated: bool = False
    topic: str | None = None
    norm: str | None = None
    meter_id: str | None = None
    start: str | None = None
    end: str | None = None
    unit: str | None = None


EmergencyKind = Literal["gas", "outage", "fire", "shock", "co", "heat", "water"]
EMERGENCIES: tuple[EmergencyKind, ...] = get_args(EmergencyKind)


@dataclass(frozen=True, slots=True)
class Emergency:
    """What an answer warns of. `call` is the number to ring first, `hotline` the supplier's, or 112 where it is not configured."""

    kind: EmergencyKind
    call: str
    hotline: str
    hotline_configured: bool


@dataclass(frozen=True, slots=True)
class DataFocus:
    """What answers from data were about, the newest last: ids and periods, nothing that anybody said.

    Whoever answers from data writes and reads it; everybody else hands it on.
    """

    asked: tuple[Mapping[str, Any], ...] = ()


NO_FOCUS = DataFocus()


@dataclass(frozen=True, slots=True)
class DataTurn:
    """How a question for data was understood: of which meter, from when until when (ISO, UTC), in which unit, and said in full."""

    question: str
    meter_id: str | None = None
    start: str | None = None
    end: str | None = None
    unit: str | None = None
