"""A command in, run without any network; out, as JSON on standard output: its exit code, what it said, and its attempts to leave.

    python -m tests.faults.alone COMMAND ...

The command gets a network namespace that holds nothing but loopback, and a name server that lies outside. Whoever tries to reach an
address finds no route, and the kernel counts that (`OutNoRoutes`, for each namespace, also for those that children make for themselves).
Needs root, or a system that lets users make namespaces.
"""

import ctypes
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.flow.test_kill import children_of

CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET = 0x20000, 0x10000000, 0x40000000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
OUTSIDE = "nameserver 192.0.2.53\noptions timeout:1 attempts:1\n"


def leave_the_network() -> None:
    """Into namespaces of our own, loopback up, names asked of a server that is out of reach."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    kinds = CLONE_NEWNET | CLONE_NEWNS | (0 if user == 0 else CLONE_NEWUSER)
    if libc.unshare(kinds) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as file:
        file.write(OUTSIDE)
    Path(file.name).chmod(0o644)
    names = Path("/etc/resolv.conf").resolve()
    if names.exists() and libc.mount(file.name.encode(), str(names).encode(), None, MS_BIND, None) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        flags = struct.unpack("16sh", fcntl.ioctl(any_socket, SIOCGIFFLAGS, struct.pack("16sh", b"lo", 0)))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))


def attempts(pid: int) -> int:
    """How often somebody in this process's network namespace found no route."""
    heads, values = [line.split()[1:] for line in Path(f"/proc/{pid}/net/snmp").read_text().splitlines() if line.startswith("Ip:")]
    count = int(values[heads.index("OutNoRoutes")])
    with suppress(OSError):
        six = dict(line.split() for line in Path(f"/proc/{pid}/net/snmp6").read_text().splitlines())
        count += int(six["Ip6OutNoRoutes"])
    return count


def watch(seen: dict[str, int], ended: threading.Event) -> None:
    """The highest count of each namespace that a process below this one has made for itself."""
    own = str(Path("/proc/self/ns/net").readlink())
    while True:
        last = ended.is_set()
        for pid in children_of(os.getpid()):
            with suppress(OSError):
                place = str(Path(f"/proc/{pid}/ns/net").readlink())
                if place != own:
                    seen[place] = max(seen.get(place, 0), attempts(pid))
        if last:
            return
        time.sleep(0.1)


def main(command: list[str]) -> None:
    leave_the_network()
    seen: dict[str, int] = {}
    ended = threading.Event()
    watcher = threading.Thread(target=watch, args=(seen, ended))
    watcher.start()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ended.set()
    watcher.join()
    found = {"rc": done.returncode, "out": done.stdout, "err": done.stderr, "interfaces": sorted(name for _, name in socket.if_nameindex())}
    print(json.dumps(found | {"attempts": attempts(os.getpid()), "elsewhere": sum(seen.values())}))


if __name__ == "__main__":
    main(sys.argv[1:])
