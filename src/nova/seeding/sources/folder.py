"""A file or a folder of files as a source; the cursor is the names and hashes of what was taken already."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

from nova.errors import InvalidInput, NotFound, NovaError, TooLarge
from nova.ports.sources import Batch, Cursor, Sample
from nova.seeding.sources.export import Named, preview, read_named
from nova.seeding.sources.reading import told

SUFFIXES = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".js", ".zip")
MOST_FILES = 100_000


@dataclass(frozen=True, slots=True)
class FolderSource:
    """All files below `path` whose names fit `pattern`, in the order of their names; links are not followed, hidden files left out.

    A file that was taken comes again only when its bytes have changed. A file that cannot be read gives an empty batch with the reason.
    `author` keeps who wrote the posts of a platform's export.
    """

    name: str
    path: Path
    licence: str | None = None
    pattern: str = "*"
    author: bool = False

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch a file; the cursor is `{"taken": {name: sha256 or "name of error"}}`."""
        taken = dict(cursor.get("taken", {}))
        for name, path in self._files():
            try:
                found = read_named(path, licence=self.licence, author=self.author)
            except NovaError as error:
                mark = f"{error.code}:{_stamp(path)}"
                if taken.get(name) != mark:
                    taken[name] = mark
                    yield Batch({}, {"taken": dict(taken)}, name, "", _changed(path), (error.message,), mark)
                continue
            if taken.get(name) != found.provenance.sha256:
                taken[name] = found.provenance.sha256
                yield self._batch(name, found, {"taken": dict(taken)})

    def preview(self) -> Sample:
        """Of the first file that can be read."""
        reasons: list[str] = []
        for name, path in self._files():
            try:
                found = preview(path, author=self.author)
            except NovaError as error:
                reasons.append(f"{name}: {error.message}")
                continue
            return Sample(found.rows.to_dict(as_series=False), found.mapping, (*reasons, *map(told, found.problems)))
        raise InvalidInput("In diesem Ordner gibt es keine lesbare Datei.", data={"reasons": reasons[:10]})

    def _batch(self, name: str, found: Named, cursor: Cursor) -> Batch:
        where, problems = found.provenance, tuple(map(told, found.problems))
        return Batch(found.frame.to_dict(as_series=False), cursor, name, where.sha256, where.fetched_at, problems, where.sha256)

    def _files(self) -> Iterator[tuple[str, Path]]:
        if not self.path.exists():
            raise NotFound(f"Den Ordner „{self.path.name}“ gibt es nicht.")
        if not self.path.is_dir():
            yield self.path.name, self.path
            return
        found: list[tuple[str, Path]] = []
        for folder, folders, names in os.walk(self.path, followlinks=False):
            folders[:] = [one for one in folders if not one.startswith(".")]
            paths = [Path(folder) / one for one in names]
            found.extend((path.relative_to(self.path).as_posix(), path) for path in paths if self._wanted(path))
            if len(found) > MOST_FILES:
                raise TooLarge(f"In diesem Ordner liegen mehr als {MOST_FILES} Dateien.")
        yield from sorted(found)

    def _wanted(self, path: Path) -> bool:
        fits = not path.name.startswith(".") and path.suffix.lower() in SUFFIXES and fnmatch(path.name, self.pattern)
        return fits and not path.is_symlink()


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)


def _stamp(path: Path) -> str:
    state = path.lstat()
    return f"{state.st_size}:{state.st_mtime_ns}"
