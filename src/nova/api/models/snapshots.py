"""Shapes of snapshots and of restores that were tried."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import Flag, Request


class SnapshotRequest(Request):
    """What to save. The database is always in it; with `qdrant` the search index too, which is otherwise made from the database."""

    qdrant: Annotated[Flag, Field(description="Include the embedded search index: larger, restored sooner.")] = False
    pg_dump: Annotated[
        Flag,
        Field(json_schema_extra={"const": True}, description="Include the database; false is refused, since nothing could be restored."),
    ] = True
    recipient: Annotated[
        str | None, StringConstraints(pattern=r"^age1[02-9ac-hj-np-z]{58}$"), Field(description="age public key to encrypt to.")
    ] = None
    aside: Annotated[
        Flag,
        Field(description="Keep it hidden until whoever asked has exchanged its key; removed after an hour otherwise."),
    ] = False


class ProofData(BaseModel):
    """A restore that was tried. `what`: the file itself, or a plain one made in the same way because the key is not here."""

    at: datetime
    snapshot_id: UUID
    ok: bool
    what: Literal["file", "like"]
    seconds: float
    questions: int
    problems: list[str]


class SnapshotData(BaseModel):
    """A snapshot. `flaws` are stored files that were missing or damaged already.

    `counts` are rows in each table, and `documents`, which snapshots of earlier releases lack.
    """

    snapshot_id: UUID
    file: str
    created_at: datetime
    bytes: int
    sha256: str
    encrypted: bool
    origin: Literal["person", "schedule", "proof"]
    nova: str
    schema_version: str
    index: bool
    counts: dict[str, int]
    objects: int
    flaws: list[str]
    proof: ProofData | None


class SnapshotList(BaseModel):
    """Newest first, with the last restore that was tried and the rhythm (0: none are made by themselves). `folder` is where they lie."""

    folder: str
    snapshots: list[SnapshotData]
    last_proof: ProofData | None
    every_hours: int
    keep: int
    recipient: str
