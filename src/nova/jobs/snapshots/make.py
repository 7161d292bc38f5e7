"""The job `snapshot`: makes one as often as the settings say, or when somebody wants it."""

from datetime import timedelta

from nova.errors import InvalidInput, Misconfigured
from nova.flows.kinds import SNAPSHOT
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import SnapshotMaker, Wish
from nova.jobs.kind import SERVING, JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.settings import Settings
from nova.wiring import Nova, archive
from nova.wiring.snapshots import maker_of


def handler(maker: SnapshotMaker, kept: Kept, keep: int) -> JobHandler:
    """Arguments: `index`, `recipient`, `origin`, `aside`. Of those that the clock wants, the newest `keep` stay."""

    def run(ctx: JobContext) -> None:
        args = ctx.args
        wish = Wish(bool(args.get("index")), str(args.get("recipient") or ""), args.get("origin", "person"), bool(args.get("aside")))
        made = maker.take(wish, ctx.progress)
        if wish.origin == "schedule":
            kept.prune(keep)
        ctx.finish({"snapshot_id": str(made.snapshot_id), "file": made.file, "bytes": made.bytes, "flaws": list(made.flaws)})

    return run


def rhythm(settings: Settings) -> timedelta | None:
    """As often as NOVA_SNAPSHOT_EVERY says."""
    return timedelta(hours=settings.NOVA_SNAPSHOT_EVERY) if settings.NOVA_SNAPSHOT_EVERY > 0 else None


def require_recipient(settings: Settings) -> None:
    """Misconfigured for a key with a wrong letter: no snapshot could ever be made for it."""
    try:
        if settings.NOVA_SNAPSHOT_RECIPIENT:
            archive.recipient(settings.NOVA_SNAPSHOT_RECIPIENT)
    except InvalidInput as error:
        raise Misconfigured(f"Falsche Einstellung: NOVA_SNAPSHOT_RECIPIENT: {error.message}") from error


def _opened(nova: Nova) -> JobHandler:
    return handler(maker_of(nova), Kept(nova.settings.NOVA_DATA), nova.settings.NOVA_SNAPSHOT_KEEP)


def _expect(nova: Nova) -> None:
    """Note whether snapshots ought to come by themselves; Misconfigured where they cannot."""
    require_recipient(nova.settings)
    Kept(nova.settings.NOVA_DATA).expect(rhythm(nova.settings) is not None)


JOBS = (JobKind(SNAPSHOT, _opened, rhythm, {"origin": "schedule"}, runs_on=(SERVING,), begin=_expect),)
