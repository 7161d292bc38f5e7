"""A version in, the rows out that others may be made up of."""

from dataclasses import dataclass

import polars as pl

from nova.errors import InvalidInput, NotFound
from nova.flows.seeding import publishing, raw
from nova.ports import Objects
from nova.seeding import versions
from nova.seeding.judge.what_if import MEASURES
from nova.seeding.split import SPLIT
from nova.store.postgres.db import Database

SHORT = 12
JUDGED = (SPLIT, *MEASURES, "reasons")


@dataclass(frozen=True, slots=True)
class Origin:
    """Rows as their source gave them, all rows of their version, its name (`tickets@4f2a91b07c3d`) and under what they may be used."""

    frame: pl.DataFrame
    known: pl.DataFrame
    name: str
    licence: str | None


def origin_of(db: Database, objects: Objects, dataset: str, version: str | None) -> Origin:
    """Of a version (None: the live one), those that train where it is split. NotFound; InvalidInput for raw data."""
    with db.transaction() as conn:
        found = publishing.live(conn, dataset) if version is None else publishing.find(conn, dataset, version)
    if found is None:
        raise NotFound(f"Von „{dataset}“ ist keine Fassung in Gebrauch, aus der etwas entstehen könnte.")
    if found.manifest.get(raw.RAW):
        raise InvalidInput("Aus Rohdaten wird nichts nachgebildet.")
    known = versions.read(objects, found)
    frame = known.filter(pl.col(SPLIT) == "train") if SPLIT in known.columns else known
    licences = found.manifest.get("licences", [])
    return Origin(
        frame.drop(JUDGED, strict=False), known, f"{dataset}@{found.version[:SHORT]}", licences[0] if len(licences) == 1 else None
    )
