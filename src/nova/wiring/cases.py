"""The use-cases that people reach through a door, each with the ports it needs: what the API and the command line call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.answers.kept import KeptAnswers

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class Cases:
    """One field a use-case, or a few that share their ports."""

    kept_answers: KeptAnswers


def cases_of(nova: "Nova") -> Cases:
    """Those of an open Nova."""
    return Cases(kept_answers=KeptAnswers(nova.db, nova.hotlines))
