"""How far editors agree, measured once a week from the decisions that two of them made, and said in German."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import Field

from nova.errors import InvalidInput, Misconfigured, NotFound
from nova.german import BERLIN, plain
from nova.stats.agreement import Agreement, cohen
from nova.store.postgres.db import Database
from nova.store.quality import second_opinions as store
from nova.store.quality.second_opinions import AgreementWeek
from nova.strict import Strict, parsed, read_file

WEEK = timedelta(days=7)


class Rules(Strict):
    """How many decisions are judged twice, and when editors agree; each is explained in the shipped file."""

    share: float = Field(ge=0, le=1)
    due_days: int = Field(ge=1, le=60)
    weeks: int = Field(ge=1, le=26)
    least_pairs: int = Field(ge=2)
    kappa: float = Field(ge=-1, le=1)


def rules_of(path: Path) -> Rules:
    """Of a file where there is one, else those that come with Nova; Misconfigured."""
    if path.is_file():
        try:
            return parsed(Rules, read_file(path), path.name)
        except (InvalidInput, NotFound) as error:
            raise Misconfigured(error.message) from error
    return parsed(Rules, resources.files("nova.kpi.review").joinpath("second.yaml").read_text("utf-8"), "second.yaml")


@dataclass(frozen=True, slots=True)
class Told:
    """A week's figure and how it is said."""

    week: AgreementWeek
    text: str


def is_drawn(key: bytes, review_id: UUID, share: float) -> bool:
    """Whether a decision is judged twice: the same each time, and nobody without the key can tell."""
    return int.from_bytes(hmac.digest(key, review_id.bytes, "sha256")[:6], "big") < share * 2**48


def measure_week(db: Database, rules: Rules, now: datetime) -> dict[str, Any]:
    """Measure the week that ended last, if nobody did; weeks end on Monday at 0 o'clock in Berlin."""
    until = week_end(now)
    since = until - rules.weeks * WEEK  # by the clock of Berlin
    with db.transaction() as conn:
        found = cohen(store.labels(conn, since, until))
        new = store.put_agreement(conn, measured(found, rules, since, until))
    return {"pairs": found.pairs, "until": until.isoformat(), "new": new}


def week_end(now: datetime) -> datetime:
    """When the last whole week ended."""
    local = now.astimezone(BERLIN)
    return (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)


def measured(found: Agreement, rules: Rules, since: datetime, until: datetime) -> AgreementWeek:
    """What is kept of a week: with too few pairs how many there were, and no more."""
    if found.pairs < rules.least_pairs:
        return AgreementWeek(until, since, found.pairs, None, None, None, None, None)
    passed = found.kappa is None or found.kappa >= rules.kappa
    return AgreementWeek(until, since, found.pairs, found.share, found.kappa, found.low, found.high, passed)


def told(week: AgreementWeek, rules: Rules) -> Told:
    """The same with words."""
    return Told(week, _text(week, rules))


def _text(week: AgreementWeek, rules: Rules) -> str:
    day = f"bis {week.until.astimezone(BERLIN):%d.%m.%Y}"
    if week.share is None:
        return f"Zu wenige Paare {day}: {week.pairs}; gemessen wird ab {rules.least_pairs}."
    if week.kappa is None or week.low is None or week.high is None:
        return f"Alle {week.pairs} Paare {day} sagen dasselbe; Kappa ist dann nicht messbar."
    verdict = "einig genug" if week.passed else f"zu uneinig, nötig sind {plain(rules.kappa, 2)}"
    bounds = f"95 %: {plain(week.low, 2)} bis {plain(week.high, 2)}"
    return f"Kappa {plain(week.kappa, 2)} ({bounds}) aus {week.pairs} Paaren {day}, in {plain(100 * week.share, 0)} % gleich: {verdict}."
