"""A second editor judges what a first one decided, without seeing how; where both differ, somebody else says who is right.

Which decisions are judged twice is drawn by a key of the installation. A second opinion changes nothing by itself: while it differs from
the decision, nothing is learned from that entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from nova.errors import Conflict
from nova.flows.review import ReviewDecisions
from nova.kpi.review.agreement import Rules, Told, told
from nova.kpi.review.queue import sees_all
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import second_opinions as store
from nova.store.quality.second_opinions import Blind as Blind
from nova.store.quality.second_opinions import Pair as Pair
from nova.store.quality.second_opinions import Reader
from nova.store.quality.second_opinions import Side as Side
from nova.store.quality.second_opinions import Waiting as Waiting

MOST, WEEKS = 100, 12
Verdict = Literal["accepted", "rejected", "changed"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What an editor may judge a second time, what is disputed, how much of either there is, and how far editors agreed, newest first."""

    waiting: Sequence[Waiting]
    disputed: Sequence[Pair]
    counts: tuple[int, int]
    agreement: Sequence[Told]
    now: datetime


class SecondOpinions:
    """The use-cases of second editors. `redact` takes personal data out of notes."""

    def __init__(
        self, db: Database, audit: Audit, decisions: ReviewDecisions, rules: Callable[[], Rules], redact: Callable[[str], str]
    ) -> None:
        self._db, self._audit, self._decisions, self._rules, self._redact = db, audit, decisions, rules, redact

    def desk(self, caller: Caller) -> Desk:
        """What stands where for this editor."""
        rules, reader = self._rules(), _reader(caller)
        with self._db.transaction() as conn:
            waiting, to_give = store.waiting(conn, reader, MOST)
            disputed, differ = store.disputed(conn, reader, MOST)
            weeks = [told(week, rules) for week in store.agreement(conn, WEEKS)]
        return Desk(waiting, disputed, (to_give, differ), weeks, datetime.now(UTC))

    def one(self, caller: Caller, review_id: UUID) -> Blind:
        """An entry to judge, blind; NotFound where the caller decided it first, or where no second opinion waits."""
        with self._db.transaction() as conn:
            return store.blind(conn, review_id, _reader(caller))

    def give(self, caller: Caller, review_id: UUID, verdict: Verdict, note: str | None) -> bool:
        """Write a second opinion down; whether it says what the first one said. It stands. NotFound as for `one`."""
        text = self._redact(note.strip()) if note and note.strip() else None
        with self._db.transaction() as conn:
            store.blind(conn, review_id, _reader(caller), lock=True)
            store.give(conn, review_id, verdict, caller.token, text)
            agreed = not store.pair(conn, review_id, _reader(caller)).disputed
            self._audit.record(caller, "review.second", str(review_id), {"state": verdict}, connection=conn)
        return agreed

    def settle(self, caller: Caller, review_id: UUID, side: Side) -> None:
        """Say who is right. For the first one the decision stands; for the second one it is taken back, and the entry is open again.

        NotFound; Conflict: it is no dispute (any more), or it is the caller's own opinion.
        """
        self._require_may_settle(caller, review_id, side)
        if side == "second":
            self._decisions.undo(caller, review_id)
        with self._db.transaction() as conn:
            if side == "first":
                _require_dispute(store.pair(conn, review_id, _reader(caller), lock=True))
            store.settle(conn, review_id, side, caller.token)
            self._audit.record(caller, "review.settled", str(review_id), {"for": side}, connection=conn)

    def _require_may_settle(self, caller: Caller, review_id: UUID, side: Side) -> None:
        with self._db.transaction() as conn:
            pair = store.pair(conn, review_id, _reader(caller))
        _require_dispute(pair)
        if side in own_sides(pair, caller):
            raise Conflict("Für die eigene Meinung kann niemand entscheiden. Nachgeben dürfen Sie, recht geben muss jemand anderes.")


def own_sides(pair: Pair, caller: Caller) -> list[Side]:
    """Which of both opinions are the caller's own."""
    sides: dict[Side, tuple[str | None, ...]] = {"first": (pair.first_by, pair.drawn_from), "second": (pair.second_by,)}
    return [side for side, who in sides.items() if caller.person in {(one or "").rpartition(":")[2] for one in who}]


def patience(rules: Rules) -> timedelta:
    """Within what time a second opinion is to be given."""
    return timedelta(days=rules.due_days)


def _reader(caller: Caller) -> Reader:
    return caller.person, sees_all(caller)


def _require_dispute(pair: Pair) -> None:
    if not pair.disputed:
        raise Conflict("Hier sind sich beide einig, oder es ist schon entschieden.")
