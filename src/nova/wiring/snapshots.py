"""An open Nova in, who makes and examines its snapshots out."""

from functools import partial
from typing import TYPE_CHECKING

from nova.engines import archive
from nova.flows.snapshots.contents import Archives
from nova.flows.snapshots.examining import Examination
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import Holdings, SnapshotMaker
from nova.flows.snapshots.probes import Probes
from nova.flows.training.carrying import carried, settled
from nova.wiring.carried import own_members

if TYPE_CHECKING:
    from nova.wiring import Nova


def probes_of(nova: "Nova") -> Probes:
    """Who asks what a restored Nova must answer in the same way."""
    return Probes(nova.db, nova.answers, nova.shelf)


def holdings_of(nova: "Nova") -> Holdings:
    """What a snapshot saves."""
    weights = partial(carried, nova.db, nova.settings.NOVA_DATA)
    return Holdings(nova.db, nova.objects, nova.index, partial(own_members, nova.settings), weights)


def maker_of(nova: "Nova") -> SnapshotMaker:
    """Who makes snapshots."""
    archives = Archives(archive.writing, nova.settings.NOVA_SNAPSHOT_RECIPIENT)
    return SnapshotMaker(Kept(nova.settings.NOVA_DATA), holdings_of(nova), nova.jobs, probes_of(nova), archives)


def examination_of(nova: "Nova") -> Examination:
    """Who looks whether a restored Nova holds what its snapshot says."""
    return Examination(nova.index_room, nova.objects, probes_of(nova), partial(settled, nova.db, nova.settings.NOVA_DATA))
