"""The work of a run: its data laid out, three steps measured beside the budget, tuned, and the questions kept apart answered.

Whoever is killed goes on from the last checkpoint. Rows of people lie on the disk only while the work is done. Somebody who leaves the
dataset meanwhile ends the run: what has been learned from them cannot be taken out of it.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova import journal
from nova.errors import Conflict, InvalidInput, JobCancelled, JobWaits, NotFound, ServerAbsent
from nova.flows.kinds import TRAIN_JUDGE
from nova.flows.training.allowed import still_allowed
from nova.flows.training.answering import SOMEBODY_LEFT, Asking
from nova.flows.training.sound import checked
from nova.ports.jobs import JobContext, Jobs
from nova.ports.training import Task, Tuner, Wanted
from nova.store.postgres.db import Database
from nova.store.training import runs as rows
from nova.store.training.runs import TrainRun
from nova.training import preflight
from nova.training.config import Recipe, base_folder, folder_digest, geometry
from nova.training.dataset import folder as dataset_folder

PLACE = Path("models/finetune")
LOOK_S = 3.0  # between two looks into the database
MOST_KILLS = 5  # without getting further
ABSENT_S = 30.0  # between two looks for a storage that is away
OVER_BUDGET = "Der Lauf brauchte länger als sein Budget und wurde beendet."
Written = Callable[[Connection[Any], str], tuple[Mapping[str, bytes], Mapping[str, Any]]]
Prices = Callable[[Connection[Any], datetime, datetime], Sequence[tuple[datetime, float]]]


@dataclass(frozen=True, slots=True)
class Runner:
    """What the work needs.

    `written` gives a version's files and manifest and asks consent again, `jobs` is where the evaluation is queued, `prices` is what an
    hour costs at the exchange.
    """

    db: Database
    tuner: Tuner
    data: Path
    written: Written
    jobs: Jobs
    prices: Prices

    def work(self, run_id: str, ctx: JobContext) -> dict[str, Any]:
        """All of a run, or what is left of it; what its job tells. NotFound. JobWaits where it goes on later."""
        run = self._begun(run_id, ctx)
        if run.state != "running":
            return _told(run)
        folder = self.data / PLACE / run.name
        try:
            with self._laid(run, folder) as manifest:
                self._through(run, folder, manifest, ctx)
        except (InvalidInput, Conflict, NotFound) as error:
            self._stopped(run, "failed", ctx, error.message)
        except ServerAbsent as error:
            self._killed(run, ctx, error)
        except JobCancelled:
            with self.db.transaction() as conn:
                rows.stop(conn, run.run_id, "cancelled", "Der Auftrag wurde abgebrochen.")
            removed(folder)
            raise
        with self.db.transaction() as conn:
            return _told(rows.get(conn, run.run_id))

    def preflight(self, recipe: Recipe, version: str, folder: Path, ctx: JobContext) -> dict[str, Any]:
        """What a run would take, from three measured steps; nothing is kept."""
        ctx.progress("messen")
        with self.db.transaction() as conn:
            files, manifest = self.written(conn, version)
        base = base_folder(recipe.config.base.model, self.data)
        try:
            _lay(folder, files, manifest)
            task = _task("measure", folder.name, folder, base, recipe.told(), "")
            measured = self.tuner.run(task, lambda _: _going(ctx, "messen"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        told = preflight.told(recipe, measured or {})
        return {**told, "version": manifest["version"], "base_sha256": folder_digest(base), "config_sha256": recipe.digest()}

    def _begun(self, run_id: str, ctx: JobContext) -> TrainRun:
        with self.db.transaction() as conn:
            run = rows.hold(conn, run_id)
            if run.state in ("waiting", "running"):
                if run.wanted != "run":  # somebody wished so while it waited for its turn
                    rows.stop(conn, run.run_id, "paused" if run.wanted == "pause" else "cancelled")
                elif why := _refused(conn, run):
                    rows.stop(conn, run.run_id, "failed", why)
                else:
                    rows.begin(conn, run.run_id)
            ctx.guard(conn)
            now = rows.get(conn, run.run_id)
        if now.state in ("failed", "cancelled"):
            removed(self.data / PLACE / now.name)
        return now

    @contextmanager
    def _laid(self, run: TrainRun, folder: Path) -> Iterator[Mapping[str, Any]]:
        """The run's data on the disk, as long as the work is done; its manifest."""
        try:
            with self.db.transaction() as conn:
                files, manifest = self.written(conn, run.version)
        except ServerAbsent as error:  # nothing was begun, so no try is lost
            raise JobWaits(error.message, data={"retry_after": ABSENT_S}) from error
        if manifest["digest"] != run.digest:
            raise Conflict(SOMEBODY_LEFT)
        try:
            _lay(folder, files, manifest)
            yield manifest
        finally:
            shutil.rmtree(folder / "data", ignore_errors=True)

    def _through(self, run: TrainRun, folder: Path, manifest: Mapping[str, Any], ctx: JobContext) -> None:
        recipe = Recipe.model_validate({"config": _config(run), "profile": run.config["profile"]})
        base = base_folder(run.base, self.data)
        if folder_digest(base) != run.base_sha256:
            raise Conflict("Die Gewichte der Basis sind andere als beim Beginn des Laufs.")
        if "hours" not in run.measured and not self._fits(run, recipe, folder, base, ctx):
            return
        self._waited(run, recipe)
        mark = geometry(recipe, run.digest, run.base_sha256)
        watch = Watch(self.db, run, recipe.config.budget.hours, ctx)
        result = self.tuner.run(_task("train", run.name, folder, base, run.config, mark), watch.look)
        if result is None:
            self._stopped(run, watch.state, ctx, watch.reason)
            return
        adapter = _left(folder / "adapter", run, self.data)
        with self.db.transaction() as conn:
            rows.add_measured(conn, run.run_id, {**result, **_spent(recipe, result)})
        asking = Asking(self.db, self.tuner, run, _task("answer", run.name, folder, base, run.config, mark), recipe.config)
        if asking.all(watch.look):
            self._done(run, manifest, adapter, ctx)
        else:
            self._stopped(run, watch.state, ctx, watch.reason)

    def _fits(self, run: TrainRun, recipe: Recipe, folder: Path, base: Path, ctx: JobContext) -> bool:
        """Measure; whether the run is within its budget, which it ends by if not."""
        measured = self.tuner.run(_task("measure", run.name, folder, base, run.config, ""), lambda _: _going(ctx, "messen"))
        told = preflight.told(recipe, measured or {})
        with self.db.transaction() as conn:
            rows.add_measured(conn, run.run_id, told)
        if not told["passed"]:
            self._stopped(run, "failed", ctx, " ".join(told["reasons"]))
        return bool(told["passed"])

    def _waited(self, run: TrainRun, recipe: Recipe) -> None:
        """JobWaits until the cheapest hours, where the profile wants that and prices are known; once begun a run goes on."""
        if not recipe.profile.cheap_hours or run.step:
            return
        now = datetime.now(UTC)
        with self.db.transaction() as conn:
            hour = now.replace(minute=0, second=0, microsecond=0)
            known = self.prices(conn, hour, hour + timedelta(hours=24))
            hours = float(rows.get(conn, run.run_id).measured["hours"])
        begins = preflight.cheapest_start(known, hours, now)
        if begins is not None and begins > now:
            raise JobWaits("Der Lauf wartet auf billigere Stunden.", data={"retry_after": min(600, (begins - now).total_seconds())})

    def _done(self, run: TrainRun, manifest: Mapping[str, Any], adapter: str, ctx: JobContext) -> None:
        with self.db.long_transaction() as conn:
            if not rows.hold_whole(conn, run.run_id):
                raise Conflict(SOMEBODY_LEFT)
            rows.stop(conn, run.run_id, "done", adapter=adapter)
            self.jobs.start(TRAIN_JUDGE, {"run": run.name}, title=f"{TRAIN_JUDGE.title}: {run.name}", connection=conn)
            now, curve = rows.get(conn, run.run_id), rows.points(conn, run.run_id)
            ctx.guard(conn)
        cleared(self.data / PLACE / run.name)
        journal.write(self.data, f"models/{run.name}/run.json", json.dumps(_record(now, manifest, curve), ensure_ascii=False, indent=1))

    def _stopped(self, run: TrainRun, state: rows.State, ctx: JobContext, reason: str) -> None:
        with self.db.transaction() as conn:
            if state == "paused" and rows.hold(conn, run.run_id).wanted == "run":
                raise JobWaits("Der Lauf geht weiter.", data={"retry_after": 1})
            rows.stop(conn, run.run_id, state, reason)
            ctx.guard(conn)
        if state != "paused":
            removed(self.data / PLACE / run.name)

    def _killed(self, run: TrainRun, ctx: JobContext, error: ServerAbsent) -> None:
        """Once more from the last checkpoint, unless it was killed too often and got no further meanwhile."""
        with self.db.transaction() as conn:
            step = rows.get(conn, run.run_id).step
        kills, furthest = (int(ctx.saved().get(name, 0)) for name in ("kills", "step"))
        kills = kills + 1 if step <= furthest else 1
        if kills > MOST_KILLS:
            self._stopped(run, "failed", ctx, "Der Trainingsprozess wurde immer wieder beendet, vermutlich reicht der Speicher nicht.")
            return
        ctx.save({"kills": kills, "step": max(step, furthest)})
        raise JobWaits(error.message, data={"retry_after": 1}) from error


class Watch:
    """What the process told goes into the database; what people want, and whether their data are still there, comes out of it."""

    def __init__(self, db: Database, run: TrainRun, hours: float, ctx: JobContext) -> None:
        self._db, self._run, self._most_s, self._ctx = db, run, hours * 3600, ctx
        self._looked, self.reason = 0.0, ""
        self._shown: tuple[str, int, int] = ("arbeiten", 0, 0)
        self.state: rows.State = "running"

    def look(self, lines: Sequence[Mapping[str, Any]]) -> Wanted:
        """As the port says."""
        if lines:
            self._shown = ("abstimmen", int(lines[-1]["step"]), int(lines[-1]["steps"]))
        elif time.monotonic() - self._looked < LOOK_S:
            return "run"
        self._ctx.progress(*self._shown)
        self._looked = time.monotonic()
        with self._db.transaction() as conn:
            rows.put_points(conn, self._run.run_id, lines)
            wanted, whole = rows.watch(conn, self._run.run_id)
        if not whole:
            return self._end("failed", SOMEBODY_LEFT)
        if lines and lines[-1]["seconds"] > self._most_s:
            return self._end("failed", OVER_BUDGET)
        return "run" if wanted == "run" else self._end("paused" if wanted == "pause" else "cancelled", "")

    def _end(self, state: rows.State, reason: str) -> Wanted:
        self.state, self.reason = state, reason
        return "pause" if state == "paused" else "cancel"


def _refused(conn: Connection[Any], run: TrainRun) -> str:
    """Why it may not begin, or go on."""
    if refusal := still_allowed(conn, run.dataset, run.version):
        return refusal.reason
    return "" if rows.watch(conn, run.run_id)[1] else SOMEBODY_LEFT


def _left(folder: Path, run: TrainRun, data: Path) -> str:
    """The hash of the adapter that the process left; InvalidInput where it is none that a host may load."""
    try:
        return checked(folder, run.base, data, run.config["lora"]).sha256
    except InvalidInput as error:
        raise InvalidInput(f"Was der Trainingsprozess hinterließ, darf nicht geladen werden: {error.message}") from error


def _config(run: TrainRun) -> dict[str, Any]:
    return {name: value for name, value in run.config.items() if name != "profile"}


def _task(what: Any, name: str, folder: Path, base: Path, config: Mapping[str, Any], mark: str) -> Task:
    return Task(what, name, folder, folder / "data", base, config["method"], config, mark)


def _going(ctx: JobContext, stage: str) -> Wanted:
    ctx.progress(stage)
    return "run"


def _lay(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    shutil.rmtree(folder / "data", ignore_errors=True)
    dataset_folder.write(folder / "data", files, manifest)


def cleared(folder: Path) -> None:
    """Only the adapter stays: checkpoints, logs and answers go, in which rows of people may stand."""
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.is_dir() and path.name != "adapter":
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def removed(folder: Path) -> None:
    """Nothing stays of a run that ended without an adapter, or whose adapter has to go."""
    shutil.rmtree(folder, ignore_errors=True)


def _spent(recipe: Recipe, result: Mapping[str, Any]) -> dict[str, Any]:
    hours = float(result["seconds"]) / preflight.SECONDS_IN_HOUR
    kwh = hours * recipe.profile.watts / preflight.WATTS_IN_KW
    return {"run_hours": round(hours, 5), "run_kwh": round(kwh, 5), "run_eur": round(kwh * recipe.profile.eur_per_kwh, 5)}


def _record(run: TrainRun, manifest: Mapping[str, Any], curve: Sequence[rows.Point]) -> dict[str, Any]:
    """What the journal keeps of a run: no word of anybody."""
    return {
        "name": run.name, "method": run.method, "config": run.config, "config_sha256": run.config_sha256, "base": run.base,
        "base_sha256": run.base_sha256, "dataset": run.dataset, "version": run.version, "data_sha256": run.digest,
        "counts": manifest["counts"], "sources": manifest["sources"], "licences": manifest["licences"], "seeds": manifest["seeds"],
        "measured": run.measured, "adapter_sha256": run.adapter_sha256, "curve": [[one.step, one.loss, one.held_loss] for one in curve],
    }  # fmt: skip


def _told(run: TrainRun) -> dict[str, Any]:
    return {"run": run.name, "state": run.state, "reason": run.reason, "adapter": run.adapter_sha256}
