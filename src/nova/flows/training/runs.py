"""What people do with runs that tune a model: what one would take, begin, look, pause, go on, cancel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict
from nova.flows.kinds import PREFLIGHT, TRAIN, TRAIN_GPU
from nova.flows.training.dataset import DATASET
from nova.flows.training.running import PLACE, Written, removed
from nova.ports import Audit
from nova.ports.jobs import OPEN, Jobs
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.training import runs as rows
from nova.store.training.runs import NewRun, Point
from nova.store.training.runs import TrainRun as TrainRun
from nova.training import licences
from nova.training.config import Recipe, base_folder, folder_digest, recipe

Known = Callable[[], licences.Licences]
MOST_JOBS = 200
BROKE = "Der Auftrag dieses Laufs ist zu Ende, ohne dass der Lauf es wurde; Einzelheiten stehen bei den Aufträgen und im Protokoll."
ENDED = "Dieser Lauf ist schon zu Ende."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run that somebody wants: the text of a `lora.yaml` ("": that of Nova), a profile, a version ("": the newest good one)."""

    config: str = ""
    profile: str = "cpu"
    version: str = ""


@dataclass(frozen=True, slots=True)
class TrainRuns:
    """`written` gives a version's files and manifest where it may be learned from, `newest` the name of the newest such version."""

    db: Database
    jobs: Jobs
    audit: Audit
    data: Path
    written: Written
    newest: Callable[[], str]
    known: Known

    def preflight(self, who: Caller, wanted: Wanted) -> UUID:
        """Queue the job that measures three steps. Raises as `start`."""
        chosen, version = self._chosen(wanted)
        with self.db.transaction() as conn:
            self._allowed(conn, chosen, version)
            args = {"config": wanted.config, "profile": wanted.profile, "version": version}
            job = self.jobs.start(PREFLIGHT, args, connection=conn)
            self.audit.record(who, "training.preflight", f"dataset:{DATASET}", {"version": version, "job": job}, connection=conn)
        return job

    def start(self, who: Caller, wanted: Wanted) -> tuple[TrainRun, UUID]:
        """Queue a run; it and its job.

        InvalidInput for a faulty configuration, NotFound for no dataset, profile or base, Conflict where nobody may learn from the dataset
        or base and data may not come together, and where the base has not the hash that the configuration names.
        """
        chosen, version = self._chosen(wanted)
        base = chosen.config.base
        weights = folder_digest(base_folder(base.model, self.data))
        if base.revision and base.revision != weights:
            raise Conflict(f"Die Basis „{base.model}“ hat den Hash {weights}, nicht den in der Konfiguration.")
        with self.db.transaction() as conn:
            manifest = self._allowed(conn, chosen, version)
            now = datetime.now(UTC)
            new = NewRun(
                uuid7(), rows.name_for(conn, f"{chosen.config.name}-{now:%Y-%m-%d}"), chosen.config.method, DATASET, manifest["version"],
                rows.held(conn, DATASET, manifest["version"]), manifest["digest"], chosen.told(), chosen.digest(), base.model, weights,
                chosen.profile.runs_on, who.token, now,
            )  # fmt: skip
            rows.add(conn, new)
            job = self._queued(conn, new)
            self.audit.record(who, "training.started", f"run:{new.name}", {"version": new.version, "job": job}, connection=conn)
            return rows.get(conn, new.run_id), job

    def every(self, limit: int) -> list[TrainRun]:
        """The newest first."""
        with self.db.transaction() as conn:
            return [self._settled(conn, one) for one in rows.every(conn, limit)]

    def get(self, run: str) -> tuple[TrainRun, list[Point], Any]:
        """One with its curve, and what its last evaluation said (None: none yet); NotFound."""
        with self.db.transaction() as conn:
            found = self._settled(conn, rows.get(conn, run))
            return found, rows.points(conn, found.run_id), rows.last_evaluation(conn, found.run_id)

    def pause(self, who: Caller, run: str) -> TrainRun:
        """It stops after the step at hand, with a checkpoint. NotFound; Conflict for one that has ended."""
        with self.db.transaction() as conn:
            found = _open(self._settled(conn, rows.hold(conn, run)))
            rows.want(conn, found.run_id, "pause", "paused" if found.state == "waiting" else "")
            self.audit.record(who, "training.paused", f"run:{found.name}", connection=conn)
            return rows.get(conn, found.run_id)

    def resume(self, who: Caller, run: str) -> TrainRun:
        """One that pauses goes on. NotFound; Conflict for one that does not pause."""
        with self.db.transaction() as conn:
            found = _open(self._settled(conn, rows.hold(conn, run)))
            if found.wanted != "pause":
                raise Conflict("Dieser Lauf pausiert nicht.")
            rows.want(conn, found.run_id, "run", "waiting" if found.state == "paused" else "")
            if found.state == "paused":
                self._queued(conn, found)
            self.audit.record(who, "training.resumed", f"run:{found.name}", connection=conn)
            return rows.get(conn, found.run_id)

    def cancel(self, who: Caller, run: str) -> TrainRun:
        """It ends after the step at hand, without an adapter. NotFound; Conflict for one that has ended."""
        with self.db.transaction() as conn:
            found = _open(self._settled(conn, rows.hold(conn, run)))
            rows.want(conn, found.run_id, "cancel", "" if found.state == "running" else "cancelled")
            self.audit.record(who, "training.cancelled", f"run:{found.name}", connection=conn)
            now = rows.get(conn, found.run_id)
        if now.state == "cancelled":
            removed(self.data / PLACE / now.name)
        return now

    def _chosen(self, wanted: Wanted) -> tuple[Recipe, str]:
        return recipe(wanted.config, wanted.profile), wanted.version or self.newest()

    def _allowed(self, conn: Connection[Any], chosen: Recipe, version: str) -> dict[str, Any]:
        """The manifest of a version that may be learned from, with this base."""
        base, manifest = chosen.config.base, dict(self.written(conn, version)[1])
        told = licences.Data(
            manifest["licences"], manifest["sources"], manifest["classification"], manifest["export_control"], manifest["counts"]["people"]
        )
        known = self.known()
        why = licences.refusals(known, base.model, base.licence, told)
        if why := [*why, *licences.of_files(known, base_folder(base.model, self.data), base.licence)]:
            raise Conflict(" ".join(why))
        if chosen.config.method == "dpo" and not manifest["counts"]["pairs"]:
            raise Conflict("Der Datensatz hat keine Paare von besserer und schlechterer Antwort; für dpo braucht es sie.")
        return manifest

    def _settled(self, conn: Connection[Any], run: TrainRun) -> TrainRun:
        """The run; one that nobody works on any more, since its job ended by itself, has failed."""
        if run.state not in ("waiting", "running"):
            return run
        jobs = (job for kind in (TRAIN, TRAIN_GPU) for job in self.jobs.list(states=OPEN, kind=kind.name, limit=MOST_JOBS))
        if any(job.title == title_of(run.name) for job in jobs):
            return run
        now = rows.hold(conn, run.run_id)  # it may have ended by its own meanwhile
        if now.state in ("waiting", "running"):
            rows.stop(conn, now.run_id, "failed", BROKE)
        return rows.get(conn, now.run_id)

    def _queued(self, conn: Connection[Any], run: NewRun) -> UUID:
        kind = TRAIN_GPU if run.runs_on == "gpu" else TRAIN
        return self.jobs.start(kind, {"run": str(run.run_id)}, title=title_of(run.name), connection=conn)


def title_of(run: str) -> str:
    """What the job of a run is called."""
    return f"{TRAIN.title}: {run}"


def _open(run: TrainRun) -> TrainRun:
    if run.state not in rows.OPEN:
        raise Conflict(ENDED)
    return run
