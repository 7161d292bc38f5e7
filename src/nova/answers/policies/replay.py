"""A log and a policy in, what the policy would have brought out: from what was shown, and played where the truth is known.

The log is read forward in time in twenty parts. In each part the policy is what it learned from the parts before, so that a row never
judges what was learned from it; the first part is only learned from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova.answers.policies.log import Choice
from nova.errors import InvalidInput
from nova.stats.bandits import Learner, Policy
from nova.stats.offpolicy import Estimate, doubly_robust, effective_size, gain, robust_rows, snips

Numbers = NDArray[np.float64]
PARTS, LEAST = 20, 40
_FEW_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was estimated over `rows`: the policy's value twice, what was shown, and what the policy gains over that (doubly robust).

    `true`: its value by the truth of the same rows, where the log tells.
    """

    rows: int
    snips: Estimate
    dr: Estimate
    logged: float
    gain: Estimate
    ess: float
    verdict: str
    true: float | None


@dataclass(frozen=True, slots=True)
class Played:
    """What was lost against the best candidate of every row, by the policy and by lot."""

    regret: float
    random: float


def replay(choices: Sequence[Choice], policy: Policy, seed: int, *, personal: bool = True) -> Replayed:
    """Estimate; InvalidInput for a log of fewer than 40 choices. Not `personal`: as a policy that knows no person and no candidate."""
    if len(choices) < LEAST:
        raise InvalidInput(f"{len(choices)} Zeilen reichen für kein Urteil ({LEAST} müssen es sein).")
    learner, dice = Learner(choices[0].features.shape[1], policy, personal=personal), np.random.default_rng(seed)
    bounds = np.linspace(0, len(choices), PARTS + 1).astype(int)
    rows: list[tuple[float, float, float, float]] = []
    for part in range(PARTS):
        piece = choices[bounds[part] : bounds[part + 1]]
        if part:
            rows += [_judged(learner, one, dice) for one in piece]
        for one in piece:
            learner.learn(one.person, one.ids[one.shown], one.features[one.shown], one.reward)
    judged = choices[bounds[1] :]
    weights, expected, said, true = np.array(rows).T
    rewards, clusters = np.array([one.reward for one in judged]), _clusters(judged)
    gained = gain(robust_rows(expected, weights, rewards, said), rewards, clusters)
    return Replayed(
        len(judged), snips(weights, rewards, clusters), doubly_robust(expected, weights, rewards, said, clusters), float(rewards.mean()),
        gained, effective_size(weights), _verdict(gained), None if np.isnan(true).any() else float(true.mean()),
    )  # fmt: skip


def play(choices: Sequence[Choice], policy: Policy, seed: int) -> Played | None:
    """Let the policy choose, row by row, and learn from the truth of what it chose; None where the log does not tell the truth."""
    if not choices or any(one.truth is None for one in choices):
        return None
    learner, dice = Learner(choices[0].features.shape[1], policy), np.random.default_rng(seed)
    regret, lot = 0.0, 0.0
    for one in choices:
        truth = one.truth if one.truth is not None else np.zeros(len(one.ids))
        at = int(dice.choice(len(one.ids), p=learner.chances(one.person, one.ids, one.features, dice)))
        learner.learn(one.person, one.ids[at], one.features[at], float(truth[at]))
        regret += float(truth.max() - truth[at])
        lot += float(truth.max() - truth.mean())
    return Played(regret, lot)


def _judged(learner: Learner, one: Choice, dice: np.random.Generator) -> tuple[float, float, float, float]:
    """The weight of what was shown, what is expected of the policy's choice and of what was shown, and the true value of its choice."""
    chances = learner.chances(one.person, one.ids, one.features, dice)
    said = learner.says(one.person, one.ids, one.features)
    true = float(chances @ one.truth) if one.truth is not None else np.nan
    return float(chances[one.shown] / one.propensity), float(chances @ said), float(said[one.shown]), true


def _clusters(choices: Sequence[Choice]) -> NDArray[np.int64]:
    """What hangs together: a person's rows, or (where few people or none are told) those of a list."""
    people = {one.person for one in choices}
    names = [one.person if len(people) >= _FEW_PEOPLE else one.list_id for one in choices]
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.int64)


def _verdict(gained: Estimate) -> str:
    if gained.low > 0:
        return "better"
    return "worse" if gained.high < 0 else "not enough evidence"
