"""The jobs that tune models: `train` on any worker, `train_gpu` on those with the label `gpu`, `train_preflight` only measures.

Where Nova serves, `train_judge` evaluates what a run answered, and `adapter_watch` looks after the adapter that serves."""

import shutil
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from nova.flows.kinds import ADAPTER_WATCH, PREFLIGHT, TRAIN, TRAIN_GPU, TRAIN_JUDGE
from nova.jobs.kind import SERVING, WORKER, JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.records import Caller
from nova.store.training import runs
from nova.wiring import Nova, Workshop

GPU = "gpu"
WATCHED = timedelta(minutes=5)
TRAINER = Caller("service", external_id="train")


def handler(shop: Workshop) -> JobHandler:
    """Arguments: `run`, its id."""

    def work(ctx: JobContext) -> None:
        from nova.wiring.training import runner_of  # SciPy is not loaded where nobody needs it

        ctx.finish(runner_of(shop).work(str(ctx.args["run"]), ctx))

    return work


def measurer(shop: Workshop) -> JobHandler:
    """Arguments: `config` (text), `profile`, `version`."""

    def work(ctx: JobContext) -> None:
        from nova.training.config import recipe
        from nova.wiring.training import runner_of

        folder = shop.settings.NOVA_DATA / "models" / "finetune" / f".preflight-{ctx.job_id}"
        try:
            chosen = recipe(str(ctx.args["config"]), str(ctx.args["profile"]))
            ctx.finish(runner_of(shop).preflight(chosen, str(ctx.args["version"]), folder, ctx))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return work


def judge(nova: Nova) -> JobHandler:
    """Arguments: `run`, its name."""

    def work(ctx: JobContext) -> None:
        from nova.wiring.training import training_cases

        run, cases = str(ctx.args["run"]), training_cases(nova)
        with nova.db.transaction() as conn:
            manifest = cases.datasets().written(conn, runs.get(conn, run).version)[1]
        found = cases.evaluations.evaluate(TRAINER, run, manifest)
        ctx.finish({"run": found["run"], "passed": found["passed"], "gates": [one["name"] for one in found["gates"] if not one["passed"]]})

    return work


def watcher(nova: Nova) -> JobHandler:
    """Its result has what gave way, and why, and of how many runs something was left on the disk."""

    def work(ctx: JobContext) -> None:
        from nova.wiring.training import guard_of, leaving_of, runbooks_of, watch_of

        now = datetime.now(UTC)
        watch_of(nova).keep(now)
        gone = guard_of(nova).watch(now)
        removed = leaving_of(nova, nova.adapters).sweep()
        runbooks_of(nova).keep()
        ctx.finish({"gave_way": [asdict(one) for one in gone], "removed": removed})

    return work


JOBS = (
    JobKind(TRAIN, handler),
    JobKind(TRAIN_GPU, handler, runs_on=(GPU,)),
    JobKind(PREFLIGHT, measurer, runs_on=(WORKER,)),
    JobKind(TRAIN_JUDGE, judge, runs_on=(SERVING,)),
    JobKind(ADAPTER_WATCH, watcher, WATCHED, runs_on=(SERVING,)),
)
