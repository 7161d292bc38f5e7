"""What a model has to beat: means of cells, the remaining months, a list of words, a topic's name in a text, what most people visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.language.stems import stem
from nova.seeding.pretrain.kinds import Kind
from nova.seeding.texts.facts import fold

Numbers = NDArray[np.float64]
MEANS: Mapping[str, tuple[str, ...]] = {
    "content_performance": ("kind", "topic"),
    "hashtag_effectiveness": ("channel", "weekday"),
    "engagement_prediction": ("rule",),
    "cross_platform": ("channel", "topic", "weekday"),
}
_UNIT = "\x1f"
_NOT = frozenset(
    (
        "nicht",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "ohne",
        "nie",
        "niemals",
        "kaum",
        "not",
        "no",
        "never",
        "hardly",
        "without",
        "niet",
        "geen",
        "nooit",
    )
)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was learned for a baseline: the `means` of cells and of all, and the shares of names; `middle` is the median of all."""

    kind: str
    mean: float
    middle: float
    means: Mapping[str, float]
    shares: Sequence[float]

    @classmethod
    def of(cls, kind: Kind, frame: pl.DataFrame, names: Sequence[str], truth: Numbers, counts: Numbers) -> "Baseline":
        """Learned from typed rows, their truth and how much each counts."""
        if kind.task == "class":
            shares = np.bincount(truth.astype(int), minlength=len(names)) / max(1, len(truth))
            return cls(kind.name, 0.0, 0.0, _marked(kind, frame, names, truth), shares.tolist())
        mean = float(np.average(truth, weights=counts))
        middle = float(np.median(truth))
        if kind.name not in MEANS:
            return cls(kind.name, mean, middle, {}, ())
        told = pl.DataFrame({"cell": _cells(kind, frame), "truth": truth * counts, "n": counts}).group_by("cell").sum().sort("cell")
        return cls(kind.name, mean, middle, dict(zip(told["cell"].to_list(), (told["truth"] / told["n"]).to_list(), strict=True)), ())

    def says(self, kind: Kind, frame: pl.DataFrame, names: Sequence[str]) -> Numbers:
        """Of each row, as a model of the kind does."""
        if kind.name in MEANS:
            return np.array([self.means.get(cell, self.mean) for cell in _cells(kind, frame)])
        if kind.name == "churn":
            return np.asarray(1 / (1 + np.maximum(frame["months_left"].fill_null(frame["months_left"].median() or 0.0).to_numpy(), 0.0)))
        if kind.name == "next_page":
            return np.tile(np.asarray(self.shares), (len(frame), 1))
        marks = _lexicon() if kind.name == "sentiment_analysis" else None
        return np.array([self._of_text(text, names, marks) for text in frame[str(kind.text)].fill_null("").to_list()])

    def plain(self, kind: Kind, rows: int) -> Numbers:
        """The same for every row: the mean, the median where absolute errors count, or how often each name occurs."""
        if kind.task == "class":
            return np.tile(np.asarray(self.shares), (rows, 1))
        return np.full(rows, self.middle if kind.metric == "mae" else self.mean)

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        return {"kind": self.kind, "mean": self.mean, "middle": self.middle, "means": dict(self.means), "shares": list(self.shares)}

    def _of_text(self, text: str, names: Sequence[str], marks: Mapping[str, float] | None) -> Numbers:
        shares = np.asarray(self.shares) * 0.01
        if marks is None:
            stems = {stem(fold(word)) for word in _words(text)}
            named = [at for at, name in enumerate(names) if stems & {stem(fold(word)) for word in _words(name)}]
            shares[named[0] if named else int(np.argmax(shares))] += 1
        else:
            side = _side(tone_of(text, marks))
            shares[int(self.means.get(side, float(np.argmax(shares))))] += 1
        return np.asarray(shares / shares.sum())


def _marked(kind: Kind, frame: pl.DataFrame, names: Sequence[str], truth: Numbers) -> dict[str, float]:
    """Which name stands most often for a tone: of texts with good words, with bad ones, and with neither."""
    if kind.name != "sentiment_analysis":
        return {}
    sides = [_side(tone_of(text, _lexicon())) for text in frame["text"].fill_null("").to_list()]
    found = {}
    for side in sorted(set(sides)):
        of_side = truth[[one == side for one in sides]].astype(int)
        found[side] = float(np.bincount(of_side, minlength=len(names)).argmax())
    return found


def _side(score: float) -> str:
    return "gut" if score > 0 else "schlecht" if score < 0 else "weder"


def tone_of(text: str, marks: Mapping[str, float]) -> float:
    """The sum of a text's good (1) and bad (-1) words; a word of denial in the three before turns one."""
    told = _words(text)
    score = 0.0
    for at, word in enumerate(told):
        mark = marks.get(stem(word), 0.0)
        score += -mark if mark and _NOT & set(told[max(0, at - 3) : at]) else mark
    return score


@lru_cache(maxsize=1)
def _lexicon() -> Mapping[str, float]:
    marks: dict[str, float] = {}
    for line in resources.files("nova.seeding.pretrain").joinpath("tone.txt").read_text("utf-8").splitlines():
        sign, _, told = line.partition(" ")
        marks |= {stem(fold(word)): 1.0 if sign == "+" else -1.0 for word in told.split()}
    return marks


def _words(text: str) -> list[str]:
    return [word for word in "".join(sign if sign.isalpha() else " " for sign in fold(text)).split() if word]


def _cells(kind: Kind, frame: pl.DataFrame) -> list[str]:
    columns = [
        (pl.col(str(kind.when)) * 1e6).cast(pl.Int64).cast(pl.Datetime("us")).dt.weekday().cast(pl.String).fill_null("")
        if name == "weekday"
        else pl.col(name).fill_null("")
        for name in MEANS[kind.name]
    ]
    return frame.select(pl.concat_str(columns, separator=_UNIT).alias("§")).to_series().to_list()
