"""Who is asking in, what they may see out: the same for meters, deliveries, recommendations, schedules, facts and documents."""

from dataclasses import dataclass
from uuid import UUID

from nova.records import Caller


@dataclass(frozen=True, slots=True)
class Visible:
    """What a caller may see: everything, or what is for everybody and what is `owner`'s; `staff` also what is the company's alone."""

    everyone: bool
    owner: UUID | None
    staff: bool = False

    @classmethod
    def to(cls, caller: Caller) -> "Visible":
        """The operator sees everything, who works for the company its things and their own, a customer their own."""
        return cls(caller.role == "admin" and caller.may("company"), caller.user_id, caller.may("company"))
