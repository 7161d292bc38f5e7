"""The system call filter as the kernel would run it, for both processors; and in force where Landlock is too old to help."""

import errno
import os
import struct
import subprocess
import sys

import pytest

from nova.engines.extract.sandbox import seccomp

OWN = 4711
ORDINARY = {"x86_64": {"read": 0, "write": 1, "mmap": 9, "openat": 257, "futex": 202, "exit_group": 231, "getrandom": 318, "wait4": 61},
            "aarch64": {"read": 63, "write": 64, "mmap": 222, "openat": 56, "futex": 98, "exit_group": 94, "getrandom": 278,
                        "wait4": 260}}  # fmt: skip
MACHINES = sorted(seccomp.ARCHITECTURES)
ALLOWED = "allowed"


def decide(code: bytes, number: int, architecture: int, *args: int) -> str:
    """What the filter answers: "allowed", an error's name, or "killed". A small machine for classic BPF."""
    data = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, architecture, 0, *[arg & 2**64 - 1 for arg in (*args, *[0] * 6)][:6])
    at, held = 0, 0
    while True:
        kind, yes, no, value = struct.unpack_from("<HBBI", code, at * 8)
        at += 1
        match kind:
            case seccomp.LOAD:
                held = struct.unpack_from("<I", data, value)[0]
            case seccomp.AND:
                held &= value
            case seccomp.EQUAL:
                at += yes if held == value else no
            case seccomp.ABOVE:
                at += yes if held > value else no
            case seccomp.MASKED:
                at += yes if held & value else no
            case seccomp.RETURN:
                if value == seccomp.ALLOW:
                    return ALLOWED
                return "killed" if value == seccomp.KILL else errno.errorcode[value & 0xFFFF]
            case _:
                raise AssertionError(kind)


class Filter:
    """A filter for a processor, asked by names and numbers."""

    def __init__(self, machine: str, needs: seccomp.Needs) -> None:
        self.column, self.architecture = seccomp.ARCHITECTURES[machine]
        self.code = seccomp.program(self.column, self.architecture, needs, OWN)

    def __call__(self, call: int | tuple[int, int], *args: int) -> str:
        return decide(self.code, call if isinstance(call, int) else call[self.column], self.architecture, *args)


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


NEEDS = [seccomp.Needs(programs, signals) for programs in (True, False) for signals in (True, False)]


@pytest.mark.parametrize("needs", NEEDS, ids=str)
def test_what_is_listed_is_refused_and_what_readers_need_is_not(machine: str, needs: seccomp.Needs) -> None:
    asked = Filter(machine, needs)
    assert {name: asked(number) for name, number in ORDINARY[machine].items() if asked(number) != ALLOWED} == {}
    listed = {name: rows[asked.column] for name, rows in seccomp.REFUSED.items() if rows[asked.column] != seccomp.NOT_HERE}
    assert {name: asked(number) for name, number in listed.items() if asked(number) != "EPERM"} == {}
    programs = [rows[asked.column] for rows in seccomp.PROGRAMS.values() if rows[asked.column] != seccomp.NOT_HERE]
    assert {asked(number) for number in programs} == {ALLOWED if needs.programs else "EPERM"}
    assert len(asked.code) // 8 < 4096


def test_threads_are_allowed_processes_only_where_programs_are_and_namespaces_and_other_parents_never(machine: str) -> None:
    thread, process, namespace, anothers = 0x3D0F00, 0x11, 0x10000011, 0x8011
    free, bound = Filter(machine, seccomp.Needs(True, True)), Filter(machine, seccomp.Needs(False, True))
    kinds = (thread, process, namespace, anothers)
    assert [free(seccomp.CLONE, flags) for flags in kinds] == [ALLOWED, ALLOWED, "EPERM", "EPERM"]
    assert [bound(seccomp.CLONE, flags) for flags in kinds] == [ALLOWED, "EPERM", "EPERM", "EPERM"]
    assert free(seccomp.CLONE3, 0) == "ENOSYS"


def test_signals_and_limits_reach_only_the_process_itself(machine: str) -> None:
    alone = Filter(machine, seccomp.Needs(True, False))
    for call in seccomp.SIGNALS.values():
        assert [alone(call, pid) for pid in (OWN, OWN + 1, 0, 1, -1)] == [ALLOWED, "EPERM", "EPERM", "EPERM", "EPERM"]
        assert Filter(machine, seccomp.Needs(True, True))(call, OWN + 1) == ALLOWED
    assert [alone(seccomp.PRLIMIT, pid) for pid in (0, OWN, 1)] == [ALLOWED, "EPERM", "EPERM"]


def test_a_file_cannot_be_emptied_by_opening_it_to_read(machine: str) -> None:
    asked = Filter(machine, seccomp.Needs(True, True))
    for name, (call, _) in seccomp.OPENING.items():
        if call[asked.column] == seccomp.NOT_HERE:
            continue
        before = (0,) if name == "open" else (0, 0)
        found = [asked(call, *before, flags) for flags in (os.O_RDONLY, os.O_RDWR | os.O_TRUNC, os.O_WRONLY | os.O_TRUNC, os.O_TRUNC)]
        assert found == [ALLOWED, ALLOWED, ALLOWED, "EPERM"]


@pytest.mark.parametrize("number", [451, 999, 2**30, 2**30 + 41, 2**32 - 1])
def test_calls_of_newer_kernels_and_other_numberings_do_not_exist(machine: str, number: int) -> None:
    assert Filter(machine, seccomp.Needs(True, True))(number) == "ENOSYS"


def test_another_processors_calls_end_the_process(machine: str) -> None:
    asked = Filter(machine, seccomp.Needs(True, True))
    assert decide(asked.code, 0, 0x40000003) == "killed"


ALONE = """
import ctypes, os, socket, sys
from nova.engines.extract.sandbox import seccomp
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 1, 0, 0, 0)
assert seccomp.install(libc, seccomp.Needs(False, False))
def refused(act):
    try:
        act()
    except PermissionError:
        return True
    return False
acts = [socket.socket, os.fork, os.setsid, lambda: os.kill(os.getppid(), 0), lambda: os.execv("/bin/true", ["true"]),
        lambda: os.open(sys.argv[1], os.O_RDONLY | os.O_TRUNC), lambda: os.truncate(sys.argv[1], 0), lambda: os.chmod(sys.argv[1], 0o777)]
os.kill(os.getpid(), 0)
print([refused(act) for act in acts])
"""


@pytest.mark.skipif(not hasattr(os, "uname") or os.uname().machine not in MACHINES, reason="the filter does not know this processor")
def test_the_filter_holds_alone(tmp_path: os.PathLike[str]) -> None:
    victim = f"{tmp_path}/victim"
    with open(victim, "w") as target:
        target.write("whole")
    done = subprocess.run([sys.executable, "-c", ALONE, victim], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == str([True] * 8), done.stderr
    with open(victim) as source:
        assert source.read() == "whole"
