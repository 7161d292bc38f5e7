"""A Nova that ends itself with SIGKILL in the middle of an erasure: run as a process of its own.

python -m tests.faults.doomed_erasure POINT FOLDER        (the database's address comes on standard input)
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from nova.flows.erasure import files, rows
from nova.flows.erasure.erase import Eraser
from nova.flows.erasure.ledger import Ledger
from nova.flows.erasure.requests import Erasures
from nova.flows.training.leaving import Leaving
from nova.governance.audit import AuditLog
from nova.settings import Settings
from nova.store.people import rights
from nova.wiring import Nova, open_nova
from nova.wiring.erasure import erasures_of
from tests.fakes.marked import planted
from tests.faults.doomed import ADMIN, dying, work

POINTS: Mapping[str, Callable[[], None]] = {
    "after_the_ledger_before_the_row": dying(Erasures, "start"),
    "after_the_rows_before_the_commit": dying(rows, "erase_rows", after=True),
    "after_the_commit_before_the_files": dying(files, "remove_files"),
    "after_the_files": dying(files, "remove_files", after=True),
    "after_adapters_left_before_the_disk": dying(Leaving, "sweep"),
    "after_what_was_learned": dying(files, "remove_learned", after=True),
    "after_the_index": dying(files, "remove_points", after=True),
    "after_the_storage": dying(files, "remove_traces", after=True),
    "before_the_receipt": dying(Eraser, "close"),
    "after_the_receipt_before_the_ledger": dying(Ledger, "put"),
    "after_the_ledger_before_the_commit": dying(AuditLog, "record"),
}
AT_THE_END = ("after_the_receipt_before_the_ledger", "after_the_ledger_before_the_commit")


def run(nova: Nova, point: str) -> None:
    """Plant a person, let everything settle, and die while erasing them."""
    who = planted(nova)
    planted(nova, 2, "Andereperson")
    nova.db.execute("DELETE FROM jobs WHERE kind = 'nobody-does-this'")
    work(nova)
    with nova.db.transaction() as conn:
        person = rights.find(conn, str(who.subject_id))
    assert isinstance(person, rights.Person)
    if point in AT_THE_END:
        erasures_of(nova).ask(ADMIN, person, datetime.now(UTC))
        POINTS[point]()
    else:
        POINTS[point]()
        erasures_of(nova).ask(ADMIN, person, datetime.now(UTC))
    work(nova)


def main(point: str, folder: Path, dsn: str) -> None:
    with open_nova(Settings(NOVA_DATA=folder, NOVA_DATABASE_URL=dsn)) as nova:
        run(nova, point)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.stdin.read().strip())
