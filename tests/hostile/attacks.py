"""What code that has taken over a reader might try, run in its child as `tests.hostile.attacks:name`: each tells what it got."""

import ctypes
import errno
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Args = Mapping[str, Any]
libc = ctypes.CDLL(None, use_errno=True)


def attempt(act: Callable[[], Any]) -> str:
    """What came of it: "done", or the name of the error."""
    try:
        act()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except subprocess.CalledProcessError:
        return "failed"
    return "done"


def call(number: int, *words: Any) -> str:
    """A system call by its number."""
    ctypes.set_errno(0)
    return "done" if libc.syscall(number, *words) >= 0 else errno.errorcode[ctypes.get_errno()]


def who(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    """The child's number."""
    return os.getpid(), b""


def read_files(args: Args, _body: bytes) -> tuple[Any, bytes]:
    return {path: attempt(lambda path=path: Path(path).read_bytes()) for path in args["paths"]}, b""  # type: ignore[misc]


def list_folders(args: Args, _body: bytes) -> tuple[Any, bytes]:
    return {path: attempt(lambda path=path: list(Path(path).iterdir())) for path in args["paths"]}, b""  # type: ignore[misc]


def write_files(args: Args, _body: bytes) -> tuple[Any, bytes]:
    folder, victim = Path(args["folder"]), Path(args["victim"])
    acts: dict[str, Callable[[], Any]] = {
        "create": lambda: (folder / "new").write_bytes(b"x"),
        "tmp": lambda: Path(tempfile.gettempdir(), "nova-attack").write_bytes(b"x"),
        "shm": lambda: Path("/dev/shm/nova-attack").write_bytes(b"x"),
        "nameless": lambda: os.open(folder, os.O_TMPFILE | os.O_RDWR),
        "append": lambda: victim.open("ab"),
        "truncate": lambda: os.truncate(victim, 0),
        "truncate by opening": lambda: os.open(victim, os.O_RDONLY | os.O_TRUNC),
        "rename": lambda: victim.rename(folder / "moved"),
        "link": lambda: os.link(victim, folder / "linked"),
        "symlink": lambda: (folder / "symlinked").symlink_to("/etc/passwd"),
        "delete": victim.unlink,
        "folder": lambda: (folder / "sub").mkdir(),
        "pipe": lambda: os.mkfifo(folder / "pipe"),
        "mode": lambda: victim.chmod(0o777),
        "owner": lambda: os.chown(victim, 1, 1),
        "time": lambda: os.utime(victim, (1, 1)),
        "attribute": lambda: os.setxattr(victim, "user.x", b"1"),
        "root": lambda: os.chroot(folder),
    }
    return {name: attempt(act) for name, act in acts.items()}, b""


def reach_out(args: Args, _body: bytes) -> tuple[Any, bytes]:
    def meet(family: int, kind: int, address: Any) -> None:
        with socket.socket(family, kind) as connection:
            connection.settimeout(2)
            connection.connect(address)

    def listen() -> None:
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen()

    acts: dict[str, Callable[[], Any]] = {
        "tcp": lambda: meet(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", args["port"])),
        "udp": lambda: meet(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", args["port"])),
        "unix": lambda: meet(socket.AF_UNIX, socket.SOCK_STREAM, args["unix"]),
        "abstract": lambda: meet(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + args["abstract"]),
        "netlink": lambda: socket.socket(16, socket.SOCK_RAW, 0),
        "packet": lambda: socket.socket(17, socket.SOCK_RAW, 0),
        "listen": listen,
        "pair": socket.socketpair,
    }
    return {name: attempt(act) for name, act in acts.items()} | {"ring": call(425, 8, ctypes.byref(ctypes.create_string_buffer(120)))}, b""


def touch_processes(args: Args, _body: bytes) -> tuple[Any, bytes]:
    parent = args["parent"]
    piece = (ctypes.c_uint64 * 2)(0, 8)
    numbers = {"x86_64": (101, 310, 234), "aarch64": (117, 270, 131)}[os.uname().machine]
    return {
        "probe": attempt(lambda: os.kill(parent, 0)),
        "stop": attempt(lambda: os.kill(parent, signal.SIGSTOP)),
        "kill": attempt(lambda: os.kill(parent, signal.SIGUSR1)),
        "kill its thread": call(numbers[2], parent, parent, 10),
        "kill by handle": attempt(lambda: signal.pidfd_send_signal(os.pidfd_open(parent), signal.SIGUSR1)),
        "limit": attempt(lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (1, 1))),
        "slow down": attempt(lambda: os.setpriority(os.PRIO_PROCESS, parent, 19)),
        "pin": attempt(lambda: os.sched_setaffinity(parent, {0})),
        "trace": call(numbers[0], 16, parent, 0, 0),
        "read its memory": call(numbers[1], parent, ctypes.byref(piece), 1, ctypes.byref(piece), 1, 0),
        "read its environment": attempt(lambda: Path(f"/proc/{parent}/environ").read_bytes()),
        "leave the group": attempt(os.setsid),
        "found a group": attempt(lambda: os.setpgid(0, 0)),
        "new user": call({"x86_64": 272, "aarch64": 97}[os.uname().machine], 0x10000000),
        "memory without a name": attempt(lambda: os.memfd_create("x")),
        "another kind of call": call(1 << 29),
    }, b""


def run_programs(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    found = {}
    for name in ("sh", "bash", "python3", "perl", "env", "curl"):
        path = shutil.which(name)
        if path is not None:
            found[name] = attempt(lambda path=path: subprocess.run([path, "-c", "echo"], check=True))  # type: ignore[misc]
    found["this python"] = attempt(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    found["through the linker"] = attempt(lambda: subprocess.run(["/lib64/ld-linux-x86-64.so.2", "/bin/sh", "-c", "exit 0"], check=True))
    return found, b""


def tesseract(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=True)
    return done.stdout.decode(), b""


def linger(args: Args, _body: bytes) -> tuple[Any, bytes]:
    """Leave a process behind that will not end by itself, then answer as if nothing were."""
    ready, gone = os.pipe()
    pid = os.fork()
    if pid == 0:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGXCPU):
            signal.signal(number, signal.SIG_IGN)
        attempt(os.setsid)
        if args["twice"] and os.fork():
            os._exit(0)
        os.write(gone, struct.pack(">I", os.getpid()))
        while True:
            time.sleep(60)
    left = struct.unpack(">I", os.read(ready, 4))[0]
    if args["hang"]:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        time.sleep(600)
    return left, b""


def raise_limits(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    wanted = {"memory": resource.RLIMIT_AS, "files": resource.RLIMIT_NOFILE, "written": resource.RLIMIT_FSIZE, "time": resource.RLIMIT_CPU}
    found = {}
    for name, limit in wanted.items():
        try:
            resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            found[name] = "done"
        except (OSError, ValueError) as error:
            found[name] = type(error).__name__
    return found, b""


def started(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    """The largest resident set of what this process started and that has ended, in bytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024), b""


def remember(args: Args, _body: bytes) -> tuple[Any, bytes]:
    """Spoil the interpreter for whoever comes next, and tell what an earlier call left."""
    before = getattr(sys, "spoilt", None)
    sys.spoilt = args["with"]  # type: ignore[attr-defined]
    return before, b""
