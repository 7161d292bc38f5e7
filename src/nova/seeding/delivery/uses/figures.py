"""What figures are shown beside: terms in the rise, contacts to come, hours that are not as usual, and what hours usually cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl

from nova.seeding.delivery.kinds import ENGINES
from nova.seeding.delivery.learned import LIMIT, TOP, Usual, part
from nova.seeding.delivery.makers import typed
from nova.seeding.pretrain import Model, predict

AHEAD, BACK = 7, 28
_DAY = 86_400
_DRIVERS = ("outages", "bills", "posts")


@dataclass(frozen=True, slots=True)
class Trend:
    """A term that is used more lately than before: by so many standard deviations of chance, and by so many people a day."""

    term: str
    deviations: float
    people: float


@dataclass(frozen=True, slots=True)
class Contacts:
    """What is expected of a day (ISO), a channel and a topic, beside what there is on its weekday."""

    day: str
    channel: str
    topic: str
    expected: float
    usual: float


@dataclass(frozen=True, slots=True)
class Hour:
    """A figure in an hour: cases and their sum."""

    kpi: str
    starts: datetime
    n: int
    total: float


@dataclass(frozen=True, slots=True)
class Unusual:
    """An hour in which a figure was not between what it usually is (three standard deviations)."""

    kpi: str
    starts: datetime
    value: float
    low: float
    high: float


def rising(state: bytes) -> list[Trend]:
    """The ten terms that rise most beyond chance."""
    terms, level = part(state, "terms"), part(state, "level")
    most = sorted(terms, key=lambda one: (-terms[one], one))[:TOP]
    return [Trend(one, round(terms[one] + 1, 2), level.get(one, 0.0)) for one in most if terms[one] > 0]


def staffing(model: Model, records: pl.DataFrame) -> list[Contacts]:
    """Contacts of the seven days after the last that is known, with outages, bills and posts as they were a week before."""
    told = typed(ENGINES["CrossPlatform"], records).drop_nulls(["day", "channel", "topic", "contacts"])
    if told.is_empty():
        return []
    told = told.with_columns((pl.col("day") / _DAY).floor().cast(pl.Int64))
    last = int(told["day"].max())  # type: ignore[arg-type]
    lately = told.filter(pl.col("day") > last - BACK)
    week = lately.filter(pl.col("day") > last - AHEAD).with_columns(pl.col("day") + AHEAD)
    week = week.unique(["day", "channel", "topic"], keep="first", maintain_order=True).sort("day", "channel", "topic")
    both = pl.concat([lately, week]).with_columns(pl.col("day") * float(_DAY))
    said = predict(model, both).to_numpy()[len(lately) :]
    same = lately.with_columns((pl.col("day") % AHEAD).alias("§w")).group_by("§w", "channel", "topic").agg(pl.col("contacts").mean())
    usual = {(w, channel, topic): value for w, channel, topic, value in same.iter_rows()}
    return [
        Contacts(
            str(date(1970, 1, 1) + timedelta(days=day)), channel, topic, round(float(n), 1), round(usual[day % AHEAD, channel, topic], 1)
        )
        for (day, channel, topic), n in zip(week.select("day", "channel", "topic").iter_rows(), said, strict=True)
    ]


def unusual(state: bytes, hours: Sequence[Hour]) -> list[Unusual]:
    """The hours that were not as usual, the newest first."""
    kpis = part(state, "kpis")
    known = [one for one in hours if one.kpi in kpis]
    if not known:
        return []
    frame = pl.DataFrame({
        "kpi": [one.kpi for one in known], "hour": [one.starts.astimezone(UTC).timestamp() for one in known],
        "n": [float(one.n) for one in known], "total": [float(one.total) for one in known],
    })  # fmt: skip
    middle, spread, value = Usual().said(state, frame)
    low, high = middle - LIMIT * spread, middle + LIMIT * spread
    out = np.flatnonzero((value < low) | (value > high))
    found = [Unusual(known[at].kpi, known[at].starts, *(round(float(one[at]), 6) for one in (value, low, high))) for at in out]
    return sorted(found, key=lambda one: (one.starts, one.kpi), reverse=True)


def hour_prices(state: bytes) -> Mapping[str, float]:
    """EUR/MWh over the mean of its day, by hour of a workday ("w0" to "w23") and of a weekend ("e0"), in UTC."""
    return {str(slot): float(value) for slot, value in part(state, "hours").items()}
