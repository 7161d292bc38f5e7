"""Where tests put a server's files: in memory when there is room, which spares a slow disk, else below the temporary folder."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM_BYTES = 2_000_000_000


@contextmanager
def short_folder() -> Iterator[Path]:
    """A fresh folder whose path is short enough for a socket; removed at the end."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    with tempfile.TemporaryDirectory(prefix="nova-", dir=MEMORY if roomy else None) as folder:
        yield Path(folder)
