"""Paths a process may read, write or run -> all others closed to it by Landlock, for good; so are TCP and signals to other processes.

Spoken by system call, as the C library has no words for it (`Documentation/userspace-api/landlock.rst` of the kernel).
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
FILE_RIGHTS_BY_ABI = ((1, 13), (2, 14), (3, 15), (5, 16))  # from this ABI on, so many rights of files are known
NET_RIGHTS = 0b11  # bind and connect of TCP, from ABI 4
SCOPES = 0b11  # abstract sockets and signals, from ABI 6
NET_ABI, SCOPE_ABI = 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


@dataclass(frozen=True, slots=True)
class Reach:
    """What stays open: files and folders to read, files to run, devices to read and write. Paths that do not exist are left out."""

    read: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    use: tuple[str, ...] = ()


def abi(libc: ctypes.CDLL) -> int:
    """The kernel's version of Landlock; 0 where it has none or switched it off."""
    found = int(libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(CREATE_RULESET_VERSION)))
    return max(0, found)


def restrict(libc: ctypes.CDLL, reach: Reach) -> int:
    """Close everything outside `reach` for this thread and what it starts; gives the ABI in force, 0 when nothing was closed.

    Needs PR_SET_NO_NEW_PRIVS first. Call it while the process has one thread.
    """
    version = abi(libc)
    if version == 0:
        return 0
    attributes, size = _attributes(version)
    ruleset = int(libc.syscall(CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0)))
    if ruleset < 0:
        return 0
    try:
        _allow(libc, ruleset, reach.read, READ_FILE | READ_DIR)
        _allow(libc, ruleset, reach.run, READ_FILE | EXECUTE)
        _allow(libc, ruleset, reach.use, READ_FILE | WRITE_FILE)
        return version if libc.syscall(RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0 else 0
    finally:
        os.close(ruleset)


def _attributes(version: int) -> tuple[_Ruleset, int]:
    """What this version can close, and how many bytes of it the version knows."""
    rights = (1 << max(count for least, count in FILE_RIGHTS_BY_ABI if version >= least)) - 1
    if version < NET_ABI:
        return _Ruleset(rights, 0, 0), 8
    return (_Ruleset(rights, NET_RIGHTS, 0), 16) if version < SCOPE_ABI else (_Ruleset(rights, NET_RIGHTS, SCOPES), 24)


def _allow(libc: ctypes.CDLL, ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in dict.fromkeys(paths):
        try:
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            folder = stat.S_ISDIR(os.fstat(handle).st_mode)
            rule = _Beneath(rights if folder else rights & ~READ_DIR, handle)
            libc.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), ctypes.c_uint32(0))
        finally:
            os.close(handle)
