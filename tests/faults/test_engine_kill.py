"""Deliveries killed at random: nothing twice, lost or half; what engines read is whole, and what a delivery without kills makes."""

import json
import random
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import polars as pl
import pytest

from benchmarks.engine_records import records
from nova.seeding.delivery.shelf import EngineShelf

pytestmark = pytest.mark.bars
KINDS = ("ROI", "SelfLearning", "Optimization", "Analytics", "NavigationFramework", "Competitor", "Historical")
KILLS, SEED = 20, 5


class _Elsewhere(BaseHTTPRequestHandler):
    held: ClassVar[dict[str, tuple[float, int]]] = {}

    def do_GET(self) -> None:
        self._told()

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.held[told["key"]] = (told["share"], len(told["rows"]))
        self._told()

    def do_DELETE(self) -> None:
        self.held.pop(self.path.rpartition("/")[2], None)
        self._told()

    def _told(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "12")
        self.end_headers()
        self.wfile.write(b'{"value": 1}')

    def log_message(self, *_: object) -> None:
        """Nothing."""


def delivered(file: Path, listed: Path, wait: float | None) -> int:
    run = subprocess.Popen(
        [sys.executable, "-m", "nova", "seed", "deliver", str(file), "--engines", str(listed), "--json"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return run.wait(timeout=wait)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        return run.wait()


def written(folder: Path, seed: int) -> Path:
    parts = [records(kind, seed, 900).with_columns(pl.lit(kind).alias("engine")) for kind in KINDS]
    file = folder / f"daten{seed}.csv"
    pl.concat([part.with_columns(pl.all().cast(pl.String)) for part in parts], how="diagonal").write_csv(file)
    return file


def listed(folder: Path, port: int) -> Path:
    folder.mkdir(exist_ok=True)
    engines: list[dict[str, Any]] = [{"name": kind.lower(), "kind": kind} for kind in KINDS]
    engines.append({"name": "fern", "kind": "ROI", "channel": "rest", "place": f"http://127.0.0.1:{port}", "seconds": 5})
    (folder / "engines.yaml").write_text(json.dumps({"engines": engines}))
    return folder / "engines.yaml"


def test_kills_leave_engines_as_before_or_as_after(tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    files, dice = [written(tmp_path, seed) for seed in (1, 2)], random.Random(SEED)
    names = [kind.lower() for kind in KINDS]
    plain = listed(tmp_path / "plain", server.server_port)
    began = time.monotonic()
    assert delivered(files[0], plain, None) == 0
    whole = time.monotonic() - began
    expected = [EngineShelf(plain.parent / "engines").live(name) for name in names]
    _Elsewhere.held.clear()
    killed = listed(tmp_path / "killed", server.server_port)
    kills = 0
    while kills < KILLS:
        code = delivered(files[kills % 2], killed, dice.uniform(0.3, whole))
        kills += code < 0
        shelf = EngineShelf(killed.parent / "engines")
        for name in names:
            shelf.held(name)  # whole, or none
    for file in files[::-1]:
        delivered(file, killed, None)
    shelf = EngineShelf(killed.parent / "engines")
    for name, pointer in zip(names, expected, strict=True):
        live, held = shelf.live(name), shelf.held(name)
        assert live is not None, name
        assert held is not None, name
        assert pointer is not None, name
        assert (live.version == pointer.version) or live.before, name
    whole_at, begun = shelf.outside("fern")
    assert begun is None
    assert whole_at in _Elsewhere.held
    assert all(share == 1.0 for share, _ in _Elsewhere.held.values())
    server.shutdown()
    server.server_close()
