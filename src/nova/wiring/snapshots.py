"""An open Nova in, what its snapshots need out."""

from typing import TYPE_CHECKING

from nova.flows.snapshots.probes import Probes

if TYPE_CHECKING:
    from nova.wiring import Nova


def probes_of(nova: "Nova") -> Probes:
    """Who asks what a restored Nova must answer in the same way."""
    return Probes(nova.db, nova.answers, nova.shelf)
