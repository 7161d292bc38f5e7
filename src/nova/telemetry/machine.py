"""This machine in, how busy it is out: processor, memory, disk, Nova's own processes with their share of memory, and a graphics card.

Read from Linux' `/proc`; what a system does not tell is None, never 0. Memory and disk are in bytes, shares from 0 to 1.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
SAMPLE_S = 0.25
GPU_PATIENCE_S = 5.0
GPU_QUERY = "name,utilization.gpu,memory.used,memory.total"
MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Process:
    """One of Nova's own processes. `memory` is its proportional share (PSS), or all it holds where only that is told (`shared`: True).

    `cpu` is in cores.
    """

    pid: int
    name: str
    memory: int | None
    shared: bool
    cpu: float | None


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card as `nvidia-smi` tells of it; what it does not tell is None."""

    name: str
    used: float | None
    memory_used: int | None
    memory_total: int | None


@dataclass(frozen=True, slots=True)
class Machine:
    """How busy the machine is now. `gpus` is None where there is no `nvidia-smi`."""

    cores: int
    cpu: float | None
    load: float | None
    memory_total: int | None
    memory_available: int | None
    disk_total: int
    disk_free: int
    processes: tuple[Process, ...]
    gpus: tuple[Gpu, ...] | None

    @property
    def own_memory(self) -> int | None:
        """What Nova's processes hold together; None where no process tells."""
        known = [process.memory for process in self.processes if process.memory is not None]
        return sum(known) if known else None

    @property
    def own_cpu(self) -> float | None:
        """How many processors Nova's processes keep busy together; None where no process tells."""
        known = [process.cpu for process in self.processes if process.cpu is not None]
        return sum(known) if known else None


def look(folder: Path, *, proc: Path = PROC, roots: Collection[int] = (), wait: Callable[[float], None] = time.sleep) -> Machine:
    """Measure for a quarter of a second. `folder` is what the disk is asked about; `roots` are processes that count as Nova's beside this
    one, with all that they started.
    """
    own = sorted(descendants(_parents(proc), {os.getpid(), *roots}))
    began, busy, ticks = time.monotonic(), _busy(proc), {pid: _ticks(proc, pid) for pid in own}
    wait(SAMPLE_S)
    seconds, busy_after = max(time.monotonic() - began, 0.001), _busy(proc)
    memory, disk = _memory(proc), shutil.disk_usage(folder)
    return Machine(
        cores=os.cpu_count() or 1,
        cpu=_share(busy, busy_after),
        load=_load(proc),
        memory_total=memory.get("MemTotal"),
        memory_available=memory.get("MemAvailable"),
        disk_total=disk.total,
        disk_free=disk.free,
        processes=tuple(_processes(proc, ticks, seconds)),
        gpus=gpus(),
    )


def descendants(parents: Mapping[int, int], roots: Collection[int]) -> set[int]:
    """These processes and all that they started; `parents` maps a process to the one that started it."""
    children: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        children.setdefault(parent, []).append(pid)
    found, left = set(), [pid for pid in roots if pid in parents]
    while left:
        pid = left.pop()
        if pid not in found:
            found.add(pid)
            left += children.get(pid, [])
    return found


def gpus() -> tuple[Gpu, ...] | None:
    """The graphics cards; None where there is no `nvidia-smi` or it does not answer."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    command = [program, f"--query-gpu={GPU_QUERY}", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=GPU_PATIENCE_S, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return gpu_lines(done.stdout) if done.returncode == 0 else None


def gpu_lines(text: str) -> tuple[Gpu, ...]:
    """The cards of `nvidia-smi --query-gpu` as CSV without head and units."""
    rows = [[cell.strip() for cell in line.rsplit(",", 3)] for line in text.splitlines()]
    return tuple(
        Gpu(row[0], _scaled(row[1], 0.01), _whole(_scaled(row[2], MIB)), _whole(_scaled(row[3], MIB))) for row in rows if len(row) == 4
    )


def _scaled(text: str, by: float) -> float | None:
    """A number of `nvidia-smi`; None for its "[N/A]"."""
    try:
        return float(text) * by
    except ValueError:
        return None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _processes(proc: Path, before: Mapping[int, int | None], seconds: float) -> Iterator[Process]:
    """Those that still run, the largest first."""
    hertz, found = os.sysconf("SC_CLK_TCK"), []
    for pid, then in before.items():
        now = _ticks(proc, pid)
        if now is None:
            continue
        memory, shared = _own_memory(proc, pid)
        cpu = None if then is None else max(now - then, 0) / hertz / seconds
        found.append(Process(pid, _name(proc, pid), memory, shared, cpu))
    yield from sorted(found, key=lambda one: (-(one.memory or 0), one.pid))


def _parents(proc: Path) -> dict[int, int]:
    """Every process and the one that started it."""
    found = {}
    for pid in [int(entry.name) for entry in proc.iterdir() if entry.name.isdigit()] if proc.is_dir() else []:
        fields = _stat(proc, pid)
        if fields:
            found[pid] = int(fields[1])
    return found


def _stat(proc: Path, pid: int) -> list[str]:
    """The fields of `/proc/PID/stat` after the name, which may hold blanks and brackets; empty once the process is gone."""
    return _read(proc / str(pid) / "stat").rpartition(")")[2].split()


def _ticks(proc: Path, pid: int) -> int | None:
    """Clock ticks a process has worked."""
    fields = _stat(proc, pid)
    return int(fields[11]) + int(fields[12]) if len(fields) > 12 else None


def _name(proc: Path, pid: int) -> str:
    return _read(proc / str(pid) / "comm").strip() or "?"


def _own_memory(proc: Path, pid: int) -> tuple[int | None, bool]:
    """A process's share of memory, and whether it is all it holds (parts of which others hold too)."""
    share = _kilobytes(_read(proc / str(pid) / "smaps_rollup")).get("Pss")
    if share is not None:
        return share, False
    return _kilobytes(_read(proc / str(pid) / "status")).get("VmRSS"), True


def _memory(proc: Path) -> dict[str, int]:
    return _kilobytes(_read(proc / "meminfo"))


def _kilobytes(text: str) -> dict[str, int]:
    """Lines such as `Pss:  1234 kB` as bytes by name."""
    words = [line.split() for line in text.splitlines()]
    return {one[0].rstrip(":"): int(one[1]) * 1024 for one in words if len(one) == 3 and one[2] == "kB" and one[1].isdigit()}


def _busy(proc: Path) -> tuple[int, int] | None:
    """Ticks the processors have worked, and all there were."""
    line = _read(proc / "stat").partition("\n")[0].split()
    if len(line) < 6 or line[0] != "cpu":
        return None
    ticks = [int(word) for word in line[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def _share(before: tuple[int, int] | None, after: tuple[int, int] | None) -> float | None:
    if before is None or after is None or after[1] <= before[1]:
        return None
    return min(1.0, max(0.0, (after[0] - before[0]) / (after[1] - before[1])))


def _load(proc: Path) -> float | None:
    words = _read(proc / "loadavg").split()
    return float(words[0]) if words else None


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
