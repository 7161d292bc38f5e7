"""A number of audit rows in; how fast they are sealed and looked through, and the memory that takes, out.

python benchmarks/audit.py [ROWS]
"""

import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from nova.governance.anchors import Written
from nova.governance.chain import seal, verify
from nova.store.db import Database
from nova.store.embedded import start
from nova.store.migrate import migrate
from tests.folders import short_folder

ROWS = 1_000_000
FILL = """
INSERT INTO audit_log (actor, action, target, facts)
SELECT 'user:' || gen_random_uuid(), 'item.changed', gen_random_uuid()::text,
       jsonb_build_object('fields', jsonb_build_array('title', 'tags'), 'n', n)
FROM generate_series(1, %s) AS n
"""


def main(count: int) -> None:
    """Fill, seal, look through."""
    with short_folder() as folder, start(folder, {"fsync": "off"}) as server:
        migrate(server.dsn)
        with Database.connect(server.dsn, statement_seconds=600) as db:
            db.execute(FILL, (count,))
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.perf_counter()
            newest = seal(db, datetime.now(UTC))
            sealed = time.perf_counter()
            verdict = verify(db, Written())
            done = time.perf_counter()
    if newest is None or not verdict.ok or verdict.sealed != count:
        raise SystemExit("the chain does not hold")
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{count} rows in {verdict.seals} seals: sealed at {count / (sealed - began):,.0f} rows/s, looked through at "
          f"{count / (done - sealed):,.0f} rows/s ({done - sealed:.1f} s), {more:.0f} MiB more at the most")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
