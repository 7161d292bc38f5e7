"""A folder and a number of bytes in, DiskFull out when there is no room for them.

A disk that is full to the last byte stops the database and kills whoever writes to a mapped file, so Nova stops taking things in a
little earlier. What was taken in may use half of that reserve to be finished.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nova.errors import disk_full, is_full

RESERVE_BYTES = 64 * 2**20


def require_space(folder: Path, size: int, *, finishing: bool = False) -> None:
    """Nothing when `size` bytes more leave the reserve free (`finishing`: half of it); DiskFull otherwise."""
    found = os.statvfs(folder)
    if found.f_bavail * found.f_frsize < size + RESERVE_BYTES // (2 if finishing else 1):
        raise disk_full()


@contextmanager
def full_disk_named() -> Iterator[None]:
    """Around work with files: the system's words for a full disk become DiskFull."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise disk_full() from error
        raise
