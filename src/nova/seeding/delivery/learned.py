"""What engines learn from a dataset, as bytes, and how well that tells records: models trained beforehand, and small tables of numbers.

A table is JSON in a fixed order, so that the same records give the same bytes. `goodness` is one number a row (or a group of rows), more is
better, so that two states can be compared on the same records.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.crowd import FEWEST
from nova.errors import InvalidInput
from nova.seeding import pretrain
from nova.seeding.pretrain.kinds import KINDS
from nova.seeding.pretrain.measures import MEASURES
from nova.seeding.pretrain.model import figures_of, lead
from nova.seeding.pretrain.validation import bounds, draws

Numbers = NDArray[np.float64]
TOP, TILES, DRAWS = 10, 5, 500
_TIED, _DAY, _HOURS = 8.0, 86_400.0, 24
_CHEAP, LIMIT = 6, 3.0


def bounded(apart: Numbers) -> tuple[float, float]:
    """The bounds (99 %) of the mean of what is gained, row by row."""
    marks = np.arange(len(apart), dtype=np.uint64)
    return bounds(np.concatenate([weights @ apart / max(1, len(apart)) for weights in draws(marks, DRAWS)]))


class Learned(Protocol):
    """How an engine learns. Frames are typed by its columns."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """What the engine reads, learned from records."""

    def over(self, state: bytes, learned: pl.DataFrame, frame: pl.DataFrame) -> tuple[float, float]:
        """The bounds (99 %) of what a state, learned from records, gains over what it has to beat, on records that it has not seen."""

    def lead(self, state: bytes, frame: pl.DataFrame) -> float:
        """How much better than that a state that is read tells records, in `goodness` a row."""

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """How well a state tells records."""

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """The engine's own figure on records."""


def told(values: Mapping[str, Any]) -> bytes:
    """A table as bytes."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(state: bytes) -> dict[str, Any]:
    """A table of its bytes; InvalidInput for what is none."""
    try:
        found = json.loads(state)
    except ValueError as error:
        raise InvalidInput("Dieser Stand einer Engine ist beschädigt.") from error
    if not isinstance(found, dict):
        raise InvalidInput("Dieser Stand einer Engine ist beschädigt.")
    return found


def part(state: bytes, name: str) -> dict[str, Any]:
    """A part of a table; InvalidInput where it has none of this name, as that of an engine of another kind."""
    found = read(state).get(name)
    if not isinstance(found, dict):
        raise InvalidInput("Dieser Stand gehört zu einer Engine anderer Art.")
    return found


@dataclass(frozen=True, slots=True)
class Pretrained:
    """One of the nine kinds of models; `renamed` are columns that the model calls otherwise."""

    kind: str
    renamed: Mapping[str, str]

    def make(self, frame: pl.DataFrame) -> bytes:
        """As the protocol says."""
        return pretrain.save(pretrain.fit(self.kind, self.records(frame)).model)

    def over(self, state: bytes, learned: pl.DataFrame, frame: pl.DataFrame) -> tuple[float, float]:
        """As it was found when the model was learned: part by part of its own records."""
        score = pretrain.load(state).score
        if score is None:
            return 0.0, 0.0
        return (score.low if score.verdict == "better" else min(0.0, score.low)), score.high

    def lead(self, state: bytes, frame: pl.DataFrame) -> float:
        """Over the kind's baseline."""
        return lead(pretrain.load(state), self.records(frame))

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """As the protocol says."""
        return pretrain.gains(pretrain.load(state), self.records(frame))

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """The metric of the kind."""
        truth, said, counts = figures_of(pretrain.load(state), self.records(frame))
        return float(MEASURES[KINDS[self.kind].metric](truth, said, counts[None, :])[0])

    def records(self, frame: pl.DataFrame) -> pl.DataFrame:
        """As the kind of model names its columns."""
        given = frame.rename(dict(self.renamed), strict=False)
        return given if "id" in given.columns else given.with_row_index("id")


class Simple:
    """What must be better than a plain state of its own form."""

    def plain(self, frame: pl.DataFrame) -> bytes:
        """A state that has learned nothing."""
        raise NotImplementedError

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """As the protocol says."""
        raise NotImplementedError

    def over(self, state: bytes, learned: pl.DataFrame, frame: pl.DataFrame) -> tuple[float, float]:
        """Over the plain state of the same records."""
        return bounded(self.goodness(state, frame) - self.goodness(self.plain(learned), frame))

    def lead(self, state: bytes, frame: pl.DataFrame) -> float:
        """Over the plain state of these records."""
        return float((self.goodness(state, frame) - self.goodness(self.plain(frame), frame)).mean())


class Rewards(Simple):
    """SelfLearning: the worth of a passage beside its place in the list."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """Means by passage, tied to the mean of its rank."""
        by_rank = _means(frame["rank"].cast(pl.String), frame["reward"], 0.0, float(frame["reward"].mean() or 0.0))  # type: ignore[arg-type]
        over = frame["reward"] - pl.Series([by_rank.get(str(one), 0.0) for one in frame["rank"].to_list()])
        return told({"ranks": by_rank, "chunks": _means(frame["chunk_id"], over, _TIED, 0.0)})

    def plain(self, frame: pl.DataFrame) -> bytes:
        """Means by rank alone."""
        return told(read(self.make(frame)) | {"chunks": {}})

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """Squared errors below 0."""
        return np.asarray(-((frame["reward"].to_numpy() - self._said(state, frame)) ** 2))

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """The mean over questions of nDCG@10."""
        told_by = frame.with_columns(pl.Series("§said", self._said(state, frame)))
        found = [_ndcg(part.sort("§said", descending=True)["reward"].to_numpy()) for part in told_by.partition_by("question_id")]
        return float(np.mean([one for one in found if one is not None] or [0.0]))

    def _said(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        known = read(state)
        ranks, chunks = known["ranks"], known["chunks"]
        pairs = zip(frame["rank"].cast(pl.String).to_list(), frame["chunk_id"].to_list(), strict=True)
        return np.array([ranks.get(rank, 0.0) + chunks.get(chunk, 0.0) for rank, chunk in pairs])


class Tiles(Simple):
    """NavigationFramework: the pages that a role opens most."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """The five of each role."""
        often = frame.group_by("role", "route").agg(pl.col("visits").sum()).sort("role", "visits", "route", descending=[False, True, False])
        return told(
            {"tiles": {str(role): part["route"].head(TILES).to_list() for (role,), part in often.group_by("role", maintain_order=True)}}
        )

    def plain(self, frame: pl.DataFrame) -> bytes:
        """The five of all, for every role."""
        often = frame.group_by("route").agg(pl.col("visits").sum()).sort("visits", "route", descending=[True, False])
        return told({"tiles": dict.fromkeys(sorted(frame["role"].unique().to_list()), often["route"].head(TILES).to_list())})

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """The visits to pages on a tile."""
        tiles = read(state)["tiles"]
        hit = [route in tiles.get(role, ()) for role, route in frame.select("role", "route").iter_rows()]
        return np.asarray(np.array(hit, dtype=float) * frame["visits"].to_numpy())

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """The share of visits."""
        return float(self.goodness(state, frame).sum() / max(1e-12, float(frame["visits"].sum())))


class Worth(Simple):
    """ROI: by how much what a rule promised has to be set right."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """What was measured over what was said, by rule of at least five meters, tied to that of all."""
        said, measured = frame["eur_said"].to_numpy(), frame["eur_measured"].to_numpy()
        every = float((said * measured).sum() / max(1e-9, (said**2).sum()))
        factors = {}
        for (rule,), part in frame.group_by("rule"):
            if part["meter_id"].n_unique() < FEWEST:
                continue
            x, y = part["eur_said"].to_numpy(), part["eur_measured"].to_numpy()
            tie = _TIED * float((said**2).mean())
            factors[str(rule)] = round(float(((x * y).sum() + tie * every) / max(1e-9, (x**2).sum() + tie)), 6)
        return told({"factors": factors, "all": round(every, 6)})

    def plain(self, frame: pl.DataFrame) -> bytes:
        """What was said is taken as it is."""
        return told({"factors": {}, "all": 1.0})

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """Errors in EUR below 0."""
        known = read(state)
        factor = np.array([known["factors"].get(one, known["all"]) for one in frame["rule"].to_list()])
        return np.asarray(-np.abs(frame["eur_said"].to_numpy() * factor - frame["eur_measured"].to_numpy()))

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """The mean error in EUR."""
        return float(-self.goodness(state, frame).mean())


class Hours(Simple):
    """Optimization: what an hour of the day costs beside its day's mean, so that load goes where it is cheap."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """By weekday or weekend, and hour."""
        over = frame["price"] - frame.select(pl.col("price").mean().over((pl.col("ts") / _DAY).floor())).to_series()
        return told({"hours": _means(_slots(frame["ts"], _HOURS), over, _TIED, 0.0)})

    def plain(self, frame: pl.DataFrame) -> bytes:
        """All hours alike."""
        return told({"hours": {}})

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """Of each day and plant: EUR over the optimum, below 0, when the day's load goes to the six hours that look cheapest."""
        known = read(state)["hours"]
        slots = _slots(frame["ts"], _HOURS).to_list()
        made = frame.with_columns(
            (pl.col("ts") / _DAY).floor().alias("§day"), pl.Series("§said", [known.get(one, 0.0) for one in slots]),
            pl.int_range(pl.len()).shuffle(seed=1).alias("§lot"),
        )  # fmt: skip
        days = made.partition_by("§day", "plant")
        return np.array([-_excess(one) for one in days if len(one) > _CHEAP] or [0.0])

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """EUR a day over the optimum."""
        return float(-self.goodness(state, frame).mean())


class Usual(Simple):
    """Analytics: what a figure usually is at an hour of the week, and how far it strays."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """Middle and spread by figure and hour of the day at workdays and weekends, tied to the figure's own."""
        return told({"kpis": {str(kpi): _levels(part, by_hour=True) for (kpi,), part in _rates(frame).group_by("kpi")}})

    def plain(self, frame: pl.DataFrame) -> bytes:
        """The figure's own at every hour."""
        return told({"kpis": {str(kpi): _levels(part, by_hour=False) for (kpi,), part in _rates(frame).group_by("kpi")}})

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """The logarithm of how likely each value is."""
        middle, spread, value = self.said(state, frame)
        return np.asarray(np.clip(-0.5 * ((value - middle) / spread) ** 2 - np.log(spread * np.sqrt(2 * np.pi)), -50, 50))

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """The share of values that would raise an alarm."""
        middle, spread, value = self.said(state, frame)
        return float((np.abs(value - middle) > LIMIT * spread).mean())

    def said(self, state: bytes, frame: pl.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
        """Of each row the middle, the spread and the value."""
        known, rows = read(state)["kpis"], _rates(frame)
        found = [_level(known.get(kpi), slot) for kpi, slot in rows.select("kpi", "slot").iter_rows()]
        return np.array([one[0] for one in found]), np.array([one[1] for one in found]), rows["rate"].to_numpy()


class Rising(Simple):
    """TrendingHashtag: terms that more people use lately than before."""

    def make(self, frame: pl.DataFrame) -> bytes:
        """How much oftener than before a term is used in the last seven days, beyond chance; and how many people use it a day."""
        last = float(frame["day"].to_numpy().max())
        return told({"terms": _risen(frame, last - 7 * _DAY), "level": _a_day(frame)})

    def plain(self, frame: pl.DataFrame) -> bytes:
        """What is used most."""
        level = _a_day(frame)
        return told({"terms": level, "level": level})

    def goodness(self, state: bytes, frame: pl.DataFrame) -> Numbers:
        """Of each term that the state names by how much it is used more in the records (1: by three deviations), else 0."""
        known, over = read(state), self._over(state, frame)
        named = self._named(known["terms"])
        return np.array([min(1.0, max(-1.0, over[one] / LIMIT)) if one in named else 0.0 for one in sorted(over)] or [0.0])

    def figure(self, state: bytes, frame: pl.DataFrame) -> float:
        """Precision@10: of the ten that are named, how many then are used more."""
        over, named = self._over(state, frame), self._named(read(state)["terms"])
        return float(sum(over.get(one, 0.0) > 0 for one in named) / max(1, len(named)))

    def _named(self, terms: Mapping[str, float]) -> set[str]:
        return set(sorted(terms, key=lambda one: (-terms[one], one))[:TOP])

    def _over(self, state: bytes, frame: pl.DataFrame) -> dict[str, float]:
        """By how many standard deviations of chance each term is used more a day than before, one taken off."""
        level, days = read(state)["level"], max(1, frame["day"].n_unique())
        now = _a_day(frame)
        return {
            one: float(2 * (np.sqrt(now.get(one, 0.0) * days + 0.375) - np.sqrt(level.get(one, 0.0) * days + 0.375)) - 1)
            for one in {*now, *level}
        }


def _a_day(frame: pl.DataFrame) -> dict[str, float]:
    days = max(1, frame["day"].n_unique())
    often = frame.group_by("term").agg(pl.col("people").sum()).sort("term")
    return {str(one): round(n / days, 6) for one, n in often.iter_rows()}


def _risen(frame: pl.DataFrame, since: float) -> dict[str, float]:
    """By how many standard deviations a term is used more since a day than its share of days lets expect (Anscombe's root)."""
    days = frame.select((pl.col("day") >= since).alias("late"), "day").unique("day")
    late, early = float(days["late"].sum()), float((~days["late"]).sum())
    share = max(1.0, late) / max(1.0, early)
    told_by = frame.group_by("term").agg(
        pl.col("people").filter(pl.col("day") >= since).sum().alias("now"),
        pl.col("people").filter(pl.col("day") < since).sum().alias("was"),
    )
    found = {}
    for term, now, was in told_by.sort("term").iter_rows():
        expected = was * share
        found[str(term)] = round(float(2 * (np.sqrt(now + 0.375) - np.sqrt(expected + 0.375)) / np.sqrt(1 + share) - 1), 6)
    return found


def _means(names: pl.Series, values: pl.Series, tie: float, middle: float) -> dict[str, float]:
    """Means by name, tied to a middle with so many rows' weight."""
    found = pl.DataFrame({"name": names, "value": values}).drop_nulls().group_by("name").agg(pl.len().alias("n"), pl.col("value").sum())
    return {str(name): round((total + tie * middle) / (n + tie), 6) for name, n, total in found.sort("name").iter_rows()}


def _slots(when: pl.Series, hours: int) -> pl.Series:
    """ "w8": the hour of a workday, "e8": of a weekend."""
    moment = (when * 1e6).cast(pl.Int64).cast(pl.Datetime("us"))
    hour = (moment.dt.hour() // (24 // hours)).cast(pl.String)
    return pl.select(pl.when(moment.dt.weekday() > 5).then(pl.lit("e") + hour).otherwise(pl.lit("w") + hour)).to_series()


def _excess(day: pl.DataFrame) -> float:
    """EUR that the day's load costs in the hours that look cheapest, over what it costs in the cheapest."""
    load = float(day["load"].sum())
    chosen = day.sort("§said", "§lot")["price"].head(_CHEAP).to_numpy().mean()
    best = day.sort("price")["price"].head(_CHEAP).to_numpy().mean()
    return float((chosen - best) * load / 1000)


def _rates(frame: pl.DataFrame) -> pl.DataFrame:
    rate = pl.when(pl.col("n") > 0).then(pl.col("total") / pl.col("n")).otherwise(pl.col("total"))
    return frame.with_columns(rate.alias("rate"), _slots(frame["hour"], _HOURS).alias("slot"))


def _levels(part: pl.DataFrame, *, by_hour: bool) -> dict[str, list[float]]:
    values = part["rate"].to_numpy()
    middle, spread = float(values.mean()), max(float(values.std()), 1e-6)
    found = {"": [round(middle, 6), round(spread, 6)]}
    for (slot,), rows in part.group_by("slot") if by_hour else ():
        own = rows["rate"].to_numpy()
        tie = _TIED / (len(own) + _TIED)
        level = tie * middle + (1 - tie) * float(own.mean())
        strays = np.sqrt(tie * spread**2 + (1 - tie) * float(((own - level) ** 2).mean()))
        found[str(slot)] = [round(level, 6), round(max(float(strays), 1e-6), 6)]
    return found


def _level(known: Mapping[str, Sequence[float]] | None, slot: str) -> Sequence[float]:
    return (0.0, 1e6) if known is None else known.get(slot, known[""])


def _ndcg(rewards: Numbers) -> float | None:
    weights = 1 / np.log2(np.arange(2, min(TOP, len(rewards)) + 2))
    best = float((np.sort(rewards)[::-1][:TOP] * weights).sum())
    return float((rewards[:TOP] * weights).sum()) / best if best > 0 else None
