"""Readings of any interval lengths in, spans that do not overlap out; a price or factor over each span, whatever its own resolution."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import gcd

import numpy as np
from numpy.typing import NDArray

from nova.series import MISSING, Readings, Times, Values, join


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Known parts of a window: start and end in seconds since 1970, mean powers in kW, NaN where one of the two is not known."""

    start: Times
    end: Times
    consumption: Values
    production: Values

    def __len__(self) -> int:
        return len(self.start)

    @property
    def hours(self) -> Values:
        """Length of each span in hours."""
        return (self.end - self.start) / 3600.0

    @property
    def bought(self) -> Values:
        """kW that come from the grid: what consumption exceeds own production by within each span."""
        return np.maximum(self.consumption - np.nan_to_num(self.production), 0.0)

    @property
    def fed_in(self) -> Values:
        """kW that go into the grid: what production exceeds consumption by within each span, all of a plant's that uses nothing."""
        return np.maximum(self.production - np.nan_to_num(self.consumption), 0.0)

    @property
    def used_at_once(self) -> Values:
        """kW of own production that are used within the same span."""
        return np.minimum(self.production, np.nan_to_num(self.consumption))

    def take(self, which: NDArray[np.bool_]) -> "Spans":
        """Only these spans."""
        return Spans(self.start[which], self.end[which], self.consumption[which], self.production[which])


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """A value (price, factor) that holds from `start` to `end`; no two overlap, and what lies between is unknown."""

    start: Times
    end: Times
    value: Values


def spans(pieces: Sequence[Readings], start: int, end: int) -> Spans:
    """What is known in [start, end), of consumption or production. An interval ends where the next begins, so that nothing counts twice.

    Where intervals of two lengths begin at the same instant the shorter holds, and the longer from the end of those on is not used.
    """
    ts = np.concatenate([one.ts for one in pieces]) if pieces else np.zeros(0, np.int64)
    if not len(ts):
        none = np.zeros(0)
        return Spans(ts, ts, none, none)
    length = np.concatenate([np.full(len(one), one.seconds, np.int64) for one in pieces])
    unknown = np.concatenate([one.quality == MISSING for one in pieces])
    used = np.where(unknown, np.nan, np.concatenate([one.consumption for one in pieces]))
    made = np.where(unknown, np.nan, np.concatenate([one.production for one in pieces]))
    order, until = _begins(ts, length)
    ts, used, made = ts[order], used[order], made[order]
    begins, until = np.clip(ts, start, end), np.clip(until, start, end)
    return Spans(begins, until, used, made).take((until > begins) & (np.isfinite(used) | np.isfinite(made)))


def uniform(pieces: Sequence[Readings]) -> Readings:
    """Readings of one meter in several interval lengths as rows of one, which holds each of them a whole number of times.

    What an interval says holds in each of its rows, and where two overlap the rules of `spans` hold; at least one piece.
    """
    seconds = reduce(gcd, (one.seconds for one in pieces))
    if all(one.seconds == seconds for one in pieces):
        return join(pieces)
    whole, length = join(pieces), np.concatenate([np.full(len(one), one.seconds, np.int64) for one in pieces])
    first, until = _begins(whole.ts, length)
    times = -(-(until - whole.ts[first]) // seconds)
    rows = replace(whole.take(np.repeat(first, times)), seconds=seconds)
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    return replace(rows, ts=rows.ts + seconds * offset)


def _begins(ts: Times, length: Times) -> tuple[NDArray[np.int64], Times]:
    """The intervals that count, by time, and where each ends: where the next begins; of those that begin at once the shortest."""
    order = np.lexsort((length, ts))
    order = order[np.r_[True, np.diff(ts[order]) > 0]]
    return order, np.minimum(ts[order] + length[order], np.r_[ts[order][1:], np.iinfo(np.int64).max])


def steps(ts: Times, seconds: int, value: Values) -> Steps:
    """Intervals of one length as steps; those without a value are left out."""
    known = np.isfinite(value)
    start = ts[known]
    return Steps(start, np.minimum(start + seconds, np.r_[start[1:], np.iinfo(np.int64).max]), value[known])


def mean_over(of: Steps, start: Times, end: Times) -> Values:
    """The mean of a value over each span, weighted by time; NaN where it is not known for the whole span.

    Integrals up to each edge are interpolated linearly, which is exact for steps; a finer price thereby counts with the span's mean power.
    """
    if not len(of.start):
        return np.full(len(start), np.nan)
    edges = np.column_stack([of.start, of.end]).ravel()
    length = (of.end - of.start).astype(float)
    whole = np.repeat(np.cumsum(np.r_[0.0, of.value * length]), 2)[1:-1]
    known = np.repeat(np.cumsum(np.r_[0.0, length]), 2)[1:-1]
    first, last = edges[0], edges[-1]
    inside = (start >= first) & (end <= last)
    at, to = np.clip(start, first, last) - first, np.clip(end, first, last) - first
    line = (edges - first).astype(float)
    covered = np.interp(to, line, known) - np.interp(at, line, known)
    total = np.interp(to, line, whole) - np.interp(at, line, whole)
    full = inside & (np.abs(covered - (end - start)) < 1e-3)
    return np.where(full, total / np.maximum(end - start, 1), np.nan)
