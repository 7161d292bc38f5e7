"""A run in, its model card out: a page of the journal, and refused in words where base and data may not be served together."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nova import journal
from nova.flows.training.evaluating import Judging, base_licence, manifest_of
from nova.flows.training.review import scene
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import train_reviews as store
from nova.store.quality.train_reviews import TunedRun
from nova.training import licences
from nova.training.card import Subject, card, place_of
from nova.training.licences import Data


class ModelCards:
    """The use-case at the doors. `judging` gives what is in force."""

    def __init__(self, db: Database, audit: Audit, data: Path, judging: Callable[[], Judging]) -> None:
        self._db, self._audit, self._data, self._judging = db, audit, data, judging

    def make(self, caller: Caller, run: str, manifest: Mapping[str, Any] | None) -> dict[str, Any]:
        """`text` and its `place` below the journal, or `refused`: why there is none. NotFound, Conflict, InvalidInput (manifest)."""
        how = self._judging()
        known = how.licences
        with self._db.transaction() as conn:
            found = scene(conn, run, how.key, how.limits, datetime.now(UTC))
            kept = store.latest(conn, found.run.run_id)
            evaluation = None if kept is None else kept.told
            data = _known(manifest_of(conn, found.run, manifest)) or _of(evaluation)
            licence = base_licence(found.run, known)
            refused = licences.refusals(known, found.run.base, licence, data)
            self._audit.record(caller, "training.card", str(found.run.run_id), {"refused": len(refused)}, connection=conn)
        told = {"run": found.run.name, "run_id": str(found.run.run_id), "refused": refused, "passed": kept.passed if kept else None}
        if refused:
            return told | {"place": "", "text": ""}
        text, place = card(_subject(found.run, licence), data, evaluation, found.panel, known), place_of(found.run.name)
        journal.write(self._data, place, text)
        return told | {"place": place, "text": text}


def _known(manifest: Mapping[str, Any] | None) -> Data | None:
    return None if manifest is None else licences.data_of(manifest)


def _of(evaluation: Mapping[str, Any] | None) -> Data | None:
    """What the newest evaluation knew of the data."""
    found = (evaluation or {}).get("data")
    return Data(**found) if isinstance(found, Mapping) else None


def _subject(run: TunedRun, licence: str) -> Subject:
    return Subject(
        run.name, run.method, run.base, run.base_sha256, licence, run.adapter_sha256, run.dataset, run.version, run.digest, run.state,
        run.runs_on, run.ended_at, run.config, run.measured,
    )  # fmt: skip
