"""Forecasts, the models they come from and how they did: typed rows in and out of named queries, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import numpy as np
from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.series import Times, Values
from nova.store import queries

SQL = queries.load("forecasts")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEPT_MODELS = 3  # that serve no more, for each target
Origin = Literal["backtest", "served"]


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model; the model itself is the object `object_key`. `scores` are plain values.

    `stale_at`: since when it rests on something that was taken back.
    """

    model_id: UUID
    target: str
    state: Literal["live", "rejected", "retired"]
    features: Sequence[str]
    trained_to: datetime
    scores: Mapping[str, Any]
    object_key: str
    created_at: datetime | None = None
    stale_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Intervals of one target: what was said of each by the issue named (seconds since 1970). Baselines may be NaN.

    `stale`: some of it rests on values that were taken back since.
    """

    target: str
    seconds: int
    ts: Times
    issued: Times
    low: Values
    middle: Values
    high: Values
    mean: Values
    naive: Values
    seasonal: Values
    stale: bool = False

    def __len__(self) -> int:
        return len(self.ts)


FIELDS = ("low", "middle", "high", "mean", "naive", "seasonal")


@dataclass(frozen=True, slots=True)
class DayScore:
    """How a day went: errors in the unit of the values, `bias` of the mean, `level` of what came, the share inside the band."""

    day: date
    origin: Origin
    n: int
    mae: float
    naive: float | None
    seasonal: float | None
    bias: float
    level: float
    inside: float


@dataclass(frozen=True, slots=True)
class Served:
    """A target with a live model, and the last days' figures: rMAE over the week before, share inside the band, bias as a share."""

    target: str
    trained_to: datetime
    created_at: datetime
    scores: Mapping[str, Any]
    days: int
    rmae: float | None
    inside: float | None
    bias: float | None


def live(conn: Connection[Any], target: str) -> Model | None:
    """The model that serves a target."""
    row = conn.execute(SQL["live_model"], {"target": target}).fetchone()
    return Model(**row) if row else None


def trained_at(conn: Connection[Any], target: str) -> datetime | None:
    """When a target was last trained, with or without a change."""
    row = conn.execute(SQL["newest_model"], {"target": target}).fetchone()
    return row["at"] if row else None


def put_model(conn: Connection[Any], model: Model) -> list[str]:
    """Keep a model, a live one in the place of the one before; the keys of objects that nothing needs any more."""
    if model.state == "live":
        conn.execute(SQL["retire_model"], {"target": model.target})
    values = {name: getattr(model, name) for name in Model.__slots__ if name != "stale_at"}
    conn.execute(SQL["insert_model"], values | {"features": list(model.features), "scores": Jsonb(dict(model.scores))})
    gone = conn.execute(SQL["drop_models"], {"target": model.target, "keep": KEPT_MODELS}).fetchall()
    return [row["object_key"] for row in gone]


def put(conn: Connection[Any], forecast: Forecast, model_id: UUID | None) -> int:
    """Keep one issue; how many intervals were new, or replaced because they rested on what was taken back."""
    columns = {name: [None if np.isnan(value) else float(value) for value in getattr(forecast, name)] for name in FIELDS}
    values = {
        "target": forecast.target,
        "issued_at": EPOCH + timedelta(seconds=int(forecast.issued[0])),
        "seconds": forecast.seconds,
        "model_id": model_id,
        "ts": forecast.ts.tolist(),
    }
    return conn.execute(SQL["insert_forecast"], values | columns).rowcount


def get(conn: Connection[Any], target: str, start: int, end: int) -> Forecast:
    """What was said last of each interval that begins in [start, end); without rows when nothing was."""
    rows = conn.execute(SQL["forecast"], {"target": target, **_window(start, end)}).fetchall()
    columns = {name: np.array([np.nan if row[name] is None else row[name] for row in rows], np.float64) for name in FIELDS}
    ts, issued = (np.array([row[name] for row in rows], np.int64) for name in ("ts", "issued_at"))
    return Forecast(target, rows[0]["seconds"] if rows else 0, ts, issued, **columns, stale=any(row["stale"] for row in rows))


def is_issued(conn: Connection[Any], target: str, issued: int, start: int, end: int) -> bool:
    """Whether a forecast of this window was issued at this instant and still holds."""
    values = {"target": target, "issued_at": EPOCH + timedelta(seconds=issued), **_window(start, end)}
    row = conn.execute(SQL["issued"], values).fetchone()
    return bool(row and row["there"])


def stale_days(conn: Connection[Any], target: str, since: int) -> dict[date, int]:
    """Local days from an instant on whose forecast rests on what was taken back, with the instant at which it was last issued."""
    rows = conn.execute(SQL["stale_days"], {"target": target, "since": EPOCH + timedelta(seconds=since)}).fetchall()
    return {row["day"]: row["issued_at"] for row in rows}


def mark_stale(conn: Connection[Any], targets: Sequence[str], since: datetime) -> None:
    """What was forecast of these targets, and trained, since an instant rests on something that was taken back."""
    conn.execute(SQL["stale"], {"targets": list(targets), "since": since})


def forget(conn: Connection[Any], target: str) -> None:
    """Forecasts, scores and models of a target go: whoever has it now is another."""
    conn.execute(SQL["forget"], {"target": target})


def unscored(conn: Connection[Any], target: str, since: int, until: int) -> list[date]:
    """Local days forecast in [since, until) whose outcome nobody has looked at."""
    values = {"target": target, "since": EPOCH + timedelta(seconds=since), "until": EPOCH + timedelta(seconds=until)}
    return [row["day"] for row in conn.execute(SQL["unscored_days"], values).fetchall()]


def put_scores(conn: Connection[Any], target: str, scores: Sequence[DayScore]) -> None:
    """Keep how days went, in place of what was known of them before."""
    rows = [{"target": target} | {name: getattr(one, name) for name in DayScore.__slots__} for one in scores]
    with conn.cursor() as cursor:
        cursor.executemany(SQL["put_score"], rows)


def scores(conn: Connection[Any], target: str, since: date) -> list[DayScore]:
    """How the days from one on went, the oldest first."""
    return [DayScore(**row) for row in conn.execute(SQL["scores"], {"target": target, "since": since}).fetchall()]


def scores_of(conn: Connection[Any], targets: Sequence[str], since: date) -> dict[str, list[DayScore]]:
    """How the days from one on went of these targets, the oldest first, by target."""
    found: dict[str, list[DayScore]] = {}
    for row in conn.execute(SQL["scores_of"], {"targets": list(targets), "since": since}).fetchall():
        found.setdefault(row.pop("target"), []).append(DayScore(**row))
    return found


def served(conn: Connection[Any], since: date) -> list[Served]:
    """Every target with a live model, and its figures over the days from one on."""
    return [Served(**row) for row in conn.execute(SQL["targets"], {"since": since}).fetchall()]


def object_keys(conn: Connection[Any], target: str | None = None) -> set[str]:
    """The keys of all models' objects, or of a target's."""
    return {row["object_key"] for row in conn.execute(SQL["object_keys"], {"target": target}).fetchall()}


def _window(start: int, end: int) -> dict[str, datetime]:
    return {"start": EPOCH + timedelta(seconds=start), "end": EPOCH + timedelta(seconds=end)}
