"""What learns from matrices: a linear learner beside boosted trees for tables, and a linear one over hashed words for texts.

Each gives numbers for shares, rates, chances and counts, and chances of shape (rows, names) for classes. The same rows give the same
learner; trees run on one thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from nova.seeding.pretrain.kinds import Task
from nova.seeding.texts.facts import fold

if TYPE_CHECKING:
    import lightgbm

Numbers = NDArray[np.float64]
TREES: Mapping[Task, str] = {"share": "regression", "rate": "cross_entropy", "chance": "binary", "count": "poisson"}
SETTINGS: Mapping[str, Any] = {
    "learning_rate": 0.06,
    "num_leaves": 12,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "cat_smooth": 30.0,
    "min_data_per_group": 30,
    "num_threads": 1,
    "deterministic": True,
    "verbosity": -1,
}
ROUNDS, PATIENCE = 800, 25
STRENGTHS = (0.03, 0.3, 3.0)
"""How freely a linear learner follows its rows: the inverse of what large weights cost."""
_STEPS, _MOST_LOG = 400, 20.0
_HASHED = 2**17
_WORD = r"(?u)\w+|[!?]+"


@dataclass(frozen=True, slots=True)
class Rows:
    """What there is to learn from: a row's truth (a name's place for classes) and how much it counts."""

    truth: Numbers
    counts: Numbers


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear learner of scikit-learn; `task` says how its numbers are read."""

    task: Task
    learner: Any
    names: int = 0

    def says(self, inputs: sparse.csr_matrix) -> Numbers:
        """Of each row."""
        if self.task == "class":
            said = np.full((inputs.shape[0], self.names), 1e-9)
            said[:, self.learner.classes_.astype(int)] = self.learner.predict_proba(inputs)
            return np.asarray(said / said.sum(axis=1, keepdims=True))
        if self.task in ("rate", "chance"):
            return np.asarray(self.learner.predict_proba(inputs)[:, 1])
        said = np.asarray(self.learner.predict(inputs), dtype=np.float64)
        return np.asarray(np.clip(said, 0, 1) if self.task == "share" else np.expm1(np.clip(said, 0, _MOST_LOG)))


def linear(task: Task, inputs: sparse.csr_matrix, rows: Rows, strength: float, start: Linear | None = None, names: int = 0) -> Linear:
    """Learn; a `start` of the same shape is gone on from."""
    from sklearn.linear_model import LogisticRegression, Ridge

    if task in ("share", "count"):
        told = np.log1p(rows.truth) if task == "count" else rows.truth
        return Linear(task, Ridge(alpha=1 / strength, solver="sparse_cg", tol=1e-5).fit(inputs, told, sample_weight=rows.counts))
    learner = LogisticRegression(C=strength, max_iter=_STEPS, warm_start=True, tol=1e-4)
    _begin(learner, start, inputs.shape[1])
    if task == "rate":  # so many of so many said yes
        both = sparse.vstack([inputs, inputs], format="csr")
        yes = np.concatenate([np.ones(len(rows.truth)), np.zeros(len(rows.truth))])
        counts = np.concatenate([rows.truth * rows.counts, (1 - rows.truth) * rows.counts])
        kept = np.flatnonzero(counts > 0)
        return Linear(task, learner.fit(both[kept], yes[kept], sample_weight=counts[kept]))
    return Linear(task, learner.fit(inputs, rows.truth, sample_weight=rows.counts), names)


def _begin(learner: Any, start: Linear | None, width: int) -> None:
    """Let a learner begin where another of the same shape ended."""
    if start is not None and np.shape(start.learner.coef_)[-1] == width:
        for name in ("coef_", "intercept_", "classes_"):
            if hasattr(start.learner, name):
                setattr(learner, name, np.copy(getattr(start.learner, name)))


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees, as the text that LightGBM writes: data alone."""

    text: str

    def says(self, inputs: Numbers) -> Numbers:
        """Of each row."""
        return np.asarray(self._booster().predict(inputs, num_threads=1), np.float64)

    def _booster(self) -> "lightgbm.Booster":
        import lightgbm

        return lightgbm.Booster(model_str=self.text)


def trees(task: Task, inputs: Numbers, codes: Sequence[int], rows: Rows, judged: tuple[Numbers, Rows] | int) -> tuple[Trees, int]:
    """Learn until the rows of `judged` get no better, or so many rounds; and how many rounds that were."""
    import lightgbm

    params = {**SETTINGS, "objective": TREES[task], "seed": 1}
    data = lightgbm.Dataset(inputs, rows.truth, weight=rows.counts, categorical_feature=list(codes), params=params, free_raw_data=False)
    if isinstance(judged, int):
        done = lightgbm.train(params, data, max(1, judged))
        return Trees(done.model_to_string()), judged
    beside = lightgbm.Dataset(judged[0], judged[1].truth, weight=judged[1].counts, reference=data, params=params, free_raw_data=False)
    stop = lightgbm.early_stopping(PATIENCE, verbose=False)
    done = lightgbm.train(params, data, ROUNDS, valid_sets=[beside], callbacks=[stop])
    best = max(1, done.best_iteration)
    return Trees(done.model_to_string(num_iteration=best)), best


def hashed(texts: pl.Series) -> sparse.csr_matrix:
    """Texts as hashed words, pairs of words and groups of letters: no word of a text can be read back from it."""
    from sklearn.feature_extraction.text import HashingVectorizer

    told = [fold(text) for text in texts.fill_null("").to_list()]
    words = HashingVectorizer(n_features=_HASHED, ngram_range=(1, 2), token_pattern=_WORD, norm=None)
    letters = HashingVectorizer(n_features=_HASHED, analyzer="char_wb", ngram_range=(3, 5), norm=None)
    blocks = []
    for one in (words, letters):
        block = one.transform(told)
        block.data = np.sign(block.data) * np.log1p(np.abs(block.data))
        lengths = np.sqrt(block.multiply(block).sum(axis=1)).A1
        blocks.append(sparse.diags(1 / np.maximum(lengths, 1e-9)) @ block)
    return sparse.hstack(blocks, format="csr")


@dataclass(frozen=True, slots=True)
class Words:
    """A linear learner over the hashed words that occurred in training: `kept` are their places."""

    kept: NDArray[np.int64]
    weights: Numbers
    linear: Linear

    def of_hashed(self, inputs: sparse.csr_matrix) -> Numbers:
        """Chances of each name, a row a hashed text."""
        return self.linear.says(weighed(inputs[:, self.kept], self.weights))


def words(inputs: sparse.csr_matrix, rows: Rows, strength: float, names: int, start: Words | None = None) -> Words:
    """Learn from hashed texts: what occurs in two of them at least, rare words counting more (inverse document frequency)."""
    if start is not None:
        return Words(
            start.kept,
            start.weights,
            linear("class", weighed(inputs[:, start.kept], start.weights), rows, strength * 10, start.linear, names),
        )
    often = np.asarray((inputs != 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(often >= 2)
    idf = np.log((1 + inputs.shape[0]) / (1 + often[kept])) + 1
    return Words(kept, idf, linear("class", weighed(inputs[:, kept], idf), rows, strength * 10, names=names))


def weighed(inputs: sparse.csr_matrix, weights: Numbers) -> sparse.csr_matrix:
    """Rows of length one, their columns weighed."""
    told = inputs @ sparse.diags(weights)
    lengths = np.sqrt(told.multiply(told).sum(axis=1)).A1
    return (sparse.diags(1 / np.maximum(lengths, 1e-9)) @ told).tocsr()
