"""A Nova that ends itself with SIGKILL while a person withdraws their consent: run as a process of its own.

python -m tests.faults.doomed_withdrawal POINT FOLDER        (the database's address comes on standard input)
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from nova.flows import consents
from nova.flows.withdrawals import Withdrawals
from nova.governance import consent
from nova.governance.users import ensure_user
from nova.records import Caller
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.wiring import Nova, open_nova
from nova.wiring.cases import cases_of
from tests.faults.doomed import dying

NAME = "widerruft"


POINTS: Mapping[str, Callable[[], None]] = {
    "before_the_line": dying(Withdrawals, "keep"),
    "after_the_line": dying(Withdrawals, "keep", after=True),
    "after_the_commit": dying(Database, "retry", after=True),
}


def run(nova: Nova, point: str) -> None:
    """Somebody agrees to everything, then withdraws as their page lets them, and the process dies on the way."""
    user, text, now = ensure_user(nova.db, NAME), consent.shipped(), datetime.now(UTC)
    said = consent.Statement({"service": True, "analytics": True, "training": True}, text.version, text.sha256, now, "web")
    with nova.db.transaction() as conn:
        consents.note(conn, nova.jobs, nova.people.subject_of_user(conn, user.user_id), said, now)
    POINTS[point]()
    cases_of(nova).people.consents.change_own(Caller("customer", user.user_id, NAME), {"service": False}, text.version)


def main(point: str, folder: Path, dsn: str) -> None:
    with open_nova(Settings(NOVA_DATA=folder, NOVA_DATABASE_URL=dsn)) as nova:
        run(nova, point)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.stdin.read().strip())
