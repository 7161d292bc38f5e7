"""How busy the machine is: read from a /proc made for it, and from the real one."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nova.telemetry import machine
from nova.telemetry.machine import MIB, Gpu, descendants, gpu_lines, gpus, look


def made(proc: Path, pid: int, parent: int, name: str, **files: str) -> None:
    folder = proc / str(pid)
    folder.mkdir(parents=True)
    ticks = files.pop("ticks", "3 4")
    (folder / "stat").write_text(f"{pid} ({name}) S {parent} 1 1 0 -1 0 0 0 0 0 {ticks} 0 0 20 0 1 0 1 1 1\n")
    (folder / "comm").write_text(name + "\n")
    for file, text in files.items():
        (folder / file).write_text(text)


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    made(tmp_path, os.getpid(), 1, "nova", smaps_rollup="Rss:  900 kB\nPss:   500 kB\nPss_Dirty:  5 kB\n")
    made(tmp_path, 900_001, os.getpid(), "odd) name (x", status="VmRSS:     40 kB\n")
    made(tmp_path, 900_002, 900_001, "child", smaps_rollup="Pss: 60 kB\n")
    made(tmp_path, 900_003, 1, "foreign", smaps_rollup="Pss: 70000 kB\n")
    made(tmp_path, 900_004, 1, "postgres", smaps_rollup="Pss: 80 kB\n")
    (tmp_path / "stat").write_text("cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 1 1 1\n")
    (tmp_path / "meminfo").write_text("MemTotal: 8000 kB\nMemFree: 10 kB\nMemAvailable: 2000 kB\n")
    (tmp_path / "loadavg").write_text("1.50 1.00 0.50 1/200 300\n")
    return tmp_path


def test_only_own_processes_count_and_their_share_of_memory(proc: Path) -> None:
    def work(seconds: float) -> None:
        (proc / "stat").write_text("cpu  130 0 120 720 130 0 0 0 0 0\n")

    found = look(proc, proc=proc, roots=(900_004, 77), wait=work)
    assert {one.name: (one.memory, one.shared) for one in found.processes} == {
        "nova": (500 * 1024, False),
        "odd) name (x": (40 * 1024, True),
        "child": (60 * 1024, False),
        "postgres": (80 * 1024, False),
    }
    assert found.processes[0].name == "nova"
    assert found.own_memory == 680 * 1024
    assert found.cpu == pytest.approx(0.5)  # 50 of 100 new ticks, waiting for the disk is no work
    assert (found.memory_total, found.memory_available, found.load) == (8000 * 1024, 2000 * 1024, 1.5)


def test_what_a_system_does_not_tell_is_not_zero(tmp_path: Path) -> None:
    found = look(tmp_path, proc=tmp_path / "none", wait=lambda _: None)
    assert (found.cpu, found.load, found.memory_total, found.own_memory, found.processes) == (None, None, None, None, ())
    assert found.disk_free > 0


def test_a_process_that_ends_meanwhile_is_left_out(proc: Path) -> None:
    def end(seconds: float) -> None:
        for path in (proc / "900002").iterdir():
            path.unlink()

    assert "child" not in {one.name for one in look(proc, proc=proc, wait=end).processes}


def test_the_real_machine_tells_of_this_process_and_its_children(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        found = look(tmp_path)
        child.communicate(b"\n")
    pids = {one.pid: one for one in found.processes}
    assert {os.getpid(), child.pid} <= set(pids)
    assert (pids[os.getpid()].memory or 0) > MIB
    assert found.cores >= 1
    assert 0 <= (found.cpu or 0) <= 1


def test_a_circle_of_parents_ends() -> None:
    assert descendants({1: 2, 2: 1, 3: 2, 9: 0}, {1, 5}) == {1, 2, 3}


def test_cards_are_read_and_what_they_do_not_tell_is_none() -> None:
    text = "NVIDIA RTX A2000, 12GB, 37, 1024, 12288\nOld card, [N/A], [Not Supported], 2048\n\n"
    assert gpu_lines(text) == (
        Gpu("NVIDIA RTX A2000, 12GB", pytest.approx(0.37), 1024 * MIB, 12288 * MIB),  # type: ignore[arg-type]
        Gpu("Old card", None, None, 2048 * MIB),
    )


@pytest.mark.parametrize(("script", "expected"), [("echo 'Card, 1, 2, 3'", 1), ("exit 9", None), ("sleep 20", None)])
def test_a_tool_that_fails_or_hangs_is_no_card(script: str, expected: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text(f"#!/bin/sh\n{script.replace('sleep', 'exec sleep')}\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(shutil, "which", lambda name: str(tool))
    monkeypatch.setattr(machine, "GPU_PATIENCE_S", 0.5)
    found = gpus()
    assert (None if found is None else len(found)) == expected


def test_without_the_tool_there_is_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert gpus() is None
