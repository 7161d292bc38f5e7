"""A kind of model learned, asked, and judged against its baseline on rows that it has not seen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from nova.errors import InvalidInput
from nova.seeding.pretrain import segments
from nova.seeding.pretrain.baselines import Baseline
from nova.seeding.pretrain.design import Design
from nova.seeding.pretrain.kinds import KINDS, Kind
from nova.seeding.pretrain.learners import STRENGTHS, Linear, Rows, Trees, Words, hashed, linear, trees, words
from nova.seeding.pretrain.measures import log_losses
from nova.seeding.pretrain.reading import typed
from nova.seeding.pretrain.segments import Mixture
from nova.seeding.pretrain.validation import LEAST, Score, clusters, folds, scored

Numbers = NDArray[np.float64]
Progress = Callable[[float], None]
BLENDS = (0.0, 0.5, 1.0)
_LEAST = 30
_FEWEST_OF_A_NAME = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """What was found out on earlier rows: how freely the linear learner follows them, how many rounds trees take, and their share."""

    strength: float
    rounds: int = 0
    blend: float = 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A learned model. What a kind does not need is None; `names` are those of classes, in the order of their places; `score` is how
    good one of its kind was on rows that it had not seen.
    """

    kind: str
    baseline: Baseline | None = None
    names: tuple[str, ...] = ()
    design: Design | None = None
    linear: Linear | None = None
    trees: Trees | None = None
    words: Words | None = None
    mixture: Mixture | None = None
    settings: Settings = Settings(STRENGTHS[1])
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model of all rows, and how good one of its kind is on rows that it has not seen: `checked` is the last of those, `held` what it was
    judged by.
    """

    model: Model
    score: Score
    checked: Model
    held: NDArray[np.int64]


def kind_of(name: str) -> Kind:
    """A kind by its name; InvalidInput."""
    if name not in KINDS:
        raise InvalidInput(f"Diese Art von Modell gibt es nicht. Es gibt: {', '.join(KINDS)}.", data={"field": "kind"})
    return KINDS[name]


def fit(name: str, frame: pl.DataFrame, *, seed: int = 0, start: Model | None = None, progress: Progress = lambda _: None) -> Fitted:
    """Learn a kind from records in any writing and judge it; `start` is gone on from where it has the same shape.

    `seed` is what the order of rows without a time depends on. Raises InvalidInput for no such kind, missing columns, too few rows.
    """
    kind = kind_of(name)
    told = typed(kind, frame, target=True)
    if len(told) < _LEAST:
        raise InvalidInput(f"{len(told)} Datensätze reichen nicht, um etwas zu lernen ({_LEAST} müssen es sein).")
    if kind.task == "segments":
        return _segmented(kind, told, seed, progress)
    rows, names = _rows(kind, told)
    known = Known(told, rows, names, hashed(told[kind.text]) if kind.text else None)
    begun = start if start is not None and start.kind == name else None
    checked, held, score = _judged(kind, known, begun.settings if begun else None, progress)
    final = _learned(kind, known, checked.settings, begun if begun and begun.names == names else None)
    progress(1.0)
    return Fitted(replace(final, score=score), score, checked, held)


def _judged(kind: Kind, known: "Known", settings: Settings | None, progress: Progress) -> tuple[Model, NDArray[np.int64], Score]:
    """The model of the last part, which rows that was judged by, and the score over all parts."""
    said: list[tuple[Numbers, Numbers, Numbers]] = []
    parts, model = folds(kind, known.frame), None
    for at, (first, asked) in enumerate(parts):
        model = _learned(kind, known.of(first), settings, None)
        settings, judged = model.settings, known.of(asked)
        said.append((_said(model, kind, judged.frame, judged.inputs), *_compared(model, kind, judged.frame)))
        progress((at + 1) / (len(parts) + 1))
    if model is None:
        raise InvalidInput("Diese Datensätze lassen sich nicht in solche zum Lernen und solche zum Prüfen teilen.")
    asked = np.concatenate([one[1] for one in parts])
    all_of = [np.concatenate([one[at] for one in said]) for at in range(3)]
    marks = clusters(kind, known.frame)[asked]
    score = scored(kind, known.rows.truth[asked], (all_of[0], all_of[1], all_of[2]), known.rows.counts[asked], marks)
    return model, parts[-1][1], score


def predict(model: Model, frame: pl.DataFrame) -> pl.Series:
    """What a model says of records: a number, a name, or (segments) a group's number as text."""
    kind = kind_of(model.kind)
    told = typed(kind, frame, target=False)
    if model.mixture is not None:
        return pl.Series("segment", model.mixture.says(told)).cast(pl.String)
    said = _said(model, kind, told)
    if kind.task == "class":
        return pl.Series("prediction", [model.names[at] for at in said.argmax(axis=1)])
    return pl.Series("prediction", said)


def chances(model: Model, frame: pl.DataFrame) -> Numbers:
    """Of each record the chances of the model's `names`; for kinds that choose between names."""
    kind = kind_of(model.kind)
    return _said(model, kind, typed(kind, frame, target=False))


def gains(model: Model, frame: pl.DataFrame) -> Numbers:
    """How well a model tells each labelled record, more is better: two models are compared on the same frame row by row.

    The logarithm of the chance of what was, or the squared (shares) or absolute (counts) error below 0; what no truth is known of is left
    out.
    """
    kind = kind_of(model.kind)
    told = typed(kind, frame, target=True)
    if model.mixture is not None:
        return model.mixture.likelihoods(told)
    return _goodness(model, kind, told, _said(model, kind, told))


def _goodness(model: Model, kind: Kind, told: pl.DataFrame, said: Numbers) -> Numbers:
    if kind.task == "class":
        places = {name: at for at, name in enumerate(model.names)}
        truth = np.array([places.get(name, -1) for name in told[kind.target].to_list()])
        known = np.clip(said[np.arange(len(truth)), truth], 1e-6, 1)
        return np.asarray(np.where(truth < 0, np.log(1e-6), np.log(known)))
    truth = told[kind.target].to_numpy()
    if kind.task == "share":
        return np.asarray(-((truth - said) ** 2))
    if kind.task == "count":
        return np.asarray(-np.abs(truth - said))
    share = truth / told[kind.trials].to_numpy() if kind.trials else truth
    return np.asarray(-log_losses(share, said))


def lead(model: Model, frame: pl.DataFrame) -> float:
    """How much better a model tells labelled records than its baseline, in `gains` a row; of segments than one group of these records."""
    kind = kind_of(model.kind)
    told = typed(kind, frame, target=True)
    if model.mixture is not None:
        return float((model.mixture.likelihoods(told) - Mixture.of(told, most=1).likelihoods(told)).mean())
    return float((gains(model, frame) - _goodness(model, kind, told, _compared(model, kind, told)[0])).mean())


def figures_of(model: Model, frame: pl.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """What a kind's measure takes, of labelled records: the truth, what the model says, and how much each row counts."""
    kind = kind_of(model.kind)
    told = typed(kind, frame, target=True)
    if model.mixture is not None:
        return np.zeros(len(told)), model.mixture.likelihoods(told), np.ones(len(told))
    said = _said(model, kind, told)
    if kind.task != "class":
        rows = _rows(kind, told)[0]
        return rows.truth, said, rows.counts
    places = {name: at for at, name in enumerate(model.names)}
    truth = np.array([places.get(name, -1) for name in told[kind.target].to_list()], dtype=np.float64)
    wide = np.column_stack([said, np.full(len(said), 0.0)])  # a name that the model does not know is never right
    return np.where(truth < 0, len(model.names), truth), wide, np.ones(len(truth))


def _rows(kind: Kind, told: pl.DataFrame) -> tuple[Rows, tuple[str, ...]]:
    once = np.ones(len(told))
    if kind.task == "class":
        counted = told[kind.target].value_counts().filter(pl.col("count") >= _FEWEST_OF_A_NAME)
        names = tuple(sorted(counted[kind.target].to_list()))
        if len(names) < 2:
            raise InvalidInput(f"In der Spalte „{kind.target}“ gibt es nicht zwei verschiedene Werte, die öfter vorkommen.")
        places = {name: at for at, name in enumerate(names)}
        truth = np.array([places.get(name, 0) for name in told[kind.target].to_list()], dtype=np.float64)
        return Rows(truth, np.array([float(name in places) for name in told[kind.target].to_list()])), names
    truth = told[kind.target].to_numpy().astype(np.float64)
    if kind.trials:
        trials = told[kind.trials].to_numpy()
        return Rows(truth / trials, trials / trials.mean()), ()
    return Rows(truth, once), ()


def _of(rows: Rows, places: NDArray[np.int64]) -> Rows:
    return Rows(rows.truth[places], rows.counts[places])


@dataclass(frozen=True, slots=True)
class Known:
    """What is learned from: typed rows, their truth, the names of classes, and (texts) the rows as hashed words."""

    frame: pl.DataFrame
    rows: Rows
    names: tuple[str, ...]
    inputs: sparse.csr_matrix | None

    def of(self, places: NDArray[np.int64]) -> "Known":
        """Some of it."""
        return Known(self.frame[places], _of(self.rows, places), self.names, None if self.inputs is None else self.inputs[places])


def _learned(kind: Kind, known: Known, settings: Settings | None, start: Model | None) -> Model:
    """Learned from all that is known; `start` has the same names."""
    chosen = settings or _tuned(kind, known)
    counts = np.maximum(known.rows.counts, 1e-9)
    model = Model(kind.name, Baseline.of(kind, known.frame, known.names, known.rows.truth, counts), known.names, settings=chosen)
    kept = np.flatnonzero(known.rows.counts > 0)
    rows = _of(known.rows, kept)
    if known.inputs is not None:
        return replace(model, words=words(known.inputs[kept], rows, chosen.strength, len(known.names), start.words if start else None))
    return _learned_table(kind, replace(model, design=start.design if start else None), (known.frame, kept, rows), start)


def _learned_table(kind: Kind, model: Model, given: tuple[pl.DataFrame, NDArray[np.int64], Rows], start: Model | None) -> Model:
    frame, kept, rows = given
    design, settings = model.design or Design.of(kind, frame), model.settings
    begun = start.linear if start else None
    learned = linear(kind.task, design.sparse(kind, frame)[kept], rows, settings.strength, begun, len(model.names))
    if not settings.rounds or not settings.blend:
        return replace(model, design=design, linear=learned)
    inputs, codes = design.dense(kind, frame)
    grown, _ = trees(kind.task, inputs[kept], codes, rows, settings.rounds)
    return replace(model, design=design, linear=learned, trees=grown)


def _tuned(kind: Kind, known: Known) -> Settings:
    """The settings that do best on the last part of the rows, learned from those before."""
    parts = folds(kind, known.frame)
    if not parts or min(map(len, parts[-1])) < LEAST // 2:
        return Settings(STRENGTHS[0])
    first, last = parts[-1]
    before, after = _of(known.rows, first), _of(known.rows, last)
    if known.inputs is not None:
        asked = known.inputs[last]
        tried = [(words(known.inputs[first], before, one, len(known.names)), one) for one in STRENGTHS]
        return Settings(min((_loss(kind, after, one.of_hashed(asked)), strength) for one, strength in tried)[1])
    return _tuned_table(kind, (known.frame[first], known.frame[last]), (before, after), len(known.names))


def _tuned_table(kind: Kind, frames: tuple[pl.DataFrame, pl.DataFrame], rows: tuple[Rows, Rows], names: int) -> Settings:
    (before, after), design = rows, Design.of(kind, frames[0])
    inputs, asked = (design.sparse(kind, one) for one in frames)
    kept = np.flatnonzero(before.counts > 0)
    lines = [(linear(kind.task, inputs[kept], _of(before, kept), one, names=names).says(asked), one) for one in STRENGTHS]
    line, strength = min(lines, key=lambda one: (_loss(kind, after, one[0]), one[1]))
    if kind.task == "class":
        return Settings(strength)
    (dense, codes), (judged, _) = (design.dense(kind, one) for one in frames)
    grown, rounds = trees(kind.task, dense, codes, before, (judged, after))
    high = grown.says(judged)
    blend = min(BLENDS, key=lambda share: (_loss(kind, after, share * high + (1 - share) * line), share))
    return Settings(strength, rounds, blend)


def _loss(kind: Kind, rows: Rows, said: Numbers) -> float:
    if kind.task in ("class", "chance", "rate"):
        return float(np.average(log_losses(rows.truth, said), weights=np.maximum(rows.counts, 1e-9)))
    errors = np.abs(rows.truth - said) if kind.task == "count" else (rows.truth - said) ** 2
    return float(np.average(errors, weights=rows.counts))


def _said(model: Model, kind: Kind, told: pl.DataFrame, inputs: sparse.csr_matrix | None = None) -> Numbers:
    if model.words is not None:
        return model.words.of_hashed(hashed(told[str(kind.text)]) if inputs is None else inputs)
    if model.design is None or model.linear is None:
        raise InvalidInput("Dieses Modell ist unvollständig.")
    said = model.linear.says(model.design.sparse(kind, told))
    if model.trees is None or not model.settings.blend:
        return said
    grown = model.trees.says(model.design.dense(kind, told)[0])
    return np.asarray(model.settings.blend * grown + (1 - model.settings.blend) * said)


def _compared(model: Model, kind: Kind, told: pl.DataFrame) -> tuple[Numbers, Numbers]:
    if model.baseline is None:
        raise InvalidInput("Dieses Modell ist unvollständig.")
    return model.baseline.says(kind, told, model.names), model.baseline.plain(kind, len(told))


def _segmented(kind: Kind, told: pl.DataFrame, seed: int, progress: Progress) -> Fitted:
    """The verdict is that of the likelihoods of held-out rows: of the mixture, of each column for itself, of one Gaussian."""
    order = np.random.default_rng(seed).permutation(len(told))
    halves = [order[::2], order[1::2]]
    said: list[list[Numbers]] = [[], [], []]
    for known, asked in (halves, halves[::-1]):
        said[0].append(Mixture.of(told[known]).likelihoods(told[asked]))
        for at, likely in enumerate(segments.alone(told[known], told[asked]), 1):
            said[at].append(likely)
        progress(len(said[0]) / 3)
    rows = np.concatenate([halves[1], halves[0]])
    model = Model(kind.name, mixture=Mixture.of(told))
    progress(1.0)
    truth, told_by = np.zeros(len(rows)), [np.concatenate(one) for one in said]
    score = scored(kind, truth, (told_by[0], told_by[1], told_by[2]), np.ones(len(rows)), clusters(kind, told)[rows])
    return Fitted(replace(model, score=score), score, model, rows)
