"""Rows with their provenance in, a version that is kept, found, compared, live and taken back out.

Files come first, then rows in the caller's transaction: who is killed in between leaves files that a sweep removes, and no half version.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotFound
from nova.ports import Objects
from nova.seeding import lineage, openlineage, versions
from nova.seeding.diff import Diff, diff
from nova.seeding.files import raw_key
from nova.seeding.split import counts
from nova.store import releases
from nova.store.documents import items
from nova.store.seeding import runs
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Batch
from nova.store.seeding.versions import NewVersion, Version

if TYPE_CHECKING:
    import polars as pl

NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
NO_VERSION = "Diese Version gibt es nicht, oder ihr Anfang ist nicht eindeutig."


@dataclass(frozen=True, slots=True)
class Draft:
    """A version to be: its rows, from where they came (as `lineage.provenance` says) and what else its manifest says.

    `facts` are JSON values: policy, steps, quality, `columns` (column -> [source, column] ...) and the like; `gate` is what was measured.
    """

    dataset: str
    run_id: UUID
    frame: "pl.DataFrame"
    provenance: "pl.DataFrame"
    facts: Mapping[str, Any] = field(default_factory=dict)
    gate: Mapping[str, Any] | None = None


def family(dataset: str) -> str:
    """What releases of a dataset's versions are called."""
    return f"dataset:{dataset}"


def keep_batch(conn: Connection[Any], objects: Objects, batch: Batch, data: bytes) -> Batch:
    """Store a source's raw bytes and note them; `sha256`, `bytes` and `object_key` are told by the bytes."""
    sha256 = hashlib.sha256(data).hexdigest()
    items.lock_content(conn, sha256)
    objects.put(raw_key(sha256), data)
    kept = replace(batch, sha256=sha256, bytes=len(data), object_key=raw_key(sha256))
    runs.put_batch(conn, kept)
    return kept


def publish(conn: Connection[Any], objects: Objects, draft: Draft, by: str, at: datetime) -> Version:
    """Store a version and make it a candidate; the one that there is already where its content is the same.

    Where that one was rewritten since, because somebody left it or was corrected, and has come back as they were, it is a version of its
    own. InvalidInput for rows that are no version, or whose provenance is not known; Conflict where somebody is in it who objected or was
    erased.
    """
    if not NAME.fullmatch(draft.dataset):
        raise InvalidInput("Der Name eines Datensatzes besteht aus kleinen Buchstaben, Ziffern, „-“ und „_“.")
    frame = versions.canonical(draft.frame)
    found = lineage.of_rows(draft.provenance, frame)
    rows.lock(conn)
    facts = {**draft.facts, "run": str(draft.run_id), "splits": counts(frame), **_sources(conn, found)}
    manifest = versions.manifest_of(draft.dataset, frame, versions.store(conn, objects, frame), facts)
    digest = str(manifest["digest"])
    name, again = _free(conn, draft.dataset, digest)
    if again is None:
        return find(conn, draft.dataset, name)
    manifest |= {"again": again} if again else {}
    version_id = rows.add(conn, NewVersion(draft.dataset, name, manifest, versions.sealed(manifest), frame.height, draft.run_id, at))
    rows.copy_lineage(conn, lineage.lineage_lines(found, version_id))
    if barred := rows.barred(conn, version_id):
        raise Conflict(f"{barred} Datensätze gehören Personen, die widersprochen haben oder gelöscht wurden. Starten Sie den Lauf neu.")
    releases.add(conn, family(draft.dataset), name, by, at, gate=draft.gate, digest=digest)
    return find(conn, draft.dataset, name)


def find(conn: Connection[Any], dataset: str, version: str) -> Version:
    """A version by its name or the first signs of it; NotFound."""
    found = rows.find(conn, dataset, version)
    if found is None:
        raise NotFound(NO_VERSION)
    return found


def live(conn: Connection[Any], dataset: str) -> Version | None:
    """The live version of a dataset."""
    release = releases.live(conn, family(dataset))
    return find(conn, dataset, release.name) if release else None


def go_live(conn: Connection[Any], objects: Objects, version: Version, gate: Mapping[str, Any], by: str, at: datetime) -> None:
    """A version is live in place of the one that is; Conflict for one that does not verify, or is live already."""
    rows.lock(conn)
    now = find(conn, version.dataset, version.version)
    if problems := versions.verify(objects, now):
        raise Conflict(f"Die Version ist beschädigt: {' '.join(problems)}")
    if not releases.go_live(conn, family(now.dataset), now.version, gate, by, at):
        raise Conflict("Diese Version ist schon in Gebrauch.")


def roll_back(conn: Connection[Any], dataset: str, by: str, at: datetime) -> Version | None:
    """The live version is withdrawn and the one before it live again; which is (None: none). Conflict where none was live."""
    if releases.live(conn, family(dataset)) is None:
        raise Conflict("Von diesem Datensatz ist keine Version in Gebrauch.")
    back = releases.step_back(conn, family(dataset), by, at)
    return find(conn, dataset, back.name) if back else None


def compare(objects: Objects, before: Version, after: Version, key: str = "id") -> Diff:
    """What is between two versions, by key."""
    return diff(versions.read(objects, before), versions.read(objects, after), key)


def events(conn: Connection[Any], run_id: UUID) -> bytes:
    """What happened in a run, as OpenLineage events, one a line; NotFound."""
    run = runs.get(conn, run_id)
    if run is None:
        raise NotFound("Diesen Lauf gibt es nicht.")
    return openlineage.lines(openlineage.events(run, runs.batches_of(conn, run_id), rows.of_run(conn, run_id)))


def _free(conn: Connection[Any], dataset: str, digest: str) -> tuple[str, int | None]:
    """A name for a content, and how often it came before in another state; None with the name of the version that holds it now."""
    again = 0
    while (known := rows.find(conn, dataset, name := versions.name_of(digest, again))) is not None:
        if known.digest == digest:
            return name, None
        again += 1
    return name, again


def _sources(conn: Connection[Any], found: "pl.DataFrame") -> dict[str, Any]:
    """What a manifest says of the batches from which rows came, and their licences."""
    ids = lineage.batches_in(found)
    batches = runs.batches(conn, ids)
    if len(batches) < len(ids):
        raise InvalidInput("Datensätze kommen aus Lieferungen, die nicht bekannt sind.")
    told = [
        {
            "batch": str(one.batch_id),
            "source": one.source,
            "sha256": one.sha256,
            "licence": one.licence,
            "fetched_at": one.fetched_at.isoformat(),
        }
        for one in batches
    ]
    return {"batches": told, "licences": sorted({one.licence for one in batches if one.licence})}
