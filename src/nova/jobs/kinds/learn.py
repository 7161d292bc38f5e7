"""The jobs `learn` (looks every hour whether its hour has come, then learns from judgements and use) and `policy` (for recommendations)."""

from datetime import UTC, datetime

from nova.flows.kinds import POLICY
from nova.flows.learning.cases import Learning
from nova.flows.learning.run import learn
from nova.flows.recommending.policies import learn as learn_policy
from nova.jobs.kind import JobKind
from nova.kpi.kinds import LEARN
from nova.kpi.learn.schedule import EVERY, due
from nova.ports.jobs import JobContext, JobHandler
from nova.stats.bandits import Policy
from nova.store.postgres.db import Database
from nova.wiring import Workshop, documents_of


def handler(learning: Learning) -> JobHandler:
    """Arguments: `by` (who asked for it; without, the clock did, and the job looks whether its hour has come)."""

    def run(ctx: JobContext) -> None:
        now, by = datetime.now(UTC), str(ctx.args.get("by") or "")
        if not by and not due(learning.db, now, ctx.job_id):
            ctx.finish({"due": False})
            return
        ctx.finish(learn(learning, now, by or "clock", ctx))

    return run


def _opened(shop: Workshop) -> JobHandler:
    return handler(Learning(shop.db, documents_of(shop.index), shop.analysers.current, shop.vocabulary))


def policy_handler(db: Database) -> JobHandler:
    """Arguments: `policy` (thompson or linucb) and `by`."""

    def run(ctx: JobContext) -> None:
        policy: Policy = "linucb" if ctx.args["policy"] == "linucb" else "thompson"
        ctx.finish(learn_policy(db, policy, str(ctx.args["by"]), datetime.now(UTC), ctx))

    return run


JOBS = (JobKind(LEARN, _opened, EVERY), JobKind(POLICY, lambda shop: policy_handler(shop.db)))
