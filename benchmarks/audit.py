"""A number of audit rows in; how fast they are sealed and looked through, the memory that takes, and how many changes that are noted can
be made in a second, out.

python benchmarks/audit.py [ROWS]
"""

import resource
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from nova.governance.audit import AuditLog
from nova.governance.audit.anchors import Written
from nova.governance.audit.chain import seal, verify
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from tests.folders import short_folder

ROWS = 1_000_000
SECONDS, WRITERS = 5.0, (1, 4, 16)
CHANGE = "INSERT INTO installation (key, value) VALUES (%s, '{}') ON CONFLICT (key) DO UPDATE SET value = '{}'"
FILL = """
INSERT INTO audit_log (seq, actor, action, target, facts)
SELECT (SELECT last FROM audit_counter) + n, 'user:' || gen_random_uuid(), 'item.changed', gen_random_uuid()::text,
       jsonb_build_object('fields', jsonb_build_array('title', 'tags'), 'n', n)
FROM generate_series(1, %s) AS n
"""


def writing(db: Database, threads: int) -> tuple[float, float]:
    """Transactions of a change and its entry in a second, and the seconds that half of them take at most."""
    log, until = AuditLog(), time.perf_counter() + SECONDS
    took: list[float] = []

    def work(number: int) -> None:
        while (began := time.perf_counter()) < until:
            with db.transaction() as conn:
                conn.execute(CHANGE, (f"benchmark-{number}",))
                log.record(Caller("admin"), "test.done", f"thing-{number}", {"n": number}, connection=conn)
            took.append(time.perf_counter() - began)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(took) / SECONDS, median(took)


def main(count: int) -> None:
    """Fill, seal, look through."""
    with short_folder() as folder, start(folder) as server:
        migrate(server.dsn)
        with Database.connect(server.dsn, statement_seconds=600) as db:
            rates = [writing(db, threads) for threads in WRITERS]
            began = time.perf_counter()
            db.execute(FILL, (count,))
            db.execute("UPDATE audit_counter SET last = last + %s", (count,))
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.perf_counter()
            newest = seal(db, datetime.now(UTC))
            sealed = time.perf_counter()
            verdict = verify(db, Written())
            done = time.perf_counter()
    if newest is None or not verdict.ok or verdict.sealed < count:
        raise SystemExit("the chain does not hold")
    for threads, (rate, middle) in zip(WRITERS, rates, strict=True):
        print(f"{threads} writers: {rate:,.0f} changes/s, each {middle * 1000:.1f} ms (median)")
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{count} rows in {verdict.seals} seals: sealed at {count / (sealed - began):,.0f} rows/s, looked through at "
          f"{count / (done - sealed):,.0f} rows/s ({done - sealed:.1f} s), {more:.0f} MiB more at the most")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
