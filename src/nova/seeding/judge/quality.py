"""Quality, confidence and completeness of every record, 0 to 100, with the reasons in words.

Quality is 100 times the product of what each failed check leaves; confidence is the same with checks of doubt beside, times a part for
what is missing. Both are of one record alone, given a profile, so that batches of any size give the same.
"""

import math
from dataclasses import dataclass
from typing import Final

import polars as pl

from nova.seeding.judge.checks import BLANK, Check, checks, prepared, unclear
from nova.seeding.judge.profile import SCORES, KindProfile, Profile, fit, kind_of

_SOFT: Final = 6.0
"""At most so many points are lost for values that are rare without being wrong."""
_BATCH: Final = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind's checks, made once."""

    kind: KindProfile
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A relation between the columns of a kind: `broken` of the `n` records that it speaks of do not keep it."""

    kind: str
    rule: str
    n: int
    broken: int


def score(frame: pl.DataFrame, profile: Profile | None = None) -> pl.DataFrame:
    """The frame with the columns `quality`, `confidence`, `completeness` (Float64) and `reasons` (text, "; " between, null if none).

    Without a profile the frame's own is learnt; a kind the profile does not know is judged by the kind with most records.
    """
    return scored(frame, profile or fit(frame))[0]


def scored(frame: pl.DataFrame, profile: Profile) -> tuple[pl.DataFrame, list[Kept]]:
    """What `score` gives, and for every relation how many records it speaks of and how many break it."""
    kinds = kind_of(frame)
    frame = frame.drop(SCORES, strict=False)
    numbered = frame.with_row_index("§row")
    parts, kept = [], []
    for kind in sorted(kinds.unique().to_list()):
        part = numbered.filter(kinds == kind)
        known = profile.kinds.get(kind) or max(profile.kinds.values(), key=lambda one: one.rows)
        asked = Asked(known, (*checks(known, profile), *unclear(known)))
        for start in range(0, len(part), _BATCH):
            piece = part.slice(start, _BATCH)
            seen = prepared(piece, profile, known)
            failed = seen.select(check.broken.alias(f"c{at}") for at, check in enumerate(asked.checks))
            kept += _kept(kind, failed, asked.checks)
            parts.append(piece.select("§row").hstack(_marks(seen, failed.fill_null(False), asked)))
    if not parts:
        none = [pl.lit(None, dtype=pl.Float64).alias(name) for name in SCORES[:3]]
        return frame.with_columns(*none, pl.lit(None, dtype=pl.String).alias("reasons")), []
    return frame.hstack(pl.concat(parts).sort("§row").drop("§row")), _summed(kept)


def _kept(kind: str, failed: pl.DataFrame, asked: tuple[Check, ...]) -> list[Kept]:
    told = [(one.rule, failed[f"c{at}"]) for at, one in enumerate(asked) if one.rule is not None]
    return [Kept(kind, rule, len(column) - column.null_count(), int(column.sum())) for rule, column in told]


def _summed(kept: list[Kept]) -> list[Kept]:
    total: dict[tuple[str, str], Kept] = {}
    for one in kept:
        before = total.get((one.kind, one.rule), Kept(one.kind, one.rule, 0, 0))
        total[one.kind, one.rule] = Kept(one.kind, one.rule, before.n + one.n, before.broken + one.broken)
    return list(total.values())


def _marks(seen: pl.DataFrame, failed: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    frame = pl.DataFrame([_completeness(seen, asked.kind), _rare(seen, asked.kind), *failed.get_columns()])
    quality = _left([check.quality for check in asked.checks])
    confidence = _left([check.confidence for check in asked.checks]) * (0.5 + pl.col("complete") / 200)
    marks = frame.select(
        ((100 - _SOFT * pl.col("soft")) * quality).round(2).alias("quality"),
        (100 * confidence - _SOFT * pl.col("soft")).clip(0, 100).round(2).alias("confidence"),
        pl.col("complete").round(2).alias("completeness"),
    )
    return marks.with_columns(_reasons(seen, failed, asked.checks))


def _left(weights: list[float]) -> pl.Expr:
    """The product of what each failed check leaves, told as a sum of logarithms."""
    lost = [pl.col(f"c{at}").cast(pl.Float64) * math.log(1 - weight) for at, weight in enumerate(weights) if weight > 0]
    return pl.sum_horizontal(lost).exp() if lost else pl.lit(1.0)


def _completeness(seen: pl.DataFrame, kind: KindProfile) -> pl.Series:
    wanted = [one.column for one in kind.columns if one.expected]
    if not wanted:
        return pl.Series("complete", [100.0] * len(seen), dtype=pl.Float64)
    share = 100 - pl.sum_horizontal([pl.col(BLANK + name).cast(pl.Int32) for name in wanted]) * (100 / len(wanted))
    return seen.select(share.alias("complete")).to_series()


def _rare(seen: pl.DataFrame, kind: KindProfile) -> pl.Series:
    """How rare the rarest value of a record is: 0 within the usual, 1 at a fence."""
    told = []
    for one in kind.columns:
        if one.fence is None:
            continue
        value, low, high = pl.col(one.column), one.fence.low, one.fence.high
        above, below = high - one.fence.usual[1], one.fence.usual[0] - low
        if above > 0:
            told.append((value - one.fence.usual[1]) / above)
        if below > 0:
            told.append((one.fence.usual[0] - value) / below)
    if kind.known is not None and "wort:known" in seen.columns and kind.known.usual[0] > kind.known.low:
        told.append((kind.known.usual[0] - pl.col("wort:known")) / (kind.known.usual[0] - kind.known.low))
    if not told:
        return pl.Series("soft", [0.0] * len(seen), dtype=pl.Float64)
    return seen.select(pl.max_horizontal(told).clip(0, 1).fill_nan(None).fill_null(0.0).alias("soft")).to_series()


def _reasons(seen: pl.DataFrame, failed: pl.DataFrame, asked: tuple[Check, ...]) -> pl.Series:
    any_failed = failed.select(pl.any_horizontal(pl.all())).to_series() if failed.width else pl.Series([False] * len(seen))
    reasons = pl.Series("reasons", [None] * len(seen), dtype=pl.String)
    rows = any_failed.arg_true()
    if rows.is_empty():
        return reasons
    bad = seen.hstack(failed)[rows]
    hit = [at for at in range(len(asked)) if failed[f"c{at}"].any()]
    told = bad.select(
        pl.concat_str([pl.when(pl.col(f"c{at}")).then(asked[at].reason) for at in hit], separator="; ", ignore_nulls=True).alias("reasons")
    )
    return reasons.scatter(rows, told.to_series())
