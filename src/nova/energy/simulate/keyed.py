"""A seed and a stream of steps in, random numbers out that belong to their step: any window asked again gives the same ones.

Steps are whole numbers (hours, days or weeks since 1970). Each block of steps has a `numpy.random.Generator` of its own, made from seed,
stream and block, so that nothing has to be drawn before the window that is asked for.
"""

import math
from functools import lru_cache

import numpy as np

from nova.series import Values

BLOCK = 128
_SHIFT = 1 << 30  # keeps blocks before 1970 positive
_FADED = 1e-4  # what a walk forgets


def white(seed: int, stream: int, first: int, count: int) -> Values:
    """Independent standard normal numbers of the steps `first` up to `first` + `count` (excluded)."""
    low, high = first // BLOCK, (first + count - 1) // BLOCK
    drawn = np.concatenate([_block(seed, stream, block + _SHIFT) for block in range(low, high + 1)])
    return drawn[first - low * BLOCK :][:count]


def walk(seed: int, stream: int, first: int, count: int, memory: float) -> Values:
    """An autoregressive walk of first order at these steps: mean 0, variance 1, correlation e^-1 after `memory` steps.

    Written as a sum over the noise of the steps before, cut where it has faded, and added up in one order: so no window has a beginning.
    """
    keep = math.exp(-1.0 / memory)
    back = math.ceil(math.log(_FADED) / math.log(keep))
    noise = white(seed, stream, first - back, count + back)
    level = np.zeros(count)
    for lag in range(back, -1, -1):
        level += keep**lag * noise[back - lag : back - lag + count]
    return level * math.sqrt(1.0 - keep * keep)


def between(at: Values, first: int, steps: Values) -> Values:
    """The values of `steps`, whose first is step `first`, at moments `at` counted in steps, joined by straight lines."""
    below = np.floor(at).astype(np.int64) - first
    share = at - np.floor(at)
    return steps[below] * (1.0 - share) + steps[below + 1] * share


@lru_cache(maxsize=8192)
def _block(seed: int, stream: int, block: int) -> Values:
    drawn = np.random.default_rng([seed, stream, block]).standard_normal(BLOCK)
    drawn.setflags(write=False)
    return drawn
