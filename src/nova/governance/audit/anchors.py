"""Heads of the audit log's chain in, lines of a file outside the database out, so that a rewritten chain does not fit any more.

`anchors/audit.jsonl` gets a line a day and one for each restore, `anchors/audit_head.json` is the newest head, and
`orchestration_journal/governance/audit_anchors.md` shows the lines to people. Copies of them elsewhere make them hold against whoever may
write to this machine.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from nova.folders import private
from nova.logs import get_logger
from nova.store.people.audit import Seal

FOLDER, LINES, HEAD = "anchors", "audit.jsonl", "audit_head.json"
PAGE = Path("orchestration_journal", "governance", "audit_anchors.md")
Event = Literal["daily", "restored", "head"]
NAMES = {"daily": "Tagesanker", "restored": "Sicherung eingespielt", "head": "Stand"}
TITLE = """# Anker des Protokolls

Jede Zeile ist der Kopf der Siegelkette zu einem Zeitpunkt. `nova audit verify` hält das Protokoll dagegen; bewahren Sie eine Abschrift
außerhalb dieses Rechners auf.

| Zeitpunkt (UTC) | Anlass | Siegel | bis Zeile | Kopf |
|---|---|---|---|---|
"""
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was written down. `restored`: a snapshot took the log's place, which ended with this seal; what was written down before
    goes on to hold up to there where `same`, else it was another log.
    """

    at: datetime
    event: Event
    seal_id: int
    last_seq: int
    head: str
    same: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """All that was written down, oldest first, and how many lines cannot be read."""

    anchors: tuple[Anchor, ...] = ()
    broken: int = 0

    def binding(self) -> list[Anchor]:
        """What the log must still fit: what a restore has set aside does not count, nor where there was no seal yet."""
        held: list[Anchor] = []
        for one in self.anchors:
            if one.event == "restored":
                held = [before for before in held if one.same and before.seal_id <= one.seal_id]
            held.append(one)
        return [one for one in held if one.seal_id]


def read(data: Path) -> Written:
    """What was written down below a data folder."""
    folder = data / FOLDER
    lines = [*_whole_lines(folder / LINES), *_whole_lines(folder / HEAD)]
    anchors = [_parsed(line) for line in lines]
    return Written(tuple(one for one in anchors if one), sum(one is None for one in anchors))


def write(data: Path, newest: Seal | None, now: datetime) -> bool:
    """Write the newest head down; whether it is the first of its day and so has a line of its own."""
    if newest is None:
        return False
    made = Anchor(now.astimezone(UTC), "head", newest.seal_id, newest.last_seq, newest.head.hex())
    _put(data / FOLDER / HEAD, _line(made))
    days = [one for one in read(data).anchors if one.event != "head"]
    if days and (days[-1].at.date() == made.at.date() or days[-1].head == made.head):
        return False
    add(data, Anchor(made.at, "daily", made.seal_id, made.last_seq, made.head))
    return True


def restored(data: Path, newest: Seal | None, now: datetime, same: bool) -> None:
    """Write down that the log ends with this seal because a snapshot took its place."""
    seal_id, last_seq, head = (newest.seal_id, newest.last_seq, newest.head.hex()) if newest else (0, 0, "")
    (data / FOLDER / HEAD).unlink(missing_ok=True)
    add(data, Anchor(now.astimezone(UTC), "restored", seal_id, last_seq, head, same))


def add(data: Path, made: Anchor) -> None:
    """Append a line, durable when it returns, and show it."""
    path = data / FOLDER / LINES
    private(path.parent)
    before = b"".join(line + b"\n" for line in _whole_lines(path))
    with path.open("r+b" if path.exists() else "x+b") as file:
        file.truncate(len(before))  # half a line that a crash left
        file.seek(0, os.SEEK_END)
        file.write(_line(made))
        file.flush()
        os.fsync(file.fileno())
    log.info("audit_anchor", anchor=made.event, seal=made.seal_id, last_seq=made.last_seq, head=made.head)
    shown = [one for line in _whole_lines(path) if (one := _parsed(line))]
    _put(data / PAGE, (TITLE + "".join(map(_row, shown))).encode())


def _row(one: Anchor) -> str:
    return f"| {one.at:%Y-%m-%d %H:%M:%S} | {NAMES[one.event]} | {one.seal_id} | {one.last_seq} | `{one.head}` |\n"


def _line(one: Anchor) -> bytes:
    return json.dumps({**asdict(one), "at": one.at.isoformat()}, separators=(",", ":")).encode() + b"\n"


def _put(path: Path, data: bytes) -> None:
    private(path.parent)
    draft = path.with_name(f".{path.name}.new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _whole_lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        yield from path.read_bytes().split(b"\n")[:-1]


def _parsed(line: bytes) -> Anchor | None:
    try:
        value: dict[str, Any] = json.loads(line)
        made = Anchor(**{**value, "at": datetime.fromisoformat(value["at"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    shapes = {"event": str, "seal_id": int, "last_seq": int, "head": str, "same": bool}
    fits = all(type(getattr(made, name)) is shape for name, shape in shapes.items())
    return made if fits and made.event in NAMES and made.at.tzinfo else None
