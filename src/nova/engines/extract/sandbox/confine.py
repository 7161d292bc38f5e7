"""A process that is about to read hostile files -> the same process without rights: no foreign file, no network, no other process.

Layers, each where the kernel has it: limits, no new rights, no capabilities, Landlock (files, TCP, signals), a system call filter; a
network namespace of its own where the filter cannot be had. What is missing is no error: `report_task` says what is in force, by trying.
"""

import contextlib
import ctypes
import mimetypes
import os
import resource
import shutil
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nova.engines.extract.sandbox import landlock, seccomp
from nova.engines.extract.sandbox.packages import load_packages
from nova.errors import UnreadableFile

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 24, 38
CAP_DAC_READ_SEARCH = 2  # kept by root, who may run from folders that belong to others; Landlock bounds it
CAPABILITY_VERSION = 0x20080522
MAX_CPU_S = 7200
LESS_URGENT = 10  # than answering people
FIRST_TO_DIE = b"1000"
SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share",
    "/usr/local/share",
    "/etc/ld.so.cache",
    "/etc/localtime",
)
DEVICES = ("/dev/null",)
OWN_CODE = Path(__file__).parents[3]
LINKERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1")
FOREIGN = ("/etc/passwd", "/etc/hostname", "/proc/1/cmdline")


def confine(memory_bytes: int, read: Sequence[str]) -> None:
    """Give up all rights but reading Nova's own code, system libraries and `read`, and running Tesseract where it is installed.

    Call it once, before the first hostile byte, while the process has one thread. Nothing can be taken back.
    """
    _step_back()
    _limit(memory_bytes)
    mimetypes.init([])  # else some parser looks for the system's lists, which are closed
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "wb", buffering=0) as score:
        score.write(FIRST_TO_DIE)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    reach = _reach(read)
    _drop_capabilities(libc)
    version = landlock.restrict(libc, reach)
    needs = seccomp.Needs(programs=bool(reach.run), signals=version >= landlock.SCOPE_ABI)
    if not seccomp.install(libc, needs) and libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _step_back() -> None:
    """Be less urgent than those who answer people. Linux counts that within a session only, of which a child has one of its own, and
    weighs sessions by another number (man 7 sched, "The autogroup feature").
    """
    os.nice(LESS_URGENT)
    with contextlib.suppress(OSError), open("/proc/self/autogroup", "wb", buffering=0) as session:
        session.write(b"%d" % LESS_URGENT)


def _limit(memory_bytes: int) -> None:
    """No core dumps, few files, a fixed address space; processor time that no one can raise beyond `MAX_CPU_S`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _reach(read: Sequence[str]) -> landlock.Reach:
    """Python's library, Nova's code, system libraries and fonts, Tesseract, what is named; the device that swallows everything."""
    folders = [str(Path(os.__file__).parent), str(OWN_CODE), *SYSTEM, *read]
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        return landlock.Reach(read=tuple(folders), use=DEVICES)
    program = Path(tesseract).resolve()
    folders += [str(program.parents[1] / name) for name in ("lib", "share")]
    return landlock.Reach(read=tuple(folders), run=(str(program), *LINKERS), use=DEVICES)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Root becomes a user like any other, also in programs it starts; it may still read what belongs to others."""
    for capability in range(64):
        if capability != CAP_DAC_READ_SEARCH and libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break
    for kept in (1 << CAP_DAC_READ_SEARCH, 0):
        words = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)  # effective, permitted, inheritable; low half, then high half
        if libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION, 0)), words) == 0:
            break


def report_task(args: Mapping[str, Any], _body: bytes) -> tuple[dict[str, bool], bytes]:
    """What is closed to this process, found by trying: `files` (those that `private` names among them), `network`, `processes`.

    UnreadableFile when what the readers are built on is closed, too.
    """
    try:
        load_packages()
    except (ImportError, OSError) as error:
        raise UnreadableFile(f"Die Leser lassen sich nicht laden: {error}") from error
    return {"files": _no_files(args.get("private", ())), "network": _no_network(), "processes": _no_processes()}, b""


def _no_files(private: Sequence[str]) -> bool:
    for path in (*FOREIGN, *private):
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_RDONLY))
            return False
    return True


def _no_network() -> bool:
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            probe.listen(1)
            probe.setblocking(False)
            return probe.connect_ex(probe.getsockname()) not in (0, 115)
    except OSError:
        return True


def _no_processes() -> bool:
    try:
        os.kill(os.getppid(), 0)
    except OSError:
        return True
    return False
