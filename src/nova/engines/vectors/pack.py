"""A flushed shard in, a compact copy of it out, made by a child process.

Edge packs segments while it holds the interpreter's lock (15 s for 100,000 passages, in which nothing else in the process would run) and
needs a multiple of their memory. So a child copies the shard, packs the copy and ends; the owner then opens the copy in place of the
original. Run as `python pack.py SOURCE TARGET PARENT [renew]`; imports nothing of Nova.

A packed copy still has the log, in which points stand that were removed long ago. `renew` fills an empty shard with the points instead.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import qdrant_edge as edge

POLL_SECONDS = 0.05
PIECE = 4 * 2**20
LESS_URGENT = 5
PAGE = 512
PR_SET_PDEATHSIG = 1


def optimizers() -> edge.EdgeOptimizersConfig:
    """One compact segment for all but the newest points; packing removes every deleted point."""
    return edge.EdgeOptimizersConfig(deleted_threshold=1e-9, vacuum_min_vector_number=1, default_segment_number=1, indexing_threshold=1000)


def pack(source: Path, target: Path, stop: threading.Event, *, renew: bool = False) -> bool:
    """Make `target` from `source`, which nobody changes meanwhile; False when that failed or `stop` was set.

    With `renew` the target is an empty shard already, and takes the points only.
    """
    command = [sys.executable, "-I", __file__, str(source), str(target), str(os.getpid()), *(["renew"] if renew else [])]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        while True:
            try:
                return child.wait(POLL_SECONDS) == 0
            except subprocess.TimeoutExpired:
                if stop.is_set():
                    child.kill()
                    return False


def copy(source: Path, target: Path) -> None:
    """Copy a tree, leaving the holes of sparse files as they are (most of a small shard is holes)."""
    target.mkdir(parents=True)
    for path in sorted(source.rglob("*")):
        other = target / path.relative_to(source)
        if path.is_dir():
            other.mkdir()
        else:
            _copy_file(path, other)


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb", buffering=0) as old, target.open("xb", buffering=0) as new:
        size = os.fstat(old.fileno()).st_size
        new.truncate(size)
        start = end = 0
        while end < size:
            try:
                start = os.lseek(old.fileno(), end, os.SEEK_DATA)
            except OSError:  # only a hole is left
                return
            end = os.lseek(old.fileno(), start, os.SEEK_HOLE)
            while start < end:
                data = os.pread(old.fileno(), min(PIECE, end - start), start)
                start += os.pwrite(new.fileno(), data, start)


def sync(folder: Path) -> None:
    """See every file of a tree on disk."""
    for path in (folder, *folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _refilled(source: Path, target: Path) -> edge.EdgeShard:
    """The empty shard at `target` with the points of `source`."""
    old = target.with_name(f"{target.name}-old")
    copy(source, old)
    shard, filled = edge.EdgeShard.load(str(old)), edge.EdgeShard.load(str(target))
    offset = None
    while True:
        found, offset = shard.scroll(edge.ScrollRequest(offset=offset, limit=PAGE, with_payload=True, with_vector=True))
        if found:
            points = [edge.Point(one.id, one.vector or {}, one.payload) for one in found]
            filled.update(edge.UpdateOperation.upsert_points(points))
        if offset is None:
            break
    shard.close()
    shutil.rmtree(old)
    return filled


def main(argv: list[str]) -> int:
    """Copy and pack; see the module's docstring. Ends with its parent, which alone may say what lies in these folders."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != int(argv[3]):
        return 1
    os.nice(LESS_URGENT)
    source, target = Path(argv[1]), Path(argv[2])
    if argv[4:] == ["renew"]:
        shard = _refilled(source, target)
    else:
        copy(source, target)
        shard = edge.EdgeShard.load(str(target))
    shard.optimize()
    shard.flush()
    shard.close()
    sync(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
