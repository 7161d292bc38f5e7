"""Counts in, effort out: how many of what runs propose people had to decide by hand (002: manual data preparation)."""

from dataclasses import dataclass

from nova.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Counts:
    """What runs proposed and people decided: removals and those taken back; versions, made live by hand, and taken back."""

    removals: int = 0
    undone: int = 0
    versions: int = 0
    by_hand: int = 0
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """Manual decisions, proposals, and decisions per proposal (None without a proposal; above 1 where one was decided twice)."""

    decisions: int
    proposals: int
    share: float | None


def effort(counts: Counts) -> Effort:
    """The effort of these counts; a removal or version is a proposal, what somebody does about one a decision.

    InvalidInput for a negative count, or more removals taken back than there were.
    """
    if min(counts.removals, counts.undone, counts.versions, counts.by_hand, counts.taken_back) < 0:
        raise InvalidInput("Anzahlen von Vorschlägen und Entscheidungen sind nicht negativ.")
    if counts.undone > counts.removals:
        raise InvalidInput("Es wurden mehr Entfernungen zurückgenommen, als es gab.")
    decisions = counts.undone + counts.by_hand + counts.taken_back
    proposals = counts.removals + counts.versions
    return Effort(decisions, proposals, decisions / proposals if proposals else None)
