"""Pairs of records that may be duplicates, found without comparing all with all.

Duplicates have the same facts, so records whose facts are few others' are paired among themselves. The rest, and those without facts, are
paired where they share two of their rarest words (prefix filtering: Chaudhuri, Ganti, Kaushik, A Primitive Operator for Similarity Joins,
2006). Neighbours in a sorted order are paired, never a whole block, so that boilerplate costs no more than any other text.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nova.seeding.facts import Tokens
from nova.seeding.wording import LIGHT_WORDS

_RAREST, _SMALL, _WINDOW = 5, 24, 3
_FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(31)
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def candidate_pairs(tokens: Tokens, block: int) -> Pairs:
    """Pairs (left < right) of row numbers with the same facts that may have the same words."""
    rows = np.flatnonzero(np.diff(tokens.starts) > 0)
    if len(rows) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    keys = tokens.key[rows]
    _, place, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    size = sizes[place]
    few = (size <= block) & (size > 1)
    order = rows[few][np.argsort(keys[few], kind="stable")]
    found = [_neighbours(order, tokens.key[order], block - 1)]
    found.extend(_by_rare_words(tokens, rows[size > block]))
    pairs = _distinct(np.concatenate(found))
    return pairs >> np.int64(32), pairs & np.int64(0xFFFFFFFF)


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, in order; by sorting, which is quicker here than numpy's hashing."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


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


def _by_rare_words(tokens: Tokens, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    if len(rows) < 2:
        return []
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(tokens.hashes[tokens.codes], dtype=np.uint64)])
    whole = sums[tokens.starts[rows + 1]] - sums[tokens.starts[rows]]
    order = np.argsort(whole, kind="stable")
    found = [_neighbours(rows[order], whole[order], 1)]
    rarest = _rarest(tokens, rows)
    keys, owners = [], []
    for one, other in combinations(range(_RAREST), 2):
        first, second = rarest[:, one], rarest[:, other]
        key = (np.minimum(first, second) * _FACTOR) ^ np.maximum(first, second)
        told = np.flatnonzero((first != 0) & ((second != 0) | ((one == 0) & (other == 1))))
        keys.append((((key ^ (key >> _SHIFT)) * _FACTOR) ^ tokens.key[rows])[told])
        owners.append(told)
    key, owner = np.concatenate(keys), np.concatenate(owners)
    order = np.lexsort((whole[owner], *(rarest[owner, place] for place in reversed(range(3))), key))
    key, owner = key[order], rows[owner[order]]
    _, place, sizes = np.unique(key, return_inverse=True, return_counts=True)
    small = sizes[place] <= _SMALL
    found.append(_neighbours(owner[small], key[small], _SMALL - 1))
    found.append(_neighbours(owner[~small], key[~small], _WINDOW))
    return found


def _rarest(tokens: Tokens, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Of each row the hashes of its rarest words that occur at least twice, the rarest first; 0 where it has fewer."""
    lengths = tokens.starts[rows + 1] - tokens.starts[rows]
    begins = np.cumsum(lengths) - lengths
    flat = np.arange(int(lengths.sum())) - np.repeat(begins - tokens.starts[rows], lengths)
    codes, owner = tokens.codes[flat], np.repeat(np.arange(len(rows)), lengths)
    telling = ~tokens.is_fact & (tokens.counts > 1) & ~tokens.words.is_in(list(LIGHT_WORDS)).to_numpy()
    codes, owner = codes[telling[codes]], owner[telling[codes]]
    by_rarity = np.empty(len(tokens.words), dtype=np.int64)
    by_rarity[np.lexsort((tokens.hashes, tokens.counts))] = np.arange(len(tokens.words))
    pairs = _distinct(owner * np.int64(len(tokens.words)) + by_rarity[codes])
    owner, rarity = np.divmod(pairs, np.int64(len(tokens.words)))
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    first = place < _RAREST
    rarest = np.zeros((len(rows), _RAREST), dtype=np.uint64)
    rarest[owner[first], place[first]] = tokens.hashes[np.argsort(by_rarity)[rarity[first]]] | np.uint64(1)
    return rarest
