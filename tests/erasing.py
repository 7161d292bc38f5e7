"""Parts of an erasure as tests carry them out by hand."""

from typing import Any

from nova.flows.erasure.run import ErasureRun
from nova.wiring.visits import visits_of


def visit(nova: Any, name: str, run: ErasureRun) -> None:
    """One visit of an erasure."""
    next(one for one in visits_of(nova) if one.name == name).remove(run)
