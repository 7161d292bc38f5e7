"""A seed and names in, random numbers that belong to a day or a minute out: the same whoever asks, in whatever order.

PCG64 can be set forward by any number of draws (`advance`), so that the numbers of day n are always those from n * width on.
"""

from zlib import crc32

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray

from nova.series import Values


def root(seed: int, *names: str | int) -> SeedSequence:
    """Where the numbers of one thing come from, such as (seed, "home", 7)."""
    return SeedSequence([seed, *(crc32(name.encode()) if isinstance(name, str) else name for name in names)])


def once(origin: SeedSequence) -> Generator:
    """Numbers that belong to no time: what a home is like."""
    return Generator(PCG64(origin))


def days(origin: SeedSequence, first: int, count: int, width: int) -> Values:
    """Uniform numbers [0, 1) of `count` days from day `first` (since 1970) on: one row a day, `width` columns."""
    bits = PCG64(origin)
    bits.advance(first * width)
    return Generator(bits).random((count, width))


def minutes(origin: SeedSequence, first: int, count: int) -> NDArray[np.uint8]:
    """A byte for each of `count` minutes from minute `first` (since 1970, UTC) on."""
    start, end = first // 8, -(-(first + count) // 8)
    bits = PCG64(origin)
    bits.advance(start)
    raw = np.asarray(bits.random_raw(end - start), np.dtype("<u8")).view(np.uint8)
    return raw[first - 8 * start : first - 8 * start + count]
