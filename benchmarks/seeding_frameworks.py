"""The lines of docs/how-to/pipelines.md that open a version in PyTorch and in TensorFlow, run as they stand there.

Needs torch and tensorflow, which Nova does not: `make frameworks` makes an environment for it. A version of the example data is made first.
Tells, as JSON, the release of each and how many rows the first batch has; 1 where one of them does not run.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl

HOWTO = Path(__file__).resolve().parents[1] / "docs" / "how-to" / "pipelines.md"
BLOCK = re.compile(r"```python\n(import polars.*?)```", re.DOTALL)


def version(folder: Path) -> None:
    """A file as `nova seed export` writes it: Parquet with the columns of a version."""
    rows = 100
    frame = pl.DataFrame(
        {
            "id": [f"T-{at}" for at in range(rows)],
            "text": [f"Der Zähler {at} steht still." for at in range(rows)],
            "quality": [90.0 + at % 10 for at in range(rows)],
            "completeness": [100.0] * rows,
            "split": ["train" if at % 5 else "test" for at in range(rows)],
        }
    )
    frame.write_parquet(folder / "tickets.parquet")


def main() -> int:
    """Run every block."""
    told: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        version(Path(folder))
        os.chdir(folder)
        for code in BLOCK.findall(HOWTO.read_text("utf-8")):
            names: dict[str, Any] = {}
            lines = [line for line in code.splitlines() if line.strip()]
            exec(compile(code, str(HOWTO), "exec"), names)
            library = names.get("torch") or names.get("tf")
            first = next(iter(names["loader"]))
            first = first[0] if isinstance(first, list | tuple) else first
            told.append({"library": library.__name__, "release": library.__version__, "lines": len(lines), "first_batch": len(first)})
    print(json.dumps(told))
    return 0 if {one["library"] for one in told} == {"torch", "tensorflow"} and all(one["first_batch"] == 32 for one in told) else 1


if __name__ == "__main__":
    sys.exit(main())
