"""Who may touch what is not pseudonymised: operators and service accounts, for a reason that is noted."""

from collections.abc import Mapping
from typing import Any

from nova.errors import NotAllowed
from nova.records import Caller
from nova.seeding.pipeline import Pipeline

RAW = "raw"
"""Under which a run's counts and a version's manifest hold the reason."""
ROLES = ("admin", "service")


def may(who: Caller, told: Mapping[str, Any]) -> bool:
    """Whether somebody may see the records of a run or version, by its counts or manifest."""
    return not told.get(RAW) or who.role in ROLES


def require(who: Caller, told: Mapping[str, Any]) -> None:
    """NotAllowed where they may not."""
    if not may(who, told):
        raise NotAllowed("Das sind Rohdaten; sie ansehen dürfen nur Betreiber und Dienstkonten.")


def facts_of(who: Caller, pipeline: Pipeline) -> dict[str, Any]:
    """What is noted of a pipeline that reads raw data (nothing of another); NotAllowed for who may not."""
    told = marked(pipeline)
    if not may(who, told):
        raise NotAllowed("Diese Pipeline liest Rohdaten; das dürfen nur Betreiber und Dienstkonten.")
    return told


def marked(pipeline: Pipeline) -> dict[str, Any]:
    """The reason, under `RAW`; nothing for a pipeline of pseudonymised data."""
    return {} if pipeline.raw_reason is None else {RAW: pipeline.raw_reason}
