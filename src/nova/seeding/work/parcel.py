"""A run's work as bytes between two processes: a JSON object and frames, each after its length."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

import polars as pl

from nova.seeding.judge.policy import Policy
from nova.seeding.pipeline import Pipeline
from nova.seeding.work.refine import Refined, Task

LENGTH = 8


def put_task(file: BinaryIO, rows: pl.DataFrame, before: pl.DataFrame | None, task: Task) -> None:
    """Write what is to be done."""
    told = {
        "pipeline": task.pipeline.model_dump(mode="json"),
        "policy": task.policy.model_dump(mode="json"),
        "spared": list(task.spared),
        "today": task.today.isoformat(),
    }
    _put(file, told, [rows] if before is None else [rows, before])


def get_task(file: BinaryIO) -> tuple[pl.DataFrame, pl.DataFrame | None, Task]:
    """Read it."""
    told, frames = _get(file)
    pipeline, policy = Pipeline.model_validate(told["pipeline"]), Policy.model_validate(told["policy"])
    task = Task(pipeline, policy, tuple(told["spared"]), date.fromisoformat(told["today"]))
    return frames[0], (frames[1] if len(frames) > 1 else None), task


def put_result(file: BinaryIO, done: Refined) -> None:
    """Write what came of it."""
    _put(file, {"counts": dict(done.counts), "stopped": done.stopped}, [done.kept, done.removed])


def get_result(file: BinaryIO) -> Refined:
    """Read it."""
    told, (kept, removed) = _get(file)
    return Refined(kept, removed, told["counts"], told["stopped"])


def _put(file: BinaryIO, told: Mapping[str, Any], frames: Sequence[pl.DataFrame]) -> None:
    _block(file, json.dumps({"told": told, "frames": len(frames)}, ensure_ascii=False).encode())
    for frame in frames:
        held = io.BytesIO()
        frame.write_ipc(held, compat_level=pl.CompatLevel.newest())
        _block(file, held.getbuffer())
    file.flush()


def _get(file: BinaryIO) -> tuple[dict[str, Any], list[pl.DataFrame]]:
    head = json.loads(_read(file))
    return head["told"], [pl.read_ipc(io.BytesIO(_read(file))) for _ in range(head["frames"])]


def _block(file: BinaryIO, data: bytes | memoryview) -> None:
    file.write(len(data).to_bytes(LENGTH))
    file.write(data)


def _read(file: BinaryIO) -> bytes:
    return file.read(int.from_bytes(file.read(LENGTH)))
