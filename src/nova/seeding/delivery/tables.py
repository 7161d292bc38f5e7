"""What engines read that learn nothing: a dataset's usable rows, the newest of each key; and the worth of candidates that were shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from nova.errors import InvalidInput
from nova.seeding.delivery.kinds import ENGINES
from nova.seeding.delivery.learned import Numbers, Simple, read, told

_TIED = 10.0
_PLZ, _URL = r"^\d{5}$", r"^https?://[^\s/]+"
_OPEN = r"(?i)cc0|cc[- ]by|public domain|gemeinfrei|amtlich|dl-de|eigen|odbl|mit\b|apache"
_EUR, _CT = (0.0, 400.0), (1.0, 150.0)
FIT: Mapping[str, pl.Expr] = {
    "ContinuousLearning": (pl.col("answer").str.len_chars() >= 10)
    & (pl.col("answer") != pl.col("rejected").fill_null(""))
    & pl.col("question").is_not_null()
    & (pl.col("purpose") == "training"),
    "Ideation": pl.col("terms").is_not_null() & pl.col("nearest").is_not_null(),
    "Competitor": pl.col("plz").str.contains(_PLZ)
    & pl.col("base_eur").is_between(*_EUR)
    & pl.col("ct_kwh").is_between(*_CT)
    & pl.col("valid_from").is_not_null(),
    "Historical": pl.col("text").is_not_null() & pl.col("id").is_not_null(),
    "Research": pl.col("url").str.contains(_URL) & pl.col("licence").str.contains(_OPEN) & pl.col("text").is_not_null(),
}
"""Which rows an engine can use."""
KEYS: Mapping[str, Sequence[str]] = {
    "ContinuousLearning": ("question", "answer"),
    "Ideation": ("gap_id",),
    "Competitor": ("supplier", "plz"),
    "Historical": ("source", "id"),
    "Research": ("url",),
}
LASTING = ("Historical",)
"""Of which a new version may not lose what was there."""
NEWEST: Mapping[str, str] = {"Competitor": "valid_from", "Historical": "ts", "Research": "fetched_at"}


@dataclass(frozen=True, slots=True)
class Table:
    """The usable rows, the newest of each key, in the order of their keys."""

    kind: str

    def make(self, frame: pl.DataFrame) -> bytes:
        """As lines of JSON."""
        keys = list(KEYS[self.kind])
        kept = frame.filter(FIT[self.kind].fill_null(value=False))
        order = [*keys, NEWEST[self.kind]] if self.kind in NEWEST else keys
        rows = kept.sort(order).unique(keys, keep="last", maintain_order=True)
        return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows.iter_rows(named=True)).encode()

    def over(self, state: bytes, learned: pl.DataFrame, frame: pl.DataFrame) -> tuple[float, float]:
        """A table has nothing to beat."""
        return 0.0, 0.0

    def lead(self, state: bytes, frame: pl.DataFrame) -> float:
        """Its figure."""
        return self.figure(state, frame)

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """1 where a row is usable and its key is in the state."""
        keys = list(KEYS[self.kind])
        known = {tuple(str(row[key]) for key in keys) for row in rows_of(state)}
        fit = frame.select(FIT[self.kind].fill_null(value=False).alias("§")).to_series().to_list()
        return np.array(
            [float(good and tuple(map(str, row)) in known) for good, row in zip(fit, frame.select(keys).iter_rows(), strict=True)]
        )

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """Their share."""
        return float(self.goodness(state, frame).mean()) if len(frame) else 0.0


def rows_of(state: bytes) -> list[dict[str, object]]:
    """The rows of a table's state."""
    return [read(line) for line in state.splitlines() if line]


def table_of(kind: str, state: bytes) -> list[dict[str, object]]:
    """The rows of what a kind of engine reads; InvalidInput where it is that of another."""
    found = rows_of(state)
    if any(not set(ENGINES[kind].columns) <= row.keys() for row in found):
        raise InvalidInput("Dieser Stand gehört zu einer Engine anderer Art.")
    return found


class Worths(Simple):
    """Recommendations: what a candidate brings when it is shown, each weighed by the chance that it had."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """By candidate, tied to the mean."""
        weighed = frame.with_columns((1 / pl.col("propensity").clip(0.01, 1)).alias("§w"))
        every = float(np.average(weighed["reward"].to_numpy(), weights=weighed["§w"].to_numpy()))
        by = weighed.group_by("shown").agg((pl.col("§w") * pl.col("reward")).sum().alias("r"), pl.col("§w").sum().alias("w")).sort("shown")
        tie = _TIED * float(weighed["§w"].mean() or 1.0)  # type: ignore[arg-type]
        return told(
            {"all": round(every, 6), "worth": {str(name): round((r + tie * every) / (w + tie), 6) for name, r, w in by.iter_rows()}}
        )

    def plain(self, frame: pl.DataFrame) -> bytes:
        """The mean for all."""
        return told(read(self.make(frame)) | {"worth": {}})

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """Squared errors below 0."""
        known = read(state)
        said = np.array([known["worth"].get(one, known["all"]) for one in frame["shown"].to_list()])
        return np.asarray(-((frame["reward"].to_numpy() - said) ** 2))

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """SNIPS of showing the candidate of most worth."""
        known = read(state)
        best = [_best(told_of, known["worth"], known["all"]) == shown for told_of, shown in frame.select("candidates", "shown").iter_rows()]
        weights = np.array(best, dtype=float) / np.clip(frame["propensity"].to_numpy(), 0.01, 1)
        return float((weights * frame["reward"].to_numpy()).sum() / max(1e-9, weights.sum()))


def _best(candidates: str, worth: Mapping[str, float], every: float) -> str | None:
    try:
        told_of = json.loads(candidates)
    except ValueError:
        told_of = candidates.split("|")
    names = [str(one.get("id")) if isinstance(one, dict) else str(one) for one in told_of] if isinstance(told_of, list) else []
    return max(names, key=lambda one: (worth.get(one, every), one), default=None)
