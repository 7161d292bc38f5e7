"""A delivered session in; consent noted, turns stored and everything counted in one transaction; out what is answered to the sender.

It is the one way behind the hook, wherever sessions come in.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput
from nova.flows import consents
from nova.flows.once import once
from nova.governance.consent import CLOCK_SKEW, Statement
from nova.ports.jobs import Jobs
from nova.ports.people import Purpose
from nova.store.people import rights
from nova.store.postgres.db import Database
from nova.store.talk import conversations as rows
from nova.telemetry.conversations import NO_CONSENT, Delivery, DeliveryResult, Desk, refuse, take

OTHER_PERSON, ERASED = "other_person", "erased"
HOOK = "hook"
Keep = Callable[[Connection[Any], UUID, Collection[Purpose]], None]


@dataclass(frozen=True, slots=True)
class Session:
    """What one delivery holds: of whom (their name in the sender's system), what they said of their words, and the turns."""

    user: str = field(repr=False)
    delivery: Delivery
    statement: Statement | None = None


class SessionReception:
    """Stores what other systems deliver. `keep` hears, before the commit, who has just withdrawn what."""

    def __init__(self, db: Database, jobs: Jobs, desk: Desk, keep: Keep = lambda _conn, _subject_id, _purposes: None) -> None:
        self._db, self._jobs, self._desk, self._keep = db, jobs, desk, keep

    def receive(self, session: Session, nonce: str, body: str, now: datetime) -> dict[str, Any]:
        """Store a delivery exactly once, committed when it returns: `stored`, `duplicates`, `refused` by reason, whether it came before.

        The same nonce again gives the same counts and changes nothing. Conflict for a nonce that came with another body, and for a consent
        to another text than is kept under its version; InvalidInput for what was said in the future: it would be kept too long.
        """
        _past(session.delivery, now)
        people = self._desk.people
        claim = people.fingerprint("nonce", nonce).hex(), people.fingerprint("delivery", body)  # a sender's nonce may be made of a name
        return self._db.retry(lambda conn: self._receive(conn, session, claim, now))

    def count_refused(self, reason: str, now: datetime) -> None:
        """Note a delivery that was turned away at the door: by its reason alone, for nobody knows who sent it."""
        with self._db.transaction() as conn:
            rows.count_refusals(conn, HOOK, {reason: 1}, now)

    def _receive(self, conn: Connection[Any], session: Session, claim: tuple[str, bytes], now: datetime) -> dict[str, Any]:
        return once(conn, *claim, lambda: self._stored(conn, session, now).counts())

    def _stored(self, conn: Connection[Any], session: Session, now: datetime) -> DeliveryResult:
        people, delivery = self._desk.people, session.delivery
        ended: Collection[Purpose] = ()
        if session.statement is None:
            subject_id = people.find(conn, session.user)
            if subject_id is None:
                return refuse(conn, delivery, NO_CONSENT, now)
        elif _before_erasure(conn, people.lookup(session.user), session.statement.at):
            return refuse(conn, delivery, ERASED, now)
        else:
            subject_id = people.subject(conn, session.user)
            ended = consents.note(conn, self._jobs, subject_id, session.statement, now).ended
        try:
            with conn.transaction():
                taken = take(conn, self._desk, delivery, subject_id, now)
        except Conflict:
            taken = refuse(conn, delivery, OTHER_PERSON, now)
        self._keep(conn, subject_id, ended)
        return taken


def _past(delivery: Delivery, now: datetime) -> None:
    told = [("turns.ts", turn.ts) for turn in delivery.turns] + [("started_at", delivery.started_at), ("ended_at", delivery.ended_at)]
    if late := next((name for name, moment in told if moment is not None and moment > now + CLOCK_SKEW), None):
        raise InvalidInput("Die Zeiten eines Gesprächs dürfen nicht in der Zukunft liegen.", data={"field": late})


def _before_erasure(conn: Connection[Any], lookup: bytes, said_at: datetime) -> bool:
    """Whether the sender's person was erased after they said what the delivery brings: it comes late, or a second time."""
    erased_at = rights.erased_since(conn, lookup)
    return erased_at is not None and said_at <= erased_at
