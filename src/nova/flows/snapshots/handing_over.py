"""The files of a snapshot, handed over where files are in a bucket. What is there already stays with what is set aside."""

import shutil
from pathlib import Path

from nova.knowledge.files import RAW, TEXTS
from nova.ports import Objects
from nova.seeding.files import KINDS
from nova.store.documents import items
from nova.store.postgres.db import Database
from nova.store.seeding import versions


def keep_aside(db: Database, objects: Objects, schema: str) -> None:
    """Note the names of the files in a schema, so that no sweep takes them: their rows lie in a folder that it does not see."""
    raw, texts = ([key.removeprefix(prefix) for key in objects.keys(prefix)] for prefix in (RAW, TEXTS))
    seeds = {kind: [key.removeprefix(prefix) for key in objects.keys(prefix)] for kind, prefix in KINDS.items()}
    with db.transaction() as conn:
        items.keep_aside(conn, schema, raw, texts)
        versions.keep_aside(conn, schema, seeds)


def hand_over(objects: Objects, unpacked: Path) -> None:
    """Move the files from a folder; one of the same name has the same content. Nothing where there is no such folder."""
    if not unpacked.is_dir():
        return
    for path in sorted(one for one in unpacked.rglob("*") if one.is_file()):
        key = path.relative_to(unpacked).as_posix()
        if not objects.exists(key):
            with path.open("rb") as file:
                objects.put(key, file)
    shutil.rmtree(unpacked)
