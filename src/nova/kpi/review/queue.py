"""The editors' queue: a page of it, the next entry, looking at one, leaving it to others, and filling it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict
from nova.kpi.kinds import FILL
from nova.kpi.review.sampling import draw, queued
from nova.language.analyser import Analyser
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality import review
from nova.store.quality.review import Counts, ReviewLine
from nova.store.quality.review import Reason as Reason
from nova.store.quality.review import Review as Review
from nova.store.quality.review import State as State

PATIENCE = timedelta(minutes=15)
BACK = timedelta(days=30)
WAITING = 100  # more waiting entries than editors look through in a week help nobody
MOST_CANDIDATES = 5000


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A page of the queue, how many entries there are of what was asked for, and how many stand where."""

    reviews: Sequence[ReviewLine]
    total: int
    counts: Counts


class ReviewQueue:
    """Entries that the caller may see: answers that rest on somebody's own documents or meters are the operator's alone.

    `order` names open entries that come before others, the first first.
    """

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, order: Callable[[Connection[Any]], Sequence[UUID]] = lambda _: ()) -> None:
        self._db, self._jobs, self._audit, self._order = db, jobs, audit, order

    def page(self, caller: Caller, state: State | None, reason: Reason | None, limit: int, offset: int) -> ReviewPage:
        """The most urgent first; what was decided newest first."""
        everyone = sees_all(caller)
        with self._db.transaction() as conn:
            found = review.page(conn, state, reason, (limit, offset), self._order(conn), everyone=everyone, viewer=caller.person)
            known = found or review.page(conn, state, reason, (1, 0), everyone=everyone, viewer=caller.person)  # the last page is not known
            return ReviewPage(found, known[0].total if known else 0, review.counts(conn, everyone=everyone))

    def next(self, caller: Caller) -> tuple[Review | None, Counts]:
        """The entry the caller should look at, theirs for a quarter of an hour; None when nothing is open."""
        with self._db.transaction() as conn:
            review_id = review.claim(conn, caller.token, PATIENCE, self._order(conn), everyone=sees_all(caller))
            found = review.get(conn, review_id) if review_id else None
            return found, review.counts(conn, everyone=sees_all(caller))

    def one(self, caller: Caller, review_id: UUID) -> Review:
        """One entry; NotFound."""
        with self._db.transaction() as conn:
            return review.get(conn, review_id, everyone=sees_all(caller), viewer=caller.person)

    def claim(self, caller: Caller, review_id: UUID) -> Review:
        """The caller looks at this entry for a quarter of an hour, a decided one is just shown; NotFound, Conflict: somebody else does."""
        with self._db.transaction() as conn:
            review.get(conn, review_id, everyone=sees_all(caller), viewer=caller.person)
            held = review.hold(conn, review_id, caller.token, PATIENCE)
            found = review.get(conn, review_id)
        if found.state == "open" and not held:
            raise Conflict("Diese Antwort sieht gerade jemand anders durch.")
        return found

    def skip(self, caller: Caller, review_id: UUID) -> Review:
        """Leave an entry to others; NotFound."""
        with self._db.transaction() as conn:
            review.get(conn, review_id, lock=True, everyone=sees_all(caller), viewer=caller.person)
            review.skip(conn, review_id, caller.token)
            return review.get(conn, review_id)

    def start_filling(self, caller: Caller) -> UUID:
        """The job that fills the queue; one that waits or runs is given instead of another."""
        with self._db.transaction() as conn:
            started = self._jobs.start_once(FILL, connection=conn)
            if started.new:
                self._audit.record(caller, "review.filled", str(started.job_id), connection=conn)
        return started.job_id


def sees_all(caller: Caller) -> bool:
    """Whether they also see answers that rest on somebody's own documents or meters: the operator."""
    return caller.may("rights")


def fill(db: Database, analyser: Analyser, now: datetime, unkept: str) -> dict[str, Any]:
    """Fill the queue up to its size with the answers of 30 days that are most worth a look. `unkept` stands for text that was not kept."""
    with db.transaction() as conn:
        waiting = review.counts(conn).open
        found = review.candidates(conn, now - BACK, now, unkept, MOST_CANDIDATES) if waiting < WAITING else []
        queue = review.waiting(conn) if found else []
    drawn = draw(found, WAITING - waiting, lambda question: _stems(analyser, question), queue)
    with db.transaction() as conn:
        added = review.put(conn, queued(drawn, uuid7)) if drawn else 0
    return {"candidates": len(found), "added": added, "open": waiting + added}


def _stems(analyser: Analyser, question: str) -> Iterable[str]:
    return (word.stem for word in analyser.words(question) if word.stem)
