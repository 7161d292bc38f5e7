"""People who turn keys, try, promote and take back without a pause, in a process that is killed: the use-cases as doors call them.

python -m tests.rooms.training.doomed_promotion SEED DATA RUN...        (the database's address comes on standard input)

A line is printed before each step and one after it.
"""

import random
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.engines.queue.postgres import PostgresJobs
from nova.errors import NovaError
from nova.flows.training.promoting import Promotions
from nova.governance.audit.log import AuditLog
from nova.kpi.alerts.channels import queued
from nova.kpi.kinds import NOTIFY
from nova.records import Caller
from nova.store.people import governance
from nova.store.postgres.db import Database
from nova.store.quality import train_reviews as reviews
from nova.store.quality.train_reviews import Evaluation
from nova.store.training import runs

DOOMED = "doomed"  # what its connections are called
SHARES = (0.0, 0.1, 1.0)
PASSED = {"gates": [{"name": "facts", "passed": True, "reason": "Die Fakten stimmen."}]}


class Hands:
    """Two people at the doors of an installation."""

    def __init__(self, db: Database, data: Path, names: Sequence[str], dice: random.Random) -> None:
        self.db, self.names, self.dice = db, names, dice
        self.jobs = PostgresJobs(db)

        def start(conn: Connection[Any], notice_id: UUID) -> None:
            self.jobs.start(NOTIFY, {"notice_id": str(notice_id)}, connection=conn)

        self.promotions = Promotions(db, AuditLog(), lambda conn, notice: queued(conn, notice, ["log"], start), data)
        self.emil, self.olga = self._named("emil"), self._named("olga")

    def _named(self, name: str) -> Caller:
        with self.db.transaction() as conn:
            user = governance.ensure_user(conn, name)
            governance.set_role(conn, user.user_id, "engineer")
        return Caller("engineer", user.user_id, name)

    def keys(self) -> None:
        """A run is judged anew, and both keys are turned."""
        name = self.dice.choice(self.names)
        with self.db.transaction() as conn:
            run = runs.get(conn, name)
            reviews.put_evaluation(conn, run.run_id, Evaluation(PASSED, True, "engineer:1", datetime.now(UTC)))
        for who in (self.emil, self.olga):
            seen = self.promotions.standing(name).evaluation_id
            self.promotions.turn(who, name, seen, "yes", "", self.dice.choice(SHARES))

    def serve(self) -> None:
        """A run whose keys are turned is tried, or serves everybody."""
        self.promotions.serve(self.emil, self.dice.choice(self.names), self.dice.choice(SHARES))

    def end(self) -> None:
        """The trial ends."""
        self.promotions.end(self.olga, "")

    def back(self) -> None:
        """What serves gives way."""
        self.promotions.back(self.emil, "")

    def one(self, tell: Callable[[str], None]) -> None:
        """One step, or none where it is refused."""
        act = self.dice.choice((self.keys, self.keys, self.keys, self.serve, self.serve, self.end, self.back))
        tell(act.__name__)
        try:
            act()
        except NovaError:
            tell("refused")
        else:
            tell("done")


def main(seed: str, data: str, *names: str) -> None:
    """Go on until killed."""
    with Database.connect(sys.stdin.readline().strip(), name=DOOMED) as db:
        hands = Hands(db, Path(data), names, random.Random(seed))
        while True:
            hands.one(lambda word: print(word, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
