"""What a killed Nova leaves: no child at work, and nothing that keeps the next one from writing snapshots."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nova.flows.snapshots.kept import Kept

PARENT = """
import subprocess, sys
from nova.jobs.leash import led
child = subprocess.Popen(led([sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(60)"]), stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
child.wait()
"""


def alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text("ascii")
    except FileNotFoundError:
        return False


def test_a_child_on_a_leash_ends_with_its_killed_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert alive(child)
        parent.kill()
    until = time.monotonic() + 10
    while alive(child):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_still_moves_in_the_folder_of_a_killed_proof_stops_no_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(tmp_path)
    left = kept.folder / ".tmpabc.part"
    left.mkdir(parents=True)

    def not_empty(path: object, **_: object) -> None:
        raise OSError(errno.ENOTEMPTY, "Directory not empty", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(os, "rmdir", not_empty)
        with kept.writing():
            pass
    with kept.writing():
        assert not left.exists()
