"""A snapshot tried out, as the job `prove` does."""

from nova.flows.snapshots.contents import Tell
from nova.flows.snapshots.kept import Kept, Proof, Snapshot
from nova.flows.snapshots.proving import SnapshotProof
from nova.jobs.snapshots.prove import in_child
from nova.wiring import Nova
from nova.wiring.snapshots import maker_of


def prove(nova: Nova, kept: Kept, snapshot: Snapshot, tell: Tell) -> Proof:
    """Try it and keep the proof."""
    return SnapshotProof(kept, maker_of(nova), in_child).prove(snapshot, tell)
