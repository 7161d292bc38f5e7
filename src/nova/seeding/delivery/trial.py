"""A dataset tried on an engine: rules, what was moved, and the engine's own figure before and after decide whether it is committed.

A part of what was committed last is kept apart as an anchor and is never learned from. A new dataset is committed where its state is not
proven worse than the former on that anchor (but for a fifth of the former's lead), and (for engines that learn) proven better than its
baseline on records of its own that it has not seen. The new records alone decide nothing: their labels may be shuffled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.german import plain
from nova.seeding.delivery.kinds import EngineKind
from nova.seeding.delivery.learned import Learned, bounded
from nova.seeding.delivery.makers import maker_of, typed, whole
from nova.seeding.delivery.moved import moved
from nova.seeding.delivery.tables import LASTING

Numbers = NDArray[np.float64]
Outcome = Literal["live", "taken_back", "refused"]
HELD, MOST_ANCHOR = 0.2, 2000
BORNE = 0.2
"""Which part of the former state's lead over its baseline a new one may lose: records of another time are told a little worse."""
FEW, MUCH = 200, 0.3
"""Where there are so few records (or terms), and which part of the lead is so much, that it need only be proven that something is lost."""
_MOMENTS, _OWN = 10, 0.9


@dataclass(frozen=True, slots=True)
class Rules:
    """What a dataset must have: rows, and the share of each column that says something; how much worse an engine's figure may get."""

    rows: int
    complete: float = 0.8
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """What an engine has now: its state, and the anchor (Parquet's rows as a frame)."""

    state: bytes
    anchor: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a try: `state` and `anchor` are to be committed where the outcome is `live`. `before` is None the first time.

    `low` and `high` bound the gain on judged records: over the former state, or over the baseline the first time.
    """

    outcome: Outcome
    reason: str
    rows: int
    before: float | None = None
    after: float | None = None
    low: float | None = None
    high: float | None = None
    state: bytes = b""
    anchor: pl.DataFrame = field(default_factory=pl.DataFrame)


def tried(kind: EngineKind, frame: pl.DataFrame, held: Held | None, rules: Rules, makers: Mapping[str, Learned] | None = None) -> Trial:
    """Try records (of text or typed) on an engine; InvalidInput where they cannot be read."""
    maker = (makers or {}).get(kind.name) or maker_of(kind)
    told = typed(kind, frame)
    if why := refused(kind, told, rules):
        return Trial("refused", why, len(told))
    if held is not None and (why := moved(kind, told, held.anchor)):
        return Trial("taken_back", why, len(told))
    rows = whole(kind, told)
    if not kind.learns:
        return _table(kind, maker, rows, held)
    learned, judged = _parted(kind, rows, held.anchor if held else None)
    return _judged(maker, (learned, judged, rows), held, rules)


def refused(kind: EngineKind, told: pl.DataFrame, rules: Rules) -> str:
    """Why a typed frame does not meet the rules, in German; "" where it does."""
    missing = [name for name in kind.columns if name not in told.columns]
    if missing:
        return f"Es fehlt: {', '.join(missing)}."
    if len(told) < rules.rows:
        return f"{len(told)} Datensätze; es müssen {rules.rows} sein."
    said = {name: 1 - told[name].null_count() / len(told) for name in told.columns if name not in kind.spare}
    name = min(said, key=lambda one: (said[one], one))
    if said[name] < rules.complete:
        return (
            f"In „{name}“ sagen nur {plain(100 * said[name], 0)} % der Datensätze etwas; es müssen {plain(100 * rules.complete, 0)} % sein."
        )
    return "" if len(whole(kind, told)) >= rules.rows * rules.complete else "Zu wenige Datensätze sind vollständig."


def _parted(kind: EngineKind, rows: pl.DataFrame, anchor: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is learned from, and what a state is judged by: the newest fifth, or every fifth row without a time; groups stay whole."""
    if anchor is not None and len(anchor) and rows.n_unique() > _OWN * len(rows):  # else equal rows are no sign of being the same
        rows = rows.join(anchor.select(rows.columns).unique(), on=rows.columns, how="anti", nulls_equal=True, maintain_order="left")
    group = kind.first("group")
    late = _late(rows, kind.first("moment"), group)
    mark = rows[group] if group else rows.hash_rows(seed=1)
    apart = mark.hash(seed=2) % 5 == 0 if late is None else late
    return rows.filter(~apart), rows.filter(apart)


def _late(rows: pl.DataFrame, when: str | None, group: str | None) -> pl.Series | None:
    """Which rows are the newest; None where all are of few moments."""
    if when is None or rows[when].n_unique() < _MOMENTS:
        return None
    moment = rows.select(pl.col(when).min().over(group)).to_series() if group else rows[when]
    late = moment >= float(np.quantile(moment.to_numpy(), 1 - HELD))
    return late if 0 < int(late.sum()) < len(rows) else None


def _table(kind: EngineKind, maker: Learned, rows: pl.DataFrame, held: Held | None) -> Trial:
    """A table is committed where enough of its rows are usable, and what the former knew is not lost."""
    state = maker.make(rows)
    good = maker.figure(state, rows)
    before = maker.figure(held.state, held.anchor) if held else None
    kept = maker.figure(state, held.anchor) if held and len(held.anchor) else 1.0
    anchor = rows.sample(min(len(rows), MOST_ANCHOR), seed=1)
    if good < 0.9:
        return Trial("refused", f"Nur {plain(100 * good, 0)} % der Datensätze sind brauchbar ({kind.metric}).", len(rows), before, good)
    if kind.name in LASTING and held and before is not None and kept < 0.9 * before:
        return Trial("taken_back", f"Von dem, was bisher da war, fehlten {plain(100 * (1 - kept), 0)} %.", len(rows), before, kept)
    return Trial("live", "Geliefert.", len(rows), before, good, state=state, anchor=anchor)


def _judged(maker: Learned, parts: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame], held: Held | None, rules: Rules) -> Trial:
    learned, judged, rows = parts
    state = maker.make(learned)
    after, over = maker.figure(state, judged), maker.over(state, learned, judged)
    if over[0] <= 0:
        why = "Der neue Stand ist auf eigenen, ungesehenen Datensätzen nicht nachweislich besser als der Vergleich."
        return Trial("taken_back", why, len(rows), _figure(maker, held), after, *over)
    anchor = judged.head(MOST_ANCHOR)
    if held is None or not len(held.anchor):
        return Trial("live", "Geliefert.", len(rows), None, after, over[0], over[1], state, anchor)
    before, now = maker.figure(held.state, held.anchor), maker.figure(state, held.anchor)
    apart = maker.goodness(state, held.anchor) - maker.goodness(held.state, held.anchor)
    gained, lead = bounded(apart), maker.lead(held.state, held.anchor)
    much = len(apart) < FEW and float(apart.mean()) < -max(rules.tolerance, MUCH * lead)
    if gained[1] < -max(rules.tolerance, BORNE * lead) or (much and gained[1] < 0):
        why = "Auf den Datensätzen, an denen der bisherige Stand gemessen wurde, ist der neue nachweislich schlechter."
        return Trial("taken_back", why, len(rows), before, now, *gained)
    return Trial("live", "Geliefert.", len(rows), before, now, gained[0], gained[1], state, anchor)


def _figure(maker: Learned, held: Held | None) -> float | None:
    return maker.figure(held.state, held.anchor) if held and len(held.anchor) else None
