"""An archive of a past release in, its data folder on this machine out."""

import json
import os
import tarfile
from pathlib import Path
from typing import Any

from nova.store.cluster import layout, server_identity

FOLDER = Path(__file__).parent.parent / "releases"
BLOCK = 1 << 16


def archives() -> list[Path]:
    """Every past release."""
    return sorted(FOLDER.glob("*.tar.xz"))


def unpack(archive: Path, target: Path) -> tuple[Path, dict[str, Any]]:
    """The data folder below `target`, owned by whoever may run its database, and what the release said of it."""
    with tarfile.open(archive, "r:xz") as tar:
        for entry in tar:
            path = target / entry.name
            if entry.isdir():
                path.mkdir(parents=True)
            else:
                _write(tar, entry, path)
            path.chmod(entry.mode)
    data = target / "data"
    _hand_over(layout(data).cluster)
    return data, json.loads((target / "expected.json").read_text("utf-8"))


def _write(tar: tarfile.TarFile, entry: tarfile.TarInfo, path: Path) -> None:
    """The index's files are mostly zeros; holes keep them small."""
    source = tar.extractfile(entry)
    assert source is not None
    with path.open("wb") as file:
        while block := source.read(BLOCK):
            if block.count(0) == len(block):
                file.seek(len(block), os.SEEK_CUR)
            else:
                file.write(block)
        file.truncate(entry.size)


def _hand_over(cluster: Path) -> None:
    identity = server_identity(cluster)
    if identity is not None:
        for path in (cluster, *cluster.rglob("*")):
            os.chown(path, identity.uid, identity.gid)
