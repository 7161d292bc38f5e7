"""What came of a tuned model that writes in the shadow, and of what was shown: counts by the hour, in the caller's transaction."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection

from nova.store import queries

SQL = queries.load("train_shadows")
Side = Literal["shadow", "shown"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Questions `asked`, of these `written` by a model, `proven` and `fell_back`; the seconds that writing took, and their squares."""

    asked: int = 0
    written: int = 0
    proven: int = 0
    fell_back: int = 0
    seconds: float = 0.0
    squares: float = 0.0


def add(conn: Connection[Any], run: str, side: Side, counts: Counts, at: datetime) -> None:
    """Count one side of a question; nothing where there is no such run any more."""
    conn.execute(SQL["add"], asdict(counts) | {"run": run, "side": side, "at": at})


def sums(conn: Connection[Any], run: str, since: datetime) -> dict[Side, Counts]:
    """Both sides since the hour of a moment."""
    found = {row.pop("side"): Counts(**row) for row in conn.execute(SQL["sums"], {"run": run, "since": since}).fetchall()}
    return {"shadow": Counts(), "shown": Counts(), **found}
