"""An S3 bucket, or a folder, that others fill: its files are listed and fetched, never changed. The `Shelf` engine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from nova.engines.objects import Bucket, bucket_store
from nova.errors import Misconfigured, NotFound, ServerAbsent, TooLarge
from nova.german import size
from nova.ports.sources import Lying

PIECE = 1 << 20
TOTAL_S = 600.0


class BucketShelf:
    """What `bucket_shelf` opened."""

    def __init__(self, store: LocalStore | S3Store, place: str) -> None:
        self._store, self._place = store, place

    def files(self, prefix: str) -> Iterator[Lying]:
        """All below a prefix. An etag is what the server says, else size and time."""
        with self._named():
            for part in obstore.list(self._store, prefix.strip("/") or None, chunk_size=1000):
                for entry in part:
                    stamp = f"{entry['size']}:{entry['last_modified'].timestamp()}"
                    yield Lying(str(entry["path"]), int(entry["size"]), entry.get("e_tag") or stamp, entry["last_modified"])

    def fetch(self, key: str, target: Path, most_bytes: int) -> None:
        """Write a file's bytes to `target`; NotFound, TooLarge beyond `most_bytes`, ServerAbsent where it takes too long."""
        deadline, done = time.monotonic() + TOTAL_S, 0
        with self._named(), target.open("wb") as file:
            for piece in obstore.get(self._store, key).stream(min_chunk_size=PIECE):
                done += len(piece)
                if done > most_bytes:
                    raise TooLarge(f"Die Datei ist größer als {size(most_bytes)}.")
                if time.monotonic() > deadline:
                    raise ServerAbsent(f"Der Speicher {self._place} gibt eine Datei zu langsam heraus.")
                file.write(piece)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise NotFound("Die Datei gibt es im Speicher nicht mehr.") from error
        except BaseError as error:
            raise ServerAbsent(f"Der Speicher {self._place} antwortet nicht.") from error


def bucket_shelf(url: str) -> BucketShelf:
    """From `http(s)://key:secret@host[:port]/bucket/prefix?region=...` or `file:///folder`; nothing is sent. Misconfigured for another."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and Path(unquote(parts.path)).is_dir():
        return BucketShelf(LocalStore(Path(unquote(parts.path))), unquote(parts.path))
    name, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in ("http", "https") or not parts.hostname or not name:
        raise Misconfigured("NOVA_SEED_BUCKET_URL nennt keinen Speicher: https://schluessel:geheimnis@host/eimer oder file:///ordner.")
    endpoint = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    region = parse_qs(parts.query).get("region", ["us-east-1"])[0]
    found = Bucket(endpoint, name, unquote(parts.username or ""), unquote(parts.password or ""), region, prefix)
    return BucketShelf(bucket_store(found), f"{endpoint}/{name}")
