"""Customers of a utility as a source gives them, and a run that makes a version of them."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl

from nova.engines.objects import folder_objects
from nova.flows.seeding import publishing
from nova.flows.seeding.publishing import Draft
from nova.seeding import lineage
from nova.seeding.lineage import Columns, Lookup
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.seeding import runs
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Batch, Run
from nova.store.seeding.versions import Version

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
COLUMNS = Columns(subject="customer_no")
BY = "service:seeding"


def lookup(name: str) -> bytes:
    return hmac.digest(b"key", name.encode(), "sha256")


def customers(count: int, salt: str = "") -> pl.DataFrame:
    """Two contracts a customer: K0 has c0 and c1, K1 has c2 and c3 ..."""
    return pl.DataFrame(
        {
            "id": [f"c{number}{salt}" for number in range(2 * count)],
            "customer_no": [f"K{number // 2}" for number in range(2 * count)],
            "kwh": [1000.5 + number for number in range(2 * count)],
            "note": [f"Zähler {number} von K{number // 2}" for number in range(2 * count)],
        }
    )


def raw_of(frame: pl.DataFrame) -> bytes:
    return frame.write_csv().encode()


@dataclass
class Bench:
    """A database, objects in a folder, and runs on them."""

    db: Database
    folder: Path
    lookup: Lookup = lookup
    runs: int = 0
    batches: list[UUID] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.objects = folder_objects(self.folder)

    def at(self) -> datetime:
        return NOW + timedelta(minutes=self.runs)

    def collected(self, frame: pl.DataFrame, source: str = "sap") -> tuple[UUID, pl.DataFrame]:
        """A run that fetched these rows in one batch; the run, and the rows as a pipeline has them."""
        self.runs += 1
        run_id, batch_id = uuid7(), uuid7()
        with self.db.transaction() as conn:
            runs.start(conn, Run(run_id, "kunden", BY, "Probe", self.at(), None, "running", {}, ""))
            publishing.keep_batch(
                conn,
                self.objects,
                Batch(batch_id, run_id, source, f"bis {self.runs}", self.at(), "intern", "", frame.height, 0, None),
                raw_of(frame),
            )
        self.batches.append(batch_id)
        keys = ("0815-" + frame["id"]).alias("_key")
        return run_id, frame.with_columns(keys, pl.lit(str(batch_id)).alias("_batch"))

    def draft(self, run_id: UUID, collected: pl.DataFrame, *, without: Collection[str] = (), **facts: Any) -> Draft:
        found = lineage.provenance(collected, COLUMNS, self.lookup)
        frame = collected.drop("_key", "_batch").filter(~pl.col("id").is_in(list(without)))
        return Draft("kunden", run_id, frame, found, facts)

    def version(self, frame: pl.DataFrame, *, without: Collection[str] = ()) -> Version:
        """Fetched, some rows left out, and published."""
        run_id, collected = self.collected(frame)
        draft = self.draft(run_id, collected, without=without)
        with self.db.transaction() as conn:
            removed = [
                {"id": one, "step": "fuzzy", "kept_id": "c0", "score": 0.9, "differs": "", "reason": "gleich wie c0"} for one in without
            ]
            table = pl.DataFrame(removed, schema=lineage.removals().schema)
            runs.copy_removals(conn, lineage.removal_lines(table, draft.provenance, frame, run_id))
            made = publishing.publish(conn, self.objects, draft, BY, self.at())
            runs.end(conn, run_id, "done", {"rows": made.rows}, self.at())
        return made

    def live(self, version: Version) -> None:
        with self.db.transaction() as conn:
            publishing.go_live(conn, self.objects, version, {"ok": True}, BY, self.at())

    def now(self, version: Version) -> Version:
        with self.db.transaction() as conn:
            found = rows.find(conn, version.dataset, version.version)
        assert found is not None
        return found

    def hits(self, *words: str) -> list[str]:
        """Files (Parquet as rows) and tables in which one of these words stands."""
        found = []
        for key in self.objects.keys("seeding"):
            data = self.objects.get(key)
            text = pl.read_parquet(data).write_ndjson() if data[:4] == b"PAR1" else data.decode()
            found += [key for word in words if word in text]
        for table in ("seed_runs", "seed_batches", "seed_removals", "seed_versions", "seed_lineage", "seed_deliveries", "releases"):
            lines = [row["line"] for row in self.db.fetch_all(f"SELECT to_jsonb(t)::text AS line FROM {table} t")]
            found += [table for word in words if any(word in line for line in lines)]
        return found
