"""Steps one after the other over the records of a run, with a brake: a run that would remove too much removes nothing and says why."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from nova import german
from nova.seeding.step import ID, Done, Step, changes, removals
from nova.seeding.steps.types import as_type

SOURCES = ("source", "quelle", "herkunft")
"""A column of this name says where a record came from."""


@dataclass(frozen=True, slots=True)
class Brake:
    """What a run may remove: at most `share` (0 to 1) of a source of `least` records or more, and `cluster` records in favour of one."""

    share: float = 0.6
    cluster: int = 1000
    least: int = 50


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a run was stopped: the `step`, and the `source` of which too much would go or the record `kept_id` that stood for too many."""

    step: str
    reason: str
    source: str | None = None
    kept_id: str | None = None

    def told(self) -> dict[str, Any]:
        """For reports: what is set."""
        told = {"step": self.step, "source": self.source, "kept_id": self.kept_id, "reason": self.reason}
        return {key: value for key, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Kept records in the order in which they came, what was removed and changed; where the brake held (`stopped`), nothing is removed."""

    kept: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame
    stopped: Stopped | None


def clean(
    frame: pl.DataFrame,
    steps: Sequence[Step],
    brake: Brake | None = None,
    *,
    spared: Collection[str] = (),
    progress: Callable[[str, int], None] | None = None,
) -> Cleaned:
    """Records through steps. A record is kept, or removed by one step once; `spared` ones no step removes, as somebody took that back.
    `progress` is told each step that is done and how many records are left.

    What a removal names as kept may fall to a later step: it names the one that stands in the end, so that whoever looks for a removed
    record finds one.
    """
    now, removed, changed, taken = frame, [removals()], [changes()], []
    for step in steps:
        done = _sparing(step(now), now, spared)
        taken.append(now.join(done.removed, on=ID, how="semi"))
        now = done.kept
        removed.append(done.removed)
        changed.append(done.changed)
        if progress is not None:
            progress(step.name, len(now))
    gone = _standing(pl.concat(removed))
    stopped = _stopped(frame, gone, brake or Brake())
    if stopped is not None:
        return Cleaned(_with(now, taken, frame), removals(), pl.concat(changed), stopped)
    return Cleaned(now, gone, pl.concat(changed), None)


def _sparing(done: Done, before: pl.DataFrame, spared: Collection[str]) -> Done:
    """What a step did but for the removal of some, who come back as they were before it."""
    back = before.filter(pl.col(ID).is_in(done.removed.filter(pl.col(ID).is_in(list(spared)))[ID].implode()))
    if back.is_empty():
        return done
    return Done(_with(done.kept, [back], before), done.removed.join(back, on=ID, how="anti", maintain_order="left"), done.changed)


def _with(kept: pl.DataFrame, back: Sequence[pl.DataFrame], order: pl.DataFrame) -> pl.DataFrame:
    """Kept records and those that come back, in the order of a frame, with the columns of the kept ones.

    A value that has no reading as the type that a step gave its column is null.
    """
    told = [pl.DataFrame([as_type(frame[name], kind) for name, kind in kept.schema.items() if name in frame.columns]) for frame in back]
    every = pl.concat([kept, *told], how="diagonal")
    return every.join(order.select(ID).with_row_index("at"), on=ID).sort("at").drop("at")


def _standing(removed: pl.DataFrame) -> pl.DataFrame:
    """Removals whose `kept_id` is the record that is there in the end."""
    goes = {gone: kept for gone, kept in removed.select(ID, "kept_id").iter_rows() if kept is not None}
    last: list[str | None] = []
    for kept in removed["kept_id"]:
        while kept in goes:
            kept = goes[kept]
        last.append(kept)
    return removed.with_columns(pl.Series("kept_id", last, dtype=pl.String))


def _stopped(frame: pl.DataFrame, removed: pl.DataFrame, brake: Brake) -> Stopped | None:
    if removed.is_empty():
        return None
    shares = losses(frame, frame[ID].is_in(removed[ID].implode()))
    return stopped_by(
        removed, shares, lambda source: frame.filter(source_of(frame) == source).select(ID), brake, named=source_column(frame) is not None
    )


def stopped_by(
    removed: pl.DataFrame, shares: pl.DataFrame, of: Callable[[str], pl.DataFrame], brake: Brake, *, named: bool
) -> Stopped | None:
    """Why the brake holds: of removals, of `losses`, and the ids `of` a source; `named`: whether a column tells the sources."""
    return _one_for_too_many(removed, brake) or _too_much_of_a_source(removed, shares, of, brake, named=named)


def losses(frame: pl.DataFrame, gone: pl.Series) -> pl.DataFrame:
    """Of each source its records (`rows`) and how many are `gone`; of a frame without a column of sources, all its records are one."""
    told = frame.select(source_of(frame).alias("source"), gone.alias("gone"))
    return told.group_by("source").agg(pl.len().cast(pl.Int64).alias("rows"), pl.col("gone").sum().cast(pl.Int64)).sort("source")


def source_column(frame: pl.DataFrame) -> str | None:
    """The column that says where records come from."""
    return next((name for name in frame.columns if name.lower() in SOURCES), None)


def source_of(frame: pl.DataFrame) -> pl.Expr:
    """Where each record comes from."""
    column = source_column(frame)
    return pl.col(column).cast(pl.String).fill_null("ohne Angabe") if column else pl.lit("alle")


def _one_for_too_many(removed: pl.DataFrame, brake: Brake) -> Stopped | None:
    largest = removed.drop_nulls("kept_id").group_by("kept_id").agg(pl.len(), pl.col("step").mode().sort().first()).sort("len", "kept_id")
    if largest.is_empty() or (worst := largest.row(-1, named=True))["len"] <= brake.cluster:
        return None
    reason = f"{german.number(worst['len'], 0)} Datensätze gälten als Dubletten von {worst['kept_id']}; erlaubt sind {brake.cluster}."
    return Stopped(worst["step"], reason, kept_id=worst["kept_id"])


def _too_much_of_a_source(
    removed: pl.DataFrame, shares: pl.DataFrame, of: Callable[[str], pl.DataFrame], brake: Brake, *, named: bool
) -> Stopped | None:
    over = shares.filter((pl.col("rows") >= brake.least) & (pl.col("gone") > brake.share * pl.col("rows"))).sort("source")
    if over.is_empty():
        return None
    name, rows, lost = over.row(0)
    step = removed.join(of(name), on=ID, how="semi").group_by("step").len().sort("len", "step")["step"][-1]
    where = f"der Quelle {name}" if named else "allen Datensätzen"
    allowed = german.percent(brake.share)
    reason = f"Aus {where} fielen {german.percent(lost / rows)} von {german.number(rows, 0)} weg; erlaubt sind {allowed}."
    return Stopped(step, reason, source=name)
