"""What is open in, the use-cases about tuned models out: people who judge them, their evaluation and their card."""

import hmac
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nova.flows.training.carding import ModelCards
from nova.flows.training.evaluating import Evaluations, Judging
from nova.flows.training.review import BlindReviews
from nova.training import licences
from nova.training.limits import Limits, limits_of
from nova.wiring.notify import channels, teller

if TYPE_CHECKING:
    from nova.wiring import Nova

PURPOSE = b"nova blind reviews"


@dataclass(frozen=True, slots=True)
class TrainingCases:
    """One field a use-case."""

    reviews: BlindReviews
    evaluations: Evaluations
    cards: ModelCards


def training_cases(nova: "Nova") -> TrainingCases:
    """Those of an open Nova."""
    db, audit, data = nova.db, nova.audit, nova.settings.NOVA_DATA
    key = hmac.digest(nova.token_key.raw_value, PURPOSE, "sha256")
    limits = partial(own_limits, nova)

    def redact(text: str) -> str:
        return nova.answers.redact(text)

    def judging() -> Judging:
        return Judging(key, limits(), licences.load(data), nova.answers.analyser())

    tell = teller(channels(nova.settings), nova.jobs)
    return TrainingCases(
        reviews=BlindReviews(db, audit, redact, key, data, limits),
        evaluations=Evaluations(db, audit, tell, judging),
        cards=ModelCards(db, audit, data, judging),
    )


def own_limits(nova: "Nova") -> Limits:
    """The installation's own limits where it has some, else those that come with Nova."""
    own = nova.settings.NOVA_DATA / "config/training/gates.yaml"
    return limits_of(own if own.is_file() else None)
