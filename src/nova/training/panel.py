"""A run's votes in, how its blind review stands out: who finished, whether it is enough, how far the raters agree, what is overdue."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nova.training.limits import Limits
from nova.training.run_gates import Panel
from nova.training.wins import Vote, agreed


@dataclass(frozen=True, slots=True)
class Started:
    """Who began a run, and when it ended (or began, while it runs)."""

    by: str
    at: datetime


def panel(votes: Sequence[Vote], rows: Collection[str], started: Started, now: datetime, limits: Limits) -> Panel:
    """The review of these questions. Enough: so many raters have judged all of them, and one of them did not begin the run."""
    of_rows = set(rows)
    some = [vote for vote in votes if vote.id in of_rows]
    raters = tuple(_rater(rater, some, len(of_rows), started.by) for rater in dict.fromkeys(vote.rater for vote in some))
    finished = [one for one in raters if one["finished"]]
    missing = max(limits.review_raters - len(finished), int(_alone(finished)))
    enough = not missing
    overdue = not enough and bool(rows) and now >= due(started, limits)
    agreement, kappa = agreed(some)
    return Panel(len(of_rows), raters, enough, missing, overdue, kappa, agreement)


def _alone(finished: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nobody finished but who began the run."""
    return all(one["trainer"] for one in finished)


def _rater(rater: str, votes: Sequence[Vote], of: int, trainer: str) -> dict[str, Any]:
    won = Counter(vote.winner for vote in votes if vote.rater == rater)
    return {"rater": rater, "done": won.total(), "finished": won.total() >= of, "trainer": rater == trainer, "won": dict(won)}


def due(started: Started, limits: Limits) -> datetime:
    """Until when a review should be finished."""
    return started.at + timedelta(days=limits.review_days)


def counted(votes: Sequence[Vote], found: Panel) -> list[Vote]:
    """The votes that overrule facts: of raters who finished a review that is enough; else none."""
    done = {one["rater"] for one in found.raters if one["finished"]}
    return [vote for vote in votes if vote.rater in done] if found.enough else []
