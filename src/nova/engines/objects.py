"""Keys such as `docs/raw/<sha256>` and bytes -> whole files in a folder or an S3 bucket, through one code path.

Keys are made by Nova and checked against a strict pattern all the same: small letters, digits, `.`, `_`, `-` and `/`.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from nova.engines.hearing import Hearing
from nova.errors import InvalidInput, Misconfigured, NotFound, ServerAbsent, disk_full
from nova.store.postgres.space import require_space

KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,127}(?:/[a-z0-9][a-z0-9_.-]{0,127}){0,7}")
MAX_KEY = 512
PROBE_SECONDS = 5.0
QUIET_SECONDS = 5.0
NO_ROOM = re.compile(r"os error (?:28|122)|Errno (?:28|122)|No space left|XMinioStorageFull|QuotaExceeded|507 Insufficient Storage")
PIECE = 1 << 20


def checked(key: str) -> str:
    """The key itself; InvalidInput when it could mean anything but one object (dots, slashes, capitals, spaces)."""
    if len(key) > MAX_KEY or ".." in key or not KEY.fullmatch(key):
        raise InvalidInput("Der Schlüssel des Objekts ist ungültig.")
    return key


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where an S3 bucket is: its address (`https://host[:port]`, None for AWS), name, region, keys and a prefix inside it."""

    endpoint: str | None
    name: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"
    prefix: str = ""
    timeout_s: float = 30.0


class StoredObjects:
    """The `Objects` engine: made by `folder_objects` or `bucket_objects`."""

    def __init__(self, store: LocalStore | S3Store, place: str, root: Path | None = None, probe: S3Store | None = None) -> None:
        """`probe` is the same bucket with little patience, asked first when the server was not heard of for some seconds."""
        self._store = store
        self._place = place
        self._root = root
        self._probe = probe
        self._hearing = Hearing(self._ask)

    def put(self, key: str, data: bytes | BinaryIO) -> None:
        """Store atomically (a new file renamed over the old one, or one S3 request); on a folder it is on the disk on return. DiskFull."""
        if self._root is not None:
            require_space(self._root, _size(data))
        with self._answers():
            obstore.put(self._store, checked(key), data)
            if self._root is not None:
                _to_disk(self._root / key)

    def get(self, key: str) -> bytes:
        """The object's bytes; NotFound when absent."""
        with self._answers():
            return bytes(obstore.get(self._store, checked(key)).bytes())

    def blocks(self, key: str) -> Iterator[bytes]:
        """The object's bytes in pieces; NotFound when absent, as soon as the first is asked for."""
        with self._answers():
            for piece in obstore.get(self._store, checked(key)).stream(min_chunk_size=PIECE):
                yield bytes(piece)

    def part(self, key: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`; NotFound when the object is absent."""
        with self._answers():
            return bytes(obstore.get_range(self._store, checked(key), start=start, length=length))

    def exists(self, key: str) -> bool:
        """Whether the key holds an object."""
        try:
            with self._answers():
                obstore.head(self._store, checked(key))
        except NotFound:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove the object; an absent one is fine."""
        try:
            with self._answers():
                obstore.delete(self._store, checked(key))
        except NotFound:
            return

    def keys(self, prefix: str) -> Iterator[str]:
        """All keys below a prefix of whole path parts, sorted within what the store sends at once; "" for all."""
        below = checked(prefix.rstrip("/")) if prefix else None
        with self._answers():
            for part in obstore.list(self._store, below, chunk_size=1000):
                yield from (str(entry["path"]) for entry in part)

    def health(self) -> Mapping[str, Any]:
        """Name and place; ServerAbsent when the folder or the bucket does not answer within some seconds."""
        self._ask()
        if self._root is not None and not os.access(self._root, os.W_OK):
            raise ServerAbsent(f"Der Ordner {self._place} ist nicht beschreibbar.")
        return {"name": "folder" if self._root is not None else "s3", "place": self._place}

    @contextmanager
    def _answers(self) -> Iterator[None]:
        """Use the store, once it is known to answer."""
        if self._probe is not None:
            self._hearing.make_sure(QUIET_SECONDS)
        with self._named():
            yield
        self._hearing.note()

    def _ask(self) -> None:
        """Something small that only an object store answers rightly: a list, and that an object is not there."""
        store = self._probe or self._store
        with self._named():
            next(iter(obstore.list(store, "health", chunk_size=1)), None)
            try:
                obstore.head(store, "health/none")
            except FileNotFoundError:
                return
        raise ServerAbsent(f"Unter der Adresse des Speichers für Dateien ({self._place}) antwortet etwas anderes.")

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Say by our own errors what the store says by its."""
        try:
            yield
        except FileNotFoundError as error:
            raise NotFound("Das Objekt gibt es nicht.") from error
        except (BaseError, OSError) as error:
            if NO_ROOM.search(str(error)):
                raise disk_full() from error
            raise ServerAbsent(f"Der Speicher für Dateien ({self._place}) antwortet nicht: {_first_line(error)}") from error


def folder_objects(root: Path) -> StoredObjects:
    """Objects in a folder, which is made when absent."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return StoredObjects(LocalStore(root), str(root), root)


def bucket_objects(bucket: Bucket) -> StoredObjects:
    """Objects in any S3; Misconfigured when the address is none. Nothing is sent before the first use."""
    parts = urlsplit(bucket.endpoint or "https://s3.amazonaws.com")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Misconfigured(f"Die Adresse des Objektspeichers „{bucket.endpoint}“ ist keine http(s)-Adresse.")
    store, probe = _s3(bucket, parts.scheme, bucket.timeout_s, 3), _s3(bucket, parts.scheme, PROBE_SECONDS, 0)
    return StoredObjects(store, f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/{bucket.name}", probe=probe)


def bucket_store(bucket: Bucket) -> S3Store:
    """The bucket as obstore knows it, for what keeps files under names that are not Nova's. Nothing is sent."""
    return _s3(bucket, urlsplit(bucket.endpoint or "https://s3.amazonaws.com").scheme, bucket.timeout_s, 3)


def _s3(bucket: Bucket, scheme: str, seconds: float, retries: int) -> S3Store:
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        endpoint=bucket.endpoint,
        access_key_id=bucket.access_key,
        secret_access_key=bucket.secret_key,
        region=bucket.region,
        client_options={
            "allow_http": scheme == "http",
            "timeout": timedelta(seconds=seconds),
            "connect_timeout": timedelta(seconds=PROBE_SECONDS),
        },
        retry_config={"max_retries": retries, "retry_timeout": timedelta(seconds=seconds)},
    )


def _to_disk(path: Path) -> None:
    """Make a stored file and its entry in the folder survive a power cut."""
    for place, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
        descriptor = os.open(place, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _size(data: bytes | BinaryIO) -> int:
    if isinstance(data, bytes):
        return len(data)
    here = data.tell()
    size = data.seek(0, os.SEEK_END) - here
    data.seek(here)
    return size


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
