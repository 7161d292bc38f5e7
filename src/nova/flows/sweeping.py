"""What a kill left behind is removed, the index catches up, and the tables of events and messages stay in shape."""

from collections.abc import Mapping

from nova.energy.delivery import files
from nova.knowledge.files import sweep
from nova.knowledge.index import IndexRoom, drain
from nova.ports import Objects
from nova.ports.jobs import JobContext
from nova.seeding import files as seeds
from nova.store import streams
from nova.telemetry.upkeep import keep_ready


class Sweeping:
    """Of one installation, every day."""

    def __init__(self, room: IndexRoom, objects: Objects) -> None:
        self._room, self._objects = room, objects

    def run(self, ctx: JobContext) -> Mapping[str, int]:
        """How many files went, and how many changes the index took in."""
        db = self._room.db
        ctx.progress("aufräumen")
        removed = sweep(db, self._objects) + files.sweep(db, self._objects) + seeds.sweep(db, self._objects)
        keep_ready(db)
        with db.transaction() as conn:
            streams.sweep(conn)
        ctx.progress("indexieren")
        return {"files": removed, "changes": drain(self._room)}
