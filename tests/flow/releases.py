"""An archive of a past release in, its data folder on this machine out."""

import json
import os
import re
import tarfile
from pathlib import Path
from typing import Any

from nova.store.postgres.cluster import layout, server_identity

FOLDER = Path(__file__).parent.parent / "releases"
CHANGELOG = FOLDER.parent.parent / "CHANGELOG.md"
ENDING = ".tar.xz"
BLOCK = 1 << 16


def archives() -> list[Path]:
    """Every past release."""
    return sorted(FOLDER.glob(f"*{ENDING}"))


def released() -> set[str]:
    """Every version that the changelog says was released."""
    return set(re.findall(r"^## (\d+\.\d+\.\d+)", CHANGELOG.read_text("utf-8"), re.MULTILINE))


def version(archive: Path) -> str:
    """Which release it is."""
    return archive.name.removesuffix(ENDING)


def beside(archive: Path) -> Path:
    """Where the rows lie that no later release may lose."""
    return archive.with_name(f"{version(archive)}.json")


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
    return data, {**json.loads((target / "expected.json").read_text("utf-8")), **json.loads(beside(archive).read_text("utf-8"))}


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
