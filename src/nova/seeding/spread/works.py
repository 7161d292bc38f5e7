"""Every kind of work over parts, by its name."""

from collections.abc import Mapping

from nova.ports.spread import Work
from nova.seeding.spread import parts, shards

WORKS: Mapping[str, Work] = {**parts.WORKS, **shards.WORKS}
