"""What a load generator was promised: one line for each acknowledged write, on disk before the next write is sent."""

import json
import os
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Ledger:
    """Appends lines to a file and sees each on disk; for many threads of one process."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def note(self, kind: str, **facts: Any) -> None:
        with self._lock:
            self._file.write(json.dumps({"kind": kind, **facts}) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


@dataclass
class Promised:
    """Everything a ledger holds."""

    events: list[str] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)
    items: dict[str, str] = field(default_factory=dict)  # item id -> file name
    tags: dict[str, str] = field(default_factory=dict)  # item id -> the last tag
    deleted: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)

    @property
    def writes(self) -> int:
        """Acknowledged writes; each event of a batch is one."""
        return len(self.events) + sum(count for kind, count in self.requests.items() if kind not in ("events", "wrong"))


def read(path: Path) -> Promised:
    promised = Promised()
    for line in _lines(path):
        kind = line["kind"]
        promised.requests[kind] += 1
        if kind == "events":
            promised.events += line["ids"]
        elif kind == "feedback":
            promised.feedback.append(line["mark"])
        elif kind == "upload":
            promised.items[line["item_id"]] = line["name"]
        elif kind == "tag":
            promised.tags[line["item_id"]] = line["tag"]
        elif kind == "delete":
            promised.deleted.add(line["item_id"])
        else:
            promised.wrong.append(line["said"])
    return promised


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)
