"""Pairs of records that may be duplicates, found without comparing all with all.

Duplicates have the same facts, so records whose facts are few others' are paired among themselves; the rest, and those without facts, by
MinHash bands over their words (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4). Neighbours in a sorted order
are paired, never a whole band, so that boilerplate costs no more than any other text.
"""

import numpy as np
from numpy.typing import NDArray

from nova.seeding.facts import Tokens

_BLOCK = 12
_BANDS, _ROWS, _WINDOW = 14, 3, 4
_SEED = 20260301
_LEAST = 0.35
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def candidate_pairs(tokens: Tokens, block: int = _BLOCK) -> Pairs:
    """Pairs (left < right) of row numbers with the same facts and likely the same words."""
    rows = np.flatnonzero(np.diff(tokens.starts) > 0)
    if len(rows) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    keys = tokens.key[rows]
    _, place, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    size = sizes[place]
    few = (keys != 0) & (size <= block) & (size > 1)
    many = (size > 1) & ~few
    order = rows[few][np.argsort(keys[few], kind="stable")]
    found = [_neighbours(order, tokens.key[order], block - 1)]
    found.extend(_banded(tokens, rows[many]))
    return _distinct(np.concatenate(found))


def _neighbours(order: NDArray[np.int64], keys: NDArray[np.uint64], window: int) -> NDArray[np.int64]:
    """Pairs of rows at most `window` apart in `order` whose keys are equal, as one number each."""
    found = [np.empty(0, np.int64)]
    for step in range(1, min(window, len(order) - 1) + 1):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(same):
            break
        left, right = order[same], order[same + step]
        found.append((np.minimum(left, right) << np.int64(32)) | np.maximum(left, right))
    return np.concatenate(found)


def _banded(tokens: Tokens, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    if len(rows) < 2:
        return []
    signature = _signatures(tokens, rows)
    salt = tokens.key[rows]
    place = np.zeros(len(tokens.key), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(tokens.hashes[tokens.codes], dtype=np.uint64)])
    whole = sums[tokens.starts[rows + 1]] - sums[tokens.starts[rows]]
    order = np.argsort(whole, kind="stable")
    found = [_neighbours(rows[order], whole[order], 1)]
    for band in range(_BANDS):
        part = signature[band * _ROWS : (band + 1) * _ROWS]
        key = salt.copy()
        for row in part:
            key = (key ^ row) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(31)
        others = [signature[(band * _ROWS + _ROWS + extra) % len(signature)] for extra in range(4)]
        order = np.lexsort((*others, key))
        found.append(_neighbours(rows[order], key[order], _WINDOW))
    pairs = np.unique(np.concatenate(found))
    left, right = place[pairs >> 32], place[pairs & 0xFFFFFFFF]
    agree = np.zeros(len(pairs), dtype=np.int64)
    for row in signature:
        agree += row[left] == row[right]
    return [pairs[agree >= _LEAST * len(signature)]]


def _signatures(tokens: Tokens, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """MinHash signatures of the rows' words, a row per permutation."""
    lengths = tokens.starts[rows + 1] - tokens.starts[rows]
    begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)[:-1]])
    flat = np.arange(int(lengths.sum())) - np.repeat(begins, lengths) + np.repeat(tokens.starts[rows], lengths)
    codes = tokens.codes[flat]
    generator = np.random.default_rng(_SEED)
    factors = generator.integers(1, 2**63, size=_BANDS * _ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    shifts = generator.integers(0, 2**63, size=_BANDS * _ROWS, dtype=np.uint64)
    signature = np.empty((_BANDS * _ROWS, len(rows)), dtype=np.uint64)
    for number, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
        permuted = tokens.hashes * factor + shift
        permuted ^= permuted >> np.uint64(32)
        signature[number] = np.minimum.reduceat(permuted[codes], begins)
    return signature


def _distinct(pairs: NDArray[np.int64]) -> Pairs:
    pairs = np.unique(pairs)
    return pairs >> np.int64(32), pairs & np.int64(0xFFFFFFFF)
