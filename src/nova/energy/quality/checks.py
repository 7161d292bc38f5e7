"""Readings of a meter in, what is wrong with them out: gaps, frozen values, spikes, wrong units, late corrections, wrong local times.

A finding says kind, span and why; `mark` writes it into quality and rule. The rules look at the readings alone: at their own usual
days, at the local calendar, and at the versions that corrections replaced.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nova.energy.quality.findings import COLUMNS, KINDS, Context, Finding
from nova.energy.quality.times import corrections, holes
from nova.energy.quality.values import judge
from nova.series import MISSING, PRELIMINARY, SUBSTITUTE, Readings, Values

Bools = NDArray[np.bool_]
NOTHING_ELSE = Context()


def check(given: Readings, context: Context = NOTHING_ELSE) -> list[Finding]:
    """All findings of these readings (ascending, intervals of one length), in order of time.

    The more of the meter's days are given the better: a fault on more than a third of them passes for what is usual; 90 days are enough.
    """
    if not len(given):
        return holes(given, context)
    found = [*holes(given, context), *corrections(given, context), *judge(given)]
    return sorted(_merged(found), key=lambda one: (one.start, one.kind))


def mark(given: Readings, findings: Sequence[Finding], *, fill: bool = False) -> Readings:
    """These readings with quality and rule set by findings; with `fill` gaps become rows without values and of quality "missing".

    Values change by two rules only: `unit` multiplies with the finding's factor, `spike` puts the mean of the neighbours on both sides;
    both become "substitute". `stuck` and `dst` keep their values and become "preliminary", `late` keeps value and quality.
    What stood there before is kept where the marked rows are stored: as the version that they replace. The store ranks "measured" above
    what these rules write, so marked rows are put with `insist`.
    """
    marked = _ruled(_filled(given, findings) if fill else given)
    for finding in sorted(findings, key=lambda one: KINDS.index(one.kind)):
        rows = (marked.ts >= finding.start) & (marked.ts < finding.end) & (marked.quality != MISSING)
        marked = _marked(marked, finding, rows)
    return marked


def _marked(given: Readings, finding: Finding, rows: Bools) -> Readings:
    if finding.kind in ("gap", "late"):
        return _labelled(given, rows, finding.kind) if finding.kind == "late" else given
    if finding.kind in ("stuck", "dst"):
        doubtful = rows & (given.quality != SUBSTITUTE)
        return _labelled(replace(given, quality=_set(given.quality, doubtful, PRELIMINARY)), rows, finding.kind)
    for column in [finding.column] if finding.column else COLUMNS:
        given = _substituted(given, finding, column, rows)
    return given


def _substituted(given: Readings, finding: Finding, column: str, rows: Bools) -> Readings:
    values = getattr(given, column).copy()
    known = rows & ~np.isnan(values)
    if finding.kind == "unit":
        values[known] = np.round(values[known] * finding.factor, 6)
    else:
        values[known] = _between(values, known)
    changed = replace(given, **{column: values}, quality=_set(given.quality, known, SUBSTITUTE))
    return _labelled(changed, known, finding.kind)


def _between(values: Values, rows: Bools) -> float:
    """The mean of the last value before these rows and the first one after them, NaN where there is none."""
    at = np.flatnonzero(rows)
    if not len(at):
        return float("nan")
    beside = [values[near] for near in (int(at[0]) - 1, int(at[-1]) + 1) if 0 <= near < len(values) and not np.isnan(values[near])]
    return float(np.mean(beside)) if beside else float("nan")


def _filled(given: Readings, findings: Sequence[Finding]) -> Readings:
    """With a row for each interval of gaps and missing hours that has none; rows without any power become "missing"."""
    wanted = [np.arange(one.start, one.end, given.seconds, dtype=np.int64) for one in findings if one.kind in ("gap", "dst")]
    new = np.setdiff1d(np.concatenate([np.zeros(0, np.int64), *wanted]), given.ts)
    empty = np.full(len(new), np.nan)
    ts = np.concatenate([given.ts, new])
    order = np.argsort(ts, kind="stable")
    filled = replace(
        given,
        ts=ts[order],
        consumption=np.concatenate([given.consumption, empty])[order],
        production=np.concatenate([given.production, empty])[order],
        voltage=np.concatenate([given.voltage, empty])[order],
        quality=np.concatenate([given.quality, np.full(len(new), MISSING, np.uint8)])[order],
        rule=np.concatenate([given.rule, np.zeros(len(new), np.uint8)])[order],
    )
    without = np.isnan(filled.consumption) & np.isnan(filled.production)
    return _labelled(replace(filled, quality=_set(filled.quality, without, MISSING)), without, "gap")


def _ruled(given: Readings) -> Readings:
    return replace(given, rules=tuple(dict.fromkeys((*given.rules, *KINDS))))


def _labelled(given: Readings, rows: Bools, rule: str) -> Readings:
    ruled = _ruled(given)
    return replace(ruled, rule=_set(ruled.rule, rows, ruled.rules.index(rule)))


def _set(codes: NDArray[np.uint8], rows: Bools, code: int) -> NDArray[np.uint8]:
    return np.where(rows, np.uint8(code), codes).astype(np.uint8)


def _merged(found: Sequence[Finding]) -> list[Finding]:
    """What is wrong with both powers at a time in one way is one finding."""
    merged: list[Finding] = []
    for one in sorted(found, key=lambda finding: (finding.kind, finding.factor, finding.start)):
        last = merged[-1] if merged else None
        if last is not None and (one.kind, one.factor) == (last.kind, last.factor) and one.column != last.column and one.start < last.end:
            merged[-1] = replace(last, end=max(last.end, one.end), column="")
        else:
            merged.append(one)
    return merged
