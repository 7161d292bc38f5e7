"""Pairs of records that may be duplicates, found without comparing all with all.

Duplicates have the same facts, so records whose facts are few others' are paired among themselves. The rest, and those without facts, are
paired where they share two of their rarest words (prefix filtering: Chaudhuri, Ganti, Kaushik, A Primitive Operator for Similarity Joins,
2006). Neighbours in a sorted order are paired, never a whole block, so that boilerplate costs no more than any other text.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nova.seeding.texts.facts import Tokens
from nova.seeding.texts.wording import LIGHT_WORDS

_RAREST, _SMALL, _WINDOW = 5, 24, 3
_FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(31)
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Keyed:
    """Rows under keys: `row[i]` is to be paired with the rows beside it under `key[i]`, in the order of the columns of `order`."""

    key: NDArray[np.uint64]
    row: NDArray[np.int64]
    order: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Keys:
    """What pairs rows: `facts` that few share, `wholes` (all words are the same) and `words` (two rare words) of the rest."""

    facts: Keyed
    wholes: Keyed
    words: Keyed


def candidate_pairs(tokens: Tokens, block: int) -> Pairs:
    """Pairs (left < right) of row numbers with the same facts that may have the same words."""
    return paired(keys_of(tokens, large_keys(tokens.key[np.diff(tokens.starts) > 0], block)), block)


def large_keys(keys: NDArray[np.uint64], block: int) -> NDArray[np.uint64]:
    """The hashes of facts that more than `block` records have, in order."""
    values, sizes = np.unique(keys, return_counts=True)
    large: NDArray[np.uint64] = values[sizes > block]
    return large


def keys_of(tokens: Tokens, large: NDArray[np.uint64]) -> Keys:
    """Under which keys each row stands; `large` are the hashes of facts that too many share. Of a part of all records these are the same
    as of all, where `large` and the counts of words are of all.
    """
    rows = np.flatnonzero(np.diff(tokens.starts) > 0)
    many = np.isin(tokens.key[rows], large)
    few, rest = rows[~many], rows[many]
    facts = Keyed(tokens.key[few], few, np.empty((len(few), 0), np.uint64))
    return Keys(facts, *_keyed_by_words(tokens, rest))


def paired(keys: Keys, block: int) -> Pairs:
    """Pairs (left < right) of rows beside each other under one key, each once, in order."""
    wholes, words = _sorted(keys.wholes), _sorted(keys.words)
    _, place, sizes = np.unique(words.key, return_inverse=True, return_counts=True)
    small = sizes[place] <= _SMALL
    facts = _sorted(keys.facts)
    found = [
        _neighbours(facts.row, facts.key, block - 1),
        _neighbours(wholes.row, wholes.key, 1),
        _neighbours(words.row[small], words.key[small], _SMALL - 1),
        _neighbours(words.row[~small], words.key[~small], _WINDOW),
    ]
    pairs = _distinct(np.concatenate(found))
    return pairs >> np.int64(32), pairs & np.int64(0xFFFFFFFF)


def _sorted(keyed: Keyed) -> Keyed:
    order = np.lexsort((keyed.row, *(keyed.order[:, place] for place in reversed(range(keyed.order.shape[1]))), keyed.key))
    return Keyed(keyed.key[order], keyed.row[order], keyed.order[order])


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


def _keyed_by_words(tokens: Tokens, rows: NDArray[np.int64]) -> tuple[Keyed, Keyed]:
    """Rows under all their words, and under each two of their rarest; under these in the order of the rarest three and all words."""
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(tokens.hashes[tokens.codes], dtype=np.uint64)])
    whole = sums[tokens.starts[rows + 1]] - sums[tokens.starts[rows]]
    rarest = _rarest(tokens, rows)
    keys, owners = [], []
    for one, other in combinations(range(_RAREST), 2):
        first, second = rarest[:, one], rarest[:, other]
        key = (np.minimum(first, second) * _FACTOR) ^ np.maximum(first, second)
        told = np.flatnonzero((first != 0) & ((second != 0) | ((one == 0) & (other == 1))))
        keys.append((((key ^ (key >> _SHIFT)) * _FACTOR) ^ tokens.key[rows])[told])
        owners.append(told)
    key, owner = np.concatenate(keys), np.concatenate(owners)
    order = np.column_stack([rarest[owner, :3], whole[owner]])
    return Keyed(whole, rows, np.empty((len(rows), 0), np.uint64)), Keyed(key, rows[owner], order)


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
