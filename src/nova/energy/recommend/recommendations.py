"""Recommendations for whoever may see them, and what people decide of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.energy.calendar import day_bounds, today
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.series import meters, recommendations
from nova.store.talk.conversations import NOT_KEPT
from nova.store.talk.telemetry import speakers
from nova.visibility import Visible

Decision = Literal["uebernehmen", "spaeter", "passt_nicht"]
STATES: Mapping[Decision, recommendations.State] = {"uebernehmen": "taken", "spaeter": "later", "passt_nicht": "declined"}
NORM = re.compile(r"§\s*\d+[a-z]?(?:\s+Abs\.\s*\d+)?(?:\s+Satz\s*\d+)?(?:\s+[A-Z][A-Za-z]*(?:G|V)\b)?")
KeepDecision = Callable[[Connection[Any], UUID | None, Mapping[str, Any]], None]
"""Keep a decision as an event of a person's (None: the company's), in the caller's transaction."""
Redact = Callable[[str], str]
"""A text without personal values."""


@dataclass(frozen=True, slots=True)
class RecommendationState:
    """A recommendation as it stands: the title of its meter, the norms that it names, and whether the caller may decide it.

    It is for the local day from `valid_from` to `valid_to` (seconds since 1970, excluded).
    """

    row: recommendations.StoredRecommendation
    meter_title: str
    norms: Sequence[str]
    valid_from: int
    valid_to: int
    may_decide: bool


class Recommendations:
    """The company's, which the operator decides, and people's own."""

    def __init__(self, db: Database, audit: Audit, redact: Redact, keep_decision: KeepDecision) -> None:
        self._db, self._audit, self._redact, self._keep_decision = db, audit, redact, keep_decision

    def page(
        self, caller: Caller, states: Sequence[recommendations.State], meter_id: str | None, limit: int, offset: int
    ) -> tuple[list[RecommendationState], int]:
        """Recommendations in these states that a caller may see, the most EUR first, and how many there are in all."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            found = recommendations.page(conn, seen, states=states, subject=meter_id, limit=limit, offset=offset)
            total = recommendations.total(conn, seen, states=states, subject=meter_id)
            titles = meters.titles(conn, [one.subject for one in found], seen)
        return [_state(caller, one, titles) for one in found], total

    def decide(self, caller: Caller, recommendation_id: UUID, decision: Decision, reason: str) -> RecommendationState:
        """A decision; kept as an event, too. NotFound, NotAllowed, Conflict for a day that is over."""
        state, reason = STATES[decision], self._redact(reason)
        with self._db.transaction() as conn:
            if reason and caller.user_id is not None and caller.user_id not in speakers(conn, {caller.user_id}):
                reason = NOT_KEPT
            found = recommendations.decide(conn, recommendation_id, state, reason, today(), Visible.to(caller))
            self._keep_decision(conn, _decider(caller, found), _event(found, decision))
            titles = meters.titles(conn, [found.subject], Visible.to(caller))
            facts = {"rule": found.rule, "state": state}
            self._audit.record(caller, "recommendation.decided", str(recommendation_id), facts, connection=conn)
        return _state(caller, found, titles)

    def undo(self, caller: Caller, recommendation_id: UUID) -> RecommendationState:
        """Take a decision back; NotFound, NotAllowed, Conflict for a day that is over."""
        with self._db.transaction() as conn:
            found, before = recommendations.undo(conn, recommendation_id, today(), Visible.to(caller))
            titles = meters.titles(conn, [found.subject], Visible.to(caller))
            if before != "open":
                self._keep_decision(conn, _decider(caller, found), _event(found, "zurueck"))
                facts = {"rule": found.rule, "state": before}
                self._audit.record(caller, "recommendation.reopened", str(recommendation_id), facts, connection=conn)
        return _state(caller, found, titles)


def _decider(caller: Caller, found: recommendations.StoredRecommendation) -> UUID | None:
    """Whose decision it is: a person's on what is theirs, else the company's."""
    return caller.user_id if found.owner == caller.user_id else None


def _event(found: recommendations.StoredRecommendation, decision: str) -> dict[str, Any]:
    meta = {"recommendation_id": str(found.recommendation_id), "rule": found.rule, "meter_id": found.subject, "day": found.day.isoformat()}
    return meta | {"decision": decision, "eur": found.eur, "kwh": found.kwh}


def _state(caller: Caller, one: recommendations.StoredRecommendation, titles: Mapping[str, str]) -> RecommendationState:
    norms = dict.fromkeys(" ".join(norm.split()) for norm in NORM.findall(" ".join((one.text, *one.evidence.get("terms", ())))))
    may = one.state != "past" and one.day >= today() and (caller.role == "admin" or one.owner is not None)
    return RecommendationState(one, titles.get(one.subject, ""), list(norms), *day_bounds(one.day), may)
