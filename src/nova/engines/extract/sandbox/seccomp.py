"""Which system calls a process needs no more -> a filter in the kernel that refuses them, for it and all that it starts, for good.

A list of what is refused rather than of what is allowed: Python, its libraries and Tesseract differ between systems in what they call, and
Landlock already closes files. Calls newer than this list do not exist for the process (ENOSYS), so none slips in with a new kernel.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

PR_SET_SECCOMP, MODE_FILTER = 22, 2
LOAD, EQUAL, ABOVE, MASKED, AND, RETURN = 0x20, 0x15, 0x25, 0x45, 0x54, 0x06  # classic BPF: ld abs, jeq, jgt, jset, and, ret
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER, ARCHITECTURE, FIRST, SECOND, THIRD = 0, 4, 16, 24, 32  # offsets in seccomp_data; the low halves of arguments 1 to 3
NEWEST = 450
CLONE_THREAD = 0x00010000
CLONE_NEW = 0x7E020080
CLONE_PARENT = 0x00008000  # would make the new process one of the serving process's own
CLONE3, OPENAT2 = 435, 437
NOT_HERE = -1

# name: (x86_64, aarch64)
SOCKETS = {"socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "accept": (43, 202),
           "accept4": (288, 242)}  # fmt: skip
OTHER_PROCESSES = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "process_madvise": (440, 440),
    "process_mrelease": (448, 448), "kcmp": (312, 272), "move_pages": (279, 239), "migrate_pages": (256, 238), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "get_robust_list": (274, 100), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274), "sched_setparam": (142, 118), "sched_setscheduler": (144, 119),
}  # fmt: skip
OUT_OF_THE_GROUP = {"setsid": (112, 157), "setpgid": (109, 154)}
FACTS_OF_FILES = {  # Landlock does not rule these
    "chmod": (90, NOT_HERE), "fchmod": (91, 52), "fchmodat": (268, 53), "chown": (92, NOT_HERE), "fchown": (93, 55),
    "lchown": (94, NOT_HERE), "fchownat": (260, 54), "utime": (132, NOT_HERE), "utimes": (235, NOT_HERE), "utimensat": (280, 88),
    "futimesat": (261, NOT_HERE), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "truncate": (76, 45), "flock": (73, 32), "inotify_init": (253, NOT_HERE),
    "inotify_init1": (294, 26), "inotify_add_watch": (254, 27), "fanotify_init": (300, 262), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "lookup_dcookie": (212, 18), "acct": (163, 89), "quotactl": (179, 60), "quotactl_fd": (443, 443),
}  # fmt: skip
MEMORY_BEYOND_LIMITS = {
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195),
    "semget": (64, 190), "semop": (65, 193), "semtimedop": (220, 192), "semctl": (66, 191), "msgget": (68, 186), "msgsnd": (69, 189),
    "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
}  # fmt: skip
NAMESPACES = {
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442),
}  # fmt: skip
KERNEL = {
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "personality": (135, 92),
    "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58), "ioperm": (173, NOT_HERE), "iopl": (172, NOT_HERE),
    "modify_ldt": (154, NOT_HERE), "uselib": (134, NOT_HERE), "execveat": (322, 281),
}  # fmt: skip
PROGRAMS = {"execve": (59, 221), "fork": (57, NOT_HERE), "vfork": (58, NOT_HERE)}
REFUSED = SOCKETS | OTHER_PROCESSES | OUT_OF_THE_GROUP | FACTS_OF_FILES | MEMORY_BEYOND_LIMITS | NAMESPACES | KERNEL
SIGNALS = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131)}
OPENING = {"open": ((2, NOT_HERE), SECOND), "openat": ((257, 56), THIRD)}
CLONE, PRLIMIT = (56, 220), (302, 261)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


@dataclass(frozen=True, slots=True)
class Needs:
    """What the process still needs: to start programs, to signal the ones it started (else only itself)."""

    programs: bool
    signals: bool


def install(libc: ctypes.CDLL, needs: Needs) -> bool:
    """Put the filter in force for this thread and what it starts; False where the kernel or the processor is not known to it.

    Needs PR_SET_NO_NEW_PRIVS first. Call it while the process has one thread.
    """
    known = ARCHITECTURES.get(os.uname().machine)
    if known is None or struct.calcsize("P") != 8:
        return False
    code = program(*known, needs, os.getpid())
    given = _Program(len(code) // 8, code)
    return bool(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(given), 0, 0) == 0)


def program(column: int, architecture: int, needs: Needs, own: int) -> bytes:
    """The filter in classic BPF: `column` picks the numbers of the architecture; `own` is this process's id."""
    refused = [*REFUSED.values(), *([] if needs.programs else PROGRAMS.values())]
    steps = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL), (LOAD, 0, 0, NUMBER)]
    steps += [(ABOVE, 0, 1, NEWEST), _answer(errno.ENOSYS)]  # also x86_64's second set of numbers, from 2**30 on
    for number in (CLONE3, OPENAT2):
        steps += [(EQUAL, 0, 1, number), _answer(errno.ENOSYS)]
    for number in sorted(row[column] for row in refused if row[column] != NOT_HERE):
        steps += [(EQUAL, 0, 1, number), _answer(errno.EPERM)]
    steps += _by_argument(column, needs, own)
    return b"".join(struct.pack("<HBBI", *step) for step in [*steps, (RETURN, 0, 0, ALLOW)])


def _by_argument(column: int, needs: Needs, own: int) -> Iterator[tuple[int, int, int, int]]:
    """Calls that are refused for some arguments only; each part is left by its own answer."""
    allow, refuse = (RETURN, 0, 0, ALLOW), _answer(errno.EPERM)
    yield from ((EQUAL, 0, 5, CLONE[column]), (LOAD, 0, 0, FIRST), (MASKED, 2, 0, CLONE_NEW | CLONE_PARENT))
    yield from ((MASKED, 0, 1, 0xFFFFFFFF if needs.programs else CLONE_THREAD), allow, refuse)
    yield from ((EQUAL, 0, 4, PRLIMIT[column]), (LOAD, 0, 0, FIRST), (EQUAL, 0, 1, 0), allow, refuse)
    for row in () if needs.signals else SIGNALS.values():
        yield from ((EQUAL, 0, 4, row[column]), (LOAD, 0, 0, FIRST), (EQUAL, 0, 1, own), allow, refuse)
    for row, place in OPENING.values():  # opening for reading and truncating at once passes old Landlocks
        if row[column] != NOT_HERE:
            yield from ((EQUAL, 0, 5, row[column]), (LOAD, 0, 0, place), (AND, 0, 0, os.O_TRUNC | os.O_ACCMODE))
            yield from ((EQUAL, 0, 1, os.O_TRUNC), refuse, allow)


def _answer(number: int) -> tuple[int, int, int, int]:
    return (RETURN, 0, 0, REFUSE | number)
