"""Policies that choose one of several candidates and learn from what comes of it: Thompson sampling and LinUCB over linear rewards.

Rewards are linear in a candidate's features, with what a person likes beside what all like, and what a candidate is worth beside its
features (Li et al. 2010, the hybrid model; Agrawal and Goyal 2013 for Thompson sampling). How far persons differ is found out by which
assumption has told rewards best so far. Every candidate keeps a share of the choices, so that a later policy can be measured on them, and
every choice is drawn from known chances. All is decided by the seed.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Policy = Literal["thompson", "linucb"]
FLOOR = 0.05
"""The share of choices that is made by lot."""
_DRAWS, _WIDTH = 100, 1.0
_PRIOR = 1.0
_TIES = (np.inf, 30.0, 5.0)
"""How strongly a person's taste is tied to everybody's: wholly, and by so many choices' worth."""
_OWN_WORTH = 15.0
_FORGET = 0.999
_LEAST_NOISE = 1e-3


@dataclass(slots=True)
class _Belief:
    """A Bayesian linear regression: precision, its inverse (kept up by Sherman and Morrison), and weighted sums."""

    precision: Numbers
    inverse: Numbers
    sums: Numbers

    @classmethod
    def of(cls, size: int, prior: float) -> "_Belief":
        return cls(np.eye(size) * prior, np.eye(size) / prior, np.zeros(size))

    def learn(self, x: Numbers, reward: float) -> None:
        turned = self.inverse @ x
        self.inverse -= np.outer(turned, turned) / (1 + x @ turned)
        self.precision += np.outer(x, x)
        self.sums += reward * x

    @property
    def middle(self) -> Numbers:
        return np.asarray(self.inverse @ self.sums)


@dataclass(frozen=True, slots=True)
class Shared:
    """What is believed of everybody's taste together: enough to choose by, and nothing of any person or candidate."""

    policy: Policy
    middle: Numbers
    inverse: Numbers
    noise: float
    floor: float = FLOOR

    def chances(self, features: Numbers, dice: np.random.Generator) -> Numbers:
        """How likely each candidate is chosen; none is less likely than its part of the floor."""
        inputs = _with_constant(features)
        return _drawn(self, inputs @ self.middle, inputs, dice)


@dataclass(slots=True)
class Learner:
    """What has been learned from choices so far. `size` is that of features; a constant is added.

    Not `personal`: everybody's taste together is all there is, of no person and no candidate anything of their own.
    """

    size: int
    policy: Policy
    floor: float = FLOOR
    personal: bool = True
    _all: _Belief = field(init=False)
    _own: dict[tuple[int, Hashable], _Belief] = field(init=False, default_factory=dict)
    _worth: dict[Hashable, tuple[float, float]] = field(init=False, default_factory=dict)
    _errors: Numbers = field(init=False)
    _squares: float = field(init=False, default=0.25)
    _seen: float = field(init=False, default=1.0)

    def __post_init__(self) -> None:
        self._all = _Belief.of(self.size + 1, _PRIOR)
        self._errors = np.zeros(len(_TIES)) if self.personal else np.where(np.isinf(_TIES), 0.0, np.inf)

    def chances(self, person: Hashable, ids: Sequence[Hashable], features: Numbers, dice: np.random.Generator) -> Numbers:
        """How likely each candidate is chosen; none is less likely than its part of the floor."""
        inputs = _with_constant(features)
        middle, inverse = self._taste(int(np.argmin(self._errors)), person)
        worth = np.array([self._value(one) for one in ids])
        return _drawn(Shared(self.policy, middle, inverse, self._noise, self.floor), inputs @ middle + worth, inputs, dice)

    def shared(self) -> Shared:
        """What is believed of everybody's taste together."""
        return Shared(self.policy, self._all.middle, self._all.inverse.copy(), self._noise, self.floor)

    def says(self, person: Hashable, ids: Sequence[Hashable], features: Numbers) -> Numbers:
        """The reward that is expected of each candidate."""
        middle, _ = self._taste(int(np.argmin(self._errors)), person)
        return np.asarray(_with_constant(features) @ middle + np.array([self._value(one) for one in ids]))

    def learn(self, person: Hashable, candidate: Hashable, features: Numbers, reward: float) -> None:
        """A candidate was shown to a person, and this came of it."""
        x = np.append(features, 1.0)
        worth = self._value(candidate)
        shared = float(x @ self._all.middle)
        if self.personal:
            self._learn_apart(person, candidate, x, (reward, worth, shared))
        self._squares += (reward - worth - shared) ** 2
        self._seen += 1
        self._all.learn(x, reward - worth)

    def _learn_apart(self, person: Hashable, candidate: Hashable, x: Numbers, came: tuple[float, float, float]) -> None:
        """What a person likes beside what all like, and what a candidate is worth beside its features; `came`: see `learn`."""
        reward, worth, shared = came
        for tie, strength in enumerate(_TIES):
            said = shared if np.isinf(strength) else float(x @ self._taste(tie, person)[0])
            self._errors[tie] = _FORGET * self._errors[tie] + (reward - worth - said) ** 2
        total, n = self._worth.get(candidate, (0.0, 0.0))
        self._worth[candidate] = (total + reward - shared, n + 1)
        for tie, strength in enumerate(_TIES):
            if not np.isinf(strength):
                own = self._own.setdefault((tie, person), _Belief.of(self.size + 1, strength))
                own.learn(x, reward - worth)

    @property
    def _noise(self) -> float:
        return max(_LEAST_NOISE, self._squares / self._seen)

    def _taste(self, tie: int, person: Hashable) -> tuple[Numbers, Numbers]:
        """The middle and spread of what is believed of a person's taste."""
        own = self._own.get((tie, person))
        strength = _TIES[tie]
        if np.isinf(strength):
            return self._all.middle, self._all.inverse
        if own is None:
            return self._all.middle, self._all.inverse + np.eye(self.size + 1) / strength
        return np.asarray(own.inverse @ (own.sums + strength * self._all.middle)), own.inverse

    def _value(self, candidate: Hashable) -> float:
        total, n = self._worth.get(candidate, (0.0, 0.0))
        return total / (n + _OWN_WORTH)


def _with_constant(features: Numbers) -> Numbers:
    return np.column_stack([features, np.ones(len(features))])


def _drawn(one: Shared, said: Numbers, inputs: Numbers, dice: np.random.Generator) -> Numbers:
    """How likely each candidate is chosen, by what is said of it and how sure that is."""
    if one.policy == "linucb":
        width = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", inputs, one.inverse, inputs), 0) * one.noise)
        best = said + _WIDTH * width
        chosen = (best >= best.max() - 1e-12).astype(float)
    else:
        root = np.linalg.cholesky(one.inverse * one.noise + 1e-12 * np.eye(len(one.inverse)))
        drawn = said[:, None] + inputs @ (root @ dice.standard_normal((len(root), _DRAWS)))
        chosen = np.bincount(drawn.argmax(axis=0), minlength=len(inputs)).astype(float)
    return np.asarray((1 - one.floor) * chosen / chosen.sum() + one.floor / len(inputs))
