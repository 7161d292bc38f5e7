"""Groups of customers that nobody named: a mixture over amounts and switches, its number of groups chosen by BIC.

Within a group amounts are Gaussian (with their dependence on each other) and each switch has a chance of its own: the location model of
Olkin and Tate (1961) with independent switches, fitted by expectation and maximisation. The groups are believed where the mixture tells
held-out customers better than each column for itself does, and better than one group: independent columns have none, whatever each looks
like.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.seeding.pretrain.design import Amount

Numbers = NDArray[np.float64]
_MOST, _STARTS, _STEPS, _ENOUGH, _SAMPLE = 10, 3, 100, 1e-4, 2000
_RIDGE, _PRIOR = 1e-3, 1.0
_PATIENCE = 2


@dataclass(frozen=True, slots=True)
class Groups:
    """What was fitted, a row a group: its share, the middle and covariance of scaled amounts, and the chance of each switch."""

    shares: Numbers
    middles: Numbers
    spreads: Numbers
    chances: Numbers

    def likelihoods(self, amounts: Numbers, switches: Numbers) -> Numbers:
        """The logarithm of each row's density in each group, of shape (rows, groups)."""
        made = np.log(self.shares)[None, :] + switches @ np.log(self.chances).T + (1 - switches) @ np.log(1 - self.chances).T
        for at, (middle, spread) in enumerate(zip(self.middles, self.spreads, strict=True)):
            if not len(middle):
                continue
            root = np.linalg.cholesky(spread)
            away = np.linalg.solve(root, (amounts - middle).T)
            made[:, at] -= 0.5 * ((away**2).sum(axis=0) + len(middle) * np.log(2 * np.pi)) + np.log(np.diag(root)).sum()
        return made

    @property
    def parameters(self) -> int:
        """How many numbers were fitted."""
        groups, amounts = self.middles.shape
        return int(groups - 1 + groups * (amounts + amounts * (amounts + 1) // 2 + self.chances.shape[1]))


@dataclass(frozen=True, slots=True)
class Mixture:
    """Groups, and how columns are read: amounts scaled, switches as yes where they are above the half of what occurs."""

    amounts: dict[str, Amount]
    switches: dict[str, float]
    groups: Groups

    @classmethod
    def of(cls, frame: pl.DataFrame, most: int = _MOST) -> "Mixture":
        """Learned from number columns."""
        switches = {name: float(frame[name].drop_nulls().unique().mean() or 0) for name in frame.columns if frame[name].n_unique() <= 2}  # type: ignore[arg-type]
        amounts = {name: Amount.of(frame[name]) for name in frame.columns if name not in switches}
        return cls(amounts, switches, _best(*_read(frame, amounts, switches), most))

    def says(self, frame: pl.DataFrame) -> NDArray[np.int64]:
        """Each row's group; the largest is 0."""
        return np.asarray(self.groups.likelihoods(*_read(frame, self.amounts, self.switches)).argmax(axis=1), dtype=np.int64)

    def likelihoods(self, frame: pl.DataFrame) -> Numbers:
        """How likely each row is (logarithm of the density of scaled columns)."""
        return _summed(self.groups.likelihoods(*_read(frame, self.amounts, self.switches)))

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        amounts = {name: one.told() for name, one in self.amounts.items()}
        found = self.groups
        return {
            "amounts": amounts, "switches": self.switches, "shares": found.shares.tolist(), "middles": found.middles.tolist(),
            "spreads": found.spreads.tolist(), "chances": found.chances.tolist(),
        }  # fmt: skip

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Mixture":
        """Of what `told` gave."""
        groups, amounts, switches = len(told["shares"]), len(told["amounts"]), len(told["switches"])
        found = Groups(
            np.array(told["shares"]), np.array(told["middles"]).reshape(groups, amounts),
            np.array(told["spreads"]).reshape(groups, amounts, amounts), np.array(told["chances"]).reshape(groups, switches),
        )  # fmt: skip
        return cls({name: Amount.read(one) for name, one in told["amounts"].items()}, told["switches"], found)


def alone(trained: pl.DataFrame, judged: pl.DataFrame) -> tuple[Numbers, Numbers]:
    """How likely the judged rows are where each column stands for itself (a mixture of its own), and where all are one group."""
    each = np.zeros(len(judged))
    for name in trained.columns:
        each += Mixture.of(trained.select(name)).likelihoods(judged.select(name))
    return each, Mixture.of(trained, most=1).likelihoods(judged)


def _read(frame: pl.DataFrame, amounts: dict[str, Amount], switches: dict[str, float]) -> tuple[Numbers, Numbers]:
    scaled = [one.scaled(frame[name]) for name, one in amounts.items()]
    turned = [(frame[name].fill_null(0) > middle).cast(pl.Float64).to_numpy() for name, middle in switches.items()]
    nothing = np.empty((len(frame), 0))
    return np.column_stack(scaled) if scaled else nothing, np.column_stack(turned) if turned else nothing


def _best(amounts: Numbers, switches: Numbers, most: int) -> Groups:
    """The mixture with the least BIC; more groups are tried, on some of the rows, until that rises twice."""
    step = max(1, len(amounts) // _SAMPLE)
    some, turned = amounts[::step], switches[::step]
    kept, least, worse = _one(some, turned), np.inf, 0
    apart = len(np.unique(np.column_stack([some, turned]), axis=0))
    for groups in range(1, min(most, apart, max(1, len(some) // 25)) + 1):
        begun = (_begun(some, turned, groups, start) for start in range(_STARTS if groups > 1 else 1))
        likely, found = max((_climbed(some, turned, one) for one in begun), key=lambda one: one[0])
        bic = found.parameters * np.log(len(some)) - 2 * likely
        kept, least, worse = (found, bic, 0) if bic < least else (kept, least, worse + 1)
        if worse == _PATIENCE:
            break
    kept = _climbed(amounts, switches, kept)[1] if step > 1 else kept
    order = np.argsort(-kept.shares, kind="stable")
    return Groups(kept.shares[order], kept.middles[order], kept.spreads[order], kept.chances[order])


def _one(amounts: Numbers, switches: Numbers) -> Groups:
    return _maximised(amounts, switches, np.ones((len(amounts), 1)))


def _begun(amounts: Numbers, switches: Numbers, groups: int, start: int) -> Groups:
    from sklearn.cluster import KMeans

    near = KMeans(groups, n_init=1, random_state=start).fit_predict(np.column_stack([amounts, switches]))
    return _maximised(amounts, switches, np.eye(groups)[near])


def _climbed(amounts: Numbers, switches: Numbers, found: Groups) -> tuple[float, Groups]:
    """The likelihood reached from a start, and the groups."""
    before = -np.inf
    for _ in range(_STEPS):
        likely = found.likelihoods(amounts, switches)
        total = _summed(likely)
        gained, before = float(total.sum()) - before, float(total.sum())
        if gained < _ENOUGH * len(amounts):
            break
        found = _maximised(amounts, switches, np.exp(likely - total[:, None]))
    return before, found


def _maximised(amounts: Numbers, switches: Numbers, shares: Numbers) -> Groups:
    sizes = shares.sum(axis=0) + 1e-9
    middles = shares.T @ amounts / sizes[:, None]
    spreads = np.empty((len(sizes), amounts.shape[1], amounts.shape[1]))
    for at, middle in enumerate(middles):
        away = amounts - middle
        spreads[at] = (shares[:, at, None] * away).T @ away / sizes[at] + _RIDGE * np.eye(amounts.shape[1])
    chances = (shares.T @ switches + _PRIOR) / (sizes[:, None] + 2 * _PRIOR)
    return Groups(sizes / sizes.sum(), middles, spreads, chances)


def _summed(likely: Numbers) -> Numbers:
    top = likely.max(axis=1, keepdims=True)
    return np.asarray((top + np.log(np.exp(likely - top).sum(axis=1, keepdims=True))).ravel())
