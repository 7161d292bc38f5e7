"""The job `vector-ingest`: conversations whose authors agree to it become passages, each hour and when asked to; a report of it all."""

from datetime import timedelta
from pathlib import Path

from nova.jobs.kind import SERVING, JobKind
from nova.jobs.kinds.embed import after
from nova.knowledge.kinds import VECTOR_INGEST
from nova.knowledge.passages import TalkRoom
from nova.knowledge.talks import ingest_and_report
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring.upkeep import talk_room_of

EVERY = timedelta(hours=1)


def handler(room: TalkRoom, data: Path) -> JobHandler:
    """Arguments: `replay`. `data` is the data folder."""

    def run(ctx: JobContext) -> None:
        ctx.finish(ingest_and_report(room, data, ctx, replay=bool(ctx.args.get("replay"))))

    return run


JOBS = (
    JobKind(
        VECTOR_INGEST,
        lambda nova: after(handler(talk_room_of(nova), nova.settings.NOVA_DATA), nova.jobs),
        EVERY,
        {"replay": False},
        runs_on=(SERVING,),
    ),
)
