"""What a policy learned of everybody together in, the plain numbers that are kept of it out; and back, so that it chooses."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from nova.answers.policies.log import Choice
from nova.answers.search.features import FEATURES, VERSION
from nova.errors import InvalidInput
from nova.stats.bandits import Learner, Policy, Shared

DAMAGED = "Was diese Regel gelernt hat, ist beschädigt; sie wählt nichts aus."
OTHER = "Diese Regel wurde aus anderen Merkmalen gelernt, als Nova heute kennt; sie wählt nichts aus."


@dataclass(frozen=True, slots=True)
class Served:
    """A policy that chooses; implements `nova.answers.search.features.Chooser`."""

    name: str
    shared: Shared

    def chances(self, features: Sequence[Sequence[float]], seed: int) -> Sequence[float]:
        """As the port's."""
        found = self.shared.chances(np.array(features, dtype=np.float64), np.random.default_rng(seed))
        return [float(one) for one in found]


def learned(choices: Sequence[Choice], policy: Policy) -> str:
    """All that a log tells of everybody's taste together, as text: nothing of any person or passage."""
    learner = Learner(len(FEATURES), policy, personal=False)
    for one in choices:
        learner.learn("", "", one.features[one.shown], one.reward)
    shared = learner.shared()
    told = {
        "policy": policy, "version": VERSION, "features": FEATURES, "middle": shared.middle.tolist(), "inverse": shared.inverse.tolist(),
        "noise": shared.noise, "floor": shared.floor,
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """The SHA-256 of what was learned."""
    return hashlib.sha256(text.encode()).hexdigest()


def served(name: str, text: str, digest: str | None) -> Served:
    """A policy as it was kept; InvalidInput where it is damaged, or its features are not those of today."""
    if digest_of(text) != digest:
        raise InvalidInput(DAMAGED)
    try:
        told: dict[str, Any] = json.loads(text)
        if told["version"] != VERSION or tuple(told["features"]) != FEATURES:
            raise InvalidInput(OTHER)
        middle, inverse = np.array(told["middle"], dtype=np.float64), np.array(told["inverse"], dtype=np.float64)
        shared = Shared(told["policy"], middle, inverse, float(told["noise"]), float(told["floor"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(DAMAGED) from error
    if not _usable(shared):
        raise InvalidInput(DAMAGED)
    return Served(name, shared)


def _usable(one: Shared) -> bool:
    """Whether it chooses at all, and leaves something to chance."""
    size = len(FEATURES) + 1
    shapes = one.middle.shape == (size,) and one.inverse.shape == (size, size)
    numbers = np.isfinite(one.middle).all() and np.isfinite(one.inverse).all() and 0 < one.noise < np.inf and 0 < one.floor <= 1
    return bool(one.policy in get_args(Policy) and shapes and numbers and np.linalg.eigvalsh(one.inverse).min() > 0)
