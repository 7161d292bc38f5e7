"""An open Nova in, what looking through its audit log gave out."""

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nova.governance import anchors, chain

if TYPE_CHECKING:
    from nova.wiring import Nova


def look_through(nova: "Nova") -> dict[str, Any]:
    """Every row, seal and anchor; the anchors first, so that none is newer than the rows."""
    began = time.monotonic()
    verdict = chain.verify(nova.db, anchors.read(nova.settings.NOVA_DATA))
    first = asdict(verdict.first) if verdict.first else None
    return {**asdict(verdict), "ok": verdict.ok, "first": first, "seconds": round(time.monotonic() - began, 3)}
