"""SMARD's chart data on loopback, as bundesAPI/smard-api describes it: an index a series, a file a week, values null where none is known.

A file that does not exist is 404. `mode` "broken" answers 500, "garbage" sends a page instead of JSON, "moved" a redirect.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.http import answering

WEEK_MS = 7 * 86_400_000
Series = list[list[float | None]]


class SmardServer:
    """`files[(number, region, resolution)][begin]` is the series of a file; `seen` keeps the paths that were asked for."""

    def __init__(self) -> None:
        self.files: dict[tuple[int, str, str], dict[int, Series]] = {}
        self.missing: set[str] = set()
        self.seen: list[str] = []
        self.mode = "good"
        self.made = 0
        self.base = ""

    def put(self, number: int, region: str, resolution: str, begin: int, values: list[float | None], step_ms: int = 900_000) -> None:
        """A file that begins at `begin` (ms since 1970)."""
        series: Series = [[begin + at * step_ms, value] for at, value in enumerate(values)]
        self.files.setdefault((number, region, resolution), {})[begin] = series

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        self.seen.append(path)
        if self.mode == "broken":
            return 500, b""
        if self.mode == "garbage":
            return 200, b"<!doctype html><title>Wartung</title>"
        parts = path.strip("/").split("/")
        if len(parts) != 3 or path in self.missing:
            return 404, b""
        number, region, file = parts
        for (known, where, resolution), files in self.files.items():
            if (str(known), where) != (number, region):
                continue
            if file == f"index_{resolution}.json":
                return 200, json.dumps({"timestamps": sorted(files)}).encode()
            for begin, series in files.items():
                if file == f"{known}_{where}_{resolution}_{begin}.json":
                    self.made += 1
                    return 200, json.dumps(
                        {"meta_data": {"version": 1, "created": 1_700_000_000_000 + self.made}, "series": series}
                    ).encode()
        if any(str(known) == number for known, _, _ in self.files) and file.startswith("index_"):
            return 200, b'{"timestamps": []}'
        return 404, b""


@contextmanager
def serve() -> Iterator[SmardServer]:
    """A server on a free port until the block ends."""
    fake = SmardServer()

    with answering(fake.answer, "application/json") as address:
        fake.base = address
        yield fake
