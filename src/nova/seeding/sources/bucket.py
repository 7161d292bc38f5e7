"""Files of a bucket as a source: read as those of a folder; the cursor is their etags, so what did not change is not fetched again."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from nova.errors import InvalidInput, NovaError, ServerAbsent, TooLarge
from nova.ports.sources import Batch, Cursor, Lying, Sample, Shelf
from nova.seeding.sources.export import preview, read_named
from nova.seeding.sources.folder import MOST_FILES, SUFFIXES
from nova.seeding.sources.reading import MOST_BYTES, told


@dataclass(frozen=True, slots=True)
class BucketSource:
    """All files below `prefix` whose names fit `pattern`, in the order of their keys; hidden ones are left out.

    A file comes again only when its etag has changed. A file that cannot be read gives an empty batch with the reason. `author` as of
    `FolderSource`.
    """

    name: str
    shelf: Shelf
    prefix: str = ""
    licence: str | None = None
    pattern: str = "*"
    author: bool = False

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch a file; the cursor is `{"taken": {key: etag}}`."""
        taken = dict(cursor.get("taken", {}))
        with tempfile.TemporaryDirectory(prefix="nova-bucket-") as folder:
            for one in self._files():
                if taken.get(one.key) == one.etag:
                    continue
                taken[one.key] = one.etag
                yield self._batch(one, self._target(one, folder), {"taken": dict(taken)})

    def preview(self) -> Sample:
        """Of the first file that can be read."""
        reasons: list[str] = []
        with tempfile.TemporaryDirectory(prefix="nova-bucket-") as folder:
            for one in self._files():
                path = self._target(one, folder)
                try:
                    self.shelf.fetch(one.key, path, MOST_BYTES)
                    found = preview(path, author=self.author)
                except ServerAbsent:
                    raise
                except NovaError as error:
                    reasons.append(f"{one.key}: {error.message}")
                    continue
                return Sample(found.rows.to_dict(as_series=False), found.mapping, (*reasons, *map(told, found.problems)))
        raise InvalidInput("In diesem Speicher gibt es keine lesbare Datei.", data={"reasons": reasons[:10]})

    def _batch(self, one: Lying, path: Path, cursor: Cursor) -> Batch:
        try:
            self.shelf.fetch(one.key, path, MOST_BYTES)
            found = read_named(path, licence=self.licence, author=self.author)
        except ServerAbsent:
            raise
        except NovaError as error:
            return Batch({}, cursor, one.key, "", one.changed_at, (error.message,), one.etag)
        finally:
            path.unlink(missing_ok=True)
        problems = tuple(map(told, found.problems))
        return Batch(
            found.frame.to_dict(as_series=False), cursor, one.key, found.provenance.sha256, one.changed_at, problems, one.etag
        )  # fmt: skip

    def _target(self, one: Lying, folder: str) -> Path:
        """A file of a name of ours, with the ending of its key."""
        return Path(folder) / f"file{PurePosixPath(one.key).suffix.lower()}"

    def _files(self) -> list[Lying]:
        found: list[Lying] = []
        for one in self.shelf.files(self.prefix):
            if self._wanted(PurePosixPath(one.key)):
                found.append(one)
            if len(found) > MOST_FILES:
                raise TooLarge(f"In diesem Speicher liegen mehr als {MOST_FILES} Dateien.")
        return sorted(found, key=lambda one: one.key)

    def _wanted(self, key: PurePosixPath) -> bool:
        hidden = any(part.startswith(".") for part in key.parts)
        return not hidden and key.suffix.lower() in SUFFIXES and fnmatch(key.name, self.pattern)
