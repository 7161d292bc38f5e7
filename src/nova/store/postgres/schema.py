"""A migrated database in, its schema as normalised text out: what `schema.sql` records and a test compares.

Write it anew after adding a migration: `python -m nova.store.postgres.schema > src/nova/store/postgres/schema.sql`.
"""

import re
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from nova.store.postgres.embedded import client_environment, client_program, start
from nova.store.postgres.migrate import migrate

MONTH_PARTITIONS = "*_[0-9][0-9][0-9][0-9]_[0-9][0-9]"
NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)$", re.MULTILINE)
HEADER = "-- The schema after all migrations, printed by `nova.store.postgres.schema`; a record to compare with, applied by nothing.\n"


def recorded() -> str:
    """What the repository says the schema is."""
    return (resources.files(__package__) / "schema.sql").read_text(encoding="utf-8")


def snapshot(dsn: str) -> str:
    """What the schema is: tables, indexes, functions and triggers without owners, rights and monthly partitions."""
    command = [str(client_program("pg_dump")), "--schema-only", "--no-owner", "--no-privileges", f"--exclude-table={MONTH_PARTITIONS}"]
    done = subprocess.run(command, env=client_environment(dsn), capture_output=True, text=True, check=True)
    text = re.sub(r"\n{2,}", "\n\n", NOISE.sub("", done.stdout)).strip()
    return f"{HEADER}\n{text}\n"


def main() -> None:
    """Print the schema that the migrations make on a fresh embedded server."""
    with tempfile.TemporaryDirectory(prefix="nova-") as folder, start(Path(folder), {"fsync": "off"}) as server:
        migrate(server.dsn)
        sys.stdout.write(snapshot(server.dsn))


if __name__ == "__main__":
    main()
