"""A Nova of its own for a measurement: `nova up` in a folder, with the samples in it, until the block ends."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 120


@contextmanager
def nova(folder: Path, **settings: str) -> Iterator[tuple[str, int, str]]:
    """Its address, port and key."""
    data, said = folder / "data", folder / "nova.log"
    command = [str(Path(sys.executable).with_name("nova")), "up", "--port", "0"]
    with said.open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, "NOVA_DATA": str(data), **settings}, stdout=log, stderr=log)
        try:
            state, key = data / "run" / "serve.json", data / "secrets" / "admin.key"
            until = time.monotonic() + PATIENCE_S
            while not (state.exists() and key.exists() and "Beenden mit" in said.read_text()):
                if server.poll() is not None or time.monotonic() > until:
                    raise SystemExit(said.read_text()[-2000:])
                time.sleep(0.2)
            serves = json.loads(state.read_text())
            yield str(serves["host"]), int(serves["port"]), key.read_text().strip()
        finally:
            server.terminate()
            server.wait(60)
